"""TriG: Turtle with one named graph per article."""

from __future__ import annotations

from typing import BinaryIO

import pyoxigraph as ox

from graphbuild.export import rdf, serialize
from graphbuild.export.format import Format
from graphbuild.export.options import Options
from graphbuild.graph import KnowledgeGraph


def write(graph: KnowledgeGraph, output: BinaryIO, options: Options) -> None:
    """Stream quads, article by article."""
    serialize.readable(rdf.quads(graph, options), output, ox.RdfFormat.TRIG, options)


FORMAT = Format("trig", (".trig",), "TriG, one named graph per article", write)
