"""The way from a verb up to the root of its sentence: which rule reads which link."""

from __future__ import annotations

from graphbuild.factuality.adverbials import adverbial
from graphbuild.factuality.attribution import according, credit_verb, direct_speech, parenthesis, spoken_of
from graphbuild.factuality.context import Context
from graphbuild.factuality.coordination import alternative, shared
from graphbuild.factuality.governors import by_noun, finite, infinitive_or_gerund
from graphbuild.factuality.marks import own
from graphbuild.factuality.record import Factuality
from graphbuild.factuality.tenses import tense, tense_of
from graphbuild.function_words import ANY, RANKS, UNKNOWN
from graphbuild.model import Certainty, Tense
from graphbuild.syntax.arguments import RELATIVE_CLAUSES, is_infinitive
from graphbuild.syntax.subjects import is_ranked

CLAUSES_OF_NOUNS = frozenset({"acl", *RELATIVE_CLAUSES})


def clause(context: Context, verb: int) -> Factuality:
    """The factuality of the clause headed by ``verb`` (a verb, or a predicate noun or adjective with a copula)."""
    if verb not in context.readings:  # a clause is asked for by each that hangs below it
        factuality = context.readings[verb] = Factuality()
        own(context, verb, factuality)
        _climb(context, verb, factuality)
        direct_speech(context, verb, factuality)
        if context.tree.labels[verb] in CLAUSES_OF_NOUNS:
            spoken_of(context, verb, factuality)
        factuality.at(Tense.PAST)
    return context.readings[verb].copy()


def content(context: Context, token: int, ahead: bool) -> Factuality:
    """The factuality of what an operator is about; ``ahead``: what it is about has not happened yet."""
    tree, factuality = context.tree, Factuality()
    is_finite = bool(tree.children(token, "aux", "cop")) or (
        tree.is_verb(token) and tree.tags[token] not in ("VB", "VBG")
    )
    if is_finite and not is_infinitive(tree, token):
        own(context, token, factuality)
        ahead = False
    elif context.is_negated(token):
        factuality.negate("not")
    if ahead or factuality.tense is Tense.FUTURE or is_infinitive(tree, token):
        factuality.tense, factuality.content = Tense.FUTURE, True
    factuality.at(Tense.PAST)
    return factuality


def _climb(context: Context, verb: int, factuality: Factuality) -> None:
    """Read what stands above a clause. A relative clause is presupposed: from there on only sources count."""
    tree, child = context.tree, verb
    inherits = True  # polarity and modality of what stands above still bear on the clause
    said = False  # whether it is told in a that-clause
    parenthesis(context, child, factuality)
    while (parent := tree.heads[child]) != child:
        label = tree.labels[child]
        if not inherits:
            if label in ("ccomp", "parataxis") and context.is_reporting(parent):
                credit_verb(context, parent, factuality)
        elif label in CLAUSES_OF_NOUNS and _is_relative(context, child, parent):
            inherits = False
            _relative(context, child, parent, factuality)
        else:
            inherits = _inherited(context, child, factuality, said)
            said = said or (label == "ccomp" and _is_finite(context, child))
        according(context, parent, factuality)
        child = parent
        parenthesis(context, child, factuality)


def _inherited(context: Context, child: int, factuality: Factuality, said: bool) -> bool:
    """Read one step up of a clause that is no relative one; whether what stands above still bears on it."""
    tree, parent, negated = context.tree, context.tree.heads[child], factuality.negated
    inherits = _step(context, child, parent, factuality)
    if said and factuality.negated is not negated:  # "would not go so far as to say that …"
        factuality.negated = negated
        factuality.doubt(Certainty.POSSIBLE, "what is said is not denied")
    shares_tense = inherits and tree.is_verb(parent) and tree.labels[child] in ("advcl", "xcomp", "conj", "ccomp")
    if shares_tense and factuality.tense is None:
        tense(context, parent, factuality)
    return inherits


def _is_finite(context: Context, verb: int) -> bool:
    tree = context.tree
    return tree.tags[verb] not in ("VB", "VBG") or bool(tree.children(verb, "aux", "cop"))


