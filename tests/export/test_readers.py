"""The programs that people open the files with: each reads every graph, with equal counts, if it is installed."""

import csv
import json
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from graphbuild.export import Options, scene, write, write_all
from graphbuild.export.reading import SUFFIXES
from graphbuild.export.validation import check

RDF = [suffix[1:] for suffix in SUFFIXES]
RDFLIB = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "jsonld": "json-ld", "rdf": "xml"}
RAPPER = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "trig": "trig", "rdf": "rdfxml"}


def run(program: str, *arguments: object, **more) -> subprocess.CompletedProcess[str]:
    """Run a reader, or skip the test."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=60, **more)


@pytest.fixture
def save(any_graph, tmp_path):
    """Writes the graph in a format and gives the path."""

    def save(suffix: str, **options) -> Path:
        path = tmp_path / f"a.{suffix}"
        write(any_graph, path, options=Options(**options))
        return path

    return save


@pytest.fixture
def counts(any_graph) -> tuple[int, int]:
    """How many nodes and edges a drawing of the graph has."""
    return len(any_graph.entities), len(list(scene.edges(any_graph)))


# --- RDF ----------------------------------------------------------------------------------------------------------


def triples(path: Path) -> int:
    return len({(q.subject, q.predicate, q.object) for q in ox.parse(path=str(path))})


@pytest.mark.parametrize("suffix", RDF)
def test_every_rdf_format_says_the_same_to_oxigraph(save, suffix):
    path = save(suffix)
    format = SUFFIXES[f".{suffix}"]
    found = {(q.subject, q.predicate, q.object) for q in ox.parse(path=str(path), format=format)}
    assert found == {(q.subject, q.predicate, q.object) for q in ox.parse(path=str(save("nt")))}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("suffix", RDF)
def test_rdflib_reads_as_many_triples_and_no_faulty_literal(save, suffix):
    import rdflib

    data = rdflib.Dataset(default_union=True) if suffix in ("nq", "trig") else rdflib.Graph()
    data.parse(save(suffix), format=RDFLIB[suffix])
    assert len({(s, p, o) for s, p, o, *_ in data}) == triples(save("nt"))
    assert not any(isinstance(o, rdflib.Literal) and o.ill_typed for _, _, o, *_ in data)


@pytest.mark.parametrize("suffix", sorted(RAPPER))
def test_rapper_reads_as_many_triples_without_a_warning(save, suffix):
    path = save(suffix)
    done = run("rapper", "-c", "-i", RAPPER[suffix], path)
    count = re.search(r"returned (\d+) triples", done.stderr)
    assert done.returncode == 0 and "arning" not in done.stderr, done.stderr
    quads = sum(1 for _ in ox.parse(path=str(path), format=SUFFIXES[f".{suffix}"]))
    assert count and int(count[1]) == quads


def test_roqet_answers_a_query(save, any_graph):
    query = "SELECT ?s WHERE { ?s a <https://w3id.org/graphbuild/ns#Statement> }"
    done = run("roqet", "-r", "csv", "-D", save("ttl"), "-e", query)
    contents = len({id(s.content) for s in any_graph if s.content})
    assert done.returncode == 0 and max(0, len(done.stdout.split()) - 1) == len(any_graph) + contents, done.stderr


def test_no_blank_node_and_only_plain_iris(save):
    for quad in ox.parse(path=str(save("nt"))):
        for term in (quad.subject, quad.predicate, quad.object):
            assert not isinstance(term, ox.BlankNode)
            if isinstance(term, ox.NamedNode):
                assert re.fullmatch(r"[!-~]*[^.]", term.value) and not re.search(r'[<>"{}|\\^`\s]', term.value)


def test_each_article_has_a_named_graph(graph, tmp_path):
    write(graph, tmp_path / "a.nq")
    store = ox.Store()
    store.load(path=str(tmp_path / "a.nq"))
    assert sorted(str(name) for name in store.named_graphs()) == [
        "<https://example.org/kg/article/summit>",
        "<https://example.org/kg/article/treaty>",
    ]
    met = "ASK { GRAPH <https://example.org/kg/article/treaty> { ?s <https://w3id.org/graphbuild/ns#met> ?o } }"
    assert store.query(met)


# --- drawings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_gephis_rules_are_kept(save, suffix):
    assert check(save(suffix, negations=True)) == []


@pytest.mark.parametrize("suffix", ["graphml", "gexf", "rdf", "svg"])
def test_xmllint_finds_nothing(save, suffix):
    done = run("xmllint", "--noout", save(suffix))
    assert (done.returncode, done.stderr) == (0, "")


def test_networkx_reads_graphml(save, counts):
    networkx = pytest.importorskip("networkx")
    found = networkx.read_graphml(save("graphml"), force_multigraph=True, edge_key_type=str)
    assert (len(found), found.number_of_edges()) == counts


def test_networkx_reads_gexf_and_node_link_json(save, counts):
    networkx = pytest.importorskip("networkx")
    found = networkx.read_gexf(save("gexf"), version="1.3")
    assert (len(found), found.number_of_edges()) == counts
    found = networkx.node_link_graph(json.loads(save("json").read_text("utf-8")), edges="edges")
    assert (len(found), found.number_of_edges()) == counts


def test_igraph_reads_graphml(save, counts):
    igraph = pytest.importorskip("igraph")
    found = igraph.Graph.Read_GraphML(str(save("graphml")))
    assert (found.vcount(), found.ecount()) == counts


def test_graphviz_reads_graphml(save, counts, tmp_path):
    done = run("graphml2gv", save("graphml"))
    assert done.returncode == 0, done.stderr
    (tmp_path / "a.gv").write_text(done.stdout)
    count = run("gc", "-n", "-e", tmp_path / "a.gv").stdout.split()[:2]
    assert tuple(map(int, count)) == counts


def test_gephi_lites_readers_read_graphml_and_gexf(save, counts):
    """What Gephi Lite does on opening: npm's graphology-graphml and graphology-gexf, found through NODE_PATH."""
    if run("node", "-e", "require('graphology'); require('graphology-gexf'); require('graphology-graphml')").returncode:
        pytest.skip("npm's graphology, graphology-gexf and graphology-graphml are not installed (or not in NODE_PATH)")
    for suffix in ("graphml", "gexf"):
        done = run("node", "-e", GEPHI_LITE, save(suffix))
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == {"order": counts[0], "size": counts[1], "bad": []}


