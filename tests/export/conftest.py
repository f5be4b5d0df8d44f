"""Graphs to be written: a small readable one, a hostile one, the smallest, and large ones."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from graphbuild import KnowledgeGraph
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

WORDS = Vocabulary(
    {
        relation.id: relation
        for relation in (
            Relation("hosted", "hosted", "hostedBy", "was hosted by", plover="CONSULT-visit", wikidata=("P664",)),
            Relation("met", "met with", symmetric=True, plover="CONSULT"),
            Relation(
                "ministerOf", "is minister of", "hasMinister", "has minister", standing=True, parents=("worksFor",)
            ),
            Relation(
                "offered", "offered", "receivedOfferFrom", "received an offer from", operator=True, plover="AGREE"
            ),
            Relation("offeredToHost", "offered to host", parents=("offered",)),
            Relation("visited", "visited", "visitedBy", "was visited by", plover="CONSULT-visit"),
            Relation("worksFor", "works for", "employs", "employs"),
        )
    },
    {("offered", "hosted"): "offeredToHost"},
    {"Ministry": "ministry"},
    {"Ministry": ("Organisation",)},
)
SENTENCES = {
    "summit": (
        "Mira Okafor, the foreign minister of Arvandia, met Tomas Lindqvist in Velden on 3 May.",
        "The Harbor Courier reported that Arvandia has offered to host the river talks.",
        "She has not visited Belmora, an aide said.",
    ),
    "treaty": (
        "Lindqvist will visit Arvandia in June.",
        "Okafor and Lindqvist met again, and fishermen sailed to Velden.",
        "Belmora may visit the talks, the ministry claimed.",
    ),
}


def sentence(document: str, number: int) -> Evidence:
    start = sum(len(text) + 1 for text in SENTENCES[document][:number])
    text = SENTENCES[document][number]
    return Evidence(document, start, start + len(text), text, DATES[document])


DATES = {"summit": "2031-05-04", "treaty": "2031-05-11"}


def _mentions(*places: tuple[str, int]) -> tuple[Mention, ...]:
    return tuple(Mention(document, start, start + 5, "", "name") for document, start in places)


ENTITIES = (
    Entity(
        "arvandia", EntityType.STATE, "Arvandia", wikidata="Q900001", mentions=_mentions(("summit", 38), ("treaty", 22))
    ),
    Entity("belmora", EntityType.STATE, "Belmora", mentions=_mentions(("summit", 188), ("treaty", 105))),
    Entity("fishermen-treaty", EntityType.GROUP, "fishermen", named=False, local=True),
    Entity("foreign-ministry", EntityType.ORGANISATION, "Foreign Ministry", subtype="Ministry"),
    Entity("harbor-courier", EntityType.ORGANISATION, "The Harbor Courier", ("Harbor Courier",)),
    Entity(
        "mira-okafor",
        EntityType.PERSON,
        "Mira Okafor",
        ("Okafor",),
        mentions=_mentions(("summit", 0), ("treaty", 39)),
        merged=("Okafor: surname of Mira Okafor",),
    ),
    Entity("river-talks-summit", EntityType.EVENT, "river talks", named=False, local=True),
    Entity("tomas-lindqvist", EntityType.PERSON, "Tomas Lindqvist", ("Lindqvist",)),
    Entity("velden", EntityType.PLACE, "Velden"),
)
STATEMENTS = (
    Statement(
        "mira-okafor", "ministerOf", "arvandia", tense=Tense.PRESENT, role="foreign minister", pattern="apposition",
        evidence=(sentence("summit", 0),),
    ),
    Statement(
        "mira-okafor", "met", "tomas-lindqvist", place="velden", time="2031-05-03", confidence=0.95, pattern="active",
        evidence=(sentence("summit", 0),),
    ),
    Statement(
        "tomas-lindqvist", "met", "mira-okafor", confidence=0.9, pattern="active", evidence=(sentence("treaty", 1),)
    ),
    Statement(
        "arvandia",
        "offered",
        content=Statement(
            "arvandia", "hosted", "river-talks-summit", certainty=Certainty.POSSIBLE, tense=Tense.FUTURE,
            status=Status.PLAN, evidence=(sentence("summit", 1),),
        ),
        status=Status.REPORT, source="harbor-courier", cue="reported", confidence=0.91, pattern="control",
        evidence=(sentence("summit", 1),),
    ),
    Statement(
        "mira-okafor", "visited", "belmora", polarity=Polarity.NEGATED, status=Status.NEGATION,
        source="foreign-ministry", cue="said", evidence=(sentence("summit", 2),),
    ),
    Statement(
        "tomas-lindqvist", "visited", "arvandia", tense=Tense.FUTURE, status=Status.PLAN, time="2031-06",
        evidence=(sentence("treaty", 0),),
    ),
    Statement(
        "fishermen-treaty", "open-sail-to", "velden", time="2031-05-01/2031-05-10", evidence=(sentence("treaty", 1),)
    ),
    Statement(
        "belmora", "visited", "river-talks-summit", certainty=Certainty.POSSIBLE, status=Status.POSSIBILITY,
        source="foreign-ministry", cue="claimed", evidence=(sentence("treaty", 2),),
    ),
)  # fmt: skip
DOCUMENTS = (
    Document(
        "summit",
        "",
        (),
        "Ministers meet by the river",
        DATES["summit"],
        "https://news.example/summit",
        "The Harbor Courier",
    ),
    Document("treaty", "", (), "Lindqvist to visit Arvandia", DATES["treaty"]),
)


@pytest.fixture
def graph() -> KnowledgeGraph:
    """Nine entities and eight statements of every status, from two articles."""
    return KnowledgeGraph(ENTITIES, STATEMENTS, DOCUMENTS, WORDS)


HOSTILE = (
    "U.S.",
    "Côte d'Ivoire",
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "]]> & <!-- -->",
    "\u202eright to left\u202c مرحبا שלום",
    "🛶👩‍🚒",
    "…",
    "tab\tline\nreturn\rend",
    "bell\x07 null\x00 next\x85 delete\x7f",
    "lone \ud83d surrogate",
    "noncharacter \ufffe \uffff",
    '=HYPERLINK("http://evil.example")',
    "{{data}} {{program}}",
    "quote \" ' ` \\ backslash \\u003c",
    "x" * 300,
    "",
)


@pytest.fixture
def hostile() -> KnowledgeGraph:
    """Every odd label as an entity of its own, in sentences of up to 10,000 characters."""
    entities = [
        Entity(
            label, list(EntityType)[i % 7], label, (f"{label}.",), mentions=(Mention("odd", i, i + 1, label, "name"),)
        )
        for i, label in enumerate(HOSTILE)
    ]
    statements = [
        Statement(
            one, "met", other, cue=one, role=other, pattern=one, time="never", status=Status.CLAIM, source=one,
            evidence=(Evidence(one, 0, 9, f"{one} met {other}."), Evidence("odd", i, i + 10_000, "long " * 2000)),
        )
        for i, (one, other) in enumerate(pairwise(HOSTILE))
    ]  # fmt: skip
    statements.append(Statement("U.S.", "open-sail to", "…", evidence=(Evidence("odd", 1, 5, "They sailed."),)))
    documents = [Document("odd", "", (), HOSTILE[2], "2031-02-30", "javascript:alert(1)", HOSTILE[3])]
    return KnowledgeGraph(entities, statements, documents, WORDS)


@pytest.fixture
def lone() -> KnowledgeGraph:
    """One node, no edges."""
    return KnowledgeGraph([Entity("velden", EntityType.PLACE, "Velden")])


@pytest.fixture(params=["graph", "hostile", "lone", "empty"])
def any_graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    """Each of the small graphs in turn, and one with nothing in it."""
    return KnowledgeGraph() if request.param == "empty" else request.getfixturevalue(request.param)


@pytest.fixture
def many() -> KnowledgeGraph:
    """2,000 entities and 6,000 statements, as a made-up seed of 7 deals them."""
    deal = random.Random(7)
    entities = [Entity(f"entity-{i}", list(EntityType)[i % 7], f"Entity {i}") for i in range(2000)]
    statements = [
        Statement(
            f"entity-{int(deal.paretovariate(0.8)) % 2000}", "met", f"entity-{deal.randrange(2000)}",
            evidence=(Evidence("summit", i, i + 1, f"Sentence {i}."),),
        )
        for i in range(6000)
    ]  # fmt: skip
    return KnowledgeGraph(entities, statements, DOCUMENTS, WORDS)
