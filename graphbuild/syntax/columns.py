"""The annotations of a Doc as columns, one value a token: what a tree is made of, before and after each rewriting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Lower-case words, base forms, Penn tags, universal parts of speech, heads (a root's is itself) and labels.

    ``names`` are the types of the names that tokens are part of: PERSON, ORG, GPE, LOC, NORP or nothing.
    """

    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    pos: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]
    names: tuple[str, ...] = ()

    def is_verb(self, token: int) -> bool:
        """Whether the token heads a verbal clause by its tag."""
        return self.tags[token] in VERB_TAGS or self.pos[token] == "VERB"


def columns(doc: Doc) -> Columns:
    """The columns of a Doc; faster than asking each token for each."""
    strings = doc.vocab.strings
    *names, offsets = doc.to_array(["LOWER", "LEMMA", "TAG", "POS", "DEP", "ENT_TYPE", "HEAD"]).T
    words, lemmas, tags, pos, labels, kinds = (tuple(strings[number] for number in column.tolist()) for column in names)
    return Columns(
        words,
        tuple(lemma.lower() or word for lemma, word in zip(lemmas, words, strict=True)),
        tags,
        pos,
        tuple(token + offset for token, offset in enumerate(offsets.astype("int64").tolist())),
        tuple("root" if label in ("ROOT", "") else label for label in labels),
        kinds,
    )
