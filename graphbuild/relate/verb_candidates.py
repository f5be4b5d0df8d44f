"""The ontology's verb frames laid over a sentence's: which relation, who, whom, by which pattern; tokens only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graphbuild.ontology import Ontology
from graphbuild.ontology.frames import LexicalFrame, Slot
from graphbuild.syntax import Tree, nominals
from graphbuild.syntax.clauses import DIRECTIONS, Predicate, is_infinitive, surface_subject

OBLIGATION = frozenset({"must", "should", "ought"})
OWING = frozenset({"have", "need", "ought"})  # "has to go"


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
            for entry in ontology.copular_frames.get(word, ()):
                if (found := _fit(tree, _as_copular(frame), entry)) is not None:
                    yield found
    if not frame.copular:
        for reading in _readings(tree, frame):
            for entry in ontology.verb_frames.get(reading.lemma, ()):
                if (found := _fit(tree, reading, entry)) is not None:
                    yield found


def _readings(tree: Tree, frame: Predicate) -> list[Predicate]:
    """The frame, and the same with a particle read as none or a preposition read as a particle: parsers mix them up."""
    lemma, _, particle = frame.lemma.partition("_")
    if particle:
        return [frame, replace(frame, lemma=lemma)]
    adverb = frame.head + 1
    if adverb < len(tree) and tree.words[adverb] in DIRECTIONS and tree.label(adverb) == "advmod":
        return [replace(frame, lemma=f"{lemma}_{tree.words[adverb]}"), frame]
    if frame.object is not None:
        return [frame]
    phrasal = [
        replace(frame, lemma=f"{lemma}_{p}", object=noun, obliques=tuple(o for o in frame.obliques if o != (p, noun)))
        for p, noun in frame.obliques if p and " " not in p
    ]  # fmt: skip
    return [frame, *phrasal]


def _as_copular(frame: Predicate) -> Predicate:
    """The participle of a passive as a predicate: "is wanted by Spain" has a by-phrase and no agent."""
    if frame.copular:
        return frame
    agent = frame.subject if frame.subject != frame.surface else None
    by = (("by", agent),) if agent is not None else ()
    return replace(frame, subject=frame.surface, object=None, indirect=None, obliques=(*frame.obliques, *by))


def _fit(tree: Tree, frame: Predicate, entry: LexicalFrame) -> Match | None:
    """Bind the slots of a verb frame, or None if a required one stays empty."""
    bound: dict[str, int] = {entry.subject: frame.subject} if frame.subject is not None else {}
    nouns: list[int] = []
    content: tuple[int, str] | None = None
    direct = frame.object
    if _two_bare(entry) and frame.indirect is not None:
        bound["O"] = frame.indirect
    bonus = 0
    for slot in entry.slots:
        if slot.implied:
            continue
        if slot.words:
            noun = _literal(tree, frame, slot, nouns)
            if noun is None and not slot.optional:
                return None
            if noun is not None:
                nouns.append(noun)
                if noun == direct:  # "handed Ana a sentence"
                    direct = frame.indirect if frame.indirect is not None else _receiver(tree, noun)
                    if bound.get("O") == noun:
                        if direct is None:
                            return None
                        bound["O"] = direct
            continue
        if slot.role in ("O", "S"):
            if slot.role in bound and not slot.prepositions and _two_bare(entry):
                continue
            token = _argument(tree, frame, slot, direct, nouns)
            if token is None and not slot.optional and not slot.implied:
                bound.setdefault("missing", 1)
                if slot.role == "S" or (slot.prepositions and not _symmetric_gap(frame)):
                    return None
            elif token is not None:
                bound[slot.role] = token
                bonus += slot.optional
            continue
        if slot.role in ("Othat", "Omust"):
            if (clause := _demanded(tree, frame, slot.role)) is None:
                return None
            bound["O"], content = clause[0], (clause[1], "clause")
            continue
        found = _content(tree, frame, slot, direct if "O" not in bound or bound["O"] != direct else None, nouns)
        if found is None and not slot.optional:
            return None
        if found is not None:
            content, bonus = found, bonus + slot.optional
    if (
        "missing" in bound
        and "O" not in bound
        and any(s.role == "O" and not s.optional for s in entry.slots)
        and content is not None
    ):
        return None
    subject = bound.get("S")
    demanded = [slot.role for slot in entry.slots if slot.role in ("Othat", "Omust")]
    return Match(
        relation=entry.relation,
        frame=entry.text,
        pattern=frame.construction if not nouns else f"light-verb {frame.construction}".removesuffix(" active"),
        trigger=frame.head,
        clause=frame.head,
        subjects=(subject,) if subject is not None else (),
        objects=(bound["O"],) if "O" in bound else (),
        content=content[0] if content else None,
        content_kind=content[1] if content else "",
        fallback=frame.fallback if entry.subject == "S" else None,
        consumed=tuple(nouns),
        specificity=entry.specificity + bonus,
        subject_types=_types(entry, "S"),
        object_types=("Actor",) if demanded else _types(entry, "O"),
        implied=next((slot.types for slot in entry.slots if slot.implied), ()),
        addressed="Omust" in demanded,
    )


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


def _symmetric_gap(frame: Predicate) -> bool:
    return frame.subject is not None


def _literal(tree: Tree, frame: Predicate, slot: Slot, nouns: list[int]) -> int | None:
    """The noun that a frame names: "talks" of "hold talks/meeting with O"; ``nouns`` are those found before it."""
    if slot.prepositions:
        pool = [noun for preposition, noun in frame.obliques if preposition in slot.prepositions]
        pool += [k for noun in nouns for k in tree.children(noun, "nmod") if tree.preposition(k) in slot.prepositions]
    else:
        pool = [t for t in (frame.object, frame.indirect) if t is not None]
        pool += [
            k
            for k in tree.children(frame.head, "xcomp", "advmod", "compound:prt")
            if not pool or tree.label(k) != "xcomp" or tree.pos[k] in ("NOUN", "ADJ")  # "took them hostage"
        ]
        pool += [frame.surface] if frame.copular and frame.surface is not None else []
    pool += [
        k for token in pool for k in tree.children(token, "nmod") if tree.preposition(k) == "of"
    ]  # a wave of attacks
    for token in pool:
        for conjunct in tree.conjuncts(token):
            if any(_is_word(tree, conjunct, word) for word in slot.words):
                return conjunct
    return None


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
    holders = [*nouns, *([frame.object] if frame.object is not None else [])]
    holders += [
        k for noun in nouns for k in tree.children(noun, "nmod") if tree.preposition(k) == "of"
    ]  # a round of talks
    holders += [tree.heads[noun] for noun in nouns if tree.preposition(noun) == "of"]  # a state of emergency in
    for noun in holders:
        for preposition in slot.prepositions:
            if preposition == "of" and noun not in nouns:
                continue  # "demanded the release of X": X is no addressee
            if found := nominals.realised_by(tree, noun, preposition) or (noun in nouns and _owners(tree, noun, slot)):
                return found[0]
    return None


def _owners(tree: Tree, noun: int, slot: Slot) -> list[int]:
    """ "froze Chad's assets", "froze Chadian assets": what "the assets of Chad" does."""
    if slot.role != "O" or slot.prepositions != ("of",):
        return []
    named = [k for k in nominals.realised_by(tree, noun, "mod") if tree.doc[k].ent_type_]
    return nominals.realised_by(tree, noun, "poss") or named


def _content(tree: Tree, frame: Predicate, slot: Slot, direct: int | None, nouns: list[int]) -> tuple[int, str] | None:
    if slot.role == "V":
        held = (nominals.infinitive_of(tree, noun) for noun in nouns)  # "showed readiness to help"
        verb = frame.infinitive if frame.infinitive is not None else next((v for v in held if v is not None), None)
        return None if verb is None else (verb, "clause")
    if slot.role == "that":
        return None if frame.finite is None else (frame.finite, "clause")
    gerunds = [verb for preposition, verb in frame.gerunds if preposition in (slot.prepositions or ("",))]
    if slot.role == "Ving":
        return (gerunds[0], "clause") if gerunds else None
    if slot.prepositions:
        token = _argument(tree, frame, slot, None, nouns)
        return (token, "noun") if token is not None else ((gerunds[0], "clause") if gerunds else None)
    if direct is not None and not tree.is_verb(direct):
        return (direct, "noun")
    return (gerunds[0], "clause") if gerunds else None


def _demanded(tree: Tree, frame: Predicate, role: str) -> tuple[int, int] | None:
    """Who is to act in the that-clause of a demand, and the verb: "that Chad release them", "that Chad must"."""
    verb = frame.finite
    moods = {tree.lemmas[k] for k in tree.children(verb, "aux")} if verb is not None else set()
    if verb is None or tree.is_passive(verb) or "have" in moods:
        return None
    subject = surface_subject(tree, verb)[0]
    if role == "Othat" and (tree.tags[verb] not in ("VB", "VBP") or moods - OBLIGATION or tree.children(verb, "cop")):
        return None  # "insisted that Chad attacked": what it says, and not what is to be
    if role == "Omust" and not moods & OBLIGATION:
        owed = [k for k in tree.children(verb, "xcomp") if tree.lemmas[verb] in OWING and is_infinitive(tree, k)]
        verb = owed[0] if owed and not tree.is_passive(owed[0]) else None
    return None if subject is None or verb is None else (subject, verb)
