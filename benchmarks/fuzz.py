"""Mutated files for every reader: prints what broke one, in how many inputs, and which input that was.

    python benchmarks/fuzz.py [READER ...] [--count 10000] [--seed 1] [--keep FOLDER]

A reader may refuse a file with an error that is meant for users; anything else it raises, a crash of the process, or
more than 10 seconds for one input is a fault. Inputs depend on reader, seed and number only: ``--keep`` writes the
faulty ones to a folder.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import os
import random
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SLOW = 10.0  # seconds for one input
ODD = [
    *(bytes([code]) for code in b"\x00\r\t\"\\{}[]()|,;%<"),
    *b"<<( >> &#x0; &a; <![CDATA[ ]]> <svg> </p> ''' \\uD800 null 1e999 NaN -0.0 99999999999999999999 ^^<a:b>".split(),
    *b'a:b _:b "x"@en gb:Fact gb:status gb:content gb:Person gb:verbFrame ?x FILTER( UNION #char=9,1 <S> be'.split(),
    *b"charset=utf-7 charset=undefined ---\n 2025-02-30 0000-00-00 same, different, constructor __proto__".split(),
    b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r\n", b"\x1b[31m", b"\xe2\x80\xae", b"\xf0\x9f\x9b\xb6", b"",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<script type='application/ld+json'>", b"@prefix a: <b> .", b"20 Aug 68",
    b"SERVICE <a:b> {", b"FROM <a:b>", b"OPTIONAL {", b"visit O", b"id,kind,label", b"gb:status gb:Claim ;",
]  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """``seeds`` are whole files; ``read`` takes the path of a mutated one and raises GraphbuildError if it refuses."""

    suffix: str
    seeds: Callable[[], list[bytes]]
    read: Callable[[Path], object]
    pack: Callable[[bytes], bytes] = bytes  # what is done to mutated files; half of them are mutated again


def _articles(*suffixes: str) -> list[bytes]:
    found = [
        path.read_bytes()[:4000]
        for path in sorted((ROOT / "examples" / "articles").iterdir())
        if path.suffix in suffixes
    ]
    return [*found, b"The king met the queen.\n\nBy A. Reporter\n\nOslo, 3 May 2031 - Norway hosted Iceland."]


def _jsonl() -> list[bytes]:
    return [
        b'{"text": "Norway hosted Iceland.", "headline": "Talks", "date": "2031-05-03", "url": "https://a.org/"}\n' * 3,
        b'{"body": ["One.", "Two."], "title": {"name": "Talks"},"publisher": [{"name": "Paper"}], "date": 2031}\n',
    ]


def _pages() -> list[bytes]:
    data = b'<script type="application/ld+json">{"headline":"Talks","datePublished":"2031-05-03"}</script>'
    text = b"<p>Norway hosted Iceland in Oslo on Friday. The talks lasted for three hours, an aide said.</p>" * 3
    return [
        *_articles(".html"),
        b"<!doctype html><html><head><title>Talks</title>"
        + data
        + b"</head><body><article>"
        + text
        + b"</article></body></html>",
    ]


def _golden(suffix: str) -> Callable[[], list[bytes]]:
    return lambda: [(ROOT / "tests" / "golden" / f"small.{suffix}").read_bytes()]


def _documents(path: Path) -> object:
    from graphbuild.ingest import documents

    return list(documents([path]))


def _decisions(path: Path) -> object:
    from graphbuild.resolve.decisions import read

    return read(path)


def _actors(path: Path) -> object:
    from graphbuild.ontology import gazetteer

    return gazetteer._index(gazetteer.read(path), path.parent)


def _ontology(path: Path) -> object:
    from graphbuild.ontology import schema, turtle

    return schema.compile_ontology(turtle.read([path]))


def _graph(path: Path) -> object:
    from graphbuild.export import read

    return read(path)


def _check(path: Path) -> object:
    from graphbuild.export.validation import check

    return check(path)


def _query(path: Path) -> object:
    from graphbuild.cli._answer import answer
    from graphbuild.cli._asked import Asked, Misuse
    from graphbuild.errors import QueryError

    graph = ROOT / "tests" / "golden" / "small.ttl"
    try:
        return answer(Asked(graph, path.read_bytes().decode("utf-8", "replace"), None, 100, 200, False))
    except Misuse as error:
        raise QueryError(str(error)) from None


def _again(path: Path) -> object:
    """Read, write in every format, read back, and compare."""
    from graphbuild.export import formats, read, write, write_all

    graph = read(path)
    folder = path.with_name("again")
    folder.mkdir(exist_ok=True)
    names = [name for name in formats() if name not in ("png", "parquet")]
    write_all(graph, [(folder / name, name) for name in names])
    for suffix in ("ttl", "rdf"):
        write(graph, folder / f"one.{suffix}")
        write(read(folder / f"one.{suffix}"), folder / f"two.{suffix}")
        if (folder / f"one.{suffix}").read_bytes() != (folder / f"two.{suffix}").read_bytes():
            raise AssertionError(f"{suffix}: what is read back is written otherwise")
    return graph


def _zst(data: bytes) -> bytes:
    import zstandard

    return zstandard.compress(data)


def _queries() -> list[bytes]:
    return [
        b"SELECT ?a (COUNT(*) AS ?n) { ?a gb:met/rdfs:label ?b . FILTER(?b != 'x') } GROUP BY ?a ORDER BY ?n LIMIT 5",
        b"PREFIX x: <http://x.org/>\nCONSTRUCT { ?s x:p ?o } { GRAPH ?g { ?s ?p ?o } UNION { ?s gb:status gb:Fact } }",
        b"ASK { ?s rdf:type gb:Person OPTIONAL { ?s owl:sameAs ?o } BIND(STR(?o) AS ?t) VALUES ?x { 1 2 } }",
        b"DESCRIBE <https://example.org/kg/entity/arvandia>",
    ]


def _relations() -> list[bytes]:
    text = (ROOT / "ontologies" / "relations.ttl").read_bytes()
    blocks = text.split(b"\n\n")
    return [b"\n\n".join([blocks[0], *blocks[i : i + 6]]) for i in (1, len(blocks) // 2)]


ACTORS = b"""\
@prefix gb: <https://w3id.org/graphbuild/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
wd:Q1 a gb:State ; rdfs:label "Norland"@en ; skos:altLabel "Nor"@en ; gb:demonym "Norlandic" ; gb:capital "Velden" .
wd:Q2 a gb:Person ; rdfs:label "Ann B."@en ; gb:heldOffice "head-of-state|Q1|2019-05-01|2023" ; gb:since "1990" .
"""
TABLE = b'id,kind,label,names\nQ1,State,Norland,Nor|Nord\nx,Person,"Ann, B.",Ann\n'
DECIDED = b"decision,one,other,one_article,other_article\nsame,Ann,Ann B.,,\ndifferent,Bo,Bo,a,b\n"
READERS = {
    "text": Reader(".txt", lambda: _articles(".txt"), _documents),
    "markdown": Reader(".md", lambda: _articles(".md"), _documents),
    "html": Reader(".html", _pages, _documents),
    "jsonl": Reader(".jsonl", _jsonl, _documents),
    "gz": Reader(".txt.gz", lambda: _articles(".txt"), _documents, gzip.compress),
    "gz-jsonl": Reader(".jsonl.gz", lambda: [gzip.compress(seed) for seed in _jsonl()], _documents),
    "actors-csv": Reader(".csv", lambda: [TABLE], _actors),
    "actors-turtle": Reader(".ttl", lambda: [ACTORS], _actors),
    "ontology": Reader(".ttl", _relations, _ontology),
    "decisions": Reader(".csv", lambda: [DECIDED], _decisions),
    "turtle": Reader(".ttl", _golden("ttl"), _graph),
    "turtle-zst": Reader(".ttl.zst", _golden("ttl"), _graph, _zst),
    "ntriples": Reader(".nt", _golden("nt"), _graph),
    "nquads": Reader(".nq", _golden("nq"), _graph),
    "trig": Reader(".trig", _golden("trig"), _graph),
    "jsonld": Reader(".jsonld", _golden("jsonld"), _graph),
    "rdfxml": Reader(".rdf", _golden("rdf"), _graph),
    "check": Reader(".graphml", _golden("graphml"), _check),
    "query": Reader(".rq", _queries, _query),
    "read-write": Reader(".nt", _golden("nt"), _again),
}


@functools.cache
def _seeds(name: str) -> list[bytes]:
    return READERS[name].seeds()


def mutated(name: str, seed: int, number: int) -> bytes:
    """The input of this number; the same wherever it is made."""
    deal = random.Random(f"{name} {seed} {number}")
    seeds = _seeds(name)
    data = bytearray(deal.choice(seeds))
    for _ in range(deal.choice([1, 1, 1, 2, 3, 6])):
        _mutate(data, seeds, deal)
        del data[200_000:]
    packed = bytearray(READERS[name].pack(bytes(data)))
    if packed != data and deal.random() < 0.5:
        _mutate(packed, seeds, deal)
    return bytes(packed)


def _mutate(data: bytearray, seeds: list[bytes], deal: random.Random) -> None:
    start = deal.randrange(len(data) + 1)
    end = min(len(data), start + int(deal.expovariate(1 / 20)))
    what = deal.randrange(9)
    if what == 0 and data:
        data[deal.randrange(len(data))] ^= 1 << deal.randrange(8)
    elif what == 1:
        del data[start:end]
    elif what == 2:
        data[start:start] = deal.choice(ODD)
    elif what == 3:
        data[start:end] = deal.choice(ODD)
    elif what == 4:
        data[start:start] = data[start:end] * deal.choice([1, 2, 50, 1000])
    elif what == 5:
        other = deal.choice(seeds)
        place = deal.randrange(len(other) + 1)
        data[start:end] = other[place : place + 200]
    elif what == 6:
        del data[start if deal.random() < 0.2 else len(data) - len(data) // 50 :]
    elif what == 7:  # another word of the file in place of one
        words = bytes(data).split()
        if words:
            data[:] = bytes(data).replace(deal.choice(words), deal.choice([*words, *ODD]), deal.choice([1, 1, -1]))
    else:
        data[start:end] = deal.randbytes(deal.randrange(1, 8))


def serve(name: str, seed: int, start: int, stop: int) -> None:
    """Read inputs, each announced before it is read: what is announced last is what crashed this process."""
    from graphbuild.errors import GraphbuildError

    reader = READERS[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"input{reader.suffix}"
        for number in range(start, stop):
            print(number, flush=True)
            path.write_bytes(mutated(name, seed, number))
            try:
                reader.read(path)
            except GraphbuildError as refusal:
                print(
                    "refused" if "\n" not in str(refusal) else f"fault {number} a message of several lines", flush=True
                )
            except BaseException as fault:
                print("fault", number, type(fault).__name__, " ".join(str(fault).split())[:200], flush=True)


@dataclass
class Result:
    """What came of the inputs of one reader; ``faults`` are (number of the input, what happened)."""

    read: int
    refused: int
    faults: list[tuple[int, str]]
    slowest: float


def run(name: str, seed: int, count: int) -> Result:
    """Read ``count`` inputs in processes of their own; one that crashes or hangs is named, and the rest is read."""
    result, start = Result(0, 0, [], 0.0), 0
    while start < count:
        command = [sys.executable, __file__, "--serve", name, str(seed), str(start), str(count)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as process:
            last, ended = _follow(process, result, start)
        if last + 1 < count or ended:
            result.faults.append((last, ended or f"crash, code {process.returncode}"))
        start = last + 1
    result.read = count
    return result


def _follow(process: subprocess.Popen[bytes], result: Result, start: int) -> tuple[int, str]:
    """The last input that was begun, and why it was ended, if it was ended here."""
    assert process.stdout is not None
    last, begun, lines = start - 1, time.monotonic() + 60, _lines(process)
    for line in lines:
        now = time.monotonic()
        if line is None:
            if now - begun > SLOW:
                process.kill()
                return max(last, start), f"hang, over {SLOW:g} s"
            continue
        if line.isdigit():
            result.slowest = max(result.slowest, now - begun)
            last, begun = int(line), now
        elif line.startswith("fault "):
            _, number, what = line.split(" ", 2)
            result.faults.append((int(number), what))
        else:
            result.refused += 1
    return last, "" if process.wait() == 0 else f"crash, code {process.returncode}"


def _lines(process: subprocess.Popen[bytes]) -> Iterator[str | None]:
    """Lines of its output; None where none came for a second."""
    assert process.stdout is not None
    with selectors.DefaultSelector() as ready:
        ready.register(process.stdout, selectors.EVENT_READ)
        held = b""
        while True:
            if not ready.select(1):
                yield None
                continue
            if not (data := os.read(process.stdout.fileno(), 1 << 16)):
                return
            *whole, held = (held + data).split(b"\n")
            yield from (line.decode(errors="replace") for line in whole)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs="*", choices=[*READERS, []], metavar="READER")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    print(f"{'reader':14} {'inputs':>7} {'refused':>8} {'faults':>7} {'slowest':>8} {'seconds':>8}")
    for name in options.readers or READERS:
        started = time.monotonic()
        found = run(name, options.seed, options.count)
        seconds = time.monotonic() - started
        print(
            f"{name:14} {found.read:7} {found.refused:8} {len(found.faults):7} {found.slowest:7.2f}s {seconds:7.0f}s",
            flush=True,
        )
        for number, what in found.faults[:20]:
            print(f"    input {number}: {what}", flush=True)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                data = mutated(name, options.seed, number)
                (options.keep / f"{name}-{options.seed}-{number}{READERS[name].suffix}").write_bytes(data)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(sys.argv[2], *map(int, sys.argv[3:6]))
    else:
        main()
