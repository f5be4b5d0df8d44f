"""Standing relations of public sets, in the relations of the ontology: Re-DocRED, KnowledgeNet, re3d."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

from training.batches import Record

WEIGHT = 0.3  # of a pair; the sets are of other texts and other habits
TOKENISER = spacy.blank("en").tokenizer
# property → relation by (head's type, tail's type); "-" before a relation turns it round; "*" is any type
REDOCRED = {
    "P17": {("Place", "State"): "locatedIn", ("Organisation", "State"): "locatedIn"},
    "P131": {("Place", "*"): "locatedIn", ("Organisation", "*"): "locatedIn"},
    "P276": {("*", "*"): "locatedIn"},
    "P27": {("Person", "State"): "citizenOf"},
    "P361": {("Organisation", "Organisation"): "partOf", ("Place", "Place"): "partOf"},
    "P527": {("Organisation", "Organisation"): "-partOf", ("Place", "Place"): "-partOf"},
    "P463": {("*", "Organisation"): "memberOf"},
    "P102": {("Person", "Organisation"): "memberOf"},
    "P54": {("Person", "Organisation"): "memberOf"},
    "P108": {("Person", "*"): "worksFor"},
    "P241": {("Person", "Organisation"): "worksFor"},
    "P488": {("Organisation", "Person"): "-leaderOf"},
    "P169": {("Organisation", "Person"): "-leaderOf"},
    "P6": {("*", "Person"): "-headOfGovernmentOf"},
    "P35": {("State", "Person"): "-headOfStateOf"},
    "P36": {("*", "*"): "-capitalOf"},
    "P1376": {("*", "*"): "capitalOf"},
    "P127": {("*", "*"): "-owns"},
    "P749": {("Organisation", "Organisation"): "subsidiaryOf"},
    "P355": {("Organisation", "Organisation"): "-subsidiaryOf"},
    "P159": {("Organisation", "*"): "headquarteredIn"},
    "P112": {("Organisation", "*"): "-founderOf"},
    "P19": {("Person", "*"): "bornIn"},
    "P551": {("Person", "*"): "residentOf"},
    "P937": {("Person", "*"): "residentOf"},
    "P69": {("Person", "Organisation"): "educatedAt"},
    "P26": {("Person", "Person"): "relativeOf"},
    "P22": {("Person", "Person"): "relativeOf"},
    "P25": {("Person", "Person"): "relativeOf"},
    "P40": {("Person", "Person"): "relativeOf"},
    "P3373": {("Person", "Person"): "relativeOf"},
    "P710": {("*", "*"): "-participatedIn"},
    "P1344": {("*", "*"): "participatedIn"},
    "P607": {("*", "*"): "participatedIn"},
    "P1001": {("Organisation", "State"): "agencyOf"},
    "P194": {("State", "Organisation"): "-agencyOf"},
    "P47": {("*", "*"): "borders"},
    "P166": {("Person", "*"): "-awarded"},
}
KNOWLEDGENET = {
    "EMPLOYEE_OR_MEMBER_OF": ("worksFor", "Person", "Organisation"),
    "PLACE_OF_RESIDENCE": ("residentOf", "Person", "Place"),
    "SPOUSE": ("relativeOf", "Person", "Person"),
    "CHILD_OF": ("relativeOf", "Person", "Person"),
    "PLACE_OF_BIRTH": ("bornIn", "Person", "Place"),
    "EDUCATED_AT": ("educatedAt", "Person", "Organisation"),
    "HEADQUARTERS": ("headquarteredIn", "Organisation", "Place"),
    "FOUNDED_BY": ("-founderOf", "Organisation", "Person"),
    "CEO": ("-leaderOf", "Organisation", "Person"),
    "NATIONALITY": ("citizenOf", "Person", "State"),
    "POLITICAL_AFFILIATION": ("memberOf", "Person", "Organisation"),
    "SUBSIDIARY_OF": ("subsidiaryOf", "Organisation", "Organisation"),
}
RE3D = {
    "FightingAgainst": "fought",
    "InChargeOf": "leaderOf",
    "AlliesOf": "alliedWith",
    "CommWith": "told",
}
RE3D_TYPES = {"Person": "Person", "Organisation": "Organisation", "Location": "Place", "Nationality": "State"}
BOTH_WAYS = frozenset({"relativeOf", "borders", "fought", "alliedWith"})
LONGEST = 300


def records(data: Path) -> list[Record]:
    """Paragraphs with pairs, as ``training.pairs`` describes them."""
    found = [*redocred(data / "redocred"), *knowledgenet(data / "knowledgenet"), *re3d(data / "re3d")]
    return [record for record in found if record["pairs"] and len(record["words"]) <= LONGEST]


def redocred(folder: Path) -> Iterator[Record]:
    """A record a sentence: what is stated there is what has it as its evidence, alone or among others."""
    for path in sorted(folder.glob("*_revised.json")):
        for text in json.loads(path.read_text(encoding="utf-8")):
            states = {row["t"] for row in text["labels"] if row["r"] in ("P17", "P27")}
            types = [_redocred_type(entity, number in states) for number, entity in enumerate(text["vertexSet"])]
            for number, words in enumerate(text["sents"]):
                pairs = _redocred_pairs(text, number, types)
                yield {"set": "redocred", "id": text["title"], "words": words, "pairs": pairs,
                       "sent_starts": [at == 0 for at in range(len(words))]}  # fmt: skip


def _redocred_type(entity: list[dict[str, Any]], is_state: bool) -> str | None:
    kind = entity[0]["type"]
    if kind == "LOC":
        return "State" if is_state else "Place"
    return {"PER": "Person", "ORG": "Organisation", "MISC": "Event"}.get(kind)


def _redocred_pairs(text: dict[str, Any], sentence: int, types: list[str | None]) -> list[list[Any]]:
    places: dict[int, int] = {}
    for number, entity in enumerate(text["vertexSet"]):
        last = [m["pos"][1] - 1 for m in entity if m["sent_id"] == sentence]
        if last and types[number]:
            places[number] = last[0]
    stated: dict[tuple[int, int], set[str]] = defaultdict(set)
    unsure: set[tuple[int, int]] = set()
    for row in text["labels"]:
        head, tail = row["h"], row["t"]
        if head not in places or tail not in places:
            continue
        unsure |= {(head, tail), (tail, head)}
        options = REDOCRED.get(row["r"], {})
        relation = next(
            (name for (a, b), name in options.items() if a in ("*", types[head]) and b in ("*", types[tail])), None
        )
        if relation is None or sentence not in row["evidence"] or len(row["evidence"]) > 2:
            continue
        ends = (tail, head) if relation.startswith("-") else (head, tail)
        relation = relation.removeprefix("-")
        stated[ends].add(relation)
        if relation in BOTH_WAYS:
            stated[ends[::-1]].add(relation)
    found = []
    for one, other in permutations(places, 2):
        if places[one] == places[other]:
            continue
        relations = stated.get((one, other))
        if relations or (one, other) not in unsure or (other, one) in stated:
            ends = [places[one], places[other], types[one], types[other]]
            found.append([*ends, dict.fromkeys(sorted(relations or ()), 1.0), WEIGHT, []])
    return found


def knowledgenet(folder: Path) -> Iterator[Record]:
    """A record a passage: its facts, and the wrong way round of each."""
    for line in (folder / "knowledgenet_train_from_html.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        doc = TOKENISER(row["text"])
        found: dict[tuple[int, int], list[Any]] = {}
        for fact in row["facts"]:
            if fact["prop"] not in KNOWLEDGENET:
                continue
            relation, subject, target = KNOWLEDGENET[fact["prop"]]
            ends = [(_last(doc, *fact["s"]), subject), (_last(doc, *fact["o"]), target)]
            if relation.startswith("-"):
                ends.reverse()
            _add(found, ends, relation.removeprefix("-"))
        yield {"set": "knowledgenet", "id": row["doc"], "words": [t.text for t in doc], "pairs": list(found.values()),
               "sent_starts": [at == 0 for at in range(len(doc))]}  # fmt: skip


def _last(doc: Doc, start: int, end: int) -> int:
    return next((t.i for t in reversed(doc) if t.idx < end), len(doc) - 1)


def _add(found: dict[tuple[int, int], list[Any]], ends: list[tuple[int, str]], relation: str) -> None:
    if ends[0][0] == ends[1][0]:
        return
    for a, b, turned in ((0, 1, False), (1, 0, True)):
        (at, own), (to, its) = ends[a], ends[b]
        pair = found.setdefault((at, to), [at, to, own, its, {}, WEIGHT, []])
        if not turned or relation in BOTH_WAYS:
            pair[4][relation] = 1.0


def re3d(folder: Path) -> Iterator[Record]:
    """A record a text: its relations that have a counterpart here."""
    for path in sorted(folder.glob("*/relations.json")):
        texts = {row["_id"]: row["text"] for row in _lines(path.with_name("documents.json"))}
        rows = defaultdict(list)
        for row in _lines(path):
            if row["type"] in RE3D and row["documentId"] in texts:
                rows[row["documentId"]].append(row)
        kinds = {(r["documentId"], r["begin"], r["end"]): r["type"] for r in _lines(path.with_name("entities.json"))}
        for name, facts in sorted(rows.items()):
            yield from _re3d_sentences(name, texts[name], facts, kinds)


def _re3d_sentences(
    name: str, text: str, facts: list[dict[str, Any]], kinds: dict[tuple[str, int, int], str]
) -> Iterator[Record]:
    for start, end in _paragraphs(text):
        doc = TOKENISER(text[start:end])
        found: dict[tuple[int, int], list[Any]] = {}
        for fact in facts:
            spans = [(fact[f"{end}Begin"], fact[f"{end}End"]) for end in ("source", "target")]
            if any(not start <= a < b <= end for a, b in spans):
                continue
            types = [RE3D_TYPES.get(kinds.get((name, a, b), ""), "Group") for a, b in spans]
            ends = [(_last(doc, a - start, b - start), kind) for (a, b), kind in zip(spans, types, strict=True)]
            _add(found, ends, RE3D[fact["type"]])
        yield {"set": "re3d", "id": name, "words": [t.text for t in doc if not t.is_space],
               "pairs": [] if any(t.is_space for t in doc) else list(found.values()),
               "sent_starts": [t.i == 0 for t in doc if not t.is_space]}  # fmt: skip


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, at + len(line.rstrip())
        at += len(line) + 1


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
