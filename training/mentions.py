"""Reads the coreference sets: which words head mentions of one thing, in stretches of text cut into paragraphs.

Usage: python -m training.mentions DATA OUT

Writes OUT/mentions.{train,dev}.jsonl: {"set", "id", "chunks": lists of words, "mentions": [[word, cluster], …] by
place, words counted through all chunks, "queries": the words to resolve, "ahead": whether an antecedent may follow}.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import spacy

STRETCH_WORDS = 600  # a stretch of a document: farther back nobody looks for an antecedent
CHUNK_WORDS = 110  # of sets without paragraphs
LONGEST_CHUNK = 250  # words, well within what the network reads at once
GUM_MENTION = re.compile(r"\((\d+)-[a-z]+-[^-()]*-[^-()]*-[^-()]*-([\d,]+)")
SPAN = re.compile(r"\((\d+)\)?|(\d+)\)")
BEHIND_HEAD = frozenset({
    "of", "in", "on", "at", "with", "from", "to", "for", "by", "as", "about", "and", "or", "who", "whom", "which",
    "that", "whose", ",", "(", "--", "—",
})  # fmt: skip
NAME_PARTS = re.compile(r"\w+")
LITBANK_DEV = 10  # one book in so many
TOKENISER = spacy.blank("en").tokenizer


@dataclass
class Text:
    """A text with coreference: words as (start, end, upos, xpos), paragraphs as half-open characters of ``text``."""

    text: str = ""
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    words: list[tuple[int, int, str, str]] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)  # each paragraph's first word
    mentions: list[tuple[int, str]] = field(default_factory=list)  # head word, cluster


def gum_files(folder: Path, split: str) -> Iterator[Path]:
    """The documents of GUM's official split that ``folder`` holds."""
    splits = (folder / "splits.md").read_text(encoding="utf-8")
    part = re.search(rf"^## {split}$(.*?)(?=^## |\Z)", splits, re.M | re.S)
    for name in re.findall(r"\* (\w+)", part[1] if part else ""):
        if (folder / f"{name}.conllu").is_file():
            yield folder / f"{name}.conllu"


def read_gum(path: Path) -> Text:
    """A document of GUM (Zeldes 2017), its mentions by the head that the annotators gave them."""
    found = Text()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar") or (line.startswith("# newdoc") and not found.paragraphs):
            found.text += "\n\n" if found.text else ""
            found.paragraphs.append((len(found.text), len(found.text)))
            found.firsts.append(len(found.words))
        cells = line.split("\t")
        if len(cells) != 10 or not cells[0].isdigit():
            continue
        start = len(found.text)
        found.text += cells[1] + ("" if "SpaceAfter=No" in cells[9] else " ")
        found.words.append((start, start + len(cells[1]), cells[3], cells[4]))
        found.paragraphs[-1] = (found.paragraphs[-1][0], start + len(cells[1]))
        entity = re.search(r"(?:^|\|)Entity=([^|]*)", cells[9])
        for cluster, heads in GUM_MENTION.findall(entity[1] if entity else ""):
            found.mentions.append((len(found.words) + int(heads.split(",")[0]) - 2, cluster))
    last = len(found.words) - 1
    found.mentions = sorted((min(head, last), cluster) for head, cluster in found.mentions)
    return found


def main(data: Path, out: Path) -> None:
    """Write the records of all sets."""
    counts: dict[str, int] = {}
    with (out / "mentions.train.jsonl").open("w") as train, (out / "mentions.dev.jsonl").open("w") as dev:
        for split, record in (*_gum(data / "gum"), *_litbank(data / "litbank_coref"), *_gap(data / "gap")):
            (dev if split == "dev" else train).write(json.dumps(record, ensure_ascii=False) + "\n")
            for key, value in (("queries", record["queries"]), ("words", [w for c in record["chunks"] for w in c])):
                name = f"{record['set']} {split} {key}"
                counts[name] = counts.get(name, 0) + len(value)
    print(counts, file=sys.stderr)


