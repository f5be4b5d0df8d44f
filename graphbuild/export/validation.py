"""Whether a file keeps the rules of a graph that graphbuild writes: RDF by SPARQL, GraphML and GEXF by structure.

The rules are plain ASK queries: SHACL engines need minutes for what these answer at once. ``ontologies/shapes.ttl``
says the same in SHACL.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

import pyoxigraph as ox

from graphbuild.errors import QueryError
from graphbuild.export import rdf
from graphbuild.export.target import COMPRESSED, opened
from graphbuild.graph.sanitising import date
from graphbuild.ontology import parsing
from graphbuild.ontology.parsing import SUFFIXES
from graphbuild.ontology.turtle import PREFIXES, XSD

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
SHOWN = 3  # culprits named per rule
IRI = re.compile(r"[!#-;=?-\[\]_a-z~]*[!#-\-/-;=?-\[\]_a-z~]")  # ASCII without <>"{}|\^` and not ending in a dot


@dataclass(frozen=True, slots=True)
class Rule:
    """A graph pattern that must not match; ``?this`` is the culprit.

    Matches of ``pattern`` that agree in the variables ``on`` with one of ``but`` are none. The two are matched apart:
    as FILTER NOT EXISTS the engine takes time that is quadratic in the statements.
    """

    id: str
    message: str
    pattern: str
    but: str = ""
    on: tuple[str, ...] = ("this",)


_PLAIN = "VALUES ?plain { gb:Fact gb:Report }"
_DATES = ", ".join(f"xsd:{name}" for name in rdf.DATE_TYPES.values())

RULES = (
    Rule("blank", "blank node; give it an IRI", "?this ?p ?o FILTER(isBlank(?this) || isBlank(?o))"),
    Rule(
        "missing-plain",
        "fact or report without its plain triple",
        _PLAIN + " ?this gb:status ?plain ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o "
        "FILTER NOT EXISTS { ?s ?p ?o }",
    ),
    Rule(
        "leak",
        "statement that is neither fact nor report is a plain triple",
        "?this gb:status ?status ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . ?s ?p ?o . "
        "FILTER(?status NOT IN (gb:Fact, gb:Report))",
        _PLAIN + " { ?x gb:status ?plain ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } "
        "UNION { ?x gb:status ?plain ; rdf:subject ?o ; rdf:object ?s ; rdf:predicate ?p . "
        "?p a owl:SymmetricProperty } "
        "UNION { ?x gb:status ?plain ; rdf:subject ?o ; rdf:object ?s ; rdf:predicate ?q . "
        "?q owl:inverseOf|^owl:inverseOf ?p }",
        ("s", "p", "o"),
    ),
    Rule(
        "sourceless", "report without a source", "?this gb:status gb:Report FILTER NOT EXISTS { ?this gb:source ?who }"
    ),
    Rule(
        "unsure",
        "fact or report that is negated, uncertain or future, or fact with a source",
        _PLAIN + " ?this gb:status ?plain . { ?this gb:polarity gb:Negated } "
        "UNION { ?this gb:certainty ?c FILTER(?c != gb:Certain) } UNION { ?this gb:tense gb:Future } "
        "UNION { ?this gb:source ?who FILTER(?plain = gb:Fact) }",
    ),
    Rule(
        "negation",
        "negated statement whose status is not gb:Negation, or the reverse",
        "?this gb:polarity ?polarity ; gb:status ?status FILTER((?polarity = gb:Negated) != (?status = gb:Negation))",
    ),
    Rule(
        "asserted-content",
        "content of an operator that is a fact or report",
        _PLAIN + " ?operator gb:content ?this . ?this gb:status ?plain",
    ),
    Rule(
        "incomplete",
        "statement without label, subject, predicate, status, polarity, certainty or tense",
        "?this a gb:Statement FILTER NOT EXISTS { ?this rdfs:label ?l ; rdf:subject ?s ; rdf:predicate ?p ; "
        "gb:status ?a ; gb:polarity ?b ; gb:certainty ?c ; gb:tense ?d }",
    ),
    Rule(
        "doubled",
        "statement with two values of a property that has one",
        "VALUES ?p { rdf:subject rdf:predicate rdf:object gb:content gb:status gb:polarity gb:certainty gb:tense "
        "gb:source } ?this a gb:Statement ; ?p ?one, ?other FILTER(?one != ?other)",
    ),
    Rule(
        "objectless",
        "statement with neither object nor content",
        "?this a gb:Statement FILTER NOT EXISTS { ?this rdf:object|gb:content ?o }",
    ),
    Rule(
        "unsourced",
        "statement without its sentence",
        "?this a gb:Statement",
        "?this prov:wasDerivedFrom ?place . ?place nif:anchorOf ?text",
    ),
    Rule(
        "sentence",
        "sentence without text, offsets or article, or whose offsets are no span",
        "?x prov:wasDerivedFrom ?this . FILTER NOT EXISTS { "
        "?this nif:anchorOf ?t ; nif:beginIndex ?b ; nif:endIndex ?e ; "
        "nif:referenceContext/rdf:type schema:NewsArticle FILTER(?b >= 0 && ?b < ?e) }",
    ),
    Rule(
        "unknown-end",
        "subject, object, source or place that is no typed, labelled entity",
        "?st a gb:Statement ; rdf:subject|rdf:object|gb:source|gb:place ?this",
        "VALUES ?type { gb:Person gb:State gb:Organisation gb:Place gb:Group gb:Event gb:Agreement } "
        "?this a ?type ; rdfs:label ?label",
    ),
    Rule(
        "confidence",
        "confidence that is not xsd:decimal in 0..1",
        "?this gb:confidence ?c FILTER(datatype(?c) != xsd:decimal || ?c < 0 || ?c > 1)",
    ),
    Rule(
        "unexplained",
        "predicate that the file does not explain",
        "?st a gb:Statement ; rdf:predicate ?this FILTER NOT EXISTS { ?this rdfs:label ?label }",
    ),
    Rule("language", "rdfs:label that is not English", '?this rdfs:label ?label FILTER(lang(?label) != "en")'),
    Rule("anchor", "verbatim sentence with a language tag", '?this nif:anchorOf ?text FILTER(lang(?text) != "")'),
    Rule(
        "time",
        "time or publication date that is neither day, month nor year",
        "{ ?this schema:datePublished|gb:timeStart|gb:timeEnd ?t } "
        "UNION { ?this gb:time ?t FILTER NOT EXISTS { ?this gb:timeStart ?a ; gb:timeEnd ?b } } "
        f"FILTER(datatype(?t) NOT IN ({_DATES}))",
    ),
)


def check(path: Path | str) -> list[str]:
    """The faults of a graph file, one line each; none if it keeps all rules. Raises QueryError if it cannot be read."""
    path = Path(path)
    suffix = (Path(path.stem) if path.suffix in COMPRESSED else path).suffix.lower()
    try:
        if suffix in SUFFIXES:
            return list(_rdf(parsing.quads(partial(opened, path), SUFFIXES[suffix])))
        with opened(path) as source:
            if suffix == ".graphml":
                return list(_graphml(parsing.safe_xml(source)))
            if suffix == ".gexf":
                return list(_gexf(parsing.safe_xml(source)))
    except (SyntaxError, ValueError, EOFError) as error:
        return [f"cannot be parsed: {parsing.short(error)}"]
    except OSError as error:
        raise QueryError(f"{path}: cannot be read ({error.strerror or error}); check the path") from None
    raise QueryError(f"{path}: cannot be checked; name a file with suffix {', '.join(SUFFIXES)}, .graphml or .gexf")


def _rdf(quads: Iterable[ox.Quad]) -> Iterator[str]:
    store = ox.Store()
    store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    if not len(store):
        yield "holds no triples"
    for rule in RULES:
        yield from broken(store, rule)
    yield from _odd_terms(store)


def broken(store: ox.Store, rule: Rule) -> Iterator[str]:
    """One line if the rule is broken, with some of the culprits."""
    if rule.but:
        kept = {key for (key,) in _rows(store, rule.but, rule.on)}
        wanted = _rows(store, rule.pattern, rule.on, ("this",))
        culprits = sorted({this[0] for key, this in wanted if key not in kept})
    elif store.query(f"ASK {{ {rule.pattern} }}", prefixes=PREFIXES):
        culprits = sorted({key[0] for (key,) in _rows(store, rule.pattern, ("this",))})
    else:
        return
    more = f" and {len(culprits) - SHOWN} more" if len(culprits) > SHOWN else ""
    if culprits:
        yield f"{rule.message}: {', '.join(culprits[:SHOWN])}{more}"


def _rows(store: ox.Store, pattern: str, *names: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The values of the named variables, in groups."""
    asked = " ".join(f"?{name}" for name in dict.fromkeys(name for group in names for name in group))
    rows = store.query(f"SELECT DISTINCT {asked} {{ {pattern} }}", prefixes=PREFIXES)
    for row in rows:  # type: ignore[union-attr]
        yield tuple(tuple(str(row[name]) for name in group) for group in names)


