"""Back from RDF to a graph: what graphbuild wrote becomes the same graph again, and what others wrote is checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from graphbuild.errors import QueryError
from graphbuild.export import rows
from graphbuild.export.rows import Faulty, Row, Rows, key, maybe_key, one, only
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
from graphbuild.ontology import Relation, parsing
from graphbuild.ontology.parsing import SUFFIXES
from graphbuild.ontology.turtle import GB, NIF, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, WIKIDATA

DEEPEST = 40  # contents of contents


def read(path: Path) -> KnowledgeGraph:
    """The graph in an RDF file, packed or not. Raises QueryError if the file is no graph of graphbuild."""
    suffix = (Path(path.stem) if path.suffix in COMPRESSED else path).suffix.lower()
    if suffix not in SUFFIXES:
        raise QueryError(f"{path}: cannot be read as a graph; name a file with suffix {', '.join(SUFFIXES)}")
    try:
        found = _gathered(parsing.quads(partial(opened, path), SUFFIXES[suffix]))
        graph = from_rows(found)
    except Faulty as fault:
        raise QueryError(f"{path}: {fault}; mend it or build the graph again") from None
    except (SyntaxError, ValueError, EOFError) as error:
        name = SUFFIXES[suffix].name
        raise QueryError(f"{path}: not valid {name} ({parsing.short(error)}); write it again") from None
    except OSError as error:
        raise QueryError(f"{path}: cannot be read ({error.strerror or error}); check the path") from None
    if found and not graph.entities and not graph.documents:
        raise QueryError(f"{path}: holds no entities of graphbuild; write it with graphbuild build")
    return graph


def _gathered(quads: Iterable[ox.Quad]) -> Rows:
    """Triples by subject; addresses that repeat are held once."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    known: dict[str, str] = {}
    for quad in quads:
        value = quad.object
        if isinstance(value, ox.NamedNode | ox.Literal) and isinstance(quad.subject, ox.NamedNode):
            text = known.setdefault(value.value, value.value) if isinstance(value, ox.NamedNode) else value.value
            found[quad.subject.value][quad.predicate.value].append(text)
    return found


def from_rows(found: Rows) -> KnowledgeGraph:
    """Entities, statements and articles out of triples gathered by subject. Raises Faulty."""
    documents = {
        s: _document(s, row) for s, row in found.items() if SCHEMA + "NewsArticle" in row.get(RDF + "type", ())
    }
    nodes = {s: row for s, row in found.items() if GB + "Statement" in row.get(RDF + "type", ())}
    inner = {content for row in nodes.values() for content in row.get(GB + "content", ())}
    builder = _Statements(found, nodes, {d.id: d.published for d in documents.values()})
    _refuse_circles(nodes)
    return KnowledgeGraph(
        list(_entities(found)),
        [builder.statement(s) for s in nodes if s not in inner],
        documents.values(),
        _vocabulary(found),
    )


def _refuse_circles(nodes: Rows) -> None:
    """Contents end: a statement that is its own content, or deep inside many, is refused."""
    for subject in nodes:
        depth, inside = 0, nodes.get(one(nodes[subject], GB + "content") or "")
        while inside is not None and depth <= DEEPEST:
            depth, inside = depth + 1, nodes.get(one(inside, GB + "content") or "")
        if depth > DEEPEST:
            raise Faulty(subject, f"has contents in a circle, or more than {DEEPEST} inside one another")


class _Statements:
    """Statements out of rows, contents and evidence looked up on the way."""

    def __init__(self, found: Rows, nodes: Rows, dates: dict[str, str | None]) -> None:
        self.rows, self.nodes, self.dates = found, nodes, dates

    def statement(self, subject: str) -> Statement:
        row = self.nodes[subject]
        who, relation = (only(subject, row, RDF + name) for name in ("subject", "predicate"))
        if not who or not relation:
            raise Faulty(subject, f"has no rdf:{'predicate' if who else 'subject'}")
        return Statement(
            subject=key(who),
            relation=rows.local(subject, relation, "rdf:predicate"),
            object=maybe_key(only(subject, row, RDF + "object")),
            content=self.content(subject, row),
            polarity=rows.term(subject, row, "polarity", Polarity.AFFIRMED),
            certainty=rows.term(subject, row, "certainty", Certainty.CERTAIN),
            tense=rows.term(subject, row, "tense", Tense.PAST),
            status=rows.term(subject, row, "status", Status.FACT),
            source=maybe_key(only(subject, row, GB + "source")),
            cue=one(row, GB + "cue"),
            time=rows.time(subject, only(subject, row, GB + "time")),
            place=maybe_key(only(subject, row, GB + "place")),
            role=one(row, GB + "role"),
            confidence=rows.share(subject, only(subject, row, GB + "confidence")),
            pattern=one(row, GB + "pattern") or "",
            evidence=tuple(self.evidence(subject, row.get(PROV + "wasDerivedFrom", ()))),
        )

    def content(self, subject: str, row: Row) -> Statement | None:
        value = only(subject, row, GB + "content")
        if value is None:
            return None
        if value not in self.nodes:
            raise Faulty(subject, f"has gb:content <{value[:120]}>, which is no statement of the file")
        return self.statement(value)

    def evidence(self, subject: str, places: Iterable[str]) -> Iterator[Evidence]:
        for value in places:
            document, start, end = rows.place(subject, value)
            text = one(self.rows.get(value, {}), NIF + "anchorOf") or ""
            yield Evidence(document, start, end, text, self.dates.get(document))


