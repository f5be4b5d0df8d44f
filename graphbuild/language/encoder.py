"""The spaCy component that reads with the shipped encoder: tags, sentences, trees, names, base forms and roles.

Paragraphs go through the network one at a time: int8 activations are scaled per input, so that what a paragraph is
read with would otherwise change how it is read.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

# ONNX Runtime reports to its maker unless told not to before it is imported; worker processes inherit this.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

from graphbuild.errors import ModelError
from graphbuild.language.decode import DECIMALS, best_names, best_tree
from graphbuild.language.lemmas import Lemmas
from graphbuild.language.pieces import Pieces, Shape, shapes
from graphbuild.language.roles_head import Role, chances
from graphbuild.language.roles_head import read as read_roles
from graphbuild.language.tags import coarse

WEIGHTS = Path(__file__).resolve().parent / "weights" / "encoder"
WINDOW = 480  # pieces read at once; the network knows 512 positions
CONTEXT = 32  # words before a window's own, read again to begin it in context
LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC", "NORP": "NORP"}
OUTPUTS = ["tags", "begins", "arcs", "deps", "names", "refer", "predicates", "doers", "roles", "relations"]
Ints = NDArray[np.int64]
Vectors = NDArray[np.float32]
Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Annotation:
    """What the network says of a run of words; heads are indices within the run, a root's its own."""

    tags: list[str]
    heads: list[int]
    deps: list[str]
    begins: list[bool]
    names: list[str]  # BIO
    refer: list[Vectors]
    predicates: list[float]
    roles: list[Role]
    relations: list[Halves]

    def __add__(self, other: Annotation) -> Annotation:
        count = len(self.heads)
        return Annotation(
            self.tags + other.tags,
            self.heads + [head + count for head in other.heads],
            self.deps + other.deps,
            self.begins + other.begins,
            self.names + other.names,
            self.refer + other.refer,
            self.predicates + other.predicates,
            self.roles + [(count + one, count + at, name, score) for one, at, name, score in other.roles],
            self.relations + other.relations,
        )


@dataclass(frozen=True, slots=True)
class Scores:
    """The network's outputs for N words."""

    tags: Ints  # N
    begins: NDArray[np.float32]  # N
    arcs: NDArray[np.float32]  # N×N, row = child, column = head
    deps: NDArray[np.uint8]  # N×N, the best label of each possible arc
    names: NDArray[np.float32]  # N×C log-probabilities
    refer: Vectors  # N×2R: what each word looks for as an antecedent, and what it offers as one
    predicates: NDArray[np.float32]  # N, above 0 if likelier than not
    doers: Ints  # P words that may be predicates
    roles: NDArray[np.float32]  # R×P×N
    relations: Vectors  # N×WORD, for RelationHead

    def part(self, start: int, end: int) -> Scores:
        """The scores of words start..end among themselves."""
        span = slice(start, end)
        one, other = np.searchsorted(self.doers, (start, end))
        return Scores(
            self.tags[span],
            self.begins[span],
            self.arcs[span, span],
            self.deps[span, span],
            self.names[span],
            self.refer[span],
            self.predicates[span],
            self.doers[one:other] - start,
            self.roles[:, one:other, span],
            self.relations[span],
        )


class Network:
    """The ONNX session with what goes in and the labels that come out; loaded on first use."""

    def __init__(self, folder: Path, threads: int) -> None:
        self._folder, self._threads = folder, threads

    @cached_property
    def labels(self) -> dict[str, list[str]]:
        labels: dict[str, list[str]] = json.loads((self._folder / "labels.json").read_text(encoding="utf-8"))
        return labels

    @cached_property
    def pieces(self) -> Pieces:
        return Pieces(self._folder / "tokenizer.json")

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        path = self._folder / "model.onnx"
        if not path.exists():
            raise ModelError(f"{path}: the encoder's weights are missing; reinstall graphbuild")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = self._threads, 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def scores(self, words: Sequence[str]) -> Scores:
        """Run the network over ``words``, which make at most WINDOW pieces."""
        cut = [self.pieces.cut(word) for word in words]
        ids, kinds = [self.pieces.start], [int(Shape.NONE)]
        first: list[int] = []
        last: list[int] = []
        for kind, part in zip(shapes(words), cut, strict=True):
            first.append(len(ids))
            ids.extend(part)
            kinds.extend([kind] * len(part))
            last.append(len(ids) - 1)
        rows = {"pieces": [*ids, self.pieces.end], "shapes": [*kinds, int(Shape.NONE)], "first": first, "last": last}
        feed = {name: np.array([row], dtype=np.int64) for name, row in rows.items()}
        return Scores(*self._session.run(OUTPUTS, feed))


