"""Fits the weights by which pronouns choose among candidates, on texts that the encoder was not trained on.

Usage: python -m training.pronouns CORPORA

Prints the table WEIGHTS of ``graphbuild.resolve.pronouns``: a softmax over the candidates of a pronoun, nobody among
them, its likelihood maximised by gradient ascent with a quadratic penalty.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphbuild import language
from graphbuild.model import Document, Paragraph
from graphbuild.pipeline import Stages, load
from graphbuild.resolve import coreference as reference
from graphbuild.resolve import pronouns, within
from graphbuild.syntax import Tree

STEPS, RATE, PENALTY = 600, 1.0, 4.0  # the penalty by five-fold cross-validation: 0.5 and 10 are half a point worse
SHARES = {"gap": 1.0, "gum": 1.0, "litbank": 0.1}  # weight of a pronoun: novels are no news
UNSEEN = 0.2  # weight of a pronoun whose antecedent is of no kind that the graph knows: news speaks of them less
Features = Mapping[str, float]
Example = tuple[list[Features], list[bool], float]  # candidates, which are right, weight


class Recorder(pronouns.Pronouns):
    """One that writes down the candidates of every third-person pronoun."""

    seen_candidates: dict[int, list[pronouns.Candidate]] = {}  # noqa: RUF012  (one text at a time)

    def candidates(self, token: int) -> Iterator[pronouns.Candidate]:
        found = self.seen_candidates[token] = list(super().candidates(token))
        return iter(found)


def examples(records: Sequence[dict[str, Any]]) -> Iterator[Example]:
    """The candidates of each pronoun to resolve; nobody is right where none of them is."""
    using = load()
    vars(reference)["Pronouns"] = Recorder
    for record in records:
        yield from _of_text(record, using)


def _of_text(record: dict[str, Any], using: Stages) -> Iterator[Example]:
    text, paragraphs, places = "", [], []
    for chunk in record["chunks"]:
        start = len(text)
        for word in chunk:
            places.append(len(text))
            text += word + " "
        paragraphs.append(Paragraph(start, len(text) - 1))
        text += "\n"
    doc = language.read(using.nlp, Document(record["id"], text, tuple(paragraphs)))
    tokens = {start: token for token, (start, _) in enumerate(doc.user_data["offsets"])}
    Recorder.seen_candidates = {}
    found = within(Tree(doc), using.ontology, using.actors)
    named: dict[str, set[str]] = defaultdict(set)
    for word, cluster in record["mentions"]:
        token = tokens.get(places[word], -1)
        if token >= 0 and doc[token].tag_ not in ("PRP", "PRP$"):
            named[cluster] |= set(found.at(token))
    for word, cluster in record["mentions"]:
        offered = Recorder.seen_candidates.get(tokens.get(places[word], -1))
        if offered and word in record["queries"]:
            right = [bool(c.keys) and c.keys[0] in named[cluster] for c in offered]  # "A and B" is headed by A
            share = SHARES[record["set"]]
            if not any(right):
                right[-1], share = True, UNSEEN * share
            yield [c.features for c in offered], right, share


def fit(data: Sequence[Example]) -> dict[str, float]:
    """The weight of each feature."""
    names = sorted({name for offered, _, _ in data for features in offered for name in features})
    rows: list[tuple[NDArray[np.float64], NDArray[np.float64], float]] = [
        (np.array([[f.get(name, 0.0) for name in names] for f in offered]), np.array(right, float), share)
        for offered, right, share in data
    ]
    table = np.concatenate([row for row, _, _ in rows])
    right = np.concatenate([row for _, row, _ in rows])
    bounds = [0, *itertools.accumulate(len(row) for row, _, _ in rows)][:-1]
    sizes = np.array([len(row) for row, _, _ in rows])
    share = np.repeat([share for _, _, share in rows], sizes)
    weights, speed = np.zeros(len(names)), np.zeros(len(names))
    for _ in range(STEPS):
        odds = np.exp(table @ weights - np.repeat(np.maximum.reduceat(table @ weights, bounds), sizes))
        chance = odds / np.repeat(np.add.reduceat(odds, bounds), sizes)
        gold = chance * right / np.repeat(np.add.reduceat(chance * right, bounds), sizes)
        slope = table.T @ (share * (gold - chance)) - PENALTY * weights
        speed = 0.9 * speed + RATE * slope / len(rows)
        weights += speed
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


if __name__ == "__main__":
    lines = (Path(sys.argv[1]) / "mentions.dev.jsonl").read_text(encoding="utf-8").splitlines()
    data = list(examples([json.loads(line) for line in lines]))
    print(f"{len(data)} pronouns", file=sys.stderr)
    fitted = [f'"{name}": {weight}' for name, weight in fit(data).items()]
    print(",\n".join(", ".join(fitted[at : at + 6]) for at in range(0, len(fitted), 6)))
