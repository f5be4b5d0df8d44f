"""What a user's ontology file compiles to, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graphbuild.ontology import Ontology, schema, turtle
from graphbuild.ontology.frames import CompoundFrame, LexicalFrame, NounFrame, PairFrame, RoleNoun
from graphbuild.ontology.senses import Sense
from graphbuild.relate import examples

Entry = LexicalFrame | NounFrame | RoleNoun | CompoundFrame | PairFrame | Sense
KINDS = {
    LexicalFrame: "verb", NounFrame: "noun", RoleNoun: "role", CompoundFrame: "compound", PairFrame: "pair",
    Sense: "sense",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Audit:
    """One relation of the file: its frames as (kind, text), and the faults of it, each with its cure.

    ``patterns`` pairs each example sentence with the frame that it gives.
    """

    relation: str
    frames: tuple[tuple[str, str], ...]
    faults: tuple[str, ...]
    patterns: tuple[tuple[str, str], ...] = ()


def audit(path: Path) -> Iterator[Audit]:
    """Each relation of ``path``, in order. Raises OntologyError where the file cannot be compiled at all."""
    values = turtle.read([path])
    own = {subject.removeprefix(turtle.GB) for subject in values}
    whole = _with_examples(schema.load([path]))
    entries = list(_entries(whole))
    taken: dict[tuple[str, str], set[str]] = {}
    for entry in entries:
        taken.setdefault((KINDS[type(entry)], entry.text), set()).add(entry.relation)
    for identifier in sorted(own & set(whole.relations)):
        mine = sorted({(KINDS[type(e)], e.text) for e in entries if e.relation == identifier})
        faults = [*_missing(whole, identifier, mine), *_unknown_words(entries, identifier)]
        for kind, text in mine:
            others = sorted(o for o in taken[kind, text] - {identifier} if _same_ends(whole, identifier, o))
            faults += [f"{text!r} is also a frame of gb:{o}, between the same classes; keep one" for o in others]
        yield Audit(identifier, tuple(mine), tuple(dict.fromkeys(faults)), whole.patterns.get(identifier, ()))


def _with_examples(ontology: Ontology) -> Ontology:
    """With the frames of example sentences, if there are any to be read."""
    if not ontology.sentences:
        return ontology
    from graphbuild import language

    return examples.add(ontology, language.load())


def _entries(whole: Ontology) -> Iterator[Entry]:
    tables: Iterable[Mapping[str, tuple[Entry, ...]]] = (
        whole.verb_frames, whole.copular_frames, whole.noun_frames, whole.role_nouns, whole.compound_frames,
        whole.senses,
    )  # fmt: skip
    for table in tables:
        for entries in table.values():
            yield from entries
    yield from whole.pair_frames


def _missing(whole: Ontology, identifier: str, frames: list[tuple[str, str]]) -> Iterator[str]:
    relation = whole.relations[identifier]
    if not frames:
        yield "has no frame and is never found; add gb:verbFrame, gb:sentencePattern or another"
    for name, kinds in (("domainIncludes", relation.domain), ("rangeIncludes", relation.range)):
        if not kinds:
            yield f"has no schema:{name} and takes anything; add classes of core.ttl"
        for kind in kinds:
            if kind not in whole.classes:
                yield f"schema:{name} names no class: gb:{kind}; use one of core.ttl or define it"


def _unknown_words(entries: Iterable[Entry], identifier: str) -> Iterator[str]:
    from lemminflect import getAllLemmas, getLemma

    for entry in entries:
        if not isinstance(entry, LexicalFrame) or entry.relation != identifier or entry.copular:
            continue
        for verb in entry.verbs:
            base = verb.partition("_")[0]
            known = getAllLemmas(base, upos="VERB").get("VERB", ())
            lemma = base if base in known else next(iter(getLemma(base, upos="VERB")), base)
            if lemma != base:
                yield f"{entry.text!r}: {base!r} is no base form of a verb; write {lemma!r}"


def _same_ends(whole: Ontology, one: str, other: str) -> bool:
    ends = [(set(whole.relations[name].domain), set(whole.relations[name].range)) for name in (one, other)]
    return ends[0] == ends[1]
