"""The way from a verb up to the root of its sentence: which rule reads which link."""

from __future__ import annotations

from graphbuild.factuality.adverbials import adverbial
from graphbuild.factuality.attribution import according, credit_verb, direct_speech, parenthesis
from graphbuild.factuality.context import Context
from graphbuild.factuality.coordination import alternative, shared
from graphbuild.factuality.governors import by_noun, finite, infinitive_or_gerund
from graphbuild.factuality.marks import own
from graphbuild.factuality.reading import Reading
from graphbuild.factuality.tenses import tense, tense_of
from graphbuild.frames import RANKS, RELATIVE_CLAUSES, is_infinitive, is_ranked
from graphbuild.model import Certainty, Tense

CLAUSES_OF_NOUNS = frozenset({"acl", *RELATIVE_CLAUSES})
ANY = frozenset({"any", "anyone", "anybody", "anything", "anywhere", "anyplace", "whoever", "whatever"})
UNKNOWN = frozenset({"a", "an", "no", "every", "each", "someone", "somebody", "something", "nobody", "nothing"})


def clause(context: Context, verb: int) -> Reading:
    """The reading of the clause headed by ``verb`` (a verb, or a predicate noun or adjective with a copula)."""
    if verb not in context.readings:  # a clause is asked for by each that hangs below it
        reading = context.readings[verb] = Reading()
        own(context, verb, reading)
        _climb(context, verb, reading)
        direct_speech(context, verb, reading)
        reading.at(Tense.PAST)
    return context.readings[verb].copy()


def content(context: Context, token: int, ahead: bool) -> Reading:
    """The reading of what an operator is about; ``ahead``: what it is about has not happened yet."""
    tree, reading = context.tree, Reading()
    is_finite = bool(tree.kids(token, "aux", "cop")) or (tree.is_verb(token) and tree.tags[token] not in ("VB", "VBG"))
    if is_finite and not is_infinitive(tree, token):
        own(context, token, reading)
        ahead = False
    elif context.is_negated(token):
        reading.negate("not")
    if ahead or reading.tense is Tense.FUTURE or is_infinitive(tree, token):
        reading.tense, reading.content = Tense.FUTURE, True
    reading.at(Tense.PAST)
    return reading


def _climb(context: Context, verb: int, reading: Reading) -> None:
    """Read what stands above a clause. A relative clause is presupposed: from there on only sources count."""
    tree, child = context.tree, verb
    inherits = True  # polarity and modality of what stands above still bear on the clause
    presupposed = said = False
    while True:
        parenthesis(context, child, reading)
        parent = tree.heads[child]
        if parent == child:
            return
        label = tree.labels[child]
        if presupposed or not inherits:
            if label in ("ccomp", "parataxis") and context.is_reporting(parent):
                credit_verb(context, parent, reading)
        elif label in CLAUSES_OF_NOUNS and _is_relative(context, child, parent):
            presupposed = True
            _relative(context, child, parent, reading)
        else:
            negated = reading.negated
            inherits = _step(context, child, parent, reading)
            if said and reading.negated is not negated:  # "would not go so far as to say that …"
                reading.negated = negated
                reading.doubt(Certainty.POSSIBLE, "what is said is not denied")
            said = said or (label == "ccomp" and _is_finite(context, child))
            shares_tense = inherits and tree.is_verb(parent) and label in ("advcl", "xcomp", "conj", "ccomp")
            if shares_tense and reading.tense is None:
                tense(context, parent, reading)
        according(context, parent, reading)
        child = parent


def _is_finite(context: Context, verb: int) -> bool:
    tree = context.tree
    return tree.tags[verb] not in ("VB", "VBG") or bool(tree.kids(verb, "aux", "cop"))


def _step(context: Context, child: int, parent: int, reading: Reading) -> bool:
    """One step up; whether the modality of what stands above still bears on the clause."""
    tree, label = context.tree, context.tree.labels[child]
    clausal = label in ("ccomp", "parataxis") or (label == "obj" and tree.is_verb(child))
    predicate = tree.is_verb(parent) or tree.copula(parent) is not None or tree.pos[parent] == "ADJ"
    if label == "conj":
        alternative(context, child, parent, reading)
        shared(context, child, parent, reading)
    elif label.startswith("csubj") and not is_infinitive(tree, child) and tree.tags[child] != "VBG":
        return finite(context, child, parent, reading)
    elif label == "xcomp" or label.startswith("csubj"):
        infinitive_or_gerund(context, child, parent, reading)
    elif clausal and predicate:
        return finite(context, child, parent, reading)
    elif label == "advcl":
        return adverbial(context, child, parent, reading, lambda: clause(context, parent))
    elif label in ("acl", "acl:relcl"):
        return by_noun(context, child, parent, reading)
    return True


def _is_relative(context: Context, verb: int, noun: int) -> bool:
    """Whether a clause tells of the noun above it: "the man who left", "the first man to leave", not "the plan to"."""
    if context.tree.labels[verb] != "acl":
        return not _is_content_of_noun(context, verb, noun)
    return is_infinitive(context.tree, verb) and is_ranked(context.tree, noun) and _is_actor(context, noun)


def _is_actor(context: Context, noun: int) -> bool:
    """ "the first country to recognise it", but not "the only way to recognise it"."""
    tree = context.tree
    actors = (context.words(name) for name in ("person-noun", "state-noun", "organisation-noun", "group-noun"))
    return tree.words[noun] in (*RANKS, "one", "state") or any(tree.lemmas[noun] in nouns for nouns in actors)


def _is_content_of_noun(context: Context, verb: int, noun: int) -> bool:
    """ "the allegation that Ghana attacked": what the parser took for a relative clause has its own subject."""
    tree, lemma = context.tree, context.tree.lemmas[noun]
    that = any(tree.words[k] == "that" for k in tree.kids(verb, "mark"))
    return that and (lemma in context.words("source-noun") or lemma in context.words("possibility-noun"))


def _relative(context: Context, verb: int, noun: int, reading: Reading) -> None:
    """A relative clause about nobody in particular holds no more than the clause around it: "will hire one who"."""
    tree = context.tree
    if is_infinitive(tree, verb):
        reading.at(tense_of(context, noun))
        _weaken(context, noun, reading, "main clause")
        return
    if tree.copula(noun) is not None and any(tree.words[k] == "it" for k in tree.kids(noun, "nsubj", "expl")):
        if tree.lemmas[noun] == "time":
            reading.plan("it is time")  # "it is time Norland left"
        elif context.is_negated(noun):
            reading.negate("it is not")  # "it was not Norland that left"
    words = {tree.words[noun], *(tree.words[k] for k in tree.kids(noun, "det"))}
    if any(tree.words[k] == "next" for k in tree.kids(noun, "amod")) and reading.tense is Tense.PRESENT:
        reading.plan("next")
    if words & ANY:
        reading.doubt(Certainty.POSSIBLE, "any")
    if words & UNKNOWN and reading.tense is not Tense.PAST:
        _weaken(context, noun, reading, "relative clause")


def _weaken(context: Context, noun: int, reading: Reading, why: str) -> None:
    """Hold no more than the clause that a noun stands in."""
    tree = context.tree
    governor = next((t for t in (noun, *tree.ancestors(noun)) if tree.copula(t) is not None or tree.is_verb(t)), None)
    if governor is not None:
        above = clause(context, governor)
        if above.negated:
            reading.doubt(Certainty.POSSIBLE, why)
        reading.weaken(above, why)
