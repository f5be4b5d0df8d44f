"""Trees in spaCy's CLEAR labels, as the ``en_core_web`` pipelines give them, rewritten into Universal Dependencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graphbuild.syntax.columns import Columns

CLEAR_ONLY = frozenset({"nsubjpass", "dobj", "pobj", "prep", "attr", "acomp", "auxpass", "relcl", "poss", "prt"})
CLEAR_TO_UD = {
    "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "dobj": "obj", "dative": "iobj", "auxpass": "aux:pass",
    "poss": "nmod:poss", "relcl": "acl:relcl", "prt": "compound:prt", "neg": "advmod", "oprd": "xcomp",
    "npadvmod": "obl:unmarked", "quantmod": "advmod", "predet": "det:predet", "preconj": "cc:preconj", "ROOT": "root",
    "acomp": "xcomp", "attr": "xcomp", "intj": "discourse", "nounmod": "nmod", "meta": "dep",
}  # fmt: skip
PREPOSITIONS = ("prep", "agent")
OVER_NOUN = (*PREPOSITIONS, "dative", "case")  # labels of what a noun may hang on as its preposition
POSSESSIVE = ("'s", "'", "’s", "’")


def is_clear(labels: Sequence[str]) -> bool:
    """Whether labels are of the CLEAR scheme."""
    return not CLEAR_ONLY.isdisjoint(labels)


def to_ud(columns: Columns) -> Columns:
    """The same tree with the heads and labels of UD."""
    found = _Rewriting(columns)
    for token, label in enumerate(columns.labels):
        if label in ("pobj", "pcomp"):
            found.lift_object_of_preposition(token)
    for token, label in enumerate(found.labels):
        if label in ("attr", "acomp") and found.is_predicate(token):
            found.lift_predicate(token)
    found.rename()
    return replace(columns, heads=tuple(found.heads), labels=tuple(found.labels))


class _Rewriting:
    """Heads and labels on the way from one scheme to the other."""

    def __init__(self, columns: Columns) -> None:
        self.columns, self.heads, self.labels = columns, list(columns.heads), list(columns.labels)

    def lift_object_of_preposition(self, noun: int) -> None:
        """Hang "the talks" of "met after the talks" on the verb, and the preposition on "talks"."""
        heads, labels = self.heads, self.labels
        preposition = heads[noun]
        if labels[preposition] not in OVER_NOUN:
            labels[noun] = "obl"
            return
        governor = heads[preposition]
        while labels[governor] == "prep" and governor != heads[governor]:  # "out of the country"
            governor = heads[governor]
        heads[noun] = governor
        clause = labels[noun] == "pcomp"
        labels[noun] = self._clause(governor) if clause else self._phrase(governor, labels[preposition] == "agent")
        heads[preposition], labels[preposition] = noun, "mark" if clause else "case"

    def _clause(self, governor: int) -> str:
        return "advcl" if self.columns.is_verb(governor) else "acl"

    def _phrase(self, governor: int, by: bool) -> str:
        if self.columns.is_verb(governor) or self.columns.pos[governor] in ("ADJ", "AUX", "ADV"):
            return "obl:agent" if by else "obl"
        return "nmod"

    def is_predicate(self, token: int) -> bool:
        """Whether "be" over an adjective or noun is its copula."""
        be = self.heads[token]
        return self.columns.lemmas[be] == "be" and self.labels[be] != "cop"

    def lift_predicate(self, predicate: int) -> None:
        """Make the predicate the head of "be"."""
        heads, labels = self.heads, self.labels
        be = heads[predicate]
        root = heads[be] == be
        heads[predicate], labels[predicate] = (predicate if root else heads[be]), labels[be]
        for child, head in enumerate(heads):
            if head == be and child not in (be, predicate):
                heads[child] = predicate
        heads[be], labels[be] = predicate, "cop"

    def rename(self) -> None:
        """Give the labels that have another name in UD that name; a preposition that lost its noun is an adverb."""
        heads, labels = self.heads, self.labels
        with_children = set(heads)
        for token, label in enumerate(labels):
            if label in PREPOSITIONS:
                labels[token] = "case" if token in with_children else "advmod"
            else:
                labels[token] = CLEAR_TO_UD.get(label, label)
        for token, label in enumerate(labels):
            lost = label == "case" and heads[heads[token]] == token
            if lost and self.columns.words[token] not in POSSESSIVE:
                labels[token] = "advmod"