def _odd_terms(store: ox.Store) -> Iterator[str]:
    """IRIs that some reader refuses, dates that do not exist."""
    seen: set[str] = set()
    for quad in store:
        for term in (quad.subject, quad.predicate, quad.object):
            if isinstance(term, ox.NamedNode) and not IRI.fullmatch(term.value):
                seen.add(f"IRI with an odd character: <{term.value}>")
            elif isinstance(term, ox.Literal) and term.datatype.value.removeprefix(XSD) in rdf.DATE_TYPES.values():
                if date(term.value) is None:
                    seen.add(f"date that does not exist: {term.value}")
            elif isinstance(term, ox.Triple):
                seen.add("triple term, which few readers know")
    yield from sorted(seen)


@dataclass(slots=True)
class _Counts:
    """What must be unique, gathered on one pass through a file."""

    nodes: Counter[str]
    edges: Counter[str]
    triples: Counter[tuple[str, str, str]]

    def node(self, identifier: str, label: str) -> Iterator[str]:
        self.nodes[identifier] += 1
        if not label:
            yield f"node {identifier} without label"
        if identifier != identifier.strip() or not identifier:
            yield f"node id {identifier!r} with space"

    def edge(self, element: ElementTree.Element, kind: str, weight: str) -> Iterator[str]:
        identifier = element.get("id", "")
        self.edges[identifier] += 1
        ends = (element.get("source", ""), element.get("target", ""))
        self.triples[(*ends, kind)] += 1
        if not kind:
            yield f"edge {identifier} without label: Gephi merges it with its neighbours"
        if not (re.fullmatch(r"[0-9.eE+-]+", weight) and float(weight) > 0):
            yield f"edge {identifier} of weight {weight or 'none'}: Gephi drops it"

    def repeated(self) -> Iterator[str]:
        yield from (f"node id {i} used {n} times" for i, n in self.nodes.items() if n > 1)
        yield from (f"edge id {i or 'missing'} used {n} times" for i, n in self.edges.items() if n > 1 or not i)
        yield from (f"parallel edges {' '.join(t)}: Gephi merges them" for t, n in self.triples.items() if n > 1)
        for source, target, kind in self.triples:
            if not {source, target} <= self.nodes.keys():
                yield f"edge {source} {kind} {target} leads nowhere"


