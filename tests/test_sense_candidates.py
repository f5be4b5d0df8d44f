"""Senses become statements where no frame fits: who fills which role of a verb, an adjective or a noun."""

from collections.abc import Callable

import pytest

from graphbuild.model import Document, Entity, EntityType, Paragraph
from graphbuild.ontology import schema as ontology
from graphbuild.ontology import turtle
from graphbuild.relate import relate
from graphbuild.resolve import Resolution
from graphbuild.syntax import Tree

ENTITIES = {
    "norland": Entity("norland", EntityType.STATE, "Norland"),
    "sudria": Entity("sudria", EntityType.STATE, "Sudria"),
    "ana": Entity("ana", EntityType.PERSON, "Ana Ruiz"),
    "bo": Entity("bo", EntityType.PERSON, "Bo Lind"),
    "times": Entity("times", EntityType.ORGANISATION, "Northern Times", subtype="MediaOrganisation"),
}


@pytest.fixture(scope="module")
def shipped() -> ontology.Ontology:
    return ontology.load()


@pytest.fixture
def found(parse: Callable[..., object], shipped: ontology.Ontology) -> Callable[..., set[tuple[str, str, str | None]]]:
    """What a parse says by one sense alone, with entities by the token that refers to them."""

    def read(relation: str, line: str, text: str, **at: int) -> set[tuple[str, str, str | None]]:
        doc = parse(text)
        known = shipped.relations[relation]
        kinds = [turtle.GB + "Relation", *([turtle.OWL + "SymmetricProperty"] if known.symmetric else [])]
        row = {
            turtle.RDF + "type": kinds,
            turtle.RDFS + "label": [known.label],
            turtle.GB + "sense": [line],
            turtle.SCHEMA + "domainIncludes": [turtle.GB + kind for kind in known.domain],
            turtle.SCHEMA + "rangeIncludes": [turtle.GB + kind for kind in known.range],
        }  # fmt: skip
        alone = ontology.compile_ontology({turtle.GB + relation: row})
        words = shipped.with_indexes(
            {"verb_frames": {}, "copular_frames": {}, "noun_frames": {}, "role_nouns": {}, "compound_frames": {},
             "senses": alone.senses}
        )  # fmt: skip
        resolution = Resolution(ENTITIES, (), {token: (key,) for key, token in at.items()}, quotations=())
        document = Document("d", doc.text, (Paragraph(0, len(doc.text)),))
        statements = relate(Tree(doc), document, words, resolution).statements
        return {(s.subject, s.relation, s.object) for s in statements if s.relation == relation}

    return read


@pytest.mark.parametrize(
    ("relation", "line", "text", "at", "says"),
    [
        (
            "visited", "visit.01: S=ARG0 O=ARG1|to", "Ana/NNP/nsubj/1 visited/VBD/root/1 Norland/NNP/obj/1",
            {"ana": 0, "norland": 2}, ("ana", "norland"),
        ),
        (
            "visited", "visit.01: S=ARG0 O=ARG1|to",
            "Ana/NNP/nmod:poss/2 's/POS/case/0 visit/NN/nsubj/5 to/IN/case/4 Norland/NNP/nmod/2 ended/VBD/root/5",
            {"ana": 0, "norland": 4}, ("ana", "norland"),
        ),
        (
            "commended", "commend.01: S=ARG0 O=ARG1",
            "Ana/NNP/nsubj:pass/2 was/VBD/aux:pass/2 commended/VBN/root/2 by/IN/case/4 Bo/NNP/obl/2",
            {"ana": 0, "bo": 4}, ("bo", "ana"),
        ),
        (  # the hearer stands where others have the thing said
            "told", "warn.01: S=ARG0 O=ARG2", "Ana/NNP/nsubj/1 warned/VBD/root/1 Bo/NNP/obj/1",
            {"ana": 0, "bo": 2}, ("ana", "bo"),
        ),
        (
            "partOf", "include.01/v: S=ARG1 O=ARG2", "Norland/NNP/nsubj/1 includes/VBZ/root/1 Sudria/NNP/obj/1",
            {"norland": 0, "sudria": 2}, None,
        ),
        (
            "memberOf", "include.01/v: S=ARG1 O=ARG2", "Times/NNP/nsubj/1 includes/VBZ/root/1 Ana/NNP/obj/1",
            {"times": 0, "ana": 2}, ("ana", "times"),
        ),
        (
            "affiliatedWith", "loyal.01: S=ARG1 O=ARG2|to",
            "Ana/NNP/nsubj/2 is/VBZ/cop/2 loyal/JJ/root/2 to/IN/case/4 Bo/NNP/obl/2",
            {"ana": 0, "bo": 4}, ("ana", "bo"),
        ),
        (  # "struck down" is another word than "struck"
            "attacked", "strike.01/v: S=ARG0 O=ARG1",
            "Norland/NNP/nsubj/1 struck/VBD/root/1 down/RP/compound:prt/1 Sudria/NNP/obj/1",
            {"norland": 0, "sudria": 3}, None,
        ),
    ],
)  # fmt: skip
def test_roles_of_verbs_and_adjectives(found, relation, line, text, at, says):
    name = "praised" if relation == "commended" else relation
    assert found(name, line, text, **at) == (set() if says is None else {(says[0], name, says[1])})


