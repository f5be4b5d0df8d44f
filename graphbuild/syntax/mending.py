"""What parsers get wrong, mended: few rules, kept because they break no tree that nobody has looked at.

Measured on the 71,000 gold words of UD PUD and EWT: of eighteen rules these mend trees or leave them as they are.
"""

from __future__ import annotations

from dataclasses import replace

from graphbuild.syntax.columns import Columns

NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
Heads = list[int]
Labels = list[str]


def mend(columns: Columns) -> Columns:
    """The columns with heads and labels mended."""
    heads, labels = list(columns.heads), list(columns.labels)
    for rule in (_particle_gerunds, _demonym_conjuncts, _double_objects, _face_to_face):
        rule(columns, heads, labels)
    same = labels == list(columns.labels) and heads == list(columns.heads)
    return columns if same else replace(columns, heads=tuple(heads), labels=tuple(labels))


def _particle_gerunds(columns: Columns, heads: Heads, labels: Labels) -> None:
    """Mend "ruled out [hosting the talks]": a gerund right behind the particle of its verb is its object."""
    for token in range(1, len(labels)):
        follows = labels[token - 1] == "compound:prt" and heads[token - 1] == heads[token]
        if follows and labels[token] == "advcl" and columns.tags[token] == "VBG":
            labels[token] = "xcomp"


def _demonym_conjuncts(columns: Columns, heads: Heads, labels: Labels) -> None:
    """Mend "[Peru's president and European] leaders": a noun is not coordinated with the demonym of a later noun.

    The first noun takes the place of the later one, which becomes its conjunct.
    """
    for demonym in _joined_demonyms(columns, labels):
        noun = heads[demonym]
        later = heads[noun]
        if labels[noun] not in ("compound", "amod", "nmod:desc") or not noun < demonym < later:
            continue
        heads[noun], labels[noun] = (noun if heads[later] == later else heads[later]), labels[later]
        for token, head in enumerate(heads):
            if head == later and token < noun:
                heads[token] = noun
            elif head == demonym and labels[token] == "cc":
                heads[token] = later
        heads[later], labels[later] = noun, "conj"
        heads[demonym], labels[demonym] = later, "amod"


def _double_objects(columns: Columns, heads: Heads, labels: Labels) -> None:
    """Mend "hosted [Peru's president and European] [leaders]", read as two objects: they are conjuncts."""
    for demonym in _joined_demonyms(columns, labels):
        noun, later = heads[demonym], demonym + 1
        alike = later < len(heads) and heads[later] == heads[noun] != noun and labels[later] == labels[noun]
        if alike and noun < demonym and {columns.tags[noun], columns.tags[later]} <= NOUN_TAGS:
            heads[:] = [noun if head == later and token < noun else head for token, head in enumerate(heads)]
            heads[later], labels[later] = noun, "conj"
            heads[demonym], labels[demonym] = later, "amod"


def _joined_demonyms(columns: Columns, labels: Labels) -> list[int]:
    """Demonyms that the parser coordinated with something: "European" of "president and European leaders"."""
    return [
        t for t, label in enumerate(labels)
        if label == "conj" and columns.tags[t] == "JJ" and columns.names[t] == "NORP"
    ]  # fmt: skip


def _face_to_face(columns: Columns, heads: Heads, labels: Labels) -> None:
    """Mend "agreed [to face]-to-face talks": a word hyphened to itself is no infinitive."""
    words = columns.words
    for token in range(len(words) - 5):
        hyphened = words[token + 1 : token + 4] == ("-", "to", "-") and words[token + 4] == words[token]
        noun = next((t for t in range(token + 5, len(words)) if heads[t] == token and labels[t] == "obj"), None)
        if not hyphened or noun is None or columns.tags[token] != "VB":
            continue
        for child, head in enumerate(heads):
            if head == token and child != noun and labels[child] in ("mark", "obl", "advmod"):
                heads[child], labels[child] = noun, {"mark": "case", "obl": "nmod"}.get(labels[child], labels[child])
        heads[noun], labels[noun] = heads[token], "obl"
        heads[token], labels[token] = noun, "compound"
