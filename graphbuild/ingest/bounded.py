"""No more bytes of a source than an article may have: what unpacks without end costs one input, not the memory."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import IO

from graphbuild.errors import InputError
from graphbuild.ingest.sources import Source

MEGA = 1 << 20
LARGEST = 32 * MEGA  # bytes of one article, unpacked, or of one line of JSON Lines
UNPACKED = 16 * MEGA  # what any packed JSON Lines file may unpack to, or else
RATIO = 100  # times its size; news text shrinks to a third or a tenth
WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
TOO_LARGE = f"larger than {LARGEST // MEGA} MB; split it into articles"


def whole(stream: IO[bytes]) -> bytes:
    """All bytes of one article. Raises InputError if they are too many."""
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError(TOO_LARGE)
    return data


def lines(stream: IO[bytes], source: Source) -> Iterator[bytes | InputError]:
    """The lines, as UTF-8 where they are UTF-16 or UTF-32; one that is too long is an InputError.

    Raises InputError if a packed file unpacks to far too much.
    """
    most = None
    if source.packed and source.path is not None:
        most = max(UNPACKED, RATIO * source.path.stat().st_size)
    read = 0
    for line in _bounded(stream):
        read += LARGEST if isinstance(line, InputError) else len(line)
        if most is not None and read > most:
            raise InputError(f"unpacks to more than {RATIO} times its size; unpack it yourself if you trust it")
        yield line


def _bounded(stream: IO[bytes]) -> Iterator[bytes | InputError]:
    first = stream.readline(LARGEST + 1)
    name = next((name for bom, name in WIDE if first.startswith(bom)), None)
    if name is None:
        yield from _cut(first, stream)
        return
    if not stream.seekable():  # standard input
        stream = io.BytesIO(first + whole(stream))
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=name, errors="replace", newline="\n")
    while line := text.readline(LARGEST + 1):
        yield InputError(TOO_LARGE) if len(line) > LARGEST else line.encode("utf-8", "replace")


def _cut(line: bytes, stream: IO[bytes]) -> Iterator[bytes | InputError]:
    while line:
        if len(line) > LARGEST:
            yield InputError(TOO_LARGE)
            while line and not line.endswith(b"\n"):
                line = stream.readline(LARGEST)
        else:
            yield line
        line = stream.readline(LARGEST + 1)
