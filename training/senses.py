"""The senses of ``ontologies/senses.ttl``: checked against PropBank, and the table of their words and roles.

    python -m training.senses PROPBANK ontologies

PROPBANK holds ``rolesets.tsv`` (sense, name, aliases and roles of every roleset) and the example sentences
``examples.jsonl`` and ``ewt_train.jsonl``. Writes the words of the senses that are used, of every other sense of those
words, and how their roles are said into ``ontologies/propbank/aliases.tsv`` (CC BY-SA 4.0). Where a line is wrong, it
says so, writes nothing and ends with 1.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graphbuild.errors import OntologyError
from graphbuild.ontology.frames import PREPOSITIONS
from graphbuild.ontology.senses import TABLE, Roleset, Sense, parse, roleset

GB = "https://w3id.org/graphbuild/ns#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
CLASS = "http://www.w3.org/2002/07/owl#Class"
WORD_CLASSES = {"v": "v", "n": "n", "j": "j", "l": "l", "m": "l"}  # PropBank's m: verb and adverb or noun, "take place"
DETERMINERS = frozenset({
    "the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "our", "my", "your", "their", "him",
    "them", "us", "me", "it", "you", "any", "some", "each", "all", "both",
})  # fmt: skip
OWNERS = frozenset({"'s", "’s", "'", "his", "her", "its", "their", "our", "my", "your"})
AUXILIARIES = frozenset({"be", "am", "is", "are", "was", "were", "been", "being", "get", "got", "'s", "’s", "'re"})
OPENERS = frozenset({"that", "whether", "how", "what", "which", "who", "whom", "why", "where", "when", "if"})
CIRCUMSTANCE = frozenset({"in", "at", "as", "like", "during", "after", "before", "since", "amid"})
SPELLINGS = (  # American → British
    (re.compile(r"(?<!^se)(?<!^pr)(?<!^s)(?<!caps)(?<!downs)i(z)(?=e$|ing$|ation$)"), "s"),
    (re.compile(r"(?:fav|hon|harb|neighb|lab|col|behavi)o()(?=r)"), "u"),
    (re.compile(r"(?:defen|offen)(s)(?=e$)"), "c"),
    (re.compile(r"(?:acknowledg|judg)()(?=ment$)"), "e"),
    (re.compile(r"^enrol(l)$"), ""),
)


@dataclass(slots=True)
class Usage:
    """How a sense was seen: prepositions of each role, and (subject, direct object) of active verbs."""

    prepositions: dict[str, Counter[str]] = field(default_factory=dict)
    orders: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Line:
    """One ``gb:sense`` of a relation, as written."""

    relation: str
    text: str


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("propbank", type=Path, help="folder of rolesets.tsv and the example sentences")
    options.add_argument("ontologies", type=Path, help="folder of senses.ttl, relations.ttl and core.ttl")
    given = options.parse_args()
    rows = inventory(given.propbank)
    lines, own = declared(given.ontologies / "senses.ttl")
    known = {sense: roleset(sense, roles, (*words, *own.get(sense, ()))) for sense, (roles, words) in rows.items()}
    relations = subjects(given.ontologies / "relations.ttl", GB + "Relation")
    classes = subjects(given.ontologies / "core.ttl", CLASS)
    faults = [*errors(lines, own, known, relations, classes), *doubled(own, {s: w for s, (_, w) in rows.items()})]
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(1)
    used = {sense_of(line.text) for line in lines}
    target = given.ontologies / TABLE
    count = write(target, rows, used)
    without = sorted(relations - {line.relation for line in lines})
    print(f"{len(lines)} lines, {len(used)} senses of {len(relations) - len(without)} relations")
    print(f"{count} senses in {target}")
    print("without senses:", ", ".join(without))


def inventory(folder: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """PropBank's senses: the roles as the table writes them, and the words with British spellings added."""
    seen = usages(folder)
    found = {}
    with (folder / "rolesets.tsv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            words: dict[str, None] = {}
            for alias in filter(None, map(str.strip, row["aliases"].split(";"))):
                word, _, kind = alias.rpartition("/")
                if kind in WORD_CLASSES and re.fullmatch(r"[\w.'-]+", word):
                    words |= dict.fromkeys(f"{form}/{WORD_CLASSES[kind]}" for form in (word, british(word)))
            tags = dict(re.findall(r"ARG([0-9])=([A-Z]*)", row["roles"]))
            found[row["sense"]] = " ".join(realisations(tags, seen.get(row["sense"], Usage()))), tuple(words)
    return found


def realisations(tags: Mapping[str, str], usage: Usage) -> Iterator[str]:
    """How the roles of a sense are said, as ``graphbuild.ontology.senses`` reads it: ``0 1*:of 2+:to/for 2>1``."""
    numbers = sorted(tags)
    first, second = (*numbers, "", "")[:2]
    total = sum(usage.orders.values())
    for number in numbers:
        bare = number not in (first, second) and usage.orders[first, number] > 0
        counts = usage.prepositions.get(number, Counter())
        ways = "/".join(sorted(p for p, count in counts.items() if count > 1 or p not in CIRCUMSTANCE))
        yield number + "*" * bare + "+" * (tags[number] == "GOL") + (":" + ways if ways else "")
    for (subject, obj), count in sorted(usage.orders.items()):
        odd = subject != first and obj not in (subject, "0") and {subject, obj} <= set(numbers)
        if odd and count > 1 and count > total * 0.15:
            yield f"{subject}>{obj}"


def usages(folder: Path) -> dict[str, Usage]:
    """What the example sentences show of each sense."""
    found: dict[str, Usage] = {}
    with (folder / "examples.jsonl").open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            noun = re.search(r"-n\b", row["name"]) is not None
            observe(found.setdefault(row["sense"], Usage()), row["words"], row["rel"], row["args"], noun)
    with (folder / "ewt_train.jsonl").open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            for p in row["predicates"]:
                spans = [(role, start, end) for role, _, start, end in p["args"]]
                observe(found.setdefault(p["sense"], Usage()), row["words"], [p["token"]], spans, False)
    return found


def observe(usage: Usage, words: Sequence[str], rel: Sequence[int], spans: Iterable[Any], noun: bool) -> None:
    """Count how one predicate's roles stand around it."""
    low = [word.lower() for word in words]
    first, last = rel[0], rel[-1]
    core = [(role[-1], a, b) for role, a, b in spans if re.fullmatch(r"ARG[0-5]", role) and (b <= first or a > last)]
    noun |= first > 0 and low[first - 1] in DETERMINERS | OWNERS
    for role, start, end in core:
        if start > last and end - start > 1 and low[start] in PREPOSITIONS - {"by"}:
            nominal = low[start + 1] in DETERMINERS or words[start + 1][0].isupper()
            of_patient = low[start] == "of" and role in "01"
            if not of_patient and (low[start] != "to" or nominal):
                usage.prepositions.setdefault(role, Counter())[low[start]] += 1
    before = [low[k] for k in range(first) if not low[k].endswith("ly") and low[k] not in ("not", "n't")]
    passive = bool(before) and before[-1] in AUXILIARIES and not low[first].endswith("ing")
    if noun or passive:
        return
    closed = PREPOSITIONS | OPENERS
    left = [(end, role) for role, start, end in core if end <= first and low[start] not in closed]
    right = [
        (start, role)
        for role, start, _ in core
        if last < start <= last + 2 and low[start] not in closed and not low[start].endswith("ing")
    ]
    if left and right:
        usage.orders[max(left)[1], min(right)[1]] += 1


def british(word: str) -> str:
    """The British spelling of a word: "criticise" of "criticize"."""
    for pattern, letters in SPELLINGS:
        if found := pattern.search(word):
            return word[: found.start(1)] + letters + word[found.end(1) :]
    return word


def declared(path: Path) -> tuple[list[Line], dict[str, list[str]]]:
    """The sense lines of a file, and the words that it adds to senses."""
    lines: list[Line] = []
    own: dict[str, list[str]] = {}
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        if quad.predicate.value == GB + "sense":
            lines.append(Line(quad.subject.value.removeprefix(GB), quad.object.value))
        elif quad.predicate.value == GB + "senseAlias":
            sense, _, word = quad.object.value.partition(" ")
            own.setdefault(sense, []).append(word)
    return lines, own


def subjects(path: Path, kind: str) -> set[str]:
    """Local names of whatever a Turtle file says is of that class."""
    quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    return {
        quad.subject.value.removeprefix(GB)
        for quad in quads
        if quad.predicate.value == TYPE and quad.object.value == kind
    }


def sense_of(text: str) -> str:
    """The sense that a line begins with: "talk.01" of "talk.01[talk/n]: S=ARG0"."""
    return re.split(r"[/\[:]", text, maxsplit=1)[0]


def errors(
    lines: Iterable[Line],
    own: Mapping[str, list[str]],
    known: Mapping[str, Roleset],
    relations: set[str],
    classes: set[str],
) -> Iterator[str]:
    """What is wrong with the lines and the words that are added, one message each."""
    seen: set[tuple[str, ...]] = set()
    for line in lines:
        where = f"{line.relation}: {line.text!r}"
        if line.relation not in relations:
            yield f"{where}: no such relation"
        try:
            parsed = parse(line.relation, line.text, known)
        except OntologyError as error:
            yield str(error)
        else:
            yield from (f"{where}: no class {name} in core.ttl" for name in unknown_classes(parsed, classes))
        key = (line.relation, *sorted(line.text.split()))
        if key in seen:
            yield f"{where}: twice"
        seen.add(key)
    yield from (f"gb:senseAlias: no sense {sense}" for sense in own if sense not in known)


def unknown_classes(line: Sense, classes: set[str]) -> list[str]:
    """The types of a line that core.ttl lacks."""
    return [name for part in line.parts for name in part.types if name not in classes]


def doubled(own: Mapping[str, list[str]], words: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Added words that PropBank has already."""
    for sense, added in own.items():
        yield from (f"gb:senseAlias: {sense} has {word} already" for word in added if word in words.get(sense, ()))


def write(path: Path, rows: Mapping[str, tuple[str, tuple[str, ...]]], used: set[str]) -> int:
    """Write the words of the senses that are used and of all other senses of those words; the number of senses."""
    words = {word.rpartition("/")[0] for sense in used for word in rows[sense][1]}
    kept = sorted(
        sense
        for sense, (_, own) in rows.items()
        if sense in used or any(word.rpartition("/")[0] in words for word in own) or particle(sense) in words
    )
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as table:
        table.write("# Derived from PropBank frames; CC BY-SA 4.0, see LICENSE.md. Made by training/senses.py.\n")
        table.write("sense\troles\twords\n")
        for sense in kept:
            table.write(f"{sense}\t{rows[sense][0]}\t{' '.join(rows[sense][1])}\n")
    return len(kept)


def particle(sense: str) -> str:
    """The verb of a sense of verb and particle: "look" of "look_into.11"."""
    return sense.partition(".")[0].partition("_")[0] if "_" in sense else ""


if __name__ == "__main__":
    main()
