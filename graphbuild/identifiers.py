"""What may name a thing in a graph: words of ``[A-Za-z0-9]`` joined by hyphens, hashes of content, web addresses."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from ipaddress import IPv6Address
from urllib.parse import quote, urlsplit

LONGEST_ADDRESS = 2000  # characters; no server answers to much more
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s\[\]<>\"{}|\\^`/?#:@]+)(?::\d*)?")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_IN_PATH = "!$&'()*+,/:;=@~%"


def hyphened(text: str, longest: int | None = None) -> str:
    """The letters and digits of ``text`` in ASCII, joined by hyphens; cut after a whole word of ``longest`` characters.

    >>> hyphened("São Tomé & Príncipe"), hyphened("one two three", 9)
    ('Sao-Tome-Principe', 'one-two')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")
    if longest is not None and len(words) > longest:
        words = words[: longest + 1].rpartition("-")[0] or words[:longest]
    return words


def digest(*parts: str | None) -> str:
    """Eight hexadecimal digits of the content: enough to part things that share a name."""
    text = "\x1f".join(part or "" for part in parts)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:8]


def web_address(value: str | None) -> str | None:
    """``value`` as an absolute http(s) IRI (RFC 3987), what is illegal in it percent-encoded; None if it is no address.

    >>> web_address("https://example.org/news?tag[]=a b#x#y"), web_address("https://[bad/"), web_address("about:blank")
    ('https://example.org/news?tag%5B%5D=a%20b#x%23y', None, None)
    """
    try:
        parts = urlsplit(value or "")
        _ = parts.port, IPv6Address(parts.hostname or "") if "[" in parts.netloc else None  # raise what is none
    except ValueError:
        return None
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host) or _BARE_PERCENT.search(host):
        return None
    tail = "".join(mark + _encoded(part) for mark, part in (("?", parts.query), ("#", parts.fragment)) if part)
    address = f"{parts.scheme}://{quote(host, safe='[]:%')}{_encoded(parts.path)}{tail}"
    return address if len(address) <= LONGEST_ADDRESS else None


def _encoded(part: str) -> str:
    return quote(_BARE_PERCENT.sub("%25", part), safe=_IN_PATH + "?")
