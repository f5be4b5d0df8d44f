"""The tense of a clause: from its auxiliaries, its verb form, and the day that it names."""

from __future__ import annotations

from graphbuild.factuality.context import Context
from graphbuild.factuality.record import Factuality
from graphbuild.factuality.times import is_calendar_word
from graphbuild.function_words import BE, HYPOTHETICAL, PAST, PERFECT, PRESENT
from graphbuild.model import Certainty, Tense
from graphbuild.syntax.arguments import is_infinitive

AHEAD, NOW = (Tense.FUTURE, "date"), (Tense.PRESENT, "")


def tense(context: Context, verb: int, factuality: Factuality) -> None:
    """Read the tense of a clause; a modal may doubt it, an imperative asserts nothing."""
    tree = context.tree
    if (demand := _demanding(context, verb)) is not None:
        factuality.plan(demand)
        return
    helpers = tree.children(verb, "aux", "cop")
    words = {tree.words[k] for k in helpers}
    for child in helpers:
        _modal(context, child, bool(PERFECT & words), factuality)
    if is_going_to(context, verb):
        factuality.at(Tense.FUTURE, "going to")
    if factuality.tense is None:
        _of_form(context, verb, words, factuality)


def _demanding(context: Context, verb: int) -> str | None:
    """What makes a clause one of what is to be: "is to leave", "due to leave", "all they have to do is leave"."""
    tree = context.tree
    to = next((k for k in tree.children(verb, "mark", "aux") if tree.tags[k] == "TO"), -1)
    if any(tree.words[k] in BE and k < to for k in tree.children(verb, "aux", "cop")):
        return "be to"
    if tree.tags[verb] != "VB":
        return None
    if any(tree.words[k] in context.words("scheduled") for k in tree.children(verb, "mark", "case", "advmod")):
        return "due to"
    return "be" if tree.children(verb, "cop") and not tree.children(verb, "aux", "mark") else None


def tense_of(context: Context, token: int) -> Tense:
    """The tense of the nearest clause with one, from the token upwards."""
    for above in (token, *context.tree.ancestors(token)):
        if context.tree.is_verb(above) or context.tree.copula(above) is not None:
            probe = Factuality()
            tense(context, above, probe)
            if probe.tense is not None:
                return probe.tense
    return Tense.PAST


def is_going_to(context: Context, verb: int) -> bool:
    tree = context.tree
    if tree.words[verb : verb + 2] == ("gon", "na"):
        return True
    if tree.words[verb] != "going":
        return False
    return _is_heading_somewhere(context, verb) or any(is_infinitive(tree, k) for k in tree.children(verb, "xcomp"))


def _is_heading_somewhere(context: Context, verb: int) -> bool:
    """ "We are going to Paris", as against "has been going to"."""
    tree = context.tree
    if any(tree.words[k] == "been" for k in tree.children(verb, "aux")):
        return False
    somewhere = any(tree.preposition(k) == "to" for k in tree.children(verb, "obl"))
    subjects = tree.children(verb, "nsubj") if somewhere else []
    return any(tree.tags[k] == "PRP" or tree.doc[k].ent_type_ == "PERSON" for k in subjects)


def _modal(context: Context, helper: int, perfect: bool, factuality: Factuality) -> None:
    word = context.tree.words[helper]
    if word in context.words("modal-possible"):
        factuality.doubt(Certainty.POSSIBLE, word)
        factuality.at(Tense.PAST if perfect else Tense.FUTURE)
    elif word in context.words("modal-future") and context.tree.tags[helper] == "MD":
        if perfect and word in HYPOTHETICAL:
            factuality.doubt(Certainty.POSSIBLE, "would have")
            factuality.at(Tense.PAST)
        factuality.at(Tense.FUTURE, word)


def _of_form(context: Context, verb: int, helpers: set[str], factuality: Factuality) -> None:
    """The tense that the form of the verb and its auxiliaries ``helpers`` give."""
    tag = context.tree.tags[verb]
    if _is_imperative(context, verb):
        factuality.plan("imperative")
    elif helpers & PAST:
        factuality.at(Tense.PAST)
    elif (helpers & BE or tag in ("VBZ", "VBP")) and _is_dated_ahead(context, verb):
        factuality.at(Tense.FUTURE, "date")
    elif helpers & PRESENT:
        factuality.at(Tense.PRESENT)
    else:
        _of_bare_form(context, verb, factuality)


