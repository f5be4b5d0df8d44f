"""Who does what: PropBank's roles (Palmer et al. 2005) on the words of UD English EWT and of the frame files' examples.

Usage: python -m training.roles DATA CORPORA

Adds to CORPORA, where ``training.corpora`` has written, ``roles.{train,dev,test}.jsonl``: the chunks of EWT with
``predicates`` (word indices, all of them) and ``roles`` ([predicate, head word of the argument, role]), and single
sentences of the frame files, of whose predicates only the exemplified one is known.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from training.batches import Record, bare, read

CORE = ("ARG0", "ARG1", "ARG2", "ARG3", "ARG4")
ADJUNCTS = ("ARGM-LOC", "ARGM-TMP", "ARGM-NEG", "ARGM-MOD", "ARGM-LVB")
OTHER = "ARGM"  # any other adjunct
ROLES = ["none", *CORE, *ADJUNCTS, OTHER]
UNSURE = "unsure"  # a relative pronoun or a continued argument: neither wanted nor wrong
LONGEST_EXAMPLE = 120


def role(name: str) -> str:
    """One of ROLES, or UNSURE, for a name of PropBank."""
    if name.startswith(("R-", "C-")) or name.endswith("-DSP") or name == "ARG5":
        return UNSURE
    if name in CORE or name in ADJUNCTS:
        return name
    return OTHER if name.startswith("ARGM") else UNSURE


def sentences(path: Path) -> Iterator[Record]:
    """The sentences of an aligned file, their arguments as [predicate, head word, role]."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            found = [[p["token"], arg[1], role(arg[0])] for p in row["predicates"] for arg in p["args"]]
            senses = [[p["token"], p["sense"]] for p in row["predicates"]]
            yield row | {"roles": found, "predicates": [at for at, _ in senses], "senses": senses}


def annotated(chunks: Sequence[Record], found: Sequence[Record]) -> Iterator[Record]:
    """``chunks`` of EWT with the roles of those sentences that PropBank has; chunks without any are left out."""
    by_words: dict[tuple[str, ...], list[Record]] = {}
    for sentence in found:
        by_words.setdefault(tuple(sentence["words"]), []).append(sentence)
    for chunk in chunks:
        bounds = [*(at for at, start in enumerate(chunk["sent_starts"]) if start), len(chunk["words"])]
        roles: list[list[Any]] = []
        predicates: list[int] = []
        senses: list[list[Any]] = []
        known: list[list[int]] = []
        for start, end in pairwise(bounds):
            same = by_words.get(tuple(chunk["words"][start:end]))
            if not same:
                continue
            sentence = same.pop(0) if len(same) > 1 else same[0]
            known.append([start, end])
            roles += [[start + a, start + b, name] for a, b, name in sentence["roles"]]
            predicates += [start + a for a in sentence["predicates"]]
            senses += [[start + a, sense] for a, sense in sentence["senses"]]
        if known:
            yield chunk | {"roles": roles, "predicates": predicates, "predicates_known": known, "senses": senses}


def trees(rows: Sequence[Record]) -> Iterator[tuple[list[int], str]]:
    """The heads of each row's words, and its predicate's tag, as the shipped encoder reads them."""
    from spacy.tokens import Doc

    from graphbuild import language

    nlp = language.load("default")
    nlp.disable_pipes("graphbuild_actors")
    docs = nlp.pipe(Doc(nlp.vocab, words=row["words"]) for row in rows)
    for row, doc in zip(rows, docs, strict=True):
        yield [token.head.i for token in doc], doc[row["rel"][0]].tag_


def span_head(heads: Sequence[int], start: int, end: int) -> int:
    """The first word of the span whose head lies outside it, or is itself."""
    return next((at for at in range(start, end) if not start <= heads[at] < end or heads[at] == at), end - 1)


def examples(path: Path) -> Iterator[Record]:
    """The examples of the frame files; their arguments' heads by parsing."""
    with path.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if 3 < len(row["words"]) <= LONGEST_EXAMPLE]
    for row, (heads, tag) in zip(rows, trees(rows), strict=True):
        predicate = row["rel"][0]
        found = [
            [predicate, span_head(heads, start, end), role(name)]
            for name, start, end in row["args"]
            if not start <= predicate < end
        ]
        starts = {"sent_starts": [at == 0 for at in range(len(row["words"]))]}
        listed = {"roles": found, "predicates": [predicate], "predicates_known": []}
        listed |= {"senses": [[predicate, row["sense"]]], "tag": tag}
        yield bare(row["words"]) | starts | listed | {"set": "examples", "id": row["name"]}


def main(data: Path, corpora: Path) -> None:
    """Write the records of all splits."""
    for split in ("train", "dev", "test"):
        chunks = [r for r in read(corpora / f"syntax.{split}.jsonl") if r["set"] == "ewt"]
        found = list(annotated(chunks, list(sentences(data / f"propbank/ewt_{split}.jsonl"))))
        if split == "train":
            found += examples(data / "propbank/examples.jsonl")
        with (corpora / f"roles.{split}.jsonl").open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in found)
        counts = Counter(name for record in found for *_, name in record["roles"])
        print(split, len(found), dict(counts.most_common()), file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
