"""``graphbuild resolve``: which names became one node and which nearly did, for a person to decide."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import BinaryIO

import click

from graphbuild.cli import debug_option

SHOWN = 0.2  # doubt from which on a case is listed unless --all


@click.command("resolve", short_help="List merges and near-merges for review.")
@click.argument("graph", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the list as a decisions file (CSV)."
)
@click.option("--all", "everything", is_flag=True, help=f"List what is hardly doubtful too (below {SHOWN}).")
@debug_option
def command(graph: Path, output: Path | None, everything: bool) -> None:
    """List which names became one node of GRAPH, an RDF file that graphbuild wrote, and which nearly did: the most
    doubtful first.

    With -o the list becomes a CSV file. Write same or different into its first column where the program is wrong, and
    build again with --decisions FILE: what you decided holds from then on.
    """
    from graphbuild.cli._output import refuse_inputs
    from graphbuild.export import read
    from graphbuild.export.target import write_files
    from graphbuild.resolve.review import review, to_csv

    refuse_inputs([output] if output else [], [graph])
    cases = [case for case in review(read(graph)) if everything or case.doubt >= SHOWN]
    if output is not None:
        write_files([(output, partial(_write, to_csv(cases)))])
    for case in cases if output is None else ():
        mark = "=" if case.now == "same" else "≠"
        where = f" ({case.one_article}, {case.other_article})" if case.one_article or case.other_article else ""
        click.echo(f"{case.doubt:4.2f}  {case.one} {mark} {case.other}{where}  {case.why}")
    click.echo(f"{graph}: {len(cases)} cases", err=True)


def _write(text: str, file: BinaryIO) -> None:
    file.write(text.encode())
