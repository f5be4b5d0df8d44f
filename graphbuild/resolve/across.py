"""Which entities of different articles are the same thing: decided from all articles at once, in any order.

Known actors are one by their id, people by their full name, organisations and places by their name, an acronym by the
only organisation that goes by it. A lone surname and what has no name stay within their article. Entities meet in
blocks of equal keys, so that the cost grows linearly (blocking, after Fellegi & Sunter 1969).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from graphbuild.actors import fold
from graphbuild.model import Entity, EntityType, Extraction, Statement
from graphbuild.resolve.names import spelling
from graphbuild.same import same_entity

LONGEST_SLUG = 60  # characters, without the hash
Block = tuple[str, ...]


@dataclass(frozen=True)
class Canonical:
    """The entities of a graph and the statements about them, keyed alike for all articles."""

    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]


def across(extractions: Iterable[Extraction]) -> Canonical:
    """Give the entities of all articles their final keys: slugs of their names, the same for any order of articles."""
    read = sorted((e for e in extractions if e.error is None), key=lambda e: e.document.id)
    groups: dict[Block, list[Entity]] = defaultdict(list)
    for extraction in read:
        for entity in extraction.entities:
            groups[_block(entity, extraction.document.id)].append(entity)
    target = _acronyms(groups)
    united: dict[Block, list[Entity]] = defaultdict(list)
    for block, members in groups.items():
        united[target.get(block, block)] += members
    keys = _slugs(united)
    final = {(e.document.id, x.key): keys[_home(_block(x, e.document.id), target)] for e in read for x in e.entities}
    return Canonical(
        tuple(_one(keys[block], members) for block, members in sorted(united.items())),
        tuple(kept for e in read for s in e.statements if (kept := _rekeyed(s, e.document.id, final)) is not None),
    )


def _home(block: Block, target: dict[Block, Block]) -> Block:
    return target.get(block, block)


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


def _acronyms(groups: dict[Block, list[Entity]]) -> dict[Block, Block]:
    """Blocks known by an acronym alone → the only longer name that some article says it stands for."""
    longer: dict[str, set[Block]] = defaultdict(set)
    for block, members in groups.items():
        for entity in members:
            if entity.type is EntityType.ORGANISATION and not _is_acronym(entity.label):
                for alias in filter(_is_acronym, entity.aliases):
                    longer[alias.replace(".", "")].add(block)
    found = {}
    for block, members in groups.items():
        name = members[0].label.replace(".", "")
        if block[:2] == ("name", "Organisation") and _is_acronym(members[0].label) and len(longer[name]) == 1:
            (found[block],) = longer[name]
    return found


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return 2 <= len(letters) <= 7 and letters.isalpha() and letters.isupper()


def _one(key: str, members: Sequence[Entity]) -> Entity:
    """All records of one thing as one entity that says why they are one."""
    ordered = sorted((replace(member, key=key) for member in members), key=repr)
    whole = reduce(same_entity, ordered)
    labels = sorted({member.label for member in members} - {whole.label})
    known = f"same known actor {whole.wikidata}" if whole.wikidata else "same name in several articles"
    notes = {f"{label} is {whole.label}: {known}" for label in labels}
    return replace(whole, merged=tuple(sorted({*whole.merged, *notes})))


def _slugs(groups: dict[Block, list[Entity]]) -> dict[Block, str]:
    """A readable id for each block; a hash parts two things of one name, and what is of one article."""
    wanted: dict[str, list[tuple[bool, Block]]] = defaultdict(list)
    for block, members in groups.items():
        entity = reduce(same_entity, sorted(members, key=repr))
        wanted[_slug(entity.label)].append((entity.wikidata is None, block))
    found = {}
    for slug, blocks in wanted.items():
        first = min(blocks)[1]
        for _, block in blocks:
            plain = slug and block is first and block[0] != "local"
            found[block] = slug if plain else "-".join(filter(None, (slug, _hash(block))))
    return found


def _slug(label: str) -> str:
    ascii_ = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=\b[a-z])\.", "", ascii_)).strip("-")
    return words if len(words) <= LONGEST_SLUG else words[:LONGEST_SLUG].rsplit("-", 1)[0]


def _hash(block: Block) -> str:
    return hashlib.sha256("\x1f".join(block).encode("utf-8", "backslashreplace")).hexdigest()[:8]


def _rekeyed(statement: Statement, document: str, final: dict[tuple[str, str], str]) -> Statement | None:
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
