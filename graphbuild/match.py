"""The ontology's frames laid over a sentence's frames: which relation, who, whom, by which pattern; tokens only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from graphbuild import nominal
from graphbuild.frames import DIRECTIONS, Frame, is_infinitive, surface_subject
from graphbuild.notation import NounFrame, PairFrame, RoleNoun, Slot, VerbFrame
from graphbuild.ontology import Ontology
from graphbuild.syntax import Tree

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


def verb_matches(tree: Tree, frame: Frame, ontology: Ontology) -> Iterator[Match]:
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


def _readings(tree: Tree, frame: Frame) -> list[Frame]:
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


def _as_copular(frame: Frame) -> Frame:
    """The participle of a passive as a predicate: "is wanted by Spain" has a by-phrase and no agent."""
    if frame.copular:
        return frame
    agent = frame.subject if frame.subject != frame.surface else None
    by = (("by", agent),) if agent is not None else ()
    return replace(frame, subject=frame.surface, object=None, indirect=None, obliques=(*frame.obliques, *by))


def _fit(tree: Tree, frame: Frame, entry: VerbFrame) -> Match | None:
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
    named = [k for k in tree.kids(noun, "compound", "nmod:unmarked") if k < noun and tree.pos[k] == "PROPN"]
    return named[0] if named and not tree.kids(noun, "det", "nmod:poss") else None


def _types(entry: VerbFrame, role: str) -> tuple[str, ...]:
    """What a frame wants to see in a role, if it says so."""
    if entry.subject == role:
        return entry.subject_types
    return next((slot.types for slot in entry.slots if slot.role == role and not slot.implied), ())


def _two_bare(entry: VerbFrame) -> bool:
    """ "offer O C": the first bare slot is the indirect object."""
    bare = [slot.role for slot in entry.slots if not slot.prepositions and not slot.words and slot.role in ("O", "C")]
    return len(bare) == 2


def _symmetric_gap(frame: Frame) -> bool:
    return frame.subject is not None


def _literal(tree: Tree, frame: Frame, slot: Slot, nouns: list[int]) -> int | None:
    """The noun that a frame names: "talks" of "hold talks/meeting with O"; ``nouns`` are those found before it."""
    if slot.prepositions:
        pool = [noun for preposition, noun in frame.obliques if preposition in slot.prepositions]
        pool += [k for noun in nouns for k in tree.kids(noun, "nmod") if tree.preposition(k) in slot.prepositions]
    else:
        pool = [t for t in (frame.object, frame.indirect) if t is not None]
        pool += [
            k
            for k in tree.kids(frame.head, "xcomp", "advmod", "compound:prt")
            if not pool or tree.label(k) != "xcomp" or tree.pos[k] in ("NOUN", "ADJ")  # "took them hostage"
        ]
        pool += [frame.surface] if frame.copular and frame.surface is not None else []
    pool += [k for token in pool for k in tree.kids(token, "nmod") if tree.preposition(k) == "of"]  # a wave of attacks
    for token in pool:
        for conjunct in tree.conjuncts(token):
            if any(_is_word(tree, conjunct, word) for word in slot.words):
                return conjunct
    return None


def _is_word(tree: Tree, token: int, word: str) -> bool:
    if " " not in word:
        return word in (tree.lemmas[token], tree.words[token])
    return any(phrase == word for phrase, _ in nominal.phrase_before(tree, token))


def _argument(tree: Tree, frame: Frame, slot: Slot, direct: int | None, nouns: list[int]) -> int | None:
    if not slot.prepositions:
        return direct
    for preposition, noun in frame.obliques:
        if noun not in nouns and (preposition in slot.prepositions or preposition.split(" ")[0] in slot.prepositions):
            return noun
    if frame.indirect is not None and "to" in slot.prepositions:
        return frame.indirect  # "gave Ana a medal" says what "gave a medal to Ana" does
    holders = [*nouns, *([frame.object] if frame.object is not None else [])]
    holders += [k for noun in nouns for k in tree.kids(noun, "nmod") if tree.preposition(k) == "of"]  # a round of talks
    holders += [tree.heads[noun] for noun in nouns if tree.preposition(noun) == "of"]  # a state of emergency in
    for noun in holders:
        for preposition in slot.prepositions:
            if preposition == "of" and noun not in nouns:
                continue  # "demanded the release of X": X is no addressee
            if found := nominal.realisation(tree, noun, preposition) or (noun in nouns and _owners(tree, noun, slot)):
                return found[0]
    return None


def _owners(tree: Tree, noun: int, slot: Slot) -> list[int]:
    """ "froze Chad's assets", "froze Chadian assets": what "the assets of Chad" does."""
    if slot.role != "O" or slot.prepositions != ("of",):
        return []
    named = [k for k in nominal.realisation(tree, noun, "mod") if tree.doc[k].ent_type_]
    return nominal.realisation(tree, noun, "poss") or named


def _content(tree: Tree, frame: Frame, slot: Slot, direct: int | None, nouns: list[int]) -> tuple[int, str] | None:
    if slot.role == "V":
        return None if frame.infinitive is None else (frame.infinitive, "clause")
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


def _demanded(tree: Tree, frame: Frame, role: str) -> tuple[int, int] | None:
    """Who is to act in the that-clause of a demand, and the verb: "that Chad release them", "that Chad must"."""
    verb = frame.finite
    moods = {tree.lemmas[k] for k in tree.kids(verb, "aux")} if verb is not None else set()
    if verb is None or tree.is_passive(verb) or "have" in moods:
        return None
    subject = surface_subject(tree, verb)[0]
    if role == "Othat" and (tree.tags[verb] not in ("VB", "VBP") or moods - OBLIGATION or tree.kids(verb, "cop")):
        return None  # "insisted that Chad attacked": what it says, and not what is to be
    if role == "Omust" and not moods & OBLIGATION:
        owed = [k for k in tree.kids(verb, "xcomp") if tree.lemmas[verb] in OWING and is_infinitive(tree, k)]
        verb = owed[0] if owed and not tree.is_passive(owed[0]) else None
    return None if subject is None or verb is None else (subject, verb)


def noun_matches(
    tree: Tree, noun: int, ontology: Ontology, light: frozenset[str], agentless: bool = False
) -> Iterator[Match]:
    """Every noun frame of the ontology whose noun stands here, light-verb subjects included.

    ``agentless``: also those whose subject is not named, as in what somebody promised: "talks with Chad".
    """
    if tree.lemmas[noun] not in ontology.phrase_heads:
        return
    for phrase, start in nominal.phrase_before(tree, noun, longest=3):
        for entry in ontology.noun_frames.get(phrase, ()):
            found = _noun_match(tree, noun, start, entry, ontology, light)
            yield from (match for match in found if match.subjects or agentless)


def _noun_match(
    tree: Tree, noun: int, start: int, entry: NounFrame, ontology: Ontology, light: frozenset[str]
) -> Iterator[Match]:
    governor, agent = light_verb(tree, noun, light)
    governor = _taking_place(tree, noun, ontology) if governor is None else governor
    bound: dict[str, tuple[int, ...]] = {}
    ways: dict[str, str] = {}
    for role in ("O", "S"):
        for way in entry.realisations(role):
            if way in ("V", "that", "Ving"):
                continue
            tokens = tuple(
                t
                for t in nominal.realisation(tree, noun, way, governor)
                if t not in bound.get("O", ()) and not start <= t < noun
            )
            if tokens:
                bound[role], ways[role] = tokens, way
                break
    relation = ontology.relations[entry.relation]
    if "S" not in bound and agent is not None and agent not in bound.get("O", ()):
        bound["S"], ways["S"] = (agent,), "light-verb"
    content = None
    if relation.operator or entry.realisations("C"):
        content = _noun_content(tree, noun, entry)
    if not (bound.get("O") or content is not None or (relation.symmetric and bound.get("S"))):
        return
    yield Match(
        relation=entry.relation,
        frame=entry.text,
        pattern="nominal " + "+".join(f"{role}={ways[role]}" for role in sorted(ways)),
        trigger=noun,
        clause=governor if governor is not None else noun,
        subjects=bound.get("S", ()),
        objects=bound.get("O", ()),
        content=content[0] if content else None,
        content_kind=content[1] if content else "",
        specificity=len(ways) + (start < noun) * 2 + (content is not None),
    )


def light_verb(tree: Tree, noun: int, light: frozenset[str]) -> tuple[int | None, int | None]:
    """The light verb over a noun and its agent: "launched an attack", "an attack was launched by"."""
    base = noun
    while tree.labels[base] == "conj" and tree.is_nominal(tree.heads[base]):
        base = tree.heads[base]
    verb = tree.heads[base]
    if _is_attitude(tree, base) and tree.is_verb(verb) and not tree.is_passive(verb):
        return verb, surface_subject(tree, verb)[0]
    if (tree.label(base) == "nsubj" and tree.labels[base] != "nsubj:pass") or verb == base or not tree.is_verb(verb):
        return None, None
    lemma = tree.lemmas[verb]
    particle = tree.particle(verb)
    if not ({lemma, f"{lemma} {particle}", f"{lemma}_{particle}"} & light) or (
        particle and lemma in light and f"{lemma} {particle}" not in light and particle not in ("out", "up")
    ):
        return None, None
    if tree.label(base) == "obj" and not tree.is_passive(verb):
        return verb, surface_subject(tree, verb)[0]
    if tree.labels[base] == "nsubj:pass" or tree.labels[verb].startswith("acl"):
        agents = [k for k in tree.kids(verb, "obl") if tree.preposition(k) == "by"]
        return verb, agents[0] if agents else None
    return None, None


def _is_attitude(tree: Tree, noun: int) -> bool:
    """ "in protest at", "in support of": whoever does the rest does that too."""
    bare = not tree.kids(noun, "det", "nmod:poss", "nummod") and tree.tags[noun] == "NN"
    return bare and tree.label(noun) == "obl" and tree.preposition(noun).split(" ")[0] == "in"


def _taking_place(tree: Tree, noun: int, ontology: Ontology) -> int | None:
    """The verb in "talks will take place between", "talks began with": whose phrases are the noun's."""
    verb = tree.heads[noun]
    if tree.label(noun) != "nsubj" or verb == noun:
        return None
    held = tree.labels[noun] == "nsubj:pass" and tree.lemmas[verb] in ontology.words("light-verb")
    return verb if held or tree.lemmas[verb] in ontology.words("event-verb") else None


