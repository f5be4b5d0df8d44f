"""PropBank senses laid over nouns: "Norland's visit to Sudria", "the arrest of Ana", "talks between A and B"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graphbuild.function_words import PREPOSITIONS
from graphbuild.ontology import Ontology
from graphbuild.ontology.senses import Part, Roleset, Sense
from graphbuild.relate.noun_candidates import light_verb
from graphbuild.relate.sense_candidates import OWNERS, fits, owners, rank
from graphbuild.relate.verb_candidates import Match
from graphbuild.syntax import Tree, nominals
from graphbuild.syntax.subjects import surface_subject

DURING = frozenset({"in", "during", "at", "on", "after", "following"})
BEHIND = frozenset({"after", "following"})
LONGEST = 2  # words of a noun: "phone call"


@dataclass(frozen=True, slots=True)
class NounFilling:
    """The roles of a sense around a noun; ``agent`` is the subject of its light verb, ``governor`` that verb.

    ``undergone`` are the nouns whose natural possessor undergoes it, ``shared`` those of what whoever does the rest of
    the clause took part in.
    """

    tree: Tree
    noun: int
    start: int
    roleset: Roleset
    governor: int | None
    agent: int | None
    undergone: frozenset[str]
    shared: frozenset[str]

    @property
    def passive(self) -> bool:
        """Whether the natural possessor undergoes it: "Ana's arrest"."""
        return self.tree.lemmas[self.noun] in self.undergone

    def tokens(self, role: str) -> tuple[int, ...]:
        """What fills a role, or stands behind a preposition."""
        if role in PREPOSITIONS:
            return self._said(role)
        if role.startswith("ARG") and role.endswith(OWNERS):
            things = self.tokens(role[:4])
            return tuple(t for thing in things for t in owners(self.tree, thing, role[4:], self.undergone))
        ways = self.roleset.prepositions
        own = [p for p in ways.get(role, ()) if p != "of" and sum(p in other for other in ways.values()) == 1]
        for way in own:
            if found := self._said(way):
                return found
        if role == self.roleset.roles[0]:
            return self._doer()
        if role == self._undergoer() and self.passive:
            return self._said("of") or self._owner()
        if role == self._undergoer() and self._said("by"):
            return self._owner()
        return ()

    def _undergoer(self) -> str | None:
        return next(iter(self.roleset.roles[1:2]), None)

    def _doer(self) -> tuple[int, ...]:
        if found := self._said("by"):
            return found
        taken = self.passive and not self._patient_elsewhere()
        if not taken and (found := self._owner()):
            return found
        taking_part = self.agent if self.agent is not None else _taking_part(self.tree, self.noun, self.shared)
        return (taking_part,) if taking_part is not None else ()

    def _patient_elsewhere(self) -> bool:
        return bool(self._said("of") or self._said("against"))

    def _owner(self) -> tuple[int, ...]:
        named = tuple(t for t in self._said("mod") if self.tree.doc[t].ent_type_)
        return self._said("poss") or named

    def _said(self, way: str) -> tuple[int, ...]:
        found = nominals.realised_by(self.tree, self.noun, way, self.governor)
        return tuple(t for t in found if not self.start <= t < self.noun)


def noun_senses(
    tree: Tree, noun: int, ontology: Ontology, light: frozenset[str], agentless: bool = False
) -> Iterator[Match]:
    """Every line of the senses of a noun whose ends are there; ``agentless``: also without a subject."""
    if tree.pos[noun] != "NOUN":
        return
    for phrase, start in nominals.phrase_before(tree, noun, longest=LONGEST):
        for line in ontology.senses.get(f"{phrase.replace(' ', '_')}/n", ()):
            match = _bound(tree, noun, start, line, ontology, light) if line.roleset.roles else None
            if match is not None and (match.subjects or agentless):
                yield match


def _bound(tree: Tree, noun: int, start: int, line: Sense, ontology: Ontology, light: frozenset[str]) -> Match | None:
    relation = ontology.relations[line.relation]
    governor, agent = light_verb(tree, noun, light)
    undergone, shared = ontology.words("patient-noun"), ontology.words("shared-act")
    filling = NounFilling(tree, noun, start, line.roleset, governor, agent, undergone, shared)
    targets, way = _first(filling, line.object, ()) if line.object else ((), "")
    subjects, doer = _first(filling, line.subject, targets)
    if helpers := _helpers(tree, noun, ontology):
        (subjects, doer), (targets, way) = (helpers, "with"), (_helped(tree, noun), "clause")
    if relation.symmetric and not targets and (both := filling.tokens("between")):
        subjects, doer = both, "between"
    content = _content(filling, line.content, (*targets, *subjects), ontology) if line.content else None
    if not (targets or content or (relation.symmetric and (doer == "between" or len(subjects) > 1))):
        return None  # "A and B filed a settlement": with whom, it does not say
    if any(filling.tokens(role) for role in line.absent if role.startswith("ARG")):
        return None
    if not all(_is_there(filling, part, ontology) for part in line.required):
        return None
    return Match(
        relation=line.relation,
        frame=line.text,
        pattern="nominal " + "+".join(filter(None, (way and f"O={way}", doer and f"S={doer}"))),
        trigger=noun,
        clause=governor if governor is not None else noun,
        subjects=subjects,
        objects=targets,
        content=content and content[0],
        content_kind=content[1] if content else "",
        specificity=rank(line) + bool(targets) + bool(subjects) + (start < noun) * 2 + (content is not None),
        subject_types=line.subject.types,
        object_types=line.object.types if line.object else (),
        kind="sense",
    )


def _taking_part(tree: Tree, noun: int, shared: frozenset[str]) -> int | None:
    """Who did the rest: "Ana Ruiz raised it in a call with Bo Lind", "in an interview with the Times, she said"."""
    above, verb = tree.label(noun), tree.heads[noun]
    if tree.lemmas[noun] not in shared or tree.preposition(noun) not in DURING:
        return None
    if above == "nmod" and tree.preposition(noun) in BEHIND:  # "said at a briefing after the talks with Chad"
        above, verb = tree.label(verb), tree.heads[verb]
    if above != "obl":
        return None
    if not tree.is_verb(verb) or tree.is_passive(verb) or tree.children(noun, "nmod:poss"):
        return None
    return surface_subject(tree, verb)[0]


def _helpers(tree: Tree, noun: int, ontology: Ontology) -> tuple[int, ...]:
    """Who helps in "with the support of X", "with help from X"."""
    if tree.preposition(noun) != "with" or tree.lemmas[noun] not in ontology.words("help"):
        return ()
    ways = (nominals.realised_by(tree, noun, way) for way in ("from", "by", "of", "poss"))
    return tuple(next((found for found in ways if found), ()))


def _helped(tree: Tree, noun: int) -> tuple[int, ...]:
    """Who is helped in it: the subject of the clause, or the noun before it."""
    head = tree.heads[noun]
    found = surface_subject(tree, head)[0] if tree.is_verb(head) else head if tree.is_nominal(head) else None
    return () if found is None or head == noun else (found,)


def _first(filling: NounFilling, part: Part, used: tuple[int, ...]) -> tuple[tuple[int, ...], str]:
    """The tokens of the first role of a part that is filled, and that role."""
    for role in part.roles:
        if tokens := tuple(t for t in filling.tokens(role) if t not in used):
            return tokens, role
    return (), ""


def _content(filling: NounFilling, part: Part, used: tuple[int, ...], ontology: Ontology) -> tuple[int, str] | None:
    tree, noun = filling.tree, filling.noun
    gerunds = [k for k in tree.children(noun, "acl") if tree.tags[k] == "VBG" and tree.preposition(k)]
    ways = {"V": nominals.infinitive_of(tree, noun), "that": nominals.clause_of(tree, noun)}
    ways["Ving"] = gerunds[0] if gerunds else None
    for role in part.roles:
        asked = (ways[role],) if role in ways else tuple(ways.values()) if role.startswith("ARG") else ()
        if (verb := next((v for v in asked if v is not None), None)) is not None:
            return verb, "clause"
        tokens = () if role in ways else (t for t in filling.tokens(role) if t not in used)
        if (token := next((t for t in tokens if fits(tree, t, part, ontology)), None)) is not None:
            return token, "noun"
    return None


def _is_there(filling: NounFilling, part: Part, ontology: Ontology) -> bool:
    if _content(filling, part, (), ontology) is not None and not part.types:
        return True
    return any(fits(filling.tree, t, part, ontology) for role in part.roles for t in filling.tokens(role))
