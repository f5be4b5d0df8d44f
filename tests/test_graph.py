"""The graph: one record per thing said, safe text, and merging that never depends on order."""

import pickle
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphbuild import KnowledgeGraph
from graphbuild.graph import statement_id
from graphbuild.graph.vocabulary import Vocabulary, readable
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

ADA = Entity("ada-brook", EntityType.PERSON, "Ada Brook", ("Brook",))
NORLAND = Entity("norland", EntityType.STATE, "Norland", wikidata="Q1")
COURIER = Entity("courier", EntityType.ORGANISATION, "The Courier", subtype="Newspaper")
VISIT = Statement("ada-brook", "visited", "norland")


def evidence(document: str = "a", start: int = 0, published: str | None = None) -> Evidence:
    return Evidence(document, start, start + 24, "Ada Brook visited Norland.", published)


def test_the_same_said_twice_is_one_statement_with_two_sentences():
    graph = KnowledgeGraph(
        [ADA, NORLAND],
        [
            replace(VISIT, confidence=0.5, pattern="passive", evidence=(evidence("b"),)),
            replace(VISIT, confidence=0.9, pattern="active", evidence=(evidence("a"),)),
        ],
    )
    (statement,) = graph
    assert [e.document for e in statement.evidence] == ["a", "b"]
    assert (statement.confidence, statement.pattern) == (0.9, "active")
    assert list(graph.documents) == ["a", "b"]


@pytest.mark.parametrize(
    "changed",
    [
        {"polarity": Polarity.NEGATED},
        {"certainty": Certainty.POSSIBLE},
        {"tense": Tense.FUTURE},
        {"status": Status.CLAIM},
        {"source": "courier"},
        {"time": "2031-05"},
        {"place": "norland"},
        {"object": "courier"},
    ],
)
def test_what_differs_in_meaning_stays_apart(changed):
    assert len(KnowledgeGraph([], [VISIT, replace(VISIT, **changed)])) == 2


def test_statement_ids_are_sixteen_digits_that_depend_on_what_is_said_alone():
    identifier = statement_id(VISIT)
    assert len(identifier) == 16 and int(identifier, 16)
    assert identifier == statement_id(replace(VISIT, evidence=(evidence(),), confidence=0.3, cue="said"))


def test_a_content_is_not_a_statement_and_never_asserted():
    offer = Statement("norland", "offered", None, content=Statement("norland", "hosted", "ada-brook"))
    graph = KnowledgeGraph([ADA, NORLAND], [offer, Statement("norland", "hosted", "ada-brook")])
    assert len(graph) == 2
    contents = [s.content for s in graph if s.content]
    assert [content.status for content in contents] == [Status.CLAIM]
    assert statement_id(contents[0]) != statement_id(contents[0], content=True)


def test_equal_contents_of_two_operators_share_their_evidence():
    def content(document):
        return Statement("norland", "hosted", "ada-brook", status=Status.PLAN, evidence=(evidence(document),))

    graph = KnowledgeGraph(
        [], [Statement("norland", verb, None, content=content(verb)) for verb in ("offered", "promised")]
    )
    assert all(len(statement.content.evidence) == 2 for statement in graph)


def test_an_end_that_no_entity_describes_becomes_an_unnamed_group():
    graph = KnowledgeGraph([ADA], [VISIT])
    assert graph.entities["norland"] == Entity("norland", EntityType.GROUP, "norland", named=False)


def test_text_that_xml_forbids_is_replaced_character_by_character():
    odd = Evidence("a", 0, 5, "a\x00b\ud800\ufffe")
    graph = KnowledgeGraph([replace(ADA, label="Ada\x07")], [replace(VISIT, evidence=(odd,))])
    assert graph.entities["ada-brook"].label == "Ada\ufffd"
    assert next(iter(graph)).evidence[0].text == "a\ufffdb\ufffd\ufffd"


