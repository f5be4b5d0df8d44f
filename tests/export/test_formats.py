"""Every format: chosen by name or suffix, the same bytes for the same graph, written whole or not at all."""

import gzip
import os
import random
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from graphbuild import KnowledgeGraph, export
from graphbuild.errors import OutputError, QueryError
from graphbuild.export import Format, Options, find_format, formats, read, write, write_all
from graphbuild.graph.vocabulary import Vocabulary
from graphbuild.model import Entity, EntityType, Statement, Status
from graphbuild.ontology import Relation

GOLDEN = Path(__file__).parents[1] / "golden"
TEXT = ["ttl", "nt", "nq", "trig", "jsonld", "rdf", "graphml", "gexf", "json", "cypher", "svg"]
RDF = ["ttl", "nt", "nq", "trig", "jsonld", "rdf"]
NEEDS = {"parquet": "pyarrow", "png": "PIL"}


def written(graph: KnowledgeGraph, folder: Path, name: str, **options) -> dict[str, bytes]:
    """File name → bytes of one format."""
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    folder.mkdir(exist_ok=True)
    files = write_all(graph, [(folder / "graph", name)], Options(**options))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize("suffix", TEXT)
def test_golden_files_have_not_changed(graph, tmp_path, suffix, update):
    write(graph, tmp_path / f"small.{suffix}")
    found, golden = (tmp_path / f"small.{suffix}").read_text(), GOLDEN / f"small.{suffix}"
    if update:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found)
    assert found == golden.read_text(), f"{golden.name} changed; if that is meant, run pytest --update"


@pytest.mark.parametrize("name", sorted(formats()))
def test_the_same_graph_gives_the_same_bytes_in_any_order(graph, tmp_path, name):
    parts = [list(graph.entities.values()), list(graph), list(graph.documents.values())]
    for part in parts:
        random.Random(3).shuffle(part)
    again = KnowledgeGraph(*parts, graph.vocabulary)
    assert written(graph, tmp_path / "one", name) == written(again, tmp_path / "two", name)


