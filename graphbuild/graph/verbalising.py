"""What relations say, as English verbs: "hosted" → "did not host", "will host", "may have hosted", "to host".

The dictionary of word forms takes a second to load and is asked only for what a label does not say itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from graphbuild.model import Certainty, Polarity, Statement, Tense

BE = {"VBD": "was", "VBN": "been", "VBZ": "is", "VBG": "being"}


@dataclass(frozen=True, slots=True)
class Verb:
    """The label of a relation, which begins with a verb in the past tense or in the third person of the present.

    ``lemma`` is the base form of that verb where it is known.

    >>> member, met = Verb("is member of"), Verb("met with")
    >>> str(member), str(met), met.form("VBZ"), met.rest
    ('be member of', 'meet with', 'meets with', 'with')
    """

    label: str
    lemma: str | None = None

    def __str__(self) -> str:
        return f"{self.base} {self.rest}".strip()

    @property
    def first(self) -> str:
        return self.label.partition(" ")[0]

    @property
    def rest(self) -> str:
        return self.label.partition(" ")[2]

    @property
    def tag(self) -> str:
        """Penn tag of the form in which the verb stands: VBZ (hosts) or VBD (hosted)."""
        return "VBZ" if self.first.endswith("s") and self.first != "was" else "VBD"

    @property
    def base(self) -> str:
        return self.lemma or _base(self.first)

    def form(self, tag: str) -> str:
        """The label with its verb in another form: VBD, VBN (hosted), VBZ or VBG (hosting)."""
        return self.label if tag == self.tag else f"{inflected(self.base, tag)} {self.rest}".strip()


@lru_cache(maxsize=4096)
def _base(word: str) -> str:
    if word in BE.values():
        return "be"
    from graphbuild import offline  # noqa: F401  (before spaCy, which comes along)
    from lemminflect import getLemma  # isort: skip

    return next(iter(getLemma(word, "VERB")), word)


@lru_cache(maxsize=4096)
def inflected(base: str, tag: str) -> str:
    """One verb in the form of a Penn tag."""
    if base == "be":
        return BE[tag]
    from graphbuild import offline  # noqa: F401  (before spaCy, which comes along)
    from lemminflect import getInflection  # isort: skip

    return next(iter(getInflection(base, tag)), base)


def finite(verb: Verb, statement: Statement) -> str:
    """``verb`` in the tense, certainty and polarity of ``statement``."""
    tense, certainty = statement.tense, statement.certainty
    no = "not " if statement.polarity is Polarity.NEGATED else ""
    if certainty is Certainty.POSSIBLE:
        return f"may {no}have {verb.form('VBN')}" if tense is Tense.PAST else f"may {no}{verb}"
    perhaps = "probably " if certainty is Certainty.PROBABLE else ""
    if tense is Tense.FUTURE:
        return f"will {perhaps}{no}{verb}"
    tag = "VBD" if tense is Tense.PAST else "VBZ"
    return _asserted(verb, tag, perhaps, no) if no or perhaps else verb.form(tag)


def _asserted(verb: Verb, tag: str, perhaps: str, no: str) -> str:
    """ "was probably not", "probably did not host", "probably hosts"."""
    if verb.base == "be":
        return f"{BE[tag]} {perhaps}{no}{verb.rest}".strip()
    return f"{perhaps}{'did' if tag == 'VBD' else 'does'} not {verb}" if no else perhaps + verb.form(tag)


def infinitive(verb: Verb, statement: Statement) -> str:
    """What is offered, promised, demanded: "to host", "not to host"."""
    return f"{'not ' if statement.polarity is Polarity.NEGATED else ''}to {verb}"


def negated(verb: Verb) -> str:
    """The label of an edge that stands for negations of any tense: "not hosted", "is not member of".

    >>> [negated(Verb(label)) for label in ("withdrew from", "is member of", "works for")]
    ['not withdrawn from', 'is not member of', 'does not work for']
    """
    if verb.base == "be":
        return f"{verb.first} not {verb.rest}".strip()
    return f"does not {verb}" if verb.tag == "VBZ" else f"not {verb.form('VBN')}"


def composed(operator: str, content: Verb, form: str | None = None) -> str:
    """The label of an operator with its content; ``form`` tells how they are joined where it is not by "to".

    >>> composed("offered", Verb("hosted")), composed("accused", Verb("attacked"), "accused of Ving")
    ('offered to host', 'accused of attacking')
    """
    form = form or f"{operator} to V"
    return form.removesuffix("Ving") + content.form("VBG") if form.endswith("Ving") else form[:-1] + str(content)


def composed_id(operator: str, content: Verb) -> str:
    """The id that goes with it: ``offeredToHost``."""
    words = (word for word in str(content).replace("-", " ").split() if word.isalpha())
    return f"{operator}To{''.join(word[:1].upper() + word[1:] for word in words)}"
