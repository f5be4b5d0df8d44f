"""Scores what is held as happened or not on the factuality layer of Universal Decompositional Semantics (on UD EWT).

Usage: python benchmarks/factuality.py factuality.json ud_ids.json en_ewt-ud-test.conllu [--verbose]

For the annotated predicates of the sentences in the CoNLL-U file: where the clause is read as certain and neither
planned nor ahead, its polarity is compared with the sign of the gold value. The layer counts the tokens of an older
UD release: a sentence one of whose annotated tokens is no content word today is left out, as its tokens have moved.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graphbuild import language
from graphbuild.factuality import Factuality, FactualityAnalyser
from graphbuild.factuality.direct_speech import quotations
from graphbuild.model import Certainty, Document, Paragraph, Tense
from graphbuild.pipeline import Stages, load
from graphbuild.syntax import Tree

CONTENT = frozenset({"VERB", "AUX", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "ADV", "X", "INTJ"})


@dataclass(frozen=True)
class Sentence:
    """A sentence of the treebank; of each word its first character in ``text`` and its part of speech."""

    text: str
    starts: tuple[int, ...]
    pos: tuple[str, ...]


def main(factuality: Path, ids: Path, conllu: Path, verbose: bool) -> None:
    """Print coverage, agreement and confusion."""
    using, count = load(), Counter[str]()
    for sentence, values in annotated(factuality, ids, conllu):
        if any(k > len(sentence.pos) or sentence.pos[k - 1] not in CONTENT for k in values):
            count["moved"] += len(values)
            continue
        found = readings(sentence.text, using)
        for k, value in sorted(values.items()):
            count["all"] += 1
            reading = found.get(sentence.starts[k - 1])
            if reading is None:
                continue
            count["shared"] += 1
            if not is_asserted(reading):
                count[f"open {'+' if value > 0 else '-'}"] += 1
                continue
            ours, sign = "-" if reading.negated else "+", "+" if value > 0 else "-"
            count[f"{sign}{ours}"] += 1
            count[f"clear {sign}{ours}"] += abs(value) > 0.5
            if verbose and sign != ours:
                word = sentence.text[sentence.starts[k - 1] :].split()[0]
                print(f"gold {value:+.2f} {word} {reading.reasons} {reading.tense} | {sentence.text}")
    report(count)


def annotated(factuality: Path, ids: Path, conllu: Path) -> Iterator[tuple[Sentence, dict[int, float]]]:
    """The sentences of the treebank file with the gold values of their predicates, by 1-based token."""
    layer = json.loads(factuality.read_text(encoding="utf-8"))["data"]
    names = json.loads(ids.read_text(encoding="utf-8"))
    known = dict(sentences(conllu))
    for name, predicates in layer.items():
        sentence = known.get(names[name]["sentence_id"])
        if sentence is not None:
            yield (
                sentence,
                {
                    int(key.rpartition("-")[2]): float(entry["factuality"]["factual"]["value"])
                    for key, entry in predicates.items()
                },
            )


def sentences(conllu: Path) -> Iterator[tuple[str, Sentence]]:
    """The sentences of a treebank file by their ids."""
    for block in conllu.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        comments = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# ") and " = " in line)
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        words = [row for row in rows if row[0].isdigit()]
        if words:
            starts, place = [], 0
            for row in words:
                place = max(comments["text"].find(row[1], place), place)
                starts.append(place)
                place += len(row[1])
            yield comments["sent_id"], Sentence(comments["text"], tuple(starts), tuple(row[3] for row in words))


def readings(text: str, using: Stages) -> dict[int, Factuality]:
    """The readings of all predicates of a sentence, by the first character of the predicate."""
    doc = language.read(using.nlp, Document("d", text, (Paragraph(0, len(text)),)))
    tree = Tree(doc)
    reader = FactualityAnalyser(tree, using.ontology, quotations(tree, using.ontology))
    return {
        start: reader.clause(token)
        for token, (start, _) in enumerate(doc.user_data["offsets"])
        if (tree.is_verb(token) and tree.label(token) not in ("aux", "cop", "case", "fixed"))
        or tree.copula(token) is not None
    }


def is_asserted(reading: Factuality) -> bool:
    """Whether the clause is held as happened or not happened."""
    return reading.certainty is Certainty.CERTAIN and not reading.content and reading.tense is not Tense.FUTURE


def report(count: Counter[str]) -> None:
    """Print the figures; in the confusion the gold sign stands first."""
    print(f"predicates {count['all']} (tokens moved: {count['moved']}), in the parse {count['shared']}")
    print(f"neither held nor denied: gold + {count['open +']}, gold - {count['open -']}")
    for name, prefix in (("all held", ""), ("held, |gold| > 0.5", "clear ")):
        cells = {cell: count[prefix + cell] for cell in ("++", "+-", "-+", "--")}
        total, right = sum(cells.values()), cells["++"] + cells["--"]
        print(f"{name}: {total} ({100 * total / max(1, count['all']):.1f} %), ", end="")
        print(f"agreement {100 * right / max(1, total):.1f} %, confusion {cells}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("factuality", type=Path)
    parser.add_argument("ids", type=Path)
    parser.add_argument("conllu", type=Path)
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    main(given.factuality, given.ids, given.conllu, given.verbose)
