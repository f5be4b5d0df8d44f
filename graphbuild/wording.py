"""What relations say, as English verbs: "hosted" → "did not host", "will host", "may have hosted", "to host"."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from graphbuild.model import Certainty, Polarity, Statement, Tense


class Verb(NamedTuple):
    """A verb in its base form and what follows it: ``Verb("be", "member of")``."""

    base: str
    rest: str = ""

    def __str__(self) -> str:
        return f"{self.base} {self.rest}".strip()

    def form(self, tag: str) -> str:
        """In the form that a Penn tag names: VBD (hosted), VBN, VBZ (hosts), VBG (hosting)."""
        return f"{inflected(self.base, tag)} {self.rest}".strip()


@lru_cache(maxsize=4096)
def verb(label: str) -> Verb:
    """The verb that a relation's label begins with, whatever its form.

    >>> verb("is member of"), verb("met with")
    (Verb(base='be', rest='member of'), Verb(base='meet', rest='with'))
    """
    from lemminflect import getLemma  # imported late: 0.1 s that a graph without statements does not need

    first, _, rest = label.partition(" ")
    known = {"is": "be", "was": "be", "are": "be", "were": "be"}
    return Verb(known.get(first) or next(iter(getLemma(first, "VERB")), first), rest)


@lru_cache(maxsize=4096)
def inflected(base: str, tag: str) -> str:
    """One verb in the form of a Penn tag."""
    from lemminflect import getInflection

    if base == "be":
        return {"VBD": "was", "VBN": "been", "VBZ": "is", "VBG": "being"}[tag]
    return next(iter(getInflection(base, tag)), base)


def finite(said: Verb, statement: Statement) -> str:
    """``said`` in the tense, certainty and polarity of ``statement``."""
    tense, certainty = statement.tense, statement.certainty
    no = "not " if statement.polarity is Polarity.NEGATED else ""
    if certainty is Certainty.POSSIBLE:
        return f"may {no}have {said.form('VBN')}" if tense is Tense.PAST else f"may {no}{said}"
    perhaps = "probably " if certainty is Certainty.PROBABLE else ""
    if tense is Tense.FUTURE:
        return f"will {perhaps}{no}{said}"
    tag = "VBD" if tense is Tense.PAST else "VBZ"
    if said.base == "be":
        return f"{inflected('be', tag)} {perhaps}{no}{said.rest}".strip()
    return f"{perhaps}{inflected('do', tag)} not {said}" if no else perhaps + said.form(tag)


def infinitive(said: Verb, statement: Statement) -> str:
    """What is offered, promised, demanded: "to host", "not to host"."""
    return f"{'not ' if statement.polarity is Polarity.NEGATED else ''}to {said}"


def negated(label: str, said: Verb) -> str:
    """The label of an edge that stands for negations of any tense: "not hosted", "is not member of".

    >>> [negated(label, verb(label)) for label in ("withdrew from", "is member of", "works for")]
    ['not withdrawn from', 'is not member of', 'does not work for']
    """
    if said.base == "be":
        return f"{label.partition(' ')[0]} not {said.rest}".strip()
    return f"does not {said}" if label == said.form("VBZ") else f"not {said.form('VBN')}"


def composed(operator: str, content: Verb, form: str | None = None) -> str:
    """The label of an operator with its content; ``form`` tells how they are joined where it is not by "to".

    >>> composed("offered", verb("hosted")), composed("accused", verb("attacked"), "accused of Ving")
    ('offered to host', 'accused of attacking')
    """
    form = form or f"{operator} to V"
    return form.removesuffix("Ving") + content.form("VBG") if form.endswith("Ving") else form[:-1] + str(content)


def composed_id(operator: str, content: Verb) -> str:
    """The id that goes with it: ``offeredToHost``."""
    words = (word for word in str(content).replace("-", " ").split() if word.isalpha())
    return f"{operator}To{''.join(word[:1].upper() + word[1:] for word in words)}"