@pytest.mark.parametrize("name", sorted(formats()))
def test_every_format_takes_every_graph(any_graph, tmp_path, name):
    files = written(any_graph, tmp_path, name, negations=True)
    assert files and (all(files.values()) or not any_graph.entities)


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path):
    program = (
        "import sys; from graphbuild.model import *; from graphbuild import KnowledgeGraph; "
        "g = KnowledgeGraph([Entity(k, EntityType.PERSON, k, (k + 'x', k + 'y')) for k in 'abcde'], "
        "[Statement(a, r, b) for a in 'abc' for r in ('met', 'hosted') for b in 'cde']); "
        "[g.save(f'{sys.argv[1]}.{s}') for s in ('ttl', 'trig', 'rdf', 'graphml', 'gexf', 'html', 'jsonld')]"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", program, str(tmp_path / seed)], check=True, env=environment)
    for suffix in ("ttl", "trig", "rdf", "graphml", "gexf", "html", "jsonld"):
        assert (tmp_path / f"1.{suffix}").read_bytes() == (tmp_path / f"2.{suffix}").read_bytes(), suffix


@pytest.mark.parametrize("suffix", [*RDF, "ttl.gz", "nq.zst"])
def test_a_graph_read_again_writes_the_same_files(any_graph, tmp_path, suffix):
    if suffix.endswith("zst"):
        pytest.importorskip("zstandard")
    write(any_graph, tmp_path / f"a.{suffix}")
    again = read(tmp_path / f"a.{suffix}")
    for name in ("b.ttl", "b.nt", "b.trig", "b.graphml", "b.gexf", "b.html"):
        write(any_graph, tmp_path / name)
        write(again, tmp_path / f"again-{name}")
        assert (tmp_path / name).read_bytes() == (tmp_path / f"again-{name}").read_bytes(), name


def test_contents_that_share_a_composed_property_keep_their_edges(tmp_path):
    relations = {"offered": Relation("offered", "offered", operator=True), "hosted": Relation("hosted", "hosted")}
    relations["offeredToHost"] = Relation("offeredToHost", "offered to host", parents=("offered",))
    composed = {("offered", "hosted"): "offeredToHost", ("offered", "open-host"): "offeredToHost"}
    people = [Entity(key, EntityType.PERSON, key) for key in ("ana", "bo", "cy")]
    said = [
        Statement("ana", "offered", content=Statement("ana", "hosted", "bo", status=Status.CLAIM)),
        Statement("ana", "offered", content=Statement("ana", "open-host", "cy", status=Status.CLAIM)),
    ]
    write(KnowledgeGraph(people, said, vocabulary=Vocabulary(relations, composed)), tmp_path / "a.ttl")
    write(read(tmp_path / "a.ttl"), tmp_path / "b.ttl")
    assert (tmp_path / "a.ttl").read_text().count("gb:offeredToHost entity:") == 1
    assert (tmp_path / "b.ttl").read_bytes() == (tmp_path / "a.ttl").read_bytes()


@pytest.mark.parametrize("name", sorted(formats()))
def test_where_an_article_lay_is_told_to_nobody(graph, tmp_path, name):
    documents = [replace(d, path=f"/home/somebody/{d.id}.txt") for d in graph.documents.values()]
    more = KnowledgeGraph(graph.entities.values(), graph, documents, graph.vocabulary)
    for content in written(more, tmp_path / "out", name).values():
        assert b"somebody" not in content


def test_the_base_begins_every_iri_and_does_not_hinder_reading(graph, tmp_path):
    write(graph, tmp_path / "a.nt", options=Options(base="https://kg.example/x/"))
    text = (tmp_path / "a.nt").read_text()
    assert "https://kg.example/x/entity/arvandia" in text and "example.org" not in text
    write(read(tmp_path / "a.nt"), tmp_path / "b.nt", options=Options(base="https://kg.example/x/"))
    assert (tmp_path / "b.nt").read_text() == text


@pytest.mark.parametrize(
    "base", ["kg/", "https://kg.example/x", "https://kg.example/x#", "https://kg.example/a b/", "file:///x/", ""]
)
def test_a_base_that_is_none_is_refused(base):
    with pytest.raises(OutputError, match="--base"):
        Options(base=base)


def test_suffix_and_name_choose_the_format():
    assert find_format("x.TTL").name == "turtle"
    assert find_format("x.graphml.gz").name == "graphml"
    assert find_format("-", "ttl").name == "turtle"
    assert find_format("x.ttl", "graphml").name == "graphml"


def test_an_unknown_suffix_or_name_is_told_what_there_is():
    with pytest.raises(OutputError, match=r"x\.doc: no format has this suffix; use one of .*\.ttl"):
        find_format("x.doc")
    with pytest.raises(OutputError, match=r"--to word: no such format; choose from .*turtle"):
        find_format("x", "word")


def test_every_format_says_what_it_is():
    assert all(isinstance(item, Format) and item.description for item in formats().values())
    suffixes = [suffix for item in formats().values() for suffix in item.suffixes]
    assert len(suffixes) == len(set(suffixes))


def test_gzip_holds_the_same_text_and_no_time(graph, tmp_path):
    for name in ("a.ttl", "a.ttl.gz", "b.ttl.gz"):
        write(graph, tmp_path / name)
    packed = (tmp_path / "a.ttl.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "a.ttl").read_bytes()
    assert packed == (tmp_path / "b.ttl.gz").read_bytes()


def test_a_format_of_several_files_goes_into_a_folder_or_beside_its_stem(graph, tmp_path):
    write_all(graph, [(tmp_path / "tables", "csv"), (tmp_path / "x.csv", None), (tmp_path / "y.csv.gz", None)])
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == ["edges.csv", "nodes.csv", "statements.csv"]
    assert (tmp_path / "x-nodes.csv").exists() and (tmp_path / "y-edges.csv.gz").exists()
    with pytest.raises(OutputError, match="several files"):
        write(graph, "-", "csv")


def test_packing_what_is_packed_is_refused(graph, tmp_path):
    with pytest.raises(OutputError, match=r"leave \.gz out"):
        write(graph, tmp_path / "a.parquet.gz")


def test_standard_output_gets_the_bytes_of_the_file(graph, tmp_path, capfdbinary):
    write(graph, tmp_path / "a.ttl")
    write(graph, "-", "turtle")
    assert capfdbinary.readouterr().out == (tmp_path / "a.ttl").read_bytes()


def _breaks(monkeypatch, error):
    def writer(graph, output, options):
        output.write(b"half")
        raise error

    broken = Format("broken", (".broken",), "fails", writer)
    known = {"broken": broken, "turtle": find_format("x.ttl")}
    monkeypatch.setattr(export, "formats", lambda: known)


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError("x")])
def test_a_failed_write_leaves_all_old_files_untouched(graph, tmp_path, monkeypatch, error):
    (tmp_path / "a.ttl").write_text("old")
    (tmp_path / "b.broken").write_text("old")
    _breaks(monkeypatch, error)
    with pytest.raises(OutputError if isinstance(error, OSError) else type(error)):
        write_all(graph, [(tmp_path / "a.ttl", None), (tmp_path / "b.broken", None)])
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.ttl": "old", "b.broken": "old"}


def test_a_full_disk_is_named(graph, tmp_path, monkeypatch):
    _breaks(monkeypatch, OSError(28, "No space left on device"))
    with pytest.raises(OutputError, match=r"b\.broken: cannot be written \(No space left on device\)"):
        write(graph, tmp_path / "b.broken")


def test_a_missing_folder_is_named(graph, tmp_path):
    with pytest.raises(OutputError, match="does not exist; create it first"):
        write(graph, tmp_path / "nowhere" / "a.ttl")


def test_a_link_is_followed_and_permissions_are_kept(graph, tmp_path):
    (tmp_path / "real.ttl").write_text("old")
    (tmp_path / "real.ttl").chmod(0o640)
    (tmp_path / "link.ttl").symlink_to(tmp_path / "real.ttl")
    write(graph, tmp_path / "link.ttl")
    assert (tmp_path / "link.ttl").is_symlink()
    assert stat.S_IMODE((tmp_path / "real.ttl").stat().st_mode) == 0o640
    assert (tmp_path / "real.ttl").read_text().startswith("@prefix")


def test_what_is_no_graph_is_refused(tmp_path):
    (tmp_path / "a.ttl").write_text("<https://x.example/a> <https://x.example/b> <https://x.example/c> .")
    (tmp_path / "b.ttl").write_text("this is no Turtle")
    for name, message in (
        ("a.ttl", "no entities"),
        ("b.ttl", "not valid"),
        ("c.ttl", "cannot be read"),
        ("d.graphml", "suffix"),
    ):
        with pytest.raises(QueryError, match=message):
            read(tmp_path / name)
