"""``graphbuild query`` answers SPARQL in four forms and explains what is wrong with a question."""

import gzip
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
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


ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(9)) + " }"


@pytest.fixture
def crowd(tmp_path: Path) -> Path:
    path = tmp_path / "crowd.nt"
    path.write_text("".join(f"<a:{i}> <a:knows> <a:{(i * 7) % 100}> .\n" for i in range(100)))
    return path


@pytest.fixture
def server() -> Iterator[http.server.HTTPServer]:
    """Counts what it is asked."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *_: object) -> None: ...

    asked: list[str] = []
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.asked = asked  # type: ignore[attr-defined]
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ service silent<{0}>{{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s ?p ?o FILTER(?s<?o)SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s ?p 'it''s' # <\n SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
    ],
)
def test_service_is_refused_unless_allowed(run: Run, graph: Path, server: http.server.HTTPServer, query: str) -> None:
    result = run("query", graph, query.format(f"http://127.0.0.1:{server.server_port}/sparql"))
    assert result.exit_code == 1 and result.stderr.count("\n") == 1
    assert server.asked == []  # type: ignore[attr-defined]


def test_service_may_be_allowed(run: Run, graph: Path, server: http.server.HTTPServer) -> None:
    query = f"SELECT * {{ SERVICE <http://127.0.0.1:{server.server_port}/sparql> {{ ?s ?p ?o }} }}"
    assert "404" in run("query", graph, query, "--allow-service").stderr
    assert server.asked  # type: ignore[attr-defined]


def test_service_in_a_text_or_name_is_none(run: Run, graph: Path) -> None:
    query = "SELECT ?service { ?service gb:hosted ?o FILTER(?o != 'SERVICE <x:y> {}') } # SERVICE"
    assert run("query", graph, query).exit_code == 0


def test_a_query_may_name_the_graphs_it_asks(run: Run, tmp_path: Path) -> None:
    (tmp_path / "g.trig").write_text("<a:one> { <a:a> <a:p> 1 } <a:two> { <a:b> <a:p> 2 } <a:c> <a:p> 3 .")

    def values(query: str) -> list[str]:
        return run("query", tmp_path / "g.trig", query, "--to", "csv").stdout.split()[1:]

    assert sorted(values("SELECT ?o { ?s <a:p> ?o }")) == ["1", "2", "3"]
    assert values("SELECT ?o FROM <a:one> { ?s <a:p> ?o }") == ["1"]
    assert values("SELECT ?o FROM NAMED <a:two> { GRAPH ?g { ?s <a:p> ?o } }") == ["2"]
    assert values("SELECT ?o FROM <a:none> { ?s <a:p> ?o }") == []


def test_a_query_that_takes_too_long_is_ended(run: Run, crowd: Path) -> None:
    started = time.monotonic()
    result = run("query", crowd, ENDLESS, "--timeout", "1.5")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: query: no answer in 1.5 s; ask for less, or allow more with --timeout\n"
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("to", ["table", "csv", "json", "ttl"])
def test_more_rows_than_asked_for_are_not_printed(run: Run, crowd: Path, to: str) -> None:
    query = ("CONSTRUCT { ?s ?p ?o } " if to == "ttl" else "SELECT * ") + "{ ?s ?p ?o }"
    result = run("query", crowd, query, "--to", to, "--rows", "10")
    assert result.exit_code == 3 and "only the first 10 rows are shown; --rows N shows more" in result.stderr
    assert result.stdout.count("knows") == 10
    assert run("query", crowd, query, "--to", to).exit_code == 0


def test_a_query_that_breaks_the_engine_is_one_line(run: Run, graph: Path) -> None:
    for query in (
        "SELECT * " + "{" * 20_000 + "}" * 20_000,
        "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    ):
        result = run("query", graph, query)
        assert result.exit_code == 1 and result.stderr.startswith("Error: query") and result.stderr.count("\n") == 1


def test_ctrl_c_ends_a_query_at_once(crowd: Path) -> None:
    command = [sys.executable, "-m", "graphbuild", "query", str(crowd), ENDLESS]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True) as process:
        time.sleep(2.5)
        started = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(10) == 130
        assert time.monotonic() - started < 2


def test_json_holds_every_kind_of_term(run: Run, tmp_path: Path) -> None:
    (tmp_path / "g.ttl").write_text('<a:a> <a:p> "x"@en , 1 , "y" , _:b , <<( <a:a> <a:b> <a:c> )>> .')
    answer = json.loads(run("query", tmp_path / "g.ttl", "SELECT ?o ?no { ?s ?p ?o }", "--to", "json").stdout)
    found = sorted(
        (row["o"]["type"], row["o"].get("xml:lang") or row["o"].get("datatype", ""))
        for row in answer["results"]["bindings"]
    )
    assert found == [
        ("bnode", ""), ("literal", ""), ("literal", "en"),
        ("literal", "http://www.w3.org/2001/XMLSchema#integer"), ("triple", ""),
    ]  # fmt: skip
    assert run("query", tmp_path / "g.ttl", "ASK {}", "--to", "json").stdout == '{"head": {}, "boolean": true}\n'
