"""What the encoder itself says of a statement: how likely a sentence states that relation of two of its words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from graphbuild.language.relation_head import TYPES, Pair, RelationHead
from graphbuild.model import Entity, Statement
from graphbuild.ontology import Relation
from graphbuild.resolve import Resolution
from graphbuild.syntax import Tree


@dataclass(frozen=True, slots=True)
class Support:
    """Two probabilities: of the very relation between the two ends, and of any relation between them."""

    same: float
    any: float


@cache
def _head() -> RelationHead:
    return RelationHead()


class Supporter:
    """Asks the relation head about the mentions of a statement's ends in the sentence that says it."""

    def __init__(self, tree: Tree, resolution: Resolution) -> None:
        self.tree = tree
        self.vectors = tree.doc.user_data.get("relations")  # none from other pipelines than the shipped one
        self.starts = [start for start, _ in tree.sentences]
        self.mentions: dict[tuple[int, str], set[int]] = {}
        for reference in resolution.references:
            for key in reference.entities:
                self.mentions.setdefault((self._sentence(reference.root), key), set()).add(reference.root)

    def of(
        self, token: int, statement: Statement, relation: Relation, entities: Mapping[str, Entity]
    ) -> Support | None:
        """The support of what is stated at ``token``; None where the sentence mentions only one of the ends."""
        if self.vectors is None or statement.object is None or relation.id not in _head().columns:
            return None
        sentence = self._sentence(token)
        ends = [sorted(self.mentions.get((sentence, key), ())) for key in (statement.subject, statement.object)]
        kinds = [_kind(entities.get(key)) for key in (statement.subject, statement.object)]
        start, end = self.tree.sentences[sentence]
        pairs = [Pair(s - start, o - start, *kinds) for s in ends[0] for o in ends[1] if s != o]
        if relation.symmetric:
            pairs += [Pair(p.object, p.subject, p.object_type, p.subject_type) for p in pairs]
        if not pairs:
            return None
        found = _head().scores(self.vectors[start:end], pairs).probabilities
        return Support(float(found[:, _head().columns[relation.id]].max()), round(1 - float(found[:, 0].min()), 3))

    def _sentence(self, token: int) -> int:
        return bisect_right(self.starts, token) - 1


def _kind(entity: Entity | None) -> str:
    return entity.type.value if entity is not None and entity.type.value in TYPES else ""
