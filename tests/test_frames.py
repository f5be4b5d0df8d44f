"""Predicates and their logical arguments."""

import pytest

from graphbuild.syntax import Tree
from graphbuild.syntax.clauses import Predicate, frames

CONTROL = frozenset({"promise"})


@pytest.fixture
def frame(parse):
    """The frame of the verb with a lemma, its arguments as words."""

    def found(text: str, lemma: str) -> tuple[Predicate, list[str]]:
        tree = Tree(parse(text))
        (one,) = [f for f in frames(tree, CONTROL) if f.lemma == lemma]
        words = ["-" if t is None else tree.words[t] for t in (one.subject, one.object, one.indirect)]
        return one, words

    return found


@pytest.mark.parametrize(
    ("text", "lemma", "construction", "arguments"),
    [
        ("Ana/NNP/nsubj/1 praised/VBD/ROOT/1 Bo/NNP/obj/1", "praise", "active", ["ana", "bo", "-"]),
        (
            "Bo/NNP/nsubj:pass/2 was/VBD/aux:pass/2 praised/VBN/ROOT/2 by/IN/case/4 Ana/NNP/obl/2",
            "praise", "passive", ["ana", "bo", "-"],
        ),
        ("Bo/NNP/nsubj:pass/2 was/VBD/aux:pass/2 praised/VBN/ROOT/2", "praise", "passive", ["-", "bo", "-"]),
        (
            "talks/NNS/ROOT/0 hosted/VBN/acl/0 by/IN/case/3 Peru/NNP/obl/1",
            "host", "participle", ["peru", "talks", "-"],
        ),
        (
            "Ana/NNP/ROOT/0 ,/,/punct/3 who/WP/nsubj/3 praised/VBD/acl:relcl/0 Bo/NNP/obj/3",
            "praise", "relative", ["ana", "bo", "-"],
        ),
        (
            "Ana/NNP/nsubj/1 agreed/VBD/ROOT/1 to/TO/mark/3 meet/VB/xcomp/1 Bo/NNP/obj/3",
            "meet", "control", ["ana", "bo", "-"],
        ),
        (
            "Ana/NNP/nsubj/1 urged/VBD/ROOT/1 Bo/NNP/obj/1 to/TO/mark/4 free/VB/xcomp/1 Cy/NNP/obj/4",
            "free", "control", ["bo", "cy", "-"],
        ),
        (
            "Ana/NNP/nsubj/1 promised/VBD/ROOT/1 Bo/NNP/obj/1 to/TO/mark/4 free/VB/xcomp/1 Cy/NNP/obj/4",
            "free", "control", ["ana", "cy", "-"],
        ),
        (
            "Ana/NNP/nsubj/1 accused/VBD/ROOT/1 Bo/NNP/obj/1 of/IN/mark/4 robbing/VBG/advcl/1 Cy/NNP/obj/4",
            "rob", "control", ["bo", "cy", "-"],
        ),
        (
            "Ana/NNP/nsubj/1 signed/VBD/ROOT/1 and/CC/cc/3 ratified/VBD/conj/1 the/DT/det/5 pact/NN/obj/1",
            "ratify", "conjoined", ["ana", "pact", "-"],
        ),
        (
            "Ana/NNP/nsubj:pass/2 was/VBD/aux:pass/2 arrested/VBN/ROOT/2 and/CC/cc/4 charged/VBN/conj/2 "
            "by/IN/case/6 police/NNS/obl/4",
            "arrest", "passive", ["police", "ana", "-"],
        ),
        ("Peru/NNP/ROOT/0 to/TO/mark/2 host/VB/acl/0 talks/NNS/obj/2", "host", "control", ["peru", "talks", "-"]),
        (
            "Ana/NNP/nsubj/1 gave/VBD/ROOT/1 Bo/NNP/iobj/1 a/DT/det/4 medal/NN/obj/1",
            "give", "active", ["ana", "medal", "bo"],
        ),
        (
            "Peru/NNP/nsubj/4 was/VBD/cop/4 the/DT/det/4 first/JJ/amod/4 country/NN/ROOT/4 to/TO/mark/6 "
            "praise/VB/acl/4 Bo/NNP/obj/6",
            "praise", "control", ["peru", "bo", "-"],
        ),
        (
            "Peru/NNP/nsubj/1 became/VBD/ROOT/1 the/DT/det/4 only/JJ/amod/4 country/NN/xcomp/1 to/TO/mark/6 "
            "praise/VB/acl/4 Bo/NNP/obj/6",
            "praise", "control", ["peru", "bo", "-"],
        ),
        (
            "Ana/NNP/nsubj/3 is/VBZ/cop/3 on/IN/case/3 trial/NN/ROOT/3 for/IN/mark/5 bribing/VBG/acl/3 Bo/NNP/obj/5",
            "bribe", "control", ["ana", "bo", "-"],
        ),
    ],
)  # fmt: skip
def test_arguments_are_logical_whatever_the_construction(frame, text, lemma, construction, arguments):
    found, words = frame(text, lemma)
    assert (found.construction, words) == (construction, arguments)


def test_particles_join_the_lemma_and_prepositions_name_obliques(frame):
    found, _ = frame("Ana/NNP/nsubj/1 turned/VBD/ROOT/1 down/RP/compound:prt/1 Bo/NNP/obj/1", "turn_down")
    assert found.obliques == ()
    found, _ = frame("Ana/NNP/nsubj/1 met/VBD/ROOT/1 with/IN/case/3 Bo/NNP/obl/1", "meet")
    assert found.obliques == (("with", 3),)


def test_what_was_asked_is_no_content_and_what_was_said_is_no_infinitive(frame):
    found, _ = frame("Ana/NNP/nsubj/1 asked/VBD/ROOT/1 whether/IN/mark/4 Bo/NNP/nsubj/4 left/VBD/ccomp/1", "ask")
    assert found.finite is None
    found, _ = frame("Ana/NNP/nsubj/1 said/VBD/ROOT/1 Bo/NNP/nsubj/3 left/VBD/ccomp/1", "say")
    assert (found.finite, found.infinitive) == (3, None)


def test_copular_predicates_have_frames(frame):
    found, words = frame("Ana/NNP/nsubj/2 is/VBZ/cop/2 wary/JJ/ROOT/2 of/IN/case/4 Bo/NNP/obl/2", "wary")
    assert (found.copular, words[0], found.obliques) == (True, "ana", (("of", 4),))
