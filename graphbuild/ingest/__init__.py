"""Files, folders, JSON Lines, HTML and standard input as Documents: clean text, paragraphs, metadata, a stable id.

The same article has the same id and text however its file is named and whatever else is read with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graphbuild.errors import InputError
from graphbuild.identifiers import digest, hyphened, web_address
from graphbuild.ingest import dates, formats
from graphbuild.ingest.formats import RawArticle
from graphbuild.ingest.paragraphs import lay_out
from graphbuild.ingest.sources import Failure, Source, discover
from graphbuild.ingest.text import normalise
from graphbuild.model import Document, ParagraphKind

LONGEST_ID = 60  # characters of a headline in the id of its article, without the hash

__all__ = ["Failure", "Repeat", "Source", "discover", "document", "documents"]


@dataclass(frozen=True, slots=True, order=True)
class Repeat:
    """An article that was given before, as ``first``; it counts once."""

    path: str
    first: str


def documents(inputs: Iterable[str | Path | Source | Failure]) -> Iterator[Document | Failure | Repeat]:
    """Every article of ``inputs`` (files, folders, ``-``, or what ``discover`` found), and what gave none, one by one.

    Raises InputError at the end if there was no article at all.
    """
    known: dict[str, str] = {}
    failures: list[Failure] = []
    for found in _articles(inputs):
        if isinstance(found, Failure):
            failures.append(found)
            yield found
        elif found.id in known:
            yield Repeat(found.path or "", known[found.id])
        else:
            known[found.id] = found.path or ""
            yield found
    if not known:
        raise InputError(_nothing_read(failures))


def _articles(inputs: Iterable[str | Path | Source | Failure]) -> Iterator[Document | Failure]:
    for given in inputs:
        found = [given] if isinstance(given, Source | Failure) else discover([given])
        for source in found:
            if isinstance(source, Failure):
                yield source
            else:
                yield from _read(source)


def _read(source: Source) -> Iterator[Document | Failure]:
    try:
        with source.open() as stream:
            if source.suffix in (".jsonl", ".ndjson"):
                for number, record in formats.read_jsonl(iter(stream)):
                    yield _document_or_failure(record, f"{source.name}:{number}")
            else:
                yield document(formats.read(stream.read(), source.suffix), source.name)
    except InputError as error:
        yield Failure(source.name, str(error))
    except EOFError:
        yield Failure(source.name, "cannot be read (compressed file ends early); fetch it again")
    except OSError as error:
        yield Failure(source.name, f"cannot be read ({error.strerror or error}); check the file and its permissions")


def _document_or_failure(record: RawArticle | InputError, name: str) -> Document | Failure:
    try:
        return Failure(name, str(record)) if isinstance(record, InputError) else document(record, name)
    except InputError as error:
        return Failure(name, str(error))


def document(raw: RawArticle, path: str | None = None) -> Document:
    """The Document of a raw article. Raises InputError if nothing but boilerplate is left of it."""
    text, headline = normalise(raw.text), _one_line(raw.headline)
    if headline and headline not in text.split("\n")[:5]:
        text = f"{headline}\n\n{text}"
    layout = lay_out(text, headline, frozenset(filter(None, map(_one_line, raw.headings))))
    if all(part.kind is ParagraphKind.BOILERPLATE for part in layout.paragraphs):
        raise InputError("no article text, only boilerplate; check what was saved")
    published = dates.iso(raw.date) if raw.date else None
    notes = [*raw.notes, *([f"date {raw.date!r} not understood"] if raw.date and not published else [])]
    published = published or layout.published
    publisher = _one_line(raw.publisher) or layout.publisher
    url = web_address(_one_line(raw.url))
    if raw.url and url is None:
        notes.append(f"address {raw.url!r} is no web address; left out")
    title = layout.headline or next(text[p.start : p.end] for p in layout.paragraphs if p.kind is ParagraphKind.BODY)
    words = hyphened(re.sub(r"['`]", "", title), LONGEST_ID).lower() or "article"
    key = f"{words}-{digest(text, headline, published, url, publisher)}"
    return Document(key, text, layout.paragraphs, layout.headline, published, url, publisher, path, tuple(notes))


def _one_line(text: str | None) -> str | None:
    return (normalise(text).replace("\n", " ") or None) if text else None


def _nothing_read(failures: Sequence[Failure]) -> str:
    if not failures:
        return "no article given; name files, folders or - for standard input"
    first = f"{failures[0].path}: {failures[0].reason}"
    return first if len(failures) == 1 else f"no article could be read from {len(failures)} inputs; first {first}"
