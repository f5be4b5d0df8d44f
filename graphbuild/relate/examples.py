"""Example sentences → frames: ``"<S> acquired a stake in <O>"`` of a user's ontology becomes ``acquire stake in O``.

A sentence is read several times, with different names for ``<S>`` and ``<O>``: some that suit domain and range, some of
other actors, as parsers stumble over single names. The frame that most readings give wins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, TypeVar

from graphbuild.errors import OntologyError
from graphbuild.ontology import Ontology, Relation, schema
from graphbuild.relate.abstraction import COMPOUND, Compiled, Ends, frame_of
from graphbuild.syntax import Tree

if TYPE_CHECKING:
    from spacy.tokens import Doc

T = TypeVar("T")
READINGS = 5
ABOUT = "The report is about"  # a phrase that gives no frame as it stands is read behind it
UNREAD = "its two names cannot be told apart; write a plain clause"
PLACEHOLDER = re.compile(r"<([A-Za-z]+)(?::([^<>]*))?>")
# Names that the pipeline knows for names, whatever stands beside them.
FILLERS: Mapping[str, tuple[str, ...]] = {
    "Person": ("Marta Leal", "David Morgan", "Ana Ruiz", "Ivan Petrov"),
    "Organisation": ("Norvik Bank", "Borealis Group", "Kestrel Energy", "Lumen Corporation"),
    "State": ("Hungary", "Kenya", "Portugal", "Chile"),
    "Group": ("the Kurds", "the Basques", "the Catalans", "the Sami"),
    "Place": ("Lisbon", "Nairobi", "Toronto", "Geneva"),
    "Event": ("the Lisbon Summit", "the Geneva Forum", "the Nairobi Conference", "the Toronto Games"),
    "Agreement": ("the Nairobi Accord", "the Lisbon Treaty", "the Toronto Protocol", "the Geneva Convention"),
}
ACTORS = ("Person", "Organisation", "State")
FINITE = frozenset({"VBD", "VBP", "VBZ"})


def add(ontology: Ontology, nlp: Callable[[str], Doc]) -> Ontology:
    """``ontology`` with the frames that its example sentences give, as ``nlp`` reads them; ``patterns`` pairs each.

    Raises OntologyError, with the cure, for a sentence that gives none.
    """
    compiled = {
        identifier: [(s, compile_pattern(ontology.relations[identifier], s, nlp, ontology.classes)) for s in sentences]
        for identifier, sentences in ontology.sentences.items()
    }
    texts: dict[str, dict[str, list[str]]] = {}
    for identifier, found in compiled.items():
        for item in dict.fromkeys(item for _, item in found):
            texts.setdefault(identifier, {}).setdefault(item.property, []).append(item.text)
    patterns = {identifier: tuple((s, item.text) for s, item in found) for identifier, found in compiled.items()}
    return replace(schema.with_frames(ontology, texts), patterns=patterns)


def compile_pattern(
    relation: Relation,
    sentence: str,
    nlp: Callable[[str], Doc],
    classes: Mapping[str, frozenset[str]] | None = None,
) -> Compiled:
    """The frame that ``sentence`` is an example of; ``classes`` say what a class of the user's own is a sub-class of.

    Raises OntologyError, with the cure, if there is none.
    """
    types = _placeholders(relation, sentence)
    if (compound := _compound(sentence)) is not None and not types:
        return compound
    suiting = _names(relation.domain, tuple(types.split("|")) if types else relation.range, classes or {})
    names = dict.fromkeys(chain(suiting, _names((), (), {})))
    plain = sentence.strip().rstrip(".")
    faults: list[str] = []
    for text in (plain, f"{ABOUT} {plain[:1].lower()}{plain[1:]}"):
        read = [_reading(relation, text, pair, types, nlp) for pair in names]
        if found := [item for item in read if isinstance(item, Compiled)]:
            return _commonest(found)
        faults = faults or [item for item in read if isinstance(item, str) and item]
    raise _fault(relation, sentence, _commonest(faults) if faults else UNREAD)


def _commonest(found: Sequence[T]) -> T:
    return Counter(found).most_common(1)[0][0]


def _placeholders(relation: Relation, sentence: str) -> str:
    """The types that a sentence wants of ``<O>``. Raises OntologyError unless S and O stand in it once each."""
    marks = [(found[1], found[2]) for found in PLACEHOLDER.finditer(sentence)]
    names = [name for name, _ in marks]
    if unknown := next((name for name in names if name not in ("S", "O")), None):
        raise _fault(relation, sentence, f"<{unknown}> is no placeholder; write <S> and <O>")
    for role in ("S", "O"):
        if (count := names.count(role)) != 1:
            raise _fault(relation, sentence, f"has <{role}> {count} times; write it once")
    types = dict(marks)
    if types["S"] is not None:
        raise _fault(relation, sentence, "write <S>; schema:domainIncludes says of which classes it is")
    if types["O"] is not None and not re.fullmatch(r"[A-Za-z]+(\|[A-Za-z]+)*", types["O"]):
        raise _fault(relation, sentence, "write <O> or <O:Class|Class>")
    return types["O"] or ""


def _compound(sentence: str) -> Compiled | None:
    """ "<S>-backed <O>" is a frame already."""
    text = sentence.strip().rstrip(".").replace("<S>", "S").replace("<O>", "O")
    found = re.fullmatch(r"[SO]-[a-z]+ [SO]|[a-z]+-[SO] [SO]", text)
    return Compiled(COMPOUND, text) if found else None


def _names(
    domain: tuple[str, ...], span: tuple[str, ...], classes: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, str]]:
    """Different names for S and O that suit domain and range."""
    subjects, objects = _fillers(domain, classes), _fillers(span, classes)
    for i in range(READINGS):
        subject = subjects[i % len(subjects)]
        yield subject, next(o for o in (objects[(i + k) % len(objects)] for k in (1, 2)) if o != subject)


def _fillers(kinds: tuple[str, ...], classes: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Names of these classes in turn; of actors where a class is not known."""
    above = [kind for name in kinds for kind in sorted({name} | classes.get(name, frozenset())) if kind in FILLERS]
    pools = [FILLERS[kind] for kind in dict.fromkeys(above or ACTORS)]
    return tuple(name for name in chain.from_iterable(zip_longest(*pools)) if name)


