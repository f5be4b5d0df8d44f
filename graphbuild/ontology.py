"""Turtle → types, relations, their lexicalisations and word lists; refuses a faulty file by its subject."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graphbuild import notation, paths, wording
from graphbuild.errors import OntologyError
from graphbuild.notation import CompoundFrame, NounFrame, PairFrame, RoleNoun, VerbFrame

if TYPE_CHECKING:
    from spacy.tokens import Doc

GB = "https://w3id.org/graphbuild/ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
FRAMES = tuple(GB + kind for kind in ("verbFrame", "nounFrame", "roleNoun", "compoundFrame", "pairFrame"))
SENTENCE_PATTERN = GB + "sentencePattern"

Values = Mapping[str, Mapping[str, Sequence[str]]]  # subject IRI -> property IRI -> sorted values


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
    verb_frames: Mapping[str, tuple[VerbFrame, ...]]
    copular_frames: Mapping[str, tuple[VerbFrame, ...]]
    noun_frames: Mapping[str, tuple[NounFrame, ...]]
    role_nouns: Mapping[str, tuple[RoleNoun, ...]]
    compound_frames: Mapping[str, tuple[CompoundFrame, ...]]
    pair_frames: tuple[PairFrame, ...] = ()
    word_lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    name_words: Mapping[str, str] = field(default_factory=dict)  # "court" -> class of a name with that head
    own: frozenset[str] = frozenset()  # relations of the user's files: of equal matches theirs is taken
    patterns: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)  # relation -> (sentence, frame)

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
        frames = {frame for entries in self.verb_frames.values() for frame in entries}
        frames |= {frame for entries in self.copular_frames.values() for frame in entries}
        own, bidding = set[str](), set[str]()
        for frame in frames:
            roles = [slot.role for slot in frame.slots if slot.role]
            if "O" not in roles and "V" in roles:
                own.add(frame.relation)
            elif roles[:2] == ["O", "V"] and not frame.slots[0].prepositions:
                bidding |= {frame.relation} if set(frame.verbs) - self.words("subject-control") else set()
        return frozenset(own - bidding)

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

    def compose(self, operator: str, content: str) -> tuple[str, str]:
        """Id and label of the property "offered to host" for an operator and the relation of its content."""
        first, second = self.relations[operator], wording.Verb(self.relations[content].label)
        return wording.composed_id(operator, second), wording.composed(first.label, second, first.content_label)


def load(extra: Iterable[Path | str] = (), nlp: Callable[[str], Doc] | None = None) -> Ontology:
    """Read ``core.ttl``, ``relations.ttl`` and the word lists, then the user's own files, and compile their frames.

    ``nlp`` reads the example sentences of relations; without it they give no frames, and the vocabulary is the same.
    Raises OntologyError naming file, subject and cure.
    """
    folder = paths.ontologies()
    shipped = [path for path in sorted(folder.glob("*.ttl")) if path.name != "shapes.ttl"]
    users = list(map(Path, extra))
    found = compile_ontology(read_turtle([*shipped, *users]), nlp)
    own = frozenset(map(_local, read_turtle(users))) & set(found.relations)
    return replace(found, own=own) if own else found


def read_turtle(files: Iterable[Path]) -> Values:
    """All triples of ``files`` as subject → property → sorted values. Raises OntologyError on bad Turtle."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in files:
        try:
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode | ox.Triple):
                    found[quad.subject.value][quad.predicate.value].append(quad.object.value)
        except (SyntaxError, ValueError) as error:
            raise OntologyError(f"{path}: not valid Turtle ({error}); mend it there") from None
        except OSError as error:
            raise OntologyError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    return {subject: {key: sorted(set(v)) for key, v in values.items()} for subject, values in found.items()}


def compile_ontology(values: Values, nlp: Callable[[str], Doc] | None = None) -> Ontology:
    """Compile triples into an Ontology. Raises OntologyError on unknown frame notation and unreadable sentences."""
    relations = _relations(values)
    classes = _classes(values)
    frames = _Frames()
    patterns: dict[str, tuple[tuple[str, str], ...]] = {}
    for identifier, relation in relations.items():
        row = values[GB + identifier]
        frames.add(identifier, row)
        if nlp is not None and (sentences := row.get(SENTENCE_PATTERN)):
            patterns[identifier] = _add_patterns(frames, relation, sentences, nlp, classes)
    return Ontology(
        relations=relations,
        classes=classes,
        class_labels={
            _local(s): v[RDFS + "label"][0] for s, v in values.items() if _is(v, OWL + "Class") and RDFS + "label" in v
        },
        verb_frames=_frozen(frames.verbs),
        copular_frames=_frozen(frames.copular),
        noun_frames=_frozen(frames.nouns),
        role_nouns=_frozen(frames.roles),
        compound_frames=_frozen(frames.compounds),
        pair_frames=tuple(sorted(frames.pairs, key=lambda f: (-_depth(f, classes), f.relation, f.text))),
        patterns=patterns,
        name_words={word: _local(s) for s, v in values.items() for word in v.get(GB + "nameWord", ())},
        word_lists={
            _local(s).removeprefix("words-"): frozenset(v.get(GB + "word", ()))
            for s, v in values.items()
            if _is(v, GB + "WordList")
        },
    )


