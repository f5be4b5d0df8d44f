"""Graphs that others wrote: what is wrong with them is one line, and nothing of theirs runs anywhere."""

import csv
import gzip
import io
import re
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from graphbuild import KnowledgeGraph
from graphbuild.errors import OntologyError, QueryError
from graphbuild.export import read, write, write_all
from graphbuild.export.validation import check
from graphbuild.graph.vocabulary import Vocabulary
from graphbuild.model import Document, Entity, EntityType, Evidence, Mention, Statement, Status
from graphbuild.ontology import Relation, turtle

PREFIXES = """\
@prefix gb: <https://w3id.org/graphbuild/ns#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix e: <https://example.org/kg/entity/> .
@prefix s: <https://example.org/kg/statement/> .
@prefix a: <https://example.org/kg/article/> .
e:ann a gb:Person ; rdfs:label "Ann"@en .
e:bob a gb:Person ; rdfs:label "Bob"@en .
"""
GOOD = "s:1 a gb:Statement ; rdf:subject e:ann ; rdf:predicate gb:met ; rdf:object e:bob"
RDF_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:gb="https://w3id.org/graphbuild/ns#">'


def fault(path: Path) -> str:
    with pytest.raises(QueryError) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ") and "\n" not in message and len(message) < 900
    return message


@pytest.mark.parametrize(
    ("turtle", "subject", "what"),
    [
        (f"{GOOD} ; gb:status gb:Truth .", "statement/1", "gb:status gb:Truth, which is none of Fact, Report"),
        (f'{GOOD} ; gb:status "Fact" .', "statement/1", "gb:status Fact, which is none of"),
        (f"{GOOD} ; gb:polarity <x:y> .", "statement/1", "gb:polarity x:y"),
        (f"{GOOD} ; gb:certainty gb:Maybe .", "statement/1", "gb:certainty gb:Maybe"),
        (f"{GOOD} ; gb:tense gb:Fact .", "statement/1", "gb:tense gb:Fact"),
        (f"{GOOD} ; gb:status gb:Fact , gb:Claim .", "statement/1", "two values of gb:status"),
        (f"{GOOD} , e:ann .", "statement/1", "two values of rdf:object"),
        (f"{GOOD} ; gb:confidence 'nan' .", "statement/1", "gb:confidence nan"),
        (f"{GOOD} ; gb:confidence 'inf' .", "statement/1", "gb:confidence inf"),
        (f"{GOOD} ; gb:confidence 'very' .", "statement/1", "gb:confidence very"),
        (f"{GOOD} ; gb:confidence -0.5 .", "statement/1", "no number from 0 to 1"),
        (f"{GOOD} ; gb:confidence 1.5 .", "statement/1", "no number from 0 to 1"),
        (f"{GOOD} ; gb:confidence '{'9' * 5000}' .", "statement/1", "no number from 0 to 1"),
        (f"{GOOD} ; gb:time 'soon' .", "statement/1", "gb:time soon, which is no date"),
        (f"{GOOD} ; gb:content s:1 .", "statement/1", "contents in a circle"),
        (f"{GOOD} ; gb:content s:2 . s:2 a gb:Statement ; gb:content s:1 .", "statement/", "contents in a circle"),
        (f"{GOOD} ; gb:content s:2 .", "statement/1", "which is no statement of the file"),
        (f"{GOOD} ; prov:wasDerivedFrom <http://x/> .", "statement/1", "no place in an article"),
        (f"{GOOD} ; prov:wasDerivedFrom <https://e.org/article/a#char=9,1> .", "statement/1", "no place in an article"),
        (f"{GOOD} ; prov:wasDerivedFrom <https://e.org/article/a#char=1,{'9' * 99}> .", "statement/1", "no place"),
        ("e:ann gb:mention <https://e.org/article/--#char=1,2> .", "entity/ann", "no place in an article"),
        ("s:1 a gb:Statement ; rdf:predicate gb:met ; rdf:object e:bob .", "statement/1", "no rdf:subject"),
        ("s:1 a gb:Statement ; rdf:subject e:ann ; rdf:object e:bob .", "statement/1", "no rdf:predicate"),
        ("s:1 a gb:Statement ; rdf:subject e:ann ; rdf:predicate <x:met> .", "statement/1", "rdf:predicate x:met"),
        ("s:1 a gb:Statement ; rdf:subject e:ann ; rdf:predicate gb:a%20b .", "statement/1", "which is no name in"),
        ("<http://other.org/x/ann> a gb:State .", "other.org/x/ann", "ends like"),
        ("e:ann a <https://w3id.org/graphbuild/ns#côte> .", "entity/ann", "rdf:type"),
        ("<x:r> a gb:Relation .", "x:r", "which is no name in"),
        ("gb:r a gb:Relation ; owl:inverseOf <x:y> .", "ns#r", "owl:inverseOf x:y"),
        ("gb:r a gb:Relation ; rdfs:subPropertyOf <x:y> .", "ns#r", "rdfs:subPropertyOf x:y"),
        ("gb:r a gb:Relation ; gb:contentRelation gb:met .", "ns#r", "no rdfs:subPropertyOf"),
    ],
)
def test_what_is_wrong_names_its_subject(tmp_path: Path, turtle: str, subject: str, what: str) -> None:
    (tmp_path / "a.ttl").write_text(PREFIXES + turtle, encoding="utf-8")
    message = fault(tmp_path / "a.ttl")
    assert subject in message and what in message