@pytest.mark.parametrize("key", ["U.S.", "Côte d'Ivoire", "", "…", "日本", "a b", "Q28"])
def test_odd_keys_become_slugs_that_stay_apart(key):
    graph = KnowledgeGraph([Entity(key, EntityType.STATE, key)], [Statement(key, "met", "norland")])
    (statement,) = graph
    assert statement.subject in graph.entities
    assert statement.subject.replace("-", "").isalnum() and statement.subject.isascii()
    assert graph.entities[statement.subject].label


@pytest.mark.parametrize("time", ["2031-02-29", "2031-13", "31", "soon", "2031/2032/2033", "0000"])
def test_dates_that_do_not_exist_are_left_out(time):
    assert next(iter(KnowledgeGraph([], [replace(VISIT, time=time)]))).time is None


@pytest.mark.parametrize("time", ["2031", "2031-02", "2032-02-29", "2031-01/2031-03"])
def test_real_dates_are_kept(time):
    assert next(iter(KnowledgeGraph([], [replace(VISIT, time=time)]))).time == time


def test_an_address_that_is_none_is_left_out_and_a_faulty_one_mended():
    documents = [
        Document("a", "", (), url="javascript:alert(1)"),
        Document("b", "", (), url="https://news.example/x y"),
    ]
    graph = KnowledgeGraph([], [], documents)
    assert [document.url for document in graph.documents.values()] == [None, "https://news.example/x%20y"]


def test_two_records_of_one_entity_unite_under_the_longest_name():
    one = Entity("brook", EntityType.PERSON, "Brook", mentions=(Mention("a", 0, 5, "Brook", "name"),))
    other = Entity("brook", EntityType.PERSON, "Ada Brook", ("Ms Brook",), wikidata="Q5")
    (entity,) = KnowledgeGraph([one, other]).entities.values()
    assert (entity.label, entity.aliases, entity.wikidata) == ("Ada Brook", ("Brook", "Ms Brook"), "Q5")
    assert len(entity.mentions) == 1


def test_statements_are_found_by_status_source_relation_and_names():
    claim = replace(VISIT, status=Status.CLAIM, source="courier")
    graph = KnowledgeGraph([ADA, NORLAND, COURIER], [VISIT, claim])
    assert graph.statements(status="claim", source="the courier") == [claim]
    assert graph.statements(relation="visited", subject="Brook", object="Q1", status=Status.FACT) == [VISIT]
    assert graph.statements(source="nobody") == []


def test_the_graph_is_shown_by_its_counts_and_safely_as_html():
    graph = KnowledgeGraph([replace(ADA, label="<script>"), NORLAND], [VISIT])
    assert repr(graph) == "<KnowledgeGraph: 2 entities, 1 statement, 0 articles>"
    assert "&lt;script&gt;" in graph._repr_html_() and "<script>" not in graph._repr_html_()


def test_networkx_gets_the_edges_that_the_files_have():
    made = KnowledgeGraph([ADA, NORLAND], [replace(VISIT, evidence=(evidence(),))]).to_networkx()
    assert list(made.edges(keys=True)) == [("ada-brook", "norland", "visited")]
    assert made.nodes["norland"]["entity_type"] == "State"
    assert made.edges["ada-brook", "norland", "visited"]["quote"] == "Ada Brook visited Norland."


def test_rdflib_gets_the_plain_triple():
    made = KnowledgeGraph([ADA, NORLAND], [VISIT]).to_rdflib()
    assert made.query(
        "PREFIX gb: <https://w3id.org/graphbuild/ns#> PREFIX e: <https://example.org/kg/entity/> "
        "ASK { e:ada-brook gb:visited e:norland }"
    ).askAnswer


def test_pandas_gets_one_row_per_statement():
    pytest.importorskip("pandas")
    frame = KnowledgeGraph([ADA, NORLAND], [VISIT]).to_pandas()
    assert list(frame[["subject", "relation", "object", "status"]].iloc[0]) == [
        "Ada Brook",
        "visited",
        "Norland",
        "fact",
    ]