def _reading(
    relation: Relation, sentence: str, names: tuple[str, str], types: str, nlp: Callable[[str], Doc]
) -> Compiled | str:
    """The frame of one reading, or the fault; an empty one where the parser mixes a name with something else."""
    text, spans = _filled(sentence, dict(zip("SO", names, strict=True)))
    tree = Tree(nlp(text))
    ends = _ends(tree, spans, types)
    return frame_of(tree, ends, relation) if ends is not None else ""


def _filled(sentence: str, names: Mapping[str, str]) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence with names for its placeholders, and the characters that each name takes."""
    text, end = "", 0
    spans = {}
    for found in PLACEHOLDER.finditer(sentence):
        text += sentence[end : found.start()]
        name = names[found[1]]
        name = name.removeprefix("the ") if text.endswith("the ") else name
        spans[found[1]] = len(text), len(text) + len(name)
        text, end = text + name, found.end()
    text += sentence[end:] + "."
    return text[0].upper() + text[1:], spans


def _ends(tree: Tree, spans: Mapping[str, tuple[int, int]], types: str) -> Ends | None:
    """The tokens of both names; None if a name has several roots or the parser took a verb for a modifier."""
    if any(tree.tags[t] in FINITE and tree.label(t) in ("amod", "compound") for t in range(len(tree))):
        return None
    names = [_tokens(tree, *spans[role]) for role in ("S", "O")]
    subject, obj = (_only_root(tree, tokens) for tokens in names)
    return None if subject is None or obj is None else Ends(subject, obj, frozenset(chain(*names)), types)


def _tokens(tree: Tree, start: int, end: int) -> list[int]:
    """The tokens within characters ``[start, end)``."""
    return [t.i for t in tree.doc if start <= t.idx and t.idx + len(t) <= end]


def _only_root(tree: Tree, tokens: list[int]) -> int | None:
    roots = [t for t in tokens if tree.heads[t] == t or tree.heads[t] not in tokens]
    return roots[0] if len(roots) == 1 else None


def _fault(relation: Relation, sentence: str, cure: str) -> OntologyError:
    return OntologyError(f'gb:{relation.id}: sentence "{sentence}": {cure}')
