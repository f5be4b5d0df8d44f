"""What links an adverbial clause to its main clause and how far that asserts it: "instead of", "when", "so that"."""

from __future__ import annotations

from collections.abc import Callable

from graphbuild.factuality.context import Context
from graphbuild.factuality.reading import Reading
from graphbuild.factuality.tenses import tense_of
from graphbuild.frames import is_infinitive
from graphbuild.model import Certainty, Tense

WHENEVER = frozenset({"when", "once", "whenever", "until", "till", "after", "before", "as", "where", "wherever"})
REPLACED = frozenset({"instead of", "rather than", "in lieu of"})
FACTUAL = frozenset({"despite", "after", "since", "while", "as", "because", "before", "although", "though"})


def adverbial(
    context: Context, child: int, governor: int, reading: Reading, main_clause: Callable[[], Reading]
) -> bool:
    """Whether the main clause's modality still bears on an adverbial clause; ``main_clause`` reads it where needed."""
    tree = context.tree
    if is_infinitive(tree, child):
        reading.plan("purpose")
        return True
    if tree.label(governor) == "advmod" and tree.words[governor] == "short":
        reading.negate("short of")
        reading.at(tense_of(context, governor))
        return True
    if not _behind_preposition(context, child, governor, reading) and reading.tense is Tense.PRESENT:
        _timed(context, child, governor, reading, main_clause)
    if tree.preposition(child) in FACTUAL:
        after = tree.tags[child] == "VBG" and tree.preposition(child) == "after"
        reading.at(Tense.PAST if after else tense_of(context, child))
        return False
    finite = tree.tags[child] in ("VBD", "VBZ", "VBP", "MD") or bool(tree.kids(child, "aux", "cop"))
    if not finite and tree.tags[child] in ("VBG", "VBN"):
        reading.at(tense_of(context, governor))
        return True
    return False


def _behind_preposition(context: Context, child: int, governor: int, reading: Reading) -> bool:
    """A clause behind a preposition that decides on it: "instead of signing", "barred from leaving"."""
    tree, kind = context.tree, context.class_of(governor)
    preposition, word, gerund = tree.preposition(child), tree.words[governor], tree.tags[child] == "VBG"
    hindering = context.keys(governor) & context.words("hindering")
    if preposition in REPLACED:
        reading.negate(preposition)
    elif preposition == "from" and (hindering or kind in ("negative-implicative", "unlikely")):
        if not context.is_negated(governor):  # "did not deter them from leaving"
            reading.negate(f"{word} from")
    elif gerund and preposition in ("than", "like", "unlike"):
        reading.doubt(Certainty.POSSIBLE, preposition)
    elif gerund and (
        (preposition and context.is_prospective(governor))
        or preposition == "about"
        or (preposition in ("of", "for", "on") and kind == "intensional")
    ):
        reading.plan(word)
    else:
        return False
    return True


def _timed(context: Context, child: int, governor: int, reading: Reading, main_clause: Callable[[], Reading]) -> None:
    """A clause of time in the present: a habit ("when X attacks, Y hits back"), or as far ahead as its main clause.

    So is one of purpose: "works so that they agree".
    """
    tree = context.tree
    words = {tree.words[k] for mark in tree.kids(child, "mark", "advmod") for k in (mark, *tree.kids(mark))}
    if {"so", "that"} <= words:
        reading.plan("so that")
    if not WHENEVER & words:
        return
    above = main_clause()
    if above.content or above.tense is Tense.FUTURE:
        reading.tense, reading.content = Tense.FUTURE, above.content
        reading.reasons.append("future: main clause")
    habit = {"when", "whenever", "once"} & words or {"soon", "long"} & {*words, tree.words[governor]}
    if habit and not context.is_headline(child):
        reading.doubt(Certainty.POSSIBLE, "whenever")
    reading.doubt(above.certainty, "main clause")
