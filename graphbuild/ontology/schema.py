"""Turtle → types, relations, their lexicalisations and word lists; refuses a faulty file by its subject."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from graphbuild.errors import OntologyError
from graphbuild.ontology import frames as notation
from graphbuild.ontology import senses as sense_notation
from graphbuild.ontology import turtle, word_lists
from graphbuild.ontology.frames import CompoundFrame, LexicalFrame, NounFrame, PairFrame, RoleNoun
from graphbuild.ontology.senses import Sense

SENTENCE_PATTERN = turtle.GB + "sentencePattern"


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of the ontology; ``domain`` and ``range`` are class names (``Actor``, ``Court``, ``State``).

    ``content_label`` says how an operator is joined to its content ("accused of Ving"); None: by "to".
    """

    id: str
    label: str
    inverse: str | None = None
    inverse_label: str | None = None
    symmetric: bool = False
    operator: bool = False
    standing: bool = False
    identifying: bool = False
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    definition: str = ""
    group: str = ""
    tier: str = "core"
    plover: str | None = None
    cameo: str | None = None
    wikidata: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    content_label: str | None = None


@dataclass(frozen=True)
class Ontology:
    """What the relation stage is compiled from. Frames are indexed by the lemma that triggers them."""

    relations: Mapping[str, Relation]
    classes: Mapping[str, frozenset[str]]  # class name -> all its super-classes, itself included
    class_labels: Mapping[str, str]
    verb_frames: Mapping[str, tuple[LexicalFrame, ...]] = field(default_factory=dict)
    copular_frames: Mapping[str, tuple[LexicalFrame, ...]] = field(default_factory=dict)
    noun_frames: Mapping[str, tuple[NounFrame, ...]] = field(default_factory=dict)
    role_nouns: Mapping[str, tuple[RoleNoun, ...]] = field(default_factory=dict)
    compound_frames: Mapping[str, tuple[CompoundFrame, ...]] = field(default_factory=dict)
    pair_frames: tuple[PairFrame, ...] = ()
    senses: Mapping[str, tuple[Sense, ...]] = field(default_factory=dict)  # by word and class: "accuse/v"
    sentences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # relation -> raw example sentences
    word_lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    name_words: Mapping[str, str] = field(default_factory=dict)  # "court" -> class of a name with that head
    own: frozenset[str] = frozenset()  # relations of the user's files: of equal matches theirs is taken
    patterns: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)  # relation -> (sentence, frame)

    def with_indexes(self, indexes: Mapping[str, Mapping[str, tuple[Any, ...]]]) -> Ontology:
        """The same with other frames: ``verb_frames``, ``noun_frames`` and so on, by lemma."""
        changed: dict[str, Any] = dict(indexes)
        return replace(self, **changed)

    def words(self, name: str) -> frozenset[str]:
        """The word list ``gb:words-NAME``; raises OntologyError if no file has it."""
        try:
            return self.word_lists[name]
        except KeyError:
            raise OntologyError(f"ontologies: no word list gb:words-{name}; restore it or reinstall") from None

    def is_a(self, kind: str | None, wanted: str) -> bool:
        """Whether class ``kind`` is ``wanted`` or one of its sub-classes."""
        return kind is not None and wanted in self.classes.get(kind, {kind})

    @cached_property
    def person_nouns(self) -> frozenset[str]:
        """Nouns for one person: the word list, and the heads of the titles and roles that relations give people."""
        other = ("organisation-noun", "place-noun", "state-noun", "group-noun", "event", "agreement")
        things = frozenset().union(*map(self.words, other))
        roles = {noun for noun, entries in self.role_nouns.items() if any(map(self._is_for_people, entries))}
        return self.words("person-noun") | ({noun for noun in roles if " " not in noun} - things)

    @cached_property
    def commissive(self) -> frozenset[str]:
        """Operators whose content is their subject's own act: "promise V"; not those that bid another: "urge O V"."""
        frames = {
            frame for index in (self.verb_frames, self.copular_frames) for found in index.values() for frame in found
        }
        own = {frame.relation for frame in frames if _is_own_act(frame)}
        return frozenset(own - {frame.relation for frame in frames if self._bids(frame)})

    def _bids(self, frame: LexicalFrame) -> bool:
        """Whether a frame has its object act: "urge O V", but not "promise O V"."""
        asks = frame.roles[:2] == ("O", "V") and not frame.slots[0].prepositions
        return asks and bool(set(frame.verbs) - self.words("subject-control"))

    @cached_property
    def offices(self) -> Mapping[str, str]:
        """The kind of office that a noun names: "president" → "head-of-state", from the lists ``gb:words-office-…``."""
        kinds = [name for name in self.word_lists if name.startswith("office-")]
        return {noun: name.removeprefix("office-") for name in kinds for noun in self.words(name)}

    @cached_property
    def phrase_heads(self) -> frozenset[str]:
        """The nouns that head the phrases of noun frames and roles: of "vice-president" both spellings' last word."""
        phrases = [phrase.split() for phrase in (*self.noun_frames, *self.role_nouns)]
        ends = {"-".join(words[-1].split("-")[i:]) for words in phrases for i in range(words[-1].count("-") + 1)}
        return frozenset(ends | {words[0] for words in phrases})

    @cached_property
    def operators(self) -> frozenset[str]:
        """Verbs whose infinitive or gerund is what somebody offered, promised or demanded."""
        return frozenset(
            lemma for lemma, frames in self.verb_frames.items()
            for f in frames if self.relations[f.relation].operator and any(s.role in ("V", "Ving") for s in f.slots)
        )  # fmt: skip

    def _is_for_people(self, role: RoleNoun) -> bool:
        relation = self.relations[role.relation]
        holder = relation.domain if role.role == "O" else relation.range
        return self.accepts(holder, ("Person", None))

    def gender(self, noun: str) -> str | None:
        """``m`` or ``f`` where a noun or form of address says so."""
        lists = (("m", "masculine"), ("f", "feminine"))
        return next((gender for gender, name in lists if noun in self.words(name)), None)

    def kind_of_name(self, name: str) -> str | None:
        """The class that the head of a name tells: "Ministry of Defence", "the US State Department"."""
        words = re.split(r" (?:of|for|on) ", name.lower())[0].removesuffix(".").split()
        whole = name.lower().removesuffix(".").split()
        for ending in (whole[-3:], whole[-2:], words[-2:], words[-1:]):
            if found := self.name_words.get(" ".join(ending)):
                return found
        return None

    def accepts(self, allowed: Iterable[str], kinds: Iterable[str | None]) -> bool:
        """Whether any of ``kinds`` (an entity's type and subtype) is in a domain or range; an empty one accepts all."""
        allowed, kinds = tuple(allowed), tuple(kinds)
        return not allowed or any(self.is_a(kind, wanted) for kind in kinds for wanted in allowed)


