"""Turns corpus chunks into tensors, and plans which chunks are seen in which order."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from graphbuild.language.pieces import Pieces, Shape, shapes

CLASSES = ("PER", "ORG", "LOC", "NORP")
NAMES = ["O", *(f"{prefix}-{label}" for label in CLASSES for prefix in "BIES")]
MAX_PIECES = 500
RARE_DEP = 5
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tensors of B chunks; -100 marks words without annotation or beyond a chunk's end."""

    pieces: Tensor  # B×T
    shapes: Tensor  # B×T
    mask: Tensor  # B×1×1×T, True where there is a piece
    first: Tensor  # B×N piece index of each word's first piece
    last: Tensor  # B×N
    tags: Tensor  # B×N
    begins: Tensor  # B×N, 0 or 1
    heads: Tensor  # B×N word indices
    deps: Tensor  # B×N, -100 at roots too
    sentence: Tensor  # B×N number of the sentence within the chunk, -1 at padding
    names: Tensor  # B×N
    open: Tensor  # B×C, True for the name labels that O may stand for
    sets: Tensor  # B


def read(path: Path, sets: Sequence[str] | None = None) -> list[Record]:
    """The chunks of a JSONL file, only those of ``sets`` if given."""
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [record for record in records if sets is None or record["set"] in sets]


def inventory(records: Sequence[Record]) -> dict[str, list[str]]:
    """The label lists of the network: tags, dependency labels, name labels, sets."""
    tags = Counter(tag for record in records for tag in record["tags"] or ())
    deps = Counter(dep for record in records for dep in record["deps"] or ())
    return {
        "tags": sorted(tags),
        "deps": sorted(dep for dep, count in deps.items() if count >= RARE_DEP and dep != "root"),
        "names": NAMES,
        "sets": sorted({record["set"] for record in records}),
    }


def outer(tags: Sequence[str]) -> list[str]:
    """BIO tags as BIOES tags, which also mark where a name ends."""
    ends = [following[:2] != "I-" for following in [*tags[1:], "O"]]
    return [
        tag if tag == "O" else {("B", True): "S", ("I", True): "E"}.get((tag[0], end), tag[0]) + tag[1:]
        for tag, end in zip(tags, ends, strict=True)
    ]


def parts(record: Record, rng: random.Random, share: float) -> list[Record]:
    """The chunk, or with probability ``share`` the chunk cut at random sentence starts."""
    starts = [index for index, start in enumerate(record["sent_starts"]) if start]
    if len(starts) < 2 or rng.random() >= share:
        return [record]
    cuts = [0, *(index for index in starts[1:] if rng.random() < 0.6), len(record["words"])]
    return [_slice(record, start, end) for start, end in itertools.pairwise(cuts)]


def _slice(record: Record, start: int, end: int) -> Record:
    part = {
        key: value[start:end] if isinstance(value, list) and key in LAYERS else value for key, value in record.items()
    }
    if part["heads"] is not None:
        part["heads"] = [head - start for head in part["heads"]]
    part["ner_unsure"] = [index - start for index in record["ner_unsure"] if start <= index < end]
    return part


LAYERS = frozenset({"words", "spaces", "sent_starts", "tags", "deps", "heads", "lemmas", "ner"})


def headline(record: Record, rng: random.Random, share: float) -> Record:
    """With probability ``share``, the chunk in capitals or in title case."""
    draw = rng.random()
    if draw >= share:
        return record
    words = [word.upper() if draw < share / 2 else word[:1].upper() + word[1:] for word in record["words"]]
    return {**record, "words": words}


def plan(
    records: Sequence[Record], epochs: dict[str, float], pieces: Pieces, size: int, seed: int
) -> list[list[Record]]:
    """The batches of a whole training run, each of about ``size`` pieces, in order."""
    rng = random.Random(seed)
    seen: list[tuple[float, Record]] = []
    for record in records:
        passes = epochs.get(record["set"], 1.0)
        count = int(passes) + (rng.random() < passes % 1)
        for number in range(count):
            at = (number + rng.random()) / max(count, 1)  # passes over a set are spread over the run
            seen.extend((at, headline(part, rng, 0.06)) for part in parts(record, rng, 0.4))
    seen.sort(key=lambda item: item[0])
    batches: list[list[Record]] = []
    window = 400
    for start in range(0, len(seen), window):
        near = sorted((record for _, record in seen[start : start + window]), key=lambda r: len(r["words"]))
        groups = list(_fill(near, pieces, size))
        rng.shuffle(groups)
        batches.extend(groups)
    return batches


