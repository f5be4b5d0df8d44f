"""Fits the head of relations to the shipped network, which stays as it is, and puts it into the files that ship.

Usage: python -m training.fit_relations CORPORA KEPT [--held PUBLISHER ...] [--articles N] [--dry]

KEPT is a folder for the vectors of the words, computed once. Prints scores on the articles of the publishers held out
and of the split dev. Adds the output "relations" to FOLDER/model.onnx, whose other outputs keep every bit, and writes
relations.npz and the list "relations" of labels.json.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

from training import vectors
from training.batches import Record, read
from training.fit_roles import MODEL, RATE, groups, without
from training.relation_head import RelationHead, pair_inputs, pair_loss, report

SEED = 7
EPOCHS = 8
OTHERS = 0.3  # share of the public sets' chunks in each pass over the annotated articles
PREFIX = "/relations"
LAYERS = (3, 4)  # whose outputs are read too


def fit(head: RelationHead, names: Sequence[str], records: Sequence[Record], x: Sequence[Tensor]) -> None:
    """Train ``head`` on chunks with pairs and their vectors."""
    rng = random.Random(SEED)
    columns = {name: 1 + at for at, name in enumerate(names)}
    inputs = [pair_inputs(record, len(rows), columns) for record, rows in zip(records, x, strict=True)]
    kept = [at for at, found in enumerate(inputs) if found is not None]
    plan: list[list[int]] = []
    for _ in range(EPOCHS):
        some = [at for at in kept if records[at]["set"] == "gold" or rng.random() < OTHERS]
        plan += [[some[at] for at in group] for group in groups([records[at] for at in some], rng)]
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.02, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=len(plan), pct_start=0.1)
    head.train()
    for number, places in enumerate(plan):
        words = head.words(torch.cat([x[at].float() for at in places])).split([len(x[at]) for at in places])
        loss = pair_loss(head, words, [row for at in places if (row := inputs[at]) is not None])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        if number % 200 == 0:
            print(f"{number}/{len(plan)} {float(loss.detach()):.4f}", file=sys.stderr, flush=True)
    head.eval()


def split_pairs(records: Sequence[Record], held: Sequence[str], articles: int | None) -> tuple[list[int], list[int]]:
    """The numbers of the records to train on and to score on: those of ``held`` publishers, and of the split dev."""
    gold = sorted(
        {r["id"] for r in records if r["set"] == "gold" and r["split"] == "train" and r["source"] not in held}
    )
    random.Random(SEED).shuffle(gold)
    kept = set(gold[:articles])
    train, scored = [], []
    for at, record in enumerate(records):
        if record["set"] != "gold" or record["id"] in kept:
            train.append(at)
        elif record["split"] == "dev" or record["source"] in held:
            scored.append(at)
    return train, scored


def add(folder: Path, head: RelationHead, names: Sequence[str]) -> None:
    """Put ``head`` into the files of ``folder``, in the place of one that is there."""
    path = folder / "model.onnx"
    model = onnx.load(str(path))
    without(model, PREFIX, ["relations"])
    state = {name: value.numpy() for name, value in head.state_dict().items()}
    tables = {name: value for name, value in state.items() if name.startswith(("hidden.", "word."))}
    for name, value in tables.items():
        table = value.T.astype(np.float16) if name.endswith(".weight") else value
        model.graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(table), f"{PREFIX}/{name}"))
    for name, number in (("half", 0.5), ("one", 1.0), ("root", 2**0.5)):
        table = np.array([number], dtype=np.float32)
        model.graph.initializer.append(numpy_helper.from_array(table, f"{PREFIX}/{name}"))
    model.graph.initializer.append(numpy_helper.from_array(np.array([0], dtype=np.int64), f"{PREFIX}/row"))
    model.graph.node.extend(vectors.joined(PREFIX, LAYERS)[0])
    for kind, inputs, output, attributes in STEPS:
        given = [f"{PREFIX}/{name}" for name in inputs]
        out = output if output == "relations" else f"{PREFIX}/{output}"
        model.graph.node.append(helper.make_node(kind, given, [out], **attributes))
    width = len(tables["word.bias"])
    model.graph.output.append(helper.make_tensor_value_info("relations", TensorProto.FLOAT, ["N", width]))
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    pairwise = {
        name.removesuffix(".weight") if name.startswith(("types", "distances", "regions")) else name: value
        for name, value in state.items()
        if name not in tables
    }
    halves = {name: value.astype(np.float16) for name, value in sorted(pairwise.items())}
    np.savez_compressed(folder / "relations.npz", **halves)
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8")) | {"relations": list(names)}
    (folder / "labels.json").write_text(json.dumps(labels, indent=0) + "\n", encoding="utf-8")


WIDE: dict[str, int] = {"to": TensorProto.FLOAT}
STEPS: list[tuple[str, list[str], str, dict[str, int]]] = [  # GELU(x·H + h)·W + w
    ("Cast", ["hidden.weight"], "wide hidden", WIDE),
    ("Cast", ["word.weight"], "wide word", WIDE),
    ("Squeeze", ["joined", "row"], "words", {}),
    ("MatMul", ["words", "wide hidden"], "product", {}),
    ("Add", ["product", "hidden.bias"], "sum", {}),
    ("Div", ["sum", "root"], "scaled", {}),
    ("Erf", ["scaled"], "error", {}),
    ("Add", ["error", "one"], "share", {}),
    ("Mul", ["sum", "share"], "doubled", {}),
    ("Mul", ["doubled", "half"], "hidden", {}),
    ("MatMul", ["hidden", "wide word"], "out product", {}),
    ("Add", ["out product", "word.bias"], "relations", {}),
]


def main(arguments: argparse.Namespace) -> None:
    """Fit, print the scores, write."""
    torch.manual_seed(SEED)
    begun = time.monotonic()
    names = (arguments.corpora / "relations.txt").read_text(encoding="utf-8").split()
    records = read(arguments.corpora / "pairs.jsonl")
    rows = vectors.kept(arguments.folder, LAYERS, records, arguments.kept / "pairs.pt")
    train, held = split_pairs(records, arguments.held, arguments.articles)
    head = RelationHead(rows[0].shape[1], len(names))
    fit(head, names, [records[at] for at in train], [rows[at] for at in train])
    report(head, names, [records[at] for at in held], [rows[at] for at in held])
    torch.save(head.state_dict(), arguments.kept / "relations.pt")
    if not arguments.dry:
        add(arguments.folder, head, names)
    print(f"done {time.monotonic() - begun:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("kept", type=Path)
    parser.add_argument("--folder", type=Path, default=MODEL)
    parser.add_argument("--held", nargs="*", default=[], help="publishers whose articles are scored, not trained on")
    parser.add_argument("--articles", type=int, help="train on so many annotated articles only")
    parser.add_argument("--dry", action="store_true", help="write nothing into FOLDER")
    main(parser.parse_args())
