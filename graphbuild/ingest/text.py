"""From bytes to the one normal form of text that every later offset counts in."""

from __future__ import annotations

import codecs
import re
import unicodedata

from graphbuild.errors import InputError

_BOMS = (  # the longer first: that of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_BINARY_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")
_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_HEAD = 8192
# Random bytes hold 10 % control characters, text with a stray form feed or NUL far below 1 %.
_BINARY_SHARE = 0.05
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)

_LINE_END = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Zero-width characters, soft hyphens and direction marks: invisible, yet they split a word for a tokenizer.
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ILLEGAL = re.compile(r"[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|[\U0001fffe\U0001ffff\U0010fffe\U0010ffff]")
_SPACES = re.compile(r"(?:[^\S\n]|[\x00-\x08\x0e-\x1f\x7f-\x9f])+")
_BLANK_LINES = re.compile(r"\n{3,}")
# Wrapped text is filled up to one width, which terminals, mail and typewriters keep between these.
_WRAP_WIDTHS = range(40, 121)
# Below this, lines of like length may be short paragraphs.
_FEWEST_WRAPPED = 3


def decode(data: bytes) -> tuple[str, str | None]:
    """Text of ``data`` and a note if its encoding had to be guessed; UTF-8, the declared charset, then Windows-1252.

    Raises InputError on binary data.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            note = None if encoding == "utf-8" else f"read as {encoding}"
            return data[len(bom) :].decode(encoding, errors="replace"), note
    if data.startswith(_BINARY_MAGIC) or _control_share(data[:_HEAD]) > _BINARY_SHARE:
        raise InputError("binary file; give plain text, Markdown, HTML or JSON Lines")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _decode_legacy(data)


def _control_share(head: bytes) -> float:
    return 1 - len(head.translate(None, _CONTROL_BYTES)) / len(head) if head else 0.0


def _decode_legacy(data: bytes) -> tuple[str, str]:
    damaged = data.decode("utf-8", errors="replace")
    bad = damaged.count("\ufffd")
    if sum(char > "\x7f" for char in damaged) > 2 * bad:  # mostly good UTF-8: one bad byte must not garble the rest
        return damaged, f"not valid UTF-8; {bad} characters replaced"
    declared = _DECLARED.search(data[:_HEAD])
    names = [declared.group(1).decode("ascii")] if declared else []
    for name in [*names, "windows-1252"]:
        try:
            return data.decode(name), f"not UTF-8; read as {name.lower()}"
        except (LookupError, ValueError):  # no such charset, one that decodes nothing ("undefined"), or another one
            continue
    return data.decode("latin-1"), "not UTF-8; read as latin-1"


def normalise(text: str) -> str:
    """NFC, lines ended by ``\\n``, single spaces, no character that XML forbids, wrapped lines joined."""
    text = _LINE_END.sub("\n", text)
    text = _ILLEGAL.sub("\ufffd", _INVISIBLE.sub("", text))
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    lines = [line.strip() for line in text.split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(_unwrap(lines))).strip()


def _unwrap(lines: list[str]) -> list[str]:
    """Join the lines of a file that is wrapped: most of its lines end because the next word would not have fitted."""
    width = max(map(len, lines))
    pairs = [index for index in range(1, len(lines)) if lines[index - 1] and lines[index]]
    full = {i for i in pairs if len(lines[i - 1]) + 1 + len(lines[i].split(" ", 1)[0]) > width}
    if width not in _WRAP_WIDTHS or len(full) < max(_FEWEST_WRAPPED, len(pairs) / 2):
        return lines
    joined: list[str] = []
    for index, line in enumerate(lines):
        if index in full:
            joined[-1] += " " + line
        else:
            joined.append(line)
    return joined
