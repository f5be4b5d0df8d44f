"""The graph as rows: what CSV, Parquet and pandas share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphbuild.export import scene
from graphbuild.graph import KnowledgeGraph

NODES = [
    "id", "label", "entity_type", "mentions", "articles", "wikidata", "aliases", "size", "colour", "x", "y",
]  # fmt: skip
EDGES = [
    "id", "source", "target", "label", "relation", "weight", "status", "facts", "claims", "plans", "credited",
    "tense", "first_date", "last_date", "quote", "plover",
]  # fmt: skip
STATEMENTS = [
    "id", "subject", "relation", "object", "content", "status", "polarity", "certainty", "tense", "source", "cue",
    "time", "place", "role", "confidence", "pattern", "articles", "sentences",
]  # fmt: skip
Rows = Iterator[tuple[Any, ...]]


def table(graph: KnowledgeGraph, name: str, negations: bool = False) -> tuple[list[str], Rows]:
    """Column names and rows of ``nodes``, ``edges`` or ``statements``. Raises ValueError on another name."""
    if name == "nodes":
        return list(NODES), (tuple(getattr(node, column) for column in NODES) for node in scene.nodes(graph))
    if name == "edges":
        edges = scene.edges(graph, negations)
        return list(EDGES), (tuple(getattr(edge, column) for column in EDGES) for edge in edges)
    if name == "statements":
        return list(STATEMENTS), _statements(graph)
    raise ValueError(f"no table {name!r}; choose nodes, edges or statements")


def _statements(graph: KnowledgeGraph) -> Rows:
    """One row per statement; ``content`` is what an operator is about, in words."""
    from graphbuild.export.options import Options
    from graphbuild.export.rdf import Terms

    words = Terms(graph, Options()).sentence
    label = {key: entity.label for key, entity in graph.entities.items()}
    for identifier, s in graph.by_id.items():
        yield (
            identifier,
            label[s.subject],
            graph.vocabulary.label(s.relation),
            label[s.object] if s.object else "",
            words(s.content) if s.content else "",
            s.status.lower(),
            s.polarity.lower(),
            s.certainty.lower(),
            s.tense.lower(),
            label[s.source] if s.source else "",
            s.cue or "",
            s.time or "",
            label[s.place] if s.place else "",
            s.role or "",
            s.confidence,
            s.pattern,
            scene.SEPARATOR.join(sorted({e.document for e in s.evidence})),
            scene.SEPARATOR.join(e.text for e in s.evidence),
        )