def _types(row: Row) -> list[EntityType]:
    names = {value.removeprefix(GB) for value in row.get(RDF + "type", ()) if value.startswith(GB)}
    return [kind for kind in EntityType if kind in names]


def _entities(found: Rows) -> Iterator[Entity]:
    known: dict[str, str] = {}
    for subject, row in found.items():
        if _types(row):
            if (other := known.setdefault(key(subject), subject)) != subject:
                raise Faulty(subject, f"ends like <{other[:120]}>, and only the end is kept")
            yield _entity(subject, row)


def _entity(subject: str, row: Row) -> Entity:
    kind = _types(row)[0]
    kinds = (value for value in row[RDF + "type"] if value.startswith(GB) and value != GB + kind)
    places = (rows.place(subject, value) for value in row.get(GB + "mention", ()))
    same = (value for value in row.get(OWL + "sameAs", ()) if value.startswith(WIKIDATA))
    return Entity(
        key=key(subject),
        type=kind,
        label=one(row, RDFS + "label") or key(subject),
        aliases=tuple(row.get(SKOS + "altLabel", ())),
        named=one(row, GB + "named") != "false",
        local=one(row, GB + "local") == "true",
        subtype=next((rows.local(subject, value, "rdf:type") for value in kinds), None),
        wikidata=next((value.removeprefix(WIKIDATA) for value in same), None),
        mentions=tuple(Mention(document, start, end, "", "") for document, start, end in places),
        merged=tuple(row.get(GB + "merged", ())),
    )


def _document(subject: str, row: Row) -> Document:
    return Document(
        id=key(subject),
        text="",
        paragraphs=(),
        headline=one(row, SCHEMA + "headline"),
        published=one(row, SCHEMA + "datePublished"),
        url=one(row, SCHEMA + "url"),
        publisher=one(row, SCHEMA + "publisher"),
    )


def _vocabulary(found: Rows) -> Vocabulary:
    relations, composed, labels, parents = {}, {}, {}, {}
    for subject, row in found.items():
        types = row.get(RDF + "type", ())
        if GB + "Relation" in types:
            name = rows.local(subject, subject, "the address")
            relations[name] = _relation(name, subject, found)
            for content in row.get(GB + "contentRelation", ()):
                if not relations[name].parents:
                    raise Faulty(subject, "has gb:contentRelation and no rdfs:subPropertyOf")
                composed[relations[name].parents[0], rows.local(subject, content, "gb:contentRelation")] = name
        elif OWL + "Class" in types and subject.startswith(GB):
            name = rows.local(subject, subject, "the address")
            if label := one(row, RDFS + "label"):
                labels[name] = label
            if above := row.get(RDFS + "subClassOf"):
                parents[name] = tuple(sorted({rows.local(subject, value, "rdfs:subClassOf") for value in above}))
    return Vocabulary(relations, composed, labels, parents)


def _relation(name: str, subject: str, found: Rows) -> Relation:
    row = found[subject]
    types = row[RDF + "type"]
    inverse = one(row, OWL + "inverseOf")
    above = row.get(RDFS + "subPropertyOf", ())
    return Relation(
        id=name,
        label=one(row, RDFS + "label") or name,
        inverse=rows.local(subject, inverse, "owl:inverseOf") if inverse else None,
        inverse_label=one(found[inverse], RDFS + "label") if inverse and inverse in found else None,
        symmetric=OWL + "SymmetricProperty" in types,
        operator=GB + "Operator" in types,
        standing=GB + "StandingRelation" in types,
        plover=one(row, GB + "plover"),
        wikidata=tuple(value.removeprefix(WIKIDATA) for value in row.get(SKOS + "relatedMatch", ())),
        parents=tuple(rows.local(subject, value, "rdfs:subPropertyOf") for value in above),
    )
