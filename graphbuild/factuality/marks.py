"""What stands in a clause itself: negation, adverbs of doubt, subordinators, inversion, a question mark."""

from __future__ import annotations

from graphbuild.factuality.attribution import according
from graphbuild.factuality.context import Context
from graphbuild.factuality.record import Factuality
from graphbuild.factuality.tenses import tense
from graphbuild.function_words import ALL, ANYBODY, CONDITIONS, INVERTED, MERELY, NOBODY, PROVIDED, WHATEVER
from graphbuild.model import Certainty, Tense
from graphbuild.syntax.arguments import is_infinitive


def own(context: Context, verb: int, factuality: Factuality) -> None:
    """Read the marks, the tense and the source that a clause has of its own."""
    for child in context.tree.children(verb):
        _mark(context, verb, child, factuality)
    tense(context, verb, factuality)
    if _is_inverted(context, verb):
        factuality.doubt(Certainty.POSSIBLE, "inverted condition")
    according(context, verb, factuality)
    if _is_question(context, verb):
        factuality.doubt(Certainty.POSSIBLE, "question")
    elif factuality.tense is not Tense.PAST and _is_conditional(context, verb):
        factuality.doubt(Certainty.POSSIBLE, "if")
    elif _is_generic(context, verb):
        factuality.doubt(Certainty.POSSIBLE, "you")


def _mark(context: Context, verb: int, child: int, factuality: Factuality) -> None:
    tree = context.tree
    word, label = tree.words[child], tree.label(child)
    if label in ("advmod", "cc", "det") and word in context.words("negative"):
        _negation(context, verb, child, factuality)
    elif _denies(context, verb, child):
        factuality.negate(word)
    elif label == "mark":
        _subordinator(context, verb, child, factuality)
    elif word in WHATEVER:
        factuality.doubt(Certainty.POSSIBLE, word)
    elif label == "advmod":
        adverb(context, word, factuality)
    elif label == "nsubj" and _is_partial(context, child):
        factuality.doubt(Certainty.POSSIBLE, "not all")
    elif _is_alternative(context, child):
        factuality.doubt(Certainty.POSSIBLE, "or")


def _negation(context: Context, verb: int, child: int, factuality: Factuality) -> None:
    """ "not", "never"; "no" as an adverb only where it is the first: "no, they left"."""
    tree = context.tree
    late = tree.words[child] == "no" and tree.label(child) == "advmod" and tree.child(verb, "advmod") != child
    if not late and not is_only(context, child):
        factuality.negate(tree.words[child])


def _is_alternative(context: Context, conjunct: int) -> bool:
    """ "met or called"."""
    tree = context.tree
    joined = tree.label(conjunct) == "conj" and tree.is_verb(conjunct)
    return joined and any(tree.words[k] == "or" for k in tree.children(conjunct, "cc"))


def is_only(context: Context, negation: int) -> bool:
    """ "not only" negates nothing, nor does "why not"."""
    words = context.tree.words
    only = not MERELY.isdisjoint(words[negation + 1 : negation + 2])
    return only or words[negation - 1 : negation] == ("why",)


def _denies(context: Context, verb: int, child: int) -> bool:
    """ "nobody left", "no envoy left", "at no time left", "not once left", "yet to leave", "no longer leads"."""
    tree, label = context.tree, context.tree.label(child)
    if label in ("nsubj", "obj"):
        return context.has_no(child) or _is_nobody(context, child)
    if label == "obl":
        in_no_time = tree.words[child] in context.words("time-noun") and tree.preposition(child) == "in"  # soon
        return tree.words[child] in context.words("no-way") and context.has_no(child) and not in_no_time
    return label == "advmod" and _is_denying_adverb(context, verb, child)


def _is_denying_adverb(context: Context, verb: int, child: int) -> bool:
    """ "yet to leave", "little did", "not once", "no longer"."""
    tree, word = context.tree, context.tree.words[child]
    if word == "yet":
        return child < verb and is_infinitive(tree, verb)
    if word == "little":
        return tree.words[child + 1 : child + 2] in (("did",), ("do",), ("does",))
    if word == "once":
        return any(tree.words[k] == "not" for k in tree.children(child, "advmod"))
    return tree.words[child - 1 : child + 1] == ("no", "longer")


