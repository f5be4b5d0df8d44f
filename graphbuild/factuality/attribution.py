"""Who says so: reporting verbs, "according to", nouns of saying, direct speech."""

from __future__ import annotations

from graphbuild.factuality.context import Context
from graphbuild.factuality.record import Factuality
from graphbuild.function_words import EMPTY
from graphbuild.model import Certainty
from graphbuild.syntax.subjects import surface_subject


def credit_verb(context: Context, verb: int, factuality: Factuality) -> None:
    """Credit a clause to the subject of the verb of saying above it, or to the agent of a passive one."""
    tree = context.tree
    subject = _who_says(context, verb)
    if subject is not None and tree.words[subject] not in EMPTY:
        factuality.credit(subject, tree.words[verb], tree.lemmas[verb] in context.words("reporting-doubt"))
    elif tree.is_passive(verb):
        factuality.doubt(Certainty.POSSIBLE, tree.words[verb])
    else:  # somebody says so, and the parse does not tell who
        factuality.credit(verb, tree.words[verb], doubting=False)


def _who_says(context: Context, verb: int) -> int | None:
    """Whose words a verb of saying gives; of "the minister's statement said" the minister's."""
    tree = context.tree
    subject, _, _ = surface_subject(tree, verb)
    if subject is None or tree.is_passive(verb):
        agents = [k for k in tree.children(verb, "obl") if tree.preposition(k) == "by"]
        subject = agents[0] if agents else _squeezed_in(context, verb)
    if subject is None or tree.lemmas[subject] not in context.words("source-noun"):
        return subject
    return next(iter(owners(context, subject)), subject)


def _squeezed_in(context: Context, verb: int) -> int | None:
    """The source in "Ghana, Reuters reported, expelled", where the parser took it for an apposition."""
    tree, before = context.tree, verb - 1
    while before > 0 and tree.label(before) == "flat":
        before = tree.heads[before]
    between = before > 0 and tree.label(before) == "appos" and tree.words[before - 1] == ","
    return before if between and not tree.is_passive(verb) else None


def allege(context: Context, verb: int, factuality: Factuality) -> None:
    """Credit what somebody is accused of to the accuser; to the verb if the text does not tell who."""
    tree = context.tree
    accusers = [k for k in tree.children(verb, "obl") if tree.preposition(k) == "by"]
    if not accusers and not tree.is_passive(verb):
        accusers = [k for k in (surface_subject(tree, verb)[0],) if k is not None and tree.is_verb(verb)]
    factuality.credit(accusers[0] if accusers else verb, tree.words[verb], doubting=True)


def credit_noun(context: Context, noun: int, factuality: Factuality) -> None:
    """Credit a clause to the owner of the statement or report that it is the content of."""
    holders = owners(context, noun)
    doubting = context.tree.lemmas[noun] in context.words("source-noun-doubt")
    factuality.credit(holders[0] if holders else noun, context.tree.words[noun], doubting)


def owners(context: Context, noun: int) -> list[int]:
    """Whose report or statement it is."""
    tree = context.tree
    return tree.children(noun, "nmod:poss") or [
        k for k in tree.children(noun, "nmod") if tree.preposition(k) in ("by", "from", "of")
    ]


def parenthesis(context: Context, clause: int, factuality: Factuality) -> None:
    """ "X met Y, the agency reported": the reporting verb hangs below the clause that it reports."""
    tree = context.tree
    for child in tree.children(clause, "parataxis"):
        if context.is_reporting(child) and tree.children(child, "nsubj") and not tree.children(child, "ccomp", "obj"):
            credit_verb(context, child, factuality)


def according(context: Context, clause: int, factuality: Factuality) -> None:
    """ "according to X", "in the words of X", "in a statement by X"."""
    tree, nouns = context.tree, context.words("source-noun")
    for child in tree.children(clause, "obl", "nmod", "advcl"):
        speaker = _named_by_according(context, child)
        if speaker is not None:
            owner = tree.children(speaker, "nmod:poss") if tree.lemmas[speaker] in nouns else []
            factuality.credit(owner[0] if owner else speaker, "according to", doubting=False)
        elif tree.preposition(child) == "in" and tree.lemmas[child] in nouns:  # "in Ana Ruiz's view"
            for holder in tree.children(child, "nmod:poss"):
                factuality.credit(holder, tree.words[child], doubting=False)


def _named_by_according(context: Context, phrase: int) -> int | None:
    """The noun behind "according to", whichever of the words heads the phrase."""
    tree, preposition = context.tree, context.tree.preposition(phrase)
    if preposition == "according to":
        return phrase
    below = tree.children(phrase, "obl", "nmod") if tree.words[phrase] == "according" else []
    return (phrase if preposition else below[0]) if below else None


def spoken_of(context: Context, token: int, factuality: Factuality) -> None:
    """ "thanked Peru for its support", "stressed the need for talks": what somebody speaks of is his view.

    What stands beside it is the text's: "said so at talks in Oslo". Nobody is the source of what he does himself.
    """
    tree, child = context.tree, token
    for parent in tree.ancestors(token):
        if tree.is_verb(parent) and _is_spoken(context, child, parent):
            subject = surface_subject(tree, parent)[0]
            if subject is not None and subject != child:
                factuality.credit(subject, tree.words[parent], tree.lemmas[parent] in context.words("reporting-doubt"))
            return
        child = parent


def _is_spoken(context: Context, child: int, verb: int) -> bool:
    tree = context.tree
    if tree.is_passive(verb):
        return False
    if tree.lemmas[verb] in context.words("speech-act"):
        return tree.label(child) == "obj" or (tree.label(child) == "obl" and tree.preposition(child) == "for")
    told = tree.lemmas[verb] not in context.words("announcing") and context.is_reporting(verb)
    return told and tree.label(child) == "obj"


def direct_speech(context: Context, token: int, factuality: Factuality) -> None:
    """Direct speech: the speaker is the source unless somebody nearer is credited inside the quotation."""
    quotation, tree = context.quotation(token), context.tree
    if quotation is None or quotation.speaker is None:
        return
    if factuality.source is None or not quotation.start <= factuality.source < quotation.end:
        factuality.source = None
        cue = "" if quotation.cue is None else tree.words[quotation.cue]
        doubting = quotation.cue is not None and tree.lemmas[quotation.cue] in context.words("reporting-doubt")
        factuality.credit(quotation.speaker, cue or '"', doubting)
