"""Trees in spaCy's CLEAR labels, as the ``en_core_web`` pipelines give them, rewritten into Universal Dependencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphbuild.syntax.tree import Tree

CLEAR_ONLY = frozenset({"nsubjpass", "dobj", "pobj", "prep", "attr", "acomp", "auxpass", "relcl", "poss", "prt"})
CLEAR_TO_UD = {
    "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "dobj": "obj", "dative": "iobj", "auxpass": "aux:pass",
    "poss": "nmod:poss", "relcl": "acl:relcl", "prt": "compound:prt", "neg": "advmod", "oprd": "xcomp",
    "npadvmod": "obl:unmarked", "quantmod": "advmod", "predet": "det:predet", "preconj": "cc:preconj", "ROOT": "root",
    "acomp": "xcomp", "attr": "xcomp", "intj": "discourse", "nounmod": "nmod", "meta": "dep",
}  # fmt: skip


def is_clear(labels: list[str]) -> bool:
    """Whether labels are of the CLEAR scheme."""
    return not CLEAR_ONLY.isdisjoint(labels)


def to_ud(tree: Tree) -> None:
    """Rewrite CLEAR heads and labels into UD ones, in place."""
    heads, labels = tree.heads, tree.labels
    for i, label in enumerate(labels):
        if label in ("pobj", "pcomp"):
            _lift_object_of_preposition(tree, i)
    for i, label in enumerate(labels):
        if label in ("attr", "acomp") and tree.lemmas[heads[i]] == "be" and labels[heads[i]] not in ("cop",):
            _lift_predicate(tree, i)
    for i, label in enumerate(labels):
        if label in ("prep", "agent"):
            labels[i] = "case" if any(h == i for h in heads) else "advmod"
        else:
            labels[i] = CLEAR_TO_UD.get(label, label)
        if labels[i] == "appos" or label == "case":
            continue
    for i, label in enumerate(labels):
        if label == "case" and tree.words[i] not in ("'s", "'", "’s", "’") and heads[heads[i]] == i:
            labels[i] = "advmod"  # a preposition that lost its noun


def _lift_object_of_preposition(tree: Tree, noun: int) -> None:
    heads, labels = tree.heads, tree.labels
    preposition = heads[noun]
    if labels[preposition] not in ("prep", "agent", "dative", "case"):
        labels[noun] = "obl"
        return
    governor = heads[preposition]
    while labels[governor] in ("prep",) and governor != heads[governor]:  # "out of the country"
        governor = heads[governor]
    clause = labels[noun] == "pcomp"
    by = labels[preposition] == "agent"
    heads[noun] = governor
    if clause:
        labels[noun] = "advcl" if tree.is_verb(governor) else "acl"
    elif tree.is_verb(governor) or tree.pos[governor] in ("ADJ", "AUX", "ADV"):
        labels[noun] = "obl:agent" if by else "obl"
    else:
        labels[noun] = "nmod"
    heads[preposition], labels[preposition] = noun, "mark" if clause else "case"


def _lift_predicate(tree: Tree, predicate: int) -> None:
    heads, labels = tree.heads, tree.labels
    be = heads[predicate]
    root = heads[be] == be
    heads[predicate], labels[predicate] = (predicate if root else heads[be]), labels[be]
    for i, head in enumerate(heads):
        if head == be and i not in (be, predicate):
            heads[i] = predicate
    heads[be], labels[be] = predicate, "cop"
