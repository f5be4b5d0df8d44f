"""A Document read by a language pipeline: one Doc per article, each token tied to its place in the article text."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from graphbuild.model import Document, ParagraphKind

# One character for one character, so that offsets into the article stay what they are.
STRAIGHT = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u3000": " ",
    "‐": "-", "‑": "-", "\u00ad": "-", "\u200b": " ", "\ufeff": " ",
    "\u200e": " ", "\u200f": " ", "\u2060": " ", "\u202a": " ", "\u202b": " ", "\u202c": " ",
})  # fmt: skip


def read(nlp: Language, document: Document) -> Doc:
    """Run ``nlp`` over the paragraphs of ``document`` that are no boilerplate.

    The Doc has no whitespace tokens; a sentence starts at each paragraph. ``doc.user_data["offsets"]`` holds for each
    token its half-open characters in ``Document.text``; ``doc.spans["paragraphs"]`` the paragraphs with their kind.
    """
    return nlp(tokenise(nlp, document))


def tokenise(nlp: Language, document: Document) -> Doc:
    """The Doc that ``read`` gives to the pipeline: words, paragraph spans and offsets, nothing annotated."""
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool | int | None] = []
    offsets: list[tuple[int, int]] = []
    bounds: list[tuple[int, int, ParagraphKind]] = []
    for paragraph in document.paragraphs:
        if paragraph.kind is ParagraphKind.BOILERPLATE:
            continue
        first = len(words)
        text = document.text[paragraph.start : paragraph.end].translate(STRAIGHT)
        for token in nlp.tokenizer(text):
            if token.is_space:
                if words and len(words) > first:
                    spaces[-1] = True
                continue
            starts.append(True if len(words) == first else None)
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
            offsets.append((paragraph.start + token.idx, paragraph.start + token.idx + len(token)))
        if len(words) > first:
            spaces[-1] = True
            bounds.append((first, len(words), paragraph.kind))
    doc = Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts)
    doc.spans["paragraphs"] = [Span(doc, start, end, label=kind.value) for start, end, kind in bounds]
    doc.user_data["offsets"] = offsets
    doc.user_data["document"] = document.id
    doc.user_data["published"] = document.published
    return doc
