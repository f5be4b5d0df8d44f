"""Which pairs of mentions in a sentence stand in which relation: annotated articles as pairs of head words.

Usage: python -m training.pairs GOLD DATA CORPORA

Writes ``relations.txt``, the relations, and ``pairs.jsonl``: paragraphs with their sentence starts and ``pairs``, each
[subject's word, object's word, subject's type, object's type, {relation: weight}, weight, words of the trigger].
No relation means that the sentence states none. GOLD holds articles with
annotated entities and statements (train, dev).
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from training.batches import Record

OPTIONAL, BY_PRONOUN, IN_CONTENT = 0.5, 0.5, 0.5
PRONOUNS = {"Person": frozenset(["he", "she", "him", "her", "his", "i", "me", "my", "who"])}
OTHER_PRONOUNS = frozenset(["it", "its", "they", "them", "their", "we", "us", "our"])
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity named by the words start..end of a document, ``head`` being the word its phrase hangs by."""

    entity: str
    type: str
    start: int
    end: int
    head: int


@dataclass(slots=True)
class Found:
    """What a sentence's pairs are labelled with: relation → weight; the words that say it."""

    relations: dict[str, float] = field(default_factory=dict)
    weight: float = 0.0
    trigger: set[int] = field(default_factory=set)

    def add(self, relation: str, weight: float, trigger: Iterable[int]) -> None:
        self.relations[relation] = max(weight, self.relations.get(relation, 0.0))
        self.weight = max(self.weight, weight)
        self.trigger |= set(trigger)


def symmetric(table: Path) -> frozenset[str]:
    """The relations whose ends may change places."""
    with table.open(encoding="utf-8", newline="") as rows:
        return frozenset(r["id"] for r in csv.DictReader(rows, delimiter="\t") if "(symmetric)" in r["inverse"])


def relation_ids(table: Path) -> list[str]:
    """All relations, in the order of the table."""
    with table.open(encoding="utf-8", newline="") as rows:
        return [row["id"] for row in csv.DictReader(rows, delimiter="\t")]


def mentions(doc: Doc, text: str, entities: Sequence[Record]) -> list[Mention]:
    """Every place where an alias of an entity stands as whole words; of one entity's, the longest."""
    offsets = doc.user_data["offsets"]
    starts = {start: at for at, (start, _) in enumerate(offsets)}
    ends = {end: at + 1 for at, (_, end) in enumerate(offsets)}
    found = []
    for entity in entities:
        taken: list[Span] = []
        for alias in sorted({entity["name"], *entity["aliases"]}, key=lambda a: (-len(a), a)):
            pattern = r"\s+".join(map(re.escape, alias.split()))
            for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text):
                start, end = starts.get(match.start()), ends.get(match.end())
                if start is None or end is None or end <= start or any(a < end and start < b for a, b in taken):
                    continue
                taken.append((start, end))
                head = next((t.i for t in doc[start:end] if not start <= t.head.i < end or t.head.i == t.i), end - 1)
                found.append(Mention(entity["key"], entity["type"], start, end, head))
    return sorted(found, key=lambda m: (m.start, m.end, m.entity))


def pronoun_mentions(doc: Doc, sentence: Span, entity: Record) -> list[Mention]:
    """The pronouns of a sentence that may stand for an entity it does not name."""
    words = PRONOUNS.get(entity["type"], OTHER_PRONOUNS)
    return [
        Mention(entity["key"], entity["type"], at, at + 1, at)
        for at in range(*sentence)
        if doc[at].text.lower() in words
    ]


