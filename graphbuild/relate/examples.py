"""Example sentences → frames: ``"<S> acquired a stake in <O>"`` of a user's ontology becomes ``acquire stake in O``.

A sentence is read several times, with different names for ``<S>`` and ``<O>``: some that suit domain and range, some of
other actors, as parsers stumble over single names. The frame that most readings give wins.
Each frame is laid over its own sentence again: one that does not find S and O there is no frame of the sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from graphbuild.errors import OntologyError
from graphbuild.ontology import Ontology, Relation, schema, turtle
from graphbuild.ontology.frames import PREPOSITIONS
from graphbuild.relate.noun_candidates import compound_matches, noun_matches, role_matches
from graphbuild.relate.verb_candidates import Match, verb_matches
from graphbuild.syntax import Tree, nominals
from graphbuild.syntax.clauses import Predicate, frames

if TYPE_CHECKING:
    from spacy.tokens import Doc

VERB, NOUN, ROLE, COMPOUND = "verbFrame", "nounFrame", "roleNoun", "compoundFrame"
READINGS = 5
ABOUT = "The report is about"  # a phrase that gives no frame as it stands is read behind it
UNREAD = "its two names cannot be told apart; write a plain clause"
PLACEHOLDER = re.compile(r"<([A-Za-z]+)(?::([^<>]*))?>")
# Names that the pipeline knows for names, whatever stands beside them.
FILLERS: Mapping[str, tuple[str, ...]] = {
    "Person": ("Marta Leal", "David Morgan", "Ana Ruiz", "Ivan Petrov"),
    "Organisation": ("Norvik Bank", "Borealis Group", "Kestrel Energy", "Lumen Corporation"),
    "State": ("Hungary", "Kenya", "Portugal", "Chile"),
    "Group": ("the Kurds", "the Basques", "the Catalans", "the Sami"),
    "Place": ("Lisbon", "Nairobi", "Toronto", "Geneva"),
    "Event": ("the Lisbon Summit", "the Geneva Forum", "the Nairobi Conference", "the Toronto Games"),
    "Agreement": ("the Nairobi Accord", "the Lisbon Treaty", "the Toronto Protocol", "the Geneva Convention"),
}
ACTORS = ("Person", "Organisation", "State")
PARTICLES = frozenset({"off", "out", "up", "down"})  # parsers often take them for prepositions
NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor"})
FINITE = frozenset({"VBD", "VBP", "VBZ"})
CONTENT = frozenset({"NOUN", "VERB", "ADJ"})
FUNCTION = frozenset({"aux", "cop", "case", "mark", "fixed", "det"})


@dataclass(frozen=True, slots=True)
class Compiled:
    """A frame in the notation of ``core.ttl`` and the property that holds such frames (``verbFrame``, …)."""

    property: str
    text: str


@dataclass(frozen=True, slots=True)
class Ends:
    """Where a parsed sentence names S and O: the roots of the two names, all their tokens, the types wanted of O."""

    subject: int
    object: int
    names: frozenset[int]
    types: str = ""

    def role(self, token: int | None) -> str | None:
        return {self.subject: "S", self.object: "O"}.get(token) if token is not None else None


def add(ontology: Ontology, nlp: Callable[[str], Doc]) -> Ontology:
    """``ontology`` with the frames that its example sentences give, as ``nlp`` reads them; ``patterns`` pairs each.

    Raises OntologyError, with the cure, for a sentence that gives none.
    """
    compiled = {
        identifier: [(s, compile_pattern(ontology.relations[identifier], s, nlp, ontology.classes)) for s in sentences]
        for identifier, sentences in ontology.sentences.items()
    }
    texts: dict[str, dict[str, list[str]]] = {}
    for identifier, found in compiled.items():
        for item in dict.fromkeys(item for _, item in found):
            texts.setdefault(identifier, {}).setdefault(item.property, []).append(item.text)
    patterns = {identifier: tuple((s, item.text) for s, item in found) for identifier, found in compiled.items()}
    return replace(schema.with_frames(ontology, texts), patterns=patterns)


def compile_pattern(
    relation: Relation,
    sentence: str,
    nlp: Callable[[str], Doc],
    classes: Mapping[str, frozenset[str]] | None = None,
) -> Compiled:
    """The frame that ``sentence`` is an example of; ``classes`` say what a class of the user's own is a sub-class of.

    Raises OntologyError, with the cure, if there is none.
    """
    types = _placeholders(relation, sentence)
    if (compound := _compound(sentence)) is not None and not types:
        return compound
    faults: Counter[str] = Counter()
    suiting = _names(relation.domain, tuple(types.split("|")) if types else relation.range, classes or {})
    names = dict.fromkeys(chain(suiting, _names((), (), {})))
    plain = sentence.strip().rstrip(".")
    for text in (plain, f"{ABOUT} {plain[:1].lower()}{plain[1:]}"):
        read = [_reading(relation, text, pair, types, nlp) for pair in names]
        if found := Counter(item for item in read if isinstance(item, Compiled)):
            return found.most_common(1)[0][0]
        faults = faults or Counter(item for item in read if isinstance(item, str) and item)
    raise _fault(relation, sentence, faults.most_common(1)[0][0] if faults else UNREAD)


def _placeholders(relation: Relation, sentence: str) -> str:
    """The types that a sentence wants of ``<O>``. Raises OntologyError unless S and O stand in it once each."""
    marks = [(found[1], found[2]) for found in PLACEHOLDER.finditer(sentence)]
    if unknown := next((name for name, _ in marks if name not in ("S", "O")), None):
        raise _fault(relation, sentence, f"<{unknown}> is no placeholder; write <S> and <O>")
    for role in ("S", "O"):
        if (count := sum(name == role for name, _ in marks)) != 1:
            raise _fault(relation, sentence, f"has <{role}> {count} times; write it once")
    types = dict(marks)
    if types["S"] is not None:
        raise _fault(relation, sentence, "write <S>; schema:domainIncludes says of which classes it is")
    if types["O"] is not None and not re.fullmatch(r"[A-Za-z]+(\|[A-Za-z]+)*", types["O"]):
        raise _fault(relation, sentence, "write <O> or <O:Class|Class>")
    return types["O"] or ""


def _compound(sentence: str) -> Compiled | None:
    """ "<S>-backed <O>" is a frame already."""
    text = sentence.strip().rstrip(".").replace("<S>", "S").replace("<O>", "O")
    found = re.fullmatch(r"[SO]-[a-z]+ [SO]|[a-z]+-[SO] [SO]", text)
    return Compiled(COMPOUND, text) if found else None


def _names(
    domain: tuple[str, ...], span: tuple[str, ...], classes: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, str]]:
    """Different names for S and O that suit domain and range."""
    subjects, objects = _fillers(domain, classes), _fillers(span, classes)
    for i in range(READINGS):
        subject = subjects[i % len(subjects)]
        yield subject, next(o for o in (objects[(i + k) % len(objects)] for k in (1, 2)) if o != subject)


def _fillers(kinds: tuple[str, ...], classes: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Names of these classes in turn; of actors where a class is not known."""
    above = [kind for name in kinds for kind in sorted({name} | classes.get(name, frozenset())) if kind in FILLERS]
    pools = [FILLERS[kind] for kind in dict.fromkeys(above or ACTORS)]
    return tuple(name for name in chain.from_iterable(zip_longest(*pools)) if name)


