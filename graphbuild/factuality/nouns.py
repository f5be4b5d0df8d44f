"""Events and roles that nouns name: "the planned attack", "no deal was signed", "the president-elect"."""

from __future__ import annotations

from graphbuild.factuality.adverbials import REPLACED
from graphbuild.factuality.attribution import credit_verb, direct_speech, parenthesis
from graphbuild.factuality.clauses import clause
from graphbuild.factuality.context import Context
from graphbuild.factuality.governors import predicate
from graphbuild.factuality.marks import adverb
from graphbuild.factuality.reading import Reading
from graphbuild.model import Certainty, Tense

DEFINITE = frozenset({"the", "this", "that", "these", "those"})


def nominal(context: Context, noun: int, standing: bool) -> Reading:
    """The reading of an event noun ("the attack on X") in its clause."""
    reading = Reading()
    _modifiers(context, noun, reading)
    presupposed = _in_clause(context, noun, reading)
    direct_speech(context, noun, reading)
    if presupposed and reading.source is not None and context.quotation(noun) is None:
        reading.source = reading.cue = None
    reading.at(Tense.PRESENT if standing else Tense.PAST)
    return reading


def _modifiers(context: Context, noun: int, reading: Reading) -> None:
    tree = context.tree
    for kid in tree.kids(noun, "amod", "advmod", "compound", "det"):
        word = tree.words[kid]
        if word in ("no", "neither") and tree.label(kid) == "det":
            reading.negate("no")
        elif word in context.words("undone"):
            reading.negate(word)
        elif word in context.words("future-adjective"):
            reading.at(Tense.FUTURE, word)
            reading.content = True
        else:
            adverb(context, word, reading)


def _in_clause(context: Context, noun: int, reading: Reading) -> bool:
    """Read the clause around an event noun; whether the noun is presupposed (definite) there."""
    tree = context.tree
    definite = bool(tree.kids(noun, "nmod:poss")) or any(tree.words[k] in DEFINITE for k in tree.kids(noun, "det"))
    child = noun
    while tree.labels[child] == "conj":
        child = tree.heads[child]
    parent = tree.heads[child]
    if parent == child:
        parenthesis(context, child, reading)
        return definite
    _behind_preposition(context, child, reading)
    if tree.is_nominal(parent) and tree.copula(parent) is None:
        if tree.lemmas[parent] in context.words("possibility-noun") and tree.preposition(child) in ("of", "for"):
            reading.doubt(Certainty.POSSIBLE, tree.words[parent])
            reading.at(Tense.FUTURE)
        return _in_clause(context, parent, reading) and definite if parent != noun else definite
    if _decided(context, child, parent, definite, reading):
        return False
    if tree.label(child) == "nsubj" and tree.copula(parent) is not None:
        predicate(context, parent, reading)
    if (
        tree.label(child) == "obj"
        and context.is_reporting(parent)
        and context.class_of(parent) != "negative-implicative"
    ):
        credit_verb(context, parent, reading)  # "reported the attack"
        return False
    if not definite:
        _asserted_with(context, child, parent, reading)
    elif tree.label(child) == "nsubj" and _is_hypothetical(context, parent):
        reading.doubt(Certainty.POSSIBLE, "would")
    return definite


def _is_hypothetical(context: Context, verb: int) -> bool:
    """ "Kenya's invasion would anger Egypt"; in "said it would anger Egypt" it may be the future of the past."""
    tree = context.tree
    return tree.label(verb) == "root" and any(tree.words[k] in ("would", "'d") for k in tree.kids(verb, "aux"))


def _behind_preposition(context: Context, noun: int, reading: Reading) -> None:
    """ "without an attack", "in case of an attack", "ahead of talks"."""
    tree, preposition = context.tree, context.tree.preposition(noun)
    if preposition == "without" or preposition in REPLACED:
        reading.negate(preposition)
    elif preposition.startswith("in case"):
        reading.doubt(Certainty.POSSIBLE, preposition)
    elif any(tree.words[k - 1 : k + 1] == ["ahead", "of"] for k in tree.kids(noun, "case")):
        reading.plan("ahead of")


