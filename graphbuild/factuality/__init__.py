"""Polarity, certainty, tense and source of a clause, read off the parse, and the status that follows from them.

The analyser walks from a predicate up to the root of its sentence: each step may negate, doubt, postpone or credit the
clause (after Saurí & Pustejovsky 2012, De Facto). The nearest source wins. All words come from ``factuality.ttl``.

``record`` is what is known of a clause, ``context`` what the rules look at. The rules stand in the order of the way
up: ``marks`` and ``tenses`` of the verb itself; ``coordination``, ``governors`` and ``adverbials`` above it;
``attribution`` at every step. ``clauses`` walks; ``nouns`` reads events and roles that have no verb.
"""

from __future__ import annotations

from collections.abc import Sequence

from graphbuild.factuality.clauses import clause, content
from graphbuild.factuality.context import Context
from graphbuild.factuality.direct_speech import Quotation
from graphbuild.factuality.nouns import nominal, role
from graphbuild.factuality.record import Factuality, status
from graphbuild.ontology import Ontology
from graphbuild.syntax import Tree

__all__ = ["Factuality", "FactualityAnalyser", "status"]


class FactualityAnalyser:
    """Reads the factuality of clauses, event nouns and roles of one document."""

    def __init__(self, tree: Tree, ontology: Ontology, quotations: Sequence[Quotation]) -> None:
        self._context = Context(tree, ontology, tuple(quotations))

    def clause(self, verb: int) -> Factuality:
        """The factuality of the clause headed by ``verb`` (a verb, or a predicate noun or adjective with a copula)."""
        return clause(self._context, verb)

    def nominal(self, noun: int, standing: bool) -> Factuality:
        """The factuality of an event noun ("the attack on X") in its clause."""
        return nominal(self._context, noun, standing)

    def role(self, noun: int, construction: str) -> Factuality:
        """The factuality of a role: a title is presupposed, "X is the head of Y" is as true as its clause."""
        return role(self._context, noun, construction)

    def content(self, token: int, ahead: bool) -> Factuality:
        """The factuality of what an operator is about; ``ahead``: what it is about has not happened yet."""
        return content(self._context, token, ahead)

    def lies_ahead(self, operator: int) -> bool:
        """Whether what an operator is about has not happened yet: "offered", "plan", but not "accused of"."""
        return self._context.lies_ahead(operator)
