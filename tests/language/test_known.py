"""Known actors, and the spans of the tagger made clean."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from graphbuild.language.gazetteer import create


@pytest.fixture(scope="module")
def component():
    return create(spacy.blank("en"), "graphbuild_actors", [], [])


@pytest.fixture
def ents(component):
    """Texts, labels and keys of the entities after the component, given the tagger's spans."""

    def read(text: str, *spans: tuple[int, int, str], tags: str = "") -> list[tuple[str, str, str]]:
        words = text.split()
        doc = Doc(spacy.blank("en").vocab, words=words, tags=tags.split() or ["NNP"] * len(words))
        doc.ents = [Span(doc, start, end, label=label) for start, end, label in spans]
        return [(ent.text, ent.label_, ent.kb_id_) for ent in component(doc).ents]

    return read


def test_states_are_found_without_the_tagger(ents):
    assert ents("Hungary and France spoke", tags="NNP CC NNP VBD") == [
        ("Hungary", "GPE", "Q28"),
        ("France", "GPE", "Q142"),
    ]


def test_demonyms_are_peoples_with_the_key_of_their_state(ents):
    assert ents("Hungarian voters", tags="JJ NNS") == [("Hungarian", "NORP", "Q28")]


def test_titles_and_possessives_are_no_part_of_a_name(ents):
    assert ents("President Ana Ruiz 's plan", (0, 4, "PERSON"), tags="NNP NNP NNP POS NN") == [
        ("Ana Ruiz", "PERSON", "")
    ]


def test_a_hyphen_inside_a_name_is_part_of_it_and_one_before_a_participle_is_not(component):
    vocab = spacy.blank("en").vocab
    words, spaces = ["Lee", "Kwok", "-", "hung", "left"], [True, False, False, True, True]
    doc = Doc(vocab, words=words, spaces=spaces, tags=["NNP", "NNP", "HYPH", "VBN", "VBD"])
    doc.ents = [Span(doc, 0, 2, label="PERSON")]
    assert [ent.text for ent in component(doc).ents] == ["Lee Kwok-hung"]
    doc = Doc(vocab, words=["Ruiz", "-", "backed", "rebels"], spaces=[False, False, True, True],
              tags=["NNP", "HYPH", "VBN", "NNS"])  # fmt: skip
    doc.ents = [Span(doc, 0, 1, label="PERSON")]
    assert [ent.text for ent in component(doc).ents] == ["Ruiz"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("sanctionsUS President", "ORG"),
        ("Monday", "ORG"),
        ("Advertisement", "PERSON"),
        ("Story", "ORG"),
        ("2030", "ORG"),
    ],
)
def test_junk_is_no_entity(ents, text, label):
    assert ents(text, (0, 1, label)) == []


def test_one_name_has_one_label_in_an_article(ents):
    text = "Demoria won . Demoria lost . Demoria left"
    tags = "NNP VBD . NNP VBD . NNP VBD"
    found = ents(text, (0, 1, "ORG"), (3, 4, "ORG"), (6, 7, "PERSON"), tags=tags)
    assert {label for _, label, _ in found} == {"ORG"}


def test_a_surname_is_the_person_of_the_article(ents):
    found = ents("Ana Ruiz left . Ruiz won", (0, 2, "PERSON"), (4, 5, "ORG"), tags="NNP NNP VBD . NNP VBD")
    assert found == [("Ana Ruiz", "PERSON", ""), ("Ruiz", "PERSON", "")]


def test_the_pronoun_us_is_no_state(ents):
    assert ents("told us", tags="VBD PRP") == []
    assert ents("told US officials", tags="VBD NNP NNS") == [("US", "GPE", "Q30")]


def test_storms_are_no_people(ents):
    assert ents("Storm Agnes hit", (1, 2, "PERSON"), tags="NNP NNP VBD") == []