def _decided(context: Context, child: int, parent: int, definite: bool, reading: Reading) -> bool:
    """Whether the verb over an event noun decides on it alone: "cancelled the talks", "wants talks", "talks began"."""
    tree, kind, word = context.tree, context.class_of(parent), context.tree.words[parent]
    is_object = tree.label(child) == "obj" or tree.labels[child] == "nsubj:pass"
    if kind == "negative-implicative" and is_object:
        reading.negate(word)
        if context.keys(parent) & context.words("denial"):
            credit_verb(context, parent, reading)
        return True
    wished = is_object or tree.preposition(child) in ("for", "to", "on", "about")
    if kind == "intensional" and wished and not (definite and tree.lemmas[parent] in context.words("referring")):
        reading.plan(word)
        return True
    if tree.label(child) == "nsubj" and tree.lemmas[parent] in context.words("event-verb"):
        above = clause(context, parent)
        reading.negated = above.negated if context.has_no(child) else reading.negated ^ above.negated
        reading.doubt(above.certainty, word)
        reading.at(above.tense or Tense.PAST)
        reading.adopt_source(above)
        return True
    return False


def _asserted_with(context: Context, child: int, parent: int, reading: Reading) -> None:
    """An indefinite event is as true as its clause: "did not launch an attack", "may launch an attack"."""
    above, word = clause(context, parent), context.tree.words[parent]
    if above.negated and context.tree.label(child) in ("obj", "obl", "nsubj") and not context.has_no(child):
        reading.negate(word)
    reading.doubt(above.certainty, word)
    if above.tense is Tense.FUTURE:
        reading.at(Tense.FUTURE, word)
    reading.adopt_source(above)


def role(context: Context, noun: int, construction: str) -> Reading:
    """The reading of a role: a title is presupposed, "X is the head of Y" is as true as its clause."""
    tree = context.tree
    reading = clause(context, noun) if construction.startswith("copula") else Reading()
    if construction.startswith("copula") and reading.tense is Tense.PAST and not reading.content:
        reading.reasons.append("past: copula")
    for kid in tree.kids(noun, "amod", "compound", "advmod", "nmod:desc"):
        _role_modifier(context, kid, reading)
    head = tree.heads[noun]
    if head != noun and tree.label(noun) in ("compound", "flat", "nmod"):
        for kid in tree.kids(head, "amod", "advmod"):
            _role_modifier(context, kid, reading)
    _not_yet_held(context, noun, reading)
    reading.at(Tense.PRESENT)
    return reading


def _role_modifier(context: Context, token: int, reading: Reading) -> None:
    word = context.tree.words[token]
    if word in context.words("former"):
        reading.tense = Tense.PAST
        reading.reasons.append(f"past: {word}")
    elif word in context.words("future-role") or word in context.words("future-adjective"):
        reading.tense = Tense.FUTURE
    elif word in context.words("possible"):
        reading.doubt(Certainty.POSSIBLE, word)


def _not_yet_held(context: Context, noun: int, reading: Reading) -> None:
    """ "president-elect", in one token or three, and "incoming president"."""
    tree = context.tree
    if tree.words[max(0, noun - 3) : noun] == ["would", "-", "be"]:
        reading.doubt(Certainty.POSSIBLE, "would-be")
    hyphenated, modifiers = tree.words[noun + 1 : noun + 2] == ["-"], tree.kids(noun, "amod", "compound")
    for token in (noun - 1, noun - 2, noun + 1, noun + 2):
        is_ahead = 0 <= token < len(tree) and tree.words[token] in context.words("future-role")
        if is_ahead and (hyphenated or token in modifiers):
            reading.at(Tense.FUTURE, tree.words[token])