def _noun_content(tree: Tree, noun: int, entry: NounFrame) -> tuple[int, str] | None:
    for way in entry.realisations("C"):
        if way == "V" and (verb := nominal.infinitive_of(tree, noun)) is not None:
            return verb, "clause"
        if way == "that" and (verb := nominal.clause_of(tree, noun)) is not None:
            return verb, "clause"
        if way == "Ving":
            gerunds = [k for k in tree.kids(noun, "acl") if tree.tags[k] == "VBG" and tree.preposition(k)]
            if gerunds:
                return gerunds[0], "clause"
        elif way not in ("V", "that") and (tokens := nominal.realisation(tree, noun, way)):
            return tokens[0], "noun"
    return None


def role_matches(tree: Tree, noun: int, ontology: Ontology) -> Iterator[Match]:
    """Titles, offices and agent nouns: "Russian foreign minister X", "X, an ally of Y", "X is the founder of Y"."""
    if tree.lemmas[noun] not in ontology.phrase_heads:
        return
    phrases = [(phrase, noun) for phrase in nominal.phrase_after(tree, noun)]
    phrases += nominal.phrase_before(tree, noun, longest=4)
    for phrase, start in phrases:
        entries = ontology.role_nouns.get(phrase, ())
        if not entries:
            continue
        people, construction = nominal.holders(tree, noun)
        for entry in entries:
            found = list(_role_match(tree, noun, start, phrase, entry, people, construction))
            yield from found
            symmetric = ontology.relations[entry.relation].symmetric
            if (
                not found and symmetric and construction == "copula" and tree.tags[noun] == "NNS"
            ):  # "A and B are allies"
                yield Match(entry.relation, entry.text, construction, noun, noun, tuple(people), (), role=phrase)
        return


