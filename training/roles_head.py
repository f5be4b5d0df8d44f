"""The head that says who does what in a sentence, its losses and its scores, on the vectors of a chunk's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.batches import Record
from training.roles import CORE, ROLES, UNSURE

ROLE = 128  # numbers a word has as a predicate, and as many as an argument
Row = tuple[int, int, int, list[int]]


class RolesHead(nn.Module):
    """Biaffine scores (Dozat and Manning 2017) of predicate × argument × role, and of being a predicate."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.predicate = nn.Linear(width, 1)
        self.doer, self.filler = nn.Linear(width, ROLE), nn.Linear(width, ROLE)
        self.table = nn.Parameter(torch.zeros(len(ROLES), ROLE, ROLE))
        self.bias_doer, self.bias_filler = nn.Linear(ROLE, len(ROLES)), nn.Linear(ROLE, len(ROLES), bias=False)
        self.dropout = dropout
        nn.init.normal_(self.table, std=0.02)

    def sides(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """…×ROLE vectors of each word as a predicate, and as an argument."""
        return self._side(self.doer, x), self._side(self.filler, x)

    def _side(self, linear: nn.Linear, x: Tensor) -> Tensor:
        return functional.dropout(functional.gelu(linear(x)), self.dropout, self.training)

    def pairs(self, doers: Sequence[Tensor], fillers: Sequence[Tensor]) -> list[Tensor]:
        """P×N×R scores of each sentence's P predicates' and N words' vectors."""
        found, roles = torch.cat(list(doers)), len(ROLES)
        sizes = [len(own) for own in doers]
        left = (found @ self.table.permute(1, 0, 2).reshape(ROLE, roles * ROLE)).view(-1, roles, ROLE).split(sizes)
        biases = self.bias_doer(found).split(sizes)
        offers = self.bias_filler(torch.cat(list(fillers))).split([len(own) for own in fillers])
        return [
            torch.einsum("prk,nk->pnr", one, other) + bias[:, None] + offer[None]
            for one, other, bias, offer in zip(left, fillers, biases, offers, strict=True)
        ]


def sentences(record: Record, count: int) -> list[tuple[int, int]]:
    """The sentences of a chunk cut off behind ``count`` words."""
    starts = [at for at, start in enumerate(record["sent_starts"][:count]) if start or at == 0]
    return list(zip(starts, [*starts[1:], count], strict=True))


def rows(record: Record, count: int) -> Iterator[Row]:
    """A predicate, its sentence, and the index among ROLES of each of the sentence's words; -100 is not scored."""
    wanted = {(predicate, at): name for predicate, at, name in record["roles"]}
    for start, end in sentences(record, count):
        for predicate in sorted({p for p in record["predicates"] if start <= p < end}):
            row = [0] * (end - start)
            for at in range(start, end):
                name = wanted.get((predicate, at), "none")
                row[at - start] = -100 if name == UNSURE or at == predicate else ROLES.index(name)
            yield predicate, start, end, row


def losses(head: RolesHead, x: Tensor, records: Sequence[Record], counts: Sequence[int]) -> dict[str, Tensor]:
    """Mean losses of the roles of gold predicates, and of which words are predicates.

    ``x`` has the vectors of all words, of as many of each record as ``counts`` says.
    """
    doers, fillers = head.sides(x)
    predicates: list[Tensor] = []
    words: list[Tensor] = []
    targets: list[int] = []
    marked: list[float] = []
    known: list[int] = []
    first = 0
    for record, count in zip(records, counts, strict=True):
        grouped: dict[tuple[int, int], list[int]] = {}
        for predicate, start, end, row in rows(record, count):
            grouped.setdefault((start, end), []).append(first + predicate)
            targets += row
        predicates += [doers[own] for own in grouped.values()]
        words += [fillers[first + start : first + end] for start, end in grouped]
        own = set(record["predicates"])
        places = [at for start, end in record["predicates_known"] if end <= count for at in range(start, end)]
        known += [first + at for at in places]
        marked += [float(at in own) for at in places]
        first += count
    scores = torch.cat([found.flatten(0, 1) for found in head.pairs(predicates, words)])
    found = {"role": 10 * functional.cross_entropy(scores, torch.tensor(targets))}
    if known:
        chances = head.predicate(x)[known, 0]
        found["predicate"] = functional.binary_cross_entropy_with_logits(chances, torch.tensor(marked))
    return found


def counted(head: RolesHead, x: Tensor, record: Record, count: int) -> Counter[str]:
    """Right, found and wanted roles of gold predicates, each alone: "core", "all"; and of predicates."""
    total: Counter[str] = Counter()
    doers, fillers = head.sides(x)
    for predicate, start, end, row in rows(record, count):
        best = head.pairs([doers[[predicate]]], [fillers[start:end]])[0][0].argmax(-1).tolist()
        scored = [(own, gold) for own, gold in zip(best, row, strict=True) if gold != -100]
        for name, kinds in (("core", range(1, 1 + len(CORE))), ("all", range(1, len(ROLES)))):
            total[f"{name} found"] += sum(own in kinds for own, _ in scored)
            total[f"{name} wanted"] += sum(gold in kinds for _, gold in scored)
            total[f"{name} right"] += sum(own in kinds and own == gold for own, gold in scored)
    marked = set((head.predicate(x)[:, 0] > 0).nonzero()[:, 0].tolist())
    for start, end in record["predicates_known"]:
        wanted = {p for p in record["predicates"] if start <= p < end}
        found = {p for p in marked if start <= p < end}
        total["predicates right"] += len(wanted & found)
        total["predicates found"] += len(found)
        total["predicates wanted"] += len(wanted)
    return total


def f1(total: Counter[str], name: str) -> float:
    """F1 of ``name`` in percent."""
    return 200 * total[f"{name} right"] / max(1, total[f"{name} found"] + total[f"{name} wanted"])