def _of_bare_form(context: Context, verb: int, factuality: Factuality) -> None:
    """The tense that a verb without an auxiliary that tells gives."""
    tree, tag = context.tree, context.tree.tags[verb]
    if tag == "VBD" or (tag == "VBN" and _is_finite_participle(context, verb)):
        factuality.at(Tense.PAST)
    elif tag in ("VBZ", "VBP"):
        factuality.at(Tense.PAST if context.is_headline(verb) else Tense.PRESENT)
    elif tree.label(verb) in ("root", "parataxis") and is_infinitive(tree, verb):
        factuality.at(Tense.FUTURE, "to")
    elif tag == "VBG" and tree.label(verb) == "root":  # "Moving to Paris soon."
        factuality.at(*(AHEAD if _is_dated_ahead(context, verb) else NOW))


def _is_finite_participle(context: Context, verb: int) -> bool:
    """A participle that stands for a finite clause: "built in 1900", "Ana Ruiz arrested"."""
    tree = context.tree
    return tree.label(verb) in ("acl", "root", "amod", "ccomp") or bool(tree.children(verb, "aux:pass"))


def _is_imperative(context: Context, verb: int) -> bool:
    """A bare verb without subject that heads its sentence, or is coordinated with such a one: "Sign and leave"."""
    tree = context.tree
    if tree.tags[verb] not in ("VB", "VBP") and tree.words[verb] != "lets":
        return False
    if any(tree.words[k] in context.words("request") for k in tree.children(verb)):
        return True
    if not _is_bare(context, verb):
        return False
    if tree.label(verb) == "conj" and tree.is_verb(tree.heads[verb]):
        return _is_coordinated_imperative(context, verb)
    return tree.label(verb) in ("root", "parataxis")


def _is_bare(context: Context, verb: int) -> bool:
    """Without a subject, "to" and any auxiliary but "do"."""
    tree = context.tree
    if tree.children(verb, "nsubj", "csubj", "expl", "cop") or is_infinitive(tree, verb):
        return False
    return all(tree.words[k] == "do" for k in tree.children(verb, "aux"))


def _is_coordinated_imperative(context: Context, verb: int) -> bool:
    """ "Sign and leave", "we are waiting, so let us know": no auxiliary of the first verb asks for a bare second."""
    tree, head = context.tree, context.tree.heads[verb]
    bare = (
        tree.tags[verb] == "VB" and not tree.children(verb, "aux") and tree.tags[head] in ("VBD", "VBZ", "VBN", "VBG")
    )
    return bare or _is_imperative(context, head)


def _is_dated_ahead(context: Context, verb: int) -> bool:
    """ "meets them tomorrow", "is leaving next week", "opens on Friday"."""
    tree = context.tree
    if not context.is_headline(verb) and _is_on_a_day(context, verb):
        past = tree.tags[verb] == "VBP" and tree.words[verb] in context.words("same-in-past")
        return tree.tags[verb] != "VBN" and not past
    dates = [k for k in tree.children(verb, "obl", "advmod", "nmod") if tree.preposition(k) in ("", "in", "on")]
    if tree.tags[verb] in ("VBG", "VBZ") and any(_is_span_ahead(context, k) for k in dates):
        return True
    words = {tree.words[t] for k in dates for t in (k, *tree.children(k, "amod", "det"))}
    return bool(context.words("ahead") & words)


def _is_on_a_day(context: Context, verb: int) -> bool:
    tree = context.tree
    dates = (k for k in tree.children(verb, "obl") if tree.preposition(k) in ("", "on"))
    return any(is_calendar_word(tree.words[k]) for k in dates)


def _is_span_ahead(context: Context, noun: int) -> bool:
    """ "in two weeks", "in about a month", "this weekend"."""
    tree, words = context.tree, {context.tree.words[k] for k in context.tree.children(noun, "det")}
    if tree.preposition(noun) == "in":
        counted = words & {"a", "an"} or tree.children(noun, "nummod")
        return bool(counted) and tree.lemmas[noun] in context.words("time-unit")
    return tree.words[noun] in context.words("day-part") and "this" in words
