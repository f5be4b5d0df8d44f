"""PropBank senses laid over verbs, adjectives and light verbs: who fills which role, and which relation that is.

A sense is the second choice: it is asked where no frame of the ontology fits. Syntax gives the roles of a sense their
fillers, as ``propbank/aliases.tsv`` says they are said, and a line of ``senses.ttl`` names the two ends. What could
fill two roles fills none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graphbuild.function_words import DIRECTIONS, PREPOSITIONS
from graphbuild.ontology import Ontology
from graphbuild.ontology.senses import CLAUSES, Part, Roleset, Sense
from graphbuild.relate.verb_candidates import Match
from graphbuild.syntax import Tree, nominals
from graphbuild.syntax.clauses import Predicate

SECOND = -100  # specificity of a sense: behind every frame
KINDS = {"Agreement": "agreement", "Law": "agreement", "Event": "event", "Organisation": "organisation-noun",
         "State": "state-noun", "Place": "place-noun", "Group": "group-noun"}  # class → its word list  # fmt: skip
NAMED = {"PERSON": "Person", "ORG": "Organisation", "GPE": "State", "LOC": "Place", "NORP": "Group", "FAC": "Place"}
OWNERS = ("'s", "of")  # of a role: "ARG1's", whoever the thing is of
CLOSE = frozenset({"with", "against", "to", "from", "on", "into", "between"})  # behind an object, yet the verb's own


@dataclass(frozen=True, slots=True)
class Filling:
    """One way to read the roles of a sense in a clause: the token of each role, with what is still open.

    ``bare`` are the roles that the direct object may fill, ``phrases`` the prepositional phrases, ``undergone`` the
    nouns whose possessor has it done to him.
    """

    tree: Tree
    roleset: Roleset
    doer: str
    bare: frozenset[str]
    frame: Predicate
    phrases: tuple[tuple[str, int], ...]
    undergone: frozenset[str]

    def token(self, role: str, used: frozenset[int] = frozenset()) -> int | None:
        """What fills a role or stands behind a preposition, if it is not ``used`` for another."""
        if role.startswith("ARG") and role.endswith(OWNERS):
            thing = self.token(role[:4])
            return next((t for t in owners(self.tree, thing, role[4:], self.undergone) if t not in used), None)
        ways = () if role == self.doer else (role,) if role in PREPOSITIONS else self._own(role)
        behind = next((t for p, t in self.phrases if p in ways and t not in used), None)
        core = self._core(role)
        if core in used or (behind is not None and role in self.roleset.bare):  # "sent warships to Chad"
            core = None
        return behind if core is None else core

    def _core(self, role: str) -> int | None:
        frame = self.frame
        if role == self.doer:
            return frame.subject
        if frame.indirect is not None and role in self.roleset.recipients:
            return frame.indirect
        if frame.indirect is not None and self.roleset.recipients:
            return frame.object if role == self._thing() else None
        return frame.object if role in self.bare else None

    def _thing(self) -> str | None:
        """The role of the direct object beside an indirect one: the first that receives nothing."""
        rest = (role for role in self.roleset.roles if role != self.doer and role not in self.roleset.recipients)
        return next(rest, None)

    def _own(self, role: str) -> tuple[str, ...]:
        """The prepositions of a role that no other role of the sense has."""
        ways = self.roleset.prepositions
        return tuple(p for p in ways.get(role, ()) if not any(p in other for r, other in ways.items() if r != role))

    def clause(self, role: str) -> int | None:
        """The infinitive, that-clause or gerund that a role or clause part asks for."""
        frame, gerunds = self.frame, self.frame.gerunds
        if role in CLAUSES:
            return {"V": frame.infinitive, "that": frame.finite, "Ving": gerunds[0][1] if gerunds else None}[role]
        ways = (role,) if role in PREPOSITIONS else ("", *self._own(role))
        gerund = next((verb for preposition, verb in gerunds if preposition in ways), None)
        if role in PREPOSITIONS or role in (self.doer, *self.roleset.recipients):
            return gerund if role in PREPOSITIONS else None
        return next((verb for verb in (frame.infinitive, frame.finite, gerund) if verb is not None), None)


def owners(tree: Tree, thing: int | None, way: str, undergone: frozenset[str]) -> list[int]:
    """Whose a nameless thing is: "Ukraine's sovereignty", "the sovereignty of Ukraine" with the way "of"."""
    if thing is None or tree.doc[thing].ent_type_ or tree.pos[thing] != "NOUN" or tree.lemmas[thing] in undergone:
        return []
    return nominals.realised_by(tree, thing, "of" if way == "of" else "poss")


def verb_senses(tree: Tree, frame: Predicate, ontology: Ontology) -> Iterator[Match]:
    """Every line of the senses of a predicate's word whose ends are there."""
    for word, reading, consumed in _words(tree, frame):
        for line in ontology.senses.get(word, ()):
            found = (_bound(tree, filling, line, ontology) for filling in _fillings(tree, reading, line, ontology))
            match = next((m for m in found if m is not None), None)
            if match is not None:
                yield replace(match, consumed=consumed)


