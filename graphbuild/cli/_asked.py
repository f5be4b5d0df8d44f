"""A query and its answer on their way to another process and back; light, for that process starts each time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and how its answer is to be printed: ``to`` a form, at most ``rows`` rows, tables ``width`` wide."""

    graph: Path
    question: str
    to: str | None
    rows: int
    width: int
    service: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What is printed; ``rows`` of a table; ``whole`` unless there were more rows than asked for."""

    text: str
    rows: int | None = None
    whole: bool = True


class Misuse(Exception):
    """A form of answer that does not fit the query."""
