"""Two records of one thing as one: commutative, associative and idempotent, so that order never shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graphbuild.model import Entity, Mention, Statement


def same_entity(one: Entity, other: Entity) -> Entity:
    """Two records of one entity as one; the longest label wins, other names become aliases."""
    if one == other:
        return one
    label = min(one.label, other.label, key=lambda name: (-len(name), name))
    names = {one.label, other.label, *one.aliases, *other.aliases} - {label}
    kind = min((one.type, one.subtype or "~"), (other.type, other.subtype or "~"))
    return Entity(
        key=one.key,
        type=kind[0],
        label=label,
        aliases=tuple(sorted(names)),
        named=one.named or other.named,
        local=one.local and other.local,
        subtype=None if kind[1] == "~" else kind[1],
        wikidata=_least(one.wikidata, other.wikidata),
        mentions=_places((*one.mentions, *other.mentions)),
        merged=tuple(sorted({*one.merged, *other.merged})),
    )


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


def _least(one: str | None, other: str | None) -> str | None:
    return min(filter(None, (one, other)), default=None)
