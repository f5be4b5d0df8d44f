"""The sense notation of ``ontologies/senses.ttl``, and PropBank's table of words and roles: text → records.

A line is ``sense[/pos|[word|word]]: S=… O=… C=… +… -…``; the head of ``senses.ttl`` documents the whole.
A row of ``propbank/aliases.tsv`` is a sense, its roles (``0 1*:of 2+:to/for 2>1``) and its words (``accuse/v``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from graphbuild.errors import OntologyError
from graphbuild.function_words import PREPOSITIONS

CLAUSES = ("V", "Ving", "that")
ACTORS = ("Person", "State", "Organisation", "Group")
BASE = (*ACTORS, "Place", "Event", "Agreement")
TABLE = Path("propbank") / "aliases.tsv"
_HEAD = re.compile(r"(?P<sense>[\w.'-]+\.(?:\d+|LV))(?:/(?P<pos>[vnjl]+)|\[(?P<words>[^\]]+)\])?")
_PART = re.compile(r"([SOC]=|\+)([A-Za-z0-5|']+)(?::(!?)([A-Z][A-Za-z|]*))?(\??)|-(\w+)")
_ROLE = re.compile(r"(ARG[0-5])(?:'s|of)?")
_ITEM = re.compile(r"(\d)(\*?)(\+?)(?::([a-z/]+))?|(\d)>(\d)")


@dataclass(frozen=True, slots=True)
class Roleset:
    """A PropBank sense: its words ("accusation/n") and how each of its roles, "ARG0" first, is said.

    ``bare`` are the roles that were seen as a direct object, ``recipients`` those that may be an indirect one,
    ``prepositions`` those of each role; ``orders`` are odd pairs of subject and direct object.
    """

    sense: str
    words: tuple[str, ...]
    roles: tuple[str, ...]
    bare: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    prepositions: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    orders: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a line: the first of ``roles`` that is filled, by something of ``types`` (or of none of them)."""

    roles: tuple[str, ...]
    types: tuple[str, ...] = ()
    without: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Sense:
    """A line: the relation that a sense expresses, with which of its words, and which of its roles are the ends."""

    relation: str
    text: str
    roleset: Roleset
    words: tuple[str, ...]
    subject: Part
    object: Part | None
    content: Part | None
    required: tuple[Part, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts that name roles."""
        return tuple(part for part in (self.subject, self.object, self.content, *self.required) if part is not None)


def rolesets(path: Path, own: Mapping[str, Iterable[str]]) -> dict[str, Roleset]:
    """The table of senses, with the words that ``own`` adds to some. Raises OntologyError where there is none."""
    try:
        rows = path.read_text(encoding="utf-8").splitlines()[2:]
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read ({error.strerror}); install graphbuild again") from None
    found = {}
    for row in rows:
        sense, roles, words = row.split("\t")
        found[sense] = roleset(sense, roles, (*words.split(), *own.get(sense, ())))
    return found


def roleset(sense: str, roles: str, words: tuple[str, ...]) -> Roleset:
    """A row of the table: ``0 1*:of 2+:to/for 2>1``."""
    names, bare, recipients, orders = list[str](), set[str](), set[str](), list[tuple[str, str]]()
    prepositions = {}
    for item in roles.split():
        found = _ITEM.fullmatch(item)
        if not found:
            raise OntologyError(f"propbank/aliases.tsv: {sense}: {item!r} is no role; make the table again")
        if found[5]:
            orders.append((f"ARG{found[5]}", f"ARG{found[6]}"))
            continue
        role = f"ARG{found[1]}"
        names.append(role)
        bare |= {role} if found[2] else set()
        recipients |= {role} if found[3] else set()
        prepositions[role] = tuple(found[4].split("/")) if found[4] else ()
    return Roleset(sense, words, tuple(names), frozenset(bare), frozenset(recipients), prepositions, tuple(orders))


def parse(relation: str, text: str, known: Mapping[str, Roleset]) -> Sense:
    """Parse a line. Raises OntologyError on what has no meaning, with the cure."""

    def fault(cure: str) -> OntologyError:
        return OntologyError(f"gb:{relation}: sense {text!r}: {cure}")

    head, _, body = text.partition(": ")
    start = _HEAD.fullmatch(head)
    if not start:
        raise fault("write a sense, a colon, then S=…, O=…, C=…")
    if start["sense"] not in known:
        raise fault(f"no sense {start['sense']} in {TABLE.as_posix()}")
    roles = known[start["sense"]]
    ends: dict[str, Part] = {}
    required, absent = [], []
    for item in body.split():
        kind, part, missing = _part(item, roles, fault)
        if part is None:
            absent.append(missing)
        elif kind == "+":
            required.append(part)
        elif kind[0] in ends:
            raise fault(f"{kind[0]} stands twice")
        else:
            ends[kind[0]] = part
    if "S" not in ends or not {"O", "C"} & set(ends):
        raise fault("needs one S and O or C, each once")
    words = tuple(_words(roles, start["pos"], start["words"], fault))
    return Sense(relation, text, roles, words, ends["S"], ends.get("O"), ends.get("C"), tuple(required), tuple(absent))


def within(line: Sense, domain: tuple[str, ...], span: tuple[str, ...], classes: Mapping[str, frozenset[str]]) -> Sense:
    """The line with the types of its ends cut to what the relation's domain and range leave of them."""
    obj = line.object and replace(line.object, types=_cut(line.object, span, classes), without=False)
    return replace(
        line, subject=replace(line.subject, types=_cut(line.subject, domain, classes), without=False), object=obj
    )


def _cut(part: Part, allowed: tuple[str, ...], classes: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    def is_a(kind: str, wanted: str) -> bool:
        return wanted in classes.get(kind, {kind})

    if not part.types:
        return allowed
    if part.without:
        rest = [kind for wide in allowed or BASE for kind in (ACTORS if wide == "Actor" else (wide,))]
        return tuple(kind for kind in rest if not any(is_a(kind, wide) for wide in part.types))
    narrow = [kind for kind in part.types if not allowed or any(is_a(kind, wide) for wide in allowed)]
    return tuple(narrow + [wide for wide in allowed if wide not in narrow and any(is_a(wide, k) for k in part.types)])


def _part(item: str, known: Roleset, fault: Callable[[str], OntologyError]) -> tuple[str, Part | None, str]:
    """One part of a line: "S=", "O=", "C=" or "+" with its part, or the role that has to be absent."""
    found = _PART.fullmatch(item)
    if not found:
        raise fault(f"{item} is no part of a line")
    roles = (found[2] or found[6]).split("|")
    for role in roles:
        if numbered := _ROLE.fullmatch(role):
            if numbered[1] not in known.roles:
                raise fault(f"{known.sense} has no {numbered[1]}")
        elif role not in CLAUSES and role not in PREPOSITIONS:
            raise fault(f"{role} is no role")
    if found[6]:
        return "-", None, found[6]
    types = tuple(found[4].split("|")) if found[4] else ()
    return found[1], Part(tuple(roles), types, bool(found[3]), bool(found[5])), ""


def _words(known: Roleset, pos: str | None, words: str | None, fault: Callable[[str], OntologyError]) -> Iterator[str]:
    """The words of a sense that a line is about."""
    if words:
        for word in words.split("|"):
            if word not in known.words:
                raise fault(f"{known.sense} has no word {word}")
            yield word
        return
    for kind in pos or "":
        if not any(word.endswith(f"/{kind}") for word in known.words):
            raise fault(f"{known.sense} has no word of class {kind}")
    # a noun brings its light verbs: "make_accusation" counts only where there is no noun
    lone = not any(word.endswith("/n") for word in known.words)
    kinds = pos or ("vnjl" if lone else "vnj")
    yield from (word for word in known.words if word[-1] in kinds)
