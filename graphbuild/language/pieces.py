"""What the encoder sees of a word: its word pieces, case-folded, and the class of its written shape.

The same code prepares training data and articles, so that the two cannot drift apart.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

from tokenizers import Tokenizer

PIECES_PER_WORD = 16  # a longer word keeps its first and last half of them
CHARACTERS = 64  # of a longer word, only this many from either end are looked at
SHOUTING = 0.6  # share of upper-case words above which capitals say nothing
CACHED_WORDS = 100_000
PLAIN = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "–", "―": "—", "−": "-", "\u00ad": None, "\u200b": None, "\ufeff": None,
})  # fmt: skip


class Shape(IntEnum):
    """How a word is written; TITLE and UPPER have a twin for texts in which (nearly) every word is so written."""

    NONE = 0  # the marks at the start and end of a sequence
    LOWER = 1
    TITLE = 2
    UPPER = 3
    MIXED = 4
    INITIAL = 5
    DIGITS = 6
    DIGIT_MIX = 7
    OTHER = 8
    TITLE_AMONG_TITLES = 9
    UPPER_AMONG_UPPER = 10


def plain(word: str) -> str:
    """``word`` with straight quotes, plain hyphens, no ligatures and no invisible characters."""
    if word.isascii():
        return {"``": '"', "''": '"'}.get(word, word.translate(PLAIN) if "`" in word else word)
    return unicodedata.normalize("NFKC", word).translate(PLAIN)


def shape(word: str) -> Shape:
    """The class of one word on its own."""
    if word.islower():
        return Shape.LOWER if word.isalpha() or not any(map(str.isdigit, word)) else Shape.DIGIT_MIX
    digits, letters = any(map(str.isdigit, word)), [c for c in word if c.isalpha()]
    if not letters:
        return Shape.DIGITS if digits else Shape.OTHER
    return Shape.DIGIT_MIX if digits else _of_capitals(word, letters)


def _of_capitals(word: str, letters: Sequence[str]) -> Shape:
    if word.isupper():
        return Shape.INITIAL if len(letters) == 1 else Shape.UPPER
    title = letters[0].isupper() and not any(map(str.isupper, letters[1:]))
    return Shape.TITLE if title else Shape.MIXED


def shapes(words: Sequence[str]) -> list[int]:
    """The classes of the words of one chunk, which tell a headline's capitals from a name's."""
    found = [shape(word) for word in words]
    cased = [s for s in found if s in (Shape.LOWER, Shape.TITLE, Shape.UPPER)]
    if len(cased) >= 3:
        if cased.count(Shape.UPPER) > SHOUTING * len(cased):
            return _with_twin(found, Shape.UPPER, Shape.UPPER_AMONG_UPPER)
        if len(cased) - cased.count(Shape.LOWER) > SHOUTING * len(cased):
            return _with_twin(found, Shape.TITLE, Shape.TITLE_AMONG_TITLES)
    return [int(s) for s in found]


def _with_twin(found: Sequence[Shape], usual: Shape, among: Shape) -> list[int]:
    return [int(among if s == usual else s) for s in found]


class Pieces:
    """Cuts words into word pieces; remembers the words it has cut."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._known: dict[str, tuple[int, ...]] = {}
        self.start = self._id("[CLS]")
        self.end = self._id("[SEP]")
        self.unknown = self._id("[UNK]")

    def _id(self, piece: str) -> int:
        found = self._tokenizer.token_to_id(piece)
        assert found is not None, piece
        return int(found)

    def cut(self, word: str) -> tuple[int, ...]:
        """The piece ids of ``word``: at least one, at most PIECES_PER_WORD."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= CACHED_WORDS:
                self._known.clear()
            known = self._known[word] = self._cut(word)
        return known

    def _cut(self, word: str) -> tuple[int, ...]:
        if len(word) > 2 * CHARACTERS:
            word = word[:CHARACTERS] + word[-CHARACTERS:]
        ids = self._tokenizer.encode(plain(word), add_special_tokens=False).ids
        if len(ids) > PIECES_PER_WORD:
            half = PIECES_PER_WORD // 2
            ids = ids[:half] + ids[-half:]
        return tuple(ids) or (self.unknown,)
