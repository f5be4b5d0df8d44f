"""Links of names to Wikidata against a gold standard in ELEVANT's JSON Lines (Bast et al. 2022).

Usage: python benchmarks/linking.py wiki-fair-v2-no-coref.benchmark.jsonl [--verbose]

Precision: of the names that we link where the gold standard has a label, how many have its id; a name inside a longer
one ("British" of "British Museum") is counted apart, as the standard does not say what it means there. Recall: of the
labels whose thing our tables hold, how many are linked to it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphbuild import language
from graphbuild.model import Document, Paragraph
from graphbuild.pipeline import Stages, load
from graphbuild.resolve import within
from graphbuild.syntax import Tree

Link = tuple[int, int, str]  # start, end, QID


def main(path: Path, verbose: bool) -> None:
    """Print precision and recall."""
    using = load()
    right = wrong = inside = missed = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        gold = list(_labels(article))
        found = list(_links(article, using))
        text = article["text"]
        for start, end, qid in found:
            meant = [label for label in gold if _same_span(label, (start, end, qid), text)]
            inside += not meant and any(_meet(label, (start, end, qid)) for label in gold)
            if meant and any(label[2] == qid for label in meant):
                right += 1
            elif meant:
                wrong += 1
                if verbose:
                    print(f"wrong  {text[start:end]!r} {qid} for {meant}: {text[max(0, start - 60) : end + 40]!r}")
        for label in gold:
            if label[2] in using.actors.by_id and not any(_meet(label, link) and label[2] == link[2] for link in found):
                missed += 1
                if verbose:
                    start, end, qid = label
                    print(f"missed {text[start:end]!r} {qid}: {text[max(0, start - 60) : end + 40]!r}")
    print(f"linked {right + wrong}, right {right}, inside longer names {inside}, in the tables but missed {missed}")
    print(f"precision {100 * right / max(1, right + wrong):.1f}, recall {100 * right / max(1, right + missed):.1f}")


def _labels(article: dict[str, Any]) -> Iterator[Link]:
    """The labels of names in the part that was annotated."""
    first, last = article["evaluation_span"]
    for label in article["labels"]:
        start, end = label["span"]
        if first <= start and end <= last and label["entity_id"].startswith("Q") and not label["coref"]:
            yield start, end, label["entity_id"]


def _links(article: dict[str, Any], using: Stages) -> Iterator[Link]:
    text = article["text"]
    doc = language.read(using.nlp, Document("d", text, (Paragraph(0, len(text)),)))
    offsets = doc.user_data["offsets"]
    found = within(Tree(doc), using.ontology, using.actors)
    for reference in found.references:
        entity = found.entities[reference.entities[0]]
        if reference.kind == "name" and entity.wikidata is not None:
            yield offsets[reference.start][0], offsets[reference.end - 1][1], entity.wikidata


def _same_span(one: Link, other: Link, text: str) -> bool:
    return _bare(text[one[0] : one[1]]) == _bare(text[other[0] : other[1]]) and _meet(one, other)


def _bare(name: str) -> str:
    return name.lower().removeprefix("the ").removesuffix("'s")


def _meet(one: Link, other: Link) -> bool:
    return (one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    main(arguments.path, arguments.verbose)
