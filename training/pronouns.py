"""Fits the weights by which pronouns choose among candidates, on GAP (Webster et al. 2018).

Usage: python -m training.pronouns gap-development.tsv gap-validation.tsv

Prints the weight of each feature of ``graphbuild.resolve.pronouns``, for its table SALIENCE: a softmax over the
candidates of a pronoun, its likelihood maximised by gradient ascent with a quadratic penalty.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphbuild import language
from graphbuild.build import stages
from graphbuild.model import Document, EntityType, Paragraph
from graphbuild.resolve import pronouns, reference, within
from graphbuild.syntax import Tree

STEPS, RATE, PENALTY = 300, 2.0, 0.5
Candidate = tuple[tuple[str, ...], frozenset[str]]  # keys, features


class Recorder(pronouns.Pronouns):
    """One that writes down the candidates of every personal pronoun."""

    candidates: dict[int, list[Candidate]] = {}  # noqa: RUF012  (one article at a time)

    def _third_person(self, token: int, kinds: tuple[EntityType, ...], gender: str | None) -> tuple[str, ...]:
        seen = self.candidates.setdefault(token, [])
        for candidate, draft in self.suitable(token, kinds, gender):
            seen.append(((draft.key,), frozenset(self.features(token, candidate, draft))))
        return super()._third_person(token, kinds, gender)


def examples(paths: Sequence[Path]) -> Iterator[tuple[list[frozenset[str]], list[bool]]]:
    """For each pronoun with an antecedent among its candidates: their features, and which of them are right."""
    using = stages()
    vars(reference)["Pronouns"] = Recorder
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            rows: list[dict[str, Any]] = list(csv.DictReader(file, delimiter="\t"))
        for row in rows:
            text = row["Text"]
            doc = language.read(using.nlp, Document(row["ID"], text, (Paragraph(0, len(text)),)))
            starts = {start: token for token, (start, _) in enumerate(doc.user_data["offsets"])}
            Recorder.candidates = {}
            found = within(Tree(doc), using.ontology, using.actors)
            gold: set[str] = set()
            for name in ("A", "B"):
                begin = int(row[f"{name}-offset"])
                inside = [t for start, t in starts.items() if begin <= start < begin + len(row[name])]
                if row[f"{name}-coref"].upper() == "TRUE":
                    gold |= {key for token in inside for key in found.at(token)}
            offered = Recorder.candidates.get(starts.get(int(row["Pronoun-offset"]), -1), [])
            right = [bool(gold & set(keys)) for keys, _ in offered]
            if any(right):
                yield [features for _, features in offered], right


def fit(data: Sequence[tuple[list[frozenset[str]], list[bool]]]) -> dict[str, float]:
    """The weight of each feature."""
    names = sorted({name for offered, _ in data for features in offered for name in features})
    rows: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = [
        (np.array([[name in features for name in names] for features in offered], float), np.array(right, float))
        for offered, right in data
    ]
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        slope = -PENALTY * weights
        for table, right in rows:
            chance = np.exp(table @ weights - (table @ weights).max())
            chance /= chance.sum()
            slope += table.T @ (chance * right / (chance @ right) - chance)
        weights += RATE * slope / len(rows)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


if __name__ == "__main__":
    for name, weight in fit(list(examples([Path(path) for path in sys.argv[1:]]))).items():
        print(f"{name:14} {weight:5.2f}")
