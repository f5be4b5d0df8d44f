"""What a person should look at: merges and near-merges of a graph, the most doubtful first.

Names are compared within blocks that share a word, so that the cost grows linearly; how alike two names are is the
ratio of Ratcliff & Metzener 1988 over their sorted words.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from difflib import SequenceMatcher
from itertools import combinations
from typing import TYPE_CHECKING

from graphbuild.cells import harmless
from graphbuild.model import Entity, EntityType
from graphbuild.ontology.gazetteer import fold
from graphbuild.resolve.names import surname
from graphbuild.resolve.reasons import DOUBT, SEVERAL, Why, parse

if TYPE_CHECKING:
    from graphbuild.graph import KnowledgeGraph

ALIKE = 0.85  # from here on two names are worth a look
LARGEST_BLOCK = 60  # entities; a word that more of them share ("ministry") tells nothing
SHORTEST_WORD = 4
NAMESAKE = 0.4  # added to a surname's doubt if another person of the graph has it too,
ONLY_BEARER = -0.1  # and if nobody has


@dataclass(frozen=True, slots=True)
class Case:
    """Two names that ``now`` are the same node or different ones, and how far that may be doubted, from 0 to 1.

    An empty article stands for all. With an empty column ``decision`` in front the fields make a decisions file.
    """

    one: str
    other: str
    one_article: str
    other_article: str
    now: str
    doubt: float
    why: str


def review(graph: KnowledgeGraph) -> list[Case]:
    """The merges and near-merges of a graph, the most doubtful first."""
    entities = [entity for entity in graph.entities.values() if entity.named]
    found = {*_merges(entities), *_near(entities)}
    return sorted(found, key=lambda case: (-case.doubt, astuple(case)))


def to_csv(cases: Iterable[Case]) -> str:
    """The cases as a decisions file, for a person to fill in."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["decision", *(field.name for field in fields(Case))])
    writer.writerows(["", *map(harmless, astuple(case))] for case in cases)
    return text.getvalue()


def _merges(entities: Sequence[Entity]) -> Iterator[Case]:
    bearers: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        if entity.type is EntityType.PERSON:
            bearers[surname(entity.label.split()[-1])].add(entity.key)
    for entity in entities:
        for name, label, why in filter(None, map(parse, entity.merged)):
            doubt = DOUBT[why]
            if why is Why.SHORT and entity.type is EntityType.PERSON:
                doubt += NAMESAKE if len(bearers[surname(name.split()[-1])]) > 1 else ONLY_BEARER
            if name != SEVERAL:
                yield Case(name, label, "", "", "same", round(doubt, 2), str(why))
            else:
                yield from _of_several_articles(entity, label, round(doubt, 2), str(why))


def _of_several_articles(entity: Entity, label: str, doubt: float, why: str) -> Iterator[Case]:
    """The records of one name, the first article's against each other one's."""
    first, *rest = sorted({mention.document for mention in entity.mentions}) or [""]
    for article in rest:
        yield Case(label, label, first, article, "same", doubt, why)


def _near(entities: Iterable[Entity]) -> Iterator[Case]:
    for one, other in _neighbours(entities):
        alike = _alike(one, other)
        if alike is not None:
            doubt, why = alike
            names = one.label, other.label
            articles = (_article(one), _article(other)) if fold(one.label) == fold(other.label) else ("", "")
            yield Case(*names, *articles, "different", doubt, why)


def _neighbours(entities: Iterable[Entity]) -> Iterator[tuple[Entity, Entity]]:
    """Pairs that share a word, each once."""
    seen: set[tuple[str, str]] = set()
    for members in _sharing(entities):
        for one, other in combinations(sorted(members, key=lambda e: e.key), 2):
            if (one.key, other.key) not in seen:
                seen.add((one.key, other.key))
                yield one, other


def _sharing(entities: Iterable[Entity]) -> Iterator[list[Entity]]:
    """Entities that share a word that tells something."""
    blocks: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        words = {surname(word) for word in fold(entity.label).split()}
        for word in {w for w in words if len(w) >= SHORTEST_WORD} or words:
            blocks[word].append(entity)
    return (members for _, members in sorted(blocks.items()) if len(members) <= LARGEST_BLOCK)


def _alike(one: Entity, other: Entity) -> tuple[float, str] | None:
    """How doubtful it is that two entities are two, and why; None if nobody would think them one."""
    if one.wikidata and other.wikidata:
        return None
    a, b = fold(one.label), fold(other.label)
    if a == b:
        return (
            (0.5, "the same name") if one.type is other.type else (0.45, f"the same name, {one.type} and {other.type}")
        )
    if one.type is not other.type:
        return None
    if one.type is EntityType.PERSON and 1 in (len(a.split()), len(b.split())):
        return (0.4, "a lone surname") if surname(a.split()[-1]) == surname(b.split()[-1]) else None
    ratio = SequenceMatcher(None, " ".join(sorted(a.split())), " ".join(sorted(b.split())), autojunk=False).ratio()
    return (round(ratio - 0.5, 2), "names alike") if ratio >= ALIKE else None


def _article(entity: Entity) -> str:
    return min((mention.document for mention in entity.mentions), default="")