def test_a_foreign_class_and_an_unknown_end_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(f"{PREFIXES} <x:C> a owl:Class . {GOOD.replace('bob', 'nobody')} .")
    assert read(tmp_path / "a.ttl").entities["nobody"].type is EntityType.GROUP


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("a.rdf", '<!DOCTYPE x [<!ENTITY a "aaa">]>' + RDF_XML + "</rdf:RDF>", "document type"),
        ("a.rdf", '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">' + RDF_XML + "</rdf:RDF>", "document type"),
        ("a.rdf", RDF_XML + "<gb:A><gb:p>" * 2000 + "</gb:p></gb:A>" * 2000 + "</rdf:RDF>", "nested more than"),
        ("a.rdf", RDF_XML + "<gb:A>", "not valid"),
        ("a.ttl", "<a:a> <a:p> " + "<<( <a:a> <a:b> " * 30_000 + "<a:c>" + " )>>" * 30_000 + " .", "nested more than"),
        ("a.trig", "<a:a> <a:p> " + "<<( <a:a> <a:b> " * 30_000, "nested more than"),
        ("a.nt", "<a:a> <a:p> " + "<<( <a:a> <a:b> " * 30_000, "nested more than"),
        ("a.nq", "<a:a> <a:p> " + "<<( <a:a> <a:b> " * 30_000, "nested more than"),
        ("a.jsonld", '{"http://a/p":' * 30_000 + "1" + "}" * 30_000, "nested more than"),
        ("a.jsonld", '{"http://a/p":{"@list":[' * 30_000, "nested more than"),
        ("a.jsonld", '{"@context": "http://127.0.0.1:1/context.jsonld", "a": 1}', "not valid"),
        ("a.ttl", "@prefix a: <http://a/" + "a" * 100_000 + "> . a:b a:c a:d .", "an address of more than"),
        ("a.ttl", "\x1b[31m" * 50_000, "not valid"),
    ],
)  # fmt: skip
def test_what_would_cost_the_stack_or_the_memory_is_refused(tmp_path: Path, name: str, text: str, what: str) -> None:
    (tmp_path / name).write_text(text)
    started = time.monotonic()
    assert what in fault(tmp_path / name)
    assert check(tmp_path / name)[0].startswith("cannot be parsed")
    assert time.monotonic() - started < 10


def test_text_that_only_looks_nested_is_read(tmp_path: Path) -> None:
    words = "<< {[ " * 500
    graph = KnowledgeGraph([Entity("ann", EntityType.PERSON, words)])
    for suffix in ("ttl", "nt", "nq", "trig", "jsonld", "rdf"):
        write(graph, tmp_path / f"a.{suffix}")
        assert read(tmp_path / f"a.{suffix}").entities["ann"].label == words.strip()


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_entities_of_graph_files_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / f"a.{name}").write_text('<!DOCTYPE x [<!ENTITY a "aaa">]><x>&a;</x>')
    assert "document type" in check(tmp_path / f"a.{name}")[0]


@pytest.mark.parametrize("suffix", ["ttl.gz", "nt.zst"])
def test_a_bomb_is_refused(tmp_path: Path, suffix: str) -> None:
    data = b"<a:a> <a:b> <a:c> .\n" * 10_000_000
    zst = suffix.endswith("zst")
    packed = pytest.importorskip("zstandard").compress(data) if zst else gzip.compress(data, 1)
    (tmp_path / f"a.{suffix}").write_bytes(packed)
    assert "unpacks to more than" in fault(tmp_path / f"a.{suffix}")


@pytest.mark.parametrize("suffix", ["ttl.gz", "nt.zst"])
def test_a_damaged_file_is_named(tmp_path: Path, suffix: str) -> None:
    if suffix.endswith("zst"):
        pytest.importorskip("zstandard")
    path = tmp_path / f"a.{suffix}"
    write(KnowledgeGraph([Entity("ann", EntityType.PERSON, "Ann")]), path)
    whole = path.read_bytes()
    for damaged in (whole[:-12], whole[:30] + b"\xff" * 30 + whole[60:], b"", whole[:5]):
        path.write_bytes(damaged)
        with pytest.raises(QueryError, match=re.escape(str(path))):
            read(path)
            raise QueryError(str(path))  # an empty zst file is an empty graph


