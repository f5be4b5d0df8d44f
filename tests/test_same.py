"""Merging records never depends on order."""

from hypothesis import given
from hypothesis import strategies as st

from graphbuild.graph.merging import same_entities, same_statement
from graphbuild.model import Entity, EntityType, Evidence, Mention, Statement

NAMES = st.sampled_from(["Ana", "Ana Ruiz", "A. Ruiz", "Bo"])
MENTIONS = st.builds(Mention, st.sampled_from("de"), st.integers(0, 3), st.integers(4, 6), NAMES, st.just("name"))
ENTITIES = st.builds(
    Entity,
    key=st.just("ana"),
    type=st.sampled_from([EntityType.PERSON, EntityType.GROUP]),
    label=NAMES,
    aliases=st.frozensets(NAMES).map(lambda names: tuple(sorted(names))),
    named=st.booleans(),
    local=st.booleans(),
    subtype=st.sampled_from([None, "Court"]),
    wikidata=st.sampled_from([None, "Q1", "Q2"]),
    mentions=st.frozensets(MENTIONS, max_size=3).map(lambda found: tuple(sorted(found))),
)
STATEMENTS = st.builds(
    Statement,
    subject=st.just("ana"),
    relation=st.just("met"),
    object=st.just("bo"),
    cue=st.sampled_from([None, "said", "told"]),
    role=st.sampled_from([None, "judge"]),
    confidence=st.sampled_from([0.5, 0.9]),
    pattern=st.sampled_from(["active", "passive"]),
    evidence=st.frozensets(st.builds(Evidence, st.sampled_from("de"), st.just(0), st.just(4), st.just("text"))).map(
        lambda found: tuple(sorted(found))
    ),
)


@given(ENTITIES, ENTITIES, ENTITIES)
def test_entities_merge_in_any_order(one, other, third):
    assert same_entities([one, other]) == same_entities([other, one])
    assert same_entities([same_entities([one, other]), third]) == same_entities([one, same_entities([other, third])])
    merged = same_entities([one, other])
    assert same_entities([merged, other]) == merged


@given(STATEMENTS, STATEMENTS, STATEMENTS)
def test_statements_merge_in_any_order(one, other, third):
    assert same_statement(one, other) == same_statement(other, one)
    assert same_statement(same_statement(one, other), third) == same_statement(one, same_statement(other, third))
    assert same_statement(one, one) == one


def test_the_longest_name_labels_and_the_others_stay_as_aliases():
    merged = same_entities([Entity("a", EntityType.PERSON, "Ana"), Entity("a", EntityType.PERSON, "Ana Ruiz")])
    assert (merged.label, merged.aliases) == ("Ana Ruiz", ("Ana",))
