"""Which relation a sentence states of two of its words: scores from the encoder's vectors, in plain arithmetic.

Each word has one vector of WORD numbers: what it is as a subject, what it is as an object, what it asks the sentence's
words for in either place, the key by which it is found, and what it then says. A pair asks, the sentence's words answer
by attention (Bahdanau et al. 2015), and a network of one hidden layer scores the relations.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

OFFER, KEY, MIXED, HEADS = 128, 48, 96, 2
WORD = 2 * OFFER + 3 * KEY + MIXED
TYPES = ("", "Person", "State", "Organisation", "Place", "Group", "Event", "Agreement")
DISTANCES = 8  # signed: by the binary logarithm, forwards and backwards
REGIONS = 5  # before both, at the first, between, at the second, behind both
DECIMALS = 3
NONE = "none"
WEIGHTS = Path(__file__).resolve().parent / "weights" / "encoder"
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words of one sentence: the heads of a subject's and an object's mention, with the types of their entities.

    ``type`` is one of TYPES; "" where it is unknown.
    """

    subject: int
    object: int
    subject_type: str = ""
    object_type: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """Of P pairs: ``probabilities`` P×(1+R), column 0 for no relation; ``triggers`` P, the words looked at most."""

    probabilities: NDArray[np.float64]
    triggers: list[int]


def distance(subject: int, target: int) -> int:
    """The index of the distance from subject to object: its binary logarithm, then the same backwards."""
    size = min(DISTANCES - 1, abs(target - subject).bit_length() - 1)
    return size if target > subject else DISTANCES + size


def regions(subject: int, target: int, count: int) -> Ints:
    """For each of ``count`` words its side, the index of one of REGIONS, seen from the subject towards the object."""
    at = np.arange(count)
    first, second = min(subject, target), max(subject, target)
    found = (at >= first).astype(np.int64) + (at > first) + (at >= second) + (at > second)
    return found if target > subject else REGIONS - 1 - found


class RelationHead:
    """The weights beside the encoder's, read on first use; the same input gives the same bytes."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._folder = folder

    @cached_property
    def relations(self) -> list[str]:
        """The names of the columns of ``Scores.probabilities``; the first is NONE."""
        labels = json.loads((self._folder / "labels.json").read_text(encoding="utf-8"))
        return [NONE, *labels["relations"]]

    @cached_property
    def columns(self) -> dict[str, int]:
        """The column of each relation in ``Scores.probabilities``."""
        return {name: at for at, name in enumerate(self.relations)}

    @cached_property
    def _weights(self) -> dict[str, Floats]:
        with np.load(self._folder / "relations.npz") as tables:
            return {name: tables[name].astype(np.float32) for name in tables.files}

    def scores(self, vectors: Floats, pairs: Sequence[Pair]) -> Scores:
        """Score ``pairs`` of a sentence whose N words have ``vectors``, N×WORD; indices count from its first word."""
        if not pairs:
            return Scores(np.zeros((0, len(self.relations))), [])
        words = np.asarray(vectors, dtype=np.float32)
        subjects, objects = [pair.subject for pair in pairs], [pair.object for pair in pairs]
        attention = self._attention(words, subjects, objects)
        values = words[:, -MIXED:].reshape(len(words), HEADS, MIXED // HEADS)
        mixed = np.einsum("phn,nhv->phv", attention, values).reshape(len(pairs), MIXED)
        logits = self._logits(words, pairs, mixed).astype(np.float64)
        logits -= logits.max(1, keepdims=True)
        chances = np.exp(logits)
        chances /= chances.sum(1, keepdims=True)
        seen = np.round(attention.mean(1).astype(np.float64), DECIMALS)
        rounded: NDArray[np.float64] = np.round(chances, DECIMALS).astype(np.float64)
        return Scores(rounded, [int(at) for at in seen.argmax(1)])

    def _attention(self, words: Floats, subjects: Sequence[int], objects: Sequence[int]) -> Floats:
        """P×HEADS×N: how much each pair looks at each word."""
        begin, size = 2 * OFFER, KEY // HEADS
        asks = words[subjects, begin : begin + KEY] + words[objects, begin + KEY : begin + 2 * KEY]
        keys = words[:, begin + 2 * KEY : begin + 3 * KEY].reshape(len(words), HEADS, size)
        found = np.einsum("phk,nhk->phn", asks.reshape(len(asks), HEADS, size), keys) / np.float32(size**0.5)
        sides = np.stack([regions(*ends, len(words)) for ends in zip(subjects, objects, strict=True)])
        found = found + self._weights["regions"][sides].transpose(0, 2, 1)
        found = np.exp(found - found.max(2, keepdims=True))
        shares: Floats = (found / found.sum(2, keepdims=True)).astype(np.float32)
        return shares

    def _logits(self, words: Floats, pairs: Sequence[Pair], mixed: Floats) -> Floats:
        weights = self._weights
        one = words[[pair.subject for pair in pairs], :OFFER]
        other = words[[pair.object for pair in pairs], OFFER : 2 * OFFER]
        kinds = [
            weights["types"][[TYPES.index(kind) for kind in side]]
            for side in ([p.subject_type for p in pairs], [p.object_type for p in pairs])
        ]
        away = weights["distances"][[distance(pair.subject, pair.object) for pair in pairs]]
        joined = np.concatenate([one, other, one * other, mixed, *kinds, away], axis=1)
        hidden = _gelu(joined @ weights["joint.weight"].T + weights["joint.bias"])
        found: Floats = hidden @ weights["out.weight"].T + weights["out.bias"]
        return found


def _gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit by the tanh formula of Hendrycks and Gimpel 2016."""
    found: Floats = 0.5 * x * (1 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x**3)))
    return found