def _step(context: Context, child: int, parent: int, factuality: Factuality) -> bool:
    """One step up; whether the modality of what stands above still bears on the clause."""
    label = context.tree.labels[child]
    if label == "conj":
        alternative(context, child, parent, factuality)
        shared(context, child, parent, factuality)
    elif _is_finite_complement(context, child, parent):
        return finite(context, child, parent, factuality)
    elif label == "xcomp" or label.startswith("csubj"):
        infinitive_or_gerund(context, child, parent, factuality)
    elif label == "advcl":
        return adverbial(context, child, parent, factuality, lambda: clause(context, parent))
    elif label in ("acl", "acl:relcl"):
        return by_noun(context, child, parent, factuality)
    return True


def _is_finite_complement(context: Context, child: int, parent: int) -> bool:
    """ "said that they left", "that they left is clear"."""
    tree, label = context.tree, context.tree.labels[child]
    if label.startswith("csubj"):
        return not is_infinitive(tree, child) and tree.tags[child] != "VBG"
    if label not in ("ccomp", "parataxis") and not (label == "obj" and tree.is_verb(child)):
        return False
    return tree.is_verb(parent) or tree.copula(parent) is not None or tree.pos[parent] == "ADJ"


def _is_relative(context: Context, verb: int, noun: int) -> bool:
    """Whether a clause tells of the noun above it: "the man who left", "the first man to leave", not "the plan to"."""
    if context.tree.labels[verb] != "acl":
        return not _is_content_of_noun(context, verb, noun)
    return is_infinitive(context.tree, verb) and is_ranked(context.tree, noun) and _is_actor(context, noun)


def _is_actor(context: Context, noun: int) -> bool:
    """ "the first country to recognise it", but not "the only way to recognise it"."""
    tree = context.tree
    actors = (context.words(name) for name in ("person-noun", "state-noun", "organisation-noun", "group-noun"))
    return tree.words[noun] in RANKS | {"one"} | context.words("any-state") or any(
        tree.lemmas[noun] in nouns for nouns in actors
    )


def _is_content_of_noun(context: Context, verb: int, noun: int) -> bool:
    """ "the allegation that Ghana attacked": what the parser took for a relative clause has its own subject."""
    tree, lemma = context.tree, context.tree.lemmas[noun]
    that = any(tree.words[k] == "that" for k in tree.children(verb, "mark"))
    return that and (lemma in context.words("source-noun") or lemma in context.words("possibility-noun"))


def _relative(context: Context, verb: int, noun: int, factuality: Factuality) -> None:
    """A relative clause about nobody in particular holds no more than the clause around it: "will hire one who"."""
    tree = context.tree
    if is_infinitive(tree, verb):
        factuality.at(tense_of(context, noun))
        _weaken(context, noun, factuality, "main clause")
        return
    _cleft(context, noun, factuality)
    if factuality.tense is Tense.PRESENT and any(tree.words[k] == "next" for k in tree.children(noun, "amod")):
        factuality.plan("next")
    words = {tree.words[noun], *(tree.words[k] for k in tree.children(noun, "det"))}
    if words & ANY:
        factuality.doubt(Certainty.POSSIBLE, "any")
    if words & UNKNOWN and factuality.tense is not Tense.PAST:
        _weaken(context, noun, factuality, "relative clause")


def _cleft(context: Context, noun: int, factuality: Factuality) -> None:
    """ "it is time Norland left", "it was not Norland that left"."""
    tree = context.tree
    if tree.copula(noun) is None or all(tree.words[k] != "it" for k in tree.children(noun, "nsubj", "expl")):
        return
    if tree.lemmas[noun] in context.words("time-noun"):
        factuality.plan("it is time")
    elif context.is_negated(noun):
        factuality.negate("it is not")


def _weaken(context: Context, noun: int, factuality: Factuality, why: str) -> None:
    """Hold no more than the clause that a noun stands in."""
    tree = context.tree
    governor = next((t for t in (noun, *tree.ancestors(noun)) if tree.copula(t) is not None or tree.is_verb(t)), None)
    if governor is not None:
        above = clause(context, governor)
        if above.negated:
            factuality.doubt(Certainty.POSSIBLE, why)
        factuality.weaken(above, why)
