"""Nouns that stand for things without a name: "European leaders", "the talks", "Ukraine's President", "a village"."""

from __future__ import annotations

from dataclasses import dataclass

from graphbuild.model import EntityType
from graphbuild.ontology import Ontology
from graphbuild.syntax import Tree

PREMODIFIERS = ("amod", "compound", "nummod", "nmod:poss", "nmod:unmarked", "nmod:desc", "flat", "advmod", "nmod")
LONGEST_LABEL = 12  # words
NO_LABEL = ("VB", "VBD", "VBZ", "VBP", "MD", "IN", "TO", "WDT", "WP")  # never in front of a noun in its label
PLURAL_TAGS = ("NNS", "NNPS")


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
    start, short_end, end = _extent(tree, token, ontology.words("calendar"))
    definite = any(
        tree.words[k] in ("the", "this", "that", "these", "those", "both", "such")
        for k in tree.children(token, "det", "det:predet")
    )
    definite |= any(tree.tags[k] == "PRP$" for k in tree.children(token, "nmod:poss"))
    return Nominal(
        token, start, end, short_end, kind, tree.tags[token] in PLURAL_TAGS, definite, _full_ends(tree, token, end)
    )


def _actor_of(tree: Tree, token: int, ontology: Ontology) -> Nominal | None:
    """Who acts in "a rebel attack", "the government offensive", "the rebel-held town"."""
    if tree.tags[token] != "NN" or tree.lemmas[token] not in ontology.words("acting-noun"):
        return None
    act = tree.heads[token]
    first = token == 0 or tree.label(token - 1) not in ("compound", "amod")
    near = act == token + 1 or tree.label(token + 1) in ("compound", "amod")
    acting = first and near and tree.lemmas[act] in ontology.noun_frames and tree.tags[act] in ("NN", "NNS")
    hyphened = tree.words[token + 1 : token + 2] == ["-"] and tree.words[token + 2] in ontology.compound_frames
    if not (acting or hyphened):
        return None
    kind = EntityType.GROUP if tree.lemmas[token] in ontology.person_nouns else EntityType.ORGANISATION
    definite = any(tree.words[k] == "the" for k in tree.children(act, "det"))
    return Nominal(token, token, token + 1, token + 1, kind, False, definite and kind is EntityType.ORGANISATION)


def _kind(tree: Tree, token: int, ontology: Ontology) -> EntityType | None:
    lemma, plural = tree.lemmas[token], tree.tags[token] in PLURAL_TAGS
    if plural and tree.doc[token].ent_type_ == "NORP":  # "168 Liberians"
        return EntityType.GROUP
    if lemma in ontology.person_nouns:
        return EntityType.GROUP if plural else EntityType.PERSON
    if lemma in ontology.words("group-noun"):
        return EntityType.GROUP if _counts_people(tree, token, ontology) else None
    if lemma in ontology.words("agreement"):
        return EntityType.AGREEMENT
    if lemma in ontology.words("event") or tree.words[token] in ontology.words("event"):
        return EntityType.EVENT
    if lemma in ontology.words("organisation-noun"):
        return EntityType.GROUP if plural else EntityType.ORGANISATION
    if lemma in ontology.words("state-noun"):
        return EntityType.GROUP if plural else EntityType.STATE
    if lemma in ontology.words("place-noun") or tree.words[token] in ontology.words("place-noun"):
        return EntityType.PLACE
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


def _extent(tree: Tree, token: int, dates: frozenset[str]) -> tuple[int, int, int]:
    """First token of the label, end without and with a following of-phrase; "Tuesday's" is no part of it."""
    start = token
    for child in tree.children(token, *PREMODIFIERS):
        if (
            child < token
            and tree.tags[child] not in ("PRP$", "DT")
            and tree.words[child] not in dates | {"other", "such"}
        ):
            start = min(
                start,
                *[t for t in tree.subtree(child) if t <= child and tree.label(t) not in ("punct", "det", "case")]
                or [child],
            )
    start = max(start, token - LONGEST_LABEL)
    breaks = [t for t in range(start, token) if tree.tags[t] in NO_LABEL or tree.words[t] in (",", ";", ":")]
    start = breaks[-1] + 1 if breaks else start
    while start < token and (tree.label(start) in ("det", "punct", "cc") or tree.tags[start] in ("PRP$", "DT", "POS")):
        start += 1
    end = token + 1
    for child in tree.children(token, "nmod"):
        if (
            child > token
            and tree.preposition(child) in ("of", "for", "from", "in", "to")
            and tree.preposition(child) == "of"
        ):
            inside = tree.subtree(
                child, without=frozenset({"acl:relcl", "acl", "appos", "conj", "cc", "parataxis", "punct"})
            )
            if (
                inside[0] == end
                and inside[-1] - start < LONGEST_LABEL
                and inside == list(range(inside[0], inside[-1] + 1))
            ):
                end = inside[-1] + 1
    return start, token + 1, end