class _Frames:
    """Frames under construction, indexed by trigger lemma."""

    def __init__(self) -> None:
        self.verbs: dict[str, list[VerbFrame]] = defaultdict(list)
        self.copular: dict[str, list[VerbFrame]] = defaultdict(list)
        self.nouns: dict[str, list[NounFrame]] = defaultdict(list)
        self.roles: dict[str, list[RoleNoun]] = defaultdict(list)
        self.compounds: dict[str, list[CompoundFrame]] = defaultdict(list)
        self.pairs: list[PairFrame] = []
        self.texts: set[tuple[str, str]] = set()

    def has(self, relation: str, text: str) -> bool:
        return (relation, text) in self.texts

    def add(self, relation: str, values: Mapping[str, Sequence[str]]) -> None:
        for text in values.get(GB + "verbFrame", ()):
            frame = notation.verb_frame(relation, text)
            for verb in frame.verbs:
                (self.copular if frame.copular else self.verbs)[verb].append(frame)
        for text in values.get(GB + "nounFrame", ()):
            noun_frame = notation.noun_frame(relation, text)
            for noun in noun_frame.nouns:
                self.nouns[noun].append(noun_frame)
        for text in values.get(GB + "roleNoun", ()):
            role = notation.role_noun(relation, text)
            for noun in role.nouns:
                self.roles[noun].append(role)
        for text in values.get(GB + "compoundFrame", ()):
            compound = notation.compound_frame(relation, text)
            self.compounds[compound.word].append(compound)
        self.texts.update((relation, text) for key in FRAMES for text in values.get(key, ()))
        self.pairs += [notation.pair_frame(relation, text) for text in values.get(GB + "pairFrame", ())]


def _add_patterns(
    frames: _Frames,
    relation: Relation,
    sentences: Iterable[str],
    nlp: Callable[[str], Doc],
    classes: Mapping[str, frozenset[str]],
) -> tuple[tuple[str, str], ...]:
    """Add the frames that example sentences give, but no frame twice: each sentence with its frame."""
    from graphbuild.patterns import compile_pattern  # late: most ontologies have no such sentences

    found = [(sentence, compile_pattern(relation, sentence, nlp, classes)) for sentence in sentences]
    for compiled in dict.fromkeys(compiled for _, compiled in found):
        if not frames.has(relation.id, compiled.text):
            frames.add(relation.id, {GB + compiled.property: [compiled.text]})
    return tuple((sentence, compiled.text) for sentence, compiled in found)


def _frozen(index: Mapping[str, list]) -> dict[str, tuple]:  # type: ignore[type-arg]
    return {key: tuple(sorted(frames, key=lambda f: (f.relation, f.text))) for key, frames in index.items()}


def _relations(values: Values) -> dict[str, Relation]:
    found = {}
    for subject, row in sorted(values.items()):
        if not _is(row, GB + "Relation"):
            continue
        identifier = _local(subject)
        if RDFS + "label" not in row:
            raise OntologyError(f"gb:{identifier}: has no rdfs:label; add one")
        inverse = next(iter(row.get(OWL + "inverseOf", ())), None)
        found[identifier] = Relation(
            id=identifier,
            label=row[RDFS + "label"][0],
            inverse=inverse and _local(inverse),
            inverse_label=next(iter(values.get(inverse or "", {}).get(RDFS + "label", ())), None),
            symmetric=_is(row, OWL + "SymmetricProperty"),
            operator=_is(row, GB + "Operator"),
            standing=_is(row, GB + "StandingRelation"),
            identifying=_is(row, GB + "IdentifyingRelation"),
            domain=tuple(map(_local, row.get(SCHEMA + "domainIncludes", ()))),
            range=tuple(map(_local, row.get(SCHEMA + "rangeIncludes", ()))),
            definition=next(iter(row.get(SKOS + "definition", ())), ""),
            group=next(iter(row.get(GB + "group", ())), ""),
            tier=next(iter(row.get(GB + "tier", ())), "core"),
            plover=next(iter(row.get(GB + "plover", ())), None),
            cameo=next(iter(row.get(GB + "cameo", ())), None),
            wikidata=tuple(row.get(GB + "wikidata", ())),
            parents=tuple(map(_local, row.get(RDFS + "subPropertyOf", ()))),
            examples=tuple(row.get(GB + "example", ())),
            counterexamples=tuple(row.get(GB + "counterExample", ())),
            content_label=next(iter(row.get(GB + "contentLabel", ())), None),
        )
    return found


def _classes(values: Values) -> dict[str, frozenset[str]]:
    above = {
        _local(s): [_local(o) for o in v.get(RDFS + "subClassOf", ())]
        for s, v in values.items()
        if _is(v, OWL + "Class")
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


def _is(row: Mapping[str, Sequence[str]], kind: str) -> bool:
    return kind in row.get(RDF + "type", ())


def _local(iri: str) -> str:
    return iri.removeprefix(GB) if iri.startswith(GB) else iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
