"""Our own short texts, in each a word in brackets and whom it means, read with the shipped pipeline.

The share of right lines of a kind is a floor: it may rise, and a line that fails is listed, not deleted.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from graphbuild import language
from graphbuild.model import Document, Paragraph
from graphbuild.pipeline import Stages, load
from graphbuild.resolve import within
from graphbuild.syntax import Tree

with (Path(__file__).parent / "references.tsv").open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
# Percent. Measured with the shipped weights; a point or two below, as int8 sums differ between processors.
FLOORS = {
    "name": 95, "state": 95, "office": 95, "body": 95, "subject": 80, "object": 95, "possessive": 95, "reflexive": 95,
    "quotation": 85, "nobody": 95,
}  # fmt: skip


def _meant(text: str, using: Stages) -> str:
    """The labels of what the bracketed words of ``text`` refer to, joined by a bar."""
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    doc = language.read(using.nlp, Document("d", plain, (Paragraph(0, len(plain)),)))
    found = within(Tree(doc), using.ontology, using.actors)
    inside = [t for t, (first, _) in enumerate(doc.user_data["offsets"]) if start <= first < end]
    keys = dict.fromkeys(key for token in inside for key in found.at(token))
    return "|".join(sorted(found.entities[key].label for key in keys))


def test_words_mean_whom_they_should() -> None:
    using, missed = load(), defaultdict(list)
    for row in ROWS:
        found = _meant(row["text"], using)
        if found != (row["means"] or ""):
            missed[row["kind"]].append(f"{row['text']} → {found or 'nobody'}, not {row['means'] or 'nobody'}")
    shares = {}
    for kind in FLOORS:
        count = sum(row["kind"] == kind for row in ROWS)
        shares[kind] = 100 * (count - len(missed[kind])) / count
        print(f"\n{kind}: {count - len(missed[kind])} of {count}", *missed[kind], sep="\n  ")
    below = {kind: share for kind, share in shares.items() if share < FLOORS[kind]}
    assert not below, below


@pytest.mark.parametrize("row", ROWS[:1])
def test_a_wrong_answer_would_be_seen(row: dict[str, str]) -> None:
    assert _meant(row["text"], load()) != "Olof Berg"
