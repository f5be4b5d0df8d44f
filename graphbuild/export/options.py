"""What may be chosen when a graph is written; the same for every format."""

from __future__ import annotations

from dataclasses import dataclass

from graphbuild.errors import OutputError
from graphbuild.identifiers import web_address
from graphbuild.model import Status

BASE = "https://example.org/kg/"


@dataclass(frozen=True, slots=True)
class Options:
    """``base`` begins the IRIs of entities, statements and articles; ``asserted`` are the statuses that become plain
    triples; ``negations`` adds edges like "not hosted" to the formats that draw the graph.

    Raises OutputError if ``base`` cannot begin an IRI.
    """

    base: str = BASE
    asserted: frozenset[Status] = frozenset({Status.FACT, Status.REPORT})
    negations: bool = False

    def __post_init__(self) -> None:
        plain = self.base.isascii() and "#" not in self.base and self.base.endswith("/")
        if not plain or web_address(self.base) != self.base:
            raise OutputError(f"--base {self.base}: must be an http(s) address that ends in /, like {BASE}")
