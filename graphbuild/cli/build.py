"""``graphbuild build``: from news articles to graph files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from graphbuild.cli import EXIT_SKIPPED, debug_option, is_debugging
from graphbuild.cli._output import output_options, prepare
from graphbuild.errors import InputError

if TYPE_CHECKING:
    from graphbuild.cli._report import Report
    from graphbuild.ingest import Failure, Source
    from graphbuild.model import Document, Extraction

DEFAULT_OUTPUTS = ("graph.ttl", "graph.graphml")


@click.command("build", short_help="Build a graph from news articles.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@output_options
@click.option("--model", default="default", metavar="NAME_OR_PATH", help="Another spaCy pipeline to read with.")
@click.option("--ontology", "ontologies", multiple=True, metavar="FILE", help="More relations, as Turtle; repeatable.")
@click.option("--actors", multiple=True, metavar="FILE", help="More known actors, as Turtle or CSV; repeatable.")
@click.option("--decisions", type=click.Path(), metavar="FILE", help="What is the same and what not, as CSV.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, metavar="N", help="Processes to read with; default: 1.")
@click.option("-q", "--quiet", is_flag=True, help="No progress bar and no summary.")
@debug_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    model: str,
    ontologies: tuple[str, ...],
    actors: tuple[str, ...],
    decisions: str | None,
    jobs: int,
    quiet: bool,
    **output: Any,
) -> None:
    """Build one graph from all articles of INPUT: files, folders (with all below), or - for standard input.

    Articles are plain text (.txt), Markdown (.md), web pages (.html, .htm) or JSON Lines (.jsonl: objects with "text"
    and, if known, "headline", "date", "url", "publisher"); each may be compressed (.gz). Without -o the graph is
    written to graph.ttl and graph.graphml.
    """
    where = prepare(**output, default=DEFAULT_OUTPUTS)
    from graphbuild.cli._report import Report
    from graphbuild.ingest import Source, discover
    from graphbuild.pipeline import Settings, assemble
    from graphbuild.run import extract

    report = Report(quiet, is_debugging(ctx))
    sources = list(discover(inputs))
    read = (source.path for source in sources if isinstance(source, Source))
    where.refuse(read, graphs_are_none=True)
    where.refuse([*ontologies, *actors, decisions])
    articles = _started(_articles(sources, report))
    settings = Settings(model, ontologies, actors, decisions)
    good = _good(report.progress(extract(articles, settings, jobs), _total(sources)), report)
    graph = assemble(good, settings)
    if not report.articles:
        raise InputError(f"no article could be read; first {report.skipped[0]}")
    part = where.select(graph)
    report.summary(part, where.write(part))
    if report.skipped:
        ctx.exit(EXIT_SKIPPED)


def _articles(sources: Sequence[Source | Failure], report: Report) -> Iterator[Document]:
    """The documents to read; what is none is reported."""
    from graphbuild.ingest import Failure, LeftOut, Repeat, documents

    for found in documents(sources):
        if isinstance(found, Failure):
            report.skip(found.path, found.reason)
        elif isinstance(found, LeftOut):
            report.note(found.path, found.reason)
        elif isinstance(found, Repeat):
            report.repeat(found.path, found.first)
        else:
            for note in found.notes:
                report.note(found.path or found.id, note)
            yield found


def _started(articles: Iterator[Document]) -> Iterator[Document]:
    """The same articles, the first one read now: where there is none, nobody waits for the language pipeline."""
    return chain([next(articles)], articles)


def _good(extractions: Iterator[Extraction], report: Report) -> Iterator[Extraction]:
    for extraction in extractions:
        name = extraction.document.path or extraction.document.id
        if extraction.error is None:
            report.articles += 1
            yield extraction
        else:
            report.skip(name, extraction.error, extraction.traceback)


def _total(sources: Sequence[Source | Failure]) -> int | None:
    """How many articles there are, if that is known before they are read: JSON Lines hold any number."""
    from graphbuild.ingest import Source

    files = [source for source in sources if isinstance(source, Source)]
    return None if any(source.suffix in (".jsonl", ".ndjson") for source in files) else len(files)
