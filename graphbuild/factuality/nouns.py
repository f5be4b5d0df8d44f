"""Events and roles that nouns name: "the planned attack", "no deal was signed", "the president-elect"."""

from __future__ import annotations

from graphbuild.factuality.attribution import credit_verb, direct_speech, parenthesis, spoken_of
from graphbuild.factuality.clauses import clause
from graphbuild.factuality.context import Context
from graphbuild.factuality.governors import predicate
from graphbuild.factuality.marks import adverb
from graphbuild.factuality.record import Factuality
from graphbuild.function_words import DEFINITE, HYPOTHETICAL, REPLACED
from graphbuild.model import Certainty, Tense


def nominal(context: Context, noun: int, standing: bool) -> Factuality:
    """The factuality of an event noun ("the attack on X") in its clause."""
    factuality = Factuality()
    _modifiers(context, noun, factuality)
    _in_clause(context, noun, factuality)
    direct_speech(context, noun, factuality)
    spoken_of(context, noun, factuality)
    factuality.at(Tense.PRESENT if standing else Tense.PAST)
    return factuality


def _modifiers(context: Context, noun: int, factuality: Factuality) -> None:
    tree = context.tree
    for child in tree.children(noun, "amod", "advmod", "compound", "det"):
        word = tree.words[child]
        if word in ("no", "neither") and tree.label(child) == "det":
            factuality.negate("no")
        elif word in context.words("undone"):
            factuality.negate(word)
        elif word in context.words("future-adjective"):
            factuality.at(Tense.FUTURE, word)
            factuality.content = True
        else:
            adverb(context, word, factuality)


def _in_clause(context: Context, noun: int, factuality: Factuality) -> bool:
    """Read the clause around an event noun; whether the noun is presupposed (definite) there."""
    tree, definite = context.tree, _is_definite(context, noun)
    child = noun
    while tree.labels[child] == "conj":
        child = tree.heads[child]
    parent = tree.heads[child]
    if parent == child:
        parenthesis(context, child, factuality)
        return definite
    _behind_preposition(context, child, factuality)
    if tree.is_nominal(parent) and tree.copula(parent) is None:
        _of_noun(context, child, parent, factuality)
        return _in_clause(context, parent, factuality) and definite if parent != noun else definite
    if _decided(context, child, parent, definite, factuality):
        return False
    if tree.label(child) == "obj" and _is_told(context, parent):
        credit_verb(context, parent, factuality)  # "reported the attack"
        return False
    _said_with(context, child, parent, definite, factuality)
    return definite


def _is_definite(context: Context, noun: int) -> bool:
    tree = context.tree
    return bool(tree.children(noun, "nmod:poss")) or any(tree.words[k] in DEFINITE for k in tree.children(noun, "det"))


def _of_noun(context: Context, child: int, noun: int, factuality: Factuality) -> None:
    """ "the threat of an attack"."""
    tree = context.tree
    if tree.lemmas[noun] in context.words("possibility-noun") and tree.preposition(child) in ("of", "for"):
        factuality.doubt(Certainty.POSSIBLE, tree.words[noun])
        factuality.at(Tense.FUTURE)


def _is_told(context: Context, verb: int) -> bool:
    return context.is_reporting(verb) and context.class_of(verb) != "negative-implicative"


def _said_with(context: Context, child: int, parent: int, definite: bool, factuality: Factuality) -> None:
    """What the predicate over an event says of it: "is likely", "would anger Egypt"; an indefinite one is as true."""
    is_subject = context.tree.label(child) == "nsubj"
    if is_subject and context.tree.copula(parent) is not None:
        predicate(context, parent, factuality)
    if not definite:
        _asserted_with(context, child, parent, factuality)
    elif is_subject and _is_hypothetical(context, parent):
        factuality.doubt(Certainty.POSSIBLE, "would")


def _is_hypothetical(context: Context, verb: int) -> bool:
    """ "Kenya's invasion would anger Egypt"; in "said it would anger Egypt" it may be the future of the past."""
    tree = context.tree
    return tree.label(verb) == "root" and any(tree.words[k] in HYPOTHETICAL for k in tree.children(verb, "aux"))


