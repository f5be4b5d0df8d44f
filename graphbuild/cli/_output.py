"""What ``build`` and ``export`` share: which part of the graph goes where, and in which format."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graphbuild.errors import OutputError
from graphbuild.model import EntityType, Status

if TYPE_CHECKING:
    from graphbuild.export import Options
    from graphbuild.graph import KnowledgeGraph
    from graphbuild.graph.view import View

F = TypeVar("F", bound=Callable[..., Any])

_STATUSES = tuple(status.lower() for status in Status)
_TYPES = tuple(kind.lower() for kind in EntityType)
_ASSERT = ("fact", "fact,report", "fact,report,claim")


def _names(known: tuple[str, ...]) -> Callable[[click.Context, click.Parameter, str | None], tuple[str, ...]]:
    """A callback that reads names of ``known``, joined by commas."""

    def read(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
        names = tuple(part.strip().lower() for part in value.split(",")) if value else ()
        for name in names:
            if name not in known:
                raise click.BadParameter(f"{name!r} is not one of {', '.join(known)}.")
        return names

    return read


@dataclass(frozen=True, slots=True)
class Output:
    """Targets ("-" is standard output), each with the format that was asked for or None, what to write and how."""

    targets: tuple[tuple[str, str | None], ...]
    options: Options
    view: View

    def select(self, graph: KnowledgeGraph) -> KnowledgeGraph:
        """The part of the graph that was asked for. Raises QueryError."""
        from graphbuild.graph.view import view

        return view(graph, self.view)

    def refuse(self, inputs: Iterable[str | Path | None], graphs_are_none: bool = False) -> None:
        """Raise OutputError if a target is one of the files that are read."""
        from graphbuild.export import files

        refuse_inputs(files(self.targets), inputs, graphs_are_none)

    def write(self, graph: KnowledgeGraph) -> list[Path]:
        """Write every target, or none. Raises OutputError."""
        from graphbuild.export import write_all

        return write_all(graph, list(self.targets), self.options)


_OUTPUT_OPTIONS = (
    click.option(
        "-o",
        "--output",
        "outputs",
        multiple=True,
        metavar="FILE",
        help="File to write, - for standard output; repeatable. The suffix picks the format.",
    ),
    click.option("--to", metavar="FORMAT", help="Format of every output, whatever its suffix."),
    click.option("--base", metavar="IRI", help="What the IRIs of entities, statements and articles begin with."),
    click.option(
        "--assert",
        "asserted",
        type=click.Choice(_ASSERT),
        default=_ASSERT[1],
        help=f"Statuses of statements that become plain triples; default: {_ASSERT[1]}.",
    ),
    click.option(
        "--include",
        type=click.Choice(["negation"]),
        multiple=True,
        help="Draw negated statements too, as edges like “not hosted”.",
    ),
)
_VIEW_OPTIONS = (
    click.option(
        "--status",
        callback=_names(_STATUSES),
        metavar="LIST",
        help=f"Keep statements of these statuses: {', '.join(_STATUSES)}.",
    ),
    click.option("--relations", multiple=True, metavar="GLOB", help='Keep these relations ("visit*"); repeatable.'),
    click.option(
        "--types", callback=_names(_TYPES), metavar="LIST", help=f"Keep entities of these types: {', '.join(_TYPES)}."
    ),
    click.option(
        "--min-articles", type=click.IntRange(min=1), default=1, metavar="N", help="Keep what N articles say."
    ),
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.0,
        metavar="X",
        help="Keep what is at least this sure.",
    ),
    click.option("--around", multiple=True, metavar="ENTITY", help="Keep what lies around this entity; repeatable."),
    click.option("--hops", type=click.IntRange(min=0), default=1, metavar="N", help="How far around; default: 1."),
    click.option("--top", type=click.IntRange(min=1), metavar="N", help="Keep the N best linked entities."),
    click.option("--since", metavar="DATE", help="Keep what was published on this day, month or year, or later."),
    click.option("--until", metavar="DATE", help="Keep what was published on this day, month or year, or earlier."),
    click.option("--open/--no-open", default=True, help="Keep relations outside the ontology (the default), or not."),
)


def output_options(function: F) -> F:
    """The options that ``prepare`` takes."""
    for option in reversed((*_OUTPUT_OPTIONS, *_VIEW_OPTIONS)):
        function = option(function)
    return function


def prepare(
    outputs: tuple[str, ...],
    to: str | None,
    base: str | None,
    asserted: str,
    include: tuple[str, ...],
    default: tuple[str, ...] = (),
    **view: Any,
) -> Output:
    """Check all that can be checked before the work starts. Raises OutputError, QueryError."""
    from graphbuild.export import Options, find_format
    from graphbuild.export.options import BASE

    if not outputs:
        outputs = ("graph" + next(iter(find_format("", to).suffixes), ""),) if to else default
    for output in outputs:
        find_format(output, to or ("turtle" if output == "-" else None))
        if output != "-":
            _check_folder(Path(output))
    statuses = frozenset(Status(name.capitalize()) for name in asserted.split(","))
    options = Options(base=base or BASE, asserted=statuses, negations="negation" in include)
    targets = tuple((output, to or ("turtle" if output == "-" else None)) for output in outputs)
    return Output(targets, options, _view(**view))


def refuse_inputs(
    outputs: Iterable[str | Path], inputs: Iterable[str | Path | None], graphs_are_none: bool = False
) -> None:
    """Raise OutputError if a file would be written over one that is read; with ``graphs_are_none`` graphs may be."""
    from graphbuild.ingest.own import is_own_file

    read = {_identity(path) for path in inputs if path is not None} - {None}
    for output in outputs:
        if str(output) != "-" and _identity(output) in read and not (graphs_are_none and is_own_file(Path(output))):
            raise OutputError(f"{output}: is an input; name another file, or the input is lost")


def _identity(path: str | Path) -> tuple[int, int] | None:
    """What tells a file from all others, links followed; None for what is not there or no plain file."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def _view(status: tuple[str, ...], types: tuple[str, ...], **rest: Any) -> View:
    from graphbuild.graph.view import View

    return View(
        status=frozenset(Status(name.capitalize()) for name in status),
        types=frozenset(EntityType(name.capitalize()) for name in types),
        **rest,
    )


def _check_folder(path: Path) -> None:
    folder = path.parent
    if not folder.is_dir():
        raise OutputError(f"{path}: folder {folder} does not exist; create it first")
    if not os.access(folder, os.W_OK):
        raise OutputError(f"{path}: folder {folder} cannot be written to; choose another")
