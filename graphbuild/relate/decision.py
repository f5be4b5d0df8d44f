"""How sure a statement is: a logistic model in plain numbers over what is known of it; the likely wrong is left out.

The weights come from ``python -m training.decision``, which lays the statements of annotated articles beside the
annotation. Those of features say how often a construction, between ends of such kinds, was right; a second, small model
weighs their sum with what the encoder says of the sentence (stacking, Wolpert 1992). They know no words and never raise
a status. The probability is ``gb:confidence``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graphbuild.model import Entity, Statement, Status
from graphbuild.ontology import Relation
from graphbuild.relate.support import Support

WEIGHTS = Path(__file__).with_name("decision.json")
OPEN = "open"
LONG = 6  # words of a description; longer ones are often half a clause
LEAST = 0.007  # of a probability of the encoder: below it differences mean nothing


@dataclass(frozen=True)
class Model:
    """Weights of features; weights of ``signals``; below which probability a statement is left out."""

    features: Mapping[str, float]
    signals: Mapping[str, float]
    threshold: float
    threshold_asserted: float


def confidence(
    statement: Statement, entities: Mapping[str, Entity], relation: Relation | None, support: Support | None
) -> float:
    """The probability that ``statement`` is what the text says, to two decimals; ``relation`` None: an open one."""
    base = sum(model().features.get(feature, 0.0) for feature in features(statement, entities, relation))
    total = sum(model().signals[name] * value for name, value in signals(base, support).items())
    return round(1 / (1 + math.exp(-total)), 2)


def threshold(status: Status) -> float:
    """Below this probability a statement is left out: what would be a plain triple has to be surer than the rest."""
    return model().threshold_asserted if status in (Status.FACT, Status.REPORT) else model().threshold


@cache
def model() -> Model:
    """The shipped weights."""
    return Model(**json.loads(WEIGHTS.read_text(encoding="utf-8")))


def signals(base: float, support: Support | None) -> dict[str, float]:
    """What the second model weighs: the sum of the features, and the encoder's word on the two ends."""
    found = {"always": 1.0, "features": base, "same": 0.0, "any": 0.0, "unasked": float(support is None)}
    if support is not None:
        chance = min(max(support.same, LEAST), 1 - LEAST)
        found |= {"same": math.log(chance / (1 - chance)), "any": support.any}
    return found


def features(statement: Statement, entities: Mapping[str, Entity], relation: Relation | None) -> Iterator[str]:
    """What the model knows of a statement: its construction, the kinds of its ends, its content, its relation."""
    construction, _, realisation = statement.pattern.partition(" ")
    subject, target = _kind(entities.get(statement.subject)), _kind(entities.get(statement.object or ""))
    content = _content(statement)
    group = relation.group if relation is not None else OPEN
    yield "always"
    yield f"construction {construction}"
    yield f"pattern {statement.pattern}"
    yield f"group {group}"
    yield f"relation {statement.relation if relation is not None else OPEN}"
    yield f"subject {subject}"
    yield f"object {target}"
    yield f"content {content}"
    yield f"ends {_named(subject)} {_named(target)}"
    yield f"construction {construction} {_named(subject)} {_named(target)}"
    yield f"construction {construction} content {content}"
    yield f"group {group} {construction}"
    yield f"relation {statement.relation if relation is not None else OPEN} object {target}"
    yield f"status {statement.status.value}"
    yield f"construction {construction} status {statement.status.value}"
    yield f"{'standing' if relation is not None and relation.standing else 'event'} {realisation}"
    if (entity := entities.get(statement.object or "")) is not None and len(entity.label.split()) > LONG:
        yield "object long"


def _kind(entity: Entity | None) -> str:
    return "none" if entity is None else f"{'named' if entity.named else 'unnamed'} {entity.type.value}"


def _named(kind: str) -> str:
    return kind.partition(" ")[0]


def _content(statement: Statement) -> str:
    content = statement.content
    if content is None:
        return "none"
    return OPEN if content.relation.startswith(OPEN + "-") else "known"
