"""Which part of a page is headline, news, caption or boilerplate; the patterns are data, in ``boilerplate.txt``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graphbuild.ingest import dates
from graphbuild.model import Paragraph, ParagraphKind

_PATTERNS = Path(__file__).with_name("boilerplate.txt")
_SECTIONS = frozenset({"boilerplate", "byline", "date line", "dateline", "caption", "credit"})
_SENTENCE_END = re.compile(r"""[.!?…:;,]["'”’)\]]*$""")
_BREAK = re.compile(r"""[.!?]["'”’)\]]* (?=\S)""")
_LONGEST_PARAGRAPH = 4000  # characters; a page without line ends must not become one sentence of 5 MB
_LONGEST_BOILERPLATE = 500
_LONGEST_HEADLINE = 200
_LONGEST_HEADING = 80
_LONGEST_CAPTION = 600
# Below this, a repeated paragraph may be a refrain ("he said.") and not a pull quote.
_SHORTEST_REPEAT = 30


@dataclass(frozen=True, slots=True)
class Layout:
    """The paragraphs of a text and what they say about it; ``paragraphs`` do not overlap and are in order."""

    paragraphs: tuple[Paragraph, ...]
    headline: str | None = None
    published: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class _Patterns:
    boilerplate: re.Pattern[str]
    date_line: re.Pattern[str]
    byline: re.Pattern[str]
    dateline: tuple[re.Pattern[str], ...]
    caption: tuple[re.Pattern[str], ...]
    credit: tuple[re.Pattern[str], ...]


def lay_out(text: str, headline: str | None = None, headings: frozenset[str] = frozenset()) -> Layout:
    """Classify the paragraphs of normalised ``text``.

    ``headline`` and ``headings`` are lines that the format itself marks as such (HTML title, Markdown heading).
    """
    reader = _Reader(text, headline, headings)
    spans = list(_spans(text))
    for index, (start, end) in enumerate(spans):
        reader.read(start, end, last=index == len(spans) - 1)
    return Layout(tuple(sorted(reader.found)), reader.headline, reader.published, reader.publisher)


class _Reader:
    """Reads paragraphs from top to bottom and remembers what later ones depend on."""

    def __init__(self, text: str, headline: str | None, headings: frozenset[str]) -> None:
        self.text = text
        self.headline = headline
        self.headings = headings | ({headline} if headline else frozenset())
        self.published: str | None = None
        self.publisher: str | None = None
        self.found: list[Paragraph] = []
        self.seen: set[str] = set()
        self.begun = False

    def read(self, start: int, end: int, last: bool) -> None:
        line = self.text[start:end]
        if self._is_repeat(line) or self._is_boilerplate(line):
            self._add(start, end, ParagraphKind.BOILERPLATE)
        elif caption := _caption(line):
            self._split(start, end, start + caption[0], start + caption[1], ParagraphKind.CAPTION)
        elif self._is_heading(line, last):
            self.headline = self.headline or line
            self._add(start, end, ParagraphKind.HEADLINE)
        else:
            self.begun = True
            self._split(start, end, start + self._dateline(line), end, ParagraphKind.BODY)

    def _is_repeat(self, line: str) -> bool:
        if len(line) < _SHORTEST_REPEAT:
            return False
        known = line.casefold() in self.seen
        self.seen.add(line.casefold())
        return known

    def _is_boilerplate(self, line: str) -> bool:
        if len(line) > _LONGEST_BOILERPLATE or line in self.headings:
            return False
        if match := _patterns().date_line.fullmatch(line):
            self.published = self.published or dates.iso(match["date"])
            return True
        return bool(_patterns().byline.fullmatch(line) or _patterns().boilerplate.fullmatch(line))

    def _is_heading(self, line: str, last: bool) -> bool:
        if line in self.headings:
            return True
        first = self.headline is None and not self.begun
        if last or len(line) > (_LONGEST_HEADLINE if first else _LONGEST_HEADING):
            return False
        ends = _SENTENCE_END.search(line)
        # A headline may ask, exclaim or end with a quoted word; a line inside the article is then more likely speech.
        return ends.group()[0] in "?!" and first if ends else first or line[-1] not in '"”'

    def _dateline(self, line: str) -> int:
        for pattern in _patterns().dateline:
            if (match := pattern.match(line)) and match.end() < len(line):
                said = match.groupdict()
                self.published = self.published or dates.iso(said.get("date") or "")
                self.publisher = self.publisher or said.get("publisher")
                return match.end()
        return 0

    def _split(self, start: int, end: int, first: int, last: int, kind: ParagraphKind) -> None:
        """Add ``[first, last)`` as ``kind`` and what surrounds it in the paragraph as boilerplate."""
        self._add(start, first, ParagraphKind.BOILERPLATE)
        self._add(first, last, kind)
        self._add(last, end, ParagraphKind.BOILERPLATE)

    def _add(self, start: int, end: int, kind: ParagraphKind) -> None:
        part = self.text[start:end]
        start, end = start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
        if start < end:
            self.found.append(Paragraph(start, end, kind))


def _caption(line: str) -> tuple[int, int] | None:
    """Where the sentence of a caption lies in ``line``; None if it is no caption."""
    if len(line) > _LONGEST_CAPTION:
        return None
    opened = next((match for pattern in _patterns().caption if (match := pattern.match(line))), None)
    start = opened.end("drop") if opened and opened.groupdict().get("drop") else 0
    credit = next((match for pattern in _patterns().credit if (match := pattern.search(line, start))), None)
    if opened is None and credit is None:
        return None
    end = credit.start() if credit else len(line)
    return start, max(start, end)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Lines of ``text``, those beyond measure cut after a sentence or else after a word."""
    for line in re.finditer(r"\S.*", text):
        start, end = line.span()
        while end - start > _LONGEST_PARAGRAPH:
            limit = start + _LONGEST_PARAGRAPH
            breaks = [match.end() for match in _BREAK.finditer(text, start, limit)]
            cut = breaks[-1] if breaks else text.rfind(" ", start, limit) + 1 or limit
            yield start, cut
            start = cut
        yield start, end


@cache
def _patterns() -> _Patterns:
    sections: dict[str, list[str]] = {}
    for line in _PATTERNS.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1] in _SECTIONS:
            lines = sections[line[1:-1]] = []
        elif line.strip() and not line.startswith("#"):
            lines.append(line.replace("{date}", dates.DATE).replace("{day}", dates.DAY))
    return _Patterns(
        boilerplate=re.compile("|".join(sections["boilerplate"]), re.IGNORECASE),
        date_line=re.compile("|".join(sections["date line"]), re.IGNORECASE),
        byline=re.compile("|".join(sections["byline"])),
        dateline=tuple(map(re.compile, sections["dateline"])),
        caption=tuple(map(re.compile, sections["caption"])),
        credit=tuple(map(re.compile, sections["credit"])),
    )
