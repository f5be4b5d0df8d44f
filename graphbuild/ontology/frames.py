"""The frame notation of ``ontologies/relations.ttl``: strings in, frozen frames out.

A verb frame is ``[S|O[:Type]] verb slot…``: ``hold talks/meeting with O``, ``offer V``, ``turn_down O``,
``O be wanted by S``.
A noun frame is ``noun/noun: ROLE=realisation/realisation …``: ``indictment: S=by/poss O=against/of/poss``.
A role noun is ``title/title: O=poss/mod/of``. A compound frame is ``S-backed O``. A pair frame needs no
word but two types: ``S:Person O:Organisation=of/from``. ``core.ttl`` documents the whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graphbuild.errors import OntologyError
from graphbuild.function_words import PREPOSITIONS

CONTENTS = ("V", "Ving", "that", "C", "Othat", "Omust")
REALISATIONS = frozenset({"poss", "mod", "comma", "V", "that", "Ving"}) | PREPOSITIONS


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a verb frame: ``role`` is S, O, a content role (``CONTENTS``) or "" for literal ``words``.

    ``types`` narrow what fills it. An ``implied`` slot has no words: the article's only entity of its types fills it.
    """

    role: str
    prepositions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    optional: bool = False
    types: tuple[str, ...] = ()
    implied: bool = False


@dataclass(frozen=True, slots=True)
class LexicalFrame:
    """``verbs`` are lemmas, a particle joined by ``_``; ``copular`` frames hold the word after "be" instead."""

    relation: str
    text: str
    verbs: tuple[str, ...]
    slots: tuple[Slot, ...]
    subject: str = "S"
    copular: bool = False
    subject_types: tuple[str, ...] = ()

    @property
    def specificity(self) -> int:
        """More literal material wins: a light-verb noun counts most, then required slots."""
        literal = sum(2 for slot in self.slots if slot.words) + sum("_" in verb for verb in self.verbs[:1])
        typed = bool(self.subject_types) + any(slot.types and not slot.implied for slot in self.slots)
        return 2 * literal + sum(not slot.optional for slot in self.slots) + typed

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of its slots, literal words left out."""
        return tuple(slot.role for slot in self.slots if slot.role)


@dataclass(frozen=True, slots=True)
class NounFrame:
    """``roles`` maps S, O, C to realisations in order of preference."""

    relation: str
    text: str
    nouns: tuple[str, ...]
    roles: tuple[tuple[str, tuple[str, ...]], ...]

    def realisations(self, role: str) -> tuple[str, ...]:
        return next((ways for name, ways in self.roles if name == role), ())


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A noun whose holder stands in a relation to ``role`` (O: the institution; S: the holder is the object)."""

    relation: str
    text: str
    nouns: tuple[str, ...]
    role: str
    realisations: tuple[str, ...]
    types: tuple[str, ...] = ()  # of what fills the role, in place of domain or range


@dataclass(frozen=True, slots=True)
class CompoundFrame:
    """``S-backed O``: ``word`` is the part behind the hyphen, ``pro``/``anti`` frames the part before it."""

    relation: str
    text: str
    word: str
    first: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class PairFrame:
    """Two entities side by side: ``S:Person O:Organisation=of`` reads "Ana of the Labour Party"."""

    relation: str
    text: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    anchor: str
    realisations: tuple[str, ...]

    @property
    def anchored(self) -> tuple[str, ...]:
        """The classes of the entity that the other one is an argument of."""
        return self.subjects if self.anchor == "S" else self.objects


def verb_frame(relation: str, text: str) -> LexicalFrame:
    """Parse a verb frame. Raises OntologyError on notation that has no meaning."""
    words = re.findall(r"\([^)]*\)|\S+", text)
    subject, types = "S", ()
    if words and (found := re.fullmatch(r"([SO])(?::([A-Za-z|]+))?", words[0])):
        subject, types = found[1], tuple(found[2].split("|")) if found[2] else ()
        words.pop(0)
    if not words or not re.fullmatch(r"[a-z_/'-]+", words[0]):
        raise _fault(relation, text, "a frame begins with a verb in lower case")
    copular = _is_copular(words)
    head, rest = (words[1], words[2:]) if copular else (words[0], words[1:])
    slots = tuple(_slots(relation, text, rest))
    if subject == "O" and not copular and all(slot.role != "S" for slot in slots):
        raise _fault(relation, text, "a frame whose subject is O names S in a slot")
    return LexicalFrame(relation, text, tuple(head.split("/")), slots, subject, copular, types)


def _is_copular(words: list[str]) -> bool:
    """ "be wanted by S"."""
    return len(words) > 1 and words[0] == "be" and re.fullmatch(r"[a-z_/-]+", words[1]) is not None


