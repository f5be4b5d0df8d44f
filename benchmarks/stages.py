"""Measures how the time of reading articles is shared between language pipeline, tree, resolution and relation stage.

Usage: python benchmarks/stages.py examples/articles [--words 10000]

Reads the ``.txt`` articles of a folder in one process, again and again until there are enough words.
"""

from __future__ import annotations

import argparse
from itertools import cycle
from pathlib import Path
from time import perf_counter

from graphbuild import ingest, language
from graphbuild.model import Document
from graphbuild.pipeline import Stages, load
from graphbuild.relate import relate
from graphbuild.resolve import within
from graphbuild.syntax import Tree

STAGES = ("language pipeline", "tree", "resolution", "relation stage")


def main(folder: Path, words: int) -> None:
    """Print the share of each stage."""
    using, spent, done = load(), dict.fromkeys(STAGES, 0.0), 0
    articles = documents(folder)
    measure(
        articles[0], using, dict.fromkeys(STAGES, 0.0)
    )  # the first article pays for what is loaded when first needed
    for article in cycle(articles):
        measure(article, using, spent)
        done += len(article.text.split())
        if done >= words:
            break
    seconds = sum(spent.values())
    print(f"{done} words in {seconds:.2f} s ({done / seconds:.0f} words per second)")
    for stage, took in spent.items():
        print(f"{stage:20} {took:6.2f} s {100 * took / seconds:5.1f} %")


def documents(folder: Path) -> list[Document]:
    """The articles of a folder."""
    found = ingest.documents(sorted(folder.glob("*.txt")))
    return [article for article in found if isinstance(article, Document)]


def measure(article: Document, using: Stages, spent: dict[str, float]) -> None:
    """Read one article and add the seconds of each stage to ``spent``."""
    times = [perf_counter()]
    doc = language.read(using.nlp, article)
    times.append(perf_counter())
    tree = Tree(doc)
    times.append(perf_counter())
    resolution = within(tree, using.ontology, using.actors)
    times.append(perf_counter())
    relate(tree, article, using.ontology, resolution)
    times.append(perf_counter())
    for stage, start, end in zip(STAGES, times, times[1:], strict=False):
        spent[stage] += end - start


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", type=int, default=10000)
    given = parser.parse_args()
    main(given.folder, given.words)
