"""A Cypher script that makes the graph in Neo4j or Memgraph, for graphs of some thousand edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from graphbuild.export import scene
from graphbuild.export.format import Format
from graphbuild.export.neo4j import type_name
from graphbuild.export.options import Options
from graphbuild.graph import KnowledgeGraph

NODE_VALUES = ("label", "mentions", "articles", "wikidata", "aliases")
EDGE_VALUES = [
    "label", "relation", "weight", "status", "facts", "claims", "plans", "credited", "tense", "first_date",
    "last_date", "quote", "plover",
]  # fmt: skip
ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def generate(graph: KnowledgeGraph, options: Options) -> Iterator[str]:
    """One statement a line; running the script twice changes nothing."""
    yield "CREATE CONSTRAINT entity_key IF NOT EXISTS FOR (e:Entity) REQUIRE e.key IS UNIQUE;\n"
    for node in scene.nodes(graph):
        yield f"MERGE (e:Entity {{key: '{node.id}'}}) SET e:{node.entity_type}, {_values('e', node, NODE_VALUES)};\n"
    for edge in scene.edges(graph, options.negations):
        ends = f"MATCH (a:Entity {{key: '{edge.source}'}}), (b:Entity {{key: '{edge.target}'}})"
        made = f"MERGE (a)-[r:{type_name(edge.relation)} {{id: '{edge.id}'}}]->(b)"
        yield f"{ends} {made} SET {_values('r', edge, EDGE_VALUES)};\n"


def _values(name: str, item: scene.Node | scene.Edge, keys: Sequence[str]) -> str:
    values = ((key, getattr(item, key)) for key in keys)
    return ", ".join(f"{name}.{key} = {_literal(value)}" for key, value in values if value != "")


def _literal(value: str | float) -> str:
    return f"'{value.translate(ESCAPES)}'" if isinstance(value, str) else str(value)


def write(graph: KnowledgeGraph, output: BinaryIO, options: Options) -> None:
    """Stream the script."""
    for line in generate(graph, options):
        output.write(line.encode())


FORMAT = Format("cypher", (".cypher", ".cql"), "Cypher script, for Neo4j and Memgraph", write)
