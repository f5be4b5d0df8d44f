"""``graphbuild relations``: what the program can find in a sentence, straight from the ontology."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from graphbuild.cli import debug_option

if TYPE_CHECKING:
    from graphbuild.ontology import Relation


@click.command("relations", short_help="List the relations that can be found.")
@click.argument("pattern", required=False, metavar="[FILTER]")
@click.option("--examples", is_flag=True, help="Show sentences that say each relation, and some that do not.")
@click.option("--ontology", "ontologies", multiple=True, metavar="FILE", help="More relations, as Turtle; repeatable.")
@debug_option
def command(pattern: str | None, examples: bool, ontologies: tuple[str, ...]) -> None:
    """List the relations that can be found, by group; FILTER is a part of a name, definition or group."""
    from graphbuild.ontology import schema as ontology

    known = ontology.load(ontologies).relations.values()
    chosen = sorted((r for r in known if _fits(r, pattern or "")), key=lambda r: (r.group, r.id))
    if pattern and not chosen:
        raise click.UsageError(f"no relation fits {pattern!r}; graphbuild relations lists all")
    for group, members in groupby(chosen, key=lambda relation: relation.group):
        click.secho(group or "Other", bold=True)
        for relation in members:
            _print(relation, examples)


def _fits(relation: Relation, pattern: str) -> bool:
    fields = (relation.id, relation.label, relation.inverse or "", relation.definition, relation.group)
    return any(pattern.casefold() in field.casefold() for field in fields)


def _print(relation: Relation, examples: bool) -> None:
    back = f"  (inverse {relation.inverse})" if relation.inverse else "  (symmetric)" if relation.symmetric else ""
    click.echo(f"  gb:{relation.id}{back}")
    if relation.definition:
        click.echo(f"      {relation.definition}")
    if examples:
        for sentence in relation.examples:
            click.echo(f"      yes  {sentence}")
        for sentence in relation.counterexamples:
            click.echo(f"      no   {sentence}")
