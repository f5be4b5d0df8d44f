"""How well a network in training does on annotated chunks: tags, attachment, sentence starts, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import torch

from graphbuild.language.decode import best_names
from graphbuild.language.pieces import Pieces
from training.batches import Record, collate
from training.labels import decode
from training.network import Network


@dataclass(slots=True)
class Scores:
    """Counts of right and total; names as (found, gold, right) per class."""

    words: int = 0
    tags: int = 0
    arcs: int = 0
    labelled: int = 0
    begins: Counter[str] = field(default_factory=Counter)
    names: Counter[tuple[str, str]] = field(default_factory=Counter)

    def name_f(self, *labels: str) -> float:
        """F1 of the names of ``labels``, in percent."""
        right, other = (sum(self.names[label, key] for label in labels) for key in ("right", "other"))
        return 200 * right / max(other, 1)

    def __str__(self) -> str:
        each = " ".join(f"{label} {self.name_f(label):.1f}" for label in ("PER", "ORG", "LOC", "NORP"))
        names = f"names {self.name_f('PER', 'ORG', 'LOC'):.2f} ({each})"
        if not self.words:
            return names
        tag, uas, las = (100 * n / self.words for n in (self.tags, self.arcs, self.labelled))
        starts = 200 * self.begins["right"] / max(self.begins["found"] + self.begins["gold"], 1)
        return f"XPOS {tag:.2f} UAS {uas:.2f} LAS {las:.2f} starts {starts:.1f} {names}"


def predictions(
    network: Network, pieces: Pieces, records: Sequence[Record], convention: str
) -> Iterator[tuple[Record, dict[str, list[int]], list[str]]]:
    """For each chunk, by length: label indices of tags, begins, heads and deps (in gold sentences), BIO names."""
    network.eval()
    device = next(network.parameters()).device
    ordered = sorted(records, key=lambda record: len(record["words"]))
    for start in range(0, len(ordered), 24):
        group = ordered[start : start + 24]
        batch = collate(group, pieces, network.inventory)
        with torch.no_grad(), torch.autocast(device.type, dtype=torch.bfloat16):
            inputs = (batch.pieces, batch.shapes, batch.first, batch.last, batch.mask)
            x = network.words(*(part.to(device) for part in inputs))
            apart = (batch.sentence[:, :, None] != batch.sentence[:, None]).to(device)
            heads = network.arcs(x).float().masked_fill(apart, -1e4).argmax(-1)
            sets = torch.full((len(group),), network.inventory["sets"].index(convention), device=device)
            names = network.names(x, sets).float().log_softmax(-1).cpu().numpy()
            found = {
                "tags": network.tag(x).float().argmax(-1).tolist(),
                "begins": (network.begin(x)[..., 0].float() > 0).int().tolist(),
                "heads": heads.tolist(),
                "deps": network.labels(x, heads).float().argmax(-1).tolist(),
            }
        for row, record in enumerate(group):
            count = int((batch.sentence[row] >= 0).sum())
            yield (
                record,
                {key: value[row][:count] for key, value in found.items()},
                best_names(names[row, :count], network.inventory["names"]),
            )


def score(network: Network, pieces: Pieces, records: Sequence[Record], convention: str) -> Scores:
    """Scores with gold words and gold sentences; names under the label convention of the set ``convention``."""
    total = Scores()
    tags, deps = network.inventory["tags"], network.inventory["deps"]
    for record, found, names in predictions(network, pieces, records, convention):
        if record["tags"]:
            count = len(found["tags"])
            total.words += len(record["words"])
            total.tags += sum(tags[a] == b for a, b in zip(found["tags"], record["tags"], strict=False))
            right = [a == b for a, b in zip(found["heads"], record["heads"], strict=False)]
            total.arcs += sum(right)
            labels = ["root" if found["heads"][i] == i else deps[found["deps"][i]] for i in range(count)]
            total.labelled += sum(r and a == b for r, a, b in zip(right, labels, record["deps"], strict=False))
            gold = record["sent_starts"]
            total.begins["gold"] += sum(gold[1:])
            total.begins["found"] += sum(found["begins"][1:])
            total.begins["right"] += sum(a and b for a, b in zip(found["begins"][1:], gold[1:], strict=False))
        if record["ner"]:
            sure, guessed = set(decode(record["ner"])), set(decode(names))
            for mention in [*sure, *guessed]:
                total.names[mention.label, "other"] += 1
            for mention in sure & guessed:
                total.names[mention.label, "right"] += 1
    return total