def _words(tree: Tree, frame: Predicate) -> Iterator[tuple[str, Predicate, tuple[int, ...]]]:
    """The words that a predicate may be, with their class, each with its reading and the nouns that belong to it."""
    head = frame.head
    particle = tree.particle(head)
    if particle is None and (frame.copular or tree.is_passive(head) or frame.construction == "participle"):
        stative = frame if frame.copular else replace(frame, subject=frame.surface, object=None, indirect=None)
        for form in sorted({tree.words[head], tree.lemmas[head]}):
            yield f"{form}/j", stative, ()
    if frame.copular:
        return
    if particle is not None:
        yield f"{frame.lemma}/v", frame, ()
        return
    base, following = frame.lemma, tree.words[head + 1] if head + 1 < len(tree) else ""
    if following in DIRECTIONS and tree.label(head + 1) == "advmod":
        yield f"{base}_{following}/v", frame, ()
    yield f"{base}/v", frame, ()
    if frame.object is None:
        for preposition, noun in frame.obliques:
            rest = tuple(o for o in frame.obliques if o != (preposition, noun))
            yield f"{base}_{preposition}/v", replace(frame, object=noun, obliques=rest), ()
            yield f"{base}_{preposition}_{tree.lemmas[noun]}/l", replace(frame, obliques=rest), (noun,)
    else:  # "took place", "made a deal with"
        yield f"{base}_{tree.lemmas[frame.object]}/l", replace(frame, object=None), (frame.object,)


def _fillings(tree: Tree, frame: Predicate, line: Sense, ontology: Ontology) -> Iterator[Filling]:
    """The ways to read a clause: the usual one, those that the sense shows, and that of "the talks began"."""
    roles, phrases = line.roleset.roles, (*frame.obliques, *_beside(tree, frame))
    if not roles:
        return
    undergone = ontology.words("patient-noun")
    second = frozenset(roles[1:2]) | line.roleset.bare
    yield Filling(tree, line.roleset, roles[0], second, frame, phrases, undergone)
    for odd, patient in line.roleset.orders:
        yield Filling(tree, line.roleset, odd, frozenset({patient}), frame, phrases, undergone)
    undergoer = line.subject.roles[0]
    alone = frame.object is None and frame.indirect is None and roles[0] not in line.subject.roles
    if alone and undergoer in roles and frame.finite is None:
        yield Filling(tree, line.roleset, undergoer, frozenset(), frame, phrases, undergone)


def _beside(tree: Tree, frame: Predicate) -> list[tuple[str, int]]:
    """Phrases that the parser hung on the object: "signed a deal with Chad", "sent troops to Chad"."""
    if frame.object is None or tree.doc[frame.object].ent_type_:
        return []
    found = ((tree.preposition(k), k) for k in tree.children(frame.object, "nmod", "obl") if k > frame.object)
    return [(preposition, k) for preposition, k in found if preposition in CLOSE]