def _behind_preposition(context: Context, noun: int, factuality: Factuality) -> None:
    """ "without an attack", "in case of an attack", "ahead of talks"."""
    tree, preposition = context.tree, context.tree.preposition(noun)
    if preposition == "without" or preposition in REPLACED:
        factuality.negate(preposition)
    elif preposition.startswith("in case"):
        factuality.doubt(Certainty.POSSIBLE, preposition)
    elif any(tree.words[k - 1 : k + 1] == ("ahead", "of") for k in tree.children(noun, "case")):
        factuality.plan("ahead of")


def _decided(context: Context, child: int, parent: int, definite: bool, factuality: Factuality) -> bool:
    """Whether the verb over an event noun decides on it alone: "cancelled the talks", "wants talks", "talks began"."""
    tree, kind, word = context.tree, context.class_of(parent), context.tree.words[parent]
    is_object = tree.label(child) == "obj" or tree.labels[child] == "nsubj:pass"
    if kind == "negative-implicative" and is_object:
        factuality.negate(word)
        if context.keys(parent) & context.words("denial"):
            credit_verb(context, parent, factuality)
        return True
    wished = is_object or tree.preposition(child) in ("for", "to", "on", "about")
    if kind == "intensional" and wished and not (definite and tree.lemmas[parent] in context.words("referring")):
        factuality.plan(word)
        return True
    happens = tree.label(child) == "nsubj" and tree.lemmas[parent] in context.words("event-verb")
    if happens:
        _happening(context, child, parent, factuality)
    return happens


def _happening(context: Context, child: int, parent: int, factuality: Factuality) -> None:
    """ "talks began", "no talks took place"."""
    above = clause(context, parent)
    factuality.negated = above.negated if context.has_no(child) else factuality.negated ^ above.negated
    factuality.doubt(above.certainty, context.tree.words[parent])
    factuality.at(above.tense or Tense.PAST)
    factuality.adopt_source(above)


def _asserted_with(context: Context, child: int, parent: int, factuality: Factuality) -> None:
    """An indefinite event is as true as its clause: "did not launch an attack", "may launch an attack"."""
    above, word = clause(context, parent), context.tree.words[parent]
    if above.negated and context.tree.label(child) in ("obj", "obl", "nsubj") and not context.has_no(child):
        factuality.negate(word)
    factuality.doubt(above.certainty, word)
    if above.tense is Tense.FUTURE:
        factuality.at(Tense.FUTURE, word)
    factuality.adopt_source(above)


def role(context: Context, noun: int, construction: str) -> Factuality:
    """The factuality of a role: a title is presupposed, "X is the head of Y" is as true as its clause."""
    tree = context.tree
    factuality = clause(context, noun) if construction.startswith("copula") else Factuality()
    if construction.startswith("copula") and factuality.tense is Tense.PAST and not factuality.content:
        factuality.reasons.append("past: copula")
    for child in tree.children(noun, "amod", "compound", "advmod", "nmod:desc"):
        _role_modifier(context, child, factuality)
    head = tree.heads[noun]
    if head != noun and tree.label(noun) in ("compound", "flat", "nmod"):
        for child in tree.children(head, "amod", "advmod"):
            _role_modifier(context, child, factuality)
    _not_yet_held(context, noun, factuality)
    factuality.at(Tense.PRESENT)
    return factuality


def _role_modifier(context: Context, token: int, factuality: Factuality) -> None:
    word = context.tree.words[token]
    if word in context.words("former"):
        factuality.tense = Tense.PAST
        factuality.reasons.append(f"past: {word}")
    elif word in context.words("future-role") or word in context.words("future-adjective"):
        factuality.tense = Tense.FUTURE
    elif word in context.words("possible"):
        factuality.doubt(Certainty.POSSIBLE, word)


def _not_yet_held(context: Context, noun: int, factuality: Factuality) -> None:
    """ "president-elect", in one token or three, and "incoming president"."""
    tree = context.tree
    if tree.words[max(0, noun - 3) : noun] == ("would", "-", "be"):
        factuality.doubt(Certainty.POSSIBLE, "would-be")
    hyphenated, modifiers = tree.words[noun + 1 : noun + 2] == ("-",), tree.children(noun, "amod", "compound")
    for token in (noun - 1, noun - 2, noun + 1, noun + 2):
        is_ahead = 0 <= token < len(tree) and tree.words[token] in context.words("future-role")
        if is_ahead and (hyphenated or token in modifiers):
            factuality.at(Tense.FUTURE, tree.words[token])
