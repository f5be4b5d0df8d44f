"""Calendar dates as newsrooms write them; a date without its day, month or year is none at all."""

from __future__ import annotations

from datetime import datetime

from dateutil import parser

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
# Verbose fragments for patterns: a full date, and a day of an unnamed year. 03/04/2025 is left out: nobody can tell.
DATE = rf"(?:{_MONTH} {_DAY},? \d{{4}}|{_DAY} {_MONTH},? \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
DAY = rf"(?:{_MONTH} {_DAY}|{_DAY} {_MONTH})"

# Two days that share no field: what a text leaves out shows as a difference.
_DEFAULTS = (datetime(2001, 1, 1), datetime(2004, 2, 2))


class _Timeless(parser.parserinfo):
    """dateutil guesses the century of "20 Aug 68" by today's date; nobody knows it, so there is none."""

    def convertyear(self, year: int, century_specified: bool = False) -> int:
        if year < 100 and not century_specified:
            raise ValueError(f"{year}: a year of two digits")
        return year


_READER = parser.parser(_Timeless())


def iso(text: str) -> str | None:
    """``text`` as ``2025-08-20``, in the time zone that it was written in; None unless it names year, month and day."""
    try:
        first, second = (_READER.parse(text, default=default).date() for default in _DEFAULTS)
    except (ValueError, OverflowError):
        return None
    return first.isoformat() if first == second else None