RESERVED = frozenset({"id", "type", "kind", "timeset", "interval", "timestamp"})
CASED = frozenset({"label", "weight", "size", "color", "x", "y", "z"})
KINDS = frozenset({"boolean", "int", "long", "float", "double", "string"})
NEEDED = {"node": ("label", "size", "r", "g", "b", "x", "y"), "edge": ("label", "weight")}


def _graphml(source: IO[bytes]) -> Iterator[str]:
    counts = _Counts(Counter(), Counter(), Counter())
    keys: dict[str, tuple[str, str]] = {}
    for _, element in ElementTree.iterparse(source):
        if element.tag == GRAPHML + "key":
            yield from _key(element, keys)
        elif element.tag in (GRAPHML + "node", GRAPHML + "edge"):
            data = {keys.get(d.get("key", ""), ("", ""))[1]: d.text or "" for d in element.iter(GRAPHML + "data")}
            if element.tag == GRAPHML + "node":
                yield from counts.node(element.get("id", ""), data.get("label", ""))
                if not 1 <= float(data.get("size", "nan")) <= 100:
                    yield f"node {element.get('id')} of size {data.get('size', 'none')}; use 1 to 100"
            else:
                yield from counts.edge(element, element.get("label", ""), data.get("weight", ""))
            element.clear()
        elif element.tag == GRAPHML + "graph" and element.get("edgedefault") != "directed":
            yield "graph that is not directed"
    have = set(keys.values())
    yield from (f"no key {name} for {d}" for d, names in NEEDED.items() for name in names if (d, name) not in have)
    yield from counts.repeated()


def _key(element: ElementTree.Element, keys: dict[str, tuple[str, str]]) -> Iterator[str]:
    identifier, name, domain = (element.get(a, "") for a in ("id", "attr.name", "for"))
    if identifier.lower() in (known.lower() for known in keys):
        yield f"key id {identifier} used twice"
    if (domain, name) in keys.values():
        yield f"attribute {name} of {domain} declared twice: igraph refuses the file"
    if element.get("attr.type") not in KINDS:
        yield f"attribute {name} of type {element.get('attr.type')}"
    if name.lower() in RESERVED or (name != name.lower() and name.lower() in CASED):
        yield f"attribute {name}: Gephi keeps this name to itself"
    keys[identifier] = (domain, name)


def _gexf(source: IO[bytes]) -> Iterator[str]:
    counts = _Counts(Counter(), Counter(), Counter())
    for event, element in ElementTree.iterparse(source, ("start", "end")):
        if event == "start":
            if element.tag == GEXF + "graph":
                wanted = {"mode": "dynamic", "timeformat": "date", "defaultedgetype": "directed"}
                yield from (f"graph without {k}={v!r}" for k, v in wanted.items() if element.get(k) != v)
            continue
        if element.tag == GEXF + "spell" and date(element.get("timestamp")) is None:
            yield f"spell at {element.get('timestamp')}, which is no date"
        elif element.tag == GEXF + "node":
            yield from counts.node(element.get("id", ""), element.get("label", ""))
            for part in ("size", "position", "color"):
                if element.find(VIZ + part) is None:
                    yield f"node {element.get('id')} without viz:{part}"
            element.clear()
        elif element.tag == GEXF + "edge":
            yield from counts.edge(element, element.get("kind", ""), element.get("weight", ""))
            element.clear()
    yield from counts.repeated()