def test_a_composed_property_needs_an_actor_who_is_to_act():
    words = Vocabulary(
        {r.id: r for r in (Relation("urged", "urged"), Relation("urgedToVisit", "urged to visit", parents=("urged",)))},
        {("urged", "visited"): "urgedToVisit"},
    )
    own = Statement("norland", "urged", "ada-brook", content=VISIT)
    others = Statement("norland", "urged", "courier", content=VISIT)
    refused = Statement("norland", "urged", "ada-brook", content=replace(VISIT, polarity=Polarity.NEGATED))
    assert [words.composition(s) for s in (own, others, refused)] == ["urgedToVisit", None, None]


@pytest.mark.parametrize(
    ("identifier", "words"), [("leaderOf", "leader of"), ("open-sail-to", "sail to"), ("hosted", "hosted")]
)
def test_ids_read_as_words_without_an_ontology(identifier, words):
    assert readable(identifier) == words


# --- merging ------------------------------------------------------------------------------------------------------

KEYS = st.sampled_from(["ada", "bo", "cy"])
NAMES = st.sampled_from(["Ada", "Ada Brook", "Bo", "B. O."])
PLACES = st.builds(Evidence, st.sampled_from(["a", "b"]), st.integers(0, 2), st.integers(3, 5), st.just("He said so."))
CONTENTS = st.builds(Statement, KEYS, st.just("hosted"), KEYS, status=st.just(Status.PLAN), evidence=st.tuples(PLACES))
STATEMENTS = st.builds(
    Statement,
    KEYS,
    st.sampled_from(["met", "open-sail-to", "offered"]),
    KEYS,
    content=st.none() | CONTENTS,
    status=st.sampled_from([Status.FACT, Status.CLAIM]),
    cue=st.sampled_from([None, "said", "told"]),
    confidence=st.sampled_from([0.25, 0.5, 1.0]),
    pattern=st.sampled_from(["", "active", "passive"]),
    evidence=st.lists(PLACES, max_size=2).map(tuple),
)
ENTITIES = st.builds(
    Entity,
    KEYS,
    st.sampled_from([EntityType.PERSON, EntityType.STATE]),
    NAMES,
    st.lists(NAMES, max_size=2).map(tuple),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, "Court"]),
    st.sampled_from([None, "Q1", "Q2"]),
    st.lists(st.builds(Mention, st.just("a"), st.integers(0, 2), st.just(5), NAMES, st.just("name")), max_size=2).map(
        tuple
    ),
)
DOCUMENTS = st.builds(
    Document, st.sampled_from(["a", "b"]), st.just(""), st.just(()), NAMES, st.sampled_from([None, "2031"])
)
WORDS = st.sampled_from(
    [
        Vocabulary(),
        Vocabulary({"met": Relation("met", "met with", symmetric=True)}),
        Vocabulary({"met": Relation("met", "saw")}),
    ]
)
GRAPHS = st.builds(
    KnowledgeGraph,
    st.lists(ENTITIES, max_size=3),
    st.lists(STATEMENTS, max_size=4),
    st.lists(DOCUMENTS, max_size=2),
    WORDS,
)


@settings(max_examples=100, deadline=None)
@given(GRAPHS, GRAPHS, GRAPHS)
def test_merging_is_commutative_associative_and_idempotent(one, two, three):
    assert one | two == two | one
    assert (one | two) | three == one | (two | three)
    assert one | one == one
    assert one | KnowledgeGraph() == one
    assert three | one | two == one | two | three


@settings(max_examples=40, deadline=None)
@given(st.lists(STATEMENTS, max_size=6), st.lists(ENTITIES, max_size=4), st.randoms())
def test_input_order_never_matters(statements, entities, random):
    graph = KnowledgeGraph(entities, statements)
    random.shuffle(statements)
    random.shuffle(entities)
    assert KnowledgeGraph(entities, statements) == graph
    assert list(graph.by_id) == sorted(graph.by_id)


def test_a_graph_crosses_process_borders():
    graph = KnowledgeGraph([ADA, NORLAND], [VISIT])
    assert pickle.loads(pickle.dumps(graph)) == graph
