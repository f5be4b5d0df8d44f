"""Plain text, Markdown, HTML and JSON Lines as raw articles; adding a format is one function here."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from graphbuild.errors import InputError
from graphbuild.ingest.own import is_own
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
# Where JSON-LD and its like keep the words of an object.
_INNER = ("name", "@value", "text", "value", "url", "@id")


class NoArticle(InputError):
    """A file that is no article and is not meant to be one: a graph that graphbuild wrote."""


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
    """The one article of a file. Raises InputError if it holds none that can be read, NoArticle on a graph."""
    text, note = decode(data)
    if not text.strip():
        raise InputError("empty file; nothing to read")
    if is_own(text):
        raise NoArticle("a graph and no article; left out")
    notes = (note,) if note else ()
    if suffix in (".html", ".htm") or (suffix == "" and _HTML_START.match(text)):
        return read_html(text, notes)
    if suffix in (".md", ".markdown"):
        return read_markdown(text, notes)
    return RawArticle(text, notes=notes)


def read_html(page: str, notes: tuple[str, ...] = ()) -> RawArticle:
    """The main text of a web page. Raises InputError if the page has none."""
    from graphbuild import offline  # noqa: F401  (before trafilatura)
    import trafilatura  # isort: skip

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())  # else their complaints reach standard error
    options: dict[str, Any] = {"include_comments": False, "include_tables": False}
    options["date_extraction_params"] = {"original_date": True, "extensive_search": False, "max_date": "2200-01-01"}
    try:
        found = trafilatura.bare_extraction(page, with_metadata=True, **options)
    except Exception:  # metadata may hold anything (a headline that is a number); the text is there without them
        found, notes = _without_metadata(page, options), (*notes, "metadata of the page not understood")
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise InputError("no article text in this HTML page; save the page of one article")
    title, date, url, site = (_words(value) for value in (found.title, found.date, found.url, found.sitename))
    return RawArticle(found.text or "", title, date, url, site, notes=notes)


def _without_metadata(page: str, options: dict[str, Any]) -> Any:
    import trafilatura

    try:
        return trafilatura.bare_extraction(page, with_metadata=False, **options)
    except Exception as error:  # whatever a page does to its parser costs this page
        raise InputError(f"HTML that cannot be parsed ({type(error).__name__}); save the page as text") from None


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


def read_jsonl(lines: Iterable[bytes | InputError]) -> Iterator[tuple[int, RawArticle | InputError]]:
    """One article a line with its line number, streaming; a faulty line is an InputError of its own."""
    for number, line in enumerate(lines, 1):
        if isinstance(line, InputError):
            yield number, line
        elif line.strip():
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
    words = _field(fields, _TEXT, "\n\n") if isinstance(fields, dict) else None
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


def _field(fields: dict[str, Any], names: tuple[str, ...], joint: str | None = None) -> str | None:
    """The first of the named fields that holds words; those of a list are joined, or the first is taken."""
    values = (_words(fields.get(name), joint) for name in names)
    return next(filter(None, values), None)


def _words(value: Any, joint: str | None = None) -> str | None:
    """What a value of JSON says in words: texts, numbers, lists of them, objects that have a name."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list):
        found = [words for item in value if isinstance(item, str | dict) and (words := _words(item))]
        return (joint.join(found) if joint else found[0]) if found else None
    if isinstance(value, dict):
        inner = (value[key].strip() for key in _INNER if isinstance(value.get(key), str))
        return next(filter(None, inner), None)
    return str(value) if joint is None and isinstance(value, int | float) and not isinstance(value, bool) else None
