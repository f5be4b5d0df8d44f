"""``graphbuild build`` writes all outputs or none, names what it skipped, and says so by its exit code."""

import json
from pathlib import Path
from typing import Any

import pytest

from graphbuild import pipeline
from graphbuild import run as running
from graphbuild.errors import ModelError

from .conftest import Run

pytestmark = pytest.mark.usefixtures("meetings")


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = Path("news")
    folder.mkdir()
    (folder / "a.txt").write_text("Ann met Bob.")
    (folder / "b.txt").write_text("Cid met Dan.")
    return folder


def test_without_o_a_turtle_and_a_graphml_file_are_written(run: Run, news: Path) -> None:
    result = run("build", news)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "gb:met" in Path("graph.ttl").read_text()
    assert "<graphml" in Path("graph.graphml").read_text()


def test_the_summary_goes_to_standard_error(run: Run, news: Path) -> None:
    (news / "c.txt").write_text("Ann met Bob.")
    lines = [line.split() for line in run("build", news, "-o", "g.ttl").stderr.splitlines()]
    assert lines[0][:2] == ["Note:", "news/c.txt:"]
    assert lines[1] == ["Articles", "2", "1", "repeated"]
    assert lines[2] == ["Entities", "4", "4", "Person"]
    assert lines[3] == ["Statements", "2", "2", "Fact"]
    assert lines[4] == ["Written", "g.ttl"]
    assert lines[5][0] == "Seconds"


def test_quiet_says_nothing(run: Run, news: Path) -> None:
    assert run("build", news, "-o", "g.ttl", "--quiet").output == ""


def test_a_dash_writes_to_standard_output(run: Run, news: Path) -> None:
    result = run("build", news / "a.txt", "-o", "-", "--to", "turtle", "-q")
    assert "gb:met" in result.stdout
    assert not Path("graph.ttl").exists()


def test_to_alone_names_the_file(run: Run, news: Path) -> None:
    assert run("build", news, "--to", "ntriples").exit_code == 0
    assert Path("graph.nt").exists()


def test_standard_input_is_an_article(run: Run, news: Path) -> None:
    assert run("build", "-", "-o", "g.nt", input="Eve met Fay.").exit_code == 0
    assert "Eve" in Path("g.nt").read_text()


def test_skipped_articles_are_named_and_the_rest_is_written(run: Run, news: Path) -> None:
    (news / "empty.txt").write_text("")
    (news / "fails.txt").write_text("Please fail here.")
    result = run("build", news, "missing.txt", "-o", "g.ttl", "-q")
    assert result.exit_code == 3
    assert sorted(result.stderr.splitlines()) == [
        "Skipped: missing.txt: no such file or folder; check the path",
        "Skipped: news/empty.txt: empty file; nothing to read",
        "Skipped: news/fails.txt: ValueError: told to fail",
    ]
    assert "Ann" in Path("g.ttl").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.txt"], "missing.txt: no such file or folder; check the path"),
        (
            ["."],
            ".: no articles in this folder; it needs files named .txt, .md, .markdown, .html, .htm, .jsonl, .ndjson",
        ),
        (["fails"], "no article could be read; first fails: ValueError: told to fail"),
        (["news", "-o", "no/g.ttl"], "no/g.ttl: folder no does not exist; create it first"),
        (["news", "-o", "g.ttl", "--base", "kg"], "--base kg: must be an http(s) address that ends in /, like https://example.org/kg/"),
    ],
)  # fmt: skip
def test_failures_are_one_line_and_write_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if arguments == ["fails"]:
        Path("fails").write_text("Please fail here.")
    result = run("build", *arguments)
    errors = [line for line in result.stderr.splitlines() if not line.startswith("Skipped")]
    assert (result.exit_code, result.stdout, errors) == (1, "", [f"Error: {message}"])
    assert not list(tmp_path.glob("graph.*"))


def test_an_unknown_suffix_is_refused_before_the_work(run: Run, news: Path) -> None:
    result = run("build", news, "-o", "g.doc")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: g.doc: no format has this suffix; use one of ")


def test_usage_errors_have_their_own_code(run: Run) -> None:
    assert run("build").exit_code == 2
    assert run("build", "x", "--assert", "plan").exit_code == 2
    assert run("bild").exit_code == 2


def test_a_traceback_is_shown_only_on_demand(run: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ModelError("model x: not installed;\ninstall it")

    monkeypatch.setattr(running, "extract", broken)
    assert run("build", news).stderr == "Error: model x: not installed; install it\n"
    assert isinstance(run("build", news, "--debug").exception, ModelError)


def test_a_fault_of_ours_is_one_line_too(run: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(pipeline, "assemble", broken, raising=False)
    result = run("build", news)
    assert (result.exit_code, result.stderr) == (1, "Error: unexpected ZeroDivisionError: oops; --debug shows where\n")


def test_an_interrupted_run_leaves_the_old_file(run: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    Path("graph.ttl").write_text("old")
    monkeypatch.setattr(pipeline, "assemble", interrupted, raising=False)
    result = run("build", news)
    assert (result.exit_code, result.stderr) == (130, "interrupted; no file was changed\n")
    assert sorted(path.name for path in Path().iterdir()) == ["graph.ttl", "news"]
    assert Path("graph.ttl").read_text() == "old"


def test_the_order_of_inputs_does_not_matter(run: Run, news: Path) -> None:
    run("build", news / "a.txt", news / "b.txt", "-o", "one.ttl", "-o", "one.graphml")
    run("build", news / "b.txt", news / "a.txt", "-o", "two.ttl", "-o", "two.graphml")
    assert Path("one.ttl").read_bytes() == Path("two.ttl").read_bytes()
    assert Path("one.graphml").read_bytes() == Path("two.graphml").read_bytes()


def test_json_lines_are_read_with_their_metadata(run: Run, news: Path) -> None:
    Path("a.jsonl").write_text(
        json.dumps({"text": "Gus met Hal.", "date": "2031-05-02", "url": "https://example.org/g"})
    )
    assert run("build", "a.jsonl", "-o", "g.ttl").exit_code == 0
    assert "2031-05-02" in Path("g.ttl").read_text()
