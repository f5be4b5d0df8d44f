"""Names, nouns and pronouns of one article, read with the shipped model."""

import pytest

from graphbuild import language
from graphbuild.model import Document, Paragraph
from graphbuild.pipeline import load
from graphbuild.resolve import within
from graphbuild.syntax import Tree


@pytest.fixture(scope="module")
def using():
    return load()


@pytest.fixture
def labels(using):
    """The labels of the entities that a word refers to, at its last place in the text."""

    def read(text: str, word: str) -> list[str]:
        doc = language.read(using.nlp, Document("d", text, (Paragraph(0, len(text)),)))
        resolution = within(Tree(doc), using.ontology, using.actors)
        token = max(t.i for t in doc if t.text == word)
        return [resolution.entities[key].label for key in resolution.at(token)]

    return read


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Marta Lindqvist won the vote. On Friday Lindqvist thanked her rivals.", "Lindqvist", "Marta Lindqvist"),
        ("Marta Lindqvist won the vote. She thanked her rivals.", "She", "Marta Lindqvist"),
        ("Prime Minister Marta Lindqvist lost the vote. The prime minister resigned.", "minister", "Marta Lindqvist"),
        (
            "The Northern Workers Union (NWU) called a strike. The NWU met the employers on Monday.",
            "NWU",
            "Northern Workers Union",
        ),
        ("The Norwegian government rejected the offer.", "government", "Norway"),
        ("Moscow rejected the offer and recalled its envoy.", "Moscow", "Russia"),
        ("The talks were held in Moscow on Friday.", "Moscow", "Moscow"),
        ("Norway recalled its envoy. It also closed its embassy.", "It", "Norway"),
    ],
)  # fmt: skip
def test_what_words_refer_to(labels, text, word, expected):
    assert labels(text, word) == [expected]


def test_two_people_of_one_surname_stay_apart(labels):
    text = "Marta Lindqvist met her brother Olof Lindqvist in Oslo. Olof Lindqvist is a judge."
    assert labels(text, "Olof") == ["Olof Lindqvist"]
    assert labels(text, "Marta") == ["Marta Lindqvist"]
