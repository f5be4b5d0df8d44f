"""Time of ``graphbuild check`` for 1, 2, 4 and 8 times as many statements: linear, so the ratio stays near 2.

python benchmarks/check.py [--statements 2000]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from graphbuild import KnowledgeGraph, export
from graphbuild.export.validation import check
from graphbuild.graph.vocabulary import Vocabulary
from graphbuild.model import Document, Entity, EntityType, Evidence, Statement, Status
from graphbuild.ontology import Relation

WORDS = Vocabulary({"met": Relation("met", "met", symmetric=True), "visited": Relation("visited", "visited")})


def graph(statements: int) -> KnowledgeGraph:
    """As many people as statements, every statement with its source and sentence; half are only claimed."""
    people = [Entity(f"e{i}", EntityType.PERSON, f"E {i}") for i in range(statements)]
    said = [
        Statement(
            f"e{i}", "met" if i % 3 else "visited", f"e{i * 7 % statements}", source=f"e{i * 3 % statements}",
            status=Status.CLAIM if i % 2 else Status.REPORT, evidence=(Evidence(f"d{i % 50}", i, i + 5, f"S {i}."),),
        )
        for i in range(statements)
    ]  # fmt: skip
    return KnowledgeGraph(people, said, [Document(f"d{i}", "", ()) for i in range(50)], WORDS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=2000)
    first, before = parser.parse_args().statements, 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.ttl"
        for count in (first, 2 * first, 4 * first, 8 * first):
            export.write(graph(count), path)
            started = time.process_time()
            assert check(path) == []
            seconds = time.process_time() - started
            print(f"{count:7} statements {seconds:6.2f} s" + (f"  x {seconds / before:.1f}" if before else ""))
            before = seconds


if __name__ == "__main__":
    main()
