"""Time and memory of writing large graphs, beside rdflib and networkx, as ratios of one run.

    python benchmarks/export.py [--scale 1.0] [--peers]

Each writer runs in a process of its own: seconds are those that the processor spent on the way from the graph in memory
to the file (rdflib's: from its own graph, filled beforehand), memory is the peak of the whole process, the graph in it
included. The limits are 1,000,000 triples to Turtle in 20 s and 1.5 GB, and 50,000 nodes with 200,000
edges to GraphML in 10 s and 300 MB.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from graphbuild import export
from graphbuild.graph import KnowledgeGraph
from graphbuild.graph.vocabulary import Vocabulary
from graphbuild.model import Document, Entity, EntityType, Evidence, Mention, Statement
from graphbuild.ontology import Relation

RELATIONS = {name: Relation(name, name, f"{name}By", f"was {name} by") for name in ("visited", "hosted", "criticised")}
SENTENCE = "On Tuesday the minister visited the port and spoke with the workers who had been there since the morning."
TRIPLES_PER_STATEMENT = 20.3  # those of the entities included


def graph(nodes: int, statements: int) -> KnowledgeGraph:
    """A graph as news makes it: few entities in many statements, a sentence for each statement."""
    deal = random.Random(11)
    kinds = list(EntityType)

    def key() -> str:
        return f"entity-{min(nodes - 1, int(deal.paretovariate(0.35)))}"

    def entity(i: int) -> Entity:
        return Entity(
            f"entity-{i}", kinds[i % 7], f"Entity number {i}", mentions=(Mention(f"a{i % 997}", i, i + 9, "", ""),)
        )

    def statement(i: int) -> Statement:
        said = Evidence(f"a{i % 997}", i, i + len(SENTENCE), SENTENCE)
        return Statement(key(), deal.choice(list(RELATIONS)), f"entity-{deal.randrange(nodes)}", evidence=(said,))

    documents = (Document(f"a{i}", "", (), f"Article {i}", "2031-05-04") for i in range(997))
    return KnowledgeGraph(
        map(entity, range(nodes)), map(statement, range(statements)), documents, Vocabulary(RELATIONS)
    )


def turtle(size: float, folder: Path) -> float:
    return _write(graph(round(40_000 * size), round(1e6 * size / TRIPLES_PER_STATEMENT)), folder / "a.ttl")


def graphml(size: float, folder: Path) -> float:
    return _write(graph(round(50_000 * size), round(200_000 * size)), folder / "a.graphml")


def _write(made: KnowledgeGraph, path: Path) -> float:
    start = time.process_time()
    export.write(made, path)
    return time.process_time() - start


def turtle_rdflib(size: float, folder: Path) -> float:
    import rdflib

    read = rdflib.Graph().parse(folder / "a.ttl")
    start = time.process_time()
    read.serialize(folder / "b.ttl", format="turtle")
    return time.process_time() - start


def graphml_networkx(size: float, folder: Path) -> float:
    import networkx as nx

    made = graph(round(50_000 * size), round(200_000 * size))
    start = time.process_time()
    nx.write_graphml(made.to_networkx(), folder / "b.graphml")
    return time.process_time() - start


def measure(name: str, size: float, folder: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of one writer in a new process."""
    command = [sys.executable, __file__, "--one", name, "--scale", str(size), "--folder", str(folder)]
    seconds, megabytes = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), float(megabytes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size")
    parser.add_argument("--peers", action="store_true", help="measure rdflib and networkx too (minutes)")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        seconds = globals()[options.one](options.scale, options.folder)
        print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    with tempfile.TemporaryDirectory() as folder:
        for own, peer in (("turtle", "turtle_rdflib"), ("graphml", "graphml_networkx")):
            seconds, megabytes = measure(own, options.scale, Path(folder))
            print(f"{own:17} {seconds:7.1f} s {megabytes:7.0f} MB", flush=True)
            if options.peers:
                slower, larger = measure(peer, options.scale, Path(folder))
                ratios = f"{slower / seconds:.1f} times the time, {larger / megabytes:.1f} times the memory"
                print(f"{peer:17} {slower:7.1f} s {larger:7.0f} MB   {ratios}", flush=True)


if __name__ == "__main__":
    main()
