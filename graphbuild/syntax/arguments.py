"""The phrases around a predicate: its objects, its prepositional phrases, gerunds, infinitives and that-clauses."""

from __future__ import annotations

from collections.abc import Iterator

from graphbuild.function_words import DIRECTIONS
from graphbuild.syntax import Tree

RELATIVE_TAGS = frozenset({"WDT", "WP"})
RELATIVE_CLAUSES = ("acl:relcl", "advcl:relcl")
WITHOUT_PREPOSITION = frozenset({
    "nmod:poss", "nmod:unmarked", "obl:unmarked", "nmod:tmod", "obl:tmod", "nmod:npmod", "obl:npmod",
})  # fmt: skip
BETWEEN_VERBS = frozenset({"cc", "advmod", "punct", "aux"})  # what may stand between verbs that share an object

Phrases = tuple[tuple[str, int], ...]  # a preposition, "" if there is none, and the root of what it marks


def antecedent(tree: Tree, token: int | None) -> int | None:
    """A relative pronoun's antecedent by syntax; any other token itself."""
    if token is None or tree.tags[token] not in RELATIVE_TAGS:
        return token
    for above in tree.ancestors(token):
        if tree.labels[above] in RELATIVE_CLAUSES:
            return tree.heads[above]
    return token


def relativizer_used(tree: Tree, verb: int) -> bool:
    """Whether a relative clause has its own word for what it is about: "who", "where"."""
    return any(
        tree.tags[k] in ("WDT", "WP", "WP$", "WRB")
        for k in tree.subtree(verb, frozenset({"acl", "ccomp", "advcl"}))
        if k != verb
    )


def objects(tree: Tree, verb: int) -> tuple[int | None, int | None]:
    """The direct and the indirect object."""
    found, indirect = tree.children(verb, "obj"), tree.child(verb, "iobj")
    direct = found[0] if found else None
    if indirect is None and len(found) > 1:  # "awarded Ana a medal", read as two direct objects
        return found[1], found[0]
    if direct is None and indirect is not None:
        direct, indirect = indirect, None
    return direct, indirect


def shared_object(tree: Tree, verb: int, obj: int | None, phrases: Phrases) -> int | None:
    """ "met and praised the envoy": the object stands with the last of coordinated verbs that follow each other."""
    if obj is not None or phrases:
        return obj
    if tree.labels[verb] == "conj" and tree.is_verb(tree.heads[verb]):  # "signed and ratified the accord"
        shared = objects(tree, tree.heads[verb])[0]
        if shared is not None and shared > verb:
            return shared
    follower = next((child for child in tree.children(verb, "conj") if _follows_closely(tree, verb, child)), None)
    return None if follower is None else objects(tree, follower)[0]


def _follows_closely(tree: Tree, verb: int, conjunct: int) -> bool:
    between = range(verb + 1, conjunct)
    return all(tree.label(t) in BETWEEN_VERBS for t in between) and not tree.children(conjunct, "nsubj")


def shared_agent(tree: Tree, verb: int) -> int | None:
    """ "was arrested and charged by the police": the agent stands with the last of coordinated passives."""
    near = [k for k in tree.children(verb, "conj") if k - verb <= 4]
    if tree.labels[verb] == "conj" and tree.is_verb(tree.heads[verb]):
        near.append(tree.heads[verb])
    behind = ((k, other) for other in near for k in tree.children(other, "obl") if k > max(verb, other))
    return next((k for k, other in behind if _is_agent_of(tree, k, other)), None)


def _is_agent_of(tree: Tree, noun: int, verb: int) -> bool:
    return tree.preposition(noun) == "by" and tree.is_passive(verb) and is_agent(tree, noun)


def is_agent(tree: Tree, noun: int) -> bool:
    """A by-phrase that is no date, means or gerund."""
    return tree.labels[noun] == "obl:agent" or tree.pos[noun] in ("PROPN", "NOUN", "PRON")


def obliques(tree: Tree, head: int) -> Phrases:
    """The nouns behind prepositions, those behind an adverb of direction too: "back to Chad"."""
    return tuple(pair for noun in _oblique_nouns(tree, head) for pair in _distributed(tree, noun))


def _oblique_nouns(tree: Tree, head: int) -> list[int]:
    directions = [k for k in tree.children(head, "advmod") if k > head and tree.words[k] in DIRECTIONS]
    nouns = [*tree.children(head, "obl", "nmod"), *(n for k in directions for n in tree.children(k, "obl"))]
    return [noun for noun in nouns if tree.labels[noun] not in WITHOUT_PREPOSITION]


def _distributed(tree: Tree, noun: int) -> Iterator[tuple[str, int]]:
    """A noun with its preposition, and each conjunct that has one of its own: "from Bonn and to Kyiv"."""
    shared = tree.preposition(noun)
    for conjunct in tree.conjuncts(noun):
        own = tree.preposition(conjunct)
        if conjunct == noun:
            meant = antecedent(tree, noun)
            yield shared, noun if meant is None else meant
        elif own not in ("", shared):
            yield own, conjunct


def gerunds(tree: Tree, verb: int) -> Phrases:
    """ "of leaving", "having left": gerunds that complete a verb, with their prepositions."""
    found = []
    for child in tree.children(verb, "xcomp", "advcl", "ccomp", "obj", "obl"):
        if tree.tags[child] == "VBG" or any(tree.words[k] == "having" for k in tree.children(child, "aux")):
            preposition = tree.preposition(child)
            if preposition or tree.label(child) != "advcl":
                found.append((preposition, child))
    return tuple(found)


def infinitive(tree: Tree, verb: int) -> int | None:
    """The to-infinitive that completes a verb."""
    for child in tree.children(verb, "xcomp", "advcl", "ccomp"):
        if tree.label(child) == "ccomp" and tree.children(child, "nsubj"):
            continue  # "Berlin has yet to respond, he told them": said, not asked for
        if is_infinitive(tree, child) and (tree.label(child) != "advcl" or not tree.children(verb, "xcomp")):
            return child
    return None


def is_infinitive(tree: Tree, verb: int) -> bool:
    """A to-infinitive, passive ("to be hosted") and copular ones included; also "gon na", "got ta"."""
    marks = tree.children(verb, "mark", "aux")
    return any(tree.tags[k] == "TO" and tree.words[k] in ("to", "na", "ta") for k in marks)


def that_clause(tree: Tree, verb: int) -> int | None:
    """The finite clause that completes a verb and is no question."""
    for child in tree.children(verb, "ccomp"):
        asked = any(tree.words[k] in ("whether", "if") for k in tree.children(child, "mark"))
        if tree.tags[child] != "VBG" and not is_infinitive(tree, child) and not asked:
            return child
    return None
