"""Where nodes lie: ForceAtlas2 for what a reader can take in, simpler placing for the rest; seeded and stable.

The densely linked core is laid out by networkx's ForceAtlas2 (Jacomy et al. 2014), which compares all pairs of nodes
and so is kept to ``CORE`` of them; others are set around their neighbours. Above ``LARGE`` nodes there is no core.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CORE = 400  # nodes; they take 2 s on one core, 600 take 5 s
LARGE = 20_000  # nodes
ROUNDS = 120
NEAREST = 55.0  # points between the centres of two nodes of the core
PUSHES = 60
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
    """ForceAtlas2 from a fixed spiral, scaled so that there is room for labels."""
    import networkx as nx
    import numpy as np

    if len(core) < 3:
        return {node: (i * 4 * SPACING, 0.0) for i, node in enumerate(core)}
    inside = set(core)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(core)
    for (one, other), weight in sorted(weights.items()):
        if one != other and one in inside and other in inside:
            graph.add_edge(one, other, weight=1 + math.log(weight))
    start = {node: np.array(point) / SPACING for node, point in _spiral(core).items()}
    found = nx.forceatlas2_layout(
        graph, start, max_iter=ROUNDS, scaling_ratio=6.0, gravity=1.2, weight="weight", seed=1
    )
    points = np.array([found[node] for node in core])
    points -= points.mean(axis=0)
    points *= 1.6 * SPACING * math.sqrt(len(core)) / (np.hypot(*points.T).mean() or 1.0)
    return dict(zip(core, map(tuple, _apart(points).tolist()), strict=True))


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
    return {
        node: (SPACING * math.sqrt(i + 0.5) * math.cos(i * GOLDEN), SPACING * math.sqrt(i + 0.5) * math.sin(i * GOLDEN))
        for i, node in enumerate(nodes)
    }


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
