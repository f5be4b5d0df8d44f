"""``graphbuild export`` and ``graphbuild check`` work on graphs that were built before."""

from pathlib import Path

import pytest

from .conftest import Run


@pytest.fixture
def graph(run: Run, meetings: None, tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Ann met Bob.")
    assert run("build", tmp_path / "a.txt", "-o", tmp_path / "g.ttl", "-o", tmp_path / "g.graphml").exit_code == 0
    return tmp_path / "g.ttl"


def test_export_equals_writing_directly(run: Run, graph: Path, tmp_path: Path) -> None:
    result = run("export", graph, "-o", tmp_path / "h.graphml", "-o", tmp_path / "h.ttl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{tmp_path}/h.graphml written\n{tmp_path}/h.ttl written\n"
    assert (tmp_path / "h.graphml").read_bytes() == (tmp_path / "g.graphml").read_bytes()
    assert (tmp_path / "h.ttl").read_bytes() == graph.read_bytes()


def test_export_needs_a_target(run: Run, graph: Path) -> None:
    result = run("export", graph)
    assert result.exit_code == 2
    assert result.stderr.endswith("Error: nowhere to write; name a file with -o FILE\n")


def test_export_of_a_missing_graph_writes_nothing(run: Run, tmp_path: Path) -> None:
    result = run("export", tmp_path / "no.ttl", "-o", tmp_path / "h.nt")
    assert (result.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert result.stderr == f"Error: {tmp_path}/no.ttl: cannot be read (No such file or directory); check the path\n"


def test_check_counts_faults(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("graphbuild.export.validation")
    for faults, code, count in ([], 0, "0 faults"), (["edge 1: no weight"], 1, "1 fault"):
        monkeypatch.setattr("graphbuild.export.validation.check", lambda _, faults=faults: faults)
        result = run("check", "g.graphml")
        assert (result.exit_code, result.stderr) == (code, f"g.graphml: {count}\n")
        assert result.stdout.splitlines() == faults
