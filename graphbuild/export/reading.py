"""Back from RDF to a graph: what graphbuild wrote becomes the same graph again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from graphbuild.errors import QueryError
from graphbuild.export import rdf
from graphbuild.export.target import COMPRESSED, opened
from graphbuild.graph import KnowledgeGraph
from graphbuild.graph.vocabulary import Vocabulary
from graphbuild.model import (
    Certainty,
    Document,
    Entity,
    EntityType,
    Evidence,
    Mention,
    Polarity,
    Statement,
    Status,
    Tense,
)
from graphbuild.ontology import Relation
from graphbuild.ontology.turtle import GB, OWL, RDF, RDFS, SCHEMA, SKOS

SUFFIXES = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
PLACE = re.compile(r"article/([a-z0-9-]+)#char=(\d+),(\d+)$")
Row = dict[str, list[str]]  # property IRI → values in the order of the file
Rows = dict[str, Row]  # subject IRI → row


def read(path: Path) -> KnowledgeGraph:
    """The graph in an RDF file, packed or not. Raises QueryError if the file is no graph of graphbuild."""
    suffix = (Path(path.stem) if path.suffix in COMPRESSED else path).suffix.lower()
    if suffix not in SUFFIXES:
        raise QueryError(f"{path}: cannot be read as a graph; name a file with suffix {', '.join(SUFFIXES)}")
    rows: Rows = defaultdict(lambda: defaultdict(list))
    try:
        with opened(path) as source:
            for quad in ox.parse(source, SUFFIXES[suffix]):
                if not isinstance(quad.object, ox.Triple | ox.BlankNode) and isinstance(quad.subject, ox.NamedNode):
                    rows[quad.subject.value][quad.predicate.value].append(quad.object.value)
    except (SyntaxError, ValueError, EOFError) as error:
        raise QueryError(f"{path}: not valid {SUFFIXES[suffix].name} ({error}); write it again") from None
    except OSError as error:
        raise QueryError(f"{path}: cannot be read ({error.strerror or error}); check the path") from None
    graph = from_rows(rows)
    if rows and not graph.entities and not graph.documents:
        raise QueryError(f"{path}: holds no entities of graphbuild; write it with graphbuild build")
    return graph


def from_rows(rows: Rows) -> KnowledgeGraph:
    """Entities, statements and articles out of triples gathered by subject."""
    documents = {s: _document(s, row) for s, row in rows.items() if SCHEMA + "NewsArticle" in row.get(RDF + "type", ())}
    nodes = {s: row for s, row in rows.items() if GB + "Statement" in row.get(RDF + "type", ())}
    inner = {content for row in nodes.values() for content in row.get(GB + "content", ())}
    builder = _Statements(rows, nodes, {d.id: d.published for d in documents.values()})
    return KnowledgeGraph(
        [_entity(s, row) for s, row in rows.items() if _types(row)],
        [builder.statement(s) for s in nodes if s not in inner],
        documents.values(),
        _vocabulary(rows),
    )


class _Statements:
    """Statements out of rows, contents and evidence looked up on the way."""

    def __init__(self, rows: Rows, nodes: Rows, dates: dict[str, str | None]) -> None:
        self.rows, self.nodes, self.dates = rows, nodes, dates

    def statement(self, subject: str) -> Statement:
        row = self.nodes[subject]
        value = _one(row, GB + "content")
        return Statement(
            subject=_key(_one(row, RDF + "subject") or ""),
            relation=(_one(row, RDF + "predicate") or "").removeprefix(GB),
            object=_maybe_key(_one(row, RDF + "object")),
            content=self.statement(value) if value in self.nodes else None,
            polarity=Polarity(_term(row, "polarity", Polarity.AFFIRMED)),
            certainty=Certainty(_term(row, "certainty", Certainty.CERTAIN)),
            tense=Tense(_term(row, "tense", Tense.PAST)),
            status=Status(_term(row, "status", Status.FACT)),
            source=_maybe_key(_one(row, GB + "source")),
            cue=_one(row, GB + "cue"),
            time=_one(row, GB + "time"),
            place=_maybe_key(_one(row, GB + "place")),
            role=_one(row, GB + "role"),
            confidence=float(_one(row, GB + "confidence") or 1),
            pattern=_one(row, GB + "pattern") or "",
            evidence=tuple(self.evidence(row.get(rdf.PROV + "wasDerivedFrom", ()))),
        )

    def evidence(self, places: Iterable[str]) -> Iterable[Evidence]:
        for place in places:
            if found := PLACE.search(place):
                text = _one(self.rows[place], rdf.NIF + "anchorOf") or ""
                yield Evidence(found[1], int(found[2]), int(found[3]), text, self.dates.get(found[1]))


def _types(row: Row) -> list[EntityType]:
    names = {value.removeprefix(GB) for value in row.get(RDF + "type", ()) if value.startswith(GB)}
    return [kind for kind in EntityType if kind in names]


def _entity(subject: str, row: Row) -> Entity:
    kind = _types(row)[0]
    names = [value.removeprefix(GB) for value in row[RDF + "type"] if value.startswith(GB) and value != GB + kind]
    places = (PLACE.search(place) for place in row.get(GB + "mention", ()))
    same = (value for value in row.get(OWL + "sameAs", ()) if value.startswith(rdf.WIKIDATA))
    return Entity(
        key=_key(subject),
        type=kind,
        label=_one(row, RDFS + "label") or _key(subject),
        aliases=tuple(row.get(SKOS + "altLabel", ())),
        named=_one(row, GB + "named") != "false",
        local=_one(row, GB + "local") == "true",
        subtype=next(iter(names), None),
        wikidata=next((value.removeprefix(rdf.WIKIDATA) for value in same), None),
        mentions=tuple(Mention(p[1], int(p[2]), int(p[3]), "", "") for p in places if p),
        merged=tuple(row.get(GB + "merged", ())),
    )


def _document(subject: str, row: Row) -> Document:
    return Document(
        id=_key(subject),
        text="",
        paragraphs=(),
        headline=_one(row, SCHEMA + "headline"),
        published=_one(row, SCHEMA + "datePublished"),
        url=_one(row, SCHEMA + "url"),
        publisher=_one(row, SCHEMA + "publisher"),
    )


def _vocabulary(rows: Rows) -> Vocabulary:
    relations, composed, labels, parents = {}, {}, {}, {}
    for subject, row in rows.items():
        types, name = row.get(RDF + "type", ()), subject.removeprefix(GB)
        if GB + "Relation" in types:
            relations[name] = _relation(name, row, rows)
            for content in row.get(GB + "contentRelation", ()):
                composed[relations[name].parents[0], content.removeprefix(GB)] = name
        elif OWL + "Class" in types:
            if label := _one(row, RDFS + "label"):
                labels[name] = label
            if above := row.get(RDFS + "subClassOf"):
                parents[name] = tuple(sorted(value.removeprefix(GB) for value in above))
    return Vocabulary(relations, composed, labels, parents)


def _relation(name: str, row: Row, rows: Rows) -> Relation:
    types = row[RDF + "type"]
    inverse = _one(row, OWL + "inverseOf")
    return Relation(
        id=name,
        label=_one(row, RDFS + "label") or name,
        inverse=inverse.removeprefix(GB) if inverse else None,
        inverse_label=_one(rows[inverse], RDFS + "label") if inverse and inverse in rows else None,
        symmetric=OWL + "SymmetricProperty" in types,
        operator=GB + "Operator" in types,
        standing=GB + "StandingRelation" in types,
        plover=_one(row, GB + "plover"),
        wikidata=tuple(value.removeprefix(rdf.WIKIDATA) for value in row.get(SKOS + "relatedMatch", ())),
        parents=tuple(value.removeprefix(GB) for value in row.get(RDFS + "subPropertyOf", ())),
    )


def _one(row: Row, name: str) -> str | None:
    return next(iter(row.get(name, ())), None)


def _term(row: Row, name: str, default: str) -> str:
    return (_one(row, GB + name) or default).removeprefix(GB)


def _key(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _maybe_key(iri: str | None) -> str | None:
    return _key(iri) if iri else None
