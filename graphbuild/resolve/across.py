"""Which entities of different articles are the same thing: decided from all articles at once, in any order.

Known actors are one by their id, people by their full name, organisations and places by their name, an acronym by the
only organisation that goes by it. People of one name who hold offices of different states are different people. A
lone surname and what has no name stay within their article. What the user decided holds whatever the names say.
Entities meet in blocks of equal keys, so that the cost grows linearly (blocking, after Fellegi & Sunter 1969).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from itertools import chain

from graphbuild.identifiers import digest, hyphened
from graphbuild.model import Entity, EntityType, Extraction, Polarity, Statement, fullest
from graphbuild.ontology.gazetteer import fold
from graphbuild.resolve.decisions import UNDECIDED, Decisions, Named
from graphbuild.resolve.names import spelling
from graphbuild.resolve.reasons import SEVERAL, Why, note

LONGEST_SLUG = 60  # characters, without the hash
Block = tuple[str, ...]  # the key that the records of one thing share
Place = tuple[str, str]  # article id, key of an entity there


@dataclass(frozen=True)
class Canonical:
    """The entities of a graph and the statements about them, keyed alike for all articles.

    Of what several articles name there are several records under one key: the graph makes them one.
    """

    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]


def across(
    extractions: Iterable[Extraction],
    decisions: Decisions = UNDECIDED,
    identifying: frozenset[str] = frozenset(),
) -> Canonical:
    """Give the entities of all articles their final keys: slugs of their names, the same for any order of articles.

    ``identifying`` are the relations in which a person stands to one state only ("minister of").
    """
    read = sorted((e for e in extractions if e.error is None), key=lambda e: e.document.id)
    records = {(e.document.id, entity.key): entity for e in read for entity in e.entities}
    groups = _groups(_homes(read, records, decisions, identifying))
    keys = _slugs({block: [records[place] for place in places] for block, places in groups.items()})
    final = {place: keys[block] for block, places in groups.items() for place in places}
    decided = {name.name for pair in decisions.same for name in pair}
    entities = (_records(keys[block], sorted(groups[block]), records, decided) for block in sorted(groups))
    return Canonical(tuple(chain.from_iterable(entities)), tuple(_statements(read, final)))


def _groups(homes: Mapping[Place, Block]) -> dict[Block, list[Place]]:
    found: dict[Block, list[Place]] = defaultdict(list)
    for place, block in homes.items():
        found[block].append(place)
    return found


def _statements(read: Iterable[Extraction], final: Mapping[Place, str]) -> Iterator[Statement]:
    """All statements under final keys, but for those whose ends turned out to be one."""
    for extraction in read:
        for statement in extraction.statements:
            if (kept := _rekeyed(statement, extraction.document.id, final)) is not None:
                yield kept


def _homes(
    read: Sequence[Extraction], records: Mapping[Place, Entity], decisions: Decisions, identifying: frozenset[str]
) -> dict[Place, Block]:
    """The block of each record: what shares one is one thing."""
    homes = {place: _block(entity, place[0]) for place, entity in records.items()}
    _part_namesakes(homes, _countries(read, records, identifying))
    acronyms = _acronyms(homes, records)
    homes = {place: acronyms.get(block, block) for place, block in homes.items()}
    _part_decided(homes, records, decisions)
    _join_decided(homes, records, decisions)
    return homes


def _block(entity: Entity, document: str) -> Block:
    """The key that an entity shares with the same thing in other articles."""
    if entity.wikidata or ":" not in entity.key:
        return "known", entity.wikidata or entity.key
    words = fold(entity.label).split()
    if entity.local or not entity.named or not words:
        return "local", document, entity.key
    if entity.type is EntityType.PERSON:
        name = [spelling(word) for word in entity.label.split()]
        return ("name", "Person", name[0], name[-1]) if len(name) > 1 else ("local", document, entity.key)
    return "name", entity.type.value, " ".join(words)


def _countries(
    read: Iterable[Extraction], records: Mapping[Place, Entity], identifying: frozenset[str]
) -> dict[Place, set[str]]:
    """The states whose offices a person holds, by their names."""
    found: dict[Place, set[str]] = defaultdict(set)
    for extraction in read:
        for s in extraction.statements:
            state = records.get((extraction.document.id, s.object or ""))
            told = s.relation in identifying and s.polarity is Polarity.AFFIRMED
            if told and state is not None and state.type is EntityType.STATE:
                found[extraction.document.id, s.subject].add(state.wikidata or fold(state.label))
    return found


def _part_namesakes(homes: dict[Place, Block], countries: Mapping[Place, set[str]]) -> None:
    """Give people of one name who hold offices of different states blocks of their own. In place."""
    blocks: dict[Block, list[Place]] = defaultdict(list)
    for place in countries:
        if homes[place][0] == "name":
            blocks[homes[place]].append(place)
    for block, places in blocks.items():
        groups = _joined(countries[place] for place in sorted(places))
        if len(groups) > 1:
            for place in places:
                homes[place] = (*block, "of", *sorted(next(g for g in groups if g & countries[place])))


def _joined(sets: Iterable[set[str]]) -> list[set[str]]:
    """The sets, those that share something made one."""
    groups: list[set[str]] = []
    for one in sets:
        joined = set(one).union(*(group for group in groups if group & one))
        groups = [group for group in groups if not group & one] + [joined]
    return groups


def _acronyms(homes: Mapping[Place, Block], records: Mapping[Place, Entity]) -> dict[Block, Block]:
    """Blocks known by an acronym alone → the only longer name that some article says it stands for."""
    longer: dict[str, set[Block]] = defaultdict(set)
    short: dict[Block, str] = {}
    for place, block in homes.items():
        entity = records[place]
        if entity.type is not EntityType.ORGANISATION:
            continue
        if not _is_acronym(entity.label):
            for alias in filter(_is_acronym, entity.aliases):
                longer[alias.replace(".", "")].add(block)
        elif block[:2] == ("name", "Organisation"):
            short[block] = entity.label.replace(".", "")
    return {block: next(iter(longer[name])) for block, name in short.items() if len(longer[name]) == 1}


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return 2 <= len(letters) <= 7 and letters.isalpha() and letters.isupper()


def _part_decided(homes: dict[Place, Block], records: Mapping[Place, Entity], decisions: Decisions) -> None:
    """Part what was decided to be different. In place."""
    for one, other in decisions.different:
        first = _places(one, records)
        shared = {homes[place] for place in first}
        for place in _places(other, records) - first:
            if homes[place] in shared:
                homes[place] = (*homes[place], "not", *astuple(one), "but", *astuple(other))


def _join_decided(homes: dict[Place, Block], records: Mapping[Place, Entity], decisions: Decisions) -> None:
    """Join what was decided to be the same, but nothing that a "different" parts, not even by way of a third thing.

    In place.
    """
    if not decisions.same:
        return
    apart = [(_places(one, records), _places(other, records)) for one, other in decisions.different]
    for one, other in decisions.same:
        blocks = {homes[place] for place in _places(one, records) | _places(other, records)}
        joined = {place for place, block in homes.items() if block in blocks}
        if len(blocks) > 1 and not any(_forbids(joined, *pair) for pair in apart):
            homes.update(dict.fromkeys(joined, min(blocks)))


def _places(name: Named, records: Mapping[Place, Entity]) -> frozenset[Place]:
    return frozenset(place for place, entity in records.items() if name.is_of(entity, place[0]))


def _forbids(joined: set[Place], one: frozenset[Place], other: frozenset[Place]) -> bool:
    """Whether joining would make one what was decided to be two; a record that goes by both names is no obstacle."""
    return bool(joined & (one - other)) and bool(joined & (other - one))


def _records(key: str, places: Sequence[Place], records: Mapping[Place, Entity], decided: set[str]) -> Iterator[Entity]:
    """All records of one thing under its key; the first says why they are one."""
    members = [records[place] for place in places]
    notes = _notes(members, len({article for article, _ in places}) > 1, decided)
    for number, entity in enumerate(members):
        yield replace(entity, key=key, merged=tuple(sorted({*entity.merged, *notes})) if number == 0 else entity.merged)


def _notes(members: Sequence[Entity], several: bool, decided: set[str]) -> set[str]:
    """Why the records are one, for each name but the fullest; ``several``: they are of several articles."""
    labels = {entity.label for entity in members}
    whole, known = fullest(labels), any(entity.wikidata for entity in members)
    notes = {note(label, whole, _why(label, whole, known, decided)) for label in labels - {whole}}
    if several and len(labels) == 1:
        notes.add(note(SEVERAL, whole, Why.KNOWN if known else Why.SAME_NAME))
    return notes


def _why(label: str, whole: str, known: bool, decided: set[str]) -> Why:
    if known:
        return Why.KNOWN
    if fold(label) in decided:
        return Why.DECISION
    if _is_acronym(label):
        return Why.ACRONYM
    words, whole_words = ({fold(word) for word in name.split()} for name in (label, whole))
    return Why.SAME_NAME if words <= whole_words else Why.SPELLING


def _slugs(groups: Mapping[Block, Sequence[Entity]]) -> dict[Block, str]:
    """A readable id for each block; a hash parts two things of one name, and what is of one article."""
    wanted: dict[str, list[tuple[bool, Block]]] = defaultdict(list)
    for block, members in groups.items():
        label = fullest(entity.label for entity in members)
        wanted[_slug(label)].append((all(entity.wikidata is None for entity in members), block))
    found = {}
    for slug, blocks in wanted.items():
        first = min(blocks)[1]
        for _, block in blocks:
            plain = slug and block is first and block[0] != "local"
            found[block] = slug if plain else "-".join(filter(None, (slug, digest(*block))))
    return found


def _slug(label: str) -> str:
    return hyphened(re.sub(r"(?<=\b[A-Za-z])\.", "", label), LONGEST_SLUG).lower()


def _rekeyed(statement: Statement, document: str, final: Mapping[Place, str]) -> Statement | None:
    """The statement under final keys; None if its two ends turned out to be one."""

    def key(local: str | None) -> str | None:
        return local and final[document, local]

    content = statement.content and _rekeyed(statement.content, document, final)
    subject = final[document, statement.subject]
    if (statement.content is not None and content is None) or subject == key(statement.object):
        return None
    return replace(
        statement, subject=subject, object=key(statement.object), content=content,
        source=key(statement.source), place=key(statement.place),
    )  # fmt: skip
