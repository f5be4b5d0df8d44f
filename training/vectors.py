"""The vectors that the shipped network has of each word: what heads are fitted on while the network stays as it is."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import GraphProto, NodeProto, TensorProto, helper
from torch import Tensor

from graphbuild.language.pieces import Pieces, Shape, shapes
from training.batches import Record

JOINED = "/joined/LayerNormalization_output_0"  # 1×N×WIDTH, what all heads of the network read
MAX_PIECES = 500


def layer(number: int) -> str:
    """The name of what a layer gives: 1×T×WIDTH."""
    return f"/layers.{number}/norm2/LayerNormalization_output_0"


def joined(prefix: str, layers: Sequence[int]) -> tuple[list[NodeProto], str]:
    """Nodes that put what ``layers`` give at a word's first and last piece beside JOINED; the outcome, 1×N×features."""
    nodes, parts = [], [JOINED]
    axis = f"{prefix}/axis"
    nodes.append(helper.make_node("Constant", [], [axis], value_ints=[0]))
    for place in ("first", "last"):
        nodes.append(helper.make_node("Squeeze", [place, axis], [f"{prefix}/{place}"]))
    for number in layers:
        for place in ("first", "last"):
            name = f"{prefix}/{number}/{place}"
            nodes.append(helper.make_node("Gather", [layer(number), f"{prefix}/{place}"], [name], axis=1))
        both = f"{prefix}/{number}"
        nodes.append(helper.make_node("Add", [f"{both}/first", f"{both}/last"], [both]))
        parts.append(both)
    out = f"{prefix}/joined"
    nodes.append(helper.make_node("Concat", parts, [out], axis=2))
    return nodes, out


class Reader:
    """Runs the network of ``folder`` up to the vectors of the words."""

    def __init__(self, folder: Path, layers: Sequence[int]) -> None:
        self._pieces = Pieces(folder / "tokenizer.json")
        model = onnx.load(str(folder / "model.onnx"))
        nodes, out = joined("/vectors", layers)
        needed = _needed(model.graph, {JOINED, *map(layer, layers)})
        del model.graph.node[:], model.graph.output[:]
        model.graph.node.extend([*needed, *nodes])
        model.graph.output.append(helper.make_tensor_value_info(out, TensorProto.FLOAT, None))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.log_severity_level = 1, 3
        with tempfile.TemporaryDirectory() as temporary:
            path = Path(temporary) / "model.onnx"
            onnx.save(model, str(path))
            self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def __call__(self, words: Sequence[str]) -> Tensor:
        """N×features in half precision; what is longer than the network reads is cut off."""
        ids, kinds, first, last = [self._pieces.start], [int(Shape.NONE)], [], []
        for word, kind in zip(words, shapes(words), strict=True):
            cut = self._pieces.cut(word)
            if len(ids) + len(cut) >= MAX_PIECES:
                break
            first.append(len(ids))
            ids.extend(cut)
            kinds.extend([kind] * len(cut))
            last.append(len(ids) - 1)
        rows = {"pieces": [*ids, self._pieces.end], "shapes": [*kinds, int(Shape.NONE)], "first": first, "last": last}
        feed = {name: np.array([row], dtype=np.int64) for name, row in rows.items()}
        return torch.from_numpy(self._session.run(None, feed)[0][0]).half()


def _needed(graph: GraphProto, wanted: set[str]) -> list[NodeProto]:
    """The nodes that ``wanted`` depends on, in order."""
    kept = []
    for node in reversed(graph.node):
        if wanted & set(node.output):
            kept.append(node)
            wanted |= set(node.input)
    return kept[::-1]


def kept(folder: Path, layers: Sequence[int], records: Sequence[Record], path: Path) -> list[Tensor]:
    """The vectors of each record's words by the network of ``folder``, kept in ``path`` for another run."""
    if not path.exists():
        reader, begun = Reader(folder, layers), time.monotonic()
        path.parent.mkdir(parents=True, exist_ok=True)
        torch.save([reader(record["words"]) for record in records], path)
        print(f"{path.name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    found: list[Tensor] = torch.load(path)
    return found
