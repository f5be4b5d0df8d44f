"""Fits ``graphbuild/relate/decision.json``: how often statements of each kind agree with annotations.

Usage: python -m training.decision GOLD FOLDER... [--unseen FOLDER ...] [--held PUBLISHER ...] [--out FILE]

GOLD holds ``score.py``, which says when a statement is the annotated one, and FOLDERs with ID.txt and ID.json. The
weights of features are fitted on all. The second model, which weighs their sum with what the encoder says, is fitted
on articles that the relation head was not trained on: those of --unseen folders and of --held publishers. Prints
precision and recall at several thresholds, and how well the probabilities hold (expected calibration error), each for
publishers left out. L2-regularised logistic regression by Newton's method; no random numbers.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from graphbuild.ingest import documents
from graphbuild.model import Document, Entity, Statement
from graphbuild.pipeline import Stages, load, read
from graphbuild.relate import decision
from graphbuild.relate.support import Support, Supporter

FOLDS = 8
STRENGTH = 5  # of the regularisation; chosen among 0.5, 1.5, 5 by the figures of left-out publishers
RAREST = 3  # statements of a feature, or it has no weight
SIGNALS = tuple(sorted(decision.signals(0.0, None)))
THRESHOLDS = (0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One statement: its features, the encoder's word on it; whether it is annotated, and must be found."""

    publisher: str
    unseen: bool
    features: tuple[str, ...]
    support: Support | None
    right: bool
    required: bool


@dataclass(slots=True)
class Found:
    """All rows, and how many required statements of articles that the relation head has not seen are in no row."""

    rows: list[Row]
    missed: int = 0


def main(arguments: argparse.Namespace) -> None:
    """Fit, print the figures, write the weights."""
    score, stages, found = _module(arguments.gold / "score.py"), load(), Found([])
    for folder in [*arguments.folders, *arguments.unseen]:
        for path in sorted(folder.glob("*.json")):
            publisher = path.stem.partition("_")[0]
            unseen = folder in arguments.unseen or publisher in arguments.held
            _article(path, publisher, unseen, score, stages, found)
    rows = found.rows
    bases = _left_out(rows, lambda kept, tested: _bases(kept, [rows[at] for at in tested]))
    unseen = [at for at, row in enumerate(rows) if row.unseen]
    asked = _signals([rows[at] for at in unseen], bases[unseen])
    chances = _left_out([rows[at] for at in unseen], lambda kept, tested: _stacked(asked, unseen, rows, tested))
    _print([rows[at] for at in unseen], chances, found.missed)
    names = _names(rows)
    weights = dict(zip(names, _fit(_matrix(rows, names), _labels(rows), STRENGTH), strict=True))
    second = dict(zip(SIGNALS, _fit(asked, _labels([rows[at] for at in unseen]), 1.0), strict=True))
    model = {"features": _rounded(weights), "signals": _rounded(second)}
    model |= dict(zip(("threshold", "threshold_asserted"), arguments.thresholds, strict=True))
    arguments.out.write_text(json.dumps(model, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(float(weight), 3) for name, weight in sorted(weights.items()) if abs(weight) >= 0.0005}


def _left_out(rows: Sequence[Row], scores: Callable[[list[Row], list[int]], Floats]) -> Floats:
    """Scores of each row by what the rows of other publishers give."""
    sizes = Counter(row.publisher for row in rows)
    publishers = sorted(sizes, key=lambda name: (-sizes[name], name))
    found = np.zeros(len(rows))
    for fold in range(FOLDS):
        out = set(publishers[fold::FOLDS])
        tested = [at for at, row in enumerate(rows) if row.publisher in out]
        if tested:
            found[tested] = scores([row for row in rows if row.publisher not in out], tested)
    return found


def _bases(kept: Sequence[Row], tested: Sequence[Row]) -> Floats:
    names = _names(kept)
    return _matrix(tested, names) @ _fit(_matrix(kept, names), _labels(kept), STRENGTH)


def _signals(rows: Sequence[Row], bases: Floats) -> Floats:
    table = [decision.signals(float(base), row.support) for row, base in zip(rows, bases, strict=True)]
    return np.array([[signals[name] for name in SIGNALS] for signals in table])


def _stacked(asked: Floats, unseen: Sequence[int], rows: Sequence[Row], tested: Sequence[int]) -> Floats:
    """Probabilities of the ``tested`` of the unseen rows under a second model of the others."""
    out = set(tested)
    kept = [at for at in range(len(unseen)) if at not in out]
    labels = _labels([rows[unseen[at]] for at in kept])
    return np.asarray(1 / (1 + np.exp(-asked[list(tested)] @ _fit(asked[kept], labels, 1.0))))


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _article(path: Path, publisher: str, unseen: bool, score: ModuleType, stages: Stages, found: Found) -> None:
    """Add the statements of an article, likely wrong ones included."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    (document,) = documents([path.with_suffix(".txt")])
    assert isinstance(document, Document)
    analysis = read(document, stages, undecided=True)
    if analysis is None:
        return
    tree, relations = analysis.tree, analysis.relations
    entities = {**analysis.resolution.entities, **{act.key: act for act in relations.acts}}
    owner = score.align(gold["entities"], _as_scored(entities.values(), score))
    starts = {first: token for token, (first, _) in enumerate(tree.doc.user_data["offsets"])}
    supporter, seen = Supporter(tree, analysis.resolution), set[int]()
    for statement in relations.statements:
        relation = stages.ontology.relations.get(statement.relation)
        same = [i for i, s in enumerate(gold["statements"]) if score.same_statement(s, _row(statement), owner)]
        seen.update(same)
        if relation is not None:
            support = supporter.of(starts[statement.evidence[0].start], statement, relation, entities)
            told = tuple(decision.features(statement, entities, relation))
            required = any(not gold["statements"][i]["optional"] for i in same)
            found.rows.append(Row(publisher, unseen, told, support, bool(same), required))
    if unseen:
        found.missed += sum(not s["optional"] for i, s in enumerate(gold["statements"]) if i not in seen)


def _as_scored(entities: Iterable[Entity], score: ModuleType) -> dict[str, dict[str, set[str]]]:
    found = {}
    for entity in entities:
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


def _fit(matrix: Floats, labels: Floats, strength: float) -> Floats:
    weights = np.zeros(matrix.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (chance - labels) + strength * weights
        curve = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + strength * np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    return weights


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
    parser.add_argument("--unseen", type=Path, nargs="*", default=[], metavar="FOLDER")
    parser.add_argument("--held", nargs="*", default=["globalvoices", "usdoj", "ussenate"], metavar="PUBLISHER")
    parser.add_argument("--out", type=Path, default=decision.WEIGHTS)
    parser.add_argument("--thresholds", type=float, nargs=2, default=(0.2, 0.25), metavar=("OTHER", "ASSERTED"))
    main(parser.parse_args())
