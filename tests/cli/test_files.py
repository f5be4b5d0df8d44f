"""Files under fire: no input is written over, nothing half written stays, whatever ends the program."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graphbuild import KnowledgeGraph, export
from graphbuild.cli import one_line
from graphbuild.model import Entity, EntityType

from .conftest import Run

PARTS = """
import sys, time
from pathlib import Path
from graphbuild.export.target import write_files
def slow(file):
    file.write(b"half")
    file.flush()
    print("begun", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Ann met Bob.")
    return tmp_path


def parts(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(".part")]


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "a.txt", "-o", "a.txt", "--to", "turtle"],
        ["build", ".", "-o", "a.txt", "--to", "turtle"],
        ["build", "a.txt", "-o", "link.ttl"],
        ["build", "a.txt", "-o", "hard.ttl"],
        ["build", "a.txt", "--decisions", "d-nodes.csv", "-o", "d.csv"],
        ["build", "a.txt", "--actors", "d-nodes.csv", "-o", "d-nodes.csv", "--to", "turtle"],
        ["export", "g.ttl", "-o", "./g.ttl"],
        ["resolve", "g.ttl", "-o", "g.ttl"],
        ["explain", "a.txt", "--html", "a.txt"],
    ],
)
def test_an_output_named_like_an_input_is_refused(run: Run, here: Path, meetings: None, arguments: list[str]) -> None:
    Path("link.ttl").symlink_to("a.txt")
    os.link("a.txt", "hard.ttl")
    Path("d-nodes.csv").write_text("decision,one,other\n")
    export.write(KnowledgeGraph([Entity("ann", EntityType.PERSON, "Ann")]), "g.ttl")
    before = {path.name: path.read_bytes() for path in here.iterdir()}
    result = run(*arguments)
    assert result.exit_code == 1 and "is an input; name another file" in result.stderr
    assert {path.name: path.read_bytes() for path in here.iterdir()} == before


def test_a_page_that_was_written_before_is_no_input(run: Run, here: Path, meetings: None) -> None:
    for _ in range(2):
        result = run("build", ".", "-o", "graph.html")
        assert result.exit_code == 0, result.stderr
    assert "Note: graph.html: a graph and no article; left out" in result.stderr


def test_what_is_half_written_is_gone_after_sigterm(run: Run, here: Path) -> None:
    program = f"""{PARTS}
import click, graphbuild.cli.relations as relations
from graphbuild.cli import main
relations.command.callback = lambda **_: write_files([(Path("x.ttl"), slow)])
main(["relations"])
"""
    Path("x.ttl").write_text("old")
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"begun\n"
        assert parts(here)
        process.terminate()
        assert process.wait(5) == 143
        assert process.stderr is not None and process.stderr.read() == b"terminated; no file was changed\n"
    assert not parts(here) and Path("x.ttl").read_text() == "old"


def test_what_a_killed_run_left_is_removed_by_the_next(run: Run, here: Path, meetings: None) -> None:
    program = f'{PARTS}write_files([(Path("x.ttl"), slow)])'
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"begun\n"
        assert run("build", "a.txt", "-o", "x.ttl").exit_code == 0
        assert parts(here), "the part of a run that lives is left alone"
        process.kill()
    Path(".x.ttl.mine.part").write_text("somebody's own")
    assert run("build", "a.txt", "-o", "x.ttl").exit_code == 0
    assert parts(here) == [".x.ttl.mine.part"]


def test_an_explanation_is_written_whole_or_not_at_all(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    Path("x.html").write_text("old")
    monkeypatch.setattr(os, "fsync", broken)
    result = run("explain", "Norway hosted Iceland.", "--html", "x.html")
    assert result.exit_code == 1 and "x.html: cannot be written (No space left on device)" in result.stderr
    assert Path("x.html").read_text() == "old" and not parts(here)


@pytest.mark.parametrize("words", ["Norway hosted Iceland. " * 30, "Örebro mötte Åbo. " * 13, "Who/what\0 is it?"])
def test_a_sentence_may_be_longer_than_a_file_name(run: Run, here: Path, words: str) -> None:
    assert run("explain", words).exit_code == 0


def test_a_message_cannot_speak_to_the_terminal() -> None:
    assert one_line("a\x1b[31m\n  b\x07 ü") == "a\ufffd[31m b\ufffd ü"
