"""What links an adverbial clause to its main clause and how far that asserts it: "instead of", "when", "so that"."""

from __future__ import annotations

from collections.abc import Callable

from graphbuild.factuality.attribution import allege
from graphbuild.factuality.context import Context
from graphbuild.factuality.record import Factuality
from graphbuild.factuality.tenses import tense_of
from graphbuild.function_words import (
    AS_SOON,
    CHARGES,
    COMPARING,
    FACTUAL,
    HABITUAL,
    PARTICIPIAL,
    PRESUPPOSED,
    REPLACED,
    TOWARDS,
    WHENEVER,
)
from graphbuild.model import Certainty, Tense
from graphbuild.syntax.arguments import is_infinitive


def adverbial(
    context: Context, child: int, governor: int, factuality: Factuality, main_clause: Callable[[], Factuality]
) -> bool:
    """Whether the main clause's modality still bears on an adverbial clause; ``main_clause`` reads it where needed."""
    if (denial := _denial(context, child, governor)) is not None:
        factuality.negate(denial)
        factuality.at(tense_of(context, governor))
        return True
    if is_infinitive(context.tree, child):
        return _purpose(context, governor, factuality, main_clause)
    if _is_charge(context, child) and _charged(context, governor, factuality):
        factuality.at(Tense.PAST)
        return False
    gerund = _is_gerund(context, child)
    decided = _behind_preposition(context, child, governor, gerund, factuality)
    if not decided and factuality.tense is Tense.PRESENT:
        _timed(context, child, governor, factuality, main_clause)
    if gerund and child > governor and _is_of_main_clause(context, child):
        factuality.weaken(main_clause(), "main clause")  # "could veto it, setting off a crisis"
    return _dated(context, child, governor, factuality)


def _helpers(context: Context, verb: int) -> set[str]:
    return {context.tree.words[k] for k in context.tree.children(verb, "aux", "cop")}


def _is_finite(context: Context, verb: int) -> bool:
    return context.tree.tags[verb] in ("VBD", "VBZ", "VBP", "MD") or bool(_helpers(context, verb) - {"being"})


def _is_gerund(context: Context, verb: int) -> bool:
    return context.tree.tags[verb] == "VBG" and not _is_finite(context, verb)


def _is_charge(context: Context, verb: int) -> bool:
    """ "of leaving", "for having left": what somebody may be charged with."""
    gerund = _is_gerund(context, verb) or "having" in _helpers(context, verb)
    return gerund and context.tree.preposition(verb) in CHARGES


def _purpose(context: Context, governor: int, factuality: Factuality, main_clause: Callable[[], Factuality]) -> bool:
    """An infinitive is only aimed at, but for "went on to sign", "was quick to sign"."""
    if not _is_carried_out(context, governor):
        factuality.plan("purpose")
        return True
    word = context.tree.words[governor]
    factuality.at(tense_of(context, governor))
    if (above := main_clause()).negated:
        factuality.negate(f"not {word}")
    factuality.weaken(above, word)
    return False


def _dated(context: Context, child: int, governor: int, factuality: Factuality) -> bool:
    """Read when an adverbial clause happens; whether it is in the time of the main clause, and as true."""
    tree, preposition = context.tree, context.tree.preposition(child)
    if preposition in FACTUAL:
        after = preposition == "after" and _is_gerund(context, child)
        factuality.at(Tense.PAST if after else tense_of(context, child))
        return False
    if tree.tags[child] not in ("VBG", "VBN") or _is_finite(context, child):
        return False
    factuality.at(tense_of(context, governor))
    return True


def _is_carried_out(context: Context, governor: int) -> bool:
    """ "went on to sign", "was quick to sign"."""
    keys = context.phrasal(governor) | (context.keys(governor) if context.tree.pos[governor] == "ADJ" else set())
    return not context.words("implicative").isdisjoint(keys)


