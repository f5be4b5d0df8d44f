"""Scores pronoun resolution on GAP (Webster et al. 2018), a public set of pronouns between two names.

Usage: python benchmarks/coreference.py gap-test.tsv [--limit N]

Prints F1 over the pairs (pronoun, name) for masculine and feminine pronouns and both, and their ratio.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from itertools import islice
from pathlib import Path

from graphbuild import language
from graphbuild.model import Document, Paragraph
from graphbuild.pipeline import load
from graphbuild.resolve import within
from graphbuild.syntax import Tree

FEMININE = {"she", "her", "hers"}


def main(path: Path, limit: int | None, verbose: bool) -> None:
    """Resolve each text and compare."""
    using = load()
    count: Counter[str] = Counter()
    with path.open(encoding="utf-8", newline="") as file:
        for row in islice(csv.DictReader(file, delimiter="\t"), limit):
            text = row["Text"]
            doc = language.read(using.nlp, Document(row["ID"], text, (Paragraph(0, len(text)),)))
            found = within(Tree(doc), using.ontology, using.actors)
            starts = {start: token for token, (start, _) in enumerate(doc.user_data["offsets"])}
            keys = set(found.at(starts.get(int(row["Pronoun-offset"]), -1)))
            group = "f" if row["Pronoun"].lower() in FEMININE else "m"
            for name in ("A", "B"):
                begin = int(row[f"{name}-offset"])
                end = begin + len(row[name])
                tokens = [t for start, t in starts.items() if begin <= start < end]
                same = bool(keys & {key for token in tokens for key in found.at(token)})
                gold = row[f"{name}-coref"].upper() == "TRUE"
                count[f"{group} right"] += same and gold
                count[f"{group} found"] += same
                count[f"{group} gold"] += gold
            if verbose and row["A-coref"] != row["B-coref"]:
                print(row["ID"], row["Pronoun"], keys, row["A"], row["A-coref"], row["B"], row["B-coref"])
    scores = {}
    for label, groups in (("masculine", "m"), ("feminine", "f"), ("overall", "mf")):
        right, given, gold = (sum(count[f"{g} {kind}"] for g in groups) for kind in ("right", "found", "gold"))
        scores[label] = 200 * right / max(1, given + gold)
        precision, recall = 100 * right / max(1, given), 100 * right / max(1, gold)
        print(f"{label:10} P {precision:.1f} R {recall:.1f} F1 {scores[label]:.1f}")
    print(f"feminine to masculine {scores['feminine'] / max(1e-9, scores['masculine']):.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    main(given.path, given.limit, given.verbose)
