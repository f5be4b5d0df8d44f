"""When an event was."""

import pytest
import spacy
from spacy.tokens import Doc

from graphbuild.factuality.times import event_time
from graphbuild.model import Tense
from graphbuild.syntax import Tree

WEDNESDAY = "2031-03-12"


def tree(phrase: str, preposition: str = "") -> Tree:
    """A verb with one dependent: "met (on) PHRASE"."""
    words = ["met", *filter(None, [preposition]), *phrase.split()]
    root = len(words) - 1
    heads = [0] + [root] * (len(words) - 2) + [0]
    deps = ["ROOT"] + ["case" if preposition else "amod"] + ["amod"] * (len(words) - 3) + ["obl"]
    if root == 1:
        deps = ["ROOT", "obl"]
    tags = ["VBD"] + ["IN" if preposition else "JJ"] + ["JJ"] * (len(words) - 3) + ["NN"]
    vocab = spacy.blank("en").vocab
    return Tree(Doc(vocab, words=words, heads=heads, deps=deps[: len(words)], tags=tags[: len(words)]))


@pytest.mark.parametrize(
    ("preposition", "phrase", "tense", "expected"),
    [
        ("on", "Tuesday", Tense.PAST, "2031-03-11"),
        ("on", "Wednesday", Tense.PAST, "2031-03-12"),
        ("on", "Wednesday", Tense.FUTURE, "2031-03-19"),
        ("on", "Friday", Tense.FUTURE, "2031-03-14"),
        ("", "yesterday", Tense.PAST, "2031-03-11"),
        ("on", "3 March", Tense.PAST, "2031-03-03"),
        ("on", "March 20", Tense.PAST, "2030-03-20"),
        ("on", "March 20", Tense.FUTURE, "2031-03-20"),
        ("on", "March 20 , 1999", Tense.PAST, "1999-03-20"),
        ("in", "March 2030", Tense.PAST, "2030-03"),
        ("", "last August", Tense.PAST, "2030-08"),
        ("in", "May", Tense.FUTURE, "2031-05"),
        ("in", "May", Tense.PAST, "2030-05"),
        ("in", "2029", Tense.PAST, "2029"),
        ("", "next week", Tense.FUTURE, "2031-03-17/2031-03-23"),
        ("", "last month", Tense.PAST, "2031-02"),
        ("until", "Friday", Tense.PAST, None),
        ("on", "31 June", Tense.PAST, None),
        ("in", "Oslo", Tense.PAST, None),
    ],
)
def test_times_are_read_against_the_day_of_publication(
    preposition: str, phrase: str, tense: Tense, expected: str | None
) -> None:
    assert event_time(tree(phrase, preposition), 0, tense, WEDNESDAY) == expected


def test_without_a_day_of_publication_only_dates_with_a_year_are_read() -> None:
    assert event_time(tree("Tuesday", "on"), 0, Tense.PAST, None) is None
    assert event_time(tree("3 March", "on"), 0, Tense.PAST, None) is None
    assert event_time(tree("3 March 2030", "on"), 0, Tense.PAST, None) == "2030-03-03"
