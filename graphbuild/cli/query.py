"""``graphbuild query``: SPARQL over any RDF file that graphbuild, or anybody else, wrote."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphbuild.cli import debug_option
from graphbuild.errors import QueryError

if TYPE_CHECKING:
    import pyoxigraph as ox


@click.command("query", short_help="Ask a graph in SPARQL.")
@click.argument("graph", type=click.Path(path_type=Path))
@click.argument("sparql")
@click.option(
    "--to",
    type=click.Choice(["table", "csv", "json", "ttl"]),
    help="Form of the answer; default: table, and ttl for CONSTRUCT and DESCRIBE.",
)
@debug_option
def command(graph: Path, sparql: str, to: str | None) -> None:
    """Ask GRAPH (.ttl, .nt, .nq, .trig, .jsonld or .rdf, also .gz) a question in SPARQL.

    SPARQL is a query, or a file that holds one (FILE.rq). The prefixes gb:, schema:, rdf:, rdfs:, owl:, skos:, prov:,
    nif:, xsd: and wd: need no declaration, nor do those of GRAPH.
    """
    question = _question(sparql)
    store, prefixes, base = _load(graph)
    try:
        answer = store.query(question, base_iri=base, prefixes=prefixes, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise QueryError(_explain(str(error), question)) from None
    _print(answer, to, prefixes)


def _question(sparql: str) -> str:
    if not sparql.endswith((".rq", ".sparql")):
        return sparql
    try:
        return Path(sparql).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise QueryError(f"{sparql}: cannot be read ({reason}); name a file that holds a query") from None


def _explain(error: str, question: str) -> str:
    """Where the parser stopped; what it would have liked there is a long list of characters that helps nobody."""
    fault = "a prefix without PREFIX line" if "Prefix not found" in error else "not valid SPARQL"
    place = re.search(r"at (\d+):(\d+)", error)
    if place is None:
        return f"query: {fault} ({error}); mend it"
    line, column = int(place[1]), int(place[2])
    before = question.splitlines()[line - 1][: column - 1] if question.strip() else ""
    return f"query, line {line}, column {column}: {fault} after {before[-40:]!r}; mend it there"


def _load(path: Path) -> tuple[ox.Store, dict[str, str], str | None]:
    """A store of all triples of the file, the prefixes to ask with, and the base IRI of the file."""
    import pyoxigraph as ox

    from graphbuild.export.rdf import PREFIXES
    from graphbuild.export.reading import SUFFIXES
    from graphbuild.export.target import COMPRESSED, opened

    suffix = (Path(path.stem) if path.suffix in COMPRESSED else path).suffix.lower()
    if suffix not in SUFFIXES:
        raise QueryError(f"{path}: not an RDF file; ask one that ends in {', '.join(SUFFIXES)}")
    store = ox.Store()
    try:
        with opened(path) as stream:
            parsed = ox.parse(stream, format=SUFFIXES[suffix])
            store.bulk_extend(parsed)
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"{path}: not valid RDF ({error}); mend it or build it again") from None
    except (OSError, EOFError) as error:
        raise QueryError(
            f"{path}: cannot be read ({getattr(error, 'strerror', None) or error}); check the path"
        ) from None
    return store, {**PREFIXES, **parsed.prefixes}, parsed.base_iri


def _print(answer: Any, to: str | None, prefixes: Mapping[str, str]) -> None:
    import pyoxigraph as ox

    if isinstance(answer, ox.QueryBoolean) and to in (None, "table"):
        click.echo("yes" if answer else "no")
    elif isinstance(answer, ox.QueryTriples):
        if to not in (None, "ttl"):
            raise click.UsageError(f"this query answers with triples; leave out --to {to} or say --to ttl")
        _write(_turtle(sorted(answer, key=str), prefixes))
    elif to == "ttl":
        raise click.UsageError("--to ttl needs a CONSTRUCT or DESCRIBE query; use table, csv or json")
    elif to in ("csv", "json"):
        result_format = ox.QueryResultsFormat.CSV if to == "csv" else ox.QueryResultsFormat.JSON
        if isinstance(answer, ox.QueryBoolean) and to == "csv":
            raise click.UsageError("an ASK query has no CSV form; use table or json")
        _write(answer.serialize(format=result_format))
    else:
        _table(answer, prefixes)


def _turtle(triples: list[Any], prefixes: Mapping[str, str]) -> bytes:
    """Turtle with the prefixes that it uses, sorted: pyoxigraph orders them by chance."""
    import pyoxigraph as ox

    terms = "\n".join(map(str, triples))
    used = {name: iri for name, iri in prefixes.items() if name and f"<{iri}" in terms}
    lines = (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used) or b"").splitlines(keepends=True)
    return b"".join([*sorted(lines[: len(used)]), b"\n" if used else b"", *lines[len(used) :]])


def _write(data: bytes | None) -> None:
    click.echo((data or b"").decode("utf-8").rstrip("\n"))


def _table(answer: Any, prefixes: Mapping[str, str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    names = [variable.value for variable in answer.variables]
    for name in names:
        table.add_column(name, overflow="fold")
    for solution in answer:
        table.add_row(*(Text(_show(solution[name], prefixes)) for name in names))
    buffer = io.StringIO()
    # A pipe or a file is as wide as its longest row; nothing is cut off there.
    width = None if sys.stdout.isatty() else 10_000
    Console(file=buffer, width=width).print(table)
    lines = [line.rstrip() for line in buffer.getvalue().splitlines()]
    click.echo("\n".join(lines))
    click.echo(f"{table.row_count} row{'' if table.row_count == 1 else 's'}", err=True)


def _show(term: Any, prefixes: Mapping[str, str]) -> str:
    """A term for people: literals as they read, IRIs with the longest prefix that fits."""
    if term is None:
        return ""
    value = str(getattr(term, "value", term))
    fitting = [(iri, name) for name, iri in prefixes.items() if value.startswith(iri) and value != iri]
    if type(term).__name__ != "NamedNode" or not fitting:
        return value
    iri, name = max(fitting, key=lambda pair: (len(pair[0]), pair[1]))
    return f"{name}:{value[len(iri) :]}"