def _role_match(
    tree: Tree, noun: int, start: int, phrase: str, entry: RoleNoun, people: list[int], construction: str
) -> Iterator[Match]:
    one = tree.tags[noun] in ("NN", "NNP")  # of "councillors Ana Ruiz of X and Bo Lind of Y" each has his own
    anchors = [noun, *(p for p in people if construction == "title" and p != noun and one)]
    if tree.labels[noun] in ("compound", "flat", "nmod:desc", "amod"):
        anchors.append(tree.heads[noun])
    inside = nominal.inside_phrase(tree, noun, phrase)
    for way in entry.realisations:
        found = [
            t for anchor in anchors for t in nominal.realisation(tree, anchor, way)
            if t not in (*people, noun, inside) and not start <= t < noun
            and (way != "mod" or t < start or start == noun) and not _is_named_after(tree, t, start)
        ]  # fmt: skip
        for institution in found:
            subjects, objects = (people, [institution]) if entry.role == "O" else ([institution], people)
            yield Match(
                entry.relation, entry.text, f"{construction} {way}", noun, noun, tuple(subjects), tuple(objects),
                specificity=phrase.count(" ") + 1, role=phrase,
            )  # fmt: skip


def _is_named_after(tree: Tree, token: int, role: int) -> bool:
    """ "Sudan" of the Sudan Liberation Army, which is no organ of Sudan; "Afghan" of the Afghan National Army is."""
    between = range(token + 1, role)
    inside = all(tree.doc[t].ent_iob_ == "I" for t in range(token + 1, role + 1))
    return bool(between) and inside and tree.pos[token] == "PROPN" and tree.tags[token] != "JJ"


