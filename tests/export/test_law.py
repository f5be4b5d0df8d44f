"""The law of reading and writing: what is read back and written again has the same triples and the same edges."""

import json
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphbuild import KnowledgeGraph
from graphbuild.export import read, write
from graphbuild.graph.vocabulary import Vocabulary
from graphbuild.model import (
    Certainty,
    Document,
    Entity,
    EntityType,
    Evidence,
    Mention,
    Polarity,
    Statement,
    Status,
    Tense,
)
from graphbuild.ontology import Relation

SUFFIXES = ["ttl", "nt", "nq", "trig", "jsonld", "rdf"]
KEYS = ["ana", "bo", "constructor", "x" * 300, "Ü 2", "", "a.b"]
RELATIONS = ["met", "hosted", "offered", "promised", "ministerOf", "open-sail-to", "odd id", "isA"]
WORDS = Vocabulary(
    {
        relation.id: relation
        for relation in (
            Relation("met", "met with", symmetric=True, plover="CON\tSULT\x00"),
            Relation("hosted", "hosted\n<b>", "hostedBy", "was hosted\rby", wikidata=("P1", "Q1", "odd")),
            Relation("hostedBy", "was hosted by", "hosted"),
            Relation("offered", "offered", "gotOffer from", None, operator=True),
            Relation("promised", "promised", operator=True, standing=True, parents=("said", "odd parent")),
            Relation("ministerOf", "is minister of", "hasMinister", "has minister"),
            Relation("offeredToHost", "offered to host", parents=("offered",)),
            Relation("promisedToMeet", "promised to meet", parents=("promised",)),
        )
    },
    {
        ("offered", "hosted"): "offeredToHost", ("offered", "hostedBy"): "offeredToHost",
        ("offered", "open-sail-to"): "offeredToHost", ("promised", "met"): "promisedToMeet",
        ("promised", "offered"): "promisedToÖffer",
    },
    {"Court": "court\x07"},
    {"Court": ("Organisation",)},
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(["", "Ana", "=1+1", "a\r\nb\tc", "<<" * 60, "]]>", '"""', "\\", "'", "{{data}}"]), st.text()
)
MAYBE_KEYS = st.sampled_from([None, *KEYS])
SOURCES = st.sampled_from(["summit", "treaty", "No Slug", "y" * 250])
TIMES = st.sampled_from(
    [None, "2031", "2031-05", "2031-05-03", "2031-05-01/2031-05-10", "2031-02-30", "soon", "2030/2031-01"]
)
PLACES = st.tuples(st.integers(0, 3), st.integers(4, 6))
QUOTED = ["", "Ana met Bo.", "a\r\nb\tc", "<<" * 60, "]]>", "=1+1", "\x00", "\ud800", "\u2028", "{{data}}"]


def _evidence(document: str, place: tuple[int, int]) -> Evidence:
    """One place has one text."""
    return Evidence(document, *place, QUOTED[(len(document) + place[0] * 3 + place[1]) % len(QUOTED)])


EVIDENCE = st.lists(st.builds(_evidence, SOURCES, PLACES), max_size=3).map(tuple)


def _statements(contents: st.SearchStrategy[Statement | None]) -> st.SearchStrategy[Statement]:
    return st.builds(
        Statement,
        subject=st.sampled_from(KEYS),
        relation=st.sampled_from(RELATIONS),
        object=MAYBE_KEYS,
        content=contents,
        polarity=st.sampled_from(Polarity),
        certainty=st.sampled_from(Certainty),
        tense=st.sampled_from(Tense),
        status=st.sampled_from(Status),
        source=MAYBE_KEYS,
        cue=st.none() | TEXTS,
        time=TIMES,
        place=MAYBE_KEYS,
        role=st.none() | TEXTS,
        confidence=st.floats() | st.sampled_from([0.0, 0.12345, 0.99999, 1e-9, 1.0]),
        pattern=TEXTS,
        evidence=EVIDENCE,
    )


