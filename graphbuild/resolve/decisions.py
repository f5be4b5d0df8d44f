"""What people have decided about names: a CSV file that says which are the same thing and which are different.

Columns ``decision`` (same or different; anything else is left undecided), ``one``, ``other`` (names) and, if a name
means different things in different articles, ``one_article``, ``other_article`` (ids). More columns do no harm.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from graphbuild.cells import plain
from graphbuild.errors import InputError
from graphbuild.model import Entity
from graphbuild.ontology.gazetteer import fold

COLUMNS = ("decision", "one", "other", "one_article", "other_article")


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A name, folded, in one article, or in all if ``article`` is empty."""

    name: str
    article: str = ""

    def is_of(self, entity: Entity, document: str) -> bool:
        """Whether ``entity`` goes by the name in the article ``document``."""
        known = self.article in ("", document)
        return known and any(fold(name) == self.name for name in (entity.label, *entity.aliases))


Pair = tuple[Named, Named]


@dataclass(frozen=True)
class Decisions:
    """Pairs of names in order, the smaller first; a pair is in one of the two only."""

    same: tuple[Pair, ...] = ()
    different: tuple[Pair, ...] = field(default=())

    def parts(self, name: str, others: Iterable[str], document: str) -> bool:
        """Whether ``name`` may not be merged with what goes by ``others`` in the article ``document``."""
        if not self.different:
            return False
        wanted = fold(name)
        return any(fold(other) in self._apart.get((wanted, document), self._apart_anywhere(wanted)) for other in others)

    def _apart_anywhere(self, name: str) -> frozenset[str]:
        return self._apart.get((name, ""), frozenset())

    @cached_property
    def _apart(self) -> dict[tuple[str, str], frozenset[str]]:
        """Name and article → the names that are something else there."""
        found: dict[tuple[str, str], set[str]] = {}
        for one, other in self.different:
            for this, that in ((one, other), (other, one)):
                if this.article == that.article or "" in (this.article, that.article):
                    found.setdefault((this.name, this.article or that.article), set()).add(that.name)
        anywhere = {name: names for (name, article), names in found.items() if not article}
        return {k: frozenset(names | anywhere.get(k[0], set())) for k, names in found.items()}


UNDECIDED = Decisions()


def read(path: Path) -> Decisions:
    """The decisions of a file. Raises InputError naming the file, the line and the cure."""
    found: dict[Pair, tuple[str, int]] = {}
    for number, row in enumerate(_rows(path), 2):
        decision = (row["decision"] or "").strip().lower()
        if decision not in ("same", "different"):
            continue
        pair = _pair(path, number, row)
        before, line = found.setdefault(pair, (decision, number))
        if before != decision:
            raise InputError(f"{path}: lines {line} and {number} contradict each other; delete one")
    same, different = (
        tuple(sorted(pair for pair, (decided, _) in found.items() if decided == decision))
        for decision in ("same", "different")
    )
    return Decisions(same, different)


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle, restval=""))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read ({error}); name a CSV file in UTF-8") from None
    if not rows or not set(COLUMNS[:3]) <= set(rows[0]):
        raise InputError(f"{path}: the first line must name the columns {', '.join(COLUMNS[:3])}; add it")
    return rows


def _pair(path: Path, number: int, row: dict[str, str]) -> Pair:
    ends = [Named(fold(plain(row[end] or "")), (row.get(f"{end}_article") or "").strip()) for end in ("one", "other")]
    if not all(end.name for end in ends):
        raise InputError(f"{path}: line {number} names only one thing; fill in one and other")
    if ends[0] == ends[1]:
        raise InputError(f"{path}: line {number} names the same thing twice; say in which articles they differ")
    one, other = sorted(ends)
    return one, other
