"""Parquet tables of nodes, edges and statements, for duckdb, pandas and Spark; needs pyarrow."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import Any, BinaryIO

from graphbuild.errors import OutputError
from graphbuild.export import tables
from graphbuild.export.format import Format, Writer
from graphbuild.export.options import Options
from graphbuild.graph import KnowledgeGraph

BATCH = 20_000  # rows of a row group: some 10 MB
WHOLE = ("mentions", "articles", "facts", "claims", "plans")
REAL = ("size", "x", "y", "weight", "confidence")


def _write(graph: KnowledgeGraph, output: BinaryIO, options: Options, name: str) -> None:
    try:
        import pyarrow as pa  # type: ignore[import-untyped,import-not-found,unused-ignore]
        import pyarrow.parquet as pq  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        raise OutputError("parquet files need the package pyarrow: pip install 'graphbuild[parquet]'") from None
    columns, rows = tables.table(graph, name, options.negations)
    schema = pa.schema([(column, _kind(pa, name, column)) for column in columns])
    with pq.ParquetWriter(output, schema, compression="zstd") as writer:
        while batch := list(islice(rows, BATCH)):
            values = [list(column) for column in zip(*batch, strict=True)]
            writer.write_batch(pa.record_batch(values, schema=schema))


def _kind(pa: Any, table: str, column: str) -> Any:
    if column in WHOLE and not (table == "statements" and column == "articles"):
        return pa.int64()
    return pa.float64() if column in REAL else pa.string()


def _writer(name: str) -> Writer:
    return partial(_write, name=name)


MEMBERS = tuple((f"{name}.parquet", _writer(name)) for name in ("nodes", "edges", "statements"))
FORMAT = Format("parquet", (".parquet",), "Parquet tables nodes, edges and statements", members=MEMBERS, text=False)
