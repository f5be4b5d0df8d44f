"""The frozen records that flow from stage to stage; standard library only.

Offsets are half-open, in characters of ``Document.text``. Records compare and sort by value, so that the same
articles give the same graph in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class EntityType(StrEnum):
    """What kind of thing a node is; the values are local names in the graphbuild namespace."""

    PERSON = "Person"
    STATE = "State"
    ORGANISATION = "Organisation"
    PLACE = "Place"
    GROUP = "Group"
    EVENT = "Event"
    AGREEMENT = "Agreement"


class Polarity(StrEnum):
    AFFIRMED = "Affirmed"
    NEGATED = "Negated"


class Certainty(StrEnum):
    CERTAIN = "Certain"
    PROBABLE = "Probable"
    POSSIBLE = "Possible"


class Tense(StrEnum):
    PAST = "Past"
    PRESENT = "Present"
    FUTURE = "Future"


class Status(StrEnum):
    """How far a statement may be relied on; ``FACT`` and ``REPORT`` become plain triples."""

    FACT = "Fact"
    REPORT = "Report"
    CLAIM = "Claim"
    PLAN = "Plan"
    POSSIBILITY = "Possibility"
    NEGATION = "Negation"


class ParagraphKind(StrEnum):
    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True, order=True)
class Paragraph:
    """A run of the article's text, and what it is. Boilerplate is never read by the language pipeline."""

    start: int
    end: int
    kind: ParagraphKind = ParagraphKind.BODY


@dataclass(frozen=True, slots=True)
class Document:
    """One article. ``id`` is a slug of ``[a-z0-9-]``; ``published`` is an ISO date (``2025-08-20``) or None."""

    id: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    headline: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    path: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The sentence that says it: verbatim ``text`` at ``[start, end)`` of the article ``document``."""

    document: str
    start: int
    end: int
    text: str
    published: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One place of an article that names or refers to an entity; ``kind`` is ``name``, ``nominal`` or ``pronoun``."""

    document: str
    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing in the graph.

    ``key`` is unique inside an extraction before, and a slug of the whole graph after ``resolve.across``.
    ``subtype`` is a sub-class of ``type`` in the ontology ("Court"). ``local`` marks events, groups and unnamed things
    that are never merged with those of another article. ``merged`` says why names became one, one line each.
    """

    key: str
    type: EntityType
    label: str
    aliases: tuple[str, ...] = ()
    named: bool = True
    local: bool = False
    subtype: str | None = None
    wikidata: str | None = None
    mentions: tuple[Mention, ...] = ()
    merged: tuple[str, ...] = ()


def fullest(names: Iterable[str]) -> str:
    """The name by which a thing goes of all that it has: the longest, of equally long ones the first."""
    return min(names, key=lambda name: (-len(name), name))


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence says. ``subject``, ``object``, ``source``, ``place``: entity keys; ``relation``: a relation's id.

    ``content`` is what was offered, promised, refused …: a statement of its own that is never asserted.
    ``source`` is whom the text credits for the clause (None: the article's own voice), ``cue`` the words that do so.
    ``time`` is an ISO date, month, year or ``start/end`` interval of the event.
    """

    subject: str
    relation: str
    object: str | None = None
    content: Statement | None = None
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.CERTAIN
    tense: Tense = Tense.PAST
    status: Status = Status.FACT
    source: str | None = None
    cue: str | None = None
    time: str | None = None
    place: str | None = None
    role: str | None = None
    confidence: float = 1.0
    pattern: str = ""
    evidence: tuple[Evidence, ...] = ()

    def parts(self) -> Iterator[Statement]:
        """The statement, its content, that one's content and so on."""
        part: Statement | None = self
        while part is not None:
            yield part
            part = part.content

    @property
    def keys(self) -> tuple[str, ...]:
        """The entities that it names itself: subject, object, source, place."""
        return tuple(key for key in (self.subject, self.object, self.source, self.place) if key is not None)

    @property
    def ends(self) -> frozenset[str | None]:
        """Subject and object, in no order."""
        return frozenset((self.subject, self.object))


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article says, keyed locally; of a failed one there is only ``error`` and ``traceback``."""

    document: Document
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    error: str | None = None
    traceback: str | None = None
