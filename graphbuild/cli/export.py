"""``graphbuild export``: a graph that was built before, written again in other formats or in part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from graphbuild.cli import debug_option
from graphbuild.cli._output import output_options, prepare


@click.command("export", short_help="Write a graph in other formats.")
@click.argument("graph", type=click.Path(path_type=Path))
@output_options
@click.option("-q", "--quiet", is_flag=True, help="Do not list the files written.")
@debug_option
def command(graph: Path, quiet: bool, **output: Any) -> None:
    """Write GRAPH, an RDF file that graphbuild wrote, to every -o FILE."""
    if not output["outputs"] and not output["to"]:
        raise click.UsageError("nowhere to write; name a file with -o FILE")
    where = prepare(**output)
    where.refuse([graph])
    from graphbuild import export

    files = where.write(where.select(export.read(graph)))
    for path in () if quiet else files:
        click.echo(f"{path} written", err=True)
