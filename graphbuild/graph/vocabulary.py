"""The relations and classes that one graph uses, with what explains them, so that each output explains itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from graphbuild.graph import sanitising, verbalising
from graphbuild.model import Entity, EntityType, Polarity, Statement
from graphbuild.ontology import Relation

if TYPE_CHECKING:
    from graphbuild.ontology import Ontology

K = TypeVar("K")
V = TypeVar("V")

OPEN = "open-"
ROOT = "relation"  # gb:relation, above all relations that no ontology knows


@dataclass(frozen=True)
class Vocabulary:
    """``relations`` by id; ``composed`` maps (operator, relation of its content) to the id of "offered to host".

    ``class_labels`` and ``class_parents`` tell of the sub-classes of the seven entity types.
    """

    relations: Mapping[str, Relation] = field(default_factory=dict)
    composed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    class_labels: Mapping[str, str] = field(default_factory=dict)
    class_parents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def relation(self, identifier: str) -> Relation:
        """The relation, or a plain reading of its id where nothing explains it."""
        return self.relations.get(identifier) or _unexplained(identifier)

    def label(self, identifier: str) -> str:
        return self.relation(identifier).label

    def verb(self, identifier: str) -> verbalising.Verb:
        return verbalising.Verb(self.label(identifier), _lemma(identifier))

    def composition(self, statement: Statement) -> str | None:
        """The id of the composed property of an operator statement ("offered to host"), or None.

        Only what the subject or the addressee is to do composes: "X demanded that Y leave" said to nobody does not say
        that X would leave, and "offered not to host" is no offer to host.
        """
        content = statement.content
        if content is None or content.polarity is Polarity.NEGATED:
            return None
        if content.subject not in (statement.subject, statement.object):
            return None
        return self.composed.get((statement.relation, content.relation))

    def merged(self, other: Vocabulary) -> Vocabulary:
        """Both; where they differ the smaller reading is kept, so that order never matters."""
        return Vocabulary(
            _united(self.relations, other.relations, _by_value),
            _united(self.composed, other.composed, str),
            _united(self.class_labels, other.class_labels, str),
            _united(self.class_parents, other.class_parents, repr),
        )

    def of(self, entities: Iterable[Entity], statements: Iterable[Statement]) -> Vocabulary:
        """What these entities and statements use, parents of the used relations included."""
        used: set[str] = set()
        composed: dict[tuple[str, str], str] = {}
        for statement in (part for whole in statements for part in whole.parts()):
            used.add(statement.relation)
            if (identifier := self.composition(statement)) and statement.content:
                composed[statement.relation, statement.content.relation] = sanitising.local_name(identifier)
                used.add(identifier)
        classes = {entity.subtype for entity in entities if entity.subtype}
        relations = [sanitising.relation(self.relation(i)) for i in sorted(self._with_parents(used))]
        operators = {identifier: operator for (operator, _), identifier in composed.items()}
        relations = [_below(relation, operators.get(relation.id)) for relation in relations]
        return Vocabulary(
            {relation.id: relation for relation in sorted(relations, key=lambda relation: relation.id)},
            dict(sorted(composed.items())),
            {name: sanitising.text(self.class_labels[name]) for name in sorted(classes & set(self.class_labels))},
            {name: self.class_parents[name] for name in sorted(classes & set(self.class_parents))},
        )

    def _with_parents(self, used: set[str]) -> set[str]:
        found, todo = set(used), sorted(used)
        while todo:
            new = set(self.relation(todo.pop()).parents) - found
            found |= new
            todo += sorted(new)
        return found


def from_ontology(ontology: Ontology, statements: Iterable[Statement]) -> Vocabulary:
    """What ``ontology`` says of relations and classes, and the properties composed for these operator statements."""
    relations = {i: _explanation(relation) for i, relation in ontology.relations.items()}
    composed = {}
    for statement in (part for whole in statements for part in whole.parts()):
        content = statement.content
        if content is None or statement.relation not in relations:
            continue
        pair = (statement.relation, content.relation)
        if pair not in composed:
            identifier, label = _compose(ontology, *pair)
            composed[pair] = identifier
            relations[identifier] = Relation(identifier, label, parents=(statement.relation,))
    types = set(map(str, EntityType))
    kinds = ((name, above & types) for name, above in ontology.classes.items() if name not in types)
    parents = {name: tuple(sorted(above)) for name, above in kinds if above}
    return Vocabulary(relations, composed, ontology.class_labels, parents)


def _compose(ontology: Ontology, operator: str, content: str) -> tuple[str, str]:
    """Id and label of the property "offered to host" for an operator and the relation of its content."""
    known = ontology.relations.get(content)
    first, second = ontology.relations[operator], verbalising.Verb(known.label) if known else _open_verb(content)
    return verbalising.composed_id(operator, second), verbalising.composed(first.label, second, first.content_label)


def readable(identifier: str) -> str:
    """Words of a relation id: ``open-visit-in`` → ``visit in``, ``leaderOf`` → ``leader of``."""
    words = identifier.removeprefix(OPEN).replace("-", " ")
    return "".join(" " + c.lower() if c.isupper() else c for c in words).strip() or identifier


def _below(relation: Relation, operator: str | None) -> Relation:
    """A composed property with its operator as first parent: that is how it is found again in a file."""
    if operator is None or relation.parents[:1] == (operator,):
        return relation
    return replace(relation, parents=(operator, *(parent for parent in relation.parents if parent != operator)))


def _unexplained(identifier: str) -> Relation:
    if identifier.startswith(OPEN):
        return Relation(identifier, _open_verb(identifier).label, parents=(ROOT,))
    return Relation(identifier, readable(identifier))


def _open_verb(identifier: str) -> verbalising.Verb:
    lemma, _, rest = readable(identifier).partition(" ")
    return verbalising.Verb(f"{verbalising.inflected(lemma, 'VBD')} {rest}".strip(), lemma)


def _lemma(identifier: str) -> str | None:
    """The id of an open relation begins with its verb in the base form: ``open-sail-to``."""
    return readable(identifier).partition(" ")[0] if identifier.startswith(OPEN) else None


def _explanation(relation: Relation) -> Relation:
    """The part of a relation that a graph carries along."""
    return Relation(
        relation.id,
        relation.label,
        relation.inverse,
        relation.inverse_label,
        relation.symmetric,
        relation.operator,
        relation.standing,
        plover=relation.plover,
        wikidata=relation.wikidata,
        parents=relation.parents,
    )


def _by_value(relation: Relation) -> tuple[int, str]:
    """The fuller explanation first."""
    values = astuple(relation)
    return -sum(map(bool, values)), repr(values)


def _united(one: Mapping[K, V], other: Mapping[K, V], order: Callable[[V], Any]) -> dict[K, V]:
    united = dict(one)
    for key, value in other.items():
        united[key] = min(united[key], value, key=order) if key in united else value
    return united
