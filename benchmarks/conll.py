"""Coreference of names and pronouns on GUM (Zeldes 2017): MUC, B³, CEAF-e and their mean, the CoNLL score.

Usage: python -m benchmarks.conll GUM_FOLDER [--split test] [--verbose]

Kept are mentions whose head is a proper noun or a personal pronoun; entities with one such mention are left out, on
both sides. A mention of ours is the gold one whose head it covers, as spans differ by convention (CorefUD's head
match).
Definitions: Vilain et al. 1995, Bagga & Baldwin 1998, Luo 2005; Pradhan et al. 2014 for the mean. Needs scipy.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from graphbuild import language
from graphbuild.model import Document, Paragraph, ParagraphKind
from graphbuild.pipeline import Stages, load
from graphbuild.resolve import within
from graphbuild.syntax import Tree
from training.mentions import Text, gum_files, read_gum

Cluster = frozenset[int]  # mentions, by the offset of their heads
PERSONAL = ("PRP", "PRP$")


def main(folder: Path, split: str, verbose: bool) -> None:
    """Print the scores of each document and of all."""
    using = load()
    gold_all: list[Cluster] = []
    found_all: list[Cluster] = []
    shift = 0
    for path in gum_files(folder, split):
        gold = read_gum(path)
        right, found = _gold_clusters(gold), _our_clusters(gold, using)
        if verbose:
            print(f"{path.stem:32} {_line(right, found)}")
        gold_all += [frozenset(head + shift for head in cluster) for cluster in right]
        found_all += [frozenset(head + shift for head in cluster) for cluster in found]
        shift += len(gold.text) + 1
    print(f"{'all':32} {_line(gold_all, found_all)}")


def _gold_clusters(gold: Text) -> list[Cluster]:
    clusters: dict[str, set[int]] = defaultdict(set)
    for head, cluster in gold.mentions:
        start, _, upos, xpos = gold.words[head]
        if upos == "PROPN" or xpos in PERSONAL:
            clusters[cluster].add(start)
    return [frozenset(heads) for heads in clusters.values() if len(heads) > 1]


def _our_clusters(gold: Text, using: Stages) -> list[Cluster]:
    paragraphs = tuple(Paragraph(start, end, ParagraphKind.BODY) for start, end in gold.paragraphs if end > start)
    doc = language.read(using.nlp, Document("d", gold.text, paragraphs))
    offsets = doc.user_data["offsets"]
    heads = sorted({gold.words[head][0] for head, _ in gold.mentions})
    clusters: dict[tuple[str, ...], set[int]] = defaultdict(set)
    found = within(Tree(doc), using.ontology, using.actors)
    for reference in (*found.references, *found.outsiders):
        if reference.kind == "nominal":
            continue
        first, last = offsets[reference.start][0], offsets[reference.end - 1][1]
        covered = [head for head in heads if first <= head < last]
        clusters[reference.entities].add(covered[0] if covered else offsets[reference.root][0])
    return [frozenset(found) for found in clusters.values() if len(found) > 1]


def _line(gold: Sequence[Cluster], found: Sequence[Cluster]) -> str:
    scores = [(name, score(gold, found)) for name, score in (("MUC", _muc), ("B3", _b_cubed), ("CEAFe", _ceaf_e))]
    mean = sum(f1 for _, (_, _, f1) in scores) / 3
    parts = (f"{name} P {100 * p:4.1f} R {100 * r:4.1f} F {100 * f1:4.1f}" for name, (p, r, f1) in scores)
    return f"{'  '.join(parts)}  CoNLL {100 * mean:4.1f}"


Score = tuple[float, float, float]


def _f1(precision: float, recall: float) -> Score:
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _muc(gold: Sequence[Cluster], found: Sequence[Cluster]) -> Score:
    return _f1(_links(found, gold), _links(gold, found))


def _links(key: Sequence[Cluster], response: Sequence[Cluster]) -> float:
    """The share of the key's links that the response has."""
    owner = {mention: number for number, cluster in enumerate(response) for mention in cluster}
    kept = sum(len(c) - len({owner.get(m, -1 - m) for m in c}) for c in key)
    return kept / max(1, sum(len(cluster) - 1 for cluster in key))


def _b_cubed(gold: Sequence[Cluster], found: Sequence[Cluster]) -> Score:
    return _f1(_overlap(found, gold), _overlap(gold, found))


def _overlap(key: Sequence[Cluster], response: Sequence[Cluster]) -> float:
    owner = {mention: cluster for cluster in response for mention in cluster}
    shares = [len(c & owner.get(m, frozenset())) / len(c) for c in key for m in c]
    return sum(shares) / max(1, len(shares))


def _ceaf_e(gold: Sequence[Cluster], found: Sequence[Cluster]) -> Score:
    if not gold or not found:
        return 0.0, 0.0, 0.0
    owner = {mention: number for number, cluster in enumerate(found) for mention in cluster}
    alike = np.zeros((len(gold), len(found)))
    for row, cluster in enumerate(gold):
        for column in {owner[m] for m in cluster if m in owner}:
            alike[row, column] = 2 * len(cluster & found[column]) / (len(cluster) + len(found[column]))
    best = alike[linear_sum_assignment(alike, maximize=True)].sum()
    return _f1(best / len(found), best / len(gold))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="test")
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    main(arguments.folder, arguments.split, arguments.verbose)