class Article:
    """One annotated article: its mentions by sentence, and the pairs its statements make."""

    def __init__(self, doc: Doc, text: str, gold: Record, both_ways: frozenset[str]) -> None:
        self._doc, self._text, self._gold, self._both_ways = doc, text, gold, both_ways
        self._entities = {entity["key"]: entity for entity in gold["entities"]}
        self._sentences = [(s.start, s.end) for s in doc.sents]
        self._mentions = mentions(doc, text, gold["entities"])
        self._found: dict[tuple[int, int], Found] = defaultdict(Found)  # by head words
        self._types: dict[tuple[int, int], tuple[str, str]] = {}
        self._stated: set[frozenset[str]] = set()  # pairs of entities that some statement connects
        self._busy: set[tuple[Span, str]] = set()  # which entities a sentence says something of
        self.missed = 0
        self.made = 0

    def records(self, name: str) -> Iterator[Record]:
        """A record a paragraph that has pairs."""
        for statement in self._gold["statements"]:
            self._state(statement)
        pairs = [
            [*heads, *self._types[heads], found.relations, found.weight, sorted(found.trigger)]
            for heads, found in sorted(self._found.items())
        ]
        pairs += self._negatives({tuple(pair[:2]) for pair in pairs})
        doc = self._doc
        bounds = [*sorted({0, *(span.start for span in doc.spans["paragraphs"])}), len(doc)]
        for start, end in pairwise(bounds):
            inside = [pair for pair in pairs if start <= pair[0] < end and start <= pair[1] < end]
            if inside:
                moved = [
                    [a - start, b - start, *rest, [t - start for t in trigger if start <= t < end]]
                    for a, b, *rest, trigger in inside
                ]
                words = [token.text for token in doc[start:end]]
                yield {"set": name, "id": self._gold["id"], "words": words,
                       "sent_starts": [bool(t.is_sent_start) for t in doc[start:end]], "pairs": moved}  # fmt: skip

    def _quoted(self, quote: str) -> list[tuple[Span, Span]]:
        """The sentences (as word spans) that a quotation overlaps, with its words."""
        pattern = r"\s+".join(map(re.escape, quote.split()))
        match = re.search(pattern, self._text)
        if match is None:
            return []
        offsets = self._doc.user_data["offsets"]
        words = [i for i, (a, b) in enumerate(offsets) if a < match.end() and match.start() < b]
        if not words:
            return []
        span = words[0], words[-1] + 1
        return [(sentence, span) for sentence in self._sentences if sentence[0] < span[1] and span[0] < sentence[1]]

    def _state(self, statement: Record) -> None:
        weight = OPTIONAL if statement["optional"] else 1.0
        subject, target, content = statement["subject"], statement["object"], statement["content"]
        places = self._quoted(statement["quote"])
        for sentence, _ in places:
            self._busy |= {(sentence, key) for key in (subject, target, (content or {}).get("object")) if key}
        if target is not None:
            self._stated.add(frozenset((subject, target)))
            self._pair(places, subject, target, statement["relation"], weight)
        if content is not None and content.get("object") and content["relation"] != "other":
            doer = subject if target is None else target
            self._stated.add(frozenset((subject, content["object"])))
            self._stated.add(frozenset((doer, content["object"])))
            self._pair(places, doer, content["object"], content["relation"], IN_CONTENT)
        elif content is not None and content.get("object"):
            self._stated |= {frozenset((key, content["object"])) for key in (subject, target) if key}

    def _pair(self, places: list[tuple[Span, Span]], subject: str, target: str, relation: str, weight: float) -> None:
        best = None
        for sentence, quote in places:
            for one in self._of(sentence, subject):
                for other in self._of(sentence, target):
                    if one.head == other.head:
                        continue
                    pronouns = sum(m not in self._mentions for m in (one, other))
                    outside = sum(not quote[0] <= m.head < quote[1] for m in (one, other))
                    rank = pronouns, outside, abs(one.head - other.head), one.head, other.head
                    if pronouns < 2 and (best is None or rank < best[0]):
                        best = rank, one, other, quote
        if best is None:
            self.missed += 1
            return
        self.made += 1
        (pronouns, *_), one, other, quote = best
        own = {at for m in (one, other) for at in range(m.start, m.end)}
        trigger = [at for at in range(*quote) if at not in own and self._doc[at].text.isalpha()]
        share = BY_PRONOUN if pronouns else 1.0
        ways = [(one, other), (other, one)] if relation in self._both_ways else [(one, other)]
        for a, b in ways:
            self._found[a.head, b.head].add(relation, share * weight, trigger)
            self._types[a.head, b.head] = a.type, b.type

    def _of(self, sentence: Span, key: str) -> list[Mention]:
        if key not in self._entities:
            return []
        named = [m for m in self._mentions if m.entity == key and sentence[0] <= m.head < sentence[1]]
        return named or pronoun_mentions(self._doc, sentence, self._entities[key])

    def _negatives(self, taken: set[tuple[int, int]]) -> list[list[Any]]:
        """Pairs of a sentence that no statement of the article connects, and the wrong way round of those that are."""
        found: dict[tuple[int, int], list[Any]] = {}
        for sentence in self._sentences:
            inside = [m for m in self._mentions if sentence[0] <= m.head < sentence[1]]
            for one, other in permutations(inside, 2):
                heads = one.head, other.head
                if one.entity == other.entity or one.head == other.head or heads in taken:
                    continue
                turned = heads[::-1] in taken
                if turned or frozenset((one.entity, other.entity)) not in self._stated:
                    found.setdefault(heads, [*heads, one.type, other.type, {}, 1.0, []])
            self._with_pronouns(sentence, inside, found)
        return [pair for heads, pair in sorted(found.items()) if heads not in taken]

    def _with_pronouns(self, sentence: Span, inside: Sequence[Mention], found: dict[Span, list[Any]]) -> None:
        """A pronoun has nothing to do with an entity of which the sentence says nothing."""
        for kind, words in (("Person", PRONOUNS["Person"]), ("Organisation", OTHER_PRONOUNS)):
            for at in range(*sentence):
                if self._doc[at].text.lower() not in words:
                    continue
                for other in inside:
                    if (sentence, other.entity) not in self._busy and other.head != at:
                        found.setdefault((at, other.head), [at, other.head, kind, other.type, {}, BY_PRONOUN, []])
                        found.setdefault((other.head, at), [other.head, at, other.type, kind, {}, BY_PRONOUN, []])


