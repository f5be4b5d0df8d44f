"""The frame notation: strings in, frozen frames out."""

import pytest

from graphbuild.errors import OntologyError
from graphbuild.ontology import frames as notation
from graphbuild.ontology.frames import Slot


def test_a_verb_frame_has_verbs_and_slots():
    frame = notation.verb_frame("met", "hold talks/meeting with O")
    assert frame.verbs == ("hold",)
    assert frame.slots == (Slot("", (), ("talks", "meeting")), Slot("O", ("with",)))
    assert not frame.copular


def test_particles_alternatives_and_optional_slots():
    frame = notation.verb_frame("rejected", "turn_down/reject O (over C)")
    assert frame.verbs == ("turn_down", "reject")
    assert frame.slots[1] == Slot("C", ("over",), (), optional=True)


def test_the_word_behind_be_heads_a_copular_frame():
    frame = notation.verb_frame("foughtWar", "be war with O")
    assert (frame.copular, frame.verbs) == (True, ("war",))


def test_slots_may_be_narrowed_and_implied():
    assert notation.verb_frame("hosted", "receive O:Person|State").slots == (Slot("O", types=("Person", "State")),)
    assert notation.verb_frame("electedTo", "be elected {O:Parliament}").slots == (
        Slot("O", types=("Parliament",), implied=True),
    )


def test_a_frame_may_begin_with_its_object():
    assert notation.verb_frame("attacked", "O suffer attack by S").subject == "O"
    with pytest.raises(OntologyError, match="names S in a slot"):
        notation.verb_frame("attacked", "O suffer attack")


def test_more_literal_words_win():
    frames = [notation.verb_frame("r", text) for text in ("hold O", "hold talks with O")]
    assert frames[0].specificity < frames[1].specificity


def test_noun_role_compound_and_pair_frames():
    noun = notation.noun_frame("indicted", "indictment/charge: S=by/poss O=against/of")
    assert (noun.nouns, noun.realisations("O"), noun.realisations("C")) == (
        ("indictment", "charge"),
        ("against", "of"),
        (),
    )
    role = notation.role_noun("leaderOf", "head/prime minister: O=of/poss/mod")
    assert (role.nouns, role.role, role.realisations) == (("head", "prime minister"), "O", ("of", "poss", "mod"))
    compound = notation.compound_frame("supported", "S-backed O")
    assert (compound.word, compound.first, compound.prefix) == ("backed", "S", False)
    assert notation.compound_frame("supported", "pro-O S").prefix
    pair = notation.pair_frame("memberOf", "S:Person O:Party=of/from")
    assert (pair.subjects, pair.objects, pair.anchor, pair.realisations) == (
        ("Person",),
        ("Party",),
        "S",
        ("of", "from"),
    )


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (notation.verb_frame, "Meet O"),
        (notation.verb_frame, "meet with"),
        (notation.verb_frame, "meet with by O"),
        (notation.verb_frame, "meet ?"),
        (notation.noun_frame, "meeting"),
        (notation.noun_frame, "meeting: S=beside-of"),
        (notation.role_noun, "head: O=of S=by"),
        (notation.compound_frame, "backed S O"),
        (notation.pair_frame, "S:Person S:Party=of"),
        (notation.pair_frame, "S:Person O:Party=nearby"),
    ],
)
def test_faults_name_relation_and_frame(parse, text):
    with pytest.raises(OntologyError) as caught:
        parse("someRelation", text)
    assert "gb:someRelation" in str(caught.value)
    assert repr(text) in str(caught.value)
