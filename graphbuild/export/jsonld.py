"""JSON-LD with its context: statements frame their content and their sentences, so that each reads as one tree."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import pyoxigraph as ox

from graphbuild.export import rdf
from graphbuild.export.format import Format
from graphbuild.export.options import Options
from graphbuild.graph.knowledge_graph import KnowledgeGraph, statement_id
from graphbuild.model import Statement
from graphbuild.ontology.turtle import GB, NIF, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, XSD

ENGLISH = {"@language": "en"}
# JSON key → property and how its values are written; other properties keep their prefixed name.
TERMS: dict[str, tuple[str, dict[str, str]]] = {
    "label": (RDFS + "label", ENGLISH),
    "altLabel": (SKOS + "altLabel", ENGLISH),
    "headline": (SCHEMA + "headline", ENGLISH),
    "cue": (GB + "cue", ENGLISH),
    "role": (GB + "role", ENGLISH),
    "sameAs": (OWL + "sameAs", {"@type": "@id"}),
    "subject": (RDF + "subject", {"@type": "@id"}),
    "predicate": (RDF + "predicate", {"@type": "@id"}),
    "object": (RDF + "object", {"@type": "@id"}),
    "content": (GB + "content", {"@type": "@id"}),
    "source": (GB + "source", {"@type": "@id"}),
    "place": (GB + "place", {"@type": "@id"}),
    "mention": (GB + "mention", {"@type": "@id"}),
    "status": (GB + "status", {"@type": "@id"}),
    "polarity": (GB + "polarity", {"@type": "@id"}),
    "certainty": (GB + "certainty", {"@type": "@id"}),
    "tense": (GB + "tense", {"@type": "@id"}),
    "evidence": (PROV + "wasDerivedFrom", {"@type": "@id"}),
    "article": (NIF + "referenceContext", {"@type": "@id"}),
    "url": (SCHEMA + "url", {"@type": "@id"}),
    "subClassOf": (RDFS + "subClassOf", {"@type": "@id"}),
    "subPropertyOf": (RDFS + "subPropertyOf", {"@type": "@id"}),
    "inverseOf": (OWL + "inverseOf", {"@type": "@id"}),
    "relatedMatch": (SKOS + "relatedMatch", {"@type": "@id"}),
    "contentRelation": (GB + "contentRelation", {"@type": "@id"}),
    "confidence": (GB + "confidence", {"@type": XSD + "decimal"}),
    "beginIndex": (NIF + "beginIndex", {"@type": XSD + "integer"}),
    "endIndex": (NIF + "endIndex", {"@type": XSD + "integer"}),
    "named": (GB + "named", {"@type": XSD + "boolean"}),
    "local": (GB + "local", {"@type": XSD + "boolean"}),
    "text": (NIF + "anchorOf", {}),
    "pattern": (GB + "pattern", {}),
    "plover": (GB + "plover", {}),
    "publisher": (SCHEMA + "publisher", {}),
    "merged": (GB + "merged", {}),
}
KEYS = {iri: (key, how) for key, (iri, how) in TERMS.items()}


def context(prefixes: dict[str, str]) -> dict[str, Any]:
    """What makes the keys properties."""
    return {**prefixes, **{key: {"@id": iri, **how} for key, (iri, how) in TERMS.items()}}


class _Tree:
    """Makes JSON objects of subjects."""

    def __init__(self, terms: rdf.Terms, prefixes: dict[str, str]) -> None:
        self.terms = terms
        self.names = sorted(((name, prefix) for prefix, name in prefixes.items()), reverse=True)

    def short(self, iri: str) -> str:
        """``entity:hungary`` for the IRI where a prefix fits and what remains is plain."""
        for name, prefix in self.names:
            rest = iri.removeprefix(name)
            if rest != iri and rest.replace("-", "").isalnum():
                return f"{prefix}:{rest}"
        return iri

    def node(self, subject: ox.NamedNode, values: rdf.Values) -> dict[str, Any]:
        made: dict[str, Any] = {"@id": self.short(subject.value)}
        for predicate, value in values:
            key, how = ("@type", {"@type": "@id"}) if predicate.value == RDF + "type" else self.key(predicate.value)
            made.setdefault(key, []).append(self.value(value, how))
        return {key: found[0] if isinstance(found, list) and len(found) == 1 else found for key, found in made.items()}

    def key(self, iri: str) -> tuple[str, dict[str, str]]:
        return KEYS.get(iri) or (self.short(iri), {})

    def value(self, value: ox.NamedNode | ox.Literal, how: dict[str, str]) -> Any:
        if isinstance(value, ox.NamedNode):
            return self.short(value.value) if how else {"@id": self.short(value.value)}
        if how or (not value.language and value.datatype.value == XSD + "string"):
            return value.value
        return {"@value": value.value, "@type": self.short(value.datatype.value)}

    def statement(self, subject: ox.NamedNode, statement: Statement, inner: bool = False) -> dict[str, Any]:
        made = self.node(subject, self.terms.of_statement(statement, inner))
        if statement.content:
            content = self.terms.statement(statement_id(statement.content, content=True))
            made["content"] = self.statement(content, statement.content, inner=True)
        if statement.evidence:
            places = {(e.document, e.start, e.end): e for e in statement.evidence}
            made["evidence"] = [
                self.node(self.terms.place(*place), self.terms.of_sentence(e)) for place, e in sorted(places.items())
            ]
        return made


def nodes(graph: KnowledgeGraph, options: Options) -> Iterator[dict[str, Any]]:
    """One JSON object per entity, statement, article, relation and class."""
    terms = rdf.Terms(graph, options)
    tree = _Tree(terms, rdf.prefixes(options))
    plain = terms.plain(graph)
    for key, entity in graph.entities.items():
        values = [*terms.of_entity(entity), *plain.get(key, ())]
        yield tree.node(terms.entity(key), iter(values))
    for identifier, statement in graph.by_id.items():
        yield tree.statement(terms.statement(identifier), statement)
    for identifier, document in graph.documents.items():
        yield tree.node(terms.article(identifier), terms.of_document(document))
    for subject, values_ in terms.of_vocabulary():
        yield tree.node(subject, values_)


def write(graph: KnowledgeGraph, output: BinaryIO, options: Options) -> None:
    """Stream one line per node."""
    dump: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    output.write(f'{{"@context":{dump(context(rdf.prefixes(options)))},\n"@graph":['.encode())
    for i, node in enumerate(nodes(graph, options)):
        output.write(f"{',' if i else ''}\n{dump(node)}".encode())
    output.write(b"\n]}\n")


FORMAT = Format("jsonld", (".jsonld",), "JSON-LD with context", write)