def publishers(table: Path) -> dict[str, str]:
    """Article → its publisher."""
    with table.open(encoding="utf-8", newline="") as rows:
        return {row["id"]: row["source"] for row in csv.DictReader(rows, delimiter="\t")}


def gold(folder: Path, split: str) -> Iterator[Record]:
    """The paragraphs of a split's annotated articles, with their publisher as ``source``."""
    from graphbuild import language
    from graphbuild.ingest import documents

    nlp = language.load("default")
    nlp.disable_pipes("graphbuild_actors")
    sources, both_ways = publishers(folder / "SOURCES.tsv"), symmetric(folder / "relations.tsv")
    missed = made = 0
    paths = sorted((folder / split).glob("*.txt"))
    for path, document in zip(paths, documents(paths), strict=True):
        doc = language.read(nlp, document)
        annotation = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        article = Article(doc, document.text, annotation, both_ways)
        for record in article.records("gold"):
            yield record | {"split": split, "source": sources.get(f"{split}/{path.stem}", "dev")}
        missed, made = missed + article.missed, made + article.made
    print(f"{split}: {made} statements placed, {missed} not", file=sys.stderr)


def main(folder: Path, data: Path, corpora: Path) -> None:
    """Write the pairs of the annotated articles and of the public sets."""
    from training import standing

    (corpora / "relations.txt").write_text("\n".join(relation_ids(folder / "relations.tsv")) + "\n", encoding="utf-8")
    records = [*gold(folder, "train"), *gold(folder, "dev"), *standing.records(data)]
    with (corpora / "pairs.jsonl").open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    counts: Counter[str] = Counter()
    for record in records:
        for *_, relations, _, _ in record["pairs"]:
            counts[f"{record['set']} {record.get('split', '')} {'stated' if relations else 'none'}"] += 1
    print(dict(counts), file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
