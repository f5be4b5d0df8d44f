"""Scores whole pipelines, as they ship, on public test sets: one table for all of them.

Usage: python -m training.evaluate CORPORA PIPELINE... [--json FILE]

PIPELINE is ``default``, or a spaCy pipeline. Names are scored by exact span and label, PERSON, GPE or LOC,
and ORG collapsed to PER, LOC, ORG; syntax by the definitions of the CoNLL 2018 shared task on gold words: punctuation
counts, sub-types of labels do not. "pud news" is the half of PUD that comes from newspapers.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from spacy.language import Language
from spacy.tokens import Doc

from graphbuild import language

COLLAPSED = {"PERSON": "PER", "PER": "PER", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "ORG": "ORG"}
SETS = (("ewt", "dev"), ("gum", "dev"), ("ewt", "test"), ("gum", "test"), ("pud", "test"))
SPEED_WORDS = 20_000
PARSED = "import sys, time; from graphbuild import language; language.load(sys.argv[1])('The court met in Oslo.')"


def records(corpora: Path, name: str, split: str) -> list[dict[str, Any]]:
    """The chunks of one test set that have all layers."""
    found = []
    for line in (corpora / f"syntax.{split}.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["set"] == name:
            found.append(record)
    return found


def scores(nlp: Language, chunks: Sequence[dict[str, Any]]) -> dict[str, float]:
    """``names`` F1 and ``xpos``, ``uas``, ``las``, ``sentences`` F1, in percent."""
    count: Counter[str] = Counter()
    docs = nlp.pipe(Doc(nlp.vocab, words=chunk["words"], spaces=chunk["spaces"]) for chunk in chunks)
    for chunk, doc in zip(chunks, docs, strict=True):
        for token in doc:
            at = token.i
            count["words"] += 1
            count["xpos"] += token.tag_ == chunk["tags"][at]
            head = chunk["heads"][at] == token.head.i
            label = chunk["deps"][at].split(":")[0]
            count["uas"] += head
            count["las"] += head and ("root" if token.dep_ == "ROOT" else token.dep_).split(":")[0] == label
        gold = {index for index, start in enumerate(chunk["sent_starts"]) if start}
        own = {sentence.start for sentence in doc.sents}
        count += Counter({"cut": len(gold & own), "gold cuts": len(gold), "own cuts": len(own)})
        if chunk["ner"] is not None:
            wanted = _spans(chunk["ner"])
            found = {(e.start, e.end, COLLAPSED[e.label_]) for e in doc.ents if e.label_ in COLLAPSED}
            count += Counter({"right": len(wanted & found), "wanted": len(wanted), "found": len(found)})
    return {
        "names": 200 * count["right"] / max(1, count["wanted"] + count["found"]),
        **{name: 100 * count[name] / count["words"] for name in ("xpos", "uas", "las")},
        "sentences": 200 * count["cut"] / (count["gold cuts"] + count["own cuts"]),
    }


def _spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    spans: set[tuple[int, int, str]] = set()
    start = 0
    for at, tag in enumerate([*tags, "O"]):
        if at and tags[at - 1] != "O" and not tag.startswith("I-"):
            label = tags[at - 1][2:]
            if label in COLLAPSED:
                spans.add((start, at, COLLAPSED[label]))
        if tag.startswith("B-"):
            start = at
    return spans


def speed(name: str, chunks: Sequence[dict[str, Any]], processes: int) -> float:
    """Words a second of the pipeline alone, on one thread a process."""
    nlp = language.load(name)
    texts, words = [], 0
    for chunk in chunks:
        texts.append("".join(w + " " * s for w, s in zip(chunk["words"], chunk["spaces"], strict=True)))
        words += len(chunk["words"])
        if words > SPEED_WORDS:
            break
    list(nlp.pipe(texts[:20]))
    started = time.perf_counter()
    list(nlp.pipe(texts, n_process=processes))
    return words / (time.perf_counter() - started)


def start_up(name: str) -> float:
    """Seconds from an idle shell to the first parsed sentence, in a process of its own."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", PARSED, name], check=True)
    return time.perf_counter() - started


def main(corpora: Path, names: Sequence[str], out: Path | None) -> None:
    """Print the table, and write it to ``out`` as JSON."""
    sets = {
        **{f"{name} {split}": records(corpora, name, split) for name, split in SETS},
        "pud news": [r for r in records(corpora, "pud", "test") if r["id"].startswith("n")],
    }
    table: dict[str, dict[str, float]] = {}
    for name in names:
        nlp = language.load(name)
        nlp.disable_pipes("graphbuild_actors")
        row: dict[str, float] = {}
        for title, chunks in sets.items():
            if chunks:
                row |= {f"{title} {kind}": value for kind, value in scores(nlp, chunks).items()}
        row["words/s, one process"] = speed(name, sets["gum test"], 1)
        row["words/s, two processes"] = speed(name, sets["gum test"], 2)
        row["start-up, s"] = start_up(name)
        row["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        table[name] = {key: round(value, 1) for key, value in row.items()}
    shown = Table("", *names)
    for key in next(iter(table.values())):
        shown.add_row(key, *(f"{table[name][key]:,.1f}" for name in names))
    Console().print(shown)
    if out is not None:
        out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("pipelines", nargs="+")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    main(given.corpora, given.pipelines, given.json)
