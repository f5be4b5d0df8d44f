"""One convention for the name labels of all training sets: persons without titles, countries LOC, peoples NORP.

The sets disagree on what a name is; a model trained on their mixture learns the disagreement as noise.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
OTHER = "MISC"  # a name of a kind that we do not label; kept until the end so that its parts are not relabelled
STATE_OR_PEOPLE = "GPE"  # a label for countries and their peoples alike; the word lists tell which
LANGUAGE_CUES = frozenset({"in", "into", "speak", "speaks", "speaking", "spoke", "spoken", "fluent", "learn", "teach"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A labelled run of words: half-open token indices and PER, ORG, LOC, NORP or MISC."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class WordLists:
    """What the rules look up: titles (lower case), peoples and countries (as written), common surnames."""

    titles: frozenset[str]
    peoples: frozenset[str]
    countries: frozenset[str]
    given: frozenset[str]

    @classmethod
    def load(cls, gazetteers: Path) -> WordLists:
        peoples, countries = set(_lines(HERE / "peoples.txt")), set()
        with (gazetteers / "countries_open.jsonl").open(encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                countries.update(alias for alias in [row["name"], *row["aliases"]] if not alias.isupper())
                peoples.update(row["nationality_nouns"] + row["nationality_adjs"])
        with (gazetteers / "news_aliases_graphbuild.csv").open(encoding="utf-8", newline="") as rows:
            for alias in csv.DictReader(rows):
                (peoples if alias["kind"] == "demonym" else countries).add(alias["surface"].removesuffix("-"))
        given: set[str] = set()
        for name in ("common-forenames-by-country.csv", "common-surnames-by-country.csv"):
            with (gazetteers / name).open(encoding="utf-8", newline="") as rows:
                given.update(cell.strip() for row in csv.reader(rows) for cell in row)
        titles = {word for line in _lines(HERE / "titles.txt") for word in line.split()}
        capitalised = {people for people in peoples if people[:1].isupper()} - countries
        bare = {name.removeprefix("the ").removeprefix("The ") for name in countries if name[:1].isalpha()}
        return cls(frozenset(titles), frozenset(capitalised), frozenset(bare), frozenset(given))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def decode(tags: Sequence[str]) -> list[Mention]:
    """The mentions of a BIO or IO tag sequence."""
    mentions: list[Mention] = []
    start, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        prefix, _, kind = tag.partition("-")
        if label and (prefix != "I" or kind != label):
            mentions.append(Mention(start, index, label))
            label = ""
        if kind and not label:
            start, label = index, kind
    return mentions


def encode(length: int, mentions: Iterable[Mention]) -> list[str]:
    """BIO tags of ``mentions``, which do not overlap."""
    tags = ["O"] * length
    for mention in mentions:
        tags[mention.start] = f"B-{mention.label}"
        for index in range(mention.start + 1, mention.end):
            tags[index] = f"I-{mention.label}"
    return tags


def without_title(words: Sequence[str], start: int, end: int, lists: WordLists) -> int:
    """Where the name of the person words[start:end] begins; ``end`` if all of it is title."""
    while start < end and words[start].lower().rstrip(".") in lists.titles:
        start += 1
    return start


def harmonise(words: Sequence[str], mentions: Iterable[Mention], lists: WordLists, tag_peoples: bool) -> list[Mention]:
    """``mentions`` under our convention.

    ``tag_peoples`` also labels demonyms that stand outside every mention (not for sets that are scored as they are).
    """
    kept = [changed for mention in mentions if (changed := _relabel(words, mention, lists)) is not None]
    if tag_peoples:
        kept = _add_peoples(words, kept, lists)
    return sorted((m for m in kept if m.label != OTHER), key=lambda m: m.start)


def _relabel(words: Sequence[str], mention: Mention, lists: WordLists) -> Mention | None:
    start, end, label = mention.start, mention.end, mention.label
    if label == "PER":
        name = without_title(words, start, end, lists)
        if name == end and words[start] in lists.given and end - start == 1:
            name = start  # "King" alone is more often a surname than a title where a corpus calls it a person
        if name == end:
            return None
        start = name
    text = " ".join(words[start:end]).removeprefix("the ").removeprefix("The ")
    if text in lists.peoples:
        label = "NORP"
    elif (text in lists.countries and not (label == "PER" and text in lists.given)) or label == STATE_OR_PEOPLE:
        label = "LOC"
    elif label == "NORP" and text.split()[-1] not in lists.peoples:
        label = OTHER
    return Mention(start, end, label)


def _add_peoples(words: Sequence[str], mentions: list[Mention], lists: WordLists) -> list[Mention]:
    taken = {index for m in mentions for index in range(m.start, m.end)}
    by_end = {m.end: m for m in mentions}
    added: list[Mention] = []
    index = 0
    while index < len(words):
        sizes = [n for n in (3, 2, 1) if index + n <= len(words)]
        size = next((n for n in sizes if " ".join(words[index : index + n]) in lists.peoples), 0)
        covered = [i for i in range(index, index + size) if i in taken]
        if size and not covered and not (index and words[index - 1].lower() in LANGUAGE_CUES):
            added.append(Mention(index, index + size, "NORP"))
        elif size > 1 and _splits(by_end, index + 1, index + size):
            mentions = [m for m in mentions if m.end <= index or m.start >= index + size]
            added.append(Mention(index, index + size, "NORP"))
        index += size or 1
    return mentions + added


def _splits(by_end: dict[int, Mention], middle: int, end: int) -> bool:
    """Whether the mentions cut a people at ``middle`` ("South" + "Korean") and none reaches beyond it."""
    return end in by_end and by_end[end].start == middle and (middle not in by_end or by_end[middle].end == middle)
