"""Node-link JSON, as networkx (``node_link_graph``) and D3 read it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import BinaryIO

from graphbuild.export import scene
from graphbuild.export.format import Format
from graphbuild.export.options import Options
from graphbuild.graph import KnowledgeGraph

HEAD = '{"directed":true,"multigraph":true,"graph":{},"nodes":['


def write(graph: KnowledgeGraph, output: BinaryIO, options: Options) -> None:
    """Stream one line per node and edge; ``key`` is the relation, ``credited`` whom the text credits."""
    dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    output.write(HEAD.encode())
    for i, node in enumerate(scene.nodes(graph)):
        output.write(f"{',' if i else ''}\n{dump(asdict(node))}".encode())
    output.write(b'\n],"edges":[')
    for i, edge in enumerate(scene.edges(graph, options.negations)):
        output.write(f"{',' if i else ''}\n{dump({'key': edge.relation, **edge._asdict()})}".encode())
    output.write(b"\n]}\n")


FORMAT = Format("nodelink", (".json",), "node-link JSON, for networkx and D3", write, aliases=("json",))
