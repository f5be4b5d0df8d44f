"""Base forms: a table of the words that a general dictionary gets wrong, then the dictionary."""

from __future__ import annotations

import json
from pathlib import Path

from lemminflect import getLemma

INFLECTED = frozenset({"VERB", "AUX", "NOUN", "ADJ", "ADV"})


def regular(lower: str, pos: str) -> str:
    """What the dictionary and its rules give for a word in lower case."""
    if pos in INFLECTED and lower.isascii() and lower.isalpha():
        return str(next(iter(getLemma(lower, upos=pos)), lower))
    return lower


class Lemmas:
    """Finds and remembers base forms; ``path`` is a JSON object from "word TAG" in lower case to its base form."""

    def __init__(self, path: Path) -> None:
        self._table: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        self._known: dict[tuple[str, str, str], str] = {}

    def of(self, word: str, tag: str, pos: str) -> str:
        """The base form of ``word``; in lower case unless it is a proper noun."""
        key = (word, tag, pos)
        if key not in self._known:
            self._known[key] = self._find(word, tag, pos)
        return self._known[key]

    def _find(self, word: str, tag: str, pos: str) -> str:
        lower = word.lower()
        if found := self._table.get(f"{lower} {tag}"):
            return found
        return word if pos == "PROPN" else regular(lower, pos)