PLAIN = _statements(st.none())
STATEMENTS = st.recursive(PLAIN, lambda inner: _statements(st.none() | inner), max_leaves=3)
ENTITIES = st.builds(
    Entity,
    key=st.sampled_from([*KEYS, "lonely"]),
    type=st.sampled_from(EntityType),
    label=TEXTS,
    aliases=st.lists(TEXTS, max_size=2).map(tuple),
    named=st.booleans(),
    local=st.booleans(),
    subtype=st.sampled_from([None, "Court", "Person", "odd sub type", "x" * 300]),
    wikidata=st.sampled_from([None, "Q1", "Q0", "q2", "Q" + "9" * 30]),
    mentions=st.lists(st.builds(lambda d, p: Mention(d, *p, "Ana", "name"), SOURCES, PLACES), max_size=2).map(tuple),
    merged=st.lists(TEXTS, max_size=2).map(tuple),
)
DOCUMENTS = st.builds(
    Document,
    id=SOURCES,
    text=st.just("text"),
    paragraphs=st.just(()),
    headline=st.none() | TEXTS,
    published=st.sampled_from([None, "2031", "2031-05-04", "2031-02-30", "today"]),
    url=st.sampled_from(
        [None, "https://example.org/ä?b[]=%#c#d", "javascript:alert(1)", "https://x.org/" + "a" * 3000]
    ),
    publisher=st.none() | TEXTS,
)
GRAPHS = st.builds(
    KnowledgeGraph,
    st.lists(ENTITIES, max_size=5),
    st.lists(STATEMENTS, max_size=5),
    st.lists(DOCUMENTS, max_size=3),
    st.sampled_from([WORDS, Vocabulary()]),
)


def written(graph: KnowledgeGraph, folder: Path, suffix: str) -> bytes:
    write(graph, folder / f"out.{suffix}")
    return (folder / f"out.{suffix}").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(graph=GRAPHS)
def test_reading_and_writing_keep_triples_and_edges(tmp_path: Path, suffix: str, graph: KnowledgeGraph) -> None:
    first = written(graph, tmp_path, suffix)
    again = read(tmp_path / f"out.{suffix}")
    for name in dict.fromkeys((suffix, "nt", "json")):
        mine, theirs = (first if name == suffix else written(graph, tmp_path, name)), written(again, tmp_path, name)
        pairs = zip_longest(mine.splitlines(), theirs.splitlines())
        assert mine == theirs, (name, [pair for pair in pairs if pair[0] != pair[1]][:3])
    assert len(again) == len(graph) and set(again.by_id) == set(graph.by_id)


def test_contents_may_lie_as_deep_as_they_are_read(tmp_path: Path) -> None:
    said = Statement("ana", "met", "bo", status=Status.CLAIM)
    for _ in range(40):
        said = Statement("ana", "promised", content=said, status=Status.CLAIM)
    graph = KnowledgeGraph([], [said], [], WORDS)
    for suffix in SUFFIXES:
        first = written(graph, tmp_path, suffix)
        assert written(read(tmp_path / f"out.{suffix}"), tmp_path, suffix) == first


def test_two_contents_of_one_composed_relation_are_two_edges(tmp_path: Path) -> None:
    inner = Statement("ana", "hosted", "bo", status=Status.PLAN, tense=Tense.FUTURE)
    said = [
        Statement("ana", "offered", content=replace(inner, relation=r, object=o))
        for r, o in zip(("hosted", "hostedBy"), ("bo", "cy"), strict=True)
    ]
    graph = KnowledgeGraph([], said, [], WORDS)
    for suffix in SUFFIXES:
        write(graph, tmp_path / f"a.{suffix}")
        edges = json.loads(written(read(tmp_path / f"a.{suffix}"), tmp_path, "json"))["edges"]
        assert [(e["relation"], e["target"]) for e in edges] == [("offeredToHost", "bo"), ("offeredToHost", "cy")]
