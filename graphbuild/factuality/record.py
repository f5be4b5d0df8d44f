"""What is known of a clause while its factuality goes on, and the status that follows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from graphbuild.model import Certainty, Polarity, Status, Tense

ORDER = {Certainty.CERTAIN: 0, Certainty.PROBABLE: 1, Certainty.POSSIBLE: 2}


@dataclass(slots=True)
class Factuality:
    """What is known of a clause while its factuality goes on; ``reasons`` say which word did what.

    ``source`` is the token of who says so and ``cue`` the word of saying; ``doubting``: the word keeps its distance.
    ``content``: the clause is only wished, planned or demanded.
    """

    negated: bool = False
    certainty: Certainty = Certainty.CERTAIN
    tense: Tense | None = None
    source: int | None = None
    cue: str | None = None
    doubting: bool = False
    content: bool = False
    reasons: list[str] = field(default_factory=list)

    @property
    def polarity(self) -> Polarity:
        return Polarity.NEGATED if self.negated else Polarity.AFFIRMED

    def copy(self) -> Factuality:
        return replace(self, reasons=[*self.reasons])

    def doubt(self, certainty: Certainty, why: str) -> None:
        """Lower the certainty to at most ``certainty``."""
        if ORDER[certainty] > ORDER[self.certainty]:
            self.certainty = certainty
            self.reasons.append(f"{certainty.value.lower()}: {why}")

    def negate(self, why: str) -> None:
        self.negated = not self.negated
        self.reasons.append(f"negated: {why}")

    def at(self, tense: Tense, why: str = "") -> None:
        """Fix the tense if no nearer word has."""
        if self.tense is None:
            self.tense = tense
            if why:
                self.reasons.append(f"{tense.value.lower()}: {why}")

    def plan(self, why: str) -> None:
        """The clause is only wished, planned or demanded."""
        self.content = True
        self.tense = Tense.FUTURE
        self.reasons.append(f"not asserted: {why}")

    def weaken(self, above: Factuality, why: str) -> None:
        """Hold no more than a clause that this one goes with."""
        self.doubt(above.certainty, why)
        if above.content or above.tense is Tense.FUTURE:
            self.tense, self.content = Tense.FUTURE, self.content or above.content
            self.reasons.append(f"future: {why}")

    def credit(self, source: int, cue: str, doubting: bool) -> None:
        """Name who says so if nobody nearer does."""
        if self.source is None:
            self.source, self.cue, self.doubting = source, cue, doubting
            self.reasons.append(f"source: {cue}")

    def adopt_source(self, other: Factuality) -> None:
        """Name who says so if nobody nearer does: the source of a clause around this one."""
        if other.source is not None:
            self.credit(other.source, other.cue or "", other.doubting)


def status(factuality: Factuality, news_source: bool) -> Status:
    """The first status of GRAPH.md's order that applies; ``news_source``: the source is a news organisation."""
    if factuality.negated:
        return Status.NEGATION
    if factuality.certainty is not Certainty.CERTAIN:
        return Status.POSSIBILITY
    if factuality.tense is Tense.FUTURE or factuality.content:
        return Status.PLAN
    if factuality.source is not None:
        return Status.REPORT if news_source and not factuality.doubting else Status.CLAIM
    return Status.FACT
