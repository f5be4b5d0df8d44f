"""What the ontology has no relation for: open relations, named by their verb."""

from __future__ import annotations

from graphbuild.function_words import CIRCUMSTANCE
from graphbuild.ontology import Relation
from graphbuild.relate.linking import ArgumentLinker, Linked
from graphbuild.relate.verb_candidates import Match
from graphbuild.syntax import Tree
from graphbuild.syntax.clauses import Predicate


def open_relation(tree: Tree, frame: Predicate, linker: ArgumentLinker) -> Linked | None:
    """What a verb without a frame of the ontology says between an actor and something named."""
    if frame.subject is None or not _is_telling(tree, frame, linker):
        return None
    subjects = linker.fitting((frame.subject,), ("Actor",))
    for preposition, noun in _targets(frame) if subjects else ():
        objects = tuple(key for key in linker.entities([noun]) if key not in subjects)
        if any(map(linker.is_named, objects)):
            name = open_name(tree, frame, preposition)
            match = Match(name, "open", "open", frame.head, frame.head, (frame.subject,), (noun,))
            return Linked(match, Relation(name, name), subjects, objects)
    return None


def _targets(frame: Predicate) -> list[tuple[str, int]]:
    """The object, and what stands behind prepositions that do not tell when, where or how."""
    direct = [("", frame.object)] if frame.object is not None else []
    return direct + [(p, noun) for p, noun in frame.obliques if p and " " not in p and p not in CIRCUMSTANCE]


def _is_telling(tree: Tree, frame: Predicate, linker: ArgumentLinker) -> bool:
    """Whether a verb says more than that somebody spoke, managed, or won a match."""
    lemma, ontology = frame.lemma.partition("_")[0], linker.ontology
    if frame.copular or not lemma.isalpha() or lemma in ontology.words("reporting") | ontology.words("implicative"):
        return False
    predicated = tree.children(frame.head, "xcomp")  # "called it a success": what is said of the object is the point
    return not predicated and not linker.is_played(frame.head)


def open_name(tree: Tree, frame: Predicate, preposition: str) -> str:
    """The id of an open relation: ``open-visit``, ``open-send-troops-to`` where the direct object is no entity."""
    passed = [tree.words[frame.object]] if preposition and frame.object is not None else []
    words = ["open", *frame.lemma.split("_"), *passed, *preposition.split()]
    return "-".join(word for word in words if word.isalpha())
