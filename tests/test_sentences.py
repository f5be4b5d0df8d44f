"""What single sentences say: the expectations of ``sentences/*.tsv``, written by hand, against what is extracted.

``python -m pytest tests/test_sentences.py -s`` prints each line that fails and why. A file's rate of sentences that
pass may not fall below its floor.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import graphbuild
from graphbuild.model import Document, Entity, Extraction, Paragraph, Statement, Status
from graphbuild.ontology import schema as ontology
from graphbuild.pipeline import Stages, extract_one, load

SENTENCES = Path(__file__).parent / "sentences"
FILES = sorted(SENTENCES.glob("*.tsv"))
MODEL = Path(graphbuild.__file__).parent / "language" / "weights" / "encoder" / "model.onnx"
ASSERTED = frozenset({Status.FACT, Status.REPORT})
NOTHING, ANYTHING = "-", "~"

# Percent of the sentences that pass, three below what was measured: another processor rounds the weights otherwise.
FLOORS = {
    "active": 90,
    "agency_style": 74,
    "attribution": 92,
    "compounds": 73,
    "control": 94,
    "coordination": 78,
    "ditransitive": 89,
    "economy_law": 79,
    "light_verbs": 97,
    "metonyms": 92,
    "modality": 97,
    "negation": 89,
    "nominalisations": 87,
    "nothing": 95,
    "operators": 85,
    "passive": 93,
    "politics_conflict": 90,
    "prepositional": 90,
    "reference": 97,
    "relatives": 77,
    "roles": 90,
    "senses": 85,
    "symmetric": 90,
    "tense": 93,
}


@dataclass(frozen=True)
class Expected:
    """One statement of the second column; each field is a tuple of alternatives."""

    text: str
    subject: tuple[str, ...]
    relation: tuple[str, ...]
    object: tuple[str, ...]
    content: tuple[tuple[str, ...], tuple[str, ...]] | None = None  # relation and object of what is done
    status: frozenset[Status] = ASSERTED
    source: tuple[str, ...] = ()
    forbidden: bool = False


@dataclass(frozen=True)
class Case:
    """One line of a file."""

    sentence: str
    expected: tuple[tuple[Expected, ...], ...]  # of each, one of the alternatives must be there


def parse(text: str) -> Expected:
    """One statement in the notation that the head of each file explains."""
    act, _, rest = text.removeprefix("!").partition(" > ")
    content = None
    if rest:
        relation, done, status = _fields(rest, 3)
        content = _alternatives(relation), _alternatives(done)
        subject, operator, addressee = _fields(act, 3)
        fields = [subject, operator, addressee, status]
    else:
        fields = _fields(act, 3 if text.startswith("!") else 4)
    if text.startswith("!"):
        return Expected(text, *map(_alternatives, fields[:3]), content, forbidden=True)
    status, _, source = fields[3].partition(" @")
    statuses = frozenset(map(Status, _alternatives(status)))
    return Expected(text, *map(_alternatives, fields[:3]), content, statuses, _alternatives(source))


def _fields(text: str, count: int) -> list[str]:
    fields = [field.strip() for field in text.split(" | ")]
    if len(fields) != count or not all(fields):
        raise ValueError(f"{count} fields expected: {text!r}")
    return fields


def _alternatives(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("/") if part.strip())


@cache
def cases(path: Path) -> tuple[Case, ...]:
    """The lines of a file."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            sentence, _, column = line.partition("\t")
            parts = [part.split(" OR ") for part in column.split(" ; ") if part.strip()]
            found.append(Case(sentence, tuple(tuple(parse(either.strip()) for either in part) for part in parts)))
    return tuple(found)


