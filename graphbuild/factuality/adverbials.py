"""What links an adverbial clause to its main clause and how far that asserts it: "instead of", "when", "so that"."""

from __future__ import annotations

from collections.abc import Callable

from graphbuild.factuality.attribution import allege
from graphbuild.factuality.context import Context
from graphbuild.factuality.reading import Reading
from graphbuild.factuality.tenses import tense_of
from graphbuild.frames import is_infinitive
from graphbuild.model import Certainty, Tense

WHENEVER = frozenset({"when", "once", "whenever", "until", "till", "after", "before", "as", "where", "wherever"})
REPLACED = frozenset({"instead of", "rather than", "in lieu of"})
# Their gerund has happened whatever becomes of the main clause.
PRESUPPOSED = frozenset({"after", "since", "despite", "because of", "for", "while"})
PREPOSITIONAL = frozenset({"considering", "following", "including", "regarding", "concerning", "involving"})
CHARGES = frozenset({"of", "with", "for", "over", "on", "to"})
TOWARDS = frozenset({"of", "for", "to", "on", "upon", "in", "at", "about", "over", "against", "toward", "towards"})
FACTUAL = frozenset({"despite", "after", "since", "while", "as", "because", "before", "although", "though"})


def adverbial(
    context: Context, child: int, governor: int, reading: Reading, main_clause: Callable[[], Reading]
) -> bool:
    """Whether the main clause's modality still bears on an adverbial clause; ``main_clause`` reads it where needed."""
    tree = context.tree
    if (denial := _denial(context, child, governor)) is not None:
        reading.negate(denial)
        reading.at(tense_of(context, governor))
        return True
    if is_infinitive(tree, child) and _is_carried_out(context, governor):
        reading.at(tense_of(context, governor))
        if (above := main_clause()).negated:
            reading.negate(f"not {tree.words[governor]}")
        reading.weaken(above, tree.words[governor])
        return False
    if is_infinitive(tree, child):
        reading.plan("purpose")
        return True
    helpers = {tree.words[k] for k in tree.kids(child, "aux", "cop")}
    finite = tree.tags[child] in ("VBD", "VBZ", "VBP", "MD") or bool(helpers - {"being"})
    gerund, preposition = tree.tags[child] == "VBG" and not finite, tree.preposition(child)
    if (gerund or "having" in helpers) and preposition in CHARGES and _charged(context, governor, reading):
        reading.at(Tense.PAST)
        return False
    decided = _behind_preposition(context, child, governor, gerund, reading)
    if not decided and reading.tense is Tense.PRESENT:
        _timed(context, child, governor, reading, main_clause)
    if gerund and child > governor and _is_of_main_clause(context, child):
        reading.weaken(main_clause(), "main clause")  # "could veto it, setting off a crisis"
    if preposition in FACTUAL:
        reading.at(Tense.PAST if gerund and preposition == "after" else tense_of(context, child))
        return False
    if not finite and tree.tags[child] in ("VBG", "VBN"):
        reading.at(tense_of(context, governor))
        return True
    return False


def _is_carried_out(context: Context, governor: int) -> bool:
    """ "went on to sign", "was quick to sign"."""
    keys = context.phrasal(governor) | (context.keys(governor) if context.tree.pos[governor] == "ADJ" else set())
    return not context.words("implicative").isdisjoint(keys)


def _denial(context: Context, child: int, governor: int) -> str | None:
    """ "too ill to attend", "stopped short of attacking"."""
    tree = context.tree
    if is_infinitive(tree, child):
        return "too" if any(tree.words[k] == "too" for k in tree.kids(governor, "advmod")) else None
    short = tree.label(governor) in ("advmod", "xcomp") and tree.words[governor] == "short"
    return "short of" if short else None


def _is_of_main_clause(context: Context, gerund: int) -> bool:
    """Whether a gerund tells how or with what result the main clause happens: not "after leaving", ", citing costs"."""
    preposition = context.tree.preposition(gerund)
    if not preposition:
        return not context.is_reporting(gerund) and context.tree.words[gerund] not in PREPOSITIONAL
    return preposition not in PRESUPPOSED


def _behind_preposition(context: Context, child: int, governor: int, gerund: bool, reading: Reading) -> bool:
    """A clause behind a preposition that decides on it: "instead of signing", "barred from leaving"."""
    tree, kind = context.tree, context.class_of(governor)
    preposition, word = tree.preposition(child), tree.words[governor]
    hindering = context.keys(governor) & context.words("hindering")
    if preposition in REPLACED:
        reading.negate(preposition)
    elif preposition == "from" and (hindering or kind in ("negative-implicative", "unlikely")):
        if not context.is_negated(governor):  # "did not deter them from leaving"
            reading.negate(f"{word} from")
    elif preposition == "against" and context.keys(governor) & context.words("deciding"):
        reading.negate(f"{word} against")
    elif preposition in ("than", "like", "unlike") and (gerund or tree.tags[child] == "VB"):
        reading.doubt(Certainty.POSSIBLE, preposition)
    elif gerund and (
        (preposition in TOWARDS and context.is_prospective(governor, preposition))
        or preposition in ("about", "against")
        or (preposition in ("of", "for", "on") and kind == "intensional")
    ):
        reading.plan(word)
    else:
        return False
    return True


def _charged(context: Context, governor: int, reading: Reading) -> bool:
    """What somebody is charged with or cleared of; whether the verb or adjective is one of law."""
    keys, word = context.keys(governor), context.tree.words[governor]
    if keys & context.words("accusing"):
        allege(context, governor, reading)
        if context.is_negated(governor):
            reading.doubt(Certainty.POSSIBLE, f"not {word}")
    elif keys & context.words("clearing"):
        reading.negate(word)
    elif "guilty" in keys and context.is_negated(governor):
        reading.negate("not guilty")
    elif "convict" in keys and context.is_negated(governor):
        reading.doubt(Certainty.POSSIBLE, "not convicted")
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
    reading.weaken(main_clause(), "main clause")
    habit = {"when", "whenever", "once"} & words or {"soon", "long"} & {*words, tree.words[governor]}
    if habit and not context.is_headline(child):
        reading.doubt(Certainty.POSSIBLE, "whenever")
