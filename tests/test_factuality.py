"""Polarity, certainty, tense and source of a clause, in minimal pairs."""

import pytest

from graphbuild.factuality import Factuality, FactualityAnalyser, status
from graphbuild.model import Certainty, Status, Tense
from graphbuild.ontology import schema as ontology
from graphbuild.syntax import Tree


@pytest.fixture(scope="module")
def words():
    return ontology.load()


@pytest.fixture
def reading(parse, words):
    """The reading of the clause of a verb, and the word of its source."""

    def read(text: str, verb: str) -> tuple[Factuality, str | None]:
        tree = Tree(parse(text))
        found = FactualityAnalyser(tree, words, ()).clause(tree.words.index(verb))
        return found, None if found.source is None else tree.words[found.source]

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana/NNP/nsubj/1 met/VBD/ROOT/1 Bo/NNP/obj/1", Status.FACT),
        ("Ana/NNP/nsubj/3 did/VBD/aux/3 not/RB/advmod/3 met/VB/ROOT/3 Bo/NNP/obj/3", Status.NEGATION),
        ("Ana/NNP/nsubj/2 never/RB/advmod/2 met/VBD/ROOT/2 Bo/NNP/obj/2", Status.NEGATION),
        ("Ana/NNP/nsubj/3 did/VBD/aux/3 not/RB/advmod/3 call/VB/ROOT/3 or/CC/cc/5 met/VB/conj/3", Status.NEGATION),
        ("Ana/NNP/nsubj/3 did/VBD/aux/3 not/RB/advmod/3 call/VB/ROOT/3 but/CC/cc/5 met/VB/conj/3", Status.FACT),
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
        ("Neither/DT/nsubj/1 met/VBD/ROOT/1 Bo/NNP/obj/1", Status.NEGATION),
        ("Not/RB/advmod/2 one/CD/nummod/2 envoy/NN/nsubj/3 met/VBD/ROOT/3 Bo/NNP/obj/3", Status.NEGATION),
        ("Not/RB/advmod/1 once/RB/advmod/4 did/VBD/aux/4 Ana/NNP/nsubj/4 met/VB/ROOT/4", Status.NEGATION),
        ("At/IN/case/2 no/DT/det/2 time/NN/obl/5 did/VBD/aux/5 Ana/NNP/nsubj/5 met/VB/ROOT/5", Status.NEGATION),
        ("Ana/NNP/nsubj/1 met/VBD/ROOT/1 Bo/NNP/obj/1 in/IN/case/5 no/DT/det/5 time/NN/obl/1", Status.FACT),
        ("Not/RB/advmod/1 all/DT/det/2 envoys/NNS/nsubj/3 met/VBD/ROOT/3 Bo/NNP/obj/3", Status.POSSIBILITY),
        ("Few/JJ/amod/1 envoys/NNS/nsubj/2 met/VBD/ROOT/2 Bo/NNP/obj/2", Status.POSSIBILITY),
        ("A/DT/det/2 few/JJ/amod/2 envoys/NNS/nsubj/3 met/VBD/ROOT/3 Bo/NNP/obj/3", Status.FACT),
        (
            "Ana/NNP/nsubj/3 did/VBD/aux/3 not/RB/advmod/3 stop/VB/ROOT/3 met/VBG/xcomp/3 Bo/NNP/obj/4",
            Status.FACT,
        ),
        (
            "Ana/NNP/nsubj/3 was/VBD/cop/3 too/RB/advmod/3 ill/JJ/ROOT/3 to/TO/mark/5 met/VB/advcl/3 Bo/NNP/obj/5",
            Status.NEGATION,
        ),
        ("Let/VB/ROOT/0 's/PRP/obj/0 met/VB/xcomp/0 Bo/NNP/obj/2", Status.PLAN),
        (
            "All/DT/nsubj/6 Ana/NNP/nsubj/2 has/VBZ/acl:relcl/0 to/TO/mark/4 do/VB/xcomp/2 is/VBZ/cop/6 met/VB/ROOT/6",
            Status.PLAN,
        ),
        (
            "We/PRP/nsubj/2 are/VBP/aux/2 waiting/VBG/ROOT/2 so/CC/cc/4 met/VB/conj/2 Bo/NNP/obj/4",
            Status.PLAN,
        ),
        (
            "If/IN/mark/2 Cy/NNP/nsubj/2 leaves/VBZ/advcl/4 Ana/NNP/nsubj/4 met/VBZ/ROOT/4 Bo/NNP/obj/4",
            Status.POSSIBILITY,
        ),
        (
            "Even/RB/advmod/3 if/IN/mark/3 Cy/NNP/nsubj/3 leaves/VBZ/advcl/5 Ana/NNP/nsubj/5 met/VBZ/ROOT/5",
            Status.FACT,
        ),
        (
            "Cy/NNP/nsubj/2 may/MD/aux/2 leave/VB/ROOT/2 ,/,/punct/4 met/VBG/advcl/2 Bo/NNP/obj/4",
            Status.POSSIBILITY,
        ),
        (
            "Cy/NNP/nsubj/1 left/VBD/ROOT/1 ,/,/punct/3 met/VBG/advcl/1 Bo/NNP/obj/3",
            Status.FACT,
        ),
        (
            "Cy/NNP/nsubj/2 may/MD/aux/2 leave/VB/ROOT/2 after/IN/mark/4 met/VBG/advcl/2 Bo/NNP/obj/4",
            Status.FACT,
        ),
        (
            "Cy/NNP/nsubj/2 will/MD/aux/2 ensure/VB/ROOT/2 that/IN/mark/5 Ana/NNP/nsubj/5 met/VBZ/ccomp/2",
            Status.PLAN,
        ),
        ("Cy/NNP/nsubj/1 ensured/VBD/ROOT/1 that/IN/mark/4 Ana/NNP/nsubj/4 met/VBD/ccomp/1", Status.FACT),
        (
            "Cy/NNP/nsubj/1 wants/VBZ/ROOT/1 to/TO/mark/3 know/VB/xcomp/1 who/WP/nsubj/5 met/VBD/ccomp/3 Bo/NNP/obj/5",
            Status.FACT,
        ),
        ("Cy/NNP/nsubj/1 wanted/VBD/ROOT/1 Ana/NNP/obj/1 met/VBN/xcomp/1", Status.PLAN),
        ("Cy/NNP/nsubj/1 had/VBD/ROOT/1 Ana/NNP/obj/1 met/VBN/xcomp/1", Status.FACT),
        (
            "Ana/NNP/nsubj/2 've/VBP/aux/2 got/VBN/ROOT/2 to/TO/mark/4 met/VB/xcomp/2 Bo/NNP/obj/4",
            Status.POSSIBILITY,
        ),
        (
            "Ana/NNP/nsubj/4 was/VBD/cop/4 the/DT/det/4 first/JJ/amod/4 envoy/NN/ROOT/4 to/TO/mark/6 met/VB/acl/4",
            Status.FACT,
        ),
        (
            "Ana/NNP/nsubj/4 was/VBD/cop/4 an/DT/det/4 eager/JJ/amod/4 envoy/NN/ROOT/4 to/TO/mark/6 met/VB/acl/4",
            Status.PLAN,
        ),
        (
            "A/DT/det/1 plan/NN/nsubj/5 met/VBN/acl/1 by/IN/case/4 Bo/NNP/obl/2 failed/VBD/ROOT/5",
            Status.FACT,
        ),
        (
            "Fears/NNS/ROOT/0 of/IN/mark/3 Ana/NNP/nsubj/3 met/VBG/acl/0 Bo/NNP/obj/3",
            Status.POSSIBILITY,
        ),
        ("You/PRP/nsubj/1 met/VBP/ROOT/1 Bo/NNP/obj/1", Status.POSSIBILITY),
        ("You/PRP/nsubj/1 met/VBD/ROOT/1 Bo/NNP/obj/1", Status.FACT),
        (
            "Ana/NNP/nsubj/2 is/VBZ/aux/2 met/VBG/ROOT/2 Bo/NNP/obj/2 in/IN/case/6 two/CD/nummod/6 weeks/NNS/obl/2",
            Status.PLAN,
        ),
        (
            "It/PRP/nsubj/2 is/VBZ/cop/2 time/NN/ROOT/2 Ana/NNP/nsubj/4 met/VBD/acl:relcl/2 Bo/NNP/obj/4",
            Status.PLAN,
        ),
        (
            "Ana/NNP/nsubj:pass/2 was/VBD/aux:pass/2 accused/VBN/ROOT/2 of/IN/mark/4 met/VBG/advcl/2 Bo/NNP/obj/4",
            Status.CLAIM,
        ),
        (
            "Ana/NNP/nsubj:pass/2 was/VBD/aux:pass/2 jailed/VBN/ROOT/2 for/IN/mark/4 met/VBG/advcl/2 Bo/NNP/obj/4",
            Status.FACT,
        ),
        (
            "Ana/NNP/nsubj:pass/2 was/VBD/aux:pass/2 cleared/VBN/ROOT/2 of/IN/mark/4 met/VBG/advcl/2 Bo/NNP/obj/4",
            Status.NEGATION,
        ),
        (
            "Cy/NNP/nsubj/1 denied/VBD/ROOT/1 reports/NNS/obj/1 that/IN/mark/5 Ana/NNP/nsubj/5 met/VBD/acl/2",
            Status.NEGATION,
        ),
        (
            "Cy/NNP/nsubj/1 confirmed/VBD/ROOT/1 reports/NNS/obj/1 that/IN/mark/5 Ana/NNP/nsubj/5 met/VBD/acl/2",
            Status.CLAIM,
        ),
        ("Nobody/NN/nsubj/1 said/VBD/ROOT/1 Ana/NNP/nsubj/3 met/VBD/ccomp/1 Bo/NNP/obj/3", Status.POSSIBILITY),
        (
            "Ana/NNP/nsubj/1 voted/VBD/ROOT/1 against/IN/mark/3 met/VBG/advcl/1 Bo/NNP/obj/3",
            Status.NEGATION,
        ),
        (
            "It/PRP/nsubj/3 was/VBD/cop/3 not/RB/advmod/3 Ana/NNP/ROOT/3 who/WP/nsubj/5 met/VBD/acl:relcl/3",
            Status.NEGATION,
        ),
        (
            "Ana/NNP/nsubj/1 went/VBD/ROOT/1 on/RB/advmod/1 to/TO/mark/4 met/VB/advcl/1 Bo/NNP/obj/4",
            Status.FACT,
        ),
        (
            "Ana/NNP/nsubj/1 acted/VBD/ROOT/1 as/IN/mark/5 though/IN/mark/5 Cy/NNP/nsubj/5 met/VBD/advcl/1",
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
        (Factuality(), False, Status.FACT),
        (Factuality(source=3), True, Status.REPORT),
        (Factuality(source=3, doubting=True), True, Status.CLAIM),
        (Factuality(source=3), False, Status.CLAIM),
        (Factuality(tense=Tense.FUTURE, source=3), True, Status.PLAN),
        (Factuality(content=True), False, Status.PLAN),
        (Factuality(certainty=Certainty.PROBABLE, tense=Tense.FUTURE), False, Status.POSSIBILITY),
        (Factuality(negated=True, certainty=Certainty.POSSIBLE), False, Status.NEGATION),
    ],
)
def test_the_first_status_that_applies(made, news, expected):
    assert status(made, news) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cy/NNP/nsubj/1 left/VBD/ROOT/1 after/IN/case/3 talks/NNS/obl/1", Status.FACT),
        ("Cy/NNP/nsubj/1 left/VBD/ROOT/1 ahead/RB/advmod/1 of/IN/case/4 talks/NNS/obl/1", Status.PLAN),
        ("Cy/NNP/nsubj/1 left/VBD/ROOT/1 without/IN/case/3 talks/NNS/obl/1", Status.NEGATION),
        ("There/EX/expl/1 were/VBD/ROOT/1 no/DT/det/3 talks/NNS/nsubj/1", Status.NEGATION),
        ("There/EX/expl/1 were/VBD/ROOT/1 talks/NNS/nsubj/1", Status.FACT),
        ("The/DT/det/1 talks/NNS/nsubj/3 would/MD/aux/3 help/VB/ROOT/3", Status.POSSIBILITY),
        ("The/DT/det/1 talks/NNS/nsubj/2 helped/VBD/ROOT/2", Status.FACT),
        ("The/DT/det/2 thwarted/VBN/amod/2 talks/NNS/nsubj/3 helped/VBD/ROOT/3", Status.NEGATION),
    ],
)
def test_the_words_round_an_event_decide_its_status(parse, words, text, expected):
    tree = Tree(parse(text))
    found = FactualityAnalyser(tree, words, ()).nominal(tree.words.index("talks"), standing=False)
    assert status(found, news_source=False) is expected, found.reasons


def test_a_long_chain_of_clauses_is_read_at_once(reading):
    chain = " ".join(f"leaving/VBG/advcl/{head}" for head in range(1, 40))
    found, _ = reading(f"Ana/NNP/nsubj/1 may/MD/ROOT/1 {chain} met/VBG/advcl/40 Bo/NNP/obj/41", "met")
    assert found.tense is Tense.PAST
