"""The explorer page: one HTML file that works offline, with sigma and graphology inside.

Labels come from news text and are hostile until proven harmless: the page's policy allows its own four blocks by hash
and no network, the data are JSON without a ``<``, and the program shows text as text.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from typing import Any, BinaryIO

from graphbuild.export import scene
from graphbuild.export.format import Format
from graphbuild.export.options import Options
from graphbuild.export.rdf import Terms
from graphbuild.graph import KnowledgeGraph
from graphbuild.graph.view import View, view
from graphbuild.model import Statement, Status

MOST = 10_000  # nodes; a browser draws more of them slowly and nobody can read them
GRAPHOLOGY, SIGMA = "graphology-0.26.0.umd.min.js", "sigma-3.0.3.min.js"


def write(graph: KnowledgeGraph, output: BinaryIO, options: Options) -> None:
    """Stream the page; of a larger graph the best linked ``MOST`` entities."""
    template, style, program = (_asset(f"explorer.{suffix}") for suffix in ("html", "css", "js"))
    scripts = {"graphology": _asset(GRAPHOLOGY), "sigma": _asset(SIGMA), "program": program}
    policy = _policy(scripts.values(), style)
    for name, text in {"policy": policy, "style": style, **scripts}.items():
        template = template.replace("{{" + name + "}}", text, 1)
    head, tail = template.split("{{data}}")
    output.write(head.encode())
    for piece in _data(graph, options):
        output.write(piece.encode())
    output.write(tail.encode())


def _asset(name: str) -> str:
    """A file of the page; a vendored one without the pointer to its source map, which a browser might fetch."""
    text = resources.files("graphbuild.export").joinpath("web", name).read_text("utf-8")
    return text.partition("//# sourceMappingURL=")[0]


def _policy(scripts: Any, style: str) -> str:
    allowed = " ".join(_digest(script) for script in scripts)
    parts = ("default-src 'none'", f"script-src {allowed}", f"style-src {_digest(style)}", "img-src blob: data:")
    return "; ".join((*parts, "base-uri 'none'", "form-action 'none'"))


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _data(graph: KnowledgeGraph, options: Options) -> Iterator[str]:
    notice = ""
    if len(graph.entities) > MOST:
        notice = f"The {MOST:,} best linked of {len(graph.entities):,} entities are shown."
        graph = view(graph, View(top=MOST))
    shown = [status.lower() for status in scene.STATUSES if status is not Status.NEGATION or options.negations]
    head = {
        "notice": notice,
        "types": {str(kind): "#{:02x}{:02x}{:02x}".format(*rgb) for kind, rgb in scene.COLOURS.items()},
        "statuses": {status.lower(): colour for status, colour in scene.STATUSES.items()},
        "shown": shown,
    }
    yield _json(head)[:-1]
    yield from _list("nodes", (_node(node) for node in scene.nodes(graph)))
    yield from _list("edges", (_edge(graph, edge) for edge in scene.edges(graph, negations=True)))
    terms = Terms(graph, options)
    yield from _object("statements", ((i, _statement(terms, graph, s)) for i, s in graph.by_id.items()))
    yield from _object("documents", ((i, _document(graph, i)) for i in graph.documents))
    yield "}"


def _list(name: str, items: Iterator[Any]) -> Iterator[str]:
    yield f',"{name}":['
    for i, item in enumerate(items):
        yield f"{',' if i else ''}\n{_json(item)}"
    yield "]"


def _object(name: str, items: Iterator[tuple[str, Any]]) -> Iterator[str]:
    yield f',"{name}":{{'
    for i, (key, item) in enumerate(items):
        yield f"{',' if i else ''}\n{_json(key)}:{_json(item)}"
    yield "}"


def _node(node: scene.Node) -> dict[str, Any]:
    names = ("id", "label", "mentions", "articles", "wikidata", "aliases", "size", "x", "y")
    return {"type": node.entity_type, **{name: getattr(node, name) for name in names}}


def _edge(graph: KnowledgeGraph, edge: scene.Edge) -> dict[str, Any]:
    names = ("source", "target", "label", "status", "weight", "dates", "statements")
    found = Counter(graph.by_id[i].status.lower() for i in edge.statements)
    return {"statuses": sorted(found), **{name: getattr(edge, name) for name in names}}


def _statement(terms: Terms, graph: KnowledgeGraph, statement: Statement) -> dict[str, Any]:
    s = statement
    extras = [s.tense.lower(), "" if s.certainty == "Certain" else s.certainty.lower(), s.role or "", s.time or ""]
    extras += [f"in {graph.entities[s.place].label}" if s.place else "", f"confidence {s.confidence:g}"]
    ends = [s.subject, s.object, s.source, s.content and s.content.object, s.content and s.content.subject]
    return {
        "text": terms.sentence(s),
        "status": s.status.lower(),
        "source": s.source or "",
        "cue": s.cue or "",
        "extras": [extra for extra in extras if extra],
        "ends": sorted({end for end in ends if end}),
        "evidence": [(e.document, e.text) for e in s.evidence],
    }


def _document(graph: KnowledgeGraph, identifier: str) -> dict[str, str]:
    document = graph.documents[identifier]
    return {
        "title": document.headline or identifier,
        "date": document.published or "",
        "url": document.url or "",
        "publisher": document.publisher or "",
    }


FORMAT = Format("html", (".html", ".htm"), "a page to explore the graph in a browser, offline", write)
