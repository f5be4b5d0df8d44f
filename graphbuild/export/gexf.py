"""GEXF 1.3 with a timeline of publication dates, for Gephi and Gephi Lite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from graphbuild.export import scene
from graphbuild.export.format import Format
from graphbuild.export.options import Options
from graphbuild.export.xmltext import attribute
from graphbuild.graph import KnowledgeGraph

NODE_KEYS = {
    "entity_type": "string",
    "mentions": "integer",
    "articles": "integer",
    "wikidata": "string",
    "aliases": "string",
}
EDGE_KEYS = {
    "relation": "string",
    "status": "string",
    "facts": "integer",
    "claims": "integer",
    "plans": "integer",
    "credited": "string",
    "tense": "string",
    "first_date": "string",
    "last_date": "string",
    "quote": "string",
    "plover": "string",
}
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>graphbuild</creator></meta>
<graph mode="dynamic" defaultedgetype="directed" timeformat="date" timerepresentation="timestamp">
"""


def generate(graph: KnowledgeGraph, options: Options) -> Iterator[str]:
    """The file in pieces: attributes, nodes, edges."""
    yield HEAD
    for domain, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        yield f'<attributes class="{domain}" mode="static">\n'
        for name, kind in keys.items():
            yield f'<attribute id="{name}" title="{"source" if name == "credited" else name}" type="{kind}"/>\n'
        yield "</attributes>\n"
    dates = _dates(graph)
    yield "<nodes>\n"
    for node in scene.nodes(graph):
        yield _node(node, sorted(dates.get(node.id, ())))
    yield "</nodes>\n<edges>\n"
    for edge in scene.edges(graph, options.negations):
        yield _edge(edge)
    yield "</edges>\n</graph>\n</gexf>\n"


def _dates(graph: KnowledgeGraph) -> dict[str, set[str]]:
    """Entity → publication dates of the articles that mention it or say something of it."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, entity in graph.entities.items():
        found[key] = {graph.documents[m.document].published or "" for m in entity.mentions}
    for edge in scene.edges(graph, negations=True):
        found[edge.source] |= set(edge.dates)
        found[edge.target] |= set(edge.dates)
    return found


def _node(node: scene.Node, dates: Iterable[str]) -> str:
    return (
        f'<node id="{node.id}" label="{attribute(node.label)}">{_values(node, NODE_KEYS)}{_spells(dates)}'
        f'<viz:color r="{node.r}" g="{node.g}" b="{node.b}"/><viz:position x="{node.x}" y="{node.y}" z="0.0"/>'
        f'<viz:size value="{node.size}"/></node>\n'
    )


def _edge(edge: scene.Edge) -> str:
    label = attribute(edge.label)
    return (
        f'<edge id="{edge.id}" source="{edge.source}" target="{edge.target}" kind="{label}" label="{label}" '
        f'weight="{edge.weight}">{_values(edge, EDGE_KEYS)}{_spells(edge.dates)}</edge>\n'
    )


def _values(item: scene.Node | scene.Edge, keys: Iterable[str]) -> str:
    values = ((key, str(getattr(item, key))) for key in keys)
    found = "".join(f'<attvalue for="{key}" value="{attribute(value)}"/>' for key, value in values if value)
    return f"<attvalues>{found}</attvalues>"


def _spells(dates: Iterable[str]) -> str:
    """Full dates only: a month has no day to put on a timeline."""
    found = "".join(f'<spell timestamp="{date}"/>' for date in dates if len(date) == 10)
    return f"<spells>{found}</spells>" if found else ""


def write(graph: KnowledgeGraph, output: BinaryIO, options: Options) -> None:
    """Stream the scene."""
    for piece in generate(graph, options):
        output.write(piece.encode())


FORMAT = Format("gexf", (".gexf",), "GEXF 1.3 with a timeline, for Gephi", write)
