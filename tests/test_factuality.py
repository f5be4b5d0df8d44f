"""Polarity, certainty, tense and source of a clause, in minimal pairs."""

import pytest

from graphbuild import ontology
from graphbuild.factuality import Reader, Reading, status
from graphbuild.model import Certainty, Status, Tense
from graphbuild.syntax import Tree


@pytest.fixture(scope="module")
def words():
    return ontology.load()


@pytest.fixture
def reading(parse, words):
    """The reading of the clause of a verb, and the word of its source."""

    def read(text: str, verb: str) -> tuple[Reading, str | None]:
        tree = Tree(parse(text))
        found = Reader(tree, words, ()).clause(tree.words.index(verb))
        return found, None if found.source is None else tree.words[found.source]

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana/NNP/nsubj/1 met/VBD/ROOT/1 Bo/NNP/obj/1", Status.FACT),
        ("Ana/NNP/nsubj/3 did/VBD/aux/3 not/RB/advmod/3 met/VB/ROOT/3 Bo/NNP/obj/3", Status.NEGATION),
        ("Ana/NNP/nsubj/2 never/RB/advmod/2 met/VBD/ROOT/2 Bo/NNP/obj/2", Status.NEGATION),
        ("No/DT/det/1 envoy/NN/nsubj/2 met/VBD/ROOT/2 Bo/NNP/obj/2", Status.NEGATION),
        (
            "Neither/CC/cc:preconj/1 Ana/NNP/nsubj/4 nor/CC/cc/3 Cy/NNP/conj/1 met/VBD/ROOT/4 Bo/NNP/obj/4",
            Status.NEGATION,
        ),
        ("Ana/NNP/nsubj/2 will/MD/aux/2 met/VB/ROOT/2 Bo/NNP/obj/2", Status.PLAN),
        ("Ana/NNP/nsubj/3 is/VBZ/aux/3 to/TO/mark/3 met/VB/ROOT/3 Bo/NNP/obj/3", Status.PLAN),
        ("Ana/NNP/nsubj/2 may/MD/aux/2 met/VB/ROOT/2 Bo/NNP/obj/2", Status.POSSIBILITY),
        (
            "If/IN/mark/2 Ana/NNP/nsubj/2 met/VBZ/advcl/5 Bo/NNP/obj/2 Cy/NNP/nsubj/5 left/VBD/ROOT/5",
            Status.POSSIBILITY,
        ),
        ("Perhaps/RB/advmod/2 Ana/NNP/nsubj/2 met/VBD/ROOT/2 Bo/NNP/obj/2", Status.POSSIBILITY),
        ("Cy/NNP/nsubj/1 said/VBD/ROOT/1 Ana/NNP/nsubj/3 met/VBD/ccomp/1 Bo/NNP/obj/3", Status.CLAIM),
        ("Cy/NNP/nsubj/1 denied/VBD/ROOT/1 Ana/NNP/nsubj/3 met/VBD/ccomp/1 Bo/NNP/obj/3", Status.NEGATION),
        ("Ana/NNP/nsubj/1 hopes/VBZ/ROOT/1 to/TO/mark/3 met/VB/xcomp/1 Bo/NNP/obj/3", Status.PLAN),
        ("Ana/NNP/nsubj/1 failed/VBD/ROOT/1 to/TO/mark/3 met/VB/xcomp/1 Bo/NNP/obj/3", Status.NEGATION),
        ("Ana/NNP/nsubj/1 managed/VBD/ROOT/1 to/TO/mark/3 met/VB/xcomp/1 Bo/NNP/obj/3", Status.FACT),
        (
            "Ana/NNP/nsubj/1 has/VBZ/ROOT/1 yet/RB/advmod/1 to/TO/mark/4 met/VB/xcomp/1 Bo/NNP/obj/4",
            Status.NEGATION,
        ),
        ("Please/UH/discourse/1 met/VB/ROOT/1 Bo/NNP/obj/1", Status.PLAN),
        ("Ana/NNP/nsubj/2 is/VBZ/aux/2 met/VBG/ROOT/2 Bo/NNP/obj/2 on/IN/case/5 Friday/NNP/obl/2", Status.PLAN),
        ("Ana/NNP/nsubj/1 considered/VBD/ROOT/1 met/VBG/xcomp/1 Bo/NNP/obj/2", Status.PLAN),
        (
            "Ana/NNP/nsubj/2 was/VBD/aux/2 barred/VBN/ROOT/2 from/IN/mark/4 met/VBG/advcl/2 Bo/NNP/obj/4",
            Status.NEGATION,
        ),
        (
            "Cy/NNP/nsubj/2 will/MD/aux/2 go/VB/ROOT/2 before/IN/mark/5 Ana/NNP/nsubj/5 met/VBZ/advcl/2 Bo/NNP/obj/5",
            Status.POSSIBILITY,
        ),
        ("Ana/NNP/nsubj/1 has/VBZ/ROOT/1 to/TO/mark/3 met/VB/xcomp/1 Bo/NNP/obj/3", Status.POSSIBILITY),
        (
            "Cy/NNP/nsubj/1 refused/VBD/ROOT/1 to/TO/mark/3 say/VB/xcomp/1 that/IN/mark/6 Ana/NNP/nsubj/6 "
            "met/VBD/ccomp/3 Bo/NNP/obj/6",
            Status.POSSIBILITY,
        ),
        (
            "If/IN/mark/2 Cy/NNP/nsubj/2 agrees/VBZ/advcl/8 and/CC/cc/5 Ana/NNP/nsubj/5 met/VBZ/conj/2 Bo/NNP/obj/5 "
            "Di/NNP/nsubj/8 leaves/VBZ/ROOT/8",
            Status.POSSIBILITY,
        ),
        (
            "Had/VBD/aux/2 Ana/NNP/nsubj/2 met/VBN/advcl/5 Bo/NNP/obj/2 Cy/NNP/nsubj/5 left/VBD/ROOT/5",
            Status.POSSIBILITY,
        ),
    ],
)
def test_the_words_round_a_clause_decide_its_status(reading, text, expected):
    found, _ = reading(text, "met")
    assert status(found, news_source=False) is expected, found.reasons