def _is_partial(context: Context, noun: int) -> bool:
    """ "not all envoys", "not every envoy", "few envoys"."""
    tree = context.tree
    some = any(tree.words[k] == "few" for k in tree.children(noun, "amod")) and not tree.children(noun, "det")
    return some or any(
        tree.words[k] == "not" and ALL & {*tree.words[k + 1 : k + 2]}
        for token in (noun, *tree.children(noun, "det")) for k in tree.children(token, "advmod")
    )  # fmt: skip


def _is_nobody(context: Context, noun: int) -> bool:
    """ "nobody", "nothing", "neither of them"; "nothing but" negates nothing."""
    words = context.tree.words
    return words[noun] in NOBODY and words[noun + 1 : noun + 2] != ("but",)


def adverb(context: Context, word: str, factuality: Factuality) -> None:
    """ "probably", "allegedly"."""
    if word in context.words("possible"):
        factuality.doubt(Certainty.POSSIBLE, word)
        factuality.doubting = True
    elif word in context.words("probable"):
        factuality.doubt(Certainty.PROBABLE, word)


def _subordinator(context: Context, verb: int, mark: int, factuality: Factuality) -> None:
    word = context.tree.words[mark]
    if word == "without":
        factuality.negate("without")
    elif context.tree.words[max(0, mark - 1) : mark + 1] == ("as", "though"):
        factuality.doubt(Certainty.POSSIBLE, "as though")
    elif word in context.words("conditional") and not _has_come(context, verb, word, factuality):
        factuality.doubt(Certainty.POSSIBLE, word)


def _has_come(context: Context, verb: int, word: str, factuality: Factuality) -> bool:
    """ "before they left": what is told of as past is no condition."""
    if word == "before" and factuality.tense is Tense.PAST:
        return True
    return word in ("before", "until") and context.tree.tags[verb] in ("VBD", "VBG")


def _is_inverted(context: Context, verb: int) -> bool:
    """ "Had Egypt armed the rebels, …": a condition that begins with its auxiliary."""
    tree = context.tree
    subjects = tree.children(verb, "nsubj")
    first = [k for k in tree.children(verb, "aux", "cop") if tree.words[k] in INVERTED and subjects and k < subjects[0]]
    return bool(first) and tree.label(verb) == "advcl" and not tree.children(verb, "mark")


def _is_conditional(context: Context, verb: int) -> bool:
    """ "If the court agrees, the ban ends": what follows from a condition."""
    tree = context.tree
    adverbs = (k for k in tree.children(verb, "advmod") if tree.words[k] == "long")
    if any(tree.children(k, "advcl") for k in adverbs):  # "as long as"
        return True
    return any(_is_condition(context, clause, clause < verb) for clause in tree.children(verb, "advcl"))


def _is_condition(context: Context, clause: int, fronted: bool) -> bool:
    """A clause in front with "if", anywhere with "only if" or "provided"; neither "if possible" nor "even if"."""
    tree = context.tree
    marks = [mark for mark in tree.children(clause, "mark") if tree.words[mark] in CONDITIONS]
    before = [" ".join(tree.words[max(0, mark - 1) : mark]) for mark in marks]
    if "only" in before or (tree.words[clause] in PROVIDED and tree.children(clause, "ccomp")):
        return True
    whole = fronted and bool(tree.children(clause, "nsubj", "expl"))
    return whole and any(word not in ("even", "as") for word in before)


def _is_generic(context: Context, verb: int) -> bool:
    """ "You take the first turn right": an act in the simple present that anybody may do."""
    tree = context.tree
    anybody = any(tree.words[k] in ANYBODY for k in tree.children(verb, "nsubj"))
    simple = tree.tags[verb] == "VBP" and not tree.children(verb, "aux", "cop")
    return anybody and simple and tree.lemmas[verb] not in context.words("stative")


def _is_question(context: Context, verb: int) -> bool:
    end = next((end for start, end in context.tree.sentences if start <= verb < end), 0)
    return "?" in context.tree.words[max(0, end - 3) : end] and context.quotation(verb) is None
