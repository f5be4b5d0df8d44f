"""A command line to run, and a build whose language stage is replaced by one that reads "A met B." only."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graphbuild import KnowledgeGraph, pipeline
from graphbuild import run as running
from graphbuild.cli import main
from graphbuild.model import Document, Entity, EntityType, Evidence, Extraction, Statement

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run graphbuild with these arguments; standard output and standard error are apart."""

    def invoke(*arguments: object, **options: Any) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="graphbuild", **options)

    return invoke


def extract_meetings(documents: Iterable[Document], *_: Any) -> Iterator[Extraction]:
    for document in documents:
        if "fail" in document.text:
            yield Extraction(document, error="ValueError: told to fail")
            continue
        first, _met, second = document.text.split()[:3]
        people = [Entity(name.lower(), EntityType.PERSON, name) for name in (first, second.rstrip("."))]
        evidence = Evidence(document.id, 0, len(document.text), document.text)
        met = Statement(people[0].key, "met", people[1].key, evidence=(evidence,))
        yield Extraction(document, tuple(people), (met,))


def assemble_meetings(extractions: Iterable[Extraction], *_: Any) -> KnowledgeGraph:
    found = list(extractions)
    return KnowledgeGraph(
        [entity for extraction in found for entity in extraction.entities],
        [statement for extraction in found for statement in extraction.statements],
        [extraction.document for extraction in found],
    )


@pytest.fixture
def meetings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace reading and assembling by the two functions above."""
    monkeypatch.setattr(running, "extract", extract_meetings)
    monkeypatch.setattr(pipeline, "assemble", assemble_meetings, raising=False)
