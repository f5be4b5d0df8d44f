"""Which files an input means: files, folders (recursively, in sorted order) and standard input."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".jsonl", ".ndjson")
STANDARD_INPUT = "standard input"


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

    def open(self) -> IO[bytes]:
        """The bytes of the file, decompressed. Raises OSError."""
        if self.path is None:
            return sys.stdin.buffer
        if self.name.lower().endswith(".gz"):
            return cast(IO[bytes], gzip.open(self.path, "rb"))
        return open(self.path, "rb")


def discover(inputs: Sequence[str | Path]) -> Iterator[Source | Failure]:
    """The sources that ``inputs`` name, without opening any; a file that is named itself may have any suffix."""
    for given in inputs:
        path = Path(given)
        if str(given) == "-":
            yield Source(STANDARD_INPUT, None)
        elif path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield Source(str(path), path)
        else:
            yield Failure(str(given), "no such file or folder; check the path")


def _folder(folder: Path) -> Iterator[Source | Failure]:
    unreadable: list[Failure] = []
    files = sorted(_articles(folder, unreadable))
    yield from (Source(str(path), path) for path in files)
    yield from sorted(unreadable)
    if not files and not unreadable:
        yield Failure(str(folder), f"no articles in this folder; it needs files named {', '.join(SUFFIXES)}")


def _articles(folder: Path, unreadable: list[Failure]) -> Iterable[Path]:
    def refuse(error: OSError) -> None:
        unreadable.append(Failure(str(error.filename), f"cannot be opened ({error.strerror}); check its permissions"))

    for where, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and name.lower().removesuffix(".gz").endswith(SUFFIXES):
                yield Path(where, name)
