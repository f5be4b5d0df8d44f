"""One vocabulary over the dependency labels of Universal Dependencies and of spaCy's CLEAR scheme.

A ``Tree`` always speaks UD v2 (content words are heads, prepositions are ``case``), and what parsers often get wrong is
mended when it is made; no later stage knows the difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from graphbuild.function_words import EXCLUDING
from graphbuild.syntax.clear import POSSESSIVE, is_clear, to_ud
from graphbuild.syntax.columns import NOMINAL, VERB_TAGS, columns
from graphbuild.syntax.mending import mend

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Tree:
    """The dependency trees of a Doc as columns over token indices; immutable. Roots are their own heads."""

    __slots__ = ("_bases", "_children", "doc", "heads", "labels", "lemmas", "pos", "sentences", "tags", "words")

    def __init__(self, doc: Doc) -> None:
        read = columns(doc)
        found = mend(to_ud(read) if is_clear(read.labels) else read)
        self.doc: Final = doc
        self.words: Final = found.words
        self.lemmas: Final = found.lemmas
        self.tags: Final = found.tags
        self.pos: Final = found.pos
        self.heads: Final = found.heads
        self.labels: Final = found.labels
        self.sentences: Final = tuple((sent.start, sent.end) for sent in doc.sents)
        self._bases: Final = tuple(label.partition(":")[0] for label in found.labels)
        self._children: Final = _children(found.heads)

    def __len__(self) -> int:
        return len(self.words)

    def children(self, token: int, *labels: str) -> list[int]:
        """Children whose label, or its part before the colon, is one of ``labels`` (all without labels)."""
        children = self._children[token]
        if not labels or not children:
            return list(children)
        own, bases = self.labels, self._bases
        return [k for k in children if bases[k] in labels or own[k] in labels]

    def child(self, token: int, *labels: str) -> int | None:
        """The first child with one of ``labels``."""
        return next(iter(self.children(token, *labels)), None)

    def label(self, token: int) -> str:
        """The label without its subtype."""
        return self._bases[token]

    def ancestors(self, token: int) -> Iterator[int]:
        """Heads from the token's own up to the root."""
        while self.heads[token] != token:
            token = self.heads[token]
            yield token

    def subtree(self, token: int, without: frozenset[str] = frozenset()) -> list[int]:
        """Token indices below and including ``token``, in order, leaving out branches whose label is in ``without``."""
        found, todo = [token], [token]
        while todo:
            for child in self._children[todo.pop()]:
                if self.label(child) not in without and self.labels[child] not in without:
                    found.append(child)
                    todo.append(child)
        return sorted(found)

    def is_verb(self, token: int) -> bool:
        """Whether the token heads a verbal clause by its tag."""
        return self.tags[token] in VERB_TAGS or self.pos[token] == "VERB"

    def is_nominal(self, token: int) -> bool:
        return self.pos[token] in NOMINAL

    def preposition(self, token: int) -> str:
        """The preposition that marks a noun or a gerund ("from sending", "because of"); "" if bare."""
        for child in self.children(token, "case", "mark"):
            if self.words[child] in POSSESSIVE:
                continue
            rest = [self.words[k] for k in self.children(child, "fixed")]
            if self.label(child) == "mark" and self.tags[child] not in ("IN", "TO") and not rest:
                continue
            return " ".join([self.words[child], *rest])
        return ""

    def conjuncts(self, token: int) -> list[int]:
        """The token and what is coordinated with it; left out are "not B", "instead of B" and "not A but"."""
        found = [token]
        for child in self.children(token, "conj"):
            links = {self.words[k] for k in self.children(child, "cc", "advmod")}
            if "but" in links and any(
                self.words[k : k + 2] == ("not", self.words[token]) for k in self.children(token)
            ):
                found = [t for t in found if t != token]
            if not links & EXCLUDING:
                found += self.conjuncts(child)
        return found

    def is_passive(self, verb: int) -> bool:
        """Passive voice: by its auxiliary or subject, or a bare past participle that modifies a noun."""
        if self.children(verb, "aux:pass") or self.children(verb, "nsubj:pass"):
            return True
        if self.tags[verb] != "VBN" or self.children(verb, "aux"):
            return False
        label = self.labels[verb]
        if label == "conj":
            head = self.heads[verb]
            return not self.children(verb, "nsubj") and self.is_passive(head)
        if label == "xcomp" or self.label(verb) in ("acl", "advcl", "amod", "root", "ccomp", "parataxis"):
            return not self.children(verb, "nsubj", "obj")
        return False

    def particle(self, verb: int) -> str | None:
        """The particle of a phrasal verb ("turn down" gives "down")."""
        child = self.child(verb, "compound:prt")
        return None if child is None else self.words[child]

    def copula(self, token: int) -> int | None:
        """The "be" of a predicate noun or adjective."""
        return self.child(token, "cop")


def _children(heads: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """The tokens below each token, in order."""
    found: list[list[int]] = [[] for _ in heads]
    for child, head in enumerate(heads):
        if child != head:
            found[head].append(child)
    return tuple(map(tuple, found))
