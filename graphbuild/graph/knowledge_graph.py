"""The knowledge graph: entities, statements and documents under canonical ids; sorted, and merged without loss.

Merging is commutative, associative and idempotent: statements that say the same with the same status and source
become one, their evidence is united. Text is made safe for every format here, once, when it enters.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from graphbuild.graph import sanitising
from graphbuild.graph.merging import same_entities, same_statement
from graphbuild.graph.vocabulary import Vocabulary, from_ontology
from graphbuild.model import Document, Entity, Statement, Status

if TYPE_CHECKING:
    from graphbuild.ontology import Ontology


class KnowledgeGraph:
    """What articles say. Immutable; iterates over its statements in the order of their ids.

    ``entities``, ``documents`` and ``by_id`` (statements) are read-only mappings in sorted order. Statements name
    entities by key; a key that no entity has is given one of type Group. The contents of operators ("offered *to host
    talks*") hang below their statement and are never statements of the graph themselves.

    >>> from graphbuild.model import Entity, EntityType, Statement
    >>> people = [Entity("ada", EntityType.PERSON, "Ada"), Entity("bo", EntityType.PERSON, "Bo")]
    >>> graph = KnowledgeGraph(people, [Statement("ada", "met", "bo")])
    >>> graph
    <KnowledgeGraph: 2 entities, 1 statement, 0 articles>
    >>> [statement.relation for statement in graph.statements(subject="Ada")]
    ['met']
    >>> graph | graph == graph
    True
    """

    entities: Mapping[str, Entity]
    documents: Mapping[str, Document]
    by_id: Mapping[str, Statement]
    vocabulary: Vocabulary

    def __init__(
        self,
        entities: Iterable[Entity] = (),
        statements: Iterable[Statement] = (),
        documents: Iterable[Document] = (),
        vocabulary: Ontology | Vocabulary | None = None,
    ) -> None:
        """``vocabulary`` gives relations their labels and inverses; without it ids are read as words."""
        known = _by_key(map(sanitising.entity, entities))
        found = _statements(sanitising.statement(statement) for statement in statements)
        self.by_id = MappingProxyType(found)
        self.documents = MappingProxyType(
            _documents(map(sanitising.document, documents), found.values(), known.values())
        )
        self.entities = MappingProxyType(_with_missing(known, found.values()))
        if not isinstance(vocabulary, Vocabulary):
            vocabulary = from_ontology(vocabulary, found.values()) if vocabulary else Vocabulary()
        self.vocabulary = vocabulary.of(self.entities.values(), found.values())

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, KnowledgeGraph):
            return NotImplemented
        mine = (self.entities, self.by_id, self.documents, self.vocabulary)
        return mine == (other.entities, other.by_id, other.documents, other.vocabulary)

    __hash__ = object.__hash__

    def __or__(self, other: KnowledgeGraph) -> Self:
        """Both graphs merged."""
        return type(self)(
            [*self.entities.values(), *other.entities.values()],
            [*self, *other],
            [*self.documents.values(), *other.documents.values()],
            self.vocabulary.merged(other.vocabulary),
        )

    def __reduce__(self) -> tuple[Any, ...]:
        parts = (self.entities.values(), self.by_id.values(), self.documents.values())
        return type(self), (*map(tuple, parts), self.vocabulary)

    def __repr__(self) -> str:
        counts = (
            (len(self.entities), "entity", "entities"),
            (len(self), "statement", "statements"),
            (len(self.documents), "article", "articles"),
        )
        return f"<KnowledgeGraph: {', '.join(f'{n} {one if n == 1 else many}' for n, one, many in counts)}>"

    def statements(
        self,
        *,
        status: Status | str | None = None,
        source: str | None = None,
        relation: str | None = None,
        subject: str | None = None,
        object: str | None = None,
    ) -> list[Statement]:
        """Statements that meet all conditions. Entities are given by key, label or alias, in any case."""

        def meets(s: Statement) -> bool:
            named = ((source, s.source), (subject, s.subject), (object, s.object))
            return (
                (status is None or s.status == str(status).capitalize())
                and (relation is None or relation in (s.relation, self.vocabulary.label(s.relation)))
                and all(wanted is None or key in self.find(wanted) for wanted, key in named)
            )

        return [statement for statement in self if meets(statement)]

    def find(self, name: str) -> frozenset[str]:
        """Keys of the entities called ``name`` (key, label, alias or Wikidata id, in any case)."""
        return self._names.get(name.casefold(), frozenset())

    @cached_property
    def _names(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for key, entity in self.entities.items():
            for name in (key, entity.label, *entity.aliases, entity.wikidata or key):
                found.setdefault(name.casefold(), set()).add(key)
        return {name: frozenset(keys) for name, keys in found.items()}


def statement_id(statement: Statement, content: bool = False) -> str:
    """16 hexadecimal digits that depend on what the statement says, not on where it was read.

    What is a ``content`` has an id of its own, apart from the same words said as a statement.
    """
    s = statement
    inner = statement_id(s.content, content=True) if s.content else ""
    who, how = (s.subject, s.relation, s.object, inner), (s.polarity, s.certainty, s.tense, s.status)
    said = (*who, *how, s.source, s.time, s.place)
    text = "\x1f".join(["content" if content else "statement", *(value or "" for value in said)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _by_key(entities: Iterable[Entity]) -> dict[str, Entity]:
    """One entity a key, made of all its records at once."""
    found: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        found[entity.key].append(entity)
    return {key: same_entities(records) for key, records in found.items()}


def _statements(statements: Iterable[Statement]) -> dict[str, Statement]:
    """By id, sorted; equal ones merged, and equal contents of different operators given the same evidence."""
    found: dict[str, Statement] = {}
    contents: dict[str, Statement] = {}

    def add(statement: Statement, into: dict[str, Statement], content: bool) -> None:
        if statement.content:
            add(statement.content, contents, content=True)
        identifier = statement_id(statement, content)
        into[identifier] = same_statement(into[identifier], statement) if identifier in into else statement

    def whole(statement: Statement) -> Statement:
        if statement.content is None:
            return statement
        return replace(statement, content=whole(contents[statement_id(statement.content, content=True)]))

    for statement in statements:
        add(statement, found, content=False)
    return {identifier: whole(found[identifier]) for identifier in sorted(found)}


def _documents(
    documents: Iterable[Document], statements: Iterable[Statement], entities: Iterable[Entity]
) -> dict[str, Document]:
    """By id, sorted; a document that only evidence or mentions name is added."""
    found: dict[str, Document] = {}
    for document in documents:
        seen = found.get(document.id)
        found[document.id] = min(seen, document, key=repr) if seen and seen != document else document
    for identifier in _named_documents(statements, entities):
        found.setdefault(identifier, Document(identifier, "", ()))
    return dict(sorted(found.items()))


def _named_documents(statements: Iterable[Statement], entities: Iterable[Entity]) -> Iterator[str]:
    """The documents that evidence and mentions name."""
    yield from (evidence.document for s in statements for part in s.parts() for evidence in part.evidence)
    yield from (mention.document for entity in entities for mention in entity.mentions)


def _with_missing(entities: dict[str, Entity], statements: Iterable[Statement]) -> dict[str, Entity]:
    for key in {key for statement in statements for part in statement.parts() for key in part.keys if key}:
        if key not in entities:
            entities[key] = sanitising.unknown_entity(key)
    return dict(sorted(entities.items()))
