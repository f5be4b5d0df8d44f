"""From documents to one graph."""

import importlib

import pytest

from graphbuild.errors import ModelError
from graphbuild.model import Document, Entity, EntityType, Extraction, Paragraph, Statement
from graphbuild.pipeline import Settings, assemble, extract_one, load
from graphbuild.run import extract


@pytest.fixture(scope="module")
def using():
    return load()


def document(name: str, text: str) -> Document:
    return Document(name, text, (Paragraph(0, len(text)),))


def test_an_article_gives_entities_and_statements(using):
    found = extract_one(document("a", "Norway hosted Iceland in Oslo on Friday."), using)
    assert found.error is None
    assert [(s.subject, s.relation, s.object, s.place) for s in found.statements] == [
        ("Q20", "hosted", "Q189", "place:oslo")
    ]


def test_an_article_without_text_is_an_error_of_its_own(using):
    assert extract_one(document("a", " "), using).error == "no readable text"


def test_a_fault_in_one_article_stops_nobody(using, monkeypatch):
    relate = importlib.import_module("graphbuild.relate")

    def broken(*_: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(relate, "relate", broken)
    assert extract_one(document("a", "Norway hosted Iceland."), using).error == "ValueError: broken"


def test_articles_keep_their_order():
    names = [found.document.id for found in extract([document("b", "Norway."), document("a", "Iceland.")])]
    assert names == ["b", "a"]


def test_an_unknown_model_is_named():
    with pytest.raises(ModelError, match="--model no_such_pipeline"):
        load(Settings("no_such_pipeline"))


def test_failed_articles_are_no_part_of_the_graph():
    entities = Entity("Q20", EntityType.STATE, "Norway"), Entity("Q189", EntityType.STATE, "Iceland")
    good = Extraction(document("a", ""), entities, (Statement("Q20", "hosted", "Q189"),))
    graph = assemble([Extraction(document("b", ""), error="unreadable"), good])
    assert list(graph.documents) == ["a"]
    assert [(s.subject, s.object) for s in graph] == [("norway", "iceland")]