def plan_mentions(records: Sequence[Record], epochs: dict[str, float], size: int, seed: int) -> list[list[Record]]:
    """Batches of about ``size`` words of records of coreference, in order."""
    rng = random.Random(seed)
    passes = [int(epochs[r["set"]]) + (rng.random() < epochs[r["set"]] % 1) for r in records]
    seen = [(rng.random(), number) for number, count in enumerate(passes) for _ in range(count)]
    batches: list[list[Record]] = [[]]
    words = 0
    for _, number in sorted(seen):
        count = sum(len(chunk) for chunk in records[number]["chunks"])
        if batches[-1] and words + count > size:
            batches.append([])
            words = 0
        batches[-1].append(records[number])
        words += count
    return batches


def interleave(most: Sequence[list[Record]], others: Sequence[list[Record]]) -> list[list[Record]]:
    """Both kinds of batches, the second spread evenly among the first."""
    places = [(at / len(most), 0, at) for at in range(len(most))]
    places += [(at / len(others), 1, at) for at in range(len(others))]
    return [(others if kind else most)[at] for _, kind, at in sorted(places)]


def bare(words: Sequence[str]) -> Record:
    """A chunk of which nothing is known."""
    nothing = dict.fromkeys(("tags", "deps", "heads", "ner"))
    starts = [at == 0 for at in range(len(words))]
    return {"set": "", "words": words, "sent_starts": starts, "ner_open": [], "ner_unsure": [], **nothing}


def _fill(records: Sequence[Record], pieces: Pieces, size: int) -> Iterator[list[Record]]:
    group: list[Record] = []
    longest = 0
    for record in records:
        length = min(sum(len(pieces.cut(word)) for word in record["words"]) + 2, MAX_PIECES)
        if group and max(longest, length) * (len(group) + 1) > size:
            yield group
            group, longest = [], 0
        group.append(record)
        longest = max(longest, length)
    if group:
        yield group


def collate(records: Sequence[Record], pieces: Pieces, labels: dict[str, list[str]]) -> Batch:
    """One padded batch."""
    index = {kind: {label: at for at, label in enumerate(values)} for kind, values in labels.items()}
    rows = [_row(record, pieces, index) for record in records]
    pad = {"pieces": 0, "shapes": int(Shape.NONE), "first": 0, "last": 0, "sentence": -1}
    fields = {
        key: torch.nn.utils.rnn.pad_sequence(
            [torch.tensor(row[key]) for row in rows], batch_first=True, padding_value=pad.get(key, -100)
        )
        for key in rows[0]
    }
    lengths = torch.tensor([len(row["pieces"]) for row in rows])
    may_open = torch.tensor([[name[2:] in record["ner_open"] for name in labels["names"]] for record in records])
    return Batch(
        **fields,
        mask=(torch.arange(int(lengths.max()))[None] < lengths[:, None])[:, None, None],
        open=may_open,
        sets=torch.tensor([index["sets"].get(record["set"], 0) for record in records]),
    )


def _row(record: Record, pieces: Pieces, index: dict[str, dict[str, int]]) -> dict[str, list[int]]:
    ids, kinds, first, last = [pieces.start], [int(Shape.NONE)], [], []
    for word, kind in zip(record["words"], shapes(record["words"]), strict=True):
        cut = pieces.cut(word)
        if len(ids) + len(cut) >= MAX_PIECES:
            break
        first.append(len(ids))
        ids.extend(cut)
        kinds.extend([kind] * len(cut))
        last.append(len(ids) - 1)
    count = len(first)
    starts = record["sent_starts"][:count]
    heads = record["heads"][:count] if record["heads"] else [-100] * count
    deps = record["deps"] or [""] * count
    names = outer(record["ner"])[:count] if record["ner"] else [""] * count
    row = {
        "pieces": [*ids, pieces.end],
        "shapes": [*kinds, int(Shape.NONE)],
        "first": first,
        "last": last,
        "tags": [index["tags"].get(tag, -100) for tag in (record["tags"] or [""] * count)[:count]],
        "begins": [int(start) if record["tags"] else -100 for start in starts],
        "heads": [head if head < count else -100 for head in heads],
        "deps": [index["deps"].get(dep, -100) for dep in deps[:count]],
        "sentence": [sum(starts[: at + 1]) for at in range(count)],
        "names": [index["names"].get(name, -100) for name in names],
    }
    for at in record["ner_unsure"]:
        if at < count:
            row["names"][at] = -100
    return row
