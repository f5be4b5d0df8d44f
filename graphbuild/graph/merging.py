"""Records of one thing as one: commutative, associative and idempotent, so that order never shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from graphbuild.model import Entity, Mention, Statement, fullest

LAST = "~"  # in place of no subtype: behind all names of classes


def same_entities(records: Sequence[Entity]) -> Entity:
    """All records of one entity as one, in time linear in their mentions; they share their key."""
    records = list(dict.fromkeys(records))
    if len(records) == 1:
        return records[0]
    label = fullest(record.label for record in records)
    kind, subtype = min((record.type, record.subtype or LAST) for record in records)
    return Entity(
        key=records[0].key,
        type=kind,
        label=label,
        aliases=_united([(record.label, *record.aliases) for record in records], without=label),
        named=any(record.named for record in records),
        local=all(record.local for record in records),
        subtype=None if subtype == LAST else subtype,
        wikidata=_least(*(record.wikidata for record in records)),
        mentions=_places(mention for record in records for mention in record.mentions),
        merged=_united(record.merged for record in records),
    )


def _united(texts: Iterable[Iterable[str]], without: str = "") -> tuple[str, ...]:
    return tuple(sorted(set().union(*texts) - {without}))


def _places(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """One mention per place, the better described one: a graph read from a file knows places only."""
    found: dict[tuple[str, int, int], Mention] = {}
    for mention in mentions:
        place = (mention.document, mention.start, mention.end)
        found[place] = max(found.get(place, mention), mention)
    return tuple(sorted(found.values()))


def same_statement(one: Statement, other: Statement) -> Statement:
    """Two sayings of one thing as one: evidence united, the surer confidence, the smaller pattern, cue and role."""
    if one == other:
        return one
    return replace(
        one,
        cue=_least(one.cue, other.cue),
        role=_least(one.role, other.role),
        confidence=max(one.confidence, other.confidence),
        pattern=_least(one.pattern, other.pattern) or "",
        evidence=tuple(sorted({*one.evidence, *other.evidence})),
    )


def _least(*values: str | None) -> str | None:
    return min(filter(None, values), default=None)
