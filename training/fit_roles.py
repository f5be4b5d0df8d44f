"""Fits the head of roles to the shipped network, which stays as it is, and puts it into the files that ship.

Usage: python -m training.fit_roles CORPORA KEPT [--folder graphbuild/language/weights/encoder] [--epochs N] [--dry]

KEPT is a folder for the vectors of the words, computed once. Prints F1 of the roles of gold predicates on EWT dev and
test (argument heads matched) and of finding predicates. Adds the outputs "predicates", "doers" and "roles" to
FOLDER/model.onnx, whose other outputs keep every bit, and the list "roles" to labels.json.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from torch import Tensor

from graphbuild.language.roles_head import DECIMALS, LEAST
from training import vectors
from training.batches import Record, read
from training.roles import ROLES
from training.roles_head import RolesHead, counted, f1, losses

SEED = 7
EPOCHS = 5
RATE, DROPOUT = 1.5e-3, 0.2
BATCH_WORDS = 1500
PREFIX = "/roles"
LAYERS = (2, 4)  # whose outputs are read too
OUTPUTS = ("predicates", "doers", "roles")
GLOBAL = (*OUTPUTS, "tags")
MODEL = Path("graphbuild/language/weights/encoder")


def groups(records: Sequence[Record], rng: random.Random) -> list[list[int]]:
    """The numbers of all records in random groups of about BATCH_WORDS words."""
    order = list(range(len(records)))
    rng.shuffle(order)
    found: list[list[int]] = [[]]
    size = 0
    for at in order:
        if found[-1] and size + len(records[at]["words"]) > BATCH_WORDS:
            found.append([])
            size = 0
        found[-1].append(at)
        size += len(records[at]["words"])
    return found


def fit(head: RolesHead, records: Sequence[Record], x: Sequence[Tensor], epochs: int) -> None:
    """Train ``head`` on chunks with roles and their vectors."""
    rng = random.Random(SEED)
    plan = [group for _ in range(epochs) for group in groups(records, rng)]
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.02, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=len(plan), pct_start=0.1)
    head.train()
    for number, group in enumerate(plan):
        words = torch.cat([x[at].float() for at in group])
        parts = losses(head, words, [records[at] for at in group], [len(x[at]) for at in group])
        sum(parts.values(), torch.zeros(())).backward()
        torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        if number % 200 == 0:
            shown = " ".join(f"{name} {float(value.detach()):.4f}" for name, value in parts.items())
            print(f"{number}/{len(plan)} {shown}", file=sys.stderr, flush=True)
    head.eval()


def report(head: RolesHead, records: Sequence[Record], x: Sequence[Tensor], name: str) -> None:
    """Print F1 of roles with gold predicates, and of predicates."""
    total: Counter[str] = Counter()
    with torch.inference_mode():
        for record, rows in zip(records, x, strict=True):
            total += counted(head, rows.float(), record, len(rows))
    shown = " ".join(f"{kind} {f1(total, kind):.1f}" for kind in ("core", "all", "predicates"))
    print(f"roles {name}: {shown}", file=sys.stderr, flush=True)


def add(folder: Path, head: RolesHead) -> None:
    """Put ``head`` into the files of ``folder``, in the place of one that is there."""
    path = folder / "model.onnx"
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    model = onnx.load(str(path))
    without(model, PREFIX, OUTPUTS)
    nodes, x = vectors.joined(PREFIX, LAYERS)
    for name, table in _tables(head, labels["tags"]).items():
        model.graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(table), f"{PREFIX}/{name}"))
    model.graph.node.extend([*nodes, *_head(x)])
    for name, kind, shape in (
        ("predicates", TensorProto.FLOAT, ["N"]),
        ("doers", TensorProto.INT64, ["P"]),
        ("roles", TensorProto.FLOAT, [len(ROLES), "P", "N"]),
    ):
        model.graph.output.append(helper.make_tensor_value_info(name, kind, shape))
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    (folder / "labels.json").write_text(json.dumps(labels | {"roles": ROLES}, indent=0) + "\n", encoding="utf-8")


def _tables(head: RolesHead, tags: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The numbers of the head, in half precision the largest."""
    state = {name: value.numpy() for name, value in head.state_dict().items()}
    found = {name: value.T if name.endswith(".weight") else value for name, value in state.items()}
    found["table"] = state["table"].astype(np.float16)  # R×ROLE×ROLE
    found["verbs"] = np.array([tag.startswith("VB") for tag in tags])
    for name, number in (("half", 0.5), ("one", 1.0), ("root", 2**0.5), ("unit", 10.0**DECIMALS)):
        found[name] = np.array([number], dtype=np.float32)
    found["least"] = np.round(found["unit"] * np.log(LEAST / (1 - LEAST))).astype(np.float32)
    for name, axes in (("row", [0]), ("column", [1]), ("last", [2]), ("ends", [0, 2])):
        found[f"axis {name}"] = np.array(axes, dtype=np.int64)
    return found