def load(extra: Iterable[Path | str] = ()) -> Ontology:
    """Read ``core.ttl``, ``relations.ttl`` and the word lists, then the user's own files, and compile their frames.

    Example sentences stay raw: ``relate.examples.add`` compiles them. Raises OntologyError with file, subject and cure.
    """
    shipped = [path for path in sorted(turtle.folder().glob("*.ttl")) if path.name != "shapes.ttl"]
    return _load(tuple(shipped), tuple((path, _version(path)) for path in map(Path, extra)))


@lru_cache(maxsize=2)  # once a process, and again when a user's file has changed
def _load(shipped: tuple[Path, ...], versions: tuple[tuple[Path, object], ...]) -> Ontology:
    users = [path for path, _ in versions]
    found = compile_ontology(turtle.read([*shipped, *users]))
    word_lists.check(found.word_lists)
    own = frozenset(map(turtle.local, turtle.read(users))) & set(found.relations)
    return replace(found, own=own) if own else found


def _version(path: Path) -> object:
    """What tells a changed file from what was read before; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def compile_ontology(values: turtle.Values) -> Ontology:
    """Compile triples into an Ontology. Raises OntologyError on unknown frame notation."""
    relations = _relations(values)
    classes = _classes(values)
    frames = _Frames()
    for identifier in relations:
        frames.add(identifier, values[turtle.GB + identifier])
    patterns = {identifier: values[turtle.GB + identifier].get(SENTENCE_PATTERN) for identifier in relations}
    return Ontology(
        relations=relations,
        classes=classes,
        class_labels={turtle.local(s): v[turtle.RDFS + "label"][0] for s, v in _labelled_classes(values)},
        pair_frames=tuple(sorted(frames.pairs, key=lambda f: (-_depth(f, classes), f.relation, f.text))),
        senses=_senses(values, relations, classes),
        sentences={identifier: tuple(sentences) for identifier, sentences in patterns.items() if sentences},
        name_words={word: turtle.local(s) for s, v in values.items() for word in v.get(turtle.GB + "nameWord", ())},
        word_lists=_word_lists(values),
    ).with_indexes(frames.indexes())


def _labelled_classes(values: turtle.Values) -> Iterator[tuple[str, Mapping[str, Sequence[str]]]]:
    for subject, row in values.items():
        if turtle.is_a(row, turtle.OWL + "Class") and turtle.RDFS + "label" in row:
            yield subject, row


def _word_lists(values: turtle.Values) -> dict[str, frozenset[str]]:
    return {
        turtle.local(subject).removeprefix("words-"): frozenset(row.get(turtle.GB + "word", ()))
        for subject, row in values.items()
        if turtle.is_a(row, turtle.GB + "WordList")
    }


def with_frames(ontology: Ontology, texts: Mapping[str, Mapping[str, Sequence[str]]]) -> Ontology:
    """``ontology`` with more frames: relation → property ("verbFrame" …) → frames; none is added twice."""
    frames = _Frames()
    for identifier, row in texts.items():
        frames.add(identifier, {turtle.GB + name: values for name, values in row.items()})
    added = {
        name: {
            key: _sorted({*getattr(ontology, name).get(key, ()), *more.get(key, ())})
            for key in dict.fromkeys((*getattr(ontology, name), *more))
        }
        for name, more in frames.indexes().items()
    }
    return ontology.with_indexes(added)


class _Frames:
    """Frames under construction, indexed by trigger lemma."""

    def __init__(self) -> None:
        self.verbs: dict[str, list[LexicalFrame]] = defaultdict(list)
        self.copular: dict[str, list[LexicalFrame]] = defaultdict(list)
        self.nouns: dict[str, list[NounFrame]] = defaultdict(list)
        self.roles: dict[str, list[RoleNoun]] = defaultdict(list)
        self.compounds: dict[str, list[CompoundFrame]] = defaultdict(list)
        self.pairs: list[PairFrame] = []

    def indexes(self) -> dict[str, Mapping[str, tuple[Any, ...]]]:
        """The frames by lemma, under the names that ``Ontology`` gives them; each in order."""
        found: dict[str, Mapping[str, list[Any]]] = {
            "verb_frames": self.verbs, "copular_frames": self.copular, "noun_frames": self.nouns,
            "role_nouns": self.roles, "compound_frames": self.compounds,
        }  # fmt: skip
        return {name: {key: _sorted(frames) for key, frames in index.items()} for name, index in found.items()}

    def add(self, relation: str, values: Mapping[str, Sequence[str]]) -> None:
        for text in values.get(turtle.GB + "verbFrame", ()):
            frame = notation.verb_frame(relation, text)
            for verb in frame.verbs:
                (self.copular if frame.copular else self.verbs)[verb].append(frame)
        for text in values.get(turtle.GB + "nounFrame", ()):
            noun_frame = notation.noun_frame(relation, text)
            for noun in noun_frame.nouns:
                self.nouns[noun].append(noun_frame)
        for text in values.get(turtle.GB + "roleNoun", ()):
            role = notation.role_noun(relation, text)
            for noun in role.nouns:
                self.roles[noun].append(role)
        for text in values.get(turtle.GB + "compoundFrame", ()):
            compound = notation.compound_frame(relation, text)
            self.compounds[compound.word].append(compound)
        self.pairs += [notation.pair_frame(relation, text) for text in values.get(turtle.GB + "pairFrame", ())]


def _is_own_act(frame: LexicalFrame) -> bool:
    return "O" not in frame.roles and "V" in frame.roles


def _sorted(frames: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(frames, key=lambda frame: (frame.relation, frame.text)))


def _senses(
    values: turtle.Values, relations: Mapping[str, Relation], classes: Mapping[str, frozenset[str]]
) -> dict[str, tuple[Sense, ...]]:
    """The senses of all relations by their words, their types within the relation's own."""
    lines = {identifier: values[turtle.GB + identifier].get(turtle.GB + "sense", ()) for identifier in relations}
    if not any(lines.values()):
        return {}
    own: dict[str, list[str]] = defaultdict(list)
    for row in values.values():
        for text in row.get(turtle.GB + "senseAlias", ()):
            sense, _, word = text.partition(" ")
            own[sense].append(word)
    known = sense_notation.rolesets(turtle.folder() / sense_notation.TABLE, own)
    index: dict[str, list[Sense]] = defaultdict(list)
    for identifier, texts in lines.items():
        relation = relations[identifier]
        for text in texts:
            line = sense_notation.parse(identifier, text, known)
            line = sense_notation.within(line, relation.domain, relation.range, classes)
            for word in line.words:
                index[word].append(line)
    return {word: _sorted(found) for word, found in sorted(index.items())}