def _gum(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for split in ("train", "dev"):
        for path in gum_files(folder, split):
            found = read_gum(path)
            words = [found.text[start:end] for start, end, *_ in found.words]
            bounds = [*sorted({0, *found.firsts}), len(words)]
            chunks = [words[a:b] for a, b in pairwise(bounds) if a < b]
            for record in _stretches("gum", path.stem, chunks, found.mentions):
                yield split, record


def _litbank(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, path in enumerate(sorted(folder.rglob("*.conll"))):
        sentences, mentions = _conll(path)
        chunks: list[list[str]] = [[]]
        for sentence in sentences:
            if chunks[-1] and len(chunks[-1]) + len(sentence) > CHUNK_WORDS:
                chunks.append([])
            chunks[-1].extend(sentence)
        for record in _stretches("litbank", path.stem, chunks, mentions):
            yield "train" if number % LITBANK_DEV else "dev", record


def _conll(path: Path) -> tuple[list[list[str]], list[tuple[int, str]]]:
    """Sentences and mentions (head word, cluster) of a file in the CoNLL 2012 format."""
    sentences: list[list[str]] = [[]]
    words: list[str] = []
    opened: dict[str, list[int]] = {}
    mentions: set[tuple[int, str]] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) < 5:
            sentences.append([])
            continue
        at = len(words)
        words.append(cells[3])
        sentences[-1].append(cells[3])
        for begun, ended in SPAN.findall(cells[-1]):
            if begun and f"({begun})" not in cells[-1].split("|"):
                opened.setdefault(begun, []).append(at)
            elif begun:
                mentions.add((at, begun))
            elif opened.get(ended):
                start = opened[ended].pop()
                mentions.add((_head(words, start, at + 1), ended))
    return [sentence for sentence in sentences if sentence], sorted(mentions)


def _head(words: Sequence[str], start: int, end: int) -> int:
    """The last word of a noun phrase before what follows its head: "the man" of "the man who came"."""
    behind = next((at for at in range(start + 1, end) if words[at].lower() in BEHIND_HEAD), end)
    return behind - 1


def _stretches(
    name: str, document: str, chunks: Sequence[list[str]], mentions: Sequence[tuple[int, str]]
) -> Iterator[dict[str, Any]]:
    """Records of consecutive chunks of at most STRETCH_WORDS words."""
    first, pending, size = 0, list[list[str]](), 0
    short = [c[at : at + LONGEST_CHUNK] for c in chunks for at in range(0, len(c), LONGEST_CHUNK)]
    for chunk in [*short, None]:
        if pending and (chunk is None or size + len(chunk) > STRETCH_WORDS):
            inside = [[at - first, cluster] for at, cluster in mentions if first <= at < first + size]
            queries = sorted({at for at, _ in inside})
            yield {"set": name, "id": f"{document}-{first}", "chunks": pending, "mentions": inside,
                   "queries": queries, "ahead": False}  # fmt: skip
            first, pending, size = first + size, [], 0
        if chunk is not None:
            pending.append(list(chunk))
            size += len(chunk)


def _gap(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """GAP (Webster et al. 2018): a pronoun and two names, of which it means one; where it means neither, no record."""
    for split, name in (("train", "gap-development.tsv"), ("dev", "gap-validation.tsv")):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                doc = [token for token in TOKENISER(row["Text"]) if not token.is_space]
                right = {which: row[f"{which}-coref"].upper() == "TRUE" for which in "AB"}
                pronoun = next((i for i, t in enumerate(doc) if t.idx == int(row["Pronoun-offset"])), None)
                if pronoun is None or not any(right.values()):
                    continue
                mentions = [[pronoun, "right"]]
                for which in "AB":
                    begin = int(row[f"{which}-offset"])
                    end = begin + len(row[which])
                    inside = [i for i, t in enumerate(doc) if begin <= t.idx < end and NAME_PARTS.match(t.text)]
                    mentions += [[i, "right" if right[which] else "wrong"] for i in inside]
                yield split, {"set": "gap", "id": row["ID"], "chunks": [[token.text for token in doc]],
                              "mentions": sorted(mentions), "queries": [pronoun], "ahead": True}  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
