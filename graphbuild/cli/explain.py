"""``graphbuild explain``: why a sentence or an article gives the statements it gives."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from graphbuild.cli import debug_option
from graphbuild.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphbuild.explain import Explanation
    from graphbuild.model import Document


@click.command("explain", short_help="Explain what a sentence or article gives, and why.")
@click.argument("text", metavar="SENTENCE|FILE")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write a page with the parse trees.")
@click.option("--model", default="default", metavar="NAME_OR_PATH", help="Another spaCy pipeline to read with.")
@click.option("--ontology", "ontologies", multiple=True, metavar="FILE", help="More relations, as Turtle; repeatable.")
@debug_option
def command(text: str, html: Path | None, model: str, ontologies: Sequence[str]) -> None:
    """Show for each sentence its entities, its statements with pattern, lexicon entry and what decided their status,
    and the matches that were refused, with the reason."""
    from graphbuild.cli._output import refuse_inputs
    from graphbuild.explain import explain
    from graphbuild.pipeline import Settings, load

    refuse_inputs([html] if html else [], [text, *ontologies])
    document = _document(text)
    found = list(explain(document, load(Settings(model, tuple(ontologies)))))
    for explanation in found:
        _print(explanation)
    if html is not None:
        _write_page(html, found)


def _document(text: str) -> Document:
    from graphbuild import ingest
    from graphbuild.ingest.formats import RawArticle
    from graphbuild.model import Document

    if not os.path.isfile(text):  # False, and no error, for a sentence longer than a name may be
        return ingest.document(RawArticle(text))
    for found in ingest.documents([text]):
        if isinstance(found, Document):
            return found
        raise InputError(f"{text}: {getattr(found, 'reason', 'cannot be read')}")
    raise InputError(f"{text}: no article in it; give a file with text")


def _print(explanation: Explanation) -> None:
    click.secho(" ".join(explanation.sentence.text.split()), bold=True)
    for words, label, kind in explanation.entities:
        click.echo(f"  {words} → {label} ({kind})")
    for told in explanation.statements:
        click.secho(f"  ✓ {told.label}  [{told.status}; {told.pattern}]", fg="green")
        for reason in told.reasons:
            click.echo(f"      {reason}")
    for frame, reason in explanation.refused:
        click.secho(f"  ✗ {frame}: {reason}", fg="yellow")
    click.echo()


def _write_page(path: Path, found: Iterable[Explanation]) -> None:
    from html import escape

    from spacy import displacy

    from graphbuild.export.target import write_files

    parts = []
    for explanation in found:
        rows = "".join(
            f"<li><b>{escape(told.label)}</b> {escape('; '.join((told.status, told.pattern, *told.reasons)))}</li>"
            for told in explanation.statements
        )
        refused = "".join(f"<li>{escape(frame)}: {escape(reason)}</li>" for frame, reason in explanation.refused)
        tree = displacy.render(explanation.sentence, style="dep", options={"compact": True}, jupyter=False)
        parts.append(
            f"<h2>{escape(explanation.sentence.text)}</h2><ul>{rows}</ul><ul class=refused>{refused}</ul>{tree}"
        )
    page = "<!doctype html><meta charset=utf-8><title>graphbuild explain</title><style>svg{max-width:100%}</style>"
    write_files([(path, partial(_write, page + "".join(parts)))])


def _write(text: str, file: BinaryIO) -> None:
    file.write(text.encode("utf-8", "replace"))
