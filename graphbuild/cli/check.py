"""``graphbuild check``: whether a file keeps the rules of a graph that graphbuild writes."""

from __future__ import annotations

from pathlib import Path

import click

from graphbuild.cli import EXIT_FAILED, debug_option


@click.command("check", short_help="Check a graph file.")
@click.argument("file", type=click.Path(path_type=Path))
@debug_option
@click.pass_context
def command(ctx: click.Context, /, file: Path) -> None:
    """Check that FILE keeps the rules of the graph; print one fault a line. The exit code is 1 if there is any."""
    from graphbuild.export.validation import check

    faults = check(file)
    for fault in faults:
        click.echo(fault)
    click.echo(f"{file}: {len(faults)} fault{'' if len(faults) == 1 else 's'}", err=True)
    if faults:
        ctx.exit(EXIT_FAILED)
