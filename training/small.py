"""Trains the small pipeline: two convolutional networks without pretrained vectors, one for syntax, one for names.

Usage: python -m training.small CORPORA OUT [--passes-syntax N] [--passes-names N]

CORPORA is what training.corpora wrote. OUT/syntax and OUT/names hold the trials, OUT/model the pipeline that ships. A
part whose ``model-best`` is there is not trained again.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.cli.init_config import init_config
from spacy.cli.train import train
from spacy.tokens import Doc, DocBin, Span

SEED = 7
PASSES = {"ewt": 4, "gum": 4, "redocred": 2, "wikigold": 3, "crossner": 2, "wnut17": 1, "btc": 2, "gmb": 1, "re3d": 2}
PARTS = {"syntax": ["tagger", "parser"], "names": ["ner"]}
WIDTH, ROWS = 128, 5000


def main(corpora: Path, out: Path, passes: dict[str, int], parts: list[str]) -> None:
    """Train the parts that are not there yet, then put both into one pipeline."""
    for part in parts:
        if not (out / part / "model-best").is_dir():
            _train(part, corpora, out / part, passes[part])
    if all((out / part / "model-best").is_dir() for part in PARTS):
        nlp = spacy.load(out / "syntax" / "model-best")
        nlp.add_pipe("ner", source=_with_own_vectors(out / "names" / "model-best"))
        nlp.meta |= {"name": "small", "description": "tagger, parser and names for graphbuild", "license": "MIT"}
        nlp.to_disk(out / "model")
        size = sum(path.stat().st_size for path in (out / "model").rglob("*") if path.is_file())
        print(f"{out / 'model'}: {size / 1e6:.1f} MB", file=sys.stderr)


def _with_own_vectors(path: Path) -> spacy.language.Language:
    """The names pipeline with its embedding inside the component, so that it can stand beside another's."""
    names = spacy.load(path)
    names.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    return names


def _train(part: str, corpora: Path, out: Path, passes: int) -> None:
    out.mkdir(parents=True, exist_ok=True)
    kind = "ner" if part == "names" else part
    for split in ("train", "dev"):
        nlp = spacy.blank("en")
        docs = (_doc(nlp, record, part) for record in _records(corpora / f"{kind}.{split}.jsonl", split, part))
        DocBin(["TAG", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE"], docs=docs).to_disk(out / f"{split}.spacy")
    config = init_config(lang="en", pipeline=PARTS[part], optimize="efficiency")
    config["paths"] = {
        "train": str(out / "train.spacy"),
        "dev": str(out / "dev.spacy"),
        "vectors": None,
        "init_tok2vec": None,
    }
    config["system"]["seed"] = config["training"]["seed"] = SEED
    config["components"]["tok2vec"]["model"]["encode"]["width"] = WIDTH
    config["components"]["tok2vec"]["model"]["embed"]["rows"] = [ROWS, 1000, 2500, 2500]
    config["training"] |= {"max_epochs": passes, "max_steps": 0, "patience": 0, "eval_frequency": 600, "dropout": 0.15}
    config["training"]["optimizer"]["learn_rate"] = {
        "@schedules": "warmup_linear.v1",
        "warmup_steps": 250,
        "total_steps": _steps(out, passes),
        "initial_rate": 0.002,
    }
    config.to_disk(out / "config.cfg")
    train(out / "config.cfg", out)


def _steps(out: Path, passes: int) -> int:
    """About how many batches the run has: the efficiency batcher grows from 100 to 1,000 words."""
    words = sum(len(doc) for doc in DocBin().from_disk(out / "train.spacy").get_docs(spacy.blank("en").vocab))
    return max(1, words * passes // 950)


def _records(path: Path, split: str, part: str) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    if part == "names" and split == "train":
        records = [record for record in records for _ in range(PASSES[record["set"]])]
        random.Random(SEED).shuffle(records)
    if part == "names" and split == "dev":
        records = [record for record in records if record["set"] in ("ewt", "gum", "gmb")]
    yield from records


def _doc(nlp: spacy.language.Language, record: dict[str, Any], part: str) -> Doc:
    syntax = part == "syntax"
    doc = Doc(
        nlp.vocab,
        words=record["words"],
        spaces=record["spaces"],
        tags=record["tags"] if syntax else None,
        heads=record["heads"] if syntax else None,
        deps=["ROOT" if dep == "root" else dep for dep in record["deps"]] if syntax else None,
        sent_starts=None if syntax else record["sent_starts"],
    )
    if not syntax:
        spans: list[Span] = []
        for start, tag in enumerate(record["ner"]):
            if tag.startswith("B-"):
                end = start + 1
                while end < len(doc) and record["ner"][end] == f"I-{tag[2:]}":
                    end += 1
                spans.append(Span(doc, start, end, label=tag[2:]))
        unsure = [doc[i : i + 1] for i in record["ner_unsure"] if record["ner"][i] == "O"]
        doc.set_ents(spans, missing=unsure, default="outside")
    return doc


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--passes-syntax", type=int, default=12)
    parser.add_argument("--passes-names", type=int, default=2, help="over a mix that already repeats the better sets")
    parser.add_argument("--only", nargs="*", default=list(PARTS), choices=list(PARTS), help="train these parts alone")
    given = parser.parse_args()
    main(given.corpora, given.out, {"syntax": given.passes_syntax, "names": given.passes_names}, given.only)
