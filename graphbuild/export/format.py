"""What a format is: a name, suffixes, and a function that writes a graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from graphbuild.export.options import Options
    from graphbuild.graph import KnowledgeGraph

Writer = Callable[["KnowledgeGraph", BinaryIO, "Options"], None]


@dataclass(frozen=True, slots=True)
class Format:
    """``write`` streams one file; a format of several files has ``members`` (file name, writer) instead.

    ``suffixes`` choose the format by file name, ``name`` or one of ``aliases`` by ``--to``. ``text`` formats may be
    compressed (``.gz``, ``.zst``).
    """

    name: str
    suffixes: tuple[str, ...]
    description: str
    write: Writer | None = None
    members: tuple[tuple[str, Writer], ...] = ()
    aliases: tuple[str, ...] = ()
    text: bool = True
