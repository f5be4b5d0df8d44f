"""Frames and references become statements; the ontology decides what they mean."""

import pytest

from graphbuild.factuality.direct_speech import quotations
from graphbuild.model import Document, Entity, EntityType, Paragraph, Polarity, Status
from graphbuild.ontology import schema as ontology
from graphbuild.relate import Relations, relate
from graphbuild.resolve import Resolution
from graphbuild.syntax import Tree

ENTITIES = {
    "norland": Entity("norland", EntityType.STATE, "Norland"),
    "sudria": Entity("sudria", EntityType.STATE, "Sudria"),
    "ana": Entity("ana", EntityType.PERSON, "Ana Ruiz"),
    "cy": Entity("cy", EntityType.PERSON, "Cy Young"),
    "times": Entity("times", EntityType.ORGANISATION, "Northern Times", subtype="MediaOrganisation"),
    "court": Entity("court", EntityType.ORGANISATION, "High Court", subtype="Court"),
    "party": Entity("party", EntityType.ORGANISATION, "Green Party", subtype="Party"),
    "lake": Entity("lake", EntityType.PLACE, "Blue Lake"),
    "talks": Entity("talks", EntityType.EVENT, "talks", named=False, local=True),
}


@pytest.fixture(scope="module")
def words():
    return ontology.load()


@pytest.fixture
def found(parse, words):
    """What a parse says, with entities by the token that refers to them."""

    def read(text: str, **at: int) -> Relations:
        doc = parse(text)
        document = Document("d", doc.text, (Paragraph(0, len(doc.text)),))
        places = {token: (key,) for key, token in at.items()}
        tree = Tree(doc)
        resolution = Resolution(ENTITIES, (), places, quotations=quotations(tree, words))
        return relate(tree, document, words, resolution)

    return read


def rows(relations: Relations) -> set[tuple[str, str, str | None, Status]]:
    return {(s.subject, s.relation, s.object, s.status) for s in relations.statements}


HOSTED = "Norland/NNP/nsubj/1 hosted/VBD/ROOT/1 Sudria/NNP/obj/1"


def test_a_verb_says_a_fact_and_cites_its_sentence(found):
    (statement,) = found(HOSTED, norland=0, sudria=2).statements
    assert (statement.subject, statement.relation, statement.object) == ("norland", "hosted", "sudria")
    assert (statement.status, statement.pattern) == (Status.FACT, "active")
    (evidence,) = statement.evidence
    assert (evidence.document, evidence.start, evidence.end, evidence.text) == ("d", 0, 21, "Norland hosted Sudria")


def test_the_passive_says_the_same(found):
    text = "Sudria/NNP/nsubj:pass/2 was/VBD/aux:pass/2 hosted/VBN/ROOT/2 by/IN/case/4 Norland/NNP/obl/2"
    assert rows(found(text, sudria=0, norland=4)) == {("norland", "hosted", "sudria", Status.FACT)}


def test_a_denied_clause_is_a_negation(found):
    text = "Norland/NNP/nsubj/3 did/VBD/aux/3 not/RB/advmod/3 host/VB/ROOT/3 Sudria/NNP/obj/3"
    (statement,) = found(text, norland=0, sudria=4).statements
    assert (statement.status, statement.polarity) == (Status.NEGATION, Polarity.NEGATED)


def test_an_offer_to_host_is_no_hosting(found):
    text = (
        "Norland/NNP/nsubj/2 has/VBZ/aux/2 offered/VBN/ROOT/2 to/TO/mark/4 host/VB/xcomp/2 the/DT/det/6 talks/NNS/obj/4"
    )
    (statement,) = found(text, norland=0, talks=6).statements
    assert (statement.relation, statement.object, statement.status) == ("offered", None, Status.FACT)
    assert statement.content is not None
    inner = statement.content
    assert (inner.subject, inner.relation, inner.object, inner.status) == ("norland", "hosted", "talks", Status.PLAN)


