"""The shapes of a still picture: arrows, circles and labels in points, the best linked entities only."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from graphbuild.export import scene
from graphbuild.export.options import Options
from graphbuild.graph import KnowledgeGraph
from graphbuild.graph.view import View, view

MOST = 120  # entities whose labels a page can hold
MARGIN = 60.0  # points around the drawing
FONT, SMALL = 13.0, 10.0  # points
LONGEST = 36  # characters of a label
WIDE = 0.52  # of the font size: the width of a letter
PUSHES = 200
ALONG = (0.5, 0.4, 0.6, 0.3, 0.7)  # where on its arrow a label may stand, the best first
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
    spots = _apart(nodes)
    left = min((x for x, _ in spots.values()), default=0.0)
    top, bottom = (end((y for _, y in spots.values()), default=0.0) for end in (min, max))
    placed = {n.id: replace(n, x=spots[n.id][0] - left + MARGIN, y=spots[n.id][1] - top + MARGIN) for n in nodes}
    height = bottom - top + 2 * MARGIN
    shapes: list[Shape] = [*_arrows(edges, placed), *_nodes(placed.values())]
    shapes += _legend(placed.values(), edges, height)
    if len(nodes) < len(graph.entities):
        said = f"{len(nodes)} of {len(graph.entities)} entities: those with {'most ' * (part is not graph)}relations"
        shapes.append(Label(20.0, 24.0, said, SMALL, GREY))
    width = max((node.x + _width(node) for node in placed.values()), default=0.0) + MARGIN / 2
    return Picture(round(max(width, 740.0), 1), round(height + 40, 1), tuple(shapes))


def _radius(node: scene.Node) -> float:
    return 4 + node.size / 2.5


def _width(node: scene.Node) -> float:
    """Points from the middle of a node to the end of its label."""
    return _radius(node) + 4 + WIDE * FONT * len(_short(node.label))


def _apart(nodes: Sequence[scene.Node]) -> dict[str, tuple[float, float]]:
    """The places of the nodes, y downwards, with those whose circles and labels overlap pushed apart."""
    boxes = [
        [node.x - _radius(node), -node.y, _radius(node) + _width(node) + 6, max(_radius(node), 9.0)] for node in nodes
    ]
    for _ in range(PUSHES):
        moved = False
        for i, one in enumerate(boxes):
            for other in boxes[:i]:
                across = min(one[0] + one[2] - other[0], other[0] + other[2] - one[0])
                down = one[3] + other[3] - abs(one[1] - other[1])
                if across <= 0.1 or down <= 0.1:
                    continue
                moved, axis, reach = (True, 1, down) if down < across else (True, 0, across)
                step = reach / 2 if (one[axis], i) >= (other[axis], 0) else -reach / 2
                one[axis] += step
                other[axis] -= step
        if not moved:
            break
    return {node.id: (box[0] + _radius(node), box[1]) for node, box in zip(nodes, boxes, strict=True)}


def _arrows(edges: Iterable[scene.Edge], placed: dict[str, scene.Node]) -> Iterator[Shape]:
    """One arrow per ordered pair of entities, labelled with its relations."""
    pairs: dict[tuple[str, str], list[scene.Edge]] = defaultdict(list)
    for edge in edges:
        pairs[edge.source, edge.target].append(edge)
    labels: list[tuple[scene.Node, scene.Node, list[str]]] = []
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
            names = sorted({edge.label for edge in (*found, *pairs.get((target, source), ()))})
            texts = [_short(" · ".join(names)), f"{strongest.label} +{len(names) - 1}"]
            labels.append((one, other, texts if len(names) > 1 else texts[:1]))
    yield from _free(labels, placed.values())


def _free(labels: Iterable[tuple[scene.Node, scene.Node, list[str]]], nodes: Iterable[scene.Node]) -> Iterator[Label]:
    """Labels of arrows, the first of their texts that covers no node and no other label; none if all do."""
    boxes = [(node.x - _radius(node), node.y, node.x + _width(node), max(_radius(node), 8.0)) for node in nodes]
    taken: list[tuple[float, float]] = []

    def covers(x: float, y: float) -> bool:
        return any(left <= x <= right and abs(y - middle) <= half + 4 for left, middle, right, half in boxes) or any(
            math.dist((x, y), dot) < SMALL for dot in taken
        )

    for one, other, texts in labels:
        fitting = [text for text in texts if WIDE * SMALL * len(text) <= math.dist((one.x, one.y), (other.x, other.y))]
        for label in (_along(one, other, text, part) for text in fitting for part in ALONG):
            dots = list(_dots(label))
            if not any(covers(*dot) for dot in dots):
                taken += dots
                yield label
                break


def _along(one: scene.Node, other: scene.Node, text: str, part: float) -> Label:
    """A label above an arrow, ``part`` of the way along it, never upside down."""
    angle = math.degrees(math.atan2(other.y - one.y, other.x - one.x))
    angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
    x, y = one.x + (other.x - one.x) * part, one.y + (other.y - one.y) * part
    turn = math.radians(angle)
    x, y = x + 4 * math.sin(turn), y - 4 * math.cos(turn)
    return Label(round(x, 1), round(y, 1), text, SMALL, GREY, "middle", round(angle, 1))


def _dots(label: Label) -> Iterator[tuple[float, float]]:
    """Points along the middle of a label's letters."""
    turn = math.radians(label.angle)
    half = WIDE * SMALL * len(label.text) / 2
    x, y = label.x + 3 * math.sin(turn), label.y - 3 * math.cos(turn)
    for i in range(n := max(2, round(half / 3))):
        reach = half * (2 * i / (n - 1) - 1)
        yield x + reach * math.cos(turn), y + reach * math.sin(turn)


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
