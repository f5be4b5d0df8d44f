"""Views: each flag keeps what it says, with the sources and articles that belong to it."""

import pytest

from graphbuild import KnowledgeGraph
from graphbuild.errors import QueryError
from graphbuild.graph.view import View, view
from graphbuild.model import Document, Entity, EntityType, Evidence, Statement, Status

PEOPLE = [Entity(key, EntityType.PERSON, key.title()) for key in ("ada", "bo", "cy", "di")]
OTHERS = [Entity("norland", EntityType.STATE, "Norland"), Entity("courier", EntityType.ORGANISATION, "The Courier")]
DOCUMENTS = [
    Document(name, "", (), published=date) for name, date in (("a", "2031-05-04"), ("b", "2031-06"), ("c", None))
]


def said(subject, relation, object, *documents, **more):
    evidence = tuple(Evidence(document, 0, 5, "Said.") for document in documents or ("a",))
    return Statement(subject, relation, object, evidence=evidence, **more)


GRAPH = KnowledgeGraph(
    [*PEOPLE, *OTHERS],
    [
        said("ada", "met", "bo", "a", "b"),
        said("bo", "met", "cy", "b", confidence=0.4),
        said("cy", "visited", "norland", "c", status=Status.CLAIM, source="courier"),
        said("di", "open-sail-to", "norland", "a"),
    ],
    DOCUMENTS,
)


def kept(**chosen) -> list[str]:
    """Subject–object pairs of the view."""
    return sorted(f"{s.subject}-{s.object}" for s in view(GRAPH, View(**chosen)))


def test_nothing_chosen_keeps_the_very_graph():
    assert view(GRAPH, View()) is GRAPH


@pytest.mark.parametrize(
    ("chosen", "pairs"),
    [
        ({"status": frozenset({Status.CLAIM})}, ["cy-norland"]),
        ({"relations": ("vis*",)}, ["cy-norland"]),
        ({"relations": ("MET", "sailed to")}, ["ada-bo", "bo-cy", "di-norland"]),
        ({"types": frozenset({EntityType.PERSON})}, ["ada-bo", "bo-cy"]),
        ({"min_articles": 2}, ["ada-bo"]),
        ({"min_confidence": 0.5}, ["ada-bo", "cy-norland", "di-norland"]),
        ({"around": ("Ada",)}, ["ada-bo"]),
        ({"around": ("ada",), "hops": 2}, ["ada-bo", "bo-cy"]),
        ({"around": ("ada",), "hops": 0}, []),
        ({"around": ("Ada", "Di")}, ["ada-bo", "di-norland"]),
        ({"top": 3}, ["bo-cy", "cy-norland"]),
        ({"since": "2031-06"}, ["ada-bo", "bo-cy"]),
        ({"until": "2031-05-04"}, ["ada-bo", "di-norland"]),
        ({"since": "2031", "until": "2031"}, ["ada-bo", "bo-cy", "di-norland"]),
        ({"since": "2031-06-15"}, ["ada-bo", "bo-cy"]),
        ({"open": False}, ["ada-bo", "bo-cy", "cy-norland"]),
    ],
)
def test_a_flag_keeps_what_it_says(chosen, pairs):
    assert kept(**chosen) == pairs


def test_sources_and_articles_of_what_is_kept_come_along():
    part = view(GRAPH, View(relations=("visited",)))
    assert list(part.entities) == ["courier", "cy", "norland"]
    assert list(part.documents) == ["c"]
    assert list(part.vocabulary.relations) == ["visited"]


def test_an_entity_alone_is_kept_by_its_name():
    assert list(view(GRAPH, View(around=("ada",), hops=0)).entities) == ["ada"]


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"since": "May"}, "--since May: no date"),
        ({"until": "2031-02-30"}, "--until 2031-02-30: no date"),
        ({"hops": -1}, "--hops"),
        ({"top": 0}, "--top"),
    ],
)
def test_values_that_make_no_sense_are_refused(chosen, message):
    with pytest.raises(QueryError, match=message):
        View(**chosen)


def test_a_name_that_is_not_in_the_graph_is_refused():
    with pytest.raises(QueryError, match="--around Zed: no entity"):
        view(GRAPH, View(around=("Zed",)))
