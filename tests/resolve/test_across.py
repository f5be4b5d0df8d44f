"""Which entities of different articles are one, whatever the order of the articles."""

import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from graphbuild.graph import KnowledgeGraph
from graphbuild.model import Document, Entity, EntityType, Extraction, Statement
from graphbuild.pipeline import assemble
from graphbuild.resolve import across
from graphbuild.resolve.decisions import Decisions, Named


def article(name: str, *entities: Entity, statements: tuple[Statement, ...] = ()) -> Extraction:
    return Extraction(Document(name, "", ()), entities, statements)


def person(label: str, **more: object) -> Entity:
    return Entity(f"person:{label.lower()}", EntityType.PERSON, label, **more)  # type: ignore[arg-type]


def organisation(label: str, *aliases: str) -> Entity:
    return Entity(f"org:{label.lower()}", EntityType.ORGANISATION, label, aliases)


def entities(*asked: object, **more: object) -> tuple[Entity, ...]:
    """The entities of a graph of these articles."""
    found = across(*asked, **more)  # type: ignore[arg-type]
    return tuple(KnowledgeGraph(found.entities, found.statements).entities.values())


TALKS = Entity("event:talks", EntityType.EVENT, "talks", named=False, local=True)
POOL = [
    person("Ana Ruiz"),
    person("Ana Maria Ruiz"),
    person("Ruiz"),
    person("Sergey Orlov"),
    person("Sergei Orlov", wikidata="Q7"),
    organisation("Northern Trade Union", "NTU"),
    organisation("NTU"),
    Entity("Q28", EntityType.STATE, "Hungary", wikidata="Q28"),
    TALKS,
]
ARTICLES = st.lists(st.lists(st.sampled_from(POOL), unique_by=lambda e: e.key, max_size=5), max_size=5).map(
    lambda lists: [article(f"a{number}", *entities) for number, entities in enumerate(lists)]
)


@given(ARTICLES, st.randoms(use_true_random=False))
def test_the_order_of_articles_decides_nothing(articles: list[Extraction], chance: random.Random) -> None:
    shuffled = chance.sample(articles, len(articles))
    assert across(articles) == across(shuffled)


@given(ARTICLES)
def test_keys_are_slugs(articles: list[Extraction]) -> None:
    keys = [entity.key for entity in across(articles).entities]
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", key) for key in keys)


def labels(*articles: Extraction) -> dict[str, str]:
    return {entity.key: entity.label for entity in entities(articles)}


def test_a_full_name_is_one_person_in_all_articles() -> None:
    assert labels(article("a", person("Ana Ruiz")), article("b", person("Ana Ruiz"))) == {"ana-ruiz": "Ana Ruiz"}


def test_a_middle_name_parts_nobody_and_the_merge_says_why() -> None:
    (entity,) = entities([article("a", person("Ana Ruiz")), article("b", person("Ana Maria Ruiz"))])
    assert (entity.label, entity.aliases) == ("Ana Maria Ruiz", ("Ana Ruiz",))
    assert entity.merged == ("Ana Ruiz is Ana Maria Ruiz: the same name",)


def test_a_lone_surname_stays_in_its_article() -> None:
    found = labels(article("a", person("Ruiz")), article("b", person("Ruiz")), article("c", person("Ana Ruiz")))
    assert sorted(found.values()) == ["Ana Ruiz", "Ruiz", "Ruiz"]


def test_what_has_no_name_stays_in_its_article() -> None:
    found = labels(article("a", TALKS), article("b", TALKS))
    assert len(found) == 2
    assert all(key.startswith("talks-") for key in found)


def test_an_acronym_joins_the_only_organisation_that_goes_by_it() -> None:
    long, short = organisation("Northern Trade Union", "NTU"), organisation("NTU")
    assert list(labels(article("a", long), article("b", short)).values()) == ["Northern Trade Union"]
    rival = organisation("National Teachers' Union", "NTU")
    assert len(labels(article("a", long), article("b", short), article("c", rival))) == 3


def test_known_actors_are_one_by_their_id() -> None:
    one = Entity("Q28", EntityType.STATE, "Hungary", wikidata="Q28")
    other = Entity("Q28", EntityType.STATE, "Hungary", ("Budapest",), wikidata="Q28")
    (entity,) = entities([article("a", one), article("b", other)])
    assert (entity.key, entity.aliases) == ("hungary", ("Budapest",))


def test_two_things_of_one_name_are_parted_by_a_hash() -> None:
    state = Entity("Q1", EntityType.STATE, "Georgia", wikidata="Q1")
    place = Entity("place:georgia", EntityType.PLACE, "Georgia")
    keys = sorted(labels(article("a", state, place)))
    assert keys[0] == "georgia"
    assert re.fullmatch("georgia-[0-9a-f]{8}", keys[1])


def test_statements_follow_their_entities_and_lose_themselves_when_both_ends_are_one() -> None:
    both = person("Ana Ruiz"), person("Ana Maria Ruiz")
    kept = Statement(both[0].key, "visited", "Q28", source=both[1].key, content=None)
    lost = Statement(both[0].key, "met", both[1].key)
    hungary = Entity("Q28", EntityType.STATE, "Hungary", wikidata="Q28")
    found = across([article("a", *both, hungary, statements=(kept, lost))])
    assert [(s.subject, s.relation, s.object, s.source) for s in found.statements] == [
        ("ana-maria-ruiz", "visited", "hungary", "ana-maria-ruiz")
    ]


