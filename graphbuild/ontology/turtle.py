"""Reading ``ontologies/*.ttl``: where the folder lies, the namespaces, and triples as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from graphbuild.errors import OntologyError
from graphbuild.ontology import parsing

PACKAGE = Path(__file__).resolve().parent.parent
GB = "https://w3id.org/graphbuild/ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
WIKIDATA = "http://www.wikidata.org/entity/"
PREFIXES = {
    "gb": GB,
    "nif": NIF,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "wd": WIKIDATA,
    "xsd": XSD,
}

Values = Mapping[str, Mapping[str, Sequence[str]]]  # subject IRI -> property IRI -> sorted values


def folder() -> Path:
    """The folder of ``core.ttl``, ``relations.ttl`` and ``actors/``.

    Raises OntologyError if it is neither inside the package (wheel) nor beside it (checkout, editable install).
    """
    for folder in (PACKAGE / "ontologies", PACKAGE.parent / "ontologies"):
        if (folder / "core.ttl").is_file():
            return folder
    raise OntologyError(f"no ontologies beside {PACKAGE}: install graphbuild again")


def read(files: Iterable[Path]) -> Values:
    """All triples of ``files`` as subject → property → sorted values. Raises OntologyError on bad Turtle."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in files:
        try:
            for quad in parsing.quads(parsing.plain(path), ox.RdfFormat.TURTLE):
                if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode | ox.Triple):
                    found[quad.subject.value][quad.predicate.value].append(quad.object.value)
        except (SyntaxError, ValueError) as error:
            raise OntologyError(f"{path}: not valid Turtle ({parsing.short(error)}); mend it there") from None
        except OSError as error:
            raise OntologyError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    return {subject: {key: sorted(set(v)) for key, v in values.items()} for subject, values in found.items()}


def is_a(row: Mapping[str, Sequence[str]], kind: str) -> bool:
    return kind in row.get(RDF + "type", ())


def local(iri: str) -> str:
    return iri.removeprefix(GB) if iri.startswith(GB) else iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