class Encoder:
    """Annotates Docs; sentence starts that are already set stand, and no sentence crosses one."""

    def __init__(self, folder: Path, threads: int) -> None:
        self._network = Network(folder, threads)
        self._lemmas_path = folder / "lemmas.json"

    @cached_property
    def _lemmas(self) -> Lemmas:
        return Lemmas(self._lemmas_path)

    def __call__(self, doc: Doc) -> Doc:
        """Set tags, parts of speech, heads, labels, sentence starts, base forms and entities of ``doc``.

        ``doc.user_data`` gets "refer", the vectors of ``Scores.refer``; "predicates", how likely each word is one;
        "roles", what ``roles_head.read`` finds, with words of the doc; "relations", vectors for ``RelationHead``.
        """
        if not len(doc):
            return doc
        preset: list[bool | None] = [token.is_sent_start for token in doc]
        preset[0] = True
        bounds = [*(at for at, start in enumerate(preset) if start), len(doc)]
        words = [token.text for token in doc]
        found = _nothing()
        for start, end in itertools.pairwise(bounds):
            found += self._read(words[start:end], [mark is not False for mark in preset[start:end]])
        return self._annotate(doc, found)

    def pipe(self, docs: Iterable[Doc], batch_size: int = 1) -> Iterator[Doc]:
        """``__call__`` for each of ``docs``; ``batch_size`` is spaCy's, and changes nothing."""
        return map(self, docs)

    def _read(self, words: Sequence[str], may_begin: Sequence[bool]) -> Annotation:
        """A paragraph, window by window; each window's last sentence is read again at the start of the next."""
        found = _nothing()
        sizes = [len(self._network.pieces.cut(word)) for word in words]
        start = 0
        while start < len(words):
            context = max(0, start - CONTEXT)
            end, room = context, WINDOW
            while end < len(words) and (room := room - sizes[end]) >= 0:
                end += 1
            scores = self._network.scores(words[context:end]).part(start - context, end - context)
            begins = _begins(scores, may_begin[start:end])
            count = end - start if end == len(words) else _sure(begins)
            found += self._decode(scores.part(0, count), begins[:count])
            start += count
        return found

    def _decode(self, scores: Scores, begins: list[bool]) -> Annotation:
        """Trees and names sentence by sentence."""
        labels = self._network.labels
        bounds = [*(at for at, begin in enumerate(begins) if begin), len(begins)]
        heads: list[int] = []
        names: list[str] = []
        for start, end in itertools.pairwise(bounds):
            part = scores.part(start, end)
            heads.extend(start + head for head in best_tree(part.arcs))
            names.extend(best_names(part.names, labels["names"]))
        deps = ["ROOT" if head == at else labels["deps"][scores.deps[at, head]] for at, head in enumerate(heads)]
        tags = [labels["tags"][tag] for tag in scores.tags]
        roles = read_roles(scores.roles, scores.doers.tolist(), labels["roles"], bounds)
        found = [scores.refer], chances(scores.predicates), roles, [scores.relations.astype(np.float16)]
        return Annotation(tags, heads, deps, begins, names, *found)

    def _annotate(self, doc: Doc, found: Annotation) -> Doc:
        words = [token.text for token in doc]
        pos = [coarse(*row) for row in zip(words, found.tags, found.deps, strict=True)]
        lemmas = [self._lemmas.of(*row) for row in zip(words, found.tags, pos, strict=True)]
        annotated = Doc(
            doc.vocab,
            words=words,
            spaces=[bool(token.whitespace_) for token in doc],
            tags=found.tags,
            pos=pos,
            lemmas=lemmas,
            heads=found.heads,
            deps=found.deps,
        )
        columns: list[int | str] = ["TAG", "POS", "LEMMA", "HEAD", "DEP", "SENT_START"]
        doc.from_array(columns, annotated.to_array(columns))  # type: ignore[arg-type]
        doc.set_ents(_entities(doc, found.names))
        doc.user_data["refer"] = np.concatenate(found.refer)
        doc.user_data["predicates"] = found.predicates
        doc.user_data["roles"] = found.roles
        doc.user_data["relations"] = np.concatenate(found.relations)
        return doc


def _begins(scores: Scores, may_begin: Sequence[bool]) -> list[bool]:
    """Where sentences begin; the first word of a window always does."""
    rounded = scores.begins.round(DECIMALS)
    return [True, *(bool(score > 0) and may for score, may in zip(rounded[1:], may_begin[1:], strict=False))]


def _sure(begins: Sequence[bool]) -> int:
    """How many words of a window are read for good: up to its last sentence, or three quarters if that is too long."""
    late = [at for at, begin in enumerate(begins) if begin and at > len(begins) // 4]
    return late[-1] if late else (3 * len(begins) + 3) // 4


def _nothing() -> Annotation:
    return Annotation([], [], [], [], [], [], [], [], [])


def _entities(doc: Doc, names: Sequence[str]) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for at, name in enumerate([*names, "O"]):
        if at and name[0] != "I" and names[at - 1] != "O":
            spans.append(Span(doc, start, at, label=LABELS[names[at - 1][2:]]))
        if name[0] == "B":
            start = at
    return spans


@Language.factory(
    "graphbuild_encoder",
    default_config={"threads": 1},
    assigns=["token.tag", "token.pos", "token.lemma", "token.head", "token.dep", "token.is_sent_start", "doc.ents"],
)
def create(nlp: Language, name: str, threads: int) -> Any:
    """The component for ``nlp``, bounded to ``threads`` threads."""
    return Encoder(WEIGHTS, threads)
