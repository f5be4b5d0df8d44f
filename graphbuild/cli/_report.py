"""What a run tells on standard error: progress, what was skipped, and the closing summary."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from graphbuild.cli import one_line

if TYPE_CHECKING:
    from graphbuild.graph import KnowledgeGraph

T = TypeVar("T")


class Report:
    """Counts articles of one run and prints; ``quiet`` leaves only what was skipped."""

    def __init__(self, quiet: bool, debug: bool = False) -> None:
        self.console = Console(stderr=True, highlight=False)
        self.quiet, self.debug = quiet, debug
        self.articles = 0
        self.skipped: list[str] = []
        self.repeated = 0
        self.started = time.perf_counter()

    def skip(self, path: str, reason: str, traceback: str | None = None) -> None:
        """Name what is left out; ``traceback`` is shown under ``--debug``."""
        self.skipped.append(f"{path}: {reason}")
        self._say(f"Skipped: {path}: {reason}")
        if self.debug and traceback:
            self.console.print(traceback, markup=False, soft_wrap=True)

    def repeat(self, path: str, first: str) -> None:
        self.repeated += 1
        self.note(path, f"same article as {first}; counted once")

    def note(self, path: str, text: str) -> None:
        if not self.quiet:
            self._say(f"Note: {path}: {text}")

    def _say(self, line: str) -> None:
        self.console.print(one_line(line), markup=False, soft_wrap=True)

    def progress(self, items: Iterable[T], total: int | None) -> Iterator[T]:
        """Pass ``items`` on under a progress bar; without one for a single article or where nobody looks on."""
        if self.quiet or total == 1 or not self.console.is_terminal:
            yield from items
            return
        columns = (TextColumn("Reading articles"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console, transient=True) as bar:
            yield from bar.track(items, total=total)

    def summary(self, graph: KnowledgeGraph, files: Iterable[Path]) -> None:
        """The closing table: articles, entities by type, statements by status, outputs, seconds."""
        if self.quiet:
            return
        entities = Counter(str(entity.type) for entity in graph.entities.values())
        statements = Counter(str(statement.status) for statement in graph)
        left_out = Counter({"skipped": len(self.skipped), "repeated": self.repeated})
        rows = (
            ("Articles", str(self.articles), _counts(left_out)),
            ("Entities", str(sum(entities.values())), _counts(entities)),
            ("Statements", str(sum(statements.values())), _counts(statements)),
            ("Written", "", "\n".join(map(str, files)) or "standard output"),
            ("Seconds", f"{time.perf_counter() - self.started:.1f}", ""),
        )
        table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
        table.add_column(style="bold")
        table.add_column(justify="right")
        table.add_column(overflow="fold")
        for row in rows:
            table.add_row(*row)
        self.console.print(table)


def _counts(counter: Counter[str]) -> str:
    largest_first = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{number} {name}" for name, number in largest_first if number)
