"""Nouns that stand for things without a name: "European leaders", "the talks", "Ukraine's President", "a village"."""

from __future__ import annotations

from dataclasses import dataclass

from graphbuild.function_words import SPECIFIC, VAGUE
from graphbuild.model import EntityType
from graphbuild.ontology import Ontology
from graphbuild.syntax import Tree

PREMODIFIERS = ("amod", "compound", "nummod", "nmod:poss", "nmod:unmarked", "nmod:desc", "flat", "advmod", "nmod")
LONGEST_LABEL = 12  # words
NO_LABEL = ("VB", "VBD", "VBZ", "VBP", "MD", "IN", "TO", "WDT", "WP")  # never in front of a noun in its label
PLURAL_TAGS = ("NNS", "NNPS")
BEHIND = frozenset({"acl:relcl", "acl", "appos", "conj", "cc", "parataxis", "punct"})  # not in the of-phrase of a label
# Word list, the type of one and of several, and whether words are looked up as they are written too; in this order.
KINDS = (
    ("agreement", EntityType.AGREEMENT, EntityType.AGREEMENT, False),
    ("event", EntityType.EVENT, EntityType.EVENT, True),
    ("organisation-noun", EntityType.ORGANISATION, EntityType.GROUP, False),
    ("state-noun", EntityType.STATE, EntityType.GROUP, False),
    ("place-noun", EntityType.PLACE, EntityType.PLACE, True),
)


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun phrase without a name. ``[start, end)``: the tokens of its label; ``short_end``: without of-phrase.

    ``full_ends``: where it ends with all its prepositional phrases, and with its participles too.
    """

    root: int
    start: int
    end: int
    short_end: int
    type: EntityType
    plural: bool
    definite: bool
    full_ends: tuple[int, ...] = ()


def nominal_at(tree: Tree, token: int, ontology: Ontology) -> Nominal | None:
    """The nominal whose head noun is ``token``; None if its noun is of no kind that the ontology lists."""
    if tree.pos[token] not in ("NOUN", "PROPN") or tree.label(token) in ("flat", "fixed"):
        return None
    if tree.label(token) == "compound":
        return _actor_of(tree, token, ontology)
    kind = _kind(tree, token, ontology)
    if kind is None:
        return None
    start = _start(tree, token, ontology.words("calendar"))
    end = _end(tree, token, start)
    plural = tree.tags[token] in PLURAL_TAGS
    return Nominal(token, start, end, token + 1, kind, plural, _is_definite(tree, token), _full_ends(tree, token, end))


def _is_definite(tree: Tree, token: int) -> bool:
    if any(tree.tags[k] == "PRP$" for k in tree.children(token, "nmod:poss")):
        return True
    return any(tree.words[k] in SPECIFIC for k in tree.children(token, "det", "det:predet"))


def _actor_of(tree: Tree, token: int, ontology: Ontology) -> Nominal | None:
    """Who acts in "a rebel attack", "the government offensive", "the rebel-held town"."""
    if tree.tags[token] != "NN" or tree.lemmas[token] not in ontology.words("acting-noun"):
        return None
    hyphened = tree.words[token + 1 : token + 2] == ("-",) and tree.words[token + 2] in ontology.compound_frames
    if not (hyphened or _acts(tree, token, ontology)):
        return None
    kind = EntityType.GROUP if tree.lemmas[token] in ontology.person_nouns else EntityType.ORGANISATION
    definite = any(tree.words[k] == "the" for k in tree.children(tree.heads[token], "det"))
    return Nominal(token, token, token + 1, token + 1, kind, False, definite and kind is EntityType.ORGANISATION)


def _acts(tree: Tree, token: int, ontology: Ontology) -> bool:
    """Whether a noun is the first word before the noun of an act."""
    act = tree.heads[token]
    if token and tree.label(token - 1) in ("compound", "amod"):
        return False
    near = act == token + 1 or tree.label(token + 1) in ("compound", "amod")
    return near and tree.lemmas[act] in ontology.noun_frames and tree.tags[act] in ("NN", "NNS")


def _kind(tree: Tree, token: int, ontology: Ontology) -> EntityType | None:
    lemma, plural = tree.lemmas[token], tree.tags[token] in PLURAL_TAGS
    if plural and tree.doc[token].ent_type_ == "NORP":  # "168 Liberians"
        return EntityType.GROUP
    if lemma in ontology.person_nouns:
        return EntityType.GROUP if plural else EntityType.PERSON
    if lemma in ontology.words("group-noun"):
        return EntityType.GROUP if _counts_people(tree, token, ontology) else None
    return _listed_kind(tree, token, ontology)


def _listed_kind(tree: Tree, token: int, ontology: Ontology) -> EntityType | None:
    """The type of the first list of KINDS that has the noun."""
    for name, one, many, as_written in KINDS:
        spelled = {tree.lemmas[token], tree.words[token]} if as_written else {tree.lemmas[token]}
        if ontology.words(name) & spelled:
            return many if tree.tags[token] in PLURAL_TAGS else one
    return None


def _full_ends(tree: Tree, token: int, end: int) -> tuple[int, ...]:
    """Ends of "a campaign for a new flag in Chad", "firms working in Chad", as far as they run on without a break."""
    found = []
    for left_out in ({"acl"}, set[str]()):
        without = frozenset({"acl:relcl", "appos", "conj", "cc", "parataxis", "punct", "obl:unmarked", *left_out})
        inside = [t for t in tree.subtree(token, without) if t >= token]
        if inside == list(range(token, inside[-1] + 1)) and end < inside[-1] + 1 <= token + LONGEST_LABEL:
            found.append(inside[-1] + 1)
    return tuple(found)


def _counts_people(tree: Tree, token: int, ontology: Ontology) -> bool:
    """Not "millions of dollars"."""
    counted = [k for k in tree.children(token, "nmod") if k > token and tree.preposition(k) == "of"]
    things = [k for k in counted if tree.tags[k] in ("NN", "NNS") and _kind(tree, k, ontology) is None]
    return not (things and tree.lemmas[token] in ontology.words("quantity-noun"))


def _start(tree: Tree, token: int, dates: frozenset[str]) -> int:
    """The first token of the label; "Tuesday's" is no part of it."""
    firsts = [_first(tree, child) for child in tree.children(token, *PREMODIFIERS) if child < token
              and tree.tags[child] not in ("PRP$", "DT") and tree.words[child] not in dates | VAGUE]  # fmt: skip
    start = max(min([token, *firsts]), token - LONGEST_LABEL)
    breaks = [t for t in range(start, token) if _breaks_off(tree, t)]
    start = breaks[-1] + 1 if breaks else start
    while start < token and _is_no_beginning(tree, start):
        start += 1
    return start


def _first(tree: Tree, modifier: int) -> int:
    """The first token of a modifier's own phrase."""
    inside = (t for t in tree.subtree(modifier) if tree.label(t) not in ("punct", "det", "case"))
    return min(next(inside, modifier), modifier)


def _breaks_off(tree: Tree, token: int) -> bool:
    return tree.tags[token] in NO_LABEL or tree.words[token] in (",", ";", ":")


def _is_no_beginning(tree: Tree, token: int) -> bool:
    return tree.label(token) in ("det", "punct", "cc") or tree.tags[token] in ("PRP$", "DT", "POS")


def _end(tree: Tree, token: int, start: int) -> int:
    """Where the label ends, with the of-phrases that follow at once."""
    end = token + 1
    for child in tree.children(token, "nmod"):
        if child > token and tree.preposition(child) == "of":
            inside = tree.subtree(child, without=BEHIND)
            at_once = inside[0] == end and inside == list(range(inside[0], inside[-1] + 1))
            if at_once and inside[-1] - start < LONGEST_LABEL:
                end = inside[-1] + 1
    return end
