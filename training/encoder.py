"""Trains the shared encoder on all corpora at once; a stopped run goes on from its last checkpoint.

Usage: python -m training.encoder CORPORA MINILM OUT [--epochs ewt=6 gum=8 ...] [--steps N]

The rate stays flat until the last part of the run, so a run may be shortened (--steps) as long as it has not got there.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from graphbuild.language.pieces import Pieces
from training.batches import Batch, Record, bare, collate, interleave, inventory, plan, plan_mentions, read
from training.network import FARTHEST, REFER, Network, build_vocabulary, load_pretrained
from training.scores import Scores, score

SEED = 7
EPOCHS = {"ewt": 8.0, "gum": 10.0, "redocred": 1.8, "wikigold": 3.5, "crossner": 1.2, "wnut17": 0.8, "btc": 3.5}
EPOCHS |= {"gmb": 0.95, "re3d": 2.5}
MENTION_EPOCHS = {"gum": 3.0, "litbank": 3.0, "gap": 4.0}
BATCH_PIECES = 2048
MENTION_WORDS = 1300  # a batch of coreference
RATE_ENCODER, RATE_HEADS, DECAY_PER_LAYER = 2.5e-4, 1.5e-3, 0.87
RATE_AGAIN = 0.35  # share of these rates when training goes on from an earlier run
WARM_UP, COOL_DOWN = 0.05, 0.45  # shares of the run
AVERAGE = 0.99  # of the moving average of the weights, which is what is scored and exported
MINUTES_PER_CHECKPOINT = 5.0
DEV_CHUNKS = 60
WEIGHTS = {"tag": 1.0, "begin": 0.5, "arc": 1.0, "label": 1.0, "name": 1.0, "refer": 1.0}


def main(arguments: argparse.Namespace) -> None:
    """Train and leave OUT/{tokenizer.json,inventory.json,checkpoint.pt}."""
    torch.manual_seed(SEED)
    arguments.out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    records = read(arguments.corpora / "ner.train.jsonl")
    records += [r for r in read(arguments.corpora / "syntax.train.jsonl") if r["ner"] is None]
    rows = build_vocabulary(arguments.minilm, arguments.out / "tokenizer.json")
    labels = inventory(records)
    (arguments.out / "inventory.json").write_text(json.dumps(labels, indent=1))
    pieces = Pieces(arguments.out / "tokenizer.json")
    network = Network(labels, len(rows))
    load_pretrained(network, arguments.minilm, rows)
    epochs = EPOCHS | {name: float(value) for name, _, value in (e.partition("=") for e in arguments.epochs)}
    share = epochs.pop("mentions", 1.0)
    mention_epochs = {name: share * value for name, value in MENTION_EPOCHS.items()}
    mentions = plan_mentions(read(arguments.corpora / "mentions.train.jsonl"), mention_epochs, MENTION_WORDS, SEED)
    batches = interleave(plan(records, epochs, pieces, BATCH_PIECES, SEED), mentions)
    dev = {name: read(arguments.corpora / "ner.dev.jsonl", [name])[:DEV_CHUNKS] for name in ("ewt", "gum", "gmb")}
    for name in MENTION_EPOCHS:
        dev[f"{name} mentions"] = read(arguments.corpora / "mentions.dev.jsonl", [name])[:DEV_CHUNKS]
    if arguments.start is not None:
        state = torch.load(arguments.start, map_location="cpu")["average"]
        network.load_state_dict({key.removeprefix("module."): v for key, v in state.items() if key != "n_averaged"})
    rate = RATE_AGAIN if arguments.start is not None else 1.0
    _train(network.to(device), batches[: arguments.steps], pieces, dev, arguments.out / "checkpoint.pt", rate)


def _groups(network: Network, scale: float) -> list[dict[str, object]]:
    """Parameter groups: the lower a layer, the slower it learns; no decay of biases and norms."""
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if name == "pieces.weight":
            parameter.requires_grad_(False)  # rare pieces keep their place beside the frequent ones
            continue
        rate = RATE_HEADS
        if name.startswith(("positions.", "norm.")):
            rate = RATE_ENCODER * DECAY_PER_LAYER ** len(network.layers)
        elif name.startswith("layers."):
            rate = RATE_ENCODER * DECAY_PER_LAYER ** (len(network.layers) - 1 - int(name.split(".")[1]))
        groups.setdefault((scale * rate, 0.01 if parameter.dim() > 1 else 0.0), []).append(parameter)
    return [{"params": value, "lr": rate, "weight_decay": decay} for (rate, decay), value in sorted(groups.items())]


def _factor(step: int, steps: int) -> float:
    warm, cool = max(1.0, WARM_UP * steps), COOL_DOWN * steps
    return min(1.0, (step + 1) / warm, (steps - step) / cool)


def _train(
    network: Network,
    batches: Sequence[list[Record]],
    pieces: Pieces,
    dev: dict[str, list[Record]],
    path: Path,
    scale: float,
) -> None:
    optimiser = torch.optim.AdamW(_groups(network, scale), betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _factor(step, len(batches)))
    begun, device = 0, next(network.parameters()).device
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGE)
    )
    if path.exists():
        state = torch.load(path, map_location=device)
        if state["step"] >= len(batches):
            return
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        torch.set_rng_state(state["random"])
        begun = state["step"]
    started = saved = time.monotonic()
    total, words = dict.fromkeys(WEIGHTS, 0.0), 0
    for step in range(begun, len(batches)):
        network.train()
        with torch.autocast(device.type, dtype=torch.bfloat16):
            if "queries" in batches[step][0]:
                parts = {"refer": refer_loss(network, batches[step], pieces)[0]}
            else:
                batch = collate(batches[step], pieces, network.inventory)
                parts = losses(network, _to(batch, device))
                words += int((batch.sentence >= 0).sum())
        sum((WEIGHTS[name] * value for name, value in parts.items()), torch.zeros(())).backward()
        torch.nn.utils.clip_grad_norm_((p for p in network.parameters() if p.grad is not None), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        average.update_parameters(network)
        for name, value in parts.items():
            total[name] += float(value.detach())
        if (step + 1) % 25 == 0:
            rate = words / (time.monotonic() - started)
            shown = " ".join(f"{name} {value / 25:.3f}" for name, value in total.items())
            print(f"step {step + 1}/{len(batches)} {shown} {rate:.0f} words/s", file=sys.stderr, flush=True)
            total = dict.fromkeys(WEIGHTS, 0.0)
        if time.monotonic() - saved > 60 * MINUTES_PER_CHECKPOINT:
            state = {"network": network.state_dict(), "average": average.state_dict(), "step": step + 1}
            state |= {"optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()}
            torch.save(state | {"random": torch.get_rng_state()}, path.with_suffix(".new"))
            path.with_suffix(".new").replace(path)
            _report(average.module, pieces, dev)
            saved = time.monotonic()
    torch.save({"average": average.state_dict(), "step": len(batches)}, path)
    _report(average.module, pieces, dev)


def _to(batch: Batch, device: torch.device) -> Batch:
    return Batch(**{name: getattr(batch, name).to(device) for name in Batch.__slots__})


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """The mean loss of each head over the words that have its annotation."""
    x = network.words(batch.pieces, batch.shapes, batch.first, batch.last, batch.mask)
    found = {"name": name_loss(network.names(x, batch.sets).float(), batch)}
    rows = (batch.tags >= 0).any(1)
    if rows.any():
        count = int((batch.sentence[rows] >= 0).sum(1).max())
        x, heads = x[rows, :count], batch.heads[rows, :count]
        sentence = batch.sentence[rows, :count]
        found["tag"] = _cross(network.tag(x), batch.tags[rows, :count])
        begins = batch.begins[rows, :count]
        begin = functional.binary_cross_entropy_with_logits(
            network.begin(x)[..., 0].float(), begins.float().clamp(0), reduction="none"
        )
        found["begin"] = (begin * (begins >= 0)).sum() / (begins >= 0).sum()
        arcs = network.arcs(x).float().masked_fill(sentence[:, :, None] != sentence[:, None], -1e4)
        found["arc"] = _cross(arcs, heads)
        found["label"] = _cross(network.labels(x, heads.clamp(0)), batch.deps[rows, :count])
    return found


def _cross(scores: Tensor, gold: Tensor) -> Tensor:
    return functional.cross_entropy(scores.flatten(0, 1).float(), gold.flatten(), ignore_index=-100)


def name_loss(scores: Tensor, batch: Batch) -> Tensor:
    """Cross entropy, where O stands for O or any label of the classes that the chunk's set leaves open."""
    logs = functional.log_softmax(scores, -1)
    gold = batch.names.clamp(0)
    outside = batch.open.clone()
    outside[:, 0] = True
    merged = logs.masked_fill(~outside[:, None], -1e9).logsumexp(-1)
    found = torch.where(gold == 0, merged, logs.gather(-1, gold[..., None])[..., 0])
    known = batch.names >= 0
    return -(found * known).sum() / known.sum().clamp(1)


