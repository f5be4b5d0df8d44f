"""``graphbuild query``: SPARQL over any RDF file that graphbuild, or anybody else, wrote."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from graphbuild.cli import EXIT_SKIPPED, debug_option
from graphbuild.cli._asked import Answer, Asked, Misuse
from graphbuild.errors import QueryError

ROWS, SECONDS = 10_000, 60


@click.command("query", short_help="Ask a graph in SPARQL.")
@click.argument("graph", type=click.Path(path_type=Path))
@click.argument("sparql")
@click.option(
    "--to",
    type=click.Choice(["table", "csv", "json", "ttl"]),
    help="Form of the answer; default: table, and ttl for CONSTRUCT and DESCRIBE.",
)
@click.option(
    "--rows", type=click.IntRange(min=1), default=ROWS, metavar="N", help=f"Rows to print at most; default: {ROWS}."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=SECONDS,
    metavar="SECONDS",
    help=f"How long it may take; default: {SECONDS}.",
)
@click.option("--allow-service", is_flag=True, help="Let SERVICE ask servers elsewhere, which is refused otherwise.")
@debug_option
@click.pass_context
def command(
    ctx: click.Context, /, graph: Path, sparql: str, to: str | None, rows: int, timeout: float, allow_service: bool
) -> None:
    """Ask GRAPH (.ttl, .nt, .nq, .trig, .jsonld or .rdf, also .gz) a question in SPARQL.

    SPARQL is a query, or a file that holds one (FILE.rq). The prefixes gb:, schema:, rdf:, rdfs:, owl:, skos:, prov:,
    nif:, xsd: and wd: need no declaration, nor do those of GRAPH. The exit code is 3 if there are more rows.
    """
    from graphbuild.cli import _apart as apart

    # A pipe or a file is as wide as its longest row; nothing is cut off there.
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 10_000
    asked = Asked(graph, _question(sparql), to, rows, width, allow_service)
    try:
        found = apart.call(_ask, asked, seconds=timeout)
    except Misuse as error:
        raise click.UsageError(str(error)) from None
    except TimeoutError:
        raise QueryError(f"query: no answer in {timeout:g} s; ask for less, or allow more with --timeout") from None
    except apart.Died as end:
        raise QueryError(f"query: the engine broke off ({end}): nested too deep or too large; ask for less") from None
    click.echo(found.text.rstrip("\n"))
    if found.rows is not None:
        click.echo(f"{found.rows} row{'' if found.rows == 1 else 's'}", err=True)
    if not found.whole:
        click.echo(f"only the first {rows} rows are shown; --rows N shows more", err=True)
        ctx.exit(EXIT_SKIPPED)


def _ask(asked: Asked) -> Answer:
    """What is done in the other process: the engine is loaded there only."""
    from graphbuild.cli._answer import answer

    return answer(asked)


def _question(sparql: str) -> str:
    if not sparql.endswith((".rq", ".sparql")):
        return sparql
    try:
        return Path(sparql).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise QueryError(f"{sparql[:200]}: cannot be read ({reason}); name a file that holds a query") from None
