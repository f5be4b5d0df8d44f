"""The shapes of a still picture: arrows, circles and labels in points, the best linked entities only."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from graphbuild.export import scene
from graphbuild.export.options import Options
from graphbuild.graph import KnowledgeGraph
from graphbuild.views import View, view

MOST = 120  # entities whose labels a page can hold
LABELLED = 70  # arrows; where there are more, labels would cover the picture
MARGIN = 90.0  # points around the drawing, room for labels
FONT, SMALL = 13.0, 10.0  # points
LONGEST = 36  # characters of a label
DASHED = ("plan", "possibility", "negation")
INK, PAPER, GREY = "#1d2433", "#ffffff", "#5b6475"


@dataclass(frozen=True, slots=True)
class Arrow:
    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: str
    dashed: bool


@dataclass(frozen=True, slots=True)
class Circle:
    x: float
    y: float
    radius: float
    colour: str


@dataclass(frozen=True, slots=True)
class Label:
    """``angle`` in degrees, clockwise; ``anchor`` is ``start`` or ``middle``; the text stands on ``(x, y)``."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    anchor: str = "start"
    angle: float = 0.0


Shape = Arrow | Circle | Label


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes in drawing order on a page of ``width`` times ``height`` points, y downwards."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def picture(graph: KnowledgeGraph, options: Options) -> Picture:
    """Lay the graph out on a page with a legend."""
    part = view(graph, View(top=MOST)) if len(graph.entities) > MOST else graph
    edges = [edge for edge in scene.edges(part, options.negations) if edge.source != edge.target]
    linked = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = [node for node in scene.nodes(part) if node.id in linked or not linked]
    left, bottom = (min((getattr(node, axis) for node in nodes), default=0.0) for axis in "xy")
    right, top = (max((getattr(node, axis) for node in nodes), default=0.0) for axis in "xy")
    placed = {n.id: replace(n, x=n.x - left + MARGIN, y=top - n.y + MARGIN) for n in nodes}
    height = top - bottom + 2 * MARGIN
    shapes: list[Shape] = [*_arrows(edges, placed), *_nodes(placed.values())]
    shapes += _legend(placed.values(), edges, height)
    if len(nodes) < len(graph.entities):
        said = f"{len(nodes)} of {len(graph.entities)} entities: those with most relations"
        shapes.append(Label(20.0, 24.0, said, SMALL, GREY))
    return Picture(max(right - left + 2 * MARGIN + 80, 640.0), height + 40, tuple(shapes))


def _radius(node: scene.Node) -> float:
    return 4 + node.size / 2.5


def _arrows(edges: Iterable[scene.Edge], placed: dict[str, scene.Node]) -> Iterator[Shape]:
    """One arrow per ordered pair of entities, labelled with its relations."""
    pairs: dict[tuple[str, str], list[scene.Edge]] = defaultdict(list)
    for edge in edges:
        pairs[edge.source, edge.target].append(edge)
    labels = []
    for (source, target), found in sorted(pairs.items()):
        one, other = placed[source], placed[target]
        strongest = min(found, key=lambda edge: scene.RANK[edge.status])
        away = math.hypot(other.x - one.x, other.y - one.y) or 1.0
        dx, dy = (other.x - one.x) / away, (other.y - one.y) / away
        start, end = _radius(one) + 1, away - _radius(other) - 3
        width = min(1.2 + 0.5 * math.log2(len(found)), 3.0)
        dashed = strongest.status in DASHED
        x1, y1, x2, y2 = one.x + dx * start, one.y + dy * start, one.x + dx * end, one.y + dy * end
        ends = round(x1, 1), round(y1, 1), round(x2, 1), round(y2, 1)
        yield Arrow(*ends, round(width, 2), scene.COLOUR[strongest.status], dashed)
        if (target, source) not in pairs or source < target:
            every = [*found, *pairs.get((target, source), ())]
            labels.append(_along(one, other, _short(" · ".join(sorted({edge.label for edge in every})))))
    if len(pairs) <= LABELLED:
        yield from labels


def _along(one: scene.Node, other: scene.Node, text: str) -> Label:
    """A label above the middle of an arrow, never upside down."""
    angle = math.degrees(math.atan2(other.y - one.y, other.x - one.x))
    angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
    x, y = (one.x + other.x) / 2, (one.y + other.y) / 2
    turn = math.radians(angle)
    x, y = x + 4 * math.sin(turn), y - 4 * math.cos(turn)
    return Label(round(x, 1), round(y, 1), text, SMALL, GREY, "middle", round(angle, 1))


def _nodes(nodes: Iterable[scene.Node]) -> Iterator[Shape]:
    ordered = sorted(nodes, key=lambda node: (-node.size, node.id))
    for node in ordered:
        yield Circle(round(node.x, 1), round(node.y, 1), round(_radius(node), 1), node.colour)
    for node in ordered:
        yield Label(round(node.x + _radius(node) + 4, 1), round(node.y + FONT / 3, 1), _short(node.label), FONT, INK)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _legend(nodes: Iterable[scene.Node], edges: Iterable[scene.Edge], y: float) -> Iterator[Shape]:
    """Types in the upper row, statuses in the lower one."""
    kinds = sorted({(node.entity_type, node.colour) for node in nodes})
    for (kind, colour), x in zip(kinds, count(24, 100), strict=False):
        yield Circle(float(x), y, 5.0, colour)
        yield Label(x + 10.0, y + 4, kind, SMALL, GREY)
    statuses = sorted({edge.status for edge in edges}, key=lambda status: scene.RANK[status])
    for status, x in zip(statuses, count(18, 100), strict=False):
        yield Arrow(float(x), y + 20, x + 18.0, y + 20, 1.6, scene.COLOUR[status], status in DASHED)
        yield Label(x + 24.0, y + 24, status, SMALL, GREY)
