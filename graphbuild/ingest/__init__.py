"""Files, folders, JSON Lines, HTML and standard input as Documents: clean text, paragraphs, metadata, a stable id.

The same article has the same id and text however its file is named and whatever else is read with it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graphbuild.errors import InputError
from graphbuild.identifiers import digest, hyphened, web_address
from graphbuild.ingest import bounded, dates, formats
from graphbuild.ingest.formats import NoArticle, RawArticle
from graphbuild.ingest.paragraphs import Layout, lay_out
from graphbuild.ingest.sources import Failure, Source, discover
from graphbuild.ingest.text import normalise
from graphbuild.model import Document, ParagraphKind

LONGEST_ID = 60  # characters of a headline in the id of its article, without the hash

__all__ = ["Failure", "LeftOut", "Repeat", "Source", "discover", "document", "documents"]


@dataclass(frozen=True, slots=True, order=True)
class Repeat:
    """An article that was given before, as ``first``; it counts once."""

    path: str
    first: str


@dataclass(frozen=True, slots=True, order=True)
class LeftOut:
    """A file that is no article and was not meant to be one, and what it is."""

    path: str
    reason: str


Found = Document | Failure | LeftOut | Repeat


def documents(inputs: Iterable[str | Path | Source | Failure]) -> Iterator[Found]:
    """Every article of ``inputs`` (files, folders, ``-``, or what ``discover`` found), and what gave none, one by one.

    Raises InputError at the end if there was no article at all.
    """
    known: dict[str, str] = {}
    failures: list[Failure | LeftOut] = []
    for found in _articles(inputs):
        if isinstance(found, Repeat):
            yield found
        elif isinstance(found, Failure | LeftOut):
            failures.append(found)
            yield found
        elif found.id in known:
            yield Repeat(found.path or "", known[found.id])
        else:
            known[found.id] = found.path or ""
            yield found
    if not known:
        raise InputError(_nothing_read(failures))


def _articles(inputs: Iterable[str | Path | Source | Failure]) -> Iterator[Found]:
    said = False  # whether standard input was read: it speaks once
    for given in inputs:
        found = [given] if isinstance(given, Source | Failure) else discover([given])
        for source in found:
            if isinstance(source, Failure):
                yield source
            elif source.path is None and said:
                yield Repeat(source.name, source.name)
            else:
                said = said or source.path is None
                yield from _read(source)


def _read(source: Source) -> Iterator[Document | Failure | LeftOut]:
    try:
        with source.open() as stream:
            if source.suffix in (".jsonl", ".ndjson"):
                for number, record in formats.read_jsonl(bounded.lines(stream, source)):
                    yield _document_or_failure(record, f"{source.name}:{number}")
            else:
                yield document(formats.read(bounded.whole(stream), source.suffix), source.name)
    except NoArticle as reason:
        yield LeftOut(source.name, str(reason))
    except InputError as error:
        yield Failure(source.name, str(error))
    except (EOFError, zlib.error) as error:
        how = "ends early" if isinstance(error, EOFError) else "is damaged"
        yield Failure(source.name, f"cannot be read (compressed file {how}); fetch it again")
    except OSError as error:
        yield Failure(source.name, f"cannot be read ({error.strerror or error}); check the file and its permissions")
    except Exception as fault:  # whatever a file holds costs this file
        yield Failure(source.name, _unforeseen(fault))


def _unforeseen(fault: Exception) -> str:
    return f"cannot be read ({type(fault).__name__}: {fault}); give it as plain text"


def _document_or_failure(record: RawArticle | InputError, name: str) -> Document | Failure:
    try:
        return Failure(name, str(record)) if isinstance(record, InputError) else document(record, name)
    except InputError as error:
        return Failure(name, str(error))
    except Exception as fault:  # whatever a line holds costs this line
        return Failure(name, _unforeseen(fault))


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
    words = hyphened(re.sub(r"['`]", "", _title(text, layout)), LONGEST_ID).lower() or "article"
    key = f"{words}-{digest(text, headline, published, url, publisher)}"
    return Document(key, text, layout.paragraphs, layout.headline, published, url, publisher, path, tuple(notes))


def _title(text: str, layout: Layout) -> str:
    """The headline, else the first paragraph, a caption if there is nothing else."""
    kinds = (ParagraphKind.BODY, ParagraphKind.CAPTION)
    first = (text[p.start : p.end] for kind in kinds for p in layout.paragraphs if p.kind is kind)
    return layout.headline or next(first, "")


def _one_line(text: str | None) -> str | None:
    return (normalise(text).replace("\n", " ") or None) if text else None


def _nothing_read(failures: Sequence[Failure | LeftOut]) -> str:
    if not failures:
        return "no article given; name files, folders or - for standard input"
    first = f"{failures[0].path}: {failures[0].reason}"
    return first if len(failures) == 1 else f"no article could be read from {len(failures)} inputs; first {first}"