def test_a_folder_or_pipe_is_no_graph(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").mkdir()
    assert "no file but a folder" in fault(tmp_path / "a.ttl")


def test_a_file_of_relations_is_bounded_too(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text("<a:a> <a:p> " + "<<( <a:a> <a:b> " * 30_000)
    with pytest.raises(OntologyError, match="nested more than"):
        turtle.read([tmp_path / "mine.ttl"])


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["objects", "prefix", "json"])
def test_a_megabyte_costs_less_than_a_gigabyte(tmp_path: Path, kind: str) -> None:
    text = {
        "objects": PREFIXES + "e:ann a " + ",".join(f"e:{i}" for i in range(120_000)) + " .",
        "prefix": f"@prefix a: <http://a/{'a' * 1980}> . a:0 a:1 "
        + ",".join(f"a:{i:x}" for i in range(130_000))
        + " .",
        "json": '{"a:p":' * 45 + "[" + ",".join(['{"@context":{"b":"c:d"},"b":1}'] * 30_000) + "]" + "}" * 45,
    }[kind]
    path = tmp_path / ("a.jsonld" if kind == "json" else "a.ttl")
    path.write_text(text[: 2 << 20])
    program = (
        "import resource, sys; from graphbuild.export import read\n"
        "try: read(sys.argv[1])\nexcept Exception as error: print(str(error)[:200])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[-1]) < 1000, done.stdout


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "a\rb", "a\r\nb", "'; DROP", "\\", "\\u0027", "<b>&"]


def hostile() -> KnowledgeGraph:
    entities = [Entity(f"e{i}", EntityType.PERSON, f"{text} {i}", (text,)) for i, text in enumerate(HOSTILE)]
    entities.append(
        Entity("constructor", EntityType.PERSON, "constructor", mentions=(Mention("constructor", 0, 1, "", ""),))
    )
    entities.append(Entity("__proto__", EntityType.PERSON, "__proto__"))
    said = [
        Statement(f"e{i}", "met" if i % 2 else "constructor", "constructor", cue=text, role=text, pattern=text,
                  source=f"e{i}", confidence=float("nan"), evidence=(Evidence("constructor", 0, 3, text),))
        for i, text in enumerate(HOSTILE)
    ]  # fmt: skip
    labels = {
        "met": Relation("met", "=met\r\x00</text>", plover="'\x00"),
        "constructor": Relation("constructor", "\u2028`x`"),
    }
    documents = [Document("constructor", "", (), "=1+1", publisher="@x")]
    return KnowledgeGraph(entities, said, documents, Vocabulary(labels))


def test_cells_are_no_formulas_and_rows_stay_rows(tmp_path: Path) -> None:
    graph = hostile()
    for path in write_all(graph, [(tmp_path / "csv", "csv"), (tmp_path / "neo4j", "neo4j")]):
        if path.suffix != ".csv":
            continue
        data = path.read_text(encoding="utf-8")
        for reader in (io.StringIO(data, newline=""), io.StringIO(data.replace("\r", "\n"), newline="")):
            rows = list(csv.reader(reader))
            assert len({len(row) for row in rows}) == 1, path
            assert not [
                c for row in rows for c in row if len(c) > 1 and c[0] in "=+-@\t\r\n＝＋－＠" and not _number(c)
            ], path


def _number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+\.\d+(e-?\d+)?", cell) is not None


def test_cypher_is_one_statement_a_line(tmp_path: Path) -> None:
    write(hostile(), tmp_path / "a.cypher")
    for line in (tmp_path / "a.cypher").read_bytes().decode().split("\n")[1:-1]:
        bare = re.sub(r"'(?:[^'\\]|\\.)*'", "''", line)
        assert re.fullmatch(r"(?:MERGE|MATCH) [^'\\]*(?:''[^'\\]*)*;", bare), line
        assert bare.count(";") == 1 and "DROP" not in bare and "\r" not in line


@pytest.mark.parametrize("suffix", ["graphml", "gexf", "svg"])
def test_xml_stays_xml(tmp_path: Path, suffix: str) -> None:
    write(hostile(), tmp_path / f"a.{suffix}")
    tree = ElementTree.parse(tmp_path / f"a.{suffix}")
    assert not [element for element in tree.iter() if element.tag.endswith("script") or "onload" in element.attrib]


def test_a_confidence_that_is_no_number_counts_nothing() -> None:
    said = KnowledgeGraph(
        [],
        [Statement("a", "met", "b", confidence=float(word), status=Status.CLAIM, cue=word) for word in ("nan", "inf")],
    )
    assert [s.confidence for s in said] == [0.0]
