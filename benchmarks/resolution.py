"""How long it takes to decide which entities of many articles are one, and how much memory.

Usage: python benchmarks/resolution.py [--mentions 1000000]

The articles are made up: 50 mentions of ten entities each, drawn from a population of names in which a few are in every
tenth article and most in one or two (Zipf). No text is read; what is measured is ``across`` and the graph made of it.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from itertools import pairwise

from graphbuild.graph import KnowledgeGraph
from graphbuild.model import Document, Entity, EntityType, Extraction, Mention, Statement
from graphbuild.resolve import across

ENTITIES, MENTIONS = 10, 5  # of an article, of an entity there
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "zu")


def main(mentions: int) -> None:
    """Print seconds and peak memory."""
    articles = list(_articles(mentions))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    found = across(articles)
    resolved = time.perf_counter()
    graph = KnowledgeGraph(found.entities, found.statements, [article.document for article in articles])
    end = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{mentions:,} mentions in {len(articles):,} articles: {len(graph.entities):,} entities")
    print(f"across {resolved - start:.1f} s, graph {end - resolved:.1f} s")
    print(f"peak memory {peak / 1024:,.0f} MB, of which the articles {before / 1024:,.0f} MB")


def _articles(mentions: int) -> Iterator[Extraction]:
    chance = random.Random(7)
    names = [_name(chance) for _ in range(mentions // (ENTITIES * MENTIONS) * 4)]
    weights = [1 / (rank + 10) for rank in range(len(names))]
    for number in range(mentions // (ENTITIES * MENTIONS)):
        document = f"article-{number}"
        drawn = sorted(set(chance.choices(names, weights, k=ENTITIES)))
        entities = tuple(_entity(document, name, place) for place, name in enumerate(drawn))
        said = tuple(Statement(a.key, "met", b.key) for a, b in pairwise(entities))
        yield Extraction(Document(document, "", ()), entities, said)


def _name(chance: random.Random) -> str:
    def word() -> str:
        return "".join(chance.choices(SYLLABLES, k=3)).capitalize()

    return f"{word()} {word()}" if chance.random() < 0.6 else f"{word()} {word()} Union"


def _entity(document: str, name: str, place: int) -> Entity:
    kind = EntityType.ORGANISATION if name.endswith("Union") else EntityType.PERSON
    starts = (place * 1000 + number * 100 for number in range(MENTIONS))
    mentions = tuple(Mention(document, start, start + len(name), name, "name") for start in starts)
    return Entity(f"{kind.lower()}:{name.lower()}", kind, name, mentions=mentions)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    main(parser.parse_args().mentions)
