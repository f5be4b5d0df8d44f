"""CSV with the headers of ``neo4j-admin database import full``, for large graphs."""

from __future__ import annotations

import re
from typing import BinaryIO

from graphbuild.export import scene
from graphbuild.export.csv import write_rows
from graphbuild.export.format import Format
from graphbuild.export.options import Options
from graphbuild.graph import KnowledgeGraph

NODES = [
    "key:ID", "label", "mentions:int", "articles:int", "wikidata", "aliases", "x:double", "y:double", ":LABEL",
]  # fmt: skip
RELATIONSHIPS = [
    ":START_ID", ":END_ID", "id", "label", "relation", "weight:double", "status", "facts:int", "claims:int",
    "plans:int", "credited", "tense", "first_date", "last_date", "quote", "plover", ":TYPE",
]  # fmt: skip
COMMAND = """// In the folder of the Neo4j server, with the database stopped:
// neo4j-admin database import full neo4j --overwrite-destination --nodes=nodes.csv --relationships=relationships.csv \
--multiline-fields=true
"""


def type_name(relation: str) -> str:
    """A relationship type: ``spokespersonFor`` → ``SPOKESPERSON_FOR``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|-", "_", relation).upper()


def nodes(graph: KnowledgeGraph, output: BinaryIO, options: Options) -> None:
    """Stream the nodes."""
    rows = (
        (n.id, n.label, n.mentions, n.articles, n.wikidata, n.aliases, n.x, n.y, f"Entity;{n.entity_type}")
        for n in scene.nodes(graph)
    )
    write_rows(output, NODES, rows)


def relationships(graph: KnowledgeGraph, output: BinaryIO, options: Options) -> None:
    """Stream the edges."""
    names = ["source", "target", "id", *(column.partition(":")[0] for column in RELATIONSHIPS[3:-1])]
    edges = scene.edges(graph, options.negations)
    rows = ((*(getattr(edge, name) for name in names), type_name(edge.relation)) for edge in edges)
    write_rows(output, RELATIONSHIPS, rows)


def command(graph: KnowledgeGraph, output: BinaryIO, options: Options) -> None:
    """How to import the two files."""
    output.write(COMMAND.encode())


MEMBERS = (("nodes.csv", nodes), ("relationships.csv", relationships), ("import.cypher", command))
FORMAT = Format("neo4j", (), "CSV for neo4j-admin import", members=MEMBERS)
