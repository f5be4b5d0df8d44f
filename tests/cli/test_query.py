"""``graphbuild query`` answers SPARQL in four forms and explains what is wrong with a question."""

import gzip
import json
from pathlib import Path

import pytest

from .conftest import Run

TURTLE = """\
@prefix gb: <https://w3id.org/graphbuild/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix entity: <https://example.org/kg/entity/> .
entity:ann gb:hosted entity:bob ; rdfs:label "Ann"@en .
entity:bob rdfs:label "Bob, the guest"@en .
"""
HOSTED = "SELECT ?who ?name { ?who gb:hosted/rdfs:label ?name }"


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    path.write_text(TURTLE)
    return path


def test_a_table_is_the_default_and_shortens_iris(run: Run, graph: Path) -> None:
    result = run("query", graph, HOSTED)
    assert [line.strip(" │┃").split() for line in result.stdout.splitlines()[1::2]] == [
        ["who", "┃", "name"],
        ["entity:ann", "│", "Bob,", "the", "guest"],
    ]
    assert result.stderr == "1 row\n"


def test_csv_and_json(run: Run, graph: Path) -> None:
    iri = "https://example.org/kg/entity/ann"
    assert run("query", graph, HOSTED, "--to", "csv").stdout.split() == ["who,name", f'{iri},"Bob,', "the", 'guest"']
    bindings = json.loads(run("query", graph, HOSTED, "--to", "json").stdout)["results"]["bindings"]
    assert bindings[0]["who"] == {"type": "uri", "value": iri}


def test_construct_gives_turtle(run: Run, graph: Path) -> None:
    result = run("query", graph, "CONSTRUCT { ?b gb:hostedBy ?a } WHERE { ?a gb:hosted ?b }")
    assert result.stdout == (
        "@prefix entity: <https://example.org/kg/entity/> .\n"
        "@prefix gb: <https://w3id.org/graphbuild/ns#> .\n\n"
        "entity:bob gb:hostedBy entity:ann .\n"
    )


def test_ask_gives_yes_or_no(run: Run, graph: Path) -> None:
    assert run("query", graph, "ASK { entity:ann gb:hosted entity:bob }").stdout == "yes\n"
    assert run("query", graph, "ASK { entity:bob gb:hosted entity:ann }").stdout == "no\n"


def test_a_query_may_come_from_a_file(run: Run, graph: Path, tmp_path: Path) -> None:
    (tmp_path / "who.rq").write_text(HOSTED)
    assert run("query", graph, tmp_path / "who.rq").exit_code == 0


def test_compressed_graphs_and_other_formats_are_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "g.ttl.gz").write_bytes(gzip.compress(TURTLE.encode()))
    (tmp_path / "g.nt").write_text("<a:ann> <https://w3id.org/graphbuild/ns#hosted> <a:bob> .\n")
    for name in ("g.ttl.gz", "g.nt"):
        assert run("query", tmp_path / name, "ASK { ?a gb:hosted ?b }").stdout == "yes\n"


def test_errors_name_the_file_and_the_cure(run: Run, graph: Path, tmp_path: Path) -> None:
    def error(*arguments: object) -> str:
        result = run("query", *arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        return result.stderr.replace(str(tmp_path), "DIR")

    (tmp_path / "bad.ttl").write_text("this is not Turtle")
    (tmp_path / "g.graphml").write_text("<graphml/>")
    assert error(tmp_path / "no.ttl", HOSTED) == (
        "Error: DIR/no.ttl: cannot be read (No such file or directory); check the path\n"
    )
    assert error(tmp_path / "g.graphml", HOSTED) == (
        "Error: DIR/g.graphml: not an RDF file; ask one that ends in .ttl, .nt, .nq, .trig, .jsonld, .rdf\n"
    )
    assert error(graph, tmp_path / "no.rq") == (
        "Error: DIR/no.rq: cannot be read (No such file or directory); name a file that holds a query\n"
    )
    assert error(tmp_path / "bad.ttl", HOSTED).startswith("Error: DIR/bad.ttl: not valid RDF (")
    assert error(graph, "SELECT ?who {\n  ?who ?what") == (
        "Error: query, line 2, column 13: not valid SPARQL after ' ?who ?what'; mend it there\n"
    )
    assert error(graph, "ASK { ?a no:such ?b }") == (
        "Error: query, line 1, column 17: a prefix without PREFIX line after 'ASK { ?a no:such'; mend it there\n"
    )
    assert error(graph, "") == "Error: query, line 1, column 1: not valid SPARQL after ''; mend it there\n"


def test_a_form_that_does_not_fit_the_question_is_a_usage_error(run: Run, graph: Path) -> None:
    assert run("query", graph, HOSTED, "--to", "ttl").exit_code == 2
    assert run("query", graph, "DESCRIBE entity:ann", "--to", "csv").exit_code == 2
    assert run("query", graph, "ASK {}", "--to", "csv").exit_code == 2
