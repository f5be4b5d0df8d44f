"""A parsed sentence whose two names are known → the frame that it is an example of: its verb, noun or role.

Each frame is laid over its own sentence again: one that does not find S and O there is no frame of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from graphbuild.errors import OntologyError
from graphbuild.function_words import NEGATIONS, PARTICLES, PREPOSITIONS
from graphbuild.ontology import Ontology, Relation, schema, turtle
from graphbuild.relate.noun_candidates import compound_matches, noun_matches, role_matches
from graphbuild.relate.verb_candidates import Match, verb_matches
from graphbuild.syntax import Tree, nominals
from graphbuild.syntax.clauses import Predicate, frames

VERB, NOUN, ROLE, COMPOUND = "verbFrame", "nounFrame", "roleNoun", "compoundFrame"
CONTENT = frozenset({"NOUN", "VERB", "ADJ"})
FUNCTION = frozenset({"aux", "cop", "case", "mark", "fixed", "det"})
INTERCHANGEABLE = ("of", "poss", "mod")  # of a role: "founder of X", "X's founder", "X founder"


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
    row[turtle.GB + compiled.property] = [compiled.text]
    try:
        alone = schema.compile_ontology({turtle.GB + relation.id: row})
    except OntologyError:
        return False
    return any(_is_between(tree, ends, relation, match) for match in _matches(tree, alone))


def _matches(tree: Tree, ontology: Ontology) -> Iterator[Match]:
    """All that the frames of an ontology find in a sentence."""
    for frame in frames(tree):
        yield from verb_matches(tree, frame, ontology)
    for token in range(len(tree)):
        yield from noun_matches(tree, token, ontology, frozenset())
        yield from role_matches(tree, token, ontology)
        yield from compound_matches(tree, token, ontology)


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
        held = _held_by(tree, noun, ends)
        if held is None:
            continue
        role, other = ("O", ends.object) if held == "S" else ("S", ends.subject)
        for found in _realisations(tree, noun, other):
            ways = [found, *(w for w in INTERCHANGEABLE if w != found)] if found in INTERCHANGEABLE else [found]
            yield Compiled(ROLE, f"{_phrase(tree, noun, ends, 4)[0]}: {role}={'/'.join(ways)}")


def _held_by(tree: Tree, noun: int, ends: Ends) -> str | None:
    """Which of the two ends holds the role that a noun names; None for a noun that is no role of theirs."""
    people, construction = nominals.holders(tree, noun)
    if construction == "office" or (tree.copula(noun) is not None and tree.preposition(noun)):
        return None
    return ends.role(people[0]) if people else None


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