def refer_loss(network: Network, records: Sequence[Record], pieces: Pieces) -> tuple[Tensor, int, int]:
    """The mean loss of the words to resolve among all mentions and none; how many there are, how many are right.

    The likelihood is that of any mention of the same thing (Lee et al. 2017), or of none where there is none.
    """
    device = next(network.parameters()).device
    batch = _to(collate([bare(chunk) for r in records for chunk in r["chunks"]], pieces, network.inventory), device)
    x = network.words(batch.pieces, batch.shapes, batch.first, batch.last, batch.mask)
    found, right, total, row = x.new_zeros(()).float(), 0, 0, 0
    for record in records:
        rows = range(row, row + len(record["chunks"]))
        row = rows.stop
        words = torch.cat([x[at, : len(chunk)] for at, chunk in zip(rows, record["chunks"], strict=True)])
        clusters = [cluster for _, cluster in record["mentions"]]
        places = torch.tensor([at for at, _ in record["mentions"]], device=device)
        asked = torch.tensor([at for at, (place, _) in enumerate(record["mentions"]) if place in record["queries"]])
        if not len(asked):
            continue
        looks, offers = network.refer(words[places])
        away = places[asked, None] - places
        near = network.refer_near(away.abs().clamp(1).log2().long().clamp(max=FARTHEST))[..., 0]
        scores = (looks[asked] @ offers.T / REFER**0.5 + near).float()
        allowed = (away != 0) if record["ahead"] else (away > 0)
        same = torch.tensor([[clusters[at] == cluster for cluster in clusters] for at in asked], device=device)
        same &= allowed
        scores = torch.cat([scores.masked_fill(~allowed, -1e4), scores.new_zeros(len(asked), 1)], 1)
        gold = torch.cat([same, ~same.any(1, keepdim=True)], 1)
        chance = scores.log_softmax(1)
        found = found - chance.masked_fill(~gold, -1e4).logsumexp(1).sum()
        right += int(gold[torch.arange(len(asked)), scores.argmax(1)].sum())
        total += len(asked)
    return found / max(total, 1), right, total


def _report(network: Network, pieces: Pieces, dev: dict[str, list[Record]]) -> None:
    network.eval()
    for name, records in dev.items():
        if "queries" in records[0]:
            with torch.no_grad():
                counts = [refer_loss(network, [record], pieces)[1:] for record in records]
            print(f"  dev {name}: {100 * sum(r for r, _ in counts) / sum(n for _, n in counts):.1f}", file=sys.stderr)
            continue
        found: Scores = score(network, pieces, records, name)
        print(f"  dev {name}: {found}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("minilm", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, help="go on from the averaged weights of this checkpoint, more slowly")
    parser.add_argument("--steps", type=int, default=None)
    parser.add_argument("--epochs", nargs="*", default=[], metavar="SET=PASSES")
    main(parser.parse_args())
