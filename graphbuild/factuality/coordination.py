"""What coordinated clauses share: auxiliaries, negation, a condition; and alternatives, which assert neither."""

from __future__ import annotations

from graphbuild.factuality.context import Context
from graphbuild.factuality.marks import is_only
from graphbuild.factuality.reading import Reading
from graphbuild.factuality.tenses import tense
from graphbuild.model import Certainty


def alternative(context: Context, child: int, head: int, reading: Reading) -> None:
    """ "met them rather than left", "met or called"."""
    tree = context.tree
    links = [tree.words[k : k + 2] for k in tree.kids(child, "cc", "advmod")]
    if ["rather", "than"] in links or ["instead", "of"] in links:
        reading.negate("rather than")
    if any(tree.words[k] == "or" for k in tree.kids(child, "cc")) and tree.is_verb(head):
        reading.doubt(Certainty.POSSIBLE, "or")


def shared(context: Context, child: int, head: int, reading: Reading) -> None:
    """Read what a conjunct takes from the first one."""
    _auxiliaries(context, child, head, reading)
    _condition(context, child, head, reading)


def _auxiliaries(context: Context, child: int, head: int, reading: Reading) -> None:
    """ "will meet and sign", "did not attack or invade": the first one's auxiliaries hold for a bare second."""
    tree = context.tree
    if tree.kids(child, "nsubj", "aux", "cop") or tree.tags[child] in ("VBD", "VBZ"):
        return
    for kid in tree.kids(head, "advmod"):
        if tree.words[kid] in context.words("negative") and not is_only(context, kid):
            links = {tree.words[k] for k in tree.kids(child, "cc")}
            bare = tree.tags[child] == "VB" and bool(tree.kids(head, "aux")) and "but" not in links
            if "nor" not in links and ("or" in links or bare):  # "nor" negates for itself
                reading.negate(tree.words[kid])
    above = Reading()
    if tree.is_verb(head):
        tense(context, head, above)
    if above.tense is not None:
        reading.tense = above.tense
    reading.doubt(above.certainty, "shared auxiliary")


def _condition(context: Context, child: int, head: int, reading: Reading) -> None:
    """ "if A meets B and B agrees": the subordinator holds for both."""
    tree = context.tree
    marks = [k for k in tree.kids(head, "mark") if tree.words[k] in ("if", "unless", "whether", "lest")]
    if marks and not tree.kids(child, "mark"):
        reading.doubt(Certainty.POSSIBLE, tree.words[marks[0]])
