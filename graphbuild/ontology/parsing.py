"""RDF of unknown origin, parsed within bounds: no entities, no deep nesting, no endless addresses.

The engine's parsers call themselves for triples inside triples and for objects of JSON-LD, until the stack is full and
the process gone; entities of XML and long prefixes turn a small file into gigabytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

import pyoxigraph as ox

from graphbuild.identifiers import LONGEST_ADDRESS

SUFFIXES = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
DEEPEST = 50  # levels; twice as many cost a gigabyte of memory for a megabyte of JSON-LD
CHUNK = 1 << 16
_TURTLE = re.compile(
    rb'\\.|"""(?:[^"\\]++|\\.|"(?!""))*+"""|\'\'\'(?:[^\'\\]++|\\.|\'(?!\'\'))*+\'\'\'|"(?:[^"\\\n]++|\\.)*+"'
    rb"|'(?:[^'\\\n]++|\\.)*+'|<[^<>\"\s]*+>|#[^\n]*+|(<<)|(>>)",
    re.DOTALL,
)
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_NO_BRACKET = bytes(set(range(256)) - set(b"{}[]"))
NESTED = f"nested more than {DEEPEST} levels deep"


Opener = Callable[[], AbstractContextManager[IO[bytes]]]


def plain(path: Path) -> Opener:
    """How to open a file that is not packed."""
    return lambda: path.open("rb")


def quads(opened: Opener, format: ox.RdfFormat) -> Iterator[ox.Quad]:
    """The quads of a file. Raises SyntaxError, ValueError or OSError."""
    look_through(opened, format)
    with opened() as stream:
        yield from bounded(parse(stream, format))


def look_through(opened: Opener, format: ox.RdfFormat) -> None:
    """What must be known of a whole file before it is opened again and parsed. Raises ValueError or OSError."""
    if format == ox.RdfFormat.JSON_LD:
        with opened() as stream:
            _refuse_deep_json(stream)
    elif format != ox.RdfFormat.RDF_XML:  # that is looked through on the way
        with opened() as stream:
            few = _has_few_terms(stream)
        if not few:
            with opened() as stream:
                _refuse_deep_terms(stream.read())


def parse(stream: IO[bytes], format: ox.RdfFormat) -> ox.QuadParser:
    """The quads of a file that was looked through; see ``bounded``. Raises SyntaxError, ValueError or OSError."""
    return ox.parse(safe_xml(stream) if format == ox.RdfFormat.RDF_XML else stream, format)


def bounded(quads: ox.QuadParser) -> Iterator[ox.Quad]:
    """The same quads, unless an address is longer than any is. Raises ValueError."""
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object):
            if isinstance(term, ox.NamedNode) and len(term.value) > LONGEST_ADDRESS:
                raise ValueError(f"an address of more than {LONGEST_ADDRESS} characters: {term.value[:60]}…")
        yield quad


def short(error: BaseException) -> str:
    """What a parser says, without the half of the file that it may quote."""
    text = " ".join(str(error).split())
    return f"{text[:200]}…" if len(text) > 200 else text


def _has_few_terms(stream: IO[bytes]) -> bool:
    """Whether triples cannot be nested deeply: Turtle and its kin write them in ``<<``, which few files have."""
    found, last = 0, b""
    while chunk := stream.read(CHUNK):
        found += (last + chunk).count(b"<<")
        last = chunk[-1:]
    return found <= DEEPEST


def _refuse_deep_terms(data: bytes) -> None:
    depth = 0
    for match in _TURTLE.finditer(data):
        depth += bool(match[1]) - bool(match[2])
        if depth > DEEPEST:
            raise ValueError(NESTED)


def _refuse_deep_json(stream: IO[bytes]) -> None:
    """No string of JSON goes over the end of a line."""
    depth = 0
    for line in stream:
        for bracket in _STRING.sub(b"", line).translate(None, _NO_BRACKET):
            depth += 1 if bracket in b"{[" else -1
            if depth > DEEPEST:
                raise ValueError(NESTED)


class _SafeXml:
    """A stream of XML that is looked through on its way: no document type, no entities, no deep nesting."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.depth = stream, 0
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close

    def read(self, size: int = CHUNK) -> bytes:
        data = self.stream.read(size)
        try:
            self.parser.Parse(data, not data)
        except expat.ExpatError as error:
            raise ValueError(f"XML: {error}") from None
        return data

    def _refuse(self, *_: Any) -> None:
        raise ValueError("XML with a document type (<!DOCTYPE), whose entities may hide anything")

    def _open(self, *_: Any) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ValueError(NESTED)

    def _close(self, *_: Any) -> None:
        self.depth -= 1


def safe_xml(stream: IO[bytes]) -> IO[bytes]:
    """``stream``, to be read by any parser of XML. Raises ValueError while it is read."""
    return _SafeXml(stream)  # type: ignore[return-value]
