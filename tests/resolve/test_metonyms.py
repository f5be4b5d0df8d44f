"""Capitals and seats of power: the government where they act, the place where something happens."""

from pathlib import Path

import pytest

from graphbuild import language
from graphbuild.model import Document, Entity, Paragraph
from graphbuild.pipeline import Stages, load
from graphbuild.resolve import within
from graphbuild.syntax import Tree

LINES = (Path(__file__).parent / "metonyms.tsv").read_text(encoding="utf-8").splitlines()
PAIRS = [line.split("\t") for line in LINES if not line.startswith("#")]
FLOOR = 0.9  # of the pairs


@pytest.fixture(scope="module")
def using() -> Stages:
    return load()


def entity_of(name: str, sentence: str, using: Stages) -> Entity | None:
    """What ``name`` stands for in ``sentence``."""
    document = Document("a", sentence, (Paragraph(0, len(sentence)),), published="2025-06-10")
    found = within(Tree(language.read(using.nlp, document)), using.ontology, using.actors)
    start = sentence.index(name)
    mentioned = (e for e in found.entities.values() for m in e.mentions if m.start <= start < m.end)
    return next(mentioned, None)


def test_a_name_is_government_or_place_by_what_it_does(using: Stages) -> None:
    failing = []
    for name, state, acting, lying in PAIRS:
        government, place = entity_of(name, acting, using), entity_of(name, lying, using)
        if government is None or state not in (government.label, *government.aliases):
            failing.append(f"{name} is not {state} but {government and government.label}: {acting}")
        elif place is not None and state in (place.label, *place.aliases):
            failing.append(f"{name} is {state}: {lying}")
    print(*failing, sep="\n")
    assert len(PAIRS) >= 40
    assert len(failing) <= (1 - FLOOR) * len(PAIRS)
