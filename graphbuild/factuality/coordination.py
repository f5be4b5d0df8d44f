"""What coordinated clauses share: auxiliaries, negation, a condition; and alternatives, which assert neither."""

from __future__ import annotations

from graphbuild.factuality.context import Context
from graphbuild.factuality.marks import is_only
from graphbuild.factuality.record import Factuality
from graphbuild.factuality.tenses import tense
from graphbuild.function_words import LEFT_OPEN
from graphbuild.model import Certainty


def alternative(context: Context, child: int, head: int, factuality: Factuality) -> None:
    """ "met them rather than left", "met or called"."""
    tree = context.tree
    links = [tree.words[k : k + 2] for k in tree.children(child, "cc", "advmod")]
    if ("rather", "than") in links or ("instead", "of") in links:
        factuality.negate("rather than")
    if any(tree.words[k] == "or" for k in tree.children(child, "cc")) and tree.is_verb(head):
        factuality.doubt(Certainty.POSSIBLE, "or")


def shared(context: Context, child: int, head: int, factuality: Factuality) -> None:
    """Read what a conjunct takes from the first one."""
    _auxiliaries(context, child, head, factuality)
    _condition(context, child, head, factuality)


def _auxiliaries(context: Context, child: int, head: int, factuality: Factuality) -> None:
    """ "will meet and sign", "did not attack or invade": the first one's auxiliaries hold for a bare second."""
    tree = context.tree
    if tree.children(child, "nsubj", "aux", "cop") or tree.tags[child] in ("VBD", "VBZ"):
        return
    for negation in tree.children(head, "advmod"):
        if tree.words[negation] in context.words("negative") and not is_only(context, negation):
            _share_negation(context, negation, child, head, factuality)
    above = Factuality()
    if tree.is_verb(head):
        tense(context, head, above)
    if above.tense is not None:
        factuality.tense = above.tense
    factuality.doubt(above.certainty, "shared auxiliary")


def _share_negation(context: Context, negation: int, child: int, head: int, factuality: Factuality) -> None:
    """Whether a negation of the first verb holds for the second; "nor" negates for itself."""
    tree = context.tree
    links = {tree.words[k] for k in tree.children(child, "cc")}
    bare = tree.tags[child] == "VB" and bool(tree.children(head, "aux")) and "but" not in links
    if "nor" not in links and ("or" in links or bare):
        factuality.negate(tree.words[negation])


def _condition(context: Context, child: int, head: int, factuality: Factuality) -> None:
    """ "if A meets B and B agrees": the subordinator holds for both."""
    tree = context.tree
    marks = [k for k in tree.children(head, "mark") if tree.words[k] in LEFT_OPEN]
    if marks and not tree.children(child, "mark"):
        factuality.doubt(Certainty.POSSIBLE, tree.words[marks[0]])
