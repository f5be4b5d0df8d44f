"""What all tests share: ``--update`` rewrites golden files and the generated part of the README."""

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc, Span

from graphbuild.language.words import words as fill


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite golden files instead of comparing with them")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture
def parse() -> Callable[..., Doc]:
    """A parsed Doc by hand: ``parse("Ana/NNP/nsubj/1 left/VBD/ROOT/1", (0, 1, "PERSON"))``; heads are token indices."""
    nlp = spacy.blank("en")

    def made(text: str, *ents: tuple[int, int, str]) -> Doc:
        rows = [token.rsplit("/", 3) for token in text.split()]
        doc = Doc(
            nlp.vocab,
            words=[word for word, *_ in rows],
            tags=[tag for _, tag, _, _ in rows],
            deps=[dep for _, _, dep, _ in rows],
            heads=[int(head) for *_, head in rows],
        )
        doc = fill(doc)
        doc.ents = [Span(doc, start, end, label=label) for start, end, label in ents]
        doc.user_data |= {"offsets": [(t.idx, t.idx + len(t)) for t in doc], "document": "d", "published": None}
        doc.spans["paragraphs"] = [Span(doc, 0, len(doc), label="body")]
        return doc

    return made