def _reading(
    relation: Relation, sentence: str, names: tuple[str, str], types: str, nlp: Callable[[str], Doc]
) -> Compiled | str:
    """The frame of one reading, or the fault; an empty one where the parser mixes a name with something else."""
    text, spans = _filled(sentence, dict(zip("SO", names, strict=True)))
    tree = Tree(nlp(text))
    ends = _ends(tree, spans, types)
    return frame_of(tree, ends, relation) if ends is not None else ""


def _filled(sentence: str, names: Mapping[str, str]) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence with names for its placeholders, and the characters that each name takes."""
    text, end = "", 0
    spans = {}
    for found in PLACEHOLDER.finditer(sentence):
        text += sentence[end : found.start()]
        name = names[found[1]]
        name = name.removeprefix("the ") if text.endswith("the ") else name
        spans[found[1]] = len(text), len(text) + len(name)
        text, end = text + name, found.end()
    text += sentence[end:] + "."
    return text[0].upper() + text[1:], spans


def _ends(tree: Tree, spans: Mapping[str, tuple[int, int]], types: str) -> Ends | None:
    """The tokens of both names; None if a name has several roots or the parser took a verb for a modifier."""
    if any(tree.tags[t] in FINITE and tree.label(t) in ("amod", "compound") for t in range(len(tree))):
        return None
    inside = {
        role: [t.i for t in tree.doc if start <= t.idx and t.idx + len(t) <= end]
        for role, (start, end) in spans.items()
    }
    roots = {
        role: [t for t in tokens if tree.heads[t] == t or tree.heads[t] not in tokens]
        for role, tokens in inside.items()
    }
    if any(len(found) != 1 for found in roots.values()):
        return None
    return Ends(roots["S"][0], roots["O"][0], frozenset(chain.from_iterable(inside.values())), types)


def frame_of(tree: Tree, ends: Ends, relation: Relation) -> Compiled | str:
    """The frame that a parsed sentence is an example of, or what keeps it from being one, with the cure."""
    if any(tree.words[token] in NEGATIONS for token in range(len(tree))):
        return "is negated; write what is so: negation is understood by itself"
    faults = []
    for found in chain(_role_nouns(tree, ends), _verb_frames(tree, ends, relation), _noun_frames(tree, ends, relation)):
        if isinstance(found, str):
            faults.append(found)
        elif not _finds(tree, ends, relation, found):
            faults.append(f"reads as {found.text!r}, which does not find <S> and <O>; reword it or write gb:{VERB}")
        elif ends.types and f"O:{ends.types}" not in found.text:
            faults.append(
                f"reads as {found.text!r}, which has no place for classes; write <O> and schema:rangeIncludes"
            )
        else:
            return found
    return next(iter(faults), 'no verb or noun joins <S> and <O>; write a clause such as "<S> bought <O>"')


def _finds(tree: Tree, ends: Ends, relation: Relation, compiled: Compiled) -> bool:
    """Whether a frame finds S and O in its own sentence."""
    kinds = [turtle.GB + "Relation", *([turtle.OWL + "SymmetricProperty"] if relation.symmetric else [])]
    row = {turtle.RDF + "type": kinds, turtle.RDFS + "label": [relation.label]}
    try:
        row[turtle.GB + compiled.property] = [compiled.text]
        alone = schema.compile_ontology({turtle.GB + relation.id: row})
    except OntologyError:
        return False
    matches: Iterator[Match] = chain(
        (match for frame in frames(tree) for match in verb_matches(tree, frame, alone)),
        (match for token in range(len(tree)) for match in noun_matches(tree, token, alone, frozenset())),
        (match for token in range(len(tree)) for match in role_matches(tree, token, alone)),
        (match for token in range(len(tree)) for match in compound_matches(tree, token, alone)),
    )
    return any(_is_between(tree, ends, relation, match) for match in matches)


def _is_between(tree: Tree, ends: Ends, relation: Relation, match: Match) -> bool:
    found = set(match.subjects), set(match.objects)
    if relation.symmetric:
        both = {c for token in found[0] | found[1] for c in tree.conjuncts(token)}
        return {ends.subject, ends.object} <= both
    return ends.subject in found[0] and ends.object in found[1]


# Nouns


def _role_nouns(tree: Tree, ends: Ends) -> Iterator[Compiled]:
    """ "<S>, the founder of <O>", "<S> is the founder of <O>", "<O> founder <S>"."""
    for noun in _common_nouns(tree, ends):
        people, construction = nominals.holders(tree, noun)
        held = ends.role(people[0]) if people else None
        if construction == "office" or held is None or (tree.copula(noun) is not None and tree.preposition(noun)):
            continue
        role, other = ("O", ends.object) if held == "S" else ("S", ends.subject)
        for realisation in _realisations(tree, noun, other):
            realisations = (
                [realisation, *(w for w in ("of", "poss", "mod") if w != realisation)]
                if realisation in ("of", "poss", "mod")
                else [realisation]
            )
            yield Compiled(ROLE, f"{_phrase(tree, noun, ends, 4)[0]}: {role}={'/'.join(realisations)}")


def _noun_frames(tree: Tree, ends: Ends, relation: Relation) -> Iterator[Compiled | str]:
    """ "<S>'s takeover of <O>", "talks between <S> and <O>"."""
    for noun in _common_nouns(tree, ends):
        phrase, _ = _phrase(tree, noun, ends, 3)
        realisations = {
            role: next(_realisations(tree, noun, t), None) for role, t in (("S", ends.subject), ("O", ends.object))
        }
        if realisations["S"] and realisations["O"] and realisations["S"] != realisations["O"]:
            yield Compiled(NOUN, f"{phrase}: S={realisations['S']} O={realisations['O']}")
        elif (realisation := realisations["S"] or realisations["O"]) and _together(tree, ends):
            yield Compiled(NOUN, f"{phrase}: S={realisation}") if relation.symmetric else _asymmetric(relation)


def _common_nouns(tree: Tree, ends: Ends) -> list[int]:
    return [token for token in range(len(tree)) if tree.pos[token] == "NOUN" and token not in ends.names]


def _realisations(tree: Tree, noun: int, end: int) -> Iterator[str]:
    """The realisations by which a name is an argument of a noun, the surest first."""
    prepositions = dict.fromkeys(
        preposition for token in range(len(tree))
        if " " not in (preposition := tree.preposition(token)) and preposition in PREPOSITIONS
    )  # fmt: skip
    return (
        realisation
        for realisation in ("poss", "mod", *prepositions)
        if end in nominals.realised_by(tree, noun, realisation)
    )


def _phrase(tree: Tree, noun: int, ends: Ends, longest: int) -> tuple[str, list[int]]:
    """A noun in its base form with the nouns and adjectives right before it, and their tokens."""
    start = noun
    while start > max(0, noun - longest + 1) and _is_modifier(tree, start - 1, noun, ends):
        start -= 1
    return " ".join([*tree.words[start:noun], tree.lemmas[noun]]), list(range(start, noun + 1))


def _is_modifier(tree: Tree, token: int, noun: int, ends: Ends) -> bool:
    below = tree.heads[token] == noun or tree.label(tree.heads[token]) == "compound"
    return (
        below and token not in ends.names and tree.label(token) in ("compound", "amod") and tree.pos[token] in CONTENT
    )


def _together(tree: Tree, ends: Ends) -> bool:
    """Whether S and O are coordinated."""
    return any(b in tree.conjuncts(a) for a, b in ((ends.subject, ends.object), (ends.object, ends.subject)))


def _asymmetric(relation: Relation) -> str:
    return f"<S> and <O> do the same; make gb:{relation.id} an owl:SymmetricProperty or write one of them as object"


# Verbs


def _verb_frames(tree: Tree, ends: Ends, relation: Relation) -> Iterator[Compiled | str]:
    """ "<S> acquired a stake in <O>", "<O> was bought by <S>", "<S> is close to <O>"."""
    for frame in frames(tree):
        if not _is_asserted(tree, frame.head, ends):
            continue
        subject, copular = ends.role(frame.subject), frame.copular
        if subject is None and tree.is_passive(frame.head):
            subject, copular = ends.role(frame.surface), True
        if subject is not None:
            yield _Slots(tree, frame, ends, subject, copular).compiled(relation)


def _is_asserted(tree: Tree, verb: int, ends: Ends) -> bool:
    """Whether a clause is the sentence or tells of one of the names: "<S>, which bought <O>"."""
    label = tree.label(verb)
    return label == "root" or (label == "acl" and tree.heads[verb] in ends.names)


class _Slots:
    """The slots of a verb frame under construction; ``used`` are the tokens that the frame has a word for."""

    def __init__(self, tree: Tree, frame: Predicate, ends: Ends, subject: str, copular: bool) -> None:
        self.tree, self.frame, self.ends, self.subject, self.copular = tree, frame, ends, subject, copular
        self.used = {frame.head}
        self.slots: list[str] = []
        self.verb = self._verb()

    def compiled(self, relation: Relation) -> Compiled | str:
        """The frame, or why there is none."""
        self._fill()
        text = " ".join([*(["O"] if self.subject == "O" else []), self.verb, *self.slots])
        other = "S" if self.subject == "O" else "O"
        if not any(re.search(rf"\b{other}\b", slot) for slot in self.slots):
            if _together(self.tree, self.ends):
                if not relation.symmetric:
                    return _asymmetric(relation)
                text = text.removeprefix("O ")
            else:
                return f"<{other}> is no argument of {self.tree.words[self.frame.head]!r}; write a shorter clause"
        if left := self._left():
            words = " ".join(self.tree.words[token] for token in left)
            return f"{words!r} fits no place of a frame; leave it out or write gb:{VERB}"
        return Compiled(VERB, text)

    def _verb(self) -> str:
        head, tree = self.frame.head, self.tree
        if self.copular:
            return f"be {tree.lemmas[head] if tree.is_nominal(head) else tree.words[head]}"
        return self.frame.lemma

    def _fill(self) -> None:
        frame = self.frame
        if not self.copular:
            if frame.object is not None and frame.indirect is not None and self.ends.role(frame.indirect):
                self._add(frame.object, "")
                self._add(frame.indirect, "to")
            elif frame.object is not None:
                self._add(frame.object, "")
        for token in self._secondary():
            self._add(token, "")
        for preposition, token in frame.obliques:
            self._add_oblique(preposition, token)

    def _secondary(self) -> list[int]:
        """Nouns and adverbs that go with the verb: "took <O> hostage", "walked away from <O>"."""
        tree, head = self.tree, self.frame.head
        nouns = [k for k in tree.children(head, "xcomp") if tree.pos[k] == "NOUN"]
        near = [k for k in tree.children(head, "advmod") if k == head + 1 and not tree.words[k].endswith("ly")]
        return [*nouns, *(near if not self.copular else [])]

    def _add_oblique(self, preposition: str, token: int) -> None:
        bare = not self.slots and not self.copular and "_" not in self.verb
        if bare and preposition in PARTICLES and self.ends.role(token) == "O":
            self.verb += f"_{preposition}"
            self._add(token, "")
        elif preposition in PREPOSITIONS:
            self._add(token, preposition)

    def _add(self, token: int, preposition: str) -> None:
        """A slot for S, O or a word with what hangs on it; names of others and numbers are circumstances."""
        role = self.ends.role(token)
        if role is not None:
            if role != self.subject:
                typed = f"O:{self.ends.types}" if role == "O" and self.ends.types else role
                self.slots.append(f"{preposition} {typed}".lstrip())
        elif self.tree.pos[token] in ("NOUN", "ADV", "ADP"):
            self.slots.append(f"{preposition} {self._literal(token)}".lstrip())
            for child in self.tree.children(token, "nmod", "obl"):
                if self.ends.role(child) and (below := self.tree.preposition(child)) in PREPOSITIONS:
                    self._add(child, below)

    def _literal(self, token: int) -> str:
        phrase, tokens = _phrase(self.tree, token, self.ends, 5)
        self.used.update(tokens)
        word = self.tree.words[token]
        return f"{word}/{phrase}" if len(tokens) == 1 and word != phrase else phrase.replace(" ", "_")

    def _left(self) -> list[int]:
        """Words with a meaning that the frame would lose; what is told of the names is no part of it."""
        tree = self.tree
        told = {t for name in self.ends.names for t in tree.subtree(name)} if self._is_clause() else set()
        return [
            token for token in tree.subtree(self.frame.head)
            if tree.pos[token] in CONTENT and tree.label(token) not in FUNCTION
            and token not in self.used and token not in told and token not in self.ends.names
        ]  # fmt: skip

    def _is_clause(self) -> bool:
        return self.tree.heads[self.frame.head] == self.frame.head


def _fault(relation: Relation, sentence: str, cure: str) -> OntologyError:
    return OntologyError(f'gb:{relation.id}: sentence "{sentence}": {cure}')
