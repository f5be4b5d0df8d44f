"""A graph as RDF triples in a fixed order: what Turtle, N-Triples, TriG, JSON-LD and RDF/XML share.

Streams: no triple is kept. No blank nodes; IRIs hold ASCII letters, digits and ``-/#=,`` only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import pyoxigraph as ox

from graphbuild.export.options import Options
from graphbuild.graph import verbalising
from graphbuild.graph.knowledge_graph import KnowledgeGraph, statement_id
from graphbuild.graph.vocabulary import OPEN, Vocabulary
from graphbuild.model import Document, Entity, Evidence, Statement, Tense
from graphbuild.ontology import Relation
from graphbuild.ontology.turtle import GB, NIF, OWL, PREFIXES, PROV, RDF, RDFS, SCHEMA, SKOS, WIKIDATA, XSD

DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}

Node = ox.NamedNode
Values = Iterator[tuple[Node, Node | ox.Literal]]


def prefixes(options: Options) -> dict[str, str]:
    """Fixed prefixes, and ``entity:`` and ``statement:`` below the base."""
    return {"entity": f"{options.base}entity/", "statement": f"{options.base}statement/", **PREFIXES}


def triples(graph: KnowledgeGraph, options: Options) -> Iterator[ox.Triple]:
    """Entities with their plain triples, statements, evidence, articles, then the relations and classes used."""
    for subject, values in subjects(graph, options):
        for predicate, value in values:
            yield ox.Triple(subject, predicate, value)


def quads(graph: KnowledgeGraph, options: Options) -> Iterator[ox.Quad]:
    """The same triples: what an article says in a graph named by the article, the rest in the default graph."""
    terms = Terms(graph, options)
    default = ox.DefaultGraph()
    for entity in graph.entities.values():
        yield from _in(default, terms.entity(entity.key), terms.of_entity(entity))
    for subject, values in terms.of_vocabulary():
        yield from _in(default, subject, values)
    said: dict[str, list[tuple[str, Statement]]] = defaultdict(list)
    for identifier, statement in graph.by_id.items():
        for origin in sorted({e.document for part in parts(statement) for e in part.evidence}) or [""]:
            said[origin].append((identifier, statement))
    for subject, values in terms.of_statements(said[""]):
        yield from _in(default, subject, values)
    for identifier, document in graph.documents.items():
        name = terms.article(identifier)
        for subject, values in terms.of_statements((i, _from(s, identifier)) for i, s in said[identifier]):
            yield from _in(name, subject, values)
        yield from _in(name, name, terms.of_document(document))


def _in(name: Node | ox.DefaultGraph, subject: Node, values: Values) -> Iterator[ox.Quad]:
    return (ox.Quad(subject, predicate, value, name) for predicate, value in values)


def _from(statement: Statement, document: str) -> Statement:
    """The statement with the evidence of one article only."""
    return replace(
        statement,
        evidence=tuple(e for e in statement.evidence if e.document == document),
        content=statement.content and _from(statement.content, document),
    )


def subjects(graph: KnowledgeGraph, options: Options) -> Iterator[tuple[Node, Values]]:
    """Each subject once, with its properties and values."""
    terms = Terms(graph, options)
    plain = terms.plain(graph)
    for key, entity in graph.entities.items():
        yield terms.entity(key), _chain(terms.of_entity(entity), iter(plain.get(key, ())))
    yield from terms.of_parts(graph.by_id.items())
    yield from terms.of_evidence(graph)
    for identifier, document in graph.documents.items():
        yield terms.article(identifier), terms.of_document(document)
    yield from terms.of_vocabulary()


def _chain(*iterators: Values) -> Values:
    for iterator in iterators:
        yield from iterator


def parts(statement: Statement) -> Iterator[Statement]:
    """The statement, its content, the content of that …"""
    part: Statement | None = statement
    while part is not None:
        yield part
        part = part.content


class Terms:
    """Makes the terms of one graph; holds what repeats."""

    def __init__(self, graph: KnowledgeGraph, options: Options) -> None:
        self.base = options.base
        self.asserted = options.asserted
        self.vocabulary: Vocabulary = graph.vocabulary
        self.labels = {key: entity.label for key, entity in graph.entities.items()}

    def entity(self, key: str) -> Node:
        return Node(f"{self.base}entity/{key}")

    def statement(self, identifier: str) -> Node:
        return Node(f"{self.base}statement/{identifier}")

    def article(self, identifier: str) -> Node:
        return Node(f"{self.base}article/{identifier}")

    def place(self, document: str, start: int, end: int) -> Node:
        """Characters ``[start, end)`` of an article (RFC 5147, as NIF does)."""
        return Node(f"{self.base}article/{document}#char={start},{end}")

    def of_entity(self, entity: Entity) -> Values:
        for kind in filter(None, (entity.type, entity.subtype)):
            yield _rdf("type"), gb(kind)
        yield _rdfs("label"), english(entity.label)
        for alias in entity.aliases:
            yield SKOS_ALT, english(alias)
        if entity.wikidata:
            yield OWL_SAME, Node(WIKIDATA + entity.wikidata)
        if not entity.named:
            yield gb("named"), FALSE
        if entity.local:
            yield gb("local"), TRUE
        for note in entity.merged:
            yield gb("merged"), ox.Literal(note)
        for place in sorted({(m.document, m.start, m.end) for m in entity.mentions}):
            yield gb("mention"), self.place(*place)

    def plain(self, graph: KnowledgeGraph) -> dict[str, list[tuple[Node, Node]]]:
        """Subject → (property, object), sorted: what is asserted, inverses and composed properties included."""
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for statement in graph:
            if statement.status in self.asserted:
                for subject, relation, target in self.asserts(statement):
                    found[subject].add((relation, target))
        return {
            subject: [(gb(relation), self.entity(target)) for relation, target in sorted(pairs)]
            for subject, pairs in found.items()
        }

    def asserts(self, statement: Statement) -> Iterator[tuple[str, str, str]]:
        """The plain triples of one statement as keys and relation ids."""
        if statement.object:
            relation = self.vocabulary.relation(statement.relation)
            yield statement.subject, statement.relation, statement.object
            if back := statement.relation if relation.symmetric else relation.inverse:
                yield statement.object, back, statement.subject
        composed = self.vocabulary.composition(statement)
        target = statement.content and (statement.content.object or statement.object)
        if composed and target:
            yield statement.subject, composed, target

    def of_statements(self, statements: Iterable[tuple[str, Statement]]) -> Iterator[tuple[Node, Values]]:
        """Plain triples, statement nodes and evidence of some statements."""
        rows = list(statements)
        for _, statement in rows:
            if statement.status in self.asserted:
                for subject, relation, target in self.asserts(statement):
                    yield self.entity(subject), iter([(gb(relation), self.entity(target))])
        yield from self.of_parts(rows)
        found = sorted({e for _, statement in rows for part in parts(statement) for e in part.evidence})
        yield from ((self.place(e.document, e.start, e.end), self.of_sentence(e)) for e in found)

    def of_parts(self, statements: Iterable[tuple[str, Statement]]) -> Iterator[tuple[Node, Values]]:
        """Statement nodes, each content once, behind the first statement that has it."""
        seen: set[str] = set()
        for identifier, statement in statements:
            yield self.statement(identifier), self.of_statement(statement)
            for content in parts(statement):
                if content is statement:
                    continue
                inner = statement_id(content, content=True)
                if inner not in seen:
                    seen.add(inner)
                    yield self.statement(inner), self.of_statement(content, inner=True)

    def of_statement(self, statement: Statement, inner: bool = False) -> Values:
        yield _rdf("type"), gb("Statement")
        yield _rdfs("label"), english(self.sentence(statement, inner))
        yield _rdf("subject"), self.entity(statement.subject)
        yield _rdf("predicate"), gb(statement.relation)
        if statement.object:
            yield _rdf("object"), self.entity(statement.object)
        if statement.content:
            yield gb("content"), self.statement(statement_id(statement.content, content=True))
        yield gb("status"), gb(statement.status)
        yield gb("polarity"), gb(statement.polarity)
        yield gb("certainty"), gb(statement.certainty)
        yield gb("tense"), gb(statement.tense)
        yield from self._circumstances(statement)
        yield gb("confidence"), ox.Literal(decimal(statement.confidence), datatype=Node(XSD + "decimal"))
        if statement.pattern:
            yield gb("pattern"), ox.Literal(statement.pattern)
        for document, start, end in sorted({(e.document, e.start, e.end) for e in statement.evidence}):
            yield PROV_FROM, self.place(document, start, end)

    def _circumstances(self, statement: Statement) -> Values:
        if statement.source:
            yield gb("source"), self.entity(statement.source)
        if statement.cue:
            yield gb("cue"), english(statement.cue)
        if statement.role:
            yield gb("role"), english(statement.role)
        if statement.place:
            yield gb("place"), self.entity(statement.place)
        if statement.time and "/" in statement.time:
            start, end = statement.time.split("/")
            yield gb("time"), ox.Literal(statement.time)
            yield gb("timeStart"), date(start)
            yield gb("timeEnd"), date(end)
        elif statement.time:
            yield gb("time"), date(statement.time)

    def sentence(self, statement: Statement, inner: bool = False) -> str:
        """The statement in words: "Hungary offered to host talks", "Peru urged Chile to leave Ilo".

        What lies ahead in the content of an operator (``inner``) is an infinitive: "Chile not to attack Peru".
        """
        content, vocabulary = statement.content, self.vocabulary
        composed = vocabulary.composition(statement)
        addressee = None if content and content.object == statement.object else statement.object
        whole = vocabulary.verb(composed or statement.relation)
        verb = vocabulary.verb(statement.relation) if addressee else whole
        tell = verbalising.infinitive if inner and statement.tense is Tense.FUTURE else verbalising.finite
        words = [self.labels[statement.subject], tell(verb, statement), self.named(statement.relation, addressee)]
        if content and composed:
            words += [whole.rest if addressee else "", self.named(content.relation, content.object)]
        said = " ".join(filter(None, words))
        return f"{said}: {self.sentence(content, inner=True)}" if content and not composed else said

    def named(self, relation: str, key: str | None) -> str:
        """The label of an object; of an act that its verb names already only the rest: "threatened to resign"."""
        label = self.labels.get(key or "", "")
        base = self.vocabulary.verb(relation).base if relation.startswith(OPEN) else None
        return label[len(base) :].strip() if base and f"{label} ".startswith(f"{base} ") else label

    def of_evidence(self, graph: KnowledgeGraph) -> Iterator[tuple[Node, Values]]:
        """Sentences in the order of articles and offsets."""
        places = sorted({e for statement in graph for part in parts(statement) for e in part.evidence})
        seen = None
        for evidence in places:
            place = (evidence.document, evidence.start, evidence.end)
            if place != seen:
                yield self.place(*place), self.of_sentence(evidence)
            seen = place

    def of_sentence(self, evidence: Evidence) -> Values:
        yield _rdf("type"), Node(NIF + "OffsetBasedString")
        yield Node(NIF + "beginIndex"), integer(evidence.start)
        yield Node(NIF + "endIndex"), integer(evidence.end)
        yield Node(NIF + "anchorOf"), ox.Literal(evidence.text)
        yield Node(NIF + "referenceContext"), self.article(evidence.document)

    def of_document(self, document: Document) -> Values:
        yield _rdf("type"), Node(SCHEMA + "NewsArticle")
        yield _rdf("type"), Node(NIF + "Context")
        if document.headline:
            yield Node(SCHEMA + "headline"), english(document.headline)
        if document.published:
            yield Node(SCHEMA + "datePublished"), date(document.published)
        if document.publisher:
            yield Node(SCHEMA + "publisher"), ox.Literal(document.publisher)
        if document.url:
            yield Node(SCHEMA + "url"), Node(document.url)

    def of_vocabulary(self) -> Iterator[tuple[Node, Values]]:
        inverses: dict[str, str] = {}
        contents: dict[str, list[str]] = {}
        for (_, content), identifier in self.vocabulary.composed.items():
            contents.setdefault(identifier, []).append(content)
        for identifier, relation in self.vocabulary.relations.items():
            yield gb(identifier), _of_relation(relation, sorted(contents.get(identifier, ())))
            if relation.inverse:
                inverses[relation.inverse] = relation.inverse_label or relation.inverse
        for identifier, label in sorted(inverses.items()):
            if identifier not in self.vocabulary.relations:
                yield gb(identifier), iter([(_rdf("type"), gb("InverseRelation")), (_rdfs("label"), english(label))])
        for name in sorted({*self.vocabulary.class_labels, *self.vocabulary.class_parents}):
            yield gb(name), self._of_class(name)

    def _of_class(self, name: str) -> Values:
        yield _rdf("type"), Node(OWL + "Class")
        if name in self.vocabulary.class_labels:
            yield _rdfs("label"), english(self.vocabulary.class_labels[name])
        for parent in self.vocabulary.class_parents.get(name, ()):
            yield _rdfs("subClassOf"), gb(parent)


def _of_relation(relation: Relation, contents: Sequence[str]) -> Values:
    kinds = {"Relation": True, "Operator": relation.operator, "StandingRelation": relation.standing}
    for kind, applies in kinds.items():
        if applies:
            yield _rdf("type"), gb(kind)
    if relation.symmetric:
        yield _rdf("type"), Node(OWL + "SymmetricProperty")
    yield _rdfs("label"), english(relation.label)
    for parent in relation.parents:
        yield _rdfs("subPropertyOf"), gb(parent)
    if relation.inverse:
        yield Node(OWL + "inverseOf"), gb(relation.inverse)
    for content in contents:
        yield gb("contentRelation"), gb(content)
    if relation.plover:
        yield gb("plover"), ox.Literal(relation.plover)
    for number in relation.wikidata:
        if re.fullmatch(r"P[1-9][0-9]*", number):
            yield Node(SKOS + "relatedMatch"), Node(WIKIDATA + number)


@lru_cache(maxsize=4096)
def gb(name: str) -> Node:
    """A term of graphbuild's own namespace."""
    return Node(GB + name)


@lru_cache(maxsize=64)
def _rdf(name: str) -> Node:
    return Node(RDF + name)


@lru_cache(maxsize=64)
def _rdfs(name: str) -> Node:
    return Node(RDFS + name)


SKOS_ALT, OWL_SAME, PROV_FROM = Node(SKOS + "altLabel"), Node(OWL + "sameAs"), Node(PROV + "wasDerivedFrom")
TRUE, FALSE = (ox.Literal(word, datatype=Node(XSD + "boolean")) for word in ("true", "false"))


def english(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")


def integer(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=Node(XSD + "integer"))


def decimal(number: float) -> str:
    """At most four digits after the point, at least one: ``0.91``, ``1.0``."""
    digits = f"{number:.4f}".rstrip("0")
    return digits + "0" if digits.endswith(".") else digits


def date(text: str) -> ox.Literal:
    """``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``, as precise as the text is."""
    return ox.Literal(text, datatype=Node(XSD + DATE_TYPES[len(text)]))
