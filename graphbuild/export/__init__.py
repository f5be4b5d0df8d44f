"""Graphs to files, and back: a module in this folder that has a ``FORMAT`` is a format."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from graphbuild.errors import OutputError
from graphbuild.export import target as targets
from graphbuild.export.format import Format, Writer
from graphbuild.export.options import Options

if TYPE_CHECKING:
    from graphbuild.graph import KnowledgeGraph

__all__ = ["Format", "Options", "files", "find_format", "formats", "read", "write", "write_all"]


@cache
def formats() -> dict[str, Format]:
    """All formats by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in names)
    found = (module.FORMAT for module in modules if hasattr(module, "FORMAT"))
    return {item.name: item for item in sorted(found, key=lambda item: item.name)}


def find_format(target: str | Path, name: str | None = None) -> Format:
    """The format called ``name``, else the one of the suffix of ``target``. Raises OutputError."""
    every = formats()
    if name:
        for item in every.values():
            if name.lower() in (item.name, *item.aliases):
                return item
        raise OutputError(f"--to {name}: no such format; choose from {', '.join(every)}")
    path = Path(target)
    suffix = (Path(path.stem) if path.suffix in targets.COMPRESSED else path).suffix.lower()
    for item in every.values():
        if suffix in item.suffixes:
            return item
    known = ", ".join(sorted(suffix for item in every.values() for suffix in item.suffixes))
    raise OutputError(f"{target}: no format has this suffix; use one of {known}, or --to FORMAT")


def write(
    graph: KnowledgeGraph, target: str | Path | BinaryIO, format: str | None = None, options: Options | None = None
) -> None:
    """Write ``graph`` whole or not at all; "-" is standard output. Raises OutputError."""
    if isinstance(target, str | Path):
        write_all(graph, [(target, format)], options)
        return
    item = find_format("", format or "turtle")
    _single(item, "a stream")(graph, target, options or Options())


def write_all(
    graph: KnowledgeGraph, outputs: list[tuple[str | Path, str | None]], options: Options | None = None
) -> list[Path]:
    """Write several targets (path, format or None); none of them changes unless all can be written.

    Returns the files written. Raises OutputError.
    """
    options = options or Options()
    parts: list[tuple[Path, Callable[[BinaryIO], None]]] = []
    streams = []
    for target, name in outputs:
        item = find_format(target, name)
        if str(target) == "-":
            streams.append(partial(_call, _single(item, "standard output"), graph, options))
        else:
            made = _files(item, Path(target))
            if made[0][0].parent == Path(target):
                _make_folder(Path(target))
            parts += [(path, partial(_call, writer, graph, options)) for path, writer in made]
    targets.write_files(parts)
    for stream in streams:
        targets.write_stdout(stream)
    return [path for path, _ in parts]


def _call(writer: Writer, graph: KnowledgeGraph, options: Options, output: BinaryIO) -> None:
    writer(graph, output, options)


def _single(item: Format, where: str) -> Writer:
    if item.write is None:
        raise OutputError(f"--to {item.name}: makes several files, which do not fit into {where}; name a folder")
    return item.write


def _files(item: Format, path: Path) -> list[tuple[Path, Writer]]:
    if path.suffix in targets.COMPRESSED and not item.text:
        raise OutputError(f"{path}: {item.name} is compressed already; leave {path.suffix} out")
    if item.write:
        return [(path, item.write)]
    packed = path.suffix if path.suffix in targets.COMPRESSED else ""
    stem = path.with_suffix("") if packed else path
    if stem.suffix.lower() in item.suffixes:
        return [(stem.with_name(f"{stem.stem}-{name}{packed}"), writer) for name, writer in item.members]
    return [(path / name, writer) for name, writer in item.members]


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: cannot be made a folder ({error.strerror}); name another") from None


def files(outputs: Iterable[tuple[str | Path, str | None]]) -> list[Path]:
    """The files that ``write_all`` would write. Raises OutputError."""
    named = [(Path(target), find_format(target, name)) for target, name in outputs if str(target) != "-"]
    return [path for target, item in named for path, _ in _files(item, target)]


def read(path: str | Path) -> KnowledgeGraph:
    """The graph in an RDF file that graphbuild wrote. Raises QueryError."""
    from graphbuild.export.reading import read as read_rdf

    return read_rdf(Path(path))