GEPHI_LITE = """
const Graph = require("graphology"), fs = require("fs"), file = process.argv[1], text = fs.readFileSync(file, "utf8");
const options = { allowUndeclaredAttributes: true, addMissingNodes: true };
const graph = require(file.endsWith("gexf") ? "graphology-gexf" : "graphology-graphml").parse(Graph, text, options);
const bad = [];
graph.forEachNode((key, values) => {
  for (const name of ["label", "color", "size", "x", "y"])
    if (values[name] === undefined || Number.isNaN(values[name])) bad.push(`${key} has no ${name}`);
});
graph.forEachEdge((key, values) => { if (typeof values.weight !== "number" || !values.label) bad.push(key); });
console.log(JSON.stringify({ order: graph.order, size: graph.size, bad }));
"""


def test_text_survives_graphml_to_the_letter(hostile, tmp_path):
    write(hostile, tmp_path / "a.graphml")
    name = "{http://graphml.graphdrawing.org/xmlns}"
    labels = {
        node.get("id"): next(d.text for d in node if d.get("key") == "n_label")
        for node in ElementTree.parse(tmp_path / "a.graphml").iter(name + "node")
    }
    assert labels == {key: entity.label for key, entity in hostile.entities.items()}


# --- tables -------------------------------------------------------------------------------------------------------


def test_pandas_and_duckdb_read_the_tables(any_graph, counts, tmp_path):
    pandas, duckdb = pytest.importorskip("pandas"), pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    write_all(any_graph, [(tmp_path / "a.csv", None), (tmp_path / "a.parquet", None)])
    wanted = {"nodes": counts[0], "edges": counts[1], "statements": len(any_graph)}
    for table, count in wanted.items():
        assert len(pandas.read_csv(tmp_path / f"a-{table}.csv")) == count
        assert len(pandas.read_parquet(tmp_path / f"a-{table}.parquet")) == count
        for file in (
            f"read_csv('{tmp_path}/a-{table}.csv', header=true, all_varchar=true)",
            f"'{tmp_path}/a-{table}.parquet'",
        ):
            assert duckdb.sql(f"SELECT count(*) FROM {file}").fetchall() == [(count,)]


def test_a_cell_that_a_spreadsheet_would_run_is_quoted(hostile, tmp_path):
    write_all(hostile, [(tmp_path / "a.csv", None)])
    rows = list(csv.DictReader((tmp_path / "a-nodes.csv").open(encoding="utf-8", newline="")))
    assert not any(row["Label"].startswith(("=", "+", "@")) for row in rows)


def test_neo4j_gets_headers_labels_and_types(graph, tmp_path):
    write_all(graph, [(tmp_path / "neo", "neo4j")])
    nodes = list(csv.DictReader((tmp_path / "neo" / "nodes.csv").open(encoding="utf-8", newline="")))
    edges = list(csv.DictReader((tmp_path / "neo" / "relationships.csv").open(encoding="utf-8", newline="")))
    assert {row[":LABEL"] for row in nodes} >= {"Entity;Person", "Entity;State"}
    assert {row[":TYPE"] for row in edges} >= {"MET", "OFFERED_TO_HOST", "OPEN_SAIL_TO"}
    assert {row[":START_ID"] for row in edges} <= {row["key:ID"] for row in nodes}


def test_each_cypher_statement_stands_on_one_line(hostile, tmp_path):
    write(hostile, tmp_path / "a.cypher")
    lines = (tmp_path / "a.cypher").read_text("utf-8").rstrip("\n").split("\n")
    assert len(lines) == 1 + len(hostile.entities) + len(list(scene.edges(hostile)))
    assert all(line.endswith(";") for line in lines)
