"""pyoxigraph's writers under a header of our own: theirs orders prefixes by chance, so equal graphs would differ."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import pyoxigraph as ox

from graphbuild.export import rdf
from graphbuild.export.options import Options

END = b" .\n"  # of a subject; line ends inside literals are escaped
XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'


class Reheaded:
    """A writable stream with ``head`` in place of the first ``lines`` lines, and a blank line after each ``end``."""

    def __init__(self, output: BinaryIO, head: str, lines: int, end: bytes = b"") -> None:
        self.output, self.lines, self.end, self.held = output, lines, end, b""
        output.write(head.encode())

    def write(self, data: bytes) -> int:
        rest = self.held + data
        while self.lines and b"\n" in rest:
            rest = rest.split(b"\n", 1)[1]
            self.lines -= 1
        if self.lines:
            self.held = rest
            return len(data)
        keep = next((n for n in (2, 1) if self.end and rest.endswith(self.end[:n])), 0)
        self.held = rest[len(rest) - keep :]
        body = rest[: len(rest) - keep]
        self.output.write(body.replace(self.end, self.end + b"\n") if self.end else body)
        return len(data)

    def flush(self) -> None:
        self.output.flush()

    def finish(self) -> None:
        """Write what was held back to see whether it begins an ``end``."""
        self.output.write(self.held)


def readable(
    items: Iterable[ox.Triple] | Iterable[ox.Quad], output: BinaryIO, format: ox.RdfFormat, options: Options
) -> None:
    """Turtle or TriG with sorted prefixes and a blank line between subjects."""
    names = rdf.prefixes(options)
    head = "".join(f"@prefix {prefix}: <{name}> .\n" for prefix, name in sorted(names.items()))
    stream = Reheaded(output, head + "\n", len(names), END)
    ox.serialize(items, stream, format, prefixes=names)  # type: ignore[arg-type]
    stream.finish()


def xml(triples: Iterable[ox.Triple], output: BinaryIO, options: Options) -> None:
    """RDF/XML with sorted name spaces."""
    names = rdf.prefixes(options)
    spaces = "".join(f'\n xmlns:{prefix}="{name}"' for prefix, name in sorted(names.items()))
    stream = Reheaded(output, f"{XML_HEAD}{spaces}>\n", XML_HEAD.count("\n") + 1)
    ox.serialize(triples, stream, ox.RdfFormat.RDF_XML, prefixes=names)  # type: ignore[arg-type]
    stream.finish()
