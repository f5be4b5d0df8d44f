"""Articles read by several processes: the same results, whatever becomes of a process."""

import time
from collections.abc import Iterator

import pytest

from graphbuild.errors import ModelError
from graphbuild.model import Document, Paragraph
from graphbuild.pipeline import Settings
from graphbuild.run import extract, processes


def article(number: int) -> Document:
    text = f"Norway hosted Iceland in Oslo on Friday. It was meeting number {number}."
    return Document(f"d{number}", text, (Paragraph(0, len(text)),))


def articles(count: int) -> Iterator[Document]:
    return map(article, range(count))


def test_several_processes_give_what_one_gives_in_the_same_order() -> None:
    assert list(extract(articles(7), jobs=2)) == list(extract(articles(7)))


def test_a_worker_that_is_killed_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    begin, killed = processes._Worker.begin, []

    def begin_and_kill(self: processes._Worker, task: processes._Task) -> None:
        begin(self, task)
        if task.document.id == "d2" and not killed:
            killed.append(self.process.pid)
            self.process.kill()

    monkeypatch.setattr(processes._Worker, "begin", begin_and_kill)
    found = list(extract(articles(5), jobs=2))
    assert killed and [e.document.id for e in found] == [f"d{n}" for n in range(5)]
    assert not any(e.error for e in found)


def test_an_article_that_kills_its_worker_twice_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = processes._Worker.begin

    def begin_and_kill(self: processes._Worker, task: processes._Task) -> None:
        begin(self, task)
        if task.document.id == "d1":
            self.process.kill()

    monkeypatch.setattr(processes._Worker, "begin", begin_and_kill)
    found = list(extract(articles(4), jobs=2))
    assert [e.error for e in found] == [None, processes.DIED, None, None]


def test_what_keeps_a_worker_from_starting_is_one_error() -> None:
    started = time.monotonic()
    with pytest.raises(ModelError, match="--model no_such_pipeline"):
        list(extract(articles(4), Settings("no_such_pipeline"), jobs=2))
    assert time.monotonic() - started < 60