def test_failed_articles_are_left_out() -> None:
    assert entities([Extraction(Document("a", "", ()), error="unreadable")]) == ()


NAMES = st.sampled_from(["ana ruiz", "ruiz", "sergey orlov", "sergei orlov", "northern trade union", "NTU", "hungary"])
PLACES = st.builds(Named, NAMES, st.sampled_from(["", "a0", "a1", "a2"]))
PAIRS = st.lists(st.tuples(PLACES, PLACES).filter(lambda pair: pair[0] != pair[1]).map(sorted).map(tuple), max_size=3)
DECISIONS = st.builds(lambda same, apart: Decisions(tuple(sorted(set(same))), tuple(sorted(set(apart)))), PAIRS, PAIRS)


@given(ARTICLES, DECISIONS, st.randoms(use_true_random=False))
def test_decisions_do_not_depend_on_order_either(
    articles: list[Extraction], decisions: Decisions, chance: random.Random
) -> None:
    shuffled = chance.sample(articles, len(articles))
    assert across(articles, decisions) == across(shuffled, decisions)


@given(ARTICLES, DECISIONS)
def test_a_decision_for_different_is_never_overridden(articles: list[Extraction], decisions: Decisions) -> None:
    marked = [article(e.document.id, *e.entities, statements=_loops(e)) for e in articles]
    keys = {s.role: s.subject for s in across(marked, decisions).statements}
    for one, other in decisions.different:
        ends = [
            {f"{e.document.id} {x.key}" for e in marked for x in e.entities if name.is_of(x, e.document.id)}
            for name in (one, other)
        ]
        mine, theirs = ends[0] - ends[1], ends[1] - ends[0]
        assert not {keys[place] for place in mine} & {keys[place] for place in theirs}


def _loops(extraction: Extraction) -> tuple[Statement, ...]:
    """A statement of each entity that tells, in its role, which record it came from."""
    talks = "event:conference"
    return tuple(
        Statement(e.key, "joined", None, Statement(e.key, "joined"), role=f"{extraction.document.id} {e.key}")
        for e in extraction.entities
        if e.key != talks
    )


@settings(max_examples=20, deadline=None)
@given(ARTICLES.filter(len), st.randoms(use_true_random=False))
def test_an_article_that_comes_and_goes_leaves_no_trace(articles: list[Extraction], chance: random.Random) -> None:
    guest = chance.choice(articles)
    rest = [article for article in articles if article is not guest]
    before = assemble(rest)
    assert assemble([*rest, guest]) is not None
    assert assemble(rest) == before


@given(ARTICLES, st.integers(1, 4))
def test_batches_decide_nothing(articles: list[Extraction], size: int) -> None:
    batches = [articles[start : start + size] for start in range(0, len(articles), size)]
    assert across(e for batch in reversed(batches) for e in batch) == across(articles)


def minister(label: str, state: Entity) -> tuple[Entity, Statement]:
    who = person(label)
    return who, Statement(who.key, "ministerOf", state.key)


HUNGARY, CHILE = (Entity(q, EntityType.STATE, name, wikidata=q) for q, name in (("Q28", "Hungary"), ("Q298", "Chile")))
OFFICES = frozenset({"ministerOf"})


def test_ministers_of_two_states_are_two_people() -> None:
    (one, of_hungary), (other, of_chile) = minister("Ana Ruiz", HUNGARY), minister("Ana Ruiz", CHILE)
    articles = [
        article("a", one, HUNGARY, statements=(of_hungary,)),
        article("b", other, CHILE, statements=(of_chile,)),
    ]
    people = [e for e in entities(articles, identifying=OFFICES) if e.type is EntityType.PERSON]
    assert [e.label for e in people] == ["Ana Ruiz", "Ana Ruiz"]
    again = article("c", one, HUNGARY, statements=(of_hungary,))
    assert len(entities([*articles, again], identifying=OFFICES)) == 4


def test_what_was_decided_holds() -> None:
    articles = [article("a", person("Ana Ruiz")), article("b", person("Ana Ruiz")), article("c", person("Ruiz"))]
    here, there, lone = Named("ana ruiz", "a"), Named("ana ruiz", "b"), Named("ruiz", "c")
    assert len(entities(articles, Decisions(different=((here, there),)))) == 3
    joined = entities(articles, Decisions(same=((here, lone),)))
    assert [(e.label, e.merged) for e in joined] == [("Ana Ruiz", ("Ruiz is Ana Ruiz: decided by you",))]
    both = Decisions(same=((here, lone), (there, lone)), different=((here, there),))
    assert len(entities(articles, both)) == 2


def test_every_merge_between_articles_has_its_reason() -> None:
    found = entities([article("a", person("Ana Ruiz"), HUNGARY), article("b", person("Ana Ruiz"), HUNGARY)])
    assert [e.merged for e in found] == [
        ("in several articles is Ana Ruiz: the same name",),
        ("in several articles is Hungary: the same known actor",),
    ]