def _relations(values: turtle.Values) -> dict[str, Relation]:
    found = {}
    for subject, row in sorted(values.items()):
        if not turtle.is_a(row, turtle.GB + "Relation"):
            continue
        identifier = turtle.local(subject)
        if turtle.RDFS + "label" not in row:
            raise OntologyError(f"gb:{identifier}: has no rdfs:label; add one")
        inverse = next(iter(row.get(turtle.OWL + "inverseOf", ())), None)
        found[identifier] = Relation(
            id=identifier,
            label=row[turtle.RDFS + "label"][0],
            inverse=inverse and turtle.local(inverse),
            inverse_label=next(iter(values.get(inverse or "", {}).get(turtle.RDFS + "label", ())), None),
            symmetric=turtle.is_a(row, turtle.OWL + "SymmetricProperty"),
            operator=turtle.is_a(row, turtle.GB + "Operator"),
            standing=turtle.is_a(row, turtle.GB + "StandingRelation"),
            identifying=turtle.is_a(row, turtle.GB + "IdentifyingRelation"),
            domain=tuple(map(turtle.local, row.get(turtle.SCHEMA + "domainIncludes", ()))),
            range=tuple(map(turtle.local, row.get(turtle.SCHEMA + "rangeIncludes", ()))),
            definition=next(iter(row.get(turtle.SKOS + "definition", ())), ""),
            group=next(iter(row.get(turtle.GB + "group", ())), ""),
            tier=next(iter(row.get(turtle.GB + "tier", ())), "core"),
            plover=next(iter(row.get(turtle.GB + "plover", ())), None),
            cameo=next(iter(row.get(turtle.GB + "cameo", ())), None),
            wikidata=tuple(row.get(turtle.GB + "wikidata", ())),
            parents=tuple(map(turtle.local, row.get(turtle.RDFS + "subPropertyOf", ()))),
            examples=tuple(row.get(turtle.GB + "example", ())),
            counterexamples=tuple(row.get(turtle.GB + "counterExample", ())),
            content_label=next(iter(row.get(turtle.GB + "contentLabel", ())), None),
        )
    return found


def _classes(values: turtle.Values) -> dict[str, frozenset[str]]:
    above = {
        turtle.local(s): [turtle.local(o) for o in v.get(turtle.RDFS + "subClassOf", ())]
        for s, v in values.items()
        if turtle.is_a(v, turtle.OWL + "Class")
    }

    def ancestors(name: str, seen: frozenset[str]) -> frozenset[str]:
        if name in seen:
            return seen
        seen |= {name}
        for parent in above.get(name, ()):
            seen = ancestors(parent, seen)
        return seen

    return {name: ancestors(name, frozenset()) for name in sorted(above)}


def _depth(frame: PairFrame, classes: Mapping[str, frozenset[str]]) -> int:
    """How narrow the classes of a pair frame are: the narrower frame is tried first."""
    return sum(min(len(classes.get(kind, ())) for kind in kinds) for kinds in (frame.subjects, frame.objects))
