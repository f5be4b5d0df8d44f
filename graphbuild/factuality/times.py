"""When an event was, from the words beside its verb and the day of publication; never a day that nobody named.

"on Tuesday", "yesterday", "12 March", "in March 2030", "last August", "next week", "in 2029". Days of the week, and
dates without a year, are the nearest in the direction of the tense.
"""

from __future__ import annotations

import re
from calendar import day_name, month_abbr, month_name
from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from graphbuild.function_words import BEFORE_DATES
from graphbuild.model import Tense
from graphbuild.syntax import Tree

DAYS = {name.lower(): number for number, name in enumerate(day_name)}
MONTHS = {name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name}
MONTHS["sept"] = 9
OFFSETS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})\b\.?,?(?: (?P<year>\d{{4}}))?"
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_MONTH})\b\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?: ?,? (?P<year>\d{{4}}))?"
)
_MONTH_ONLY = re.compile(rf"\b(?:(?P<which>last|next|this) )?(?P<month>{_MONTH})\b\.?(?: (?:of )?(?P<year>\d{{4}}))?")
_WEEKDAY = re.compile(rf"\b(?P<day>{'|'.join(DAYS)})\b")
_PERIOD = re.compile(r"\b(?P<which>last|this|next) (?P<unit>week|month|year)\b")
_YEAR = re.compile(r"^(?:early |late |mid-? ?)?(?P<year>(?:19|20)\d{2})$")


def event_time(tree: Tree, clause: int, tense: Tense, published: str | None) -> str | None:
    """An ISO day, month, year or ``start/end`` interval that a dependent of ``clause`` names; None if there is none.

    ``published`` is the ISO date of the article; without it only dates with a year are understood.
    """
    day = _day(published)
    for words in _phrases(tree, clause):
        if found := _read(words, day, 1 if tense is Tense.FUTURE else -1):
            return found
    return None


def lies_ahead(time: str, published: str | None) -> bool:
    """Whether an ISO day, month, year or interval begins after the day of publication."""
    begin = time.partition("/")[0]
    return published is not None and begin > published[: len(begin)]


def is_calendar_word(word: str) -> bool:
    """Whether a word, in lower case, names a day of the week or a month."""
    return word in DAYS or word.removesuffix(".") in MONTHS


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published) if published and len(published) == 10 else None


def _phrases(tree: Tree, clause: int) -> Iterator[str]:
    """The words of each dependent that may say when, without its preposition."""
    for child in tree.children(clause, "obl", "advmod", "nmod"):
        if tree.preposition(child) in BEFORE_DATES:
            tokens = tree.subtree(child, without=frozenset({"acl", "advcl", "conj", "case", "punct"}))
            yield " ".join(
                tree.words[t] for t in tokens if tree.words[t] not in MONTHS or tree.doc[t].text[0].isupper()
            )


def _read(words: str, published: date | None, direction: int) -> str | None:
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        if match := pattern.search(words):
            return _full_date(match["day"], match["month"], match["year"], published, direction)
    if match := _MONTH_ONLY.search(words):
        ahead = {"last": -1, "next": 1, "this": direction}.get(match["which"] or "this", direction)
        return _month(MONTHS[match["month"]], match["year"], published, ahead)
    if match := _YEAR.match(words):
        return match["year"]
    return None if published is None else _relative(words, published, direction)


def _full_date(day: str, month: str, year: str | None, published: date | None, direction: int) -> str | None:
    try:
        if year is not None:
            return date(int(year), MONTHS[month], int(day)).isoformat()
        if published is None:
            return None
        near = [date(published.year + step, MONTHS[month], int(day)) for step in (0, direction)]
    except ValueError:  # the 31st of June
        return None
    return next((d for d in near if (d - published).days * direction >= 0), near[0]).isoformat()


def _month(month: int, year: str | None, published: date | None, direction: int) -> str | None:
    if year is not None:
        return f"{year}-{month:02}"
    if published is None:
        return None
    past = (month - published.month) * direction < 0
    return f"{published.year + (direction if past else 0):04}-{month:02}"


def _relative(words: str, published: date, direction: int) -> str | None:
    for word, days in OFFSETS.items():
        if word in words.split():
            return (published + timedelta(days)).isoformat()
    if match := _PERIOD.search(words):
        return _period(match["unit"], {"last": -1, "this": 0, "next": 1}[match["which"]], published)
    if match := _WEEKDAY.search(words):
        return _weekday(DAYS[match["day"]], published, direction)
    return None


def _period(unit: str, steps: int, published: date) -> str:
    """ "last week", "next month", "this year"."""
    if unit == "week":
        monday = published - timedelta(published.weekday()) + timedelta(7 * steps)
        return f"{monday.isoformat()}/{(monday + timedelta(6)).isoformat()}"
    if unit == "month":
        return (published + relativedelta(months=steps)).isoformat()[:7]
    return f"{published.year + steps:04}"


def _weekday(day: int, published: date, direction: int) -> str:
    """The nearest Tuesday before or after; ahead never the day itself."""
    away = (day - published.weekday()) % 7
    if direction < 0:
        away -= 7 if away else 0
    return (published + timedelta(away or (7 if direction > 0 else 0))).isoformat()
