"""GraphML as Gephi, Gephi Lite, igraph and networkx all read it.

networkx's own writer gives parallel edges one id, of which Gephi keeps one; the ``label`` attribute on ``<edge>`` is
Gephi's edge type, which keeps different relations between one pair apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from graphbuild.export import scene
from graphbuild.export.format import Format
from graphbuild.export.options import Options
from graphbuild.export.xmltext import attribute, text
from graphbuild.graph import KnowledgeGraph

NODE_KEYS = {
    "label": "string",
    "entity_type": "string",
    "mentions": "int",
    "articles": "int",
    "wikidata": "string",
    "aliases": "string",
    "size": "double",
    "r": "int",
    "g": "int",
    "b": "int",
    "x": "double",
    "y": "double",
}
EDGE_KEYS = {
    "label": "string",
    "relation": "string",
    "weight": "double",
    "status": "string",
    "facts": "int",
    "claims": "int",
    "plans": "int",
    "source": "string",
    "tense": "string",
    "first_date": "string",
    "last_date": "string",
    "quote": "string",
    "plover": "string",
}
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def generate(graph: KnowledgeGraph, options: Options) -> Iterator[str]:
    """The file in pieces: keys, nodes, edges."""
    yield HEAD
    for prefix, domain, keys in (("n_", "node", NODE_KEYS), ("e_", "edge", EDGE_KEYS)):
        for name, kind in keys.items():
            yield f'<key id="{prefix}{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for node in scene.nodes(graph):
        data = "".join(_data("n_", name, getattr(node, name)) for name in NODE_KEYS)
        yield f'<node id="{node.id}">{data}</node>\n'
    for edge in scene.edges(graph, options.negations):
        data = "".join(_data("e_", name, getattr(edge, "credited" if name == "source" else name)) for name in EDGE_KEYS)
        ends = f'source="{edge.source}" target="{edge.target}"'
        yield f'<edge id="{edge.id}" {ends} label="{attribute(edge.label)}">{data}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _data(prefix: str, name: str, value: str | float) -> str:
    """Empty values are left out: readers then know that nothing is said."""
    if value == "":
        return ""
    return f'<data key="{prefix}{name}">{text(value) if isinstance(value, str) else value}</data>'


def write(graph: KnowledgeGraph, output: BinaryIO, options: Options) -> None:
    """Stream the scene."""
    for piece in generate(graph, options):
        output.write(piece.encode())


FORMAT = Format("graphml", (".graphml",), "GraphML, for Gephi, Gephi Lite, igraph, networkx", write)
