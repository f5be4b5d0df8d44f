"""Scores the polarity of clauses on the QA-SRL Gold Standard (Roit et al. 2020), questions on the verbs of news.

Usage: python benchmarks/negation.py wikinews.dev.gold.csv wikinews.test.gold.csv [--verbose]

The sentences lie beside each file, in ``*.full.csv``. A verb counts as negated in the gold data if any of its
questions is negated. Prints the verbs that the parse has too, how often the polarities agree, and F1 of negation.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from graphbuild import language
from graphbuild.factuality import FactualityAnalyser
from graphbuild.factuality.direct_speech import quotations
from graphbuild.model import Document, Paragraph
from graphbuild.pipeline import Stages, load
from graphbuild.syntax import Tree


def main(paths: list[Path], verbose: bool) -> None:
    """Print the score of each file and of all."""
    using, overall = load(), Counter[str]()
    for path in paths:
        count = Counter[str]()
        wanted = gold(path)
        for key, tokens in sentences(path):
            verbs = wanted.get(key, {})
            found = polarities(tokens, using) if verbs else {}
            for index, negated in sorted(verbs.items()):
                count["gold"] += 1
                if index not in found:
                    continue
                said, reasons = found[index]
                count[f"{negated} {said}"] += 1
                if verbose and negated is not said:
                    print(f"gold {negated} {tokens[index]}@{index} {reasons} {' '.join(tokens)}")
        report(path.name, count)
        overall += count
    report("all", overall)


def gold(path: Path) -> dict[str, dict[int, bool]]:
    """For each sentence the places of its verbs and whether they are negated."""
    found: dict[str, dict[int, bool]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            verbs, index = found.setdefault(row["qasrl_id"], {}), int(row["verb_idx"])
            verbs[index] = verbs.get(index, False) or row["is_negated"].lower() == "true"
    return found


def sentences(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The tokenised sentences that a file annotates."""
    with path.with_name(path.name.replace(".gold.", ".full.")).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["qasrl_id"], row["tokens"].split()


def polarities(tokens: list[str], using: Stages) -> dict[int, tuple[bool, list[str]]]:
    """For each place where the parse of a sentence has a verb: whether it is negated, and why."""
    words = [{"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}.get(token, token) for token in tokens]
    text = " ".join(words)
    doc = language.read(using.nlp, Document("d", text, (Paragraph(0, len(text)),)))
    tree = Tree(doc)
    reader = FactualityAnalyser(tree, using.ontology, quotations(tree, using.ontology))
    places = {sum(len(word) + 1 for word in words[:index]): index for index in range(len(words))}
    found: dict[int, tuple[bool, list[str]]] = {}
    for token, (start, _) in enumerate(doc.user_data["offsets"]):
        if start in places and tree.is_verb(token) and tree.label(token) not in ("aux", "cop", "case", "fixed"):
            reading = reader.clause(token)
            found[places[start]] = reading.negated, reading.reasons
    return found


def report(name: str, count: Counter[str]) -> None:
    """Print one line of figures."""
    right, missed, wrong = count["True True"], count["True False"], count["False True"]
    shared = right + missed + wrong + count["False False"]
    agreed = 100 * (shared - missed - wrong) / max(1, shared)
    f1 = 200 * right / max(1, 2 * right + missed + wrong)
    print(
        f"{name}: shared {shared} of {count['gold']} verbs, agreement {agreed:.1f} %, F1 of negation {f1:.1f}", end=""
    )
    print(f" (both {right}, gold only {missed}, ours only {wrong})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    main(given.paths, given.verbose)
