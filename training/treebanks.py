"""CoNLL-U treebanks as sentences with syntax, and the names among GUM's entity mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from training.labels import Mention, WordLists, without_title

GUM_LABELS = {"person": "PER", "organization": "ORG", "place": "LOC"}
PROPER = frozenset({"NNP", "NNPS"})
MENTION = re.compile(r"\((\d+)(?:\[[^\]]*\])?-([^()]*)(\)?)|(\d+)(?:\[[^\]]*\])?\)")


@dataclass(slots=True)
class Sentence:
    """One sentence: parallel lists over its words; ``heads`` are indices within it, the root's its own."""

    id: str
    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    tags: list[str] | None = None
    deps: list[str] | None = None
    heads: list[int] | None = None
    lemmas: list[str] | None = None
    ner: list[str] | None = None
    unsure: list[int] = field(default_factory=list)
    entities: list[str] = field(default_factory=list)


def documents(path: Path) -> Iterator[list[Sentence]]:
    """The documents of a CoNLL-U file, each a list of sentences."""
    document: list[Sentence] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.split("\n") if line]
        if any(line.startswith("# newdoc") for line in lines) and document:
            yield document
            document = []
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        if rows:
            name = next((line.partition("=")[2].strip() for line in lines if line.startswith("# sent_id")), "")
            document.append(_sentence(name, rows))
    if document:
        yield document


def _sentence(name: str, rows: list[list[str]]) -> Sentence:
    sentence = Sentence(name, tags=[], deps=[], heads=[], lemmas=[])
    assert sentence.tags is not None and sentence.deps is not None
    assert sentence.heads is not None and sentence.lemmas is not None
    inner, glue = -1, False
    for number, form, lemma, _, tag, _, head, dep, _, misc in rows:
        if "." in number:
            continue
        apart = "SpaceAfter=No" not in misc
        if "-" in number:
            inner, glue = int(number.split("-")[1]), apart
            continue
        index = len(sentence.words)
        sentence.words.append(form)
        sentence.spaces.append((glue if index + 1 == inner else False) if index + 1 <= inner else apart)
        sentence.tags.append(tag)
        sentence.lemmas.append(lemma)
        sentence.deps.append(dep)
        sentence.heads.append(int(head) - 1 if int(head) else index)
        sentence.entities.append(misc.partition("Entity=")[2].partition("|")[0] if "Entity=" in misc else "")
    return sentence


def name_gum(document: Sequence[Sentence], lists: WordLists) -> None:
    """Set ``ner`` of each sentence: BIO tags of its named mentions; unsure proper nouns in ``unsure``."""
    for sentence in document:
        tags, heads = sentence.tags or [], sentence.heads or []
        spans: list[Mention] = []
        inside: set[int] = set()
        for start, end, kind in _mentions(sentence.entities):
            label = GUM_LABELS.get(kind)
            if label is None:
                continue
            inside.update(i for i in range(start, end) if tags[i] in PROPER)
            outer = [i for i in range(start, end) if heads[i] == i or not start <= heads[i] < end]
            if len(outer) == 1 and tags[outer[0]] in PROPER:
                first, last = _run(sentence.words, tags, outer[0], start, end, label)
                if label == "PER":
                    first = _after_titles(sentence.words, first, last, lists)
                if first < last:
                    spans.append(Mention(first, last, label))
        sentence.ner = ["O"] * len(sentence.words)
        for span in sorted(spans, key=lambda m: (m.start - m.end, m.start)):
            if all(tag == "O" for tag in sentence.ner[span.start : span.end]):
                sentence.ner[span.start] = f"B-{span.label}"
                for index in range(span.start + 1, span.end):
                    sentence.ner[index] = f"I-{span.label}"
        sentence.unsure = sorted(
            i for i in inside if sentence.ner[i] == "O" and sentence.words[i].lower().rstrip(".") not in lists.titles
        )


def _mentions(fields: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, type) of the mentions that open and close within one sentence."""
    opened: dict[str, list[tuple[int, str]]] = {}
    for index, entity in enumerate(fields):
        for match in MENTION.finditer(entity):
            if match[4]:
                if opened.get(match[4]):
                    start, kind = opened[match[4]].pop()
                    yield start, index + 1, kind
            elif match[3]:
                yield index, index + 1, match[2].split("-")[0]
            else:
                opened.setdefault(match[1], []).append((index, match[2].split("-")[0]))


def _run(words: Sequence[str], tags: Sequence[str], head: int, start: int, end: int, label: str) -> tuple[int, int]:
    """The proper nouns round ``head`` within start..end, with hyphens and, outside persons, "of the"."""
    links = {"-", "–", "/", "'s", "’s", "&"} if label != "PER" else {"-", "–"}
    bridges = {"of", "the", "for", "de", "la", "del", "and"} if label != "PER" else {"de", "la", "von", "van", "bin"}

    def reach(index: int, step: int) -> int:
        while True:
            ahead = index + step
            while start <= ahead < end and words[ahead] in (links | bridges):
                ahead += step
            if not (start <= ahead < end and (tags[ahead] in PROPER or (tags[ahead] == "CD" and step > 0))):
                return index
            gap = range(min(index, ahead) + 1, max(index, ahead))
            if tags[ahead] == "CD" and gap:
                return index
            if any(words[i] in {"and", "the"} for i in gap) and not any(words[i] in {"of", "for"} for i in gap):
                return index
            index = ahead

    return reach(head, -1), reach(head, +1) + 1


def _after_titles(words: Sequence[str], start: int, end: int, lists: WordLists) -> int:
    """The name after the last title: "Indonesian Foreign Minister Retno" begins at "Retno"."""
    titled = [i for i in range(start, end - 1) if words[i].lower().rstrip(".") in lists.titles]
    return without_title(words, titled[-1] if titled else start, end, lists)
