"""Text in the cells of CSV files, which spreadsheets open: none of it runs as a formula."""

from __future__ import annotations

from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: Any) -> Any:
    """A text that a spreadsheet would run as a formula, with an apostrophe before it.

    >>> harmless("=1+1"), harmless("-"), harmless(-1.5)
    ("'=1+1", '-', -1.5)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) and len(cell) > 1 else cell


def plain(cell: str) -> str:
    """The text of a harmless cell.

    >>> plain("'=1+1"), plain("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell
