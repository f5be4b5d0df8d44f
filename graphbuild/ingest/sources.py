"""Which files an input means: files, folders (recursively, in sorted order) and standard input."""

from __future__ import annotations

import errno
import gzip
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from graphbuild.errors import InputError

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".jsonl", ".ndjson")
STANDARD_INPUT = "standard input"
SPECIAL = {
    stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device",
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """An input that gave no article, and why; ``path`` is a file, a folder, or ``file:line`` of JSON Lines."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A file that may hold articles; ``path`` is None for standard input."""

    name: str
    path: Path | None

    @property
    def suffix(self) -> str:
        """The lower-case suffix that tells the format, without ``.gz``; empty for standard input."""
        name = self.name.lower().removesuffix(".gz") if self.path else ""
        return os.path.splitext(name)[1]

    @property
    def packed(self) -> bool:
        return self.path is not None and self.name.lower().endswith(".gz")

    def open(self) -> IO[bytes]:
        """The bytes of the file, decompressed. Raises OSError, or InputError if there is no standard input."""
        if self.path is None:
            if sys.stdin is None:
                raise InputError("closed; give it an article or name a file")
            return sys.stdin.buffer
        if self.packed:
            return cast(IO[bytes], gzip.open(self.path, "rb"))
        return open(self.path, "rb")


def discover(inputs: Sequence[str | Path]) -> Iterator[Source | Failure]:
    """The sources that ``inputs`` name, without opening any; a file that is named itself may have any suffix."""
    for given in inputs:
        if str(given) == "-":
            yield Source(STANDARD_INPUT, None)
        elif os.path.isdir(given):
            yield from _folder(Path(given))
        else:
            yield _file(given)


def _file(path: Path | str) -> Source | Failure:
    """The file as a source, if reading it ends: pipes and devices may never do so."""
    try:
        kind = stat.S_IFMT(os.stat(path).st_mode)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        if getattr(error, "errno", None) == errno.ELOOP:
            return Failure(str(path), "a link that leads in a circle; name the file itself")
        if os.path.islink(path):
            return Failure(str(path), "a link that leads nowhere; name the file itself")
        if getattr(error, "errno", None) == errno.EACCES:
            return Failure(str(path), "cannot be opened (Permission denied); check its permissions")
        return Failure(str(path), "no such file or folder; check the path")
    if kind in SPECIAL:
        return Failure(str(path), f"{SPECIAL[kind]} and no file; give its text to standard input (-)")
    return Source(str(path), Path(path))


def _folder(folder: Path) -> Iterator[Source | Failure]:
    unreadable: list[Failure] = []
    files = sorted(_articles(folder, unreadable))
    yield from map(_file, files)
    yield from sorted(unreadable)
    if not files and not unreadable:
        yield Failure(str(folder), f"no articles in this folder; it needs files named {', '.join(SUFFIXES)}")


def _articles(folder: Path, unreadable: list[Failure]) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        unreadable.append(Failure(str(error.filename), f"cannot be opened ({error.strerror}); check its permissions"))

    for where, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and name.lower().removesuffix(".gz").endswith(SUFFIXES):
                yield Path(where, name)
