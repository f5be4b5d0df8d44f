"""Who does what in a sentence: roles of PropBank, from the scores of the encoder.

The encoder scores each word that may be a predicate (a verb, or a word that is likely one) with each word and role.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

DECIMALS = 3
LEAST = 0.2  # the lowest probability of a role that is kept, and of being a predicate for a word that is no verb
Floats = NDArray[np.float32]
Role = tuple[int, int, str, float]  # predicate, head word of its argument, role, probability


def chances(scores: Floats) -> list[float]:
    """How likely each word is a predicate, from its scores."""
    found: list[float] = np.round(1 / (1 + np.exp(-scores.astype(np.float64))), DECIMALS).tolist()
    return found


def read(scores: Floats, predicates: Sequence[int], names: Sequence[str], bounds: Sequence[int]) -> list[Role]:
    """The likely roles of ``predicates``, in order, within their sentences.

    ``scores`` are R×P×N, ``names`` those of the R roles, the first for none; ``bounds`` are the first words of the
    sentences, and N.
    """
    found: list[Role] = []
    edges = np.searchsorted(predicates, bounds).tolist()  # the predicates of each sentence
    for (start, end), (one, other) in zip(pairwise(bounds), pairwise(edges), strict=True):
        if one == other:
            continue
        for row, at, role, chance in _likely(scores[:, one:other, start:end]):
            if predicates[one + row] != start + at:
                found.append((predicates[one + row], start + at, names[role], chance))
    return found


def _likely(scores: Floats) -> Iterator[tuple[int, int, int, float]]:
    """Predicate, word, role and probability of the likely roles of a sentence."""
    shares = np.exp((scores - scores.max(0)).astype(np.float64))
    shares = np.round(shares / shares.sum(0), DECIMALS)[1:].transpose(1, 2, 0)
    for row, at, role in np.argwhere(shares >= LEAST).tolist():
        yield row, at, role + 1, float(shares[row, at, role])
