"""Compares the PLOVER categories of statements with annotated event sentences (PLOVER gold standard records).

Usage: python benchmarks/events.py plover_gsr.jsonl [--verbose]

For each sentence whose source and target are given: whether a statement links entities that overlap both, and whether
its category is the annotated one. Statements with a content count with the category of both; what is planned or
threatened counts, as in PLOVER's manual, as AGREE where it is cooperative and as THREATEN where it is not.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from graphbuild.model import Document, Extraction, Paragraph, Statement, Status
from graphbuild.pipeline import Stages, extract_one, load

# PLOVER: an act to come is an agreement or a threat, whichever kind of act it is.
AHEAD = {
    "AGREE": frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"}),
    "THREATEN": frozenset({"PROTEST", "SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "REJECT", "RETREAT"}),
}


def main(path: Path, verbose: bool) -> None:
    """Print coverage and accuracy by category."""
    using = load()
    total, linked, right = Counter[str](), Counter[str](), Counter[str]()
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if not (record["source"] and record["target"]):
            continue
        category = record["plover"].partition("-")[0]
        found = categories(record, using)
        total[category] += 1
        linked[category] += bool(found)
        right[category] += category in found
        if verbose and category not in found:
            names = [_names(record[end]) for end in ("source", "target")]
            print(f"{category} {sorted(found)} {names} {record['text']}")
    for category in sorted(total):
        print(f"{category:10} {total[category]:4} linked {linked[category]:4} right {right[category]:4}")
    agreed = 100 * right.total() / max(1, linked.total())
    print(f"all {total.total()}, linked {linked.total()}, category right {right.total()} ({agreed:.1f} % of linked)")


def categories(record: dict[str, Any], using: Stages) -> set[str]:
    """The PLOVER categories of the statements between source and target of a sentence."""
    text = record["text"]
    extraction = extract_one(Document("d", text, (Paragraph(0, len(text)),), published=record["date"]), using)
    source, target = (_keys(extraction, _names(record[end])) for end in ("source", "target"))
    found: set[str] = set()
    for statement in extraction.statements:
        ends = _ends(statement)
        if ends & source and ends & target and len(ends) > 1:
            part: Statement | None = statement
            operators: set[str] = set()
            while part is not None:
                relation = using.ontology.relations.get(part.relation)
                if relation is not None and relation.plover:
                    category = relation.plover.partition("-")[0]
                    found.add(category)
                    if part.status is Status.PLAN and operators <= {"AGREE"}:
                        found.update(ahead for ahead, kinds in AHEAD.items() if category in kinds)
                    operators.add(category)
                part = part.content
    return found


def _names(actors: list[Any] | dict[str, Any]) -> list[str]:
    rows = actors if isinstance(actors, list) else [actors]
    return [row["actorText"] if isinstance(row, dict) else str(row) for row in rows]


def _keys(extraction: Extraction, names: list[str]) -> set[str]:
    wanted = {word.lower() for name in names for word in name.split() if len(word) > 2 or word.isupper()}
    return {
        entity.key
        for entity in extraction.entities
        if wanted & {word for name in (entity.label, *entity.aliases) for word in name.lower().split()}
    }


def _ends(statement: Statement) -> set[str]:
    ends = {statement.subject, statement.object} - {None}
    return {key for key in ends if key} | (_ends(statement.content) if statement.content else set())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    main(given.path, given.verbose)
