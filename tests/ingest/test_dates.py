"""Dates are read when they name a day, a month and a year."""

import re

import pytest

from graphbuild.ingest import dates


@pytest.mark.parametrize(
    "text",
    [
        "August 20, 2025",
        "Aug. 20 2025",
        "20 August 2025",
        "20th August, 2025",
        "2025-08-20",
        "2025-08-20T23:59:00+02:00",
        "Wednesday, August 20, 2025",
        "Wed, 20 Aug 2025 10:03:00 GMT",
    ],
)
def test_full_dates(text: str) -> None:
    assert dates.iso(text) == "2025-08-20"


@pytest.mark.parametrize(
    "text",
    ["", "August 2025", "Aug 20", "2025", "Tuesday", "last week", "2025-13-40", "February 30, 2025", "20 Aug 25"],
)
def test_a_date_that_leaves_something_out_is_none(text: str) -> None:
    assert dates.iso(text) is None


@pytest.mark.parametrize("text", ["Sept. 3, 2024", "3 May 2024", "2024-05-03", "June 1st, 2024"])
def test_the_pattern_finds_what_newsrooms_write(text: str) -> None:
    assert re.fullmatch(dates.DATE, text)


def test_what_day_it_is_changes_no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ("20 August 2025", "20 Aug 25", "3 May 68", "Tuesday", "Aug 20")
    found = [dates.iso(text) for text in texts]
    monkeypatch.setattr(dates._READER.info, "_year", 2089)
    monkeypatch.setattr(dates._READER.info, "_century", 2000)
    assert [dates.iso(text) for text in texts] == found == ["2025-08-20", None, None, None, None]


def test_ambiguous_figures_are_left_alone() -> None:
    assert not re.search(dates.DATE, "03/04/2025")
