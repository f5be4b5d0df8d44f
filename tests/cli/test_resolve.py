"""graphbuild resolve, and build with what was decided."""

from pathlib import Path

import pytest

from graphbuild import KnowledgeGraph
from graphbuild.model import Entity, EntityType, Mention

from .conftest import Run


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    names = ("Ana Ruiz", "Ruiz")
    people = [
        Entity(name.lower().replace(" ", "-"), EntityType.PERSON, name, mentions=(Mention("a", 0, 4, name, "name"),))
        for name in names
    ]
    path = tmp_path / "people.ttl"
    KnowledgeGraph(people).save(path)
    return path


def test_near_merges_are_printed(run: Run, graph: Path) -> None:
    result = run("resolve", graph)
    assert result.exit_code == 0
    assert result.stdout == "0.40  Ana Ruiz ≠ Ruiz  a lone surname\n"


def test_the_list_is_written_as_csv(run: Run, graph: Path) -> None:
    assert run("resolve", graph, "-o", "same.csv").stdout == ""
    assert Path("same.csv").read_text(encoding="utf-8").splitlines() == [
        "decision,one,other,one_article,other_article,now,doubt,why",
        ",Ana Ruiz,Ruiz,,,different,0.4,a lone surname",
    ]


def test_a_file_that_is_no_graph_is_named(run: Run) -> None:
    result = run("resolve", "none.ttl")
    assert result.exit_code == 1
    assert "none.ttl" in result.stderr


def test_a_faulty_decisions_file_stops_the_build(run: Run) -> None:
    Path("same.csv").write_text("decision,one,other\nsame,A,\n", encoding="utf-8")
    Path("a.txt").write_text("Norway hosted Iceland.", encoding="utf-8")
    result = run("build", "a.txt", "--decisions", "same.csv", "-o", "g.ttl")
    assert result.exit_code == 1
    assert "same.csv: line 2" in result.stderr
    assert not Path("g.ttl").exists()
