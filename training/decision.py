"""Fits the weights of ``graphbuild/relate/decision.json``: how often statements of each kind agree with annotations.

Usage: python -m training.decision GOLD FOLDER... [--out FILE]

GOLD holds ``score.py``, which says when a statement is the annotated one, and FOLDERs with ID.txt and ID.json. Prints
precision and recall at several thresholds, and how well the probabilities hold (expected calibration error), each for
articles of publishers left out of the fit. L2-regularised logistic regression by Newton's method; no random numbers.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from graphbuild.ingest import documents
from graphbuild.model import Document, Extraction, Statement
from graphbuild.pipeline import Stages, extract_one, load
from graphbuild.relate import decision

FOLDS = 8
STRENGTH = 5  # of the regularisation; chosen among 0.5, 1.5, 5 by the figures of left-out publishers
RAREST = 3  # statements of a feature, or it has no weight
THRESHOLDS = (0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One statement: its features, whether the annotation has it, and whether it must be found."""

    publisher: str
    features: tuple[str, ...]
    right: bool
    required: bool


def main(arguments: argparse.Namespace) -> None:
    """Fit, print the figures, write the weights."""
    score = _module(arguments.gold / "score.py")
    stages = load()
    decision.set_threshold(0.0)  # the weights in use must not hide what they leave out
    rows: list[Row] = []
    missed = 0
    for folder in arguments.folders:
        for path in sorted(folder.glob("*.json")):
            found, lost = _article(path, score, stages)
            rows += found
            missed += lost
    held_out = _cross_validated(rows)
    _print(rows, held_out, missed)
    names = _names(rows)
    weights = _fit(_matrix(rows, names), _labels(rows))
    model = {name: round(float(w), 3) for name, w in zip(names, weights, strict=True) if abs(w) >= 0.0005}
    model["threshold"], model["threshold asserted"] = arguments.thresholds
    arguments.out.write_text(json.dumps(dict(sorted(model.items())), indent=0, ensure_ascii=False) + "\n")


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _article(path: Path, score: ModuleType, stages: Stages) -> tuple[list[Row], int]:
    """The statements of an article, and how many required ones are not among them."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    (document,) = documents([path.with_suffix(".txt")])
    assert isinstance(document, Document)
    extraction = extract_one(document, stages)
    owner = score.align(gold["entities"], _as_scored(extraction, score))
    entities = {entity.key: entity for entity in extraction.entities}
    rows, seen = [], set()
    for statement in extraction.statements:
        relation = stages.ontology.relations.get(statement.relation)
        same = [i for i, s in enumerate(gold["statements"]) if score.same_statement(s, _row(statement), owner)]
        seen.update(same)
        if relation is not None:
            required = any(not gold["statements"][i]["optional"] for i in same)
            told = tuple(decision.features(statement, entities, relation))
            rows.append(Row(path.stem.partition("_")[0], told, bool(same), required))
    return rows, sum(not s["optional"] for i, s in enumerate(gold["statements"]) if i not in seen)


def _as_scored(extraction: Extraction, score: ModuleType) -> dict[str, dict[str, set[str]]]:
    found = {}
    for entity in extraction.entities:
        names = {score.norm(name) for name in (entity.label, *entity.aliases)}
        found[entity.key] = {"types": {entity.type.value}, "names": names - {""}}
    return found


def _row(statement: Statement) -> dict[str, object]:
    content = statement.content
    inner = content and {"relation": content.relation, "object": content.object}
    return {"subject": statement.subject, "relation": statement.relation, "object": statement.object, "content": inner}


def _names(rows: Sequence[Row]) -> list[str]:
    counts = Counter(name for row in rows for name in row.features)
    return sorted(name for name, count in counts.items() if count >= RAREST)


def _matrix(rows: Sequence[Row], names: Sequence[str]) -> Floats:
    places = {name: at for at, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        matrix[at, [places[name] for name in row.features if name in places]] = 1.0
    return matrix


def _labels(rows: Sequence[Row]) -> Floats:
    return np.array([row.right for row in rows], dtype=float)


def _fit(matrix: Floats, labels: Floats) -> Floats:
    weights = np.zeros(matrix.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (chance - labels) + STRENGTH * weights
        curve = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + STRENGTH * np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    return weights


def _cross_validated(rows: Sequence[Row]) -> Floats:
    """The probability of each statement under weights of other publishers."""
    publishers = sorted({row.publisher for row in rows}, key=lambda p: (-sum(r.publisher == p for r in rows), p))
    found = np.zeros(len(rows))
    for fold in range(FOLDS):
        out = set(publishers[fold::FOLDS])
        kept = [row for row in rows if row.publisher not in out]
        names = _names(kept)
        weights = _fit(_matrix(kept, names), _labels(kept))
        tested = [at for at, row in enumerate(rows) if row.publisher in out]
        scores = _matrix([rows[at] for at in tested], names) @ weights
        found[tested] = 1 / (1 + np.exp(-scores))
    return found


def _print(rows: Sequence[Row], chances: Floats, missed: int) -> None:
    wanted = missed + sum(row.required for row in rows)
    for threshold in THRESHOLDS:
        kept = [row for row, chance in zip(rows, chances, strict=True) if chance >= threshold]
        right, wrong = sum(row.required for row in kept), sum(not row.right for row in kept)
        precision, recall = right / max(right + wrong, 1), right / wanted
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"{threshold:.2f}  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  of {len(kept)}")
    labels, error = _labels(rows), 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (chances >= low) & (chances < low + 0.1)
        if inside.any():
            said, was = chances[inside].mean(), labels[inside].mean()
            error += abs(said - was) * inside.mean()
            print(f"{low:.1f}–{low + 0.1:.1f}  said {said:.2f}  was {was:.2f}  of {inside.sum()}")
    print(f"expected calibration error {error:.3f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=decision.WEIGHTS)
    parser.add_argument("--thresholds", type=float, nargs=2, default=(0.2, 0.25), metavar=("OTHER", "ASSERTED"))
    main(parser.parse_args())
