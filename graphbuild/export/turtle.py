"""Turtle: the graph for SPARQL engines and for readers."""

from __future__ import annotations

from typing import BinaryIO

import pyoxigraph as ox

from graphbuild.export import rdf, serialize
from graphbuild.export.format import Format
from graphbuild.export.options import Options
from graphbuild.graph import KnowledgeGraph


def write(graph: KnowledgeGraph, output: BinaryIO, options: Options) -> None:
    """Stream sorted triples; pyoxigraph groups them by subject."""
    serialize.readable(rdf.triples(graph, options), output, ox.RdfFormat.TURTLE, options)


FORMAT = Format("turtle", (".ttl",), "Turtle, for SPARQL engines", write, aliases=("ttl",))
