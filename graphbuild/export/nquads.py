"""N-Quads: one quad a line, one named graph per article."""

from __future__ import annotations

from typing import BinaryIO

import pyoxigraph as ox

from graphbuild.export import rdf
from graphbuild.export.format import Format
from graphbuild.export.options import Options
from graphbuild.graph import KnowledgeGraph


def write(graph: KnowledgeGraph, output: BinaryIO, options: Options) -> None:
    """Stream quads, article by article."""
    ox.serialize(rdf.quads(graph, options), output, ox.RdfFormat.N_QUADS)


FORMAT = Format("nquads", (".nq",), "N-Quads, one named graph per article", write, aliases=("nq",))
