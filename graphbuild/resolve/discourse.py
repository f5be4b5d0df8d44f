"""What an article has spoken of so far: the state that names, offices, descriptions and pronouns are read against."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from graphbuild.factuality.direct_speech import Quotation
from graphbuild.ontology import Ontology
from graphbuild.ontology.gazetteer import Actors
from graphbuild.resolve.clusters import Clusters
from graphbuild.syntax import Tree


@dataclass(frozen=True, slots=True)
class Seen:
    """A reference that a later one may take up."""

    token: int
    sentence: int
    keys: tuple[str, ...]
    subject: bool


@dataclass(slots=True)
class Discourse:
    """One article while it is read: ``at`` holds the keys of entities by the token that refers to them."""

    tree: Tree
    clusters: Clusters
    ontology: Ontology
    actors: Actors
    at: dict[int, tuple[str, ...]]
    quotations: Sequence[Quotation]
    seen: list[Seen] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts = [start for start, _ in self.tree.sentences]

    def sentence(self, token: int) -> int:
        """The number of the sentence that ``token`` is in."""
        return bisect_right(self._starts, token) - 1

    def remember(self, token: int, keys: tuple[str, ...]) -> None:
        """Note that ``token`` refers to ``keys``."""
        subject = self.tree.label(token) in ("nsubj", "appos") or self.tree.labels[token] == "obl:agent"
        self.seen.append(Seen(token, self.sentence(token), keys, subject))

    def text(self, start: int, end: int) -> str:
        """The words of tokens ``[start, end)`` on one line."""
        return " ".join(self.tree.doc[start:end].text.split())