def _denial(context: Context, child: int, governor: int) -> str | None:
    """ "too ill to attend", "stopped short of attacking"."""
    tree = context.tree
    if is_infinitive(tree, child):
        return "too" if any(tree.words[k] == "too" for k in tree.children(governor, "advmod")) else None
    short = tree.label(governor) in ("advmod", "xcomp") and tree.words[governor] in context.words("falling-short")
    return "short of" if short else None


def _is_of_main_clause(context: Context, gerund: int) -> bool:
    """Whether a gerund tells how or with what result the main clause happens: not "after leaving", ", citing costs"."""
    preposition = context.tree.preposition(gerund)
    if not preposition:
        return not context.is_reporting(gerund) and context.tree.words[gerund] not in PARTICIPIAL
    return preposition not in PRESUPPOSED


def _behind_preposition(context: Context, child: int, governor: int, gerund: bool, factuality: Factuality) -> bool:
    """A clause behind a preposition that decides on it: "instead of signing", "barred from leaving"."""
    preposition, word = context.tree.preposition(child), context.tree.words[governor]
    if preposition in REPLACED:
        factuality.negate(preposition)
    elif preposition == "from" and _hinders(context, governor):
        if not context.is_negated(governor):  # "did not deter them from leaving"
            factuality.negate(f"{word} from")
    elif preposition == "against" and context.keys(governor) & context.words("deciding"):
        factuality.negate(f"{word} against")
    elif _is_compared(context, child, gerund):
        factuality.doubt(Certainty.POSSIBLE, preposition)
    elif gerund and _is_aimed_at(context, governor, preposition):
        factuality.plan(word)
    else:
        return False
    return True


def _is_compared(context: Context, child: int, gerund: bool) -> bool:
    """ "better than signing"."""
    return context.tree.preposition(child) in COMPARING and (gerund or context.tree.tags[child] == "VB")


def _hinders(context: Context, governor: int) -> bool:
    kind = context.class_of(governor)
    return bool(context.keys(governor) & context.words("hindering")) or kind in ("negative-implicative", "unlikely")


def _is_aimed_at(context: Context, governor: int, preposition: str) -> bool:
    """ "spoke about leaving", "thought of leaving", "hopes for winning": what has not happened."""
    if preposition in ("about", "against"):
        return True
    if preposition in TOWARDS and context.is_prospective(governor, preposition):
        return True
    return preposition in ("of", "for", "on") and context.class_of(governor) == "intensional"


def _charged(context: Context, governor: int, factuality: Factuality) -> bool:
    """What somebody is charged with or cleared of; whether the verb or adjective is one of law."""
    keys, word = context.keys(governor), context.tree.words[governor]
    if keys & context.words("accusing"):
        allege(context, governor, factuality)
        if context.is_negated(governor):
            factuality.doubt(Certainty.POSSIBLE, f"not {word}")
    elif keys & context.words("clearing"):
        factuality.negate(word)
    elif keys & context.words("guilty") and context.is_negated(governor):
        factuality.negate(f"not {word}")
    elif keys & context.words("convicting") and context.is_negated(governor):
        factuality.doubt(Certainty.POSSIBLE, f"not {word}")
    else:
        return False
    return True


def _timed(
    context: Context, child: int, governor: int, factuality: Factuality, main_clause: Callable[[], Factuality]
) -> None:
    """A clause of time in the present: a habit ("when X attacks, Y hits back"), or as far ahead as its main clause.

    So is one of purpose: "works so that they agree".
    """
    tree = context.tree
    words = {tree.words[k] for mark in tree.children(child, "mark", "advmod") for k in (mark, *tree.children(mark))}
    if {"so", "that"} <= words:
        factuality.plan("so that")
    if not WHENEVER & words:
        return
    factuality.weaken(main_clause(), "main clause")
    habit = HABITUAL & words or AS_SOON & {*words, tree.words[governor]}
    if habit and not context.is_headline(child):
        factuality.doubt(Certainty.POSSIBLE, "whenever")
