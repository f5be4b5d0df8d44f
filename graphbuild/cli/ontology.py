"""``graphbuild ontology``: what users' own relations compile to."""

from __future__ import annotations

from pathlib import Path

import click

from graphbuild.cli import EXIT_FAILED, debug_option


@click.group("ontology", short_help="Check files with your own relations.")
def command() -> None:
    """Work with files of your own relations."""


@command.command("check", short_help="Show what a file compiles to.")
@click.argument("file", type=click.Path(path_type=Path))
@debug_option
@click.pass_context
def check(ctx: click.Context, /, file: Path) -> None:
    """Show the frames of each relation in FILE, and what is wrong with them; example sentences with the frame that
    they give. The exit code is 1 if anything is wrong."""
    from graphbuild.relate.lint import audit

    relations = faults = 0
    for entry in audit(file):
        relations += 1
        faults += len(entry.faults)
        click.secho(f"gb:{entry.relation}", bold=True)
        for kind, text in entry.frames:
            click.echo(f"  {kind:8} {text}")
        for sentence, text in entry.patterns:
            click.echo(f'  example  "{sentence}" → {text}')
        for fault in entry.faults:
            click.secho(f"  fault    {fault}", fg="yellow")
    click.echo(f"{file}: {relations} relations, {faults} faults", err=True)
    if faults or not relations:
        ctx.exit(EXIT_FAILED)
