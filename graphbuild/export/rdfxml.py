"""RDF/XML, for tools that read nothing newer."""

from __future__ import annotations

from typing import BinaryIO

from graphbuild.export import rdf, serialize
from graphbuild.export.format import Format
from graphbuild.export.options import Options
from graphbuild.graph import KnowledgeGraph


def write(graph: KnowledgeGraph, output: BinaryIO, options: Options) -> None:
    """Stream sorted triples."""
    serialize.xml(rdf.triples(graph, options), output, options)


FORMAT = Format("rdfxml", (".rdf",), "RDF/XML, for older tools", write)
