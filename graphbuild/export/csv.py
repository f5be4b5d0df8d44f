"""CSV tables of nodes, edges and statements, for Gephi's spreadsheet import, pandas, duckdb and spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, BinaryIO

from graphbuild.cells import harmless
from graphbuild.export import tables
from graphbuild.export.format import Format, Writer
from graphbuild.export.options import Options
from graphbuild.graph import KnowledgeGraph

# What Gephi calls these columns; "Kind" keeps different relations between one pair apart.
GEPHI = {"id": "Id", "label": "Label", "source": "Source", "target": "Target", "relation": "Kind", "weight": "Weight"}


def write_rows(output: BinaryIO, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Stream rows as CSV (RFC 4180, UTF-8); a row with a carriage return is quoted, which some Pythons leave bare."""
    text = io.TextIOWrapper(output, "utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    careful = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    for row in rows:
        cells = [harmless(cell) for cell in row]
        bare = any(isinstance(cell, str) and "\r" in cell for cell in cells)
        (careful if bare else writer).writerow(cells)
    text.detach()


def _write(graph: KnowledgeGraph, output: BinaryIO, options: Options, name: str) -> None:
    columns, rows = tables.table(graph, name, options.negations)
    if name != "statements":
        columns = [GEPHI.get(column, column) for column in columns]
    if name == "edges":
        columns, rows = [*columns, "Type"], _directed(rows)
    write_rows(output, columns, rows)


def _directed(rows: tables.Rows) -> Iterator[tuple[Any, ...]]:
    return ((*row, "Directed") for row in rows)


def _writer(name: str) -> Writer:
    return partial(_write, name=name)


MEMBERS = tuple((f"{name}.csv", _writer(name)) for name in ("nodes", "edges", "statements"))
FORMAT = Format("csv", (".csv",), "CSV tables nodes, edges and statements", members=MEMBERS)
