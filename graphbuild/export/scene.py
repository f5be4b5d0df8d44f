"""The graph as a picture sees it: nodes with size, colour and place; one edge per subject, relation and object.

GraphML, GEXF, node-link JSON, CSV, the pictures and the explorer page all show this scene.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from graphbuild.export import layout
from graphbuild.graph import KnowledgeGraph, verbalising
from graphbuild.model import Entity, EntityType, Statement, Status

# Okabe and Ito's palette, which colour-blind readers can tell apart (jfly.uni-koeln.de/color), without its yellow.
COLOURS = {
    EntityType.PERSON: (230, 159, 0),
    EntityType.STATE: (0, 114, 178),
    EntityType.ORGANISATION: (0, 158, 115),
    EntityType.PLACE: (204, 121, 167),
    EntityType.GROUP: (153, 153, 153),
    EntityType.EVENT: (213, 94, 0),
    EntityType.AGREEMENT: (86, 180, 233),
}
STATUSES = {
    Status.FACT: "#5a6b85",
    Status.REPORT: "#8f9db3",
    Status.CLAIM: "#d99a00",
    Status.PLAN: "#3b8fd1",
    Status.POSSIBILITY: "#9fc5e8",
    Status.NEGATION: "#c8432b",
}
STRENGTH = tuple(Status)  # fact, report, claim, plan, possibility, negation: the strongest first
RANK = {status.lower(): rank for rank, status in enumerate(STRENGTH)}
COLOUR = {status.lower(): colour for status, colour in STATUSES.items()}
FACTS, CLAIMS, PLANS = (Status.FACT, Status.REPORT), (Status.CLAIM,), (Status.PLAN, Status.POSSIBILITY)
SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class Node:
    """An entity; ``mentions`` and ``articles`` are counts, ``size`` is a radius in points, ``x`` and ``y`` points."""

    id: str
    label: str
    entity_type: str
    mentions: int
    articles: int
    wikidata: str
    aliases: str
    size: float
    r: int
    g: int
    b: int
    x: float
    y: float

    @property
    def colour(self) -> str:
        return f"#{self.r:02x}{self.g:02x}{self.b:02x}"


class Edge(NamedTuple):
    """All statements of one relation between two entities.

    ``weight`` counts articles; ``facts``, ``claims`` and ``plans`` count sentences; dates are those of publication.
    """

    id: str
    source: str
    target: str
    label: str
    relation: str
    weight: float
    status: str
    facts: int
    claims: int
    plans: int
    credited: str
    tense: str
    first_date: str
    last_date: str
    quote: str
    plover: str
    dates: tuple[str, ...]
    statements: tuple[str, ...]


Row = tuple[str, str, str, str]  # subject, relation ("not-…" if negated), object, statement id


def nodes(graph: KnowledgeGraph) -> Iterator[Node]:
    """All entities in the order of their keys."""
    places = _places(graph)
    for key, entity in graph.entities.items():
        yield _node(entity, *places[key])


def _node(entity: Entity, x: float, y: float) -> Node:
    mentions = len(entity.mentions)
    return Node(
        id=entity.key,
        label=entity.label,
        entity_type=str(entity.type),
        mentions=mentions,
        articles=len({mention.document for mention in entity.mentions}),
        wikidata=entity.wikidata or "",
        aliases=SEPARATOR.join(entity.aliases),
        size=round(min(40.0, 4 * math.sqrt(max(mentions, 1))), 2),
        r=COLOURS[entity.type][0],
        g=COLOURS[entity.type][1],
        b=COLOURS[entity.type][2],
        x=x,
        y=y,
    )


@lru_cache(maxsize=1)
def _places(graph: KnowledgeGraph) -> dict[str, tuple[float, float]]:
    """Computed once for all the formats that one graph is written to."""
    weights = Counter((row[0], row[2]) for row in _rows(graph, negations=False))
    return layout.positions(list(graph.entities), weights)


def edges(graph: KnowledgeGraph, negations: bool = False) -> Iterator[Edge]:
    """Edges sorted by subject, relation and object; negated ones ("not hosted") only if asked for."""
    rows = sorted(_rows(graph, negations))
    for (subject, relation, target), group in groupby(rows, key=itemgetter(0, 1, 2)):
        yield _edge(graph, subject, relation, target, [row[3] for row in group])


def _rows(graph: KnowledgeGraph, negations: bool) -> Iterator[Row]:
    for identifier, statement in graph.by_id.items():
        negated = statement.status is Status.NEGATION
        if negated and not negations:
            continue
        for relation, target in _arcs(graph, statement):
            subject = statement.subject
            if graph.vocabulary.relation(relation).symmetric and target < subject:
                subject, target = target, subject
            yield subject, f"not-{relation}" if negated else relation, target, identifier


def _arcs(graph: KnowledgeGraph, statement: Statement) -> Iterable[tuple[str, str]]:
    """(relation, object) of a statement: the relation to its addressee, and "offered to host" to what is hosted."""
    composed = graph.vocabulary.composition(statement)
    inner = statement.content and (statement.content.object or statement.object)
    if composed and inner:
        yield composed, inner
    if statement.object and not (composed and inner == statement.object):
        yield statement.relation, statement.object


def _edge(graph: KnowledgeGraph, subject: str, relation: str, target: str, identifiers: list[str]) -> Edge:
    negated = relation.startswith("not-")
    known = graph.vocabulary.relation(relation.removeprefix("not-"))
    found = [graph.by_id[i] for i in identifiers]
    if len(found) > 1:
        found.sort(key=_strength)
    evidence = [e for statement in found for e in statement.evidence]
    articles = {e.document for e in evidence}
    dates = sorted({graph.documents[article].published or "" for article in articles} - {""})
    sentences = dict.fromkeys(STRENGTH, 0)
    for statement in found:
        sentences[statement.status] += max(1, len(statement.evidence))
    return Edge(
        id=edge_id(subject, relation, target),
        source=subject,
        target=target,
        label=verbalising.negated(graph.vocabulary.verb(known.id)) if negated else known.label,
        relation=relation,
        weight=float(max(1, len(articles))),
        status=found[0].status.lower(),
        facts=sum(sentences[status] for status in FACTS),
        claims=sum(sentences[status] for status in CLAIMS),
        plans=sum(sentences[status] for status in PLANS),
        credited=SEPARATOR.join(sorted({graph.entities[s.source].label for s in found if s.source})),
        tense=SEPARATOR.join(sorted({s.tense.lower() for s in found})),
        first_date=dates[0] if dates else "",
        last_date=dates[-1] if dates else "",
        quote=evidence[0].text if evidence else "",
        plover=known.plover or "",
        dates=tuple(dates),
        statements=tuple(identifiers),
    )


def _strength(statement: Statement) -> tuple[int, float]:
    return STRENGTH.index(statement.status), -statement.confidence


def edge_id(subject: str, relation: str, target: str) -> str:
    """Unique, and the same for the same edge in any graph."""
    return "e" + hashlib.sha256(f"{subject} {relation} {target}".encode()).hexdigest()[:16]