def pair_matches(tree: Tree, token: int, entries: Iterable[PairFrame]) -> Iterator[Match]:
    """Two names side by side: "Ana of the Labour Party", "Aceh, Indonesia", "the Iraqi parliament"."""
    found: dict[str, list[int]] = {}
    for entry in entries:
        for way in entry.realisations:
            if way not in found:
                found[way] = nominal.realisation(tree, token, way)
            for other in found[way]:
                ends = (token,), (other,)
                subjects, objects = ends if entry.anchor == "S" else ends[::-1]
                yield Match(
                    entry.relation, entry.text, f"pair {way}", token, token, subjects, objects,
                    types=(entry.subjects, entry.objects),
                )  # fmt: skip


def compound_matches(tree: Tree, token: int, ontology: Ontology) -> Iterator[Match]:
    """ "US-backed rebels", "Geneva-based", "pro-Russian": participial compounds around a hyphen."""
    for entry in ontology.compound_frames.get(tree.words[token], ()):
        dash, first = (token + 1, token + 2) if entry.prefix else (token - 1, token - 2)
        if not (0 <= first < len(tree) and 0 <= dash < len(tree) and tree.words[dash] in ("-", "–")):
            continue
        head = _modified(tree, token, first)
        if head is None:
            continue
        subjects, objects = ((first,), (head,)) if entry.first == "S" else ((head,), (first,))
        yield Match(entry.relation, entry.text, "compound", token, token, subjects, objects, specificity=3)


def _modified(tree: Tree, token: int, first: int) -> int | None:
    for start in (token, first):
        head = tree.heads[start]
        while head in (token, first):
            if tree.heads[head] == head:
                return None
            head = tree.heads[head]
        if head not in (token, first) and tree.is_nominal(head) and head > max(token, first):
            return head
    return None
