"""Turns a training checkpoint into the files that ship: an int8 ONNX model, its tokenizer, labels and lemma table.

Usage: python -m training.export TRAINED CORPORA OUT [--convention ewt] [--float]
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from graphbuild.language.decode import DECIMALS
from graphbuild.language.lemmas import regular
from graphbuild.language.tags import coarse
from training.batches import read
from training.network import REFER, Network

OUTPUTS = ["tags", "begins", "arcs", "deps", "names", "refer"]
LEMMA_COUNT, LEMMA_SHARE = 3, 0.8


class ByteEmbedding(nn.Module):
    """An embedding table with one byte a number and one scale a row."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, pieces: Tensor) -> Tensor:
        vectors: Tensor = self.rows[pieces].float() * self.scale[pieces]
        return vectors


class Exported(nn.Module):
    """The network for one chunk, with its scores reduced to what decoding needs."""

    def __init__(self, network: Network, convention: int) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("convention", torch.tensor([convention]))

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        network = self.network
        x = network.words(pieces, shapes, first, last, None)
        unit = 10.0**DECIMALS
        tags = (network.tag(x)[0] * unit).round().argmax(-1)
        deps = (network.all_labels(x)[0] * unit).round().argmax(-1).to(torch.uint8)
        names = network.names(x, self.convention)[0].log_softmax(-1)
        looks, offers = network.refer(x)
        refer = torch.cat([looks / REFER**0.5, offers], -1)[0]
        return tags, network.begin(x)[0, :, 0], network.arcs(x)[0], deps, names, refer


def load(trained: Path) -> Network:
    """The averaged network of the last checkpoint in ``trained``."""
    labels = json.loads((trained / "inventory.json").read_text())
    state = torch.load(trained / "checkpoint.pt", map_location="cpu")["average"]
    weights = {key.removeprefix("module."): value for key, value in state.items() if key != "n_averaged"}
    network = Network(labels, weights["pieces.weight"].shape[0])
    network.load_state_dict(weights)
    return network.eval()


def export(network: Network, convention: str, path: Path, quantise: bool) -> None:
    """Write the network as ONNX; int8 weights per channel unless ``quantise`` is off."""
    labels = network.inventory
    example = {name: torch.zeros(1, size, dtype=torch.long) for name, size in
               {"pieces": 9, "shapes": 9, "first": 7, "last": 7}.items()}  # fmt: skip
    axes = {"pieces": {1: "T"}, "shapes": {1: "T"}, "first": {1: "N"}, "last": {1: "N"}}
    axes |= {name: {0: "N"} for name in ("tags", "begins", "names", "refer")} | {
        name: {0: "N", 1: "N"} for name in ("arcs", "deps")
    }
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "float.onnx"
        if quantise:
            network.pieces = ByteEmbedding(network.pieces.weight.data)
        module = Exported(network, labels["sets"].index(convention)).eval()
        torch.onnx.export(
            module, tuple(example.values()), str(whole), input_names=list(example), output_names=OUTPUTS,
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        if quantise:
            graph = onnx.load(str(whole)).graph
            heads = [n.name for n in graph.node if n.op_type == "MatMul" and "/layers." not in n.name]
            quantize_dynamic(
                str(whole), str(path), op_types_to_quantize=["MatMul"], per_channel=True, reduce_range=True,
                weight_type=QuantType.QInt8, nodes_to_exclude=heads, extra_options={"MatMulConstBOnly": True},
            )  # fmt: skip
        else:
            shutil.copy(whole, path)
    onnx.checker.check_model(str(path))


def lemma_table(corpora: Path) -> dict[str, str]:
    """ "word TAG" → base form, where the treebanks agree on another base form than the dictionary gives."""
    seen: dict[tuple[str, str, str], Counter[str]] = {}
    for record in read(corpora / "syntax.train.jsonl"):
        for word, tag, dep, lemma in zip(
            record["words"], record["tags"], record["deps"], record["lemmas"], strict=True
        ):
            pos = coarse(word, tag, dep)
            if pos != "PROPN" and lemma != "_":
                seen.setdefault((word.lower(), tag, pos), Counter())[lemma] += 1
    table: dict[str, str] = {}
    for (word, tag, pos), lemmas in sorted(seen.items()):
        lemma, count = min(lemmas.items(), key=lambda item: (-item[1], item[0]))
        agreed = count >= LEMMA_COUNT and count >= LEMMA_SHARE * sum(lemmas.values())
        if agreed and lemma != regular(word, pos):
            table[f"{word} {tag}"] = lemma
    return table


def main(arguments: argparse.Namespace) -> None:
    """Write model.onnx, tokenizer.json, labels.json and lemmas.json to OUT."""
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    network = load(arguments.trained)
    export(network, arguments.convention, out / "model.onnx", not arguments.float)
    shutil.copy(arguments.trained / "tokenizer.json", out / "tokenizer.json")
    labels = {kind: network.inventory[kind] for kind in ("tags", "deps", "names")}
    (out / "labels.json").write_text(json.dumps(labels, indent=0) + "\n", encoding="utf-8")
    table = json.dumps(lemma_table(arguments.corpora), indent=0, ensure_ascii=False)
    (out / "lemmas.json").write_text(table + "\n", encoding="utf-8")
    for path in sorted(out.iterdir()):
        print(f"{path.name} {path.stat().st_size / 1e6:.1f} MB", file=sys.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--convention", default="ewt", help="the set whose label convention names follow")
    parser.add_argument("--float", action="store_true", help="leave the weights as they are")
    main(parser.parse_args())
