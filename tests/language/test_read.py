"""Tokens keep their place in the article."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.language.read import STRAIGHT, tokenise
from graphbuild.model import Document, Paragraph, ParagraphKind

NLP = spacy.blank("en")
TEXT = st.text(alphabet="abZ .,'’“”-–\u00a0\u200b\u200e\n😀é", max_size=60)


def document(*paragraphs: tuple[str, ParagraphKind]) -> Document:
    text, found = "", []
    for part, kind in paragraphs:
        found.append(Paragraph(len(text), len(text) + len(part), kind))
        text += part + "\n"
    return Document("d", text, tuple(found))


@given(TEXT)
def test_offsets_lead_back_to_the_article(text: str) -> None:
    article = document((text, ParagraphKind.BODY))
    doc = tokenise(NLP, article)
    for token, (start, end) in zip(doc, doc.user_data["offsets"], strict=True):
        assert article.text[start:end].translate(STRAIGHT) == token.text
        assert not token.is_space


def test_normalisation_replaces_one_character_by_one() -> None:
    assert all(len(str(value)) == 1 for value in STRAIGHT.values())


def test_a_sentence_begins_with_each_paragraph_and_boilerplate_is_left_out() -> None:
    doc = tokenise(
        NLP,
        document(("Talks resume", ParagraphKind.HEADLINE), ("Read more", ParagraphKind.BOILERPLATE),
                 ("Ana spoke.", ParagraphKind.BODY)),
    )  # fmt: skip
    assert [token.text for token in doc] == ["Talks", "resume", "Ana", "spoke", "."]
    assert [token.text for token in doc if token.is_sent_start] == ["Talks", "Ana"]
    assert [(span.label_, span.text) for span in doc.spans["paragraphs"]] == [
        ("headline", "Talks resume"),
        ("body", "Ana spoke."),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "\u200b"])
def test_nothing_to_read_is_an_empty_doc(text: str) -> None:
    assert len(tokenise(NLP, document((text, ParagraphKind.BODY)))) == 0