class Checker:
    """Compares one extraction with what a line expects."""

    def __init__(self, extraction: Extraction, relations: dict[str, ontology.Relation]) -> None:
        self.entities = {entity.key: entity for entity in extraction.entities}
        self.statements = [s for s in extraction.statements if s.relation in relations]
        self.relations = relations

    def faults(self, case: Case) -> Iterator[str]:
        """What is missing or wrong, one line each."""
        if not case.expected:
            yield from (f"asserted: {self.show(s)}" for s in self.statements if s.status in ASSERTED)
        for alternatives in case.expected:
            found = [self._found(expected) for expected in alternatives]
            if not any(found):
                nearest = [s for expected in alternatives for s in self._alike(expected)]
                instead = "; instead: " + " ; ".join(map(self.show, nearest)) if nearest else ""
                yield f"missing: {' OR '.join(expected.text for expected in alternatives)}{instead}"
            for expected in alternatives:
                yield from (f"asserted: {self.show(s)}" for s in self._contradictions(expected))

    def _alike(self, expected: Expected) -> list[Statement]:
        return [s for s in self.statements if self._is_alike(s, expected)]

    def _found(self, expected: Expected) -> bool:
        """Whether it is there; what is forbidden is looked for among the contradictions."""
        alike = self._alike(expected)
        return expected.forbidden or any(s.status in expected.status and self._has_source(s, expected) for s in alike)

    def _contradictions(self, expected: Expected) -> list[Statement]:
        """Facts and reports that say what is not so, or say it the wrong way round."""
        if expected.forbidden or not expected.status & ASSERTED:
            return [s for s in self._alike(expected) if s.status in ASSERTED]
        if expected.content is not None or {NOTHING, ANYTHING} & set(expected.object):
            return []
        return [s for s in self.statements if self._is_reverse(s, expected)]

    def show(self, statement: Statement) -> str:
        """The statement in the notation of the files."""
        subject, done = self._name(statement.subject), statement.content
        act = f" > {done.relation} | {self._name(done.object)}" if done is not None else ""
        source = f" @{self._name(statement.source)}" if statement.source else ""
        end = f"{act} | {statement.status.value}{source}"
        return f"{subject} | {statement.relation} | {self._name(statement.object)}{end}"

    def _name(self, key: str | None) -> str:
        if key is None:
            return NOTHING
        return self.entities[key].label if key in self.entities else key

    def _is_alike(self, statement: Statement, expected: Expected) -> bool:
        if statement.relation not in expected.relation or not self._has_content(statement, expected):
            return False
        if self._are(statement.subject, statement.object, expected):
            return True
        symmetric = self.relations[statement.relation].symmetric
        return symmetric and statement.object is not None and self._are(statement.object, statement.subject, expected)

    def _is_reverse(self, statement: Statement, expected: Expected) -> bool:
        if statement.object is None or statement.relation not in expected.relation:
            return False
        symmetric = self.relations[statement.relation].symmetric
        is_reverse = self._are(statement.object, statement.subject, expected)
        return not symmetric and statement.status in ASSERTED and is_reverse

    def _are(self, subject: str, obj: str | None, expected: Expected) -> bool:
        return self._is(subject, expected.subject) and self._is(obj, expected.object)

    def _has_content(self, statement: Statement, expected: Expected) -> bool:
        if expected.content is None:
            return True
        relation, obj = expected.content
        done = statement.content
        return done is not None and done.relation in relation and self._is(done.object, obj)

    def _has_source(self, statement: Statement, expected: Expected) -> bool:
        return not expected.source or self._is(statement.source, expected.source)

    def _is(self, key: str | None, names: Iterable[str]) -> bool:
        """Whether an entity goes by one of the names; without a proper name, whether its description has the words."""
        for name in names:
            if name == ANYTHING or (name == NOTHING and key is None):
                return True
            if key is not None and key in self.entities and _goes_by(self.entities[key], name):
                return True
        return False


def _goes_by(entity: Entity, name: str) -> bool:
    wanted = _plain(name)
    forms = [_plain(form) for form in (entity.label, *entity.aliases)]
    described = not entity.named or name[:1].islower()
    return wanted in forms or (described and any(f" {wanted} " in f" {form} " for form in forms))


def _plain(name: str) -> str:
    return name.casefold().replace("’", "'").removeprefix("the ")


@pytest.fixture(scope="session")
def using() -> Stages:
    if not MODEL.exists():
        pytest.skip("the language model is not there: graphbuild/language/weights/encoder/model.onnx")
    return load()


def test_the_suite_covers_the_ontology() -> None:
    relations = ontology.load().relations
    found = [case for path in FILES for case in cases(path)]
    assert len({case.sentence for case in found}) == len(found) >= 400
    statements = [expected for case in found for alternatives in case.expected for expected in alternatives]
    used = {r for e in statements for r in (*e.relation, *(e.content[0] if e.content else ()))}
    assert not used - set(relations) - {"other"}
    assert not set(relations) - used
    assert sum(not case.expected for case in found) >= 60


@pytest.fixture(scope="session")
def failures(using: Stages) -> Callable[[Path], list[str]]:
    """The sentences of a file that fail, each with what is wrong; every file is read once."""
    return cache(lambda path: list(_failures(path, using)))


def _failures(path: Path, using: Stages) -> Iterator[str]:
    for number, case in enumerate(cases(path)):
        whole = (Paragraph(0, len(case.sentence)),)
        document = Document(f"{path.stem}-{number}", case.sentence, whole, published="2025-08-20")
        extraction = extract_one(document, using)
        faults = [f"error: {extraction.error}"] if extraction.error else []
        faults += Checker(extraction, dict(using.ontology.relations)).faults(case)
        if faults:
            yield "\n    ".join((case.sentence, *faults))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sentences(path: Path, failures: Callable[[Path], list[str]]) -> None:
    failing, count = failures(path), len(cases(path))
    rate = math.floor(100 * (count - len(failing)) / count)
    report = "\n".join((f"{path.stem}: {count - len(failing)} of {count} pass ({rate} %)", *failing))
    print(f"\n{report}")
    floor = FLOORS[path.stem]
    assert rate >= floor, f"floor: {floor} %\n{report}"


def test_nine_of_ten_sentences_pass(failures: Callable[[Path], list[str]]) -> None:
    count = sum(len(cases(path)) for path in FILES)
    assert count - sum(len(failures(path)) for path in FILES) >= 0.9 * count
