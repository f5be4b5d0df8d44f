"""From scores to structures: the best sequence of name labels, the best tree over a sentence.

Scores are rounded before they are compared, and ties go to the lower index, so that the last bits of floating-point
sums decide nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

DECIMALS = 4
NEVER = -1e9
Scores = NDArray[np.float32]


def best_names(scores: Scores, labels: Sequence[str]) -> list[str]:
    """BIO labels of the best legal path through N×C log-probabilities of BIOES ``labels``."""
    if not len(scores):
        return []
    allowed = np.array([[_follows(b, a) for b in labels] for a in labels])
    rounded = np.round(scores.astype(np.float64), DECIMALS)
    free = [label[0] in "OBS" for label in labels]
    best = np.where(free, rounded[0], NEVER)
    back = []
    for row in rounded[1:]:
        options = np.where(allowed, best[:, None], 2 * NEVER)
        back.append(options.argmax(0))
        best = np.round(options.max(0) + row, DECIMALS)
    path = [int(np.where([label[0] in "OES" for label in labels], best, 2 * NEVER).argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return [{"S": "B", "E": "I"}.get(labels[at][0], labels[at][0]) + labels[at][1:] for at in reversed(path)]


def _follows(label: str, previous: str) -> bool:
    if previous[0] in "BI":
        return label[0] in "IE" and label[2:] == previous[2:]
    return label[0] in "OBS"


def best_tree(scores: Scores) -> list[int]:
    """The head of each word of one sentence, from N×N scores (row = child, column = head, diagonal = root).

    Exactly one word, the root, heads itself.
    """
    table: NDArray[np.float64] = np.round(scores.astype(np.float64), DECIMALS).astype(np.float64)
    heads = table.argmax(1)
    roots = [child for child, head in enumerate(heads) if child == head]
    if len(roots) != 1:
        count = len(table)
        own = table.diagonal()
        others = np.where(np.eye(count, dtype=bool), NEVER, table).max(1) if count > 1 else np.zeros(count)
        root = int(np.round(own - others, DECIMALS).argmax())
    else:
        root = roots[0]
    table[np.arange(len(table)), np.arange(len(table))] = NEVER
    table[root] = NEVER
    table[root, root] = 0.0
    return _arborescence(table, root)


def _arborescence(scores: NDArray[np.float64], root: int) -> list[int]:
    """Chu-Liu and Edmonds: the best heads such that every word hangs under ``root``."""
    heads = scores.argmax(1)
    cycle = _cycle(heads, root)
    if not cycle:
        return [int(head) for head in heads]
    inside = np.zeros(len(scores), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    lost = scores[cycle, heads[cycle]]
    entering = scores[np.ix_(np.array(cycle), outside)] - lost[:, None]  # gain of breaking the cycle at a child
    leaving = scores[np.ix_(outside, np.array(cycle))]
    size = len(outside)
    merged = np.full((size + 1, size + 1), NEVER)
    merged[:size, :size] = scores[np.ix_(outside, outside)]
    merged[:size, size] = leaving.max(1)
    merged[size, :size] = entering.max(0)
    found = _arborescence(merged, int(np.flatnonzero(outside == root)[0]))
    result = heads.copy()
    for at, child in enumerate(outside):
        head = found[at]
        result[child] = outside[head] if head < size else cycle[int(leaving[at].argmax())]
    broken = int(entering[:, found[size]].argmax())
    result[cycle[broken]] = outside[found[size]]
    return [int(head) for head in result]


def _cycle(heads: NDArray[np.int64], root: int) -> list[int]:
    """The words of one cycle among ``heads``, none if there is no cycle."""
    state = [0] * len(heads)
    state[root] = 2
    for start in range(len(heads)):
        path, at = [], start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if state[at] == 1:
            return path[path.index(at) :]
        for word in path:
            state[word] = 2
    return []
