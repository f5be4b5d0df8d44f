"""A graph handed over as what other libraries know: networkx, rdflib, pandas, and HTML in a notebook."""

from __future__ import annotations

import html
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx
    import pandas  # type: ignore[import-untyped,import-not-found,unused-ignore]
    import rdflib

    from graphbuild.graph import KnowledgeGraph
    from graphbuild.model import Statement

SHOWN = 12  # statements in a notebook


def to_networkx(graph: KnowledgeGraph) -> networkx.MultiDiGraph[str]:
    """Nodes with the attributes of GraphML's node keys, edges keyed by relation with those of its edge keys."""
    import networkx as nx

    from graphbuild.export import scene

    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in scene.nodes(graph):
        made.add_node(node.id, **_without(asdict(node), "id"))
    for edge in scene.edges(graph):
        values = _without(edge._asdict(), "id", "source", "target", "dates", "statements", "credited")
        made.add_edge(edge.source, edge.target, edge.relation, source=edge.credited, **values)
    return made


def _without(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def to_rdflib(graph: KnowledgeGraph) -> rdflib.Graph:
    """The triples of the Turtle file, with its prefixes."""
    import io

    import rdflib

    from graphbuild.export import ntriples, rdf
    from graphbuild.export.options import Options

    options, buffer = Options(), io.BytesIO()
    ntriples.write(graph, buffer, options)
    made = rdflib.Graph()
    for prefix, name in rdf.prefixes(options).items():
        made.bind(prefix, name)
    return made.parse(data=buffer.getvalue(), format="nt")


def to_pandas(graph: KnowledgeGraph, table: str = "statements") -> pandas.DataFrame:
    """``statements``, ``nodes`` or ``edges`` as a data frame, indexed by id. Raises ValueError on another table."""
    import pandas as pd  # type: ignore[import-untyped,import-not-found,unused-ignore]

    from graphbuild.export import tables

    columns, rows = tables.table(graph, table)
    return pd.DataFrame(rows, columns=columns).set_index(columns[0])


def to_html(graph: KnowledgeGraph) -> str:
    """A summary and the first statements, every text escaped."""
    rows = "".join(_row(graph, statement) for statement in list(graph)[:SHOWN])
    more = f"<p>… and {len(graph) - SHOWN} more statements</p>" if len(graph) > SHOWN else ""
    head = "<tr><th>subject</th><th>relation</th><th>object</th><th>status</th><th>sentence</th></tr>"
    return f"<p><b>{html.escape(repr(graph)[1:-1])}</b></p><table>{head}{rows}</table>{more}"


def _row(graph: KnowledgeGraph, statement: Statement) -> str:
    vocabulary = graph.vocabulary
    target = statement.object or (statement.content and statement.content.object)
    cells = (
        graph.entities[statement.subject].label,
        vocabulary.label(vocabulary.composition(statement) or statement.relation),
        graph.entities[target].label if target else "",
        statement.status.lower(),
        statement.evidence[0].text if statement.evidence else "",
    )
    return f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells)}</tr>"
