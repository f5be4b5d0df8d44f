"""Why an article gave the statements it gave: frames that fired, words that decided, matches that were refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphbuild.model import Document, Statement

if TYPE_CHECKING:
    from spacy.tokens import Span

    from graphbuild.pipeline import Stages


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
    if analysis is None:
        return
    doc, resolution, found = analysis.tree.doc, analysis.resolution, analysis.relations
    labels = {key: entity.label for key, entity in resolution.entities.items()}
    labels |= {entity.key: entity.label for entity in found.acts}
    offsets = [start for start, _ in doc.user_data["offsets"]]

    def words(statement: Statement) -> str:
        relation = using.ontology.relations.get(statement.relation)
        verb = relation.label if relation else statement.relation.removeprefix("open-").replace("-", " ")
        rest = labels.get(statement.object or "", "")
        content = f": {words(statement.content)}" if statement.content else ""
        return f"{labels[statement.subject]} – {verb} – {rest}{content}".replace(" – : ", ": ").rstrip(" –")

    for sentence in doc.sents:
        first, last = offsets[sentence.start], doc.user_data["offsets"][sentence.end - 1][1]
        entities = dict.fromkeys(
            (doc[r.start : r.end].text, labels[key], resolution.entities[key].type.value)
            for r in resolution.references if sentence.start <= r.root < sentence.end for key in r.entities
        )  # fmt: skip
        statements = [s for s in found.statements if s.evidence and first <= s.evidence[0].start < last]
        told = (Told(words(s), str(s.status), s.pattern, found.reasons.get(s, ())) for s in statements)
        refused = ((f"{r.match.relation}: {r.match.frame}", r.reason) for r in found.refusals if r.match.trigger in
                   range(sentence.start, sentence.end))  # fmt: skip
        yield Explanation(sentence, tuple(entities), tuple(told), tuple(dict.fromkeys(refused)))
