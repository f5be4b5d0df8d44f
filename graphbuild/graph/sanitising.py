"""What may enter a graph: text that every format can carry, ids of ``[a-z0-9-]``, real dates, valid addresses.

Offsets are unharmed: each illegal character is replaced by one U+FFFD.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from math import isfinite

from graphbuild.identifiers import digest, hyphened, web_address
from graphbuild.model import Document, Entity, EntityType, Evidence, Mention, Statement, Status
from graphbuild.ontology import Relation

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # not a Char of XML 1.0
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LOCAL_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
QID = re.compile(r"Q[1-9][0-9]{0,15}")
TYPES = frozenset(map(str, EntityType))
LONGEST = 200  # characters of an id that are kept; longer ones end in a hash


def text(value: str) -> str:
    """``value`` with characters that XML forbids (controls, surrogates, U+FFFE) replaced."""
    return ILLEGAL.sub("\ufffd", value) if ILLEGAL.search(value) else value


def slug(value: str) -> str:
    """``value`` if it is a slug; else its letters and digits and a hash that parts it from its like."""
    if len(value) <= LONGEST and SLUG.fullmatch(value):
        return value
    return "-".join(filter(None, (hyphened(value, LONGEST - 9).lower(), digest(value))))


def local_name(value: str) -> str:
    """The same for the id of a relation or class, whose letters keep their case."""
    if len(value) <= LONGEST and LOCAL_NAME.fullmatch(value):
        return value
    return "-".join(filter(None, ("x", hyphened(value, LONGEST - 11), digest(value))))


def date(value: str | None) -> str | None:
    """An ISO year, month or day that exists, else None."""
    found = DATE.fullmatch(value or "")
    if not found or found[1] == "0000":
        return None
    if found[2] and not 1 <= int(found[2]) <= 12:
        return None
    if found[3] and not 1 <= int(found[3]) <= monthrange(int(found[1]), int(found[2]))[1]:
        return None
    return value


def time(value: str | None) -> str | None:
    """A date or a ``start/end`` interval of dates, else None."""
    parts = [date(part) for part in (value or "").split("/")]
    return value if len(parts) <= 2 and all(parts) else None


def entity(value: Entity) -> Entity:
    key, label = slug(value.key), text(value.label).strip()
    label = label or next(iter(filter(None, (text(alias).strip() for alias in value.aliases))), key)
    return replace(
        value,
        key=key,
        label=label,
        aliases=tuple(sorted({text(alias).strip() for alias in value.aliases} - {label, ""})),
        subtype=local_name(value.subtype) if value.subtype and value.subtype not in TYPES else None,
        wikidata=value.wikidata if value.wikidata and QID.fullmatch(value.wikidata) else None,
        mentions=tuple(sorted({_mention(mention) for mention in value.mentions})),
        merged=tuple(sorted({text(note) for note in value.merged})),
    )


def unknown_entity(key: str) -> Entity:
    """What a statement names and no entity describes."""
    return Entity(key, EntityType.GROUP, key.replace("-", " "), named=False)


def statement(value: Statement, inner: bool = False) -> Statement:
    """Contents are never asserted: one that comes as a fact or report is a claim, or a plan if it lies ahead."""
    status = value.status
    if inner and status in (Status.FACT, Status.REPORT):
        status = Status.PLAN if value.tense == "Future" else Status.CLAIM
    return replace(
        value,
        subject=slug(value.subject),
        relation=local_name(value.relation),
        object=_key(value.object),
        content=value.content and statement(value.content, inner=True),
        status=status,
        source=_key(value.source),
        place=_key(value.place),
        cue=text(value.cue) if value.cue else None,
        role=text(value.role) if value.role else None,
        time=time(value.time),
        confidence=_share(value.confidence),
        pattern=text(value.pattern),
        evidence=tuple(sorted({_evidence(evidence) for evidence in value.evidence})),
    )


def relation(value: Relation) -> Relation:
    """What explains a relation, from a user's ontology or a foreign graph."""
    return replace(
        value,
        id=local_name(value.id),
        label=_line(value.label) or value.id,
        inverse=local_name(value.inverse) if value.inverse else None,
        inverse_label=_line(value.inverse_label or "") or None,
        plover=_line(value.plover or "") or None,
        parents=tuple(map(local_name, value.parents)),
    )


def _line(value: str) -> str:
    return " ".join(text(value).split())


def _share(value: float) -> float:
    """A number between 0 and 1; what is none counts nothing."""
    return round(min(max(value, 0.0), 1.0), 4) + 0.0 if isfinite(value) else 0.0  # + 0.0: -0.0 is written apart


def _key(value: str | None) -> str | None:
    return None if value is None else slug(value)


def document(value: Document) -> Document:
    """The article's metadata; its text stays outside the graph, which quotes only the sentences that are evidence."""
    return Document(
        id=slug(value.id),
        text="",
        paragraphs=(),
        headline=text(value.headline) if value.headline else None,
        published=date(value.published),
        url=web_address(text(value.url)) if value.url else None,
        publisher=text(value.publisher) if value.publisher else None,
    )


def _evidence(value: Evidence) -> Evidence:
    return Evidence(slug(value.document), value.start, value.end, text(value.text), date(value.published))


def _mention(value: Mention) -> Mention:
    return Mention(slug(value.document), value.start, value.end, text(value.text), value.kind)
