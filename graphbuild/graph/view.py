"""Parts of a graph: the same choices for every format and for the API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from graphbuild.errors import QueryError
from graphbuild.graph import KnowledgeGraph
from graphbuild.graph.sanitising import date
from graphbuild.graph.vocabulary import OPEN
from graphbuild.model import EntityType, Statement, Status


@dataclass(frozen=True, slots=True)
class View:
    """What to keep; nothing chosen keeps all.

    ``relations`` are globs over relation ids and labels; ``around`` names entities, ``hops`` how far from them;
    ``top`` keeps that many best linked entities; ``since`` and ``until`` are ISO dates of publication (``2025``,
    ``2025-08``, ``2025-08-20``), both included. Raises QueryError on a date or number that makes no sense.
    """

    status: frozenset[Status] = frozenset()
    relations: tuple[str, ...] = ()
    types: frozenset[EntityType] = frozenset()
    min_articles: int = 1
    min_confidence: float = 0.0
    around: tuple[str, ...] = ()
    hops: int = 1
    top: int | None = None
    since: str | None = None
    until: str | None = None
    open: bool = True

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            value = getattr(self, name)
            if value is not None and date(value) is None:
                raise QueryError(f"--{name} {value}: no date; write it like 2025, 2025-08 or 2025-08-20")
        if self.hops < 0 or (self.top is not None and self.top < 1):
            raise QueryError("--hops must be 0 or more, and --top 1 or more")


def view(graph: KnowledgeGraph, chosen: View) -> KnowledgeGraph:
    """The part of ``graph`` that ``chosen`` keeps; the graph itself if that is all.

    Raises QueryError if ``around`` names nothing in the graph.
    """
    if chosen == View():
        return graph
    statements = [s for s in graph if all(keeps(s) for keeps in _conditions(graph, chosen))]
    keys = set(graph.entities)
    for narrowed in (_of_types, _near_those_chosen, _best_linked):
        kept = narrowed(graph, statements, keys, chosen)
        if kept is not None:
            keys, statements = kept, _between(statements, kept)
    if _picks_statements(chosen):
        keys = _named(graph, chosen.around).union(*map(_ends, statements))
    return _part(graph, keys, statements)


def _of_types(graph: KnowledgeGraph, _: list[Statement], keys: set[str], chosen: View) -> set[str] | None:
    return {key for key in keys if graph.entities[key].type in chosen.types} if chosen.types else None


def _near_those_chosen(
    graph: KnowledgeGraph, statements: list[Statement], keys: set[str], chosen: View
) -> set[str] | None:
    return keys & _around(graph, statements, chosen) if chosen.around else None


def _best_linked(_: KnowledgeGraph, statements: list[Statement], keys: set[str], chosen: View) -> set[str] | None:
    return None if chosen.top is None else _top(statements, keys, chosen.top)


def _picks_statements(chosen: View) -> bool:
    """Whether entities without a statement are left out."""
    dated = chosen.since or chosen.until
    return bool(chosen.status or chosen.relations or dated or not chosen.open or _picky(chosen))


def _picky(chosen: View) -> bool:
    return chosen.min_articles > 1 or chosen.min_confidence > 0


def _conditions(graph: KnowledgeGraph, chosen: View) -> list[Callable[[Statement], bool]]:
    """What a statement must meet: one condition for each thing chosen."""
    told: list[tuple[object, Callable[[Statement], bool]]] = [
        (chosen.status, lambda s: s.status in chosen.status),
        (chosen.relations, lambda s: any(_matches(name, chosen.relations) for name in _names(graph, s))),
        (not chosen.open, lambda s: not s.relation.startswith(OPEN)),
        (chosen.min_confidence > 0, lambda s: s.confidence >= chosen.min_confidence),
        (chosen.min_articles > 1, lambda s: len({e.document for e in s.evidence}) >= chosen.min_articles),
        (chosen.since or chosen.until, lambda s: _is_dated_within(graph, s, chosen)),
    ]
    return [condition for wanted, condition in told if wanted]


def _is_dated_within(graph: KnowledgeGraph, statement: Statement, chosen: View) -> bool:
    return any(_within(graph.documents[e.document].published, chosen) for e in statement.evidence)


def _names(graph: KnowledgeGraph, statement: Statement) -> list[str]:
    """Ids and labels by which a relation may be chosen, those of the composed property included."""
    ids = filter(None, (statement.relation, graph.vocabulary.composition(statement)))
    return [name for i in ids for name in (i, graph.vocabulary.label(i))]


def _matches(name: str, globs: Iterable[str]) -> bool:
    return any(fnmatchcase(name.casefold(), glob.casefold()) for glob in globs)


def _within(published: str | None, chosen: View) -> bool:
    """Dates are compared as far as both are precise: 2025 holds 2025-08-20."""
    if published is None:
        return False
    since, until = chosen.since or "", chosen.until or "9999"
    return published[: len(since)] >= since[: len(published)] and published[: len(until)] <= until[: len(published)]


def _ends(statement: Statement) -> list[str]:
    """Entities at the ends of a statement and of its contents."""
    inner = _ends(statement.content) if statement.content else []
    return [key for key in (statement.subject, statement.object) if key] + inner


def _between(statements: Iterable[Statement], keys: set[str]) -> list[Statement]:
    return [s for s in statements if keys.issuperset(_ends(s))]


def _named(graph: KnowledgeGraph, names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        keys = graph.find(name)
        if not keys:
            raise QueryError(f"--around {name}: no entity has this name; look it up in the graph's labels")
        found |= keys
    return found


def _around(graph: KnowledgeGraph, statements: Iterable[Statement], chosen: View) -> set[str]:
    links: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        ends = set(_ends(statement))
        for end in ends:
            links[end] |= ends
    reached = edge = _named(graph, chosen.around)
    for _ in range(chosen.hops):
        edge = {other for key in edge for other in links[key]} - reached
        reached = reached | edge
    return reached


def _top(statements: Iterable[Statement], keys: set[str], number: int) -> set[str]:
    """The entities with most neighbours; the smaller key first among equals."""
    links: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        ends = set(_ends(statement))
        for end in ends:
            links[end] |= ends - {end}
    return set(sorted(keys, key=lambda key: (-len(links[key]), key))[:number])


def _part(graph: KnowledgeGraph, keys: set[str], statements: list[Statement]) -> KnowledgeGraph:
    """The entities, with the sources and places of the statements, and the articles that say them."""
    parts = [part for statement in statements for part in statement.parts()]
    keys = keys | {key for part in parts for key in (part.source, part.place) if key}
    documents = {e.document for s in statements for e in s.evidence}
    documents |= {m.document for key in keys for m in graph.entities[key].mentions}
    return type(graph)(
        (graph.entities[key] for key in sorted(keys)),
        statements,
        (graph.documents[i] for i in sorted(documents)),
        graph.vocabulary,
    )
