"""Where nodes lie: ForceAtlas2 for what a reader can take in, simpler placing for the rest; seeded and stable.

The densely linked core is laid out by networkx's ForceAtlas2 (Jacomy et al. 2014), which compares all pairs of nodes
and so is kept to ``CORE`` of them; others are set around their neighbours. Above ``LARGE`` nodes there is no core.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

CORE = 400  # nodes; they take 2 s on one core, 600 take 5 s
LARGE = 20_000  # nodes
ROUNDS = 120
NEAREST = 55.0  # points between the centres of two nodes of the core
PUSHES = 60
LENGTH = 125.0  # points, of the middle edge of a part
GAP = 70.0  # points between two parts
SPACING = 40.0  # points between neighbours of the spiral and the grid
GOLDEN = math.pi * (3 - math.sqrt(5))

Point = tuple[float, float]
Links = Mapping[str, Sequence[str]]


def positions(nodes: Sequence[str], weights: Mapping[tuple[str, str], int]) -> dict[str, Point]:
    """Points (in typographic points, one decimal) for sorted ``nodes``; ``weights`` counts statements per pair.

    One decimal hides that floating-point sums differ in their last digits from machine to machine.
    """
    links = _links(weights)
    linked = sorted((node for node in nodes if node in links), key=lambda node: (-len(links[node]), node))
    if len(linked) > LARGE:
        placed = _spiral(linked)
    else:
        core = linked[:CORE]
        placed = _force(core, weights)
        _surround(linked[CORE:], links, placed)
    _grid([node for node in nodes if node not in links], placed)
    return {node: (round(placed[node][0], 1) + 0.0, round(placed[node][1], 1) + 0.0) for node in nodes}


def _links(weights: Mapping[tuple[str, str], int]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in weights:
        if one != other:
            found[one].add(other)
            found[other].add(one)
    return {node: sorted(others) for node, others in found.items()}


def _force(core: Sequence[str], weights: Mapping[tuple[str, str], int]) -> dict[str, Point]:
    """Each connected part by ForceAtlas2 from a fixed spiral, with room for labels; the parts side by side."""
    import networkx as nx

    inside = set(core)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(core)
    for (one, other), weight in sorted(weights.items()):
        if one != other and one in inside and other in inside:
            graph.add_edge(one, other, weight=1 + math.log(weight))
    rank = {node: i for i, node in enumerate(core)}
    parts = sorted((sorted(part, key=rank.__getitem__) for part in nx.connected_components(graph)), key=_by_size)
    return _packed([_part(graph.subgraph(part), part) for part in parts], graph)


def _by_size(part: Sequence[str]) -> tuple[int, Sequence[str]]:
    return -len(part), part


def _part(graph: nx.Graph[str], nodes: Sequence[str]) -> dict[str, Point]:
    """One connected part around the origin."""
    import networkx as nx
    import numpy as np

    if len(nodes) < 3:
        return {node: ((2 * i - len(nodes) + 1) * 2 * SPACING, 0.0) for i, node in enumerate(nodes)}
    copy: nx.Graph[str] = nx.Graph()  # a view on a subgraph iterates in the order of hashes
    copy.add_nodes_from(nodes)
    links: list[tuple[str, str, float]] = list(graph.edges(data="weight"))
    copy.add_weighted_edges_from(sorted((min(one, other), max(one, other), weight) for one, other, weight in links))
    start = {node: np.array(point) / SPACING for node, point in _spiral(nodes).items()}
    found = nx.forceatlas2_layout(
        copy, start, max_iter=min(ROUNDS, 20 + 5 * len(nodes)), scaling_ratio=6.0, gravity=1.2, weight="weight", seed=1
    )
    points = np.array([found[node] for node in nodes])
    points -= points.mean(axis=0)
    rank = {node: i for i, node in enumerate(nodes)}
    lengths = [math.dist(points[rank[one]], points[rank[other]]) for one, other in copy.edges]
    points *= LENGTH / (sum(lengths) / len(lengths) or 1.0)
    return dict(zip(nodes, map(tuple, _apart(points).tolist()), strict=True))


def _packed(parts: Sequence[Mapping[str, Point]], graph: nx.Graph[str]) -> dict[str, Point]:
    """Each part on the free place nearest to the middle, the largest first; labels need more room across than down."""
    import numpy as np

    placed: dict[str, Point] = {}
    taken = np.empty((0, 2))
    first, size = 0, 0
    for part in parts:
        first, size = (first if size == len(part) else 0), len(part)  # where its like found no place is not tried again
        links = [(part[one], part[other]) for one, other in graph.subgraph(part).edges]
        along = [(a + (x - a) * t, b + (y - b) * t) for (a, b), (x, y) in links for t in (0.25, 0.5, 0.75)]
        points = np.array([*part.values(), *along])
        for place in count(first):
            seed = _seed(place)
            away = (points + seed)[:, None] - taken[None]
            if (np.hypot(away[..., 0] / 2, away[..., 1]) >= GAP).all():
                break
        first, taken = place, np.concatenate([taken, points + seed])
        placed |= {node: (x + seed[0], y + seed[1]) for node, (x, y) in part.items()}
    return placed


def _apart(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Push pairs of nodes that lie closer than ``NEAREST`` away from each other."""
    import numpy as np

    for _ in range(PUSHES):
        away = points[:, None] - points[None]
        distance = np.hypot(away[..., 0], away[..., 1])
        np.fill_diagonal(distance, np.inf)
        short = np.maximum(NEAREST - distance, 0.0)
        if not short.any():
            break
        points = points + (away / np.maximum(distance, 1e-3)[..., None] * short[..., None] / 2.5).sum(axis=1)
    return points


def _surround(nodes: Sequence[str], links: Links, placed: dict[str, Point]) -> None:
    """Set each node beside its first placed neighbour, on a small spiral of that neighbour's own."""
    beside: dict[str, int] = defaultdict(int)
    waiting = list(nodes)
    while waiting:
        later = []
        for node in waiting:
            anchor = next((other for other in links[node] if other in placed), None)
            if anchor is None:
                later.append(node)
                continue
            beside[anchor] += 1
            turn = beside[anchor] * GOLDEN
            reach = 0.7 * SPACING * math.sqrt(beside[anchor] + 1)
            placed[node] = (placed[anchor][0] + reach * math.cos(turn), placed[anchor][1] + reach * math.sin(turn))
        if len(later) == len(waiting):  # components without a node in the core
            _grid(later[:1], placed)
            later = later[1:]
        waiting = later


def _spiral(nodes: Sequence[str]) -> dict[str, Point]:
    """Sunflower seeds: the best linked in the middle."""
    return {node: _seed(i + 0.5) for i, node in enumerate(nodes)}


def _seed(number: float) -> Point:
    reach, turn = SPACING * math.sqrt(number), (number - number % 1) * GOLDEN
    return reach * math.cos(turn), reach * math.sin(turn)


def _grid(nodes: Sequence[str], placed: dict[str, Point]) -> None:
    """Unlinked nodes in rows below the rest."""
    if not nodes:
        return
    top = min((y for _, y in placed.values()), default=0.0) - 2 * SPACING
    width = max((abs(x) for x, _ in placed.values()), default=0.0)
    columns = max(math.ceil(math.sqrt(2 * len(nodes))), int(2 * width // (3 * SPACING)), 1)
    for i, node in enumerate(nodes):
        row, column = divmod(i, columns)
        placed[node] = ((column - (min(columns, len(nodes)) - 1) / 2) * 3 * SPACING, top - row * SPACING)
