"""Text inside XML: escaped, with line ends that survive parsing."""

from __future__ import annotations

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


def text(value: str) -> str:
    """``value`` as the content of an element."""
    return value.translate(_TEXT)


def attribute(value: str) -> str:
    """``value`` between double quotes."""
    return value.translate(_ATTRIBUTE)