def test_the_speaker_is_the_source(reading):
    found, source = reading("Cy/NNP/nsubj/1 said/VBD/ROOT/1 Ana/NNP/nsubj/3 met/VBD/ccomp/1 Bo/NNP/obj/3", "met")
    assert (source, found.cue, found.doubting) == ("cy", "said", False)
    found, source = reading("Cy/NNP/nsubj/1 alleged/VBD/ROOT/1 Ana/NNP/nsubj/3 met/VBD/ccomp/1 Bo/NNP/obj/3", "met")
    assert (source, found.doubting) == ("cy", True)


def test_according_to_names_the_source(reading):
    text = "According/VBG/case/2 to/TO/fixed/0 Cy/NNP/obl/4 Ana/NNP/nsubj/4 met/VBD/ROOT/4 Bo/NNP/obj/4"
    assert reading(text, "met")[1] == "cy"


def test_a_relative_clause_is_presupposed(reading):
    text = (
        "Ana/NNP/nsubj/1 hopes/VBZ/ROOT/1 to/TO/mark/3 sell/VB/xcomp/1 the/DT/det/5 firm/NN/obj/3 "
        "she/PRP/nsubj/7 bought/VBD/acl:relcl/5"
    )
    assert status(reading(text, "bought")[0], False) is Status.FACT
    assert status(reading(text, "sell")[0], False) is Status.PLAN


@pytest.mark.parametrize(
    ("made", "news", "expected"),
    [
        (Reading(), False, Status.FACT),
        (Reading(source=3), True, Status.REPORT),
        (Reading(source=3, doubting=True), True, Status.CLAIM),
        (Reading(source=3), False, Status.CLAIM),
        (Reading(tense=Tense.FUTURE, source=3), True, Status.PLAN),
        (Reading(content=True), False, Status.PLAN),
        (Reading(certainty=Certainty.PROBABLE, tense=Tense.FUTURE), False, Status.POSSIBILITY),
        (Reading(negated=True, certainty=Certainty.POSSIBLE), False, Status.NEGATION),
    ],
)
def test_the_first_status_that_applies(made, news, expected):
    assert status(made, news) is expected
