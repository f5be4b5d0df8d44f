"""N-Triples: one triple a line, for grep, sort and bulk loaders."""

from __future__ import annotations

from typing import BinaryIO

import pyoxigraph as ox

from graphbuild.export import rdf
from graphbuild.export.format import Format
from graphbuild.export.options import Options
from graphbuild.graph import KnowledgeGraph


def write(graph: KnowledgeGraph, output: BinaryIO, options: Options) -> None:
    """Stream sorted triples."""
    ox.serialize(rdf.triples(graph, options), output, ox.RdfFormat.N_TRIPLES)


FORMAT = Format("ntriples", (".nt",), "N-Triples, one triple a line", write, aliases=("nt",))
