"""The head that says what a sentence states of two things, in a form that can be trained; its losses and scores."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from graphbuild.language.relation_head import (
    DISTANCES,
    HEADS,
    KEY,
    MIXED,
    OFFER,
    REGIONS,
    TYPES,
    WORD,
    distance,
    regions,
)
from training.batches import Record
from training.roles_head import sentences

HIDDEN = 384  # between the encoder and a word's vectors for relations
TYPE, DISTANCE, JOINT = 16, 16, 256
TYPE_UNKNOWN = 0.15  # share of types hidden in training
TRIGGER = 0.1  # weight of the loss of the attention
FEWEST = 1e-6
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


class RelationHead(nn.Module):
    """What ``graphbuild.language.relation_head`` computes, in a form that can be trained."""

    def __init__(self, width: int, relations: int, dropout: float = 0.2) -> None:
        super().__init__()
        self.hidden = nn.Linear(width, HIDDEN)
        self.word = nn.Linear(HIDDEN, WORD)
        self.types = nn.Embedding(len(TYPES), TYPE)
        self.distances = nn.Embedding(2 * DISTANCES, DISTANCE)
        self.regions = nn.Embedding(REGIONS, HEADS)
        self.joint = nn.Linear(3 * OFFER + MIXED + 2 * TYPE + DISTANCE, JOINT)
        self.out = nn.Linear(JOINT, 1 + relations)
        self.dropout = dropout
        nn.init.zeros_(self.regions.weight)
        nn.init.normal_(self.types.weight, std=0.1)
        nn.init.normal_(self.distances.weight, std=0.1)

    def words(self, x: Tensor) -> Tensor:
        """…×WORD vectors of the words."""
        hidden = functional.dropout(functional.gelu(self.hidden(x)), self.dropout, self.training)
        found: Tensor = self.word(hidden)
        return found

    def forward(
        self, subjects: Tensor, objects: Tensor, context: Tensor, types: Tensor, distances: Tensor, regions: Tensor,
        outside: Tensor,
    ) -> tuple[Tensor, Tensor]:  # fmt: skip
        """P×(1+relations) scores (none first), and the log-attention over the context, P×N, the mean of its heads.

        ``subjects`` and ``objects`` P×WORD and ``context`` N×WORD are from ``words``; ``types`` P×2, ``distances`` P
        and ``regions`` P×N are indices as of ``relation_head``; ``outside`` P×N marks words of other sentences.
        """
        asks = subjects[:, 2 * OFFER : 2 * OFFER + KEY] + objects[:, 2 * OFFER + KEY : 2 * OFFER + 2 * KEY]
        keys = context[..., 2 * OFFER + 2 * KEY : 2 * OFFER + 3 * KEY]
        values = context[..., 2 * OFFER + 3 * KEY :]
        count, length, one = len(subjects), len(context), KEY // HEADS
        scores = torch.einsum("phk,nhk->pnh", asks.view(count, HEADS, one), keys.reshape(length, HEADS, one))
        scores = (scores / one**0.5 + self.regions(regions)).float().masked_fill(outside[..., None], -1e4)
        logs = scores.log_softmax(1)
        mixed = torch.einsum("pnh,nhv->phv", logs.exp(), values.float().reshape(length, HEADS, MIXED // HEADS))
        mixed = mixed.reshape(count, MIXED)
        one_side, other = subjects[:, :OFFER], objects[:, OFFER : 2 * OFFER]
        kinds = self.types(types).flatten(1)
        joined = torch.cat([one_side, other, one_side * other, mixed, kinds, self.distances(distances)], 1)
        joined = functional.dropout(joined, self.dropout, self.training)
        hidden = functional.gelu(self.joint(joined), approximate="tanh")
        hidden = functional.dropout(hidden, self.dropout, self.training)
        return self.out(hidden), logs.logsumexp(2) - torch.log(torch.tensor(float(HEADS)))


def pair_inputs(record: Record, count: int, relations: Mapping[str, int]) -> dict[str, Tensor] | None:
    """A chunk's P pairs as tensors for ``RelationHead`` (``ends``, ``types``, ``distances``, ``regions``, ``outside``)
    and its loss (``stated`` P×(1+R) bool, ``weight`` P, ``trigger`` P×N bool); None if it has none.

    ``kept`` are their numbers among the record's pairs; ``relations`` gives each relation its column.
    """
    bounds = sentences(record, count)
    rows: dict[str, list[Any]] = {}
    for number, pair in enumerate(record["pairs"]):
        one, other, *kinds, stated, weight, trigger = pair
        span = next(((a, b) for a, b in bounds if a <= one < b and a <= other < b), None)
        columns = [relations[name] for name in stated if name in relations]
        if span is None or (stated and not columns):
            continue
        at = np.arange(count)
        row = {
            "kept": number,
            "ends": [one, other],
            "types": [TYPES.index(kind) for kind in kinds],
            "distances": distance(one, other),
            "regions": regions(one, other, count),
            "outside": (at < span[0]) | (at >= span[1]),
            "stated": np.isin(np.arange(1 + len(relations)), columns or [0]),
            "weight": np.float32(weight),
            "trigger": np.isin(at, trigger),
        }
        for key, value in row.items():
            rows.setdefault(key, []).append(value)
    return {key: torch.from_numpy(np.array(value)) for key, value in rows.items()} or None


def pair_scores(head: RelationHead, words: Tensor, inputs: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """The head's scores of ``pair_inputs`` on N×WORD vectors."""
    ends = inputs["ends"]
    types = inputs["types"]
    if head.training:
        types = types * (torch.rand(types.shape) >= TYPE_UNKNOWN)
    found: tuple[Tensor, Tensor] = head(
        words[ends[:, 0]], words[ends[:, 1]], words, types, inputs["distances"], inputs["regions"], inputs["outside"]
    )
    return found


