"""Plain text, Markdown, HTML and JSON Lines as raw articles; adding a format is one function here."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphbuild.errors import InputError
from graphbuild.ingest.text import decode

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.DOTALL)
_FRONT_FIELD = re.compile(r"""^(\w+):[ \t]*["']?(.*?)["']?[ \t]*$""", re.MULTILINE)
_HTML_START = re.compile(r"\s*<(?:!doctype\s+html|html|head|body|\?xml)\b", re.IGNORECASE)
# What data sets and crawlers call the parts of an article.
_TEXT = ("text", "body", "content", "article", "maintext")
_HEADLINE = ("headline", "title")
_DATE = ("date", "published", "datePublished", "date_publish", "publish_date")
_URL = ("url", "link", "source_url")
_PUBLISHER = ("publisher", "sitename", "site", "source", "source_domain")


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as its file tells it, before normalisation; ``headings`` are lines known to be headings."""

    text: str
    headline: str | None = None
    date: str | None = None
    url: str | None = None
    publisher: str | None = None
    headings: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def read(data: bytes, suffix: str) -> RawArticle:
    """The one article of a file. Raises InputError if it holds none that can be read."""
    text, note = decode(data)
    if not text.strip():
        raise InputError("empty file; nothing to read")
    notes = (note,) if note else ()
    if suffix in (".html", ".htm") or (suffix == "" and _HTML_START.match(text)):
        return read_html(text, notes)
    if suffix in (".md", ".markdown"):
        return read_markdown(text, notes)
    return RawArticle(text, notes=notes)


def read_html(page: str, notes: tuple[str, ...] = ()) -> RawArticle:
    """The main text of a web page. Raises InputError if the page has none."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())  # else their complaints reach standard error
    options: dict[str, Any] = {"with_metadata": True, "include_comments": False, "include_tables": False}
    dated = {"original_date": True, "extensive_search": False, "max_date": "2200-01-01"}
    found = trafilatura.bare_extraction(page, date_extraction_params=dated, **options)
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise InputError("no article text in this HTML page; save the page of one article")
    return RawArticle(found.text or "", found.title, found.date, found.url, found.sitename, notes=notes)


def read_markdown(source: str, notes: tuple[str, ...] = ()) -> RawArticle:
    """The words of a Markdown file without its marks; front matter gives headline, date, url and publisher."""
    from markdown_it import MarkdownIt

    fields: dict[str, Any] = {}
    if front := _FRONT_MATTER.match(source.replace("\r\n", "\n")):
        source = source.replace("\r\n", "\n")[front.end() :]
        fields = dict(_FRONT_FIELD.findall(front.group(1)))
    blocks: list[str] = []
    headings: list[str] = []
    tokens = MarkdownIt("commonmark").parse(source)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline" and (words := _inline(token.children or [])):
            blocks.append(words)
            if before is not None and before.type == "heading_open":
                headings.append(words)
    headline = _field(fields, _HEADLINE) or (headings[0] if headings and blocks[0] == headings[0] else None)
    return _raw("\n\n".join(blocks), headline, fields, notes, frozenset(headings))


def _inline(children: list[Any]) -> str:
    shown = {"text": None, "code_inline": None, "softbreak": " ", "hardbreak": " "}
    parts = [shown[child.type] or child.content for child in children if child.type in shown]
    return "".join(parts).strip()


def read_jsonl(lines: Iterator[bytes]) -> Iterator[tuple[int, RawArticle | InputError]]:
    """One article a line with its line number, streaming; a faulty line is an InputError of its own."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield number, _record(line)
            except InputError as error:
                yield number, error


def _record(line: bytes) -> RawArticle:
    text, note = decode(line)
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError("not a JSON object; write one article a line") from None
    words = _field(fields, _TEXT) if isinstance(fields, dict) else None
    if not words:
        raise InputError('no text; each line needs an object with "text"')
    return _raw(words, _field(fields, _HEADLINE), fields, notes=(note,) if note else ())


def _raw(
    text: str,
    headline: str | None,
    fields: dict[str, Any],
    notes: tuple[str, ...],
    headings: frozenset[str] = frozenset(),
) -> RawArticle:
    date, url, publisher = (_field(fields, names) for names in (_DATE, _URL, _PUBLISHER))
    return RawArticle(text, headline, date, url, publisher, headings, notes)


def _field(fields: dict[str, Any], names: tuple[str, ...]) -> str | None:
    values = (fields.get(name) for name in names)
    return next((value.strip() for value in values if isinstance(value, str) and value.strip()), None)
