"""Why an article gave the statements it gave: frames that fired, words that decided, matches that were refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphbuild.graph.vocabulary import readable
from graphbuild.model import Document, Statement

if TYPE_CHECKING:
    from spacy.tokens import Span

    from graphbuild.pipeline import Analysis, Stages


@dataclass(frozen=True, slots=True)
class Told:
    """A statement in words, its status and construction, and the reasons for both."""

    label: str
    status: str
    pattern: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence: ``entities`` as (words, node, type), what it states, ``refused`` as (frame, reason)."""

    sentence: Span
    entities: tuple[tuple[str, str, str], ...]
    statements: tuple[Told, ...]
    refused: tuple[tuple[str, str], ...]


def explain(document: Document, using: Stages) -> Iterator[Explanation]:
    """An explanation of each sentence of ``document``, in order."""
    from graphbuild.pipeline import read

    analysis = read(document, using)
    if analysis is not None:
        told = _Teller(analysis, using)
        yield from (told.explanation(sentence) for sentence in analysis.tree.doc.sents)


class _Teller:
    """Tells of the sentences of one article."""

    def __init__(self, analysis: Analysis, using: Stages) -> None:
        self.analysis, self.using = analysis, using
        self.offsets: list[tuple[int, int]] = analysis.tree.doc.user_data["offsets"]
        self.labels = {key: entity.label for key, entity in analysis.resolution.entities.items()}
        self.labels |= {entity.key: entity.label for entity in analysis.relations.acts}

    def explanation(self, sentence: Span) -> Explanation:
        first, last = self.offsets[sentence.start][0], self.offsets[sentence.end - 1][1]
        found = self.analysis.relations
        statements = [s for s in found.statements if s.evidence and first <= s.evidence[0].start < last]
        told = (Told(self._words(s), str(s.status), s.pattern, found.reasons.get(s, ())) for s in statements)
        refusals = [r for r in found.refusals if sentence.start <= r.match.trigger < sentence.end]
        refused = ((f"{r.match.relation}: {r.match.frame}", r.reason) for r in refusals)
        entities = dict.fromkeys(self._entities(sentence))
        return Explanation(sentence, tuple(entities), tuple(told), tuple(dict.fromkeys(refused)))

    def _entities(self, sentence: Span) -> Iterator[tuple[str, str, str]]:
        resolution = self.analysis.resolution
        for reference in resolution.references:
            if sentence.start <= reference.root < sentence.end:
                words = sentence.doc[reference.start : reference.end].text
                for key in reference.entities:
                    yield words, self.labels[key], resolution.entities[key].type.value

    def _words(self, statement: Statement) -> str:
        relation = self.using.ontology.relations.get(statement.relation)
        verb = relation.label if relation else readable(statement.relation)
        rest = self.labels.get(statement.object or "", "")
        content = f": {self._words(statement.content)}" if statement.content else ""
        return f"{self.labels[statement.subject]} – {verb} – {rest}{content}".replace(" – : ", ": ").rstrip(" –")