def test_who_is_urged_is_to_act(found):
    text = "Norland/NNP/nsubj/1 urged/VBD/ROOT/1 Sudria/NNP/obj/1 to/TO/mark/4 release/VB/xcomp/1 Ana/NNP/obj/4"
    (statement,) = found(text, norland=0, sudria=2, ana=5).statements
    assert (statement.relation, statement.object) == ("urged", "sudria")
    assert statement.content is not None
    assert (statement.content.subject, statement.content.relation, statement.content.object) == (
        "sudria", "released", "ana",
    )  # fmt: skip


def test_newspapers_report_and_people_claim(found):
    text = "{}/NNP/nsubj/1 reported/VBD/ROOT/1 Norland/NNP/nsubj/3 hosted/VBD/ccomp/1 Sudria/NNP/obj/3"
    assert ("norland", "hosted", "sudria", Status.REPORT) in rows(
        found(text.format("Times"), times=0, norland=2, sudria=4)
    )
    assert ("norland", "hosted", "sudria", Status.CLAIM) in rows(found(text.format("Cy"), cy=0, norland=2, sudria=4))


def test_who_is_credited_and_unknown_still_makes_it_a_claim(found):
    text = "Sources/NNS/nsubj/1 said/VBD/ROOT/1 Norland/NNP/nsubj/3 hosted/VBD/ccomp/1 Sudria/NNP/obj/3"
    (statement,) = found(text, norland=2, sudria=4).statements
    assert (statement.status, statement.source) == (Status.CLAIM, None)


def test_coordination_is_distributed(found):
    text = "Norland/NNP/nsubj/3 and/CC/cc/2 Sudria/NNP/conj/0 hosted/VBD/ROOT/3 Ana/NNP/obj/3"
    assert rows(found(text, norland=0, sudria=2, ana=4)) == {
        ("norland", "hosted", "ana", Status.FACT),
        ("sudria", "hosted", "ana", Status.FACT),
    }


def test_those_who_met_met_each_other(found):
    text = "Norland/NNP/nsubj/3 and/CC/cc/2 Sudria/NNP/conj/0 met/VBD/ROOT/3"
    assert rows(found(text, norland=0, sudria=2)) == {("norland", "met", "sudria", Status.FACT)}


def test_an_indictment_against_somebody_is_found_in_its_noun(found):
    text = (
        "the/DT/det/1 court/NN/nmod:poss/3 's/POS/case/1 indictment/NN/nsubj/6 against/IN/case/5 Ana/NNP/nmod/3 "
        "failed/VBD/ROOT/6"
    )
    assert ("court", "indicted", "ana", Status.FACT) in rows(found(text, court=1, ana=5))


def test_titles_say_roles(found):
    text = (
        "Norland/NNP/nmod:poss/3 's/POS/case/0 foreign/JJ/amod/3 minister/NN/nmod:desc/4 Ana/NNP/nsubj/5 "
        "left/VBD/ROOT/5"
    )
    (statement,) = (s for s in found(text, norland=0, ana=4).statements if s.relation == "ministerOf")
    assert (statement.subject, statement.object, statement.role) == ("ana", "norland", "foreign minister")


def test_ends_of_the_wrong_type_are_refused_with_the_reason(found):
    text = "Lake/NNP/nsubj/1 indicted/VBD/ROOT/1 Ana/NNP/obj/1"
    relations = found(text, lake=0, ana=2)
    assert not relations.statements
    assert any("fitting type as subject" in refusal.reason for refusal in relations.refusals)


def test_reasons_name_the_frame_and_the_words(found):
    text = "Norland/NNP/nsubj/2 will/MD/aux/2 host/VB/ROOT/2 Sudria/NNP/obj/2"
    relations = found(text, norland=0, sudria=3)
    (statement,) = relations.statements
    frame, status, confidence = relations.reasons[statement]
    assert (frame, status) == ("frame: host O", "future: will")
    assert confidence == f"confidence: its like was right in {statement.confidence:.0%}"


def test_a_verb_outside_the_ontology_gives_an_open_relation(found):
    text = "Norland/NNP/nsubj/1 outshone/VBD/ROOT/1 Sudria/NNP/obj/1"
    (statement,) = found(text, norland=0, sudria=2).statements
    assert statement.relation.startswith("open-")