def _bound(tree: Tree, filling: Filling, line: Sense, ontology: Ontology) -> Match | None:
    """A line with its ends, or None if one of them, or what it asks for besides, is not there."""
    relation = ontology.relations[line.relation]
    frame = filling.frame
    subject = _first(filling, line.subject, frozenset())
    if subject is None and not (frame.subject is None and filling.doer in line.subject.roles):
        return None
    used = frozenset(() if subject is None else (subject,))
    target = None if line.object is None else _first(filling, line.object, used)
    if target is None and line.object is not None and not line.object.optional and not relation.symmetric:
        return None
    used |= frozenset(() if target is None else (target,))
    content = None if line.content is None else content_of(tree, filling, line.content, used, ontology)
    if target is None and content is None and not relation.symmetric:
        return None
    if not _holds(tree, filling, line, used, ontology):
        return None
    return Match(
        relation=line.relation,
        frame=line.text,
        pattern=frame.construction,
        trigger=frame.head,
        clause=frame.head,
        subjects=() if subject is None else (subject,),
        objects=() if target is None else (target,),
        content=content and content[0],
        content_kind=content[1] if content else "",
        fallback=frame.fallback if subject is not None and subject == frame.subject else None,
        specificity=rank(line) + (target is not None) + (content is not None),
        subject_types=line.subject.types,
        object_types=line.object.types if line.object else (),
        kind="sense",
    )


def _holds(tree: Tree, filling: Filling, line: Sense, used: frozenset[int], ontology: Ontology) -> bool:
    """Whether what a line wants there besides is there, and what it wants absent is not."""
    if any(filling.clause(role) is not None for role in line.absent):
        return False
    if any(filling.token(role, used) is not None for role in line.absent if role not in CLAUSES):
        return False
    return all(_is_there(tree, filling, part, ontology) for part in line.required)


def rank(line: Sense) -> int:
    """How much a line asks for: of two that fit, the one that asks for more is meant."""
    return SECOND + 2 * len(line.required) + len(line.absent) + line.text.count(":") - 1


def _first(filling: Filling, part: Part, used: frozenset[int]) -> int | None:
    return next((t for role in part.roles if (t := filling.token(role, used)) is not None), None)


def content_of(
    tree: Tree, filling: Filling, part: Part, used: frozenset[int], ontology: Ontology
) -> tuple[int, str] | None:
    """What is offered, promised, denied: a clause, or a noun phrase that is none of the ends."""
    for role in part.roles:
        if not part.types and (verb := filling.clause(role)) is not None:
            return verb, "clause"
        if role not in CLAUSES and (noun := filling.token(role, used)) is not None and fits(tree, noun, part, ontology):
            return noun, "noun"
    return None


def _is_there(tree: Tree, filling: Filling, part: Part, ontology: Ontology) -> bool:
    for role in part.roles:
        if not part.types and filling.clause(role) is not None:
            return True
        token = None if role in CLAUSES else filling.token(role)
        if token is not None and fits(tree, token, part, ontology):
            return True
    return False


def fits(tree: Tree, token: int, part: Part, ontology: Ontology) -> bool:
    """Whether a noun is, by its word alone, of the types of a part; anything fits where it names none."""
    if not part.types:
        return True
    kind = _kind(tree, token, ontology)
    known = kind is not None and any(ontology.is_a(kind, wanted) or kind == wanted for wanted in part.types)
    return known != part.without


def _kind(tree: Tree, token: int, ontology: Ontology) -> str | None:
    lemma = tree.lemmas[token]
    if tree.doc[token].ent_type_:
        return ontology.kind_of_name(tree.doc[token].text) or NAMED.get(tree.doc[token].ent_type_)
    if lemma in ontology.words("troops"):
        return "Military"
    if lemma in ontology.person_nouns or tree.tags[token] in ("PRP", "WP"):
        return "Person"
    return next((kind for kind, name in KINDS.items() if lemma in ontology.words(name)), None)