def _slots(relation: str, text: str, words: list[str], optional: bool = False) -> list[Slot]:
    slots: list[Slot] = []
    prepositions: tuple[str, ...] = ()
    for word in words:
        if word.startswith("("):
            slots += _slots(relation, text, word[1:-1].split(), optional=True)
        elif found := re.fullmatch(r"(\{?)(S|O|V|Ving|that|C|Othat|Omust)(?::([A-Za-z|]+))?\}?", word):
            types = tuple(found[3].split("|")) if found[3] else ()
            slots.append(Slot(found[2], prepositions, (), optional, types, implied=bool(found[1])))
            prepositions = ()
        elif all(part in PREPOSITIONS for part in word.split("/")):
            if prepositions:
                raise _fault(relation, text, f"two prepositions before {word!r}")
            prepositions = tuple(word.split("/"))
        elif re.fullmatch(r"[a-z'/_-]+", word):
            slots.append(Slot("", prepositions, tuple(word.replace("_", " ").split("/")), optional))
            prepositions = ()
        else:
            raise _fault(relation, text, f"{word!r} is no slot (O, S, {', '.join(CONTENTS)}), preposition or noun")
    if prepositions:
        raise _fault(relation, text, f"nothing follows the preposition {'/'.join(prepositions)!r}")
    return slots


def noun_frame(relation: str, text: str) -> NounFrame:
    """Parse a noun frame. Raises OntologyError on notation that has no meaning."""
    nouns, roles = _nouns_and_roles(relation, text)
    if not roles:
        raise _fault(relation, text, "a noun frame gives S, O or C a realisation")
    return NounFrame(relation, text, nouns, tuple(roles))


def role_noun(relation: str, text: str) -> RoleNoun:
    """Parse a role noun. Raises OntologyError on notation that has no meaning."""
    nouns, roles = _nouns_and_roles(relation, text)
    if len(roles) != 1:
        raise _fault(relation, text, "a role noun gives one role (O or S) its realisations")
    role, _, types = roles[0][0].partition(":")
    return RoleNoun(relation, text, nouns, role, roles[0][1], tuple(filter(None, types.split("|"))))


def _nouns_and_roles(relation: str, text: str) -> tuple[tuple[str, ...], list[tuple[str, tuple[str, ...]]]]:
    head, colon, rest = text.partition(":")
    if not colon or not head.strip():
        raise _fault(relation, text, "write nouns, a colon, then ROLE=realisations")
    roles = []
    for item in rest.split():
        role, equals, ways = item.partition("=")
        if not re.fullmatch(r"[SO](:\w+(\|\w+)*)?|C", role) or not equals:
            raise _fault(relation, text, f"{item!r} is not S=…, O=…, O:Type=… or C=…")
        if unknown := sorted(set(ways.split("/")) - REALISATIONS):
            raise _fault(relation, text, f"{unknown[0]!r} is no realisation (poss, mod, V, that or a preposition)")
        roles.append((role, tuple(ways.split("/"))))
    return tuple(noun.strip() for noun in head.strip().split("/")), roles


def compound_frame(relation: str, text: str) -> CompoundFrame:
    """Parse a compound frame. Raises OntologyError on notation that has no meaning."""
    found = re.fullmatch(r"([SO])-([a-z]+) ([SO])|([a-z]+)-([SO]) ([SO])", text)
    if not found:
        raise _fault(relation, text, "write S-backed O, O-based S or pro-O S")
    if found[1]:
        return CompoundFrame(relation, text, found[2], found[1])
    return CompoundFrame(relation, text, found[4], found[5], prefix=True)


def pair_frame(relation: str, text: str) -> PairFrame:
    """Parse a pair frame. Raises OntologyError on notation that has no meaning."""
    found = re.fullmatch(r"([SO]):([A-Za-z|]+) ([SO]):([A-Za-z|]+)=([a-z/]+)", text)
    if not found or found[1] == found[3]:
        raise _fault(relation, text, "write S:Type|Type O:Type=realisation/realisation")
    ways = tuple(found[5].split("/"))
    if unknown := sorted(set(ways) - REALISATIONS):
        raise _fault(relation, text, f"{unknown[0]!r} is no realisation (poss, mod, comma or a preposition)")
    anchor, other = tuple(found[2].split("|")), tuple(found[4].split("|"))
    subjects, objects = (anchor, other) if found[1] == "S" else (other, anchor)
    return PairFrame(relation, text, subjects, objects, found[1], ways)


def _fault(relation: str, text: str, cure: str) -> OntologyError:
    return OntologyError(f"gb:{relation}: frame {text!r}: {cure}")