ARREST = "{}/NNP/nmod:poss/2 's/POS/case/0 arrest/NN/nsubj/5 by/IN/case/4 {}/NNP/nmod/2 began/VBD/root/5"


def test_whose_arrest_it_is_was_arrested(found):
    line = "arrest.01: S=ARG0 O=ARG1|of"
    assert found("arrested", line, ARREST.format("Ana", "Norland"), ana=0, norland=4) == {
        ("norland", "arrested", "ana")
    }
    bare = "Ana/NNP/nmod:poss/2 's/POS/case/0 arrest/NN/nsubj/3 ended/VBD/root/3"
    assert found("arrested", line, bare, ana=0) == set()


def test_who_is_supported_by_support_for_what_is_his(found):
    text = "Norland/NNP/nsubj/1 supports/VBZ/root/1 Sudria/NNP/nmod:poss/4 's/POS/case/2 independence/NN/obj/1"
    line = "support.01/vn: S=ARG0 O=ARG1's|ARG1of:Actor"
    assert found("supported", line, text, norland=0, sudria=2) == {("norland", "supported", "sudria")}
    undergone = text.replace("independence", "arrest")  # who supports an arrest supports nobody arrested
    assert found("supported", line, undergone, norland=0, sudria=2) == set()


def test_who_said_it_in_an_interview_spoke_to_the_newspaper(found):
    text = (
        "In/IN/case/2 an/DT/det/2 interview/NN/obl/6 with/IN/case/4 Times/NNP/nmod/2 Ana/NNP/nsubj/6 spoke/VBD/root/6"
    )
    line = "interview.01/n: S=ARG0:Person O=with|to:Organisation"
    assert found("told", line, text, times=4, ana=5) == {("ana", "told", "times")}


def test_with_the_support_of_somebody(found):
    text = "Ana/NNP/nsubj/1 won/VBD/root/1 with/IN/case/3 support/NN/obl/1 from/IN/case/5 Norland/NNP/nmod/3"
    assert found("supported", "support.01/vn: S=ARG0 O=ARG1|for", text, ana=0, norland=5) == {
        ("norland", "supported", "ana")
    }


def test_a_preposition_of_two_roles_fills_neither(found):
    text = "Ana/NNP/nsubj/1 agreed/VBD/root/1 with/IN/case/3 Bo/NNP/obl/1"
    assert found("agreedWith", "agree.01: S=ARG0 O=ARG2", text, ana=0, bo=3) == set()
    assert found("agreedWith", "agree.01: S=ARG0 O=ARG2|with", text, ana=0, bo=3) == {("ana", "agreedWith", "bo")}


def test_what_has_to_be_there_and_what_must_not(found):
    text = "Norland/NNP/nsubj/1 sent/VBD/root/1 {}/NNS/obj/1 to/IN/case/4 Sudria/NNP/obl/1"
    line = "send.01: S=ARG0 O=ARG2|to +ARG1:Military"
    both = {"norland": 0, "sudria": 4}
    assert found("deployedTo", line, text.format("warships"), **both) == {("norland", "deployedTo", "sudria")}
    assert found("deployedTo", line, text.format("letters"), **both) == set()
    assert found("told", "send.01: S=ARG0 O=ARG2|to -ARG1", text.format("letters"), **both) == set()


def test_a_frame_that_fits_is_the_first_choice(parse, shipped):
    doc = parse("Norland/NNP/nsubj/1 hosted/VBD/root/1 Ana/NNP/obj/1")
    resolution = Resolution(ENTITIES, (), {0: ("norland",), 2: ("ana",)}, quotations=())
    document = Document("d", doc.text, (Paragraph(0, len(doc.text)),))
    found = relate(Tree(doc), document, shipped, resolution)
    (statement,) = found.statements
    assert found.reasons[statement][0] == "frame: host O"
