"""Why names became one node: the lines of ``gb:merged``, and how far each reason may be doubted."""

from __future__ import annotations

import re
from enum import StrEnum

SEVERAL = "in several articles"  # in place of a name: records of the same name, of different articles


class Why(StrEnum):
    """The reasons, as they stand behind "X is Y: "."""

    KNOWN = "the same known actor"
    DECISION = "decided by you"
    ACRONYM = "the only organisation that goes by it"
    CAPITAL = "the capital stands for the government"
    SEAT = "the seat stands for the government"
    SHORT = "short for it in one article"
    SAME_NAME = "the same name"
    SPELLING = "spelled alike"
    OFFICE = "held the office on the day of the article"


# From 0, certain, to 1. Judged by hand on the merges of the example and development articles.
DOUBT = {
    Why.DECISION: 0.0,
    Why.KNOWN: 0.05,
    Why.CAPITAL: 0.15,
    Why.SEAT: 0.15,
    Why.SHORT: 0.2,
    Why.ACRONYM: 0.25,
    Why.SAME_NAME: 0.3,
    Why.OFFICE: 0.35,
    Why.SPELLING: 0.4,
}


def note(name: str, label: str, why: Why) -> str:
    """One line of ``gb:merged``."""
    return f"{name} is {label}: {why}"


def parse(line: str) -> tuple[str, str, Why] | None:
    """Name, label and reason of a line; None for a line that somebody else wrote."""
    found = re.fullmatch(r"(.*) is (.*): ([^:]*)", line)
    if found is None or found[3] not in list(Why):
        return None
    return found[1], found[2], Why(found[3])
