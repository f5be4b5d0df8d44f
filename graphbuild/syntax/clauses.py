"""Doc → predicate–argument frames: who does what to whom by syntax alone, before any meaning is looked up.

A ``Predicate`` names logical roles: a passive's subject is the object, a relative pronoun is its antecedent, a
participle or infinitive has the subject that controls it. Sources: the UD guidelines
for labels; Del Corro & Gemulla 2013 (ClausIE) for the inventory of clause types.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graphbuild.syntax import Tree, arguments
from graphbuild.syntax.arguments import Phrases, antecedent
from graphbuild.syntax.subjects import surface_subject


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verbal or copular predicate with its arguments as token indices (roots of phrases).

    ``lemma`` joins a particle with ``_``. ``surface`` is the grammatical subject, ``subject`` the logical one;
    ``fallback`` is a second candidate where an infinitive may be controlled by subject or object. ``obliques`` and
    ``gerunds`` pair a preposition ("" for a bare gerund) with its noun or verb.
    """

    head: int
    lemma: str
    construction: str
    surface: int | None
    subject: int | None
    object: int | None
    indirect: int | None
    obliques: Phrases
    gerunds: Phrases
    infinitive: int | None
    finite: int | None
    fallback: int | None = None
    copular: bool = False


def frames(tree: Tree, subject_control: frozenset[str] = frozenset()) -> Iterator[Predicate]:
    """All verbal and copular frames of a document, in the order of their heads.

    ``subject_control`` are the verbs whose infinitive keeps their subject in spite of an object ("promise").
    """
    for token in range(len(tree)):
        label = tree.label(token)
        if label in ("aux", "cop", "case", "fixed", "flat"):
            continue
        if tree.is_verb(token) and not (
            label in ("compound", "amod") and not tree.children(token, "obl", "advmod", "xcomp")
        ):
            yield _frame(tree, token, subject_control, copular=False)
        elif tree.copula(token) is not None or _is_bare_predicate(tree, token):
            yield _frame(tree, token, subject_control, copular=True)


def _is_bare_predicate(tree: Tree, token: int) -> bool:
    """An adjective that heads a clause without "be": "a firm close to", "ready to", "is seen as likely to"."""
    return (
        tree.pos[token] == "ADJ"
        and tree.label(token) in ("acl", "xcomp", "conj", "advcl", "root", "amod")
        and bool(tree.children(token, "obl", "xcomp", "ccomp", "advcl"))
    )


def _frame(tree: Tree, head: int, subject_control: frozenset[str], copular: bool) -> Predicate:
    surface, construction, fallback = surface_subject(tree, head, subject_control)
    direct, indirect = arguments.objects(tree, head)
    particle = tree.particle(head)
    lemma = tree.lemmas[head] + (f"_{particle}" if particle else "")
    found = Predicate(
        head, lemma, construction, surface, surface, direct, indirect, arguments.obliques(tree, head),
        arguments.gerunds(tree, head), arguments.infinitive(tree, head), arguments.that_clause(tree, head),
        fallback, copular,
    )  # fmt: skip
    if not copular:
        found = _passive(tree, found) if tree.is_passive(head) else _active(tree, found)
    return replace(found, object=antecedent(tree, found.object), indirect=antecedent(tree, found.indirect))


def _passive(tree: Tree, found: Predicate) -> Predicate:
    """The logical roles of a passive: whoever "by" names acts, on the grammatical subject."""
    agents = [noun for preposition, noun in found.obliques if preposition == "by" and arguments.is_agent(tree, noun)]
    others = tuple(pair for pair in found.obliques if pair[1] not in agents)
    direct = found.object is None  # "was given a medal": the grammatical subject may be the indirect object
    return replace(
        found,
        construction="passive" if found.construction == "active" else found.construction,
        subject=_agent(tree, found.head, agents),
        obliques=others,
        object=found.surface if direct else found.object,
        indirect=found.indirect if direct else found.surface,
        fallback=None,
    )


def _agent(tree: Tree, verb: int, by: list[int]) -> int | None:
    """Of what "by" marks the agent: not the number in "defeated by 90 votes by Ana Ruiz"."""
    if not by:
        return arguments.shared_agent(tree, verb)
    inner = [k for noun in by for k in tree.children(noun, "nmod") if tree.preposition(k) == "by"]
    return min([*by, *inner], key=lambda noun: bool(tree.children(noun, "nummod")))


def _active(tree: Tree, found: Predicate) -> Predicate:
    """The object may stand with a coordinated verb, or be what a relative clause tells of."""
    shared = arguments.shared_object(tree, found.head, found.object, found.obliques)
    if shared is None and _tells_of_object(tree, found):
        return replace(found, object=tree.heads[found.head], construction="relative")
    return replace(found, object=shared)


def _tells_of_object(tree: Tree, found: Predicate) -> bool:
    """ "the bill they passed"."""
    relative = tree.labels[found.head] == "acl:relcl" and found.surface != tree.heads[found.head]
    return relative and not arguments.relativizer_used(tree, found.head)
