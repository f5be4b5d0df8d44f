"""The senses of ``ontologies/senses.ttl``: checked against PropBank, and the table of their words.

    python -m training.senses PROPBANK ontologies

PROPBANK holds ``rolesets.tsv``: sense, name, aliases and roles of every roleset. Writes the words of the senses that
are used, and of every other sense of those words, into ``ontologies/propbank/aliases.tsv`` (CC BY-SA 4.0). Where a line
is wrong, it says so, writes nothing and ends with 1.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

GB = "https://w3id.org/graphbuild/ns#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
CLASS = "http://www.w3.org/2002/07/owl#Class"
WORD_CLASSES = {"v": "v", "n": "n", "j": "j", "l": "l", "m": "l"}  # PropBank's m: verb and adverb or noun, "take place"
HEAD = re.compile(r"(?P<sense>[\w.'-]+\.(?:\d+|LV))(?:/(?P<pos>[vnjl]+)|\[(?P<words>[^\]]+)\])?")
PART = re.compile(r"(?:[SOC]=|\+)(?P<roles>[A-Za-z0-5|]+)(?::!?(?P<types>[A-Z][A-Za-z|]+))?\??|-(?P<absent>\w+)")
ROLE = re.compile(r"ARG[0-5]|V|Ving|[a-z]+")
SPELLINGS = (  # American → British
    (re.compile(r"(?<!^se)(?<!^pr)(?<!^s)(?<!caps)(?<!downs)i(z)(?=e$|ing$|ation$)"), "s"),
    (re.compile(r"(?:fav|hon|harb|neighb|lab|col|behavi)o()(?=r)"), "u"),
    (re.compile(r"(?:defen|offen)(s)(?=e$)"), "c"),
    (re.compile(r"(?:acknowledg|judg)()(?=ment$)"), "e"),
    (re.compile(r"^enrol(l)$"), ""),
)


@dataclass(frozen=True, slots=True)
class Roleset:
    """A sense of PropBank: its words with their classes ("accusation/n"), and the roles that it has."""

    sense: str
    words: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One ``gb:sense`` of a relation, as written."""

    relation: str
    text: str


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("propbank", type=Path, help="folder of rolesets.tsv")
    options.add_argument("ontologies", type=Path, help="folder of senses.ttl, relations.ttl and core.ttl")
    given = options.parse_args()
    inventory = {roleset.sense: roleset for roleset in rolesets(given.propbank / "rolesets.tsv")}
    lines, own = declared(given.ontologies / "senses.ttl")
    relations = subjects(given.ontologies / "relations.ttl", GB + "Relation")
    classes = subjects(given.ontologies / "core.ttl", CLASS)
    faults = [*errors(lines, own, inventory, relations, classes)]
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(1)
    used = {sense_of(line.text) for line in lines}
    target = given.ontologies / "propbank" / "aliases.tsv"
    count = write(target, inventory, used)
    without = sorted(relations - {line.relation for line in lines})
    print(f"{len(lines)} lines, {len(used)} senses of {len(relations) - len(without)} relations")
    print(f"{count} senses in {target}")
    print("without senses:", ", ".join(without))


def rolesets(path: Path) -> Iterator[Roleset]:
    """The rolesets of PropBank's table, with British spellings added to their words."""
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            words: dict[str, None] = {}
            for alias in filter(None, map(str.strip, row["aliases"].split(";"))):
                word, _, kind = alias.rpartition("/")
                if kind in WORD_CLASSES and re.fullmatch(r"[\w.'-]+", word):
                    words |= dict.fromkeys(f"{form}/{WORD_CLASSES[kind]}" for form in (word, british(word)))
            roles = re.findall(r"ARG[0-9]", row["roles"])
            yield Roleset(row["sense"], tuple(words), tuple(sorted(set(roles))))


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
    """The sense that a line begins with."""
    found = HEAD.match(text)
    return found["sense"] if found else ""


def errors(
    lines: Iterable[Line],
    own: Mapping[str, list[str]],
    inventory: Mapping[str, Roleset],
    relations: set[str],
    classes: set[str],
) -> Iterator[str]:
    """What is wrong with the lines, one message each."""
    seen: set[tuple[str, ...]] = set()
    for line in lines:
        where = f"{line.relation}: {line.text!r}"
        if line.relation not in relations:
            yield f"{where}: no such relation"
        for fault in line_errors(line.text, own, inventory, classes):
            yield f"{where}: {fault}"
        key = (line.relation, *sorted(line.text.split()))
        if key in seen:
            yield f"{where}: twice"
        seen.add(key)
    for sense, words in own.items():
        if sense not in inventory:
            yield f"gb:senseAlias: no sense {sense}"
            continue
        for word in set(words) & set(inventory[sense].words):
            yield f"gb:senseAlias: {sense} has {word} already"


def line_errors(
    text: str, own: Mapping[str, list[str]], inventory: Mapping[str, Roleset], classes: set[str]
) -> Iterator[str]:
    """What is wrong with one line."""
    head, _, body = text.partition(": ")
    found = HEAD.fullmatch(head)
    if not found:
        yield "no sense before the colon"
        return
    if found["sense"] not in inventory:
        yield f"no sense {found['sense']}"
        return
    roleset = inventory[found["sense"]]
    words = {*roleset.words, *own.get(roleset.sense, ())}
    for word in (found["words"] or "").split("|"):
        if word and word not in words:
            yield f"{roleset.sense} has no word {word}"
    for kind in found["pos"] or "":
        if not any(word.endswith(f"/{kind}") for word in words):
            yield f"{roleset.sense} has no word of class {kind}"
    parts = body.split()
    for part in parts:
        yield from part_errors(part, roleset, classes)
    ends = [part[0] for part in parts if part[1:2] == "="]
    if "S" not in ends or not {"O", "C"} & set(ends) or len(ends) != len(set(ends)):
        yield "needs one S and O or C, each once"


def part_errors(part: str, roleset: Roleset, classes: set[str]) -> Iterator[str]:
    """What is wrong with one part of a line: "O=ARG2|to:State"."""
    found = PART.fullmatch(part)
    if not found:
        yield f"{part} is no part of a line"
        return
    for role in (found["roles"] or found["absent"]).split("|"):
        if not ROLE.fullmatch(role):
            yield f"{role} is no role"
        elif role.startswith("ARG") and role not in roleset.roles:
            yield f"{roleset.sense} has no {role}"
    for name in (found["types"] or "").split("|"):
        if name and name not in classes:
            yield f"no class {name} in core.ttl"


def write(path: Path, inventory: Mapping[str, Roleset], used: set[str]) -> int:
    """Write the words of the senses that are used and of all other senses of those words; the number of senses."""
    words = {word.rpartition("/")[0] for sense in used for word in inventory[sense].words}
    kept = sorted(
        sense
        for sense, roleset in inventory.items()
        if sense in used or any(word.rpartition("/")[0] in words for word in roleset.words) or particle(sense) in words
    )
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as rows:
        rows.write("# Derived from PropBank frames; CC BY-SA 4.0, see LICENSE.md. Made by training/senses.py.\n")
        rows.write("sense\troles\twords\n")
        for sense in kept:
            roles = "".join(role.removeprefix("ARG") for role in inventory[sense].roles)
            rows.write(f"{sense}\t{roles}\t{' '.join(inventory[sense].words)}\n")
    return len(kept)


def particle(sense: str) -> str:
    """The verb of a sense of verb and particle: "look" of "look_into.11"."""
    return sense.partition(".")[0].partition("_")[0] if "_" in sense else ""


if __name__ == "__main__":
    main()
