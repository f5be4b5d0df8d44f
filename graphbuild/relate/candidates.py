"""What a verb or noun may say: the frames of the ontology first, then the senses of its word."""

from __future__ import annotations

from collections.abc import Iterator

from graphbuild.ontology import Ontology
from graphbuild.relate import noun_candidates, verb_candidates
from graphbuild.relate.sense_candidates import verb_senses
from graphbuild.relate.sense_nouns import noun_senses
from graphbuild.relate.verb_candidates import Match
from graphbuild.syntax import Tree
from graphbuild.syntax.clauses import Predicate


def verb_matches(tree: Tree, frame: Predicate, ontology: Ontology) -> Iterator[Match]:
    """Every frame and every sense that fits a predicate."""
    yield from verb_candidates.verb_matches(tree, frame, ontology)
    yield from verb_senses(tree, frame, ontology)


def noun_matches(
    tree: Tree, noun: int, ontology: Ontology, light: frozenset[str], agentless: bool = False
) -> Iterator[Match]:
    """Every frame and every sense that fits a noun; ``agentless``: also those whose subject is not named."""
    yield from noun_candidates.noun_matches(tree, noun, ontology, light, agentless)
    yield from noun_senses(tree, noun, ontology, light, agentless)