def _head(x: str) -> list[NodeProto]:
    """What the head computes: x·w + b, for being a predicate; for those, GELU(x·D + d)·table·GELU(x·F + f), biases."""

    def node(kind: str, inputs: str, output: str, **attributes: Any) -> NodeProto:
        names = [name if name in GLOBAL or name == x else f"{PREFIX}/{name}" for name in inputs.split(", ")]
        return helper.make_node(kind, names, [output if output in GLOBAL else f"{PREFIX}/{output}"], **attributes)

    def linear(given: str, part: str, out: str) -> list[NodeProto]:
        biased = f"{out} product" if part != "bias_filler" else out
        nodes = [node("MatMul", f"{given}, {part}.weight", biased)]
        return nodes if biased == out else [*nodes, node("Add", f"{biased}, {part}.bias", out)]

    def side(given: str, part: str) -> list[NodeProto]:
        return [
            *linear(given, part, f"{part} sum"),
            node("Div", f"{part} sum, root", f"{part} scaled"),
            node("Erf", f"{part} scaled", f"{part} error"),
            node("Add", f"{part} error, one", f"{part} share"),
            node("Mul", f"{part} sum, {part} share", f"{part} doubled"),
            node("Mul", f"{part} doubled, half", part),
        ]

    return [
        node("Squeeze", f"{x}, axis row", "words"),
        *linear("words", "predicate", "chance"),
        node("Squeeze", "chance, axis column", "predicates"),
        node("Mul", "predicates, unit", "predicates scaled"),
        node("Round", "predicates scaled", "predicates rounded"),
        node("GreaterOrEqual", "predicates rounded, least", "likely"),
        node("Gather", "verbs, tags", "verb"),
        node("Or", "likely, verb", "asked"),
        node("NonZero", "asked", "asked words"),
        node("Squeeze", "asked words, axis row", "doers"),
        node("Gather", "words, doers", "asked vectors", axis=0),
        *side("asked vectors", "doer"),
        *side("words", "filler"),
        node("Cast", "table", "wide table", to=TensorProto.FLOAT),
        node("MatMul", "doer, wide table", "asking"),  # R×P×ROLE
        node("Transpose", "filler", "offered", perm=[1, 0]),
        node("MatMul", "asking, offered", "products"),  # R×P×N
        *linear("doer", "bias_doer", "of doer"),
        node("Transpose", "of doer", "by role of doer", perm=[1, 0]),
        node("Unsqueeze", "by role of doer, axis last", "doer's bias"),
        *linear("filler", "bias_filler", "of filler"),
        node("Transpose", "of filler", "by role of filler", perm=[1, 0]),
        node("Unsqueeze", "by role of filler, axis column", "filler's bias"),
        node("Add", "products, doer's bias", "products of doers"),
        node("Add", "products of doers, filler's bias", "roles"),
    ]


def without(model: ModelProto, prefix: str, outputs: Sequence[str]) -> None:
    """Take out a head that was added before: what is named after ``prefix``, and its outputs."""
    graph = model.graph
    nodes = [node for node in graph.node if not any(n.startswith(f"{prefix}/") for n in [*node.input, *node.output])]
    tables = [table for table in graph.initializer if not table.name.startswith(f"{prefix}/")]
    kept = [output for output in graph.output if output.name not in outputs]
    for field, found in ((graph.node, nodes), (graph.initializer, tables), (graph.output, kept)):
        del field[:]
        field.extend(found)


def main(arguments: argparse.Namespace) -> None:
    """Fit, print the scores, write."""
    torch.manual_seed(SEED)
    begun = time.monotonic()
    corpora: Path = arguments.corpora
    sets = {split: read(corpora / f"roles.{split}.jsonl") for split in ("train", "dev", "test")}
    x = {
        split: vectors.kept(arguments.folder, LAYERS, records, arguments.kept / f"roles.{split}.pt")
        for split, records in sets.items()
    }
    head = RolesHead(x["test"][0].shape[1], DROPOUT)
    fit(head, sets["train"], x["train"], arguments.epochs)
    for split in ("dev", "test"):
        report(head, sets[split], x[split], split)
    torch.save(head.state_dict(), arguments.kept / "head.pt")
    if not arguments.dry:
        add(arguments.folder, head)
    print(f"done {time.monotonic() - begun:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("kept", type=Path)
    parser.add_argument("--folder", type=Path, default=MODEL)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--dry", action="store_true", help="write nothing into FOLDER")
    main(parser.parse_args())