def pair_loss(head: RelationHead, words: Sequence[Tensor], rows: Sequence[dict[str, Tensor]]) -> Tensor:
    """The weighted mean loss of all pairs: minus the log of the chance of any relation that is stated, or of none."""
    total, weight = torch.zeros(()), torch.zeros(())
    for vectors, inputs in zip(words, rows, strict=True):
        scores, attention = pair_scores(head, vectors, inputs)
        share, trigger = inputs["weight"], inputs["trigger"]
        chance = scores.float().log_softmax(1).masked_fill(~inputs["stated"], -1e4).logsumexp(1)
        shown = attention.masked_fill(~trigger, -1e4).logsumexp(1)[trigger.any(1)]
        total = total - (share * chance).sum() - TRIGGER * (share[trigger.any(1)] * shown).sum()
        weight = weight + share.sum()
    return total / weight.clamp(min=FEWEST)


def judged(
    head: RelationHead, names: Sequence[str], records: Sequence[Record], x: Sequence[Tensor]
) -> list[tuple[float, str, dict[str, float]]]:
    """For each pair the best relation with its chance, and what gold states (relation → weight)."""
    columns = {name: 1 + at for at, name in enumerate(names)}
    found = []
    with torch.inference_mode():
        for record, rows in zip(records, x, strict=True):
            inputs = pair_inputs(record, len(rows), columns)
            if inputs is None:
                continue
            scores, _ = pair_scores(head, head.words(rows.float()), inputs)
            best = scores.softmax(1)[:, 1:].max(1)
            for number, chance, at in zip(
                inputs["kept"].tolist(), best.values.tolist(), best.indices.tolist(), strict=True
            ):
                *_, stated, weight, _ = record["pairs"][number]
                if stated or weight == 1.0:  # a pronoun that has nothing to do with anybody is no test
                    found.append((chance, names[at], stated))
    return found


def scores(found: Sequence[tuple[float, str, dict[str, float]]], threshold: float) -> dict[str, float]:
    """Percent: ``p``/``r``/``f`` against all that is stated; ``P``/``R``/``F`` leave out what is optional.

    ``connected`` is the F1 of pairs whatever the relation.
    """
    total: Counter[str] = Counter()
    for chance, name, stated in found:
        own, required = chance >= threshold, bool(stated) and max(stated.values()) == 1.0
        total["wanted"] += bool(stated)
        total["required"] += required
        if own:
            total["found"] += 1
            total["linked"] += bool(stated)
            total["right"] += name in stated
            total["required right"] += required and name in stated
            total["counted"] += required or name not in stated
    share = {
        "p": total["right"] / max(1, total["found"]),
        "r": total["right"] / max(1, total["wanted"]),
        "P": total["required right"] / max(1, total["counted"]),
        "R": total["required right"] / max(1, total["required"]),
    }
    share["f"], share["F"] = (2 * share[p] * share[r] / max(1e-9, share[p] + share[r]) for p, r in ("pr", "PR"))
    share["connected"] = 2 * total["linked"] / max(1, total["found"] + total["wanted"])
    return {name: 100 * value for name, value in share.items()}


def report(head: RelationHead, names: Sequence[str], records: Sequence[Record], x: Sequence[Tensor]) -> None:
    """Print the scores of each publisher at one threshold, and of all but dev at several."""
    by_source: dict[str, list[int]] = {}
    for at, record in enumerate(records):
        by_source.setdefault(record["source"], []).append(at)
    everything: list[tuple[float, str, dict[str, float]]] = []
    for source, places in sorted(by_source.items()):
        found = judged(head, names, [records[at] for at in places], [x[at] for at in places])
        print(f"  {source} ({len(found)} pairs): {_shown(scores(found, 0.4))}", file=sys.stderr)
        everything += found if source != "dev" else []
    for threshold in THRESHOLDS if everything else ():
        print(f"  held out at {threshold}: {_shown(scores(everything, threshold))}", file=sys.stderr)


def _shown(values: dict[str, float]) -> str:
    return " ".join(f"{name} {value:.1f}" for name, value in values.items())
