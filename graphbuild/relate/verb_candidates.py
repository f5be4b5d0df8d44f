"""The ontology's verb frames laid over a sentence's: which relation, who, whom, by which pattern; tokens only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from graphbuild.function_words import DIRECTIONS, OBLIGATION, OWING
from graphbuild.ontology import Ontology
from graphbuild.ontology.frames import LexicalFrame, Slot
from graphbuild.syntax import Tree, nominals
from graphbuild.syntax.arguments import is_infinitive
from graphbuild.syntax.clauses import Predicate
from graphbuild.syntax.subjects import surface_subject

DEMANDS = ("Othat", "Omust")  # slots that say who is to act


@dataclass(frozen=True, slots=True)
class Match:
    """A relation found at ``trigger``. ``clause`` is the token whose clause decides time and truth.

    ``subjects`` and ``objects`` are roots of phrases, coordination not yet distributed; ``fallback`` is a second
    candidate for the subject. ``content`` is the root of what was offered, promised, denied. ``consumed`` are nouns
    that belong to the trigger ("talks" in "held talks").
    """

    relation: str
    frame: str
    pattern: str
    trigger: int
    clause: int
    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    content: int | None = None
    content_kind: str = ""
    fallback: int | None = None
    consumed: tuple[int, ...] = ()
    specificity: int = 0
    role: str | None = None
    types: tuple[tuple[str, ...], tuple[str, ...]] | None = None  # of a pair frame, in place of domain and range
    subject_types: tuple[str, ...] = ()  # of a frame's slot, in place of the domain
    object_types: tuple[str, ...] = ()  # in place of the range
    implied: tuple[str, ...] = ()  # types of an object that the sentence leaves out
    addressed: bool = False  # nothing without its object: "said that X must"
    kind: str = "frame"  # or "sense", the second choice


def verb_matches(tree: Tree, frame: Predicate, ontology: Ontology) -> Iterator[Match]:
    """Every verb or copular frame of the ontology that fits a predicate."""
    if frame.copular or tree.is_passive(frame.head) or frame.construction == "participle":
        for word in sorted({tree.words[frame.head], tree.lemmas[frame.head]}):
            yield from _fitting(tree, _as_copular(frame), ontology.copular_frames.get(word, ()))
    if not frame.copular:
        for reading in _readings(tree, frame):
            yield from _fitting(tree, reading, ontology.verb_frames.get(reading.lemma, ()))


def _fitting(tree: Tree, frame: Predicate, entries: Iterable[LexicalFrame]) -> Iterator[Match]:
    for entry in entries:
        if (found := _Binding(tree, frame, entry).match()) is not None:
            yield found


def _readings(tree: Tree, frame: Predicate) -> list[Predicate]:
    """The frame, and the same with a particle read as none or a preposition read as a particle: parsers mix them up."""
    lemma, _, particle = frame.lemma.partition("_")
    if particle:
        return [frame, replace(frame, lemma=lemma)]
    adverb = frame.head + 1
    if adverb < len(tree) and tree.words[adverb] in DIRECTIONS and tree.label(adverb) == "advmod":
        return [replace(frame, lemma=f"{lemma}_{tree.words[adverb]}"), frame]
    return [frame] if frame.object is not None else [frame, *_phrasal(frame)]


def _phrasal(frame: Predicate) -> Iterator[Predicate]:
    """ "turned down the offer", where "down" was read as the preposition of the offer."""
    for preposition, noun in frame.obliques:
        if preposition and " " not in preposition:
            others = tuple(phrase for phrase in frame.obliques if phrase != (preposition, noun))
            yield replace(frame, lemma=f"{frame.lemma}_{preposition}", object=noun, obliques=others)


def _as_copular(frame: Predicate) -> Predicate:
    """The participle of a passive as a predicate: "is wanted by Spain" has a by-phrase and no agent."""
    if frame.copular:
        return frame
    agent = frame.subject if frame.subject != frame.surface else None
    by = (("by", agent),) if agent is not None else ()
    return replace(frame, subject=frame.surface, object=None, indirect=None, obliques=(*frame.obliques, *by))


class _Binding:
    """A verb frame of the ontology being laid over a predicate: each slot binds a token, or the frame does not fit.

    ``bound`` holds the roots of S and O, ``nouns`` those that the frame names itself ("talks" of "hold talks");
    ``direct`` is the direct object as far as no slot has taken it, ``bonus`` counts optional slots that are filled.
    """

    __slots__ = ("bonus", "bound", "content", "direct", "entry", "frame", "missing", "nouns", "receives", "tree")

    def __init__(self, tree: Tree, frame: Predicate, entry: LexicalFrame) -> None:
        self.tree, self.frame, self.entry = tree, frame, entry
        self.bound: dict[str, int] = {entry.subject: frame.subject} if frame.subject is not None else {}
        self.nouns: list[int] = []
        self.content: tuple[int, str] | None = None
        self.direct = frame.object
        self.bonus = 0
        self.missing = False  # whether a slot of O or S that must be filled is empty
        self.receives = _two_bare(entry)
        if self.receives and frame.indirect is not None:
            self.bound["O"] = frame.indirect

    def match(self) -> Match | None:
        """The frame with its slots bound, or None if a required one stays empty."""
        if not all(slot.implied or self._bind(slot) for slot in self.entry.slots):
            return None
        return None if self._lacks_object() else self._match()

    def _bind(self, slot: Slot) -> bool:
        """Bind one slot; whether the frame still fits."""
        if slot.words:
            return self._bind_noun(slot)
        if slot.role in ("O", "S"):
            return self._bind_argument(slot)
        return self._bind_demand(slot) if slot.role in DEMANDS else self._bind_content(slot)

    def _bind_noun(self, slot: Slot) -> bool:
        noun = _literal(self.tree, self.frame, slot, self.nouns)
        if noun is None:
            return slot.optional
        self.nouns.append(noun)
        if noun != self.direct:
            return True
        indirect = self.frame.indirect  # "handed Ana a sentence"
        self.direct = indirect if indirect is not None else _receiver(self.tree, noun)
        if self.bound.get("O") == noun:
            if self.direct is None:
                return False
            self.bound["O"] = self.direct
        return True

    def _bind_argument(self, slot: Slot) -> bool:
        if self.receives and slot.role in self.bound and not slot.prepositions:
            return True
        token = _argument(self.tree, self.frame, slot, self.direct, self.nouns)
        if token is not None:
            self.bound[slot.role] = token
            self.bonus += slot.optional
            return True
        if slot.optional:
            return True
        self.missing = True
        return slot.role == "O" and (not slot.prepositions or self.frame.subject is not None)

    def _bind_demand(self, slot: Slot) -> bool:
        demanded = _demanded(self.tree, self.frame, slot.role)
        if demanded is None:
            return False
        self.bound["O"], self.content = demanded[0], (demanded[1], "clause")
        return True

    def _bind_content(self, slot: Slot) -> bool:
        taken = self.bound.get("O") == self.direct
        found = _content(self.tree, self.frame, slot, None if taken else self.direct, self.nouns)
        if found is None:
            return slot.optional
        self.content = found
        self.bonus += slot.optional
        return True

    def _lacks_object(self) -> bool:
        """A content alone does not make up for an object that the frame asks for."""
        if not self.missing or self.content is None or "O" in self.bound:
            return False
        return any(slot.role == "O" and not slot.optional for slot in self.entry.slots)

    def _match(self) -> Match:
        frame, entry = self.frame, self.entry
        demands = {slot.role for slot in entry.slots if slot.role in DEMANDS}
        content, kind = self.content or (None, "")
        return Match(
            relation=entry.relation,
            frame=entry.text,
            pattern=frame.construction
            if not self.nouns
            else f"light-verb {frame.construction}".removesuffix(" active"),
            trigger=frame.head,
            clause=frame.head,
            subjects=self._tokens("S"),
            objects=self._tokens("O"),
            content=content,
            content_kind=kind,
            fallback=frame.fallback if entry.subject == "S" else None,
            consumed=tuple(self.nouns),
            specificity=entry.specificity + self.bonus,
            subject_types=_types(entry, "S"),
            object_types=("Actor",) if demands else _types(entry, "O"),
            implied=next((slot.types for slot in entry.slots if slot.implied), ()),
            addressed="Omust" in demands,
        )

    def _tokens(self, role: str) -> tuple[int, ...]:
        return (self.bound[role],) if role in self.bound else ()


def _receiver(tree: Tree, noun: int) -> int | None:
    """ "granted Ana Ruiz asylum": the name that the parser took for a part of the object."""
    named = [k for k in tree.children(noun, "compound", "nmod:unmarked") if k < noun and tree.pos[k] == "PROPN"]
    return named[0] if named and not tree.children(noun, "det", "nmod:poss") else None


def _types(entry: LexicalFrame, role: str) -> tuple[str, ...]:
    """What a frame wants to see in a role, if it says so."""
    if entry.subject == role:
        return entry.subject_types
    return next((slot.types for slot in entry.slots if slot.role == role and not slot.implied), ())


def _two_bare(entry: LexicalFrame) -> bool:
    """ "offer O C": the first bare slot is the indirect object."""
    bare = [slot.role for slot in entry.slots if not slot.prepositions and not slot.words and slot.role in ("O", "C")]
    return len(bare) == 2


def _literal(tree: Tree, frame: Predicate, slot: Slot, nouns: list[int]) -> int | None:
    """The noun that a frame names: "talks" of "hold talks/meeting with O"; ``nouns`` are those found before it."""
    pool = _behind_prepositions(tree, frame, slot, nouns) if slot.prepositions else _bare_nouns(tree, frame)
    pool += [k for token in pool for k in _of_phrases(tree, token)]  # a wave of attacks
    conjuncts = (conjunct for token in pool for conjunct in tree.conjuncts(token))
    return next((c for c in conjuncts if any(_is_word(tree, c, word) for word in slot.words)), None)


def _behind_prepositions(tree: Tree, frame: Predicate, slot: Slot, nouns: list[int]) -> list[int]:
    found = [noun for preposition, noun in frame.obliques if preposition in slot.prepositions]
    below = (k for noun in nouns for k in tree.children(noun, "nmod"))
    return found + [k for k in below if tree.preposition(k) in slot.prepositions]


def _bare_nouns(tree: Tree, frame: Predicate) -> list[int]:
    """Objects, what is said of them ("took them hostage"), adverbs, and the subject of "be"."""
    found = [t for t in (frame.object, frame.indirect) if t is not None]
    beside = tree.children(frame.head, "xcomp", "advmod", "compound:prt")
    if found:
        beside = [k for k in beside if tree.label(k) != "xcomp" or tree.pos[k] in ("NOUN", "ADJ")]
    subject = [frame.surface] if frame.copular and frame.surface is not None else []
    return [*found, *beside, *subject]


def _of_phrases(tree: Tree, noun: int) -> list[int]:
    return [k for k in tree.children(noun, "nmod") if tree.preposition(k) == "of"]


def _is_word(tree: Tree, token: int, word: str) -> bool:
    if " " not in word:
        return word in (tree.lemmas[token], tree.words[token])
    return any(phrase == word for phrase, _ in nominals.phrase_before(tree, token))


def _argument(tree: Tree, frame: Predicate, slot: Slot, direct: int | None, nouns: list[int]) -> int | None:
    if not slot.prepositions:
        return direct
    for preposition, noun in frame.obliques:
        if noun not in nouns and (preposition in slot.prepositions or preposition.split(" ")[0] in slot.prepositions):
            return noun
    if frame.indirect is not None and "to" in slot.prepositions:
        return frame.indirect  # "gave Ana a medal" says what "gave a medal to Ana" does
    return _argument_of_noun(tree, frame, slot, nouns)


def _argument_of_noun(tree: Tree, frame: Predicate, slot: Slot, nouns: list[int]) -> int | None:
    """The argument of a noun of the frame, or of the object: "held talks with", "imposed a ban on"."""
    for noun in _bearers(tree, frame, nouns):
        for preposition in slot.prepositions:
            if preposition == "of" and noun not in nouns:
                continue  # "demanded the release of X": X is no addressee
            if found := nominals.realised_by(tree, noun, preposition) or (noun in nouns and _owners(tree, noun, slot)):
                return found[0]
    return None


def _bearers(tree: Tree, frame: Predicate, nouns: list[int]) -> list[int]:
    """The nouns of a frame, the object, and what is joined to the nouns by "of"."""
    direct = [frame.object] if frame.object is not None else []
    below = [k for noun in nouns for k in _of_phrases(tree, noun)]  # a round of talks
    above = [tree.heads[noun] for noun in nouns if tree.preposition(noun) == "of"]  # a state of emergency in
    return [*nouns, *direct, *below, *above]


def _owners(tree: Tree, noun: int, slot: Slot) -> list[int]:
    """ "froze Chad's assets", "froze Chadian assets": what "the assets of Chad" does."""
    if slot.role != "O" or slot.prepositions != ("of",):
        return []
    named = [k for k in nominals.realised_by(tree, noun, "mod") if tree.doc[k].ent_type_]
    return nominals.realised_by(tree, noun, "poss") or named


def _content(tree: Tree, frame: Predicate, slot: Slot, direct: int | None, nouns: list[int]) -> tuple[int, str] | None:
    """The root of what is offered, promised, denied, and whether it is a clause or a noun."""
    if slot.role == "V":
        verb = _infinitive(tree, frame, nouns)
    elif slot.role == "that":
        verb = frame.finite
    else:
        thing = None if slot.role == "Ving" else _thing(tree, frame, slot, direct, nouns)
        if thing is not None:
            return thing, "noun"
        verb = next((verb for preposition, verb in frame.gerunds if preposition in (slot.prepositions or ("",))), None)
    return None if verb is None else (verb, "clause")


def _infinitive(tree: Tree, frame: Predicate, nouns: list[int]) -> int | None:
    if frame.infinitive is not None:
        return frame.infinitive
    held = (nominals.infinitive_of(tree, noun) for noun in nouns)  # "showed readiness to help"
    return next((verb for verb in held if verb is not None), None)


def _thing(tree: Tree, frame: Predicate, slot: Slot, direct: int | None, nouns: list[int]) -> int | None:
    if slot.prepositions:
        return _argument(tree, frame, slot, None, nouns)
    return direct if direct is not None and not tree.is_verb(direct) else None


def _demanded(tree: Tree, frame: Predicate, role: str) -> tuple[int, int] | None:
    """Who is to act in the that-clause of a demand, and the verb: "that Chad release them", "that Chad must"."""
    clause = frame.finite
    if clause is None or tree.is_passive(clause):
        return None
    moods = {tree.lemmas[k] for k in tree.children(clause, "aux")}
    if "have" in moods:
        return None
    act = _bidden(tree, clause, moods) if role == "Othat" else _owed(tree, clause, moods)
    subject = surface_subject(tree, clause)[0] if act is not None else None
    return None if subject is None or act is None else (subject, act)


def _bidden(tree: Tree, clause: int, moods: set[str]) -> int | None:
    """ "insisted that Chad leave"; not "insisted that Chad attacked", which says what is and not what is to be."""
    told = tree.tags[clause] not in ("VB", "VBP") or moods - OBLIGATION or tree.children(clause, "cop")
    return None if told else clause


def _owed(tree: Tree, clause: int, moods: set[str]) -> int | None:
    """ "said that Chad must leave", "said that Chad has to leave"."""
    if moods & OBLIGATION:
        return clause
    owed = [k for k in tree.children(clause, "xcomp") if tree.lemmas[clause] in OWING and is_infinitive(tree, k)]
    return owed[0] if owed and not tree.is_passive(owed[0]) else None
