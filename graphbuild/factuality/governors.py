"""What a verb, adjective or noun says of the clause that it governs: "failed to", "denied that", "a plan to"."""

from __future__ import annotations

from graphbuild.factuality.attribution import credit_noun, credit_verb
from graphbuild.factuality.context import Context
from graphbuild.factuality.marks import own
from graphbuild.factuality.reading import Reading
from graphbuild.factuality.tenses import is_going_to, tense_of
from graphbuild.frames import is_infinitive
from graphbuild.model import Certainty, Tense


def infinitive_or_gerund(context: Context, child: int, governor: int, reading: Reading) -> None:
    """A complement without subject of its own under a verb or adjective."""
    tree, kind, word = context.tree, context.class_of(governor), context.tree.words[governor]
    infinitive, above = is_infinitive(tree, child), Reading()
    if tree.is_verb(governor) or tree.copula(governor) is not None:
        own(context, governor, above)
    if infinitive and any(tree.words[k] == "yet" for k in tree.kids(governor, "advmod")):
        reading.negate("yet to")
        reading.at(Tense.PAST)
        return
    ahead = is_going_to(context, governor)
    if ahead:
        reading.at(Tense.FUTURE, "going to")
    elif infinitive and context.is_reporting(governor) and _is_perfect_or_progressive(context, child):
        credit_verb(context, governor, reading)
        reading.tense = Tense.PAST if "have" in {tree.words[k] for k in tree.kids(child, "aux")} else Tense.PRESENT
        return
    if infinitive and tree.lemmas[governor] == "have" and tree.tags[governor] in ("VBZ", "VBP", "VB"):
        reading.doubt(Certainty.POSSIBLE, "have to")
        reading.at(Tense.FUTURE)
    elif tree.tags[child] == "VBG" and context.is_prospective(governor):
        reading.plan(word)
    elif kind in ("negative-implicative", "unlikely"):
        _denied(context, governor, kind, above, reading)
    elif kind == "cessative":
        reading.at(Tense.PAST, word)
    elif kind == "seeming" and infinitive:
        _seeming(context, child, governor, reading)
    elif kind == "implicative" or not infinitive:
        if above.tense is not None:
            reading.at(above.tense)
    elif not ahead:
        reading.plan(word)
    if above.negated and not (tree.labels[child].startswith("csubj") and tree.tags[child] == "VBG"):
        reading.negate(f"not {word}")
    reading.doubt(above.certainty, word)


def _denied(context: Context, governor: int, kind: str, above: Reading, reading: Reading) -> None:
    """ "failed to", "is unlikely to"."""
    reading.negate(context.tree.words[governor])
    if kind == "negative-implicative" and above.tense:
        reading.tense = above.tense
    if context.keys(governor) & context.words("denial"):
        credit_verb(context, governor, reading)


def _seeming(context: Context, child: int, governor: int, reading: Reading) -> None:
    """ "seems to", "is expected to"."""
    tree = context.tree
    reading.doubt(Certainty.PROBABLE, tree.words[governor])
    if any(tree.words[k] != "to" for k in tree.kids(child, "aux")):
        reading.at(Tense.PAST)
    else:
        ahead = tree.lemmas[governor] in ("expect", "likely", "anticipate")
        reading.at(Tense.FUTURE if ahead else Tense.PRESENT)


def _is_perfect_or_progressive(context: Context, verb: int) -> bool:
    """ "to have met", "to be arming": what is so already, as against "to meet"."""
    helpers = {context.tree.words[k] for k in context.tree.kids(verb, "aux")}
    return "have" in helpers or ("be" in helpers and context.tree.tags[verb] == "VBG")


def finite(context: Context, child: int, governor: int, reading: Reading) -> None:
    """A finite clause under a verb or adjective: said that, denied that, is possible that."""
    tree, kind = context.tree, context.class_of(governor)
    reporting = context.is_reporting(governor)
    if tree.labels[child] == "parataxis" and not reporting:
        return
    if reporting and not (kind == "intensional" and is_infinitive(tree, child)):
        _reported(context, child, governor, kind, reading)
    else:
        _held(context, child, governor, kind, reading)


def _reported(context: Context, child: int, governor: int, kind: str, reading: Reading) -> None:
    """ "said that", "denied that", "did not say that"."""
    tree, word = context.tree, context.tree.words[governor]
    credit_verb(context, governor, reading)
    if tree.tags[child] == "VB" and not tree.kids(child, "aux"):  # "insisted that Libya withdraw"
        reading.plan(word)
    if kind == "negative-implicative":
        reading.negate(word)
    elif context.is_negated(governor):
        reading.doubt(Certainty.POSSIBLE, f"not {word}")


def _held(context: Context, child: int, governor: int, kind: str, reading: Reading) -> None:
    """ "hopes that", "is unlikely that", "wondered whether", "is not true that"."""
    tree, lemma, word = context.tree, context.tree.lemmas[governor], context.tree.words[governor]
    if _is_subjunctive(context, child):
        reading.plan(word)
    elif kind in ("negative-implicative", "unlikely"):
        reading.negate(word)
        credit_verb(context, governor, reading)
    elif word in context.words("possible") or lemma in context.words("open-question"):
        reading.doubt(Certainty.POSSIBLE, word)
    elif kind == "seeming":
        reading.doubt(Certainty.PROBABLE, word)
    elif kind == "intensional" and lemma in context.words("anticipating") and not is_infinitive(tree, child):
        reading.doubt(Certainty.POSSIBLE, word)
    elif kind == "intensional" or is_infinitive(tree, child):
        reading.plan(word)
    elif tree.copula(governor) is not None and context.is_negated(governor):
        if lemma in context.words("true"):
            reading.negate(f"not {word}")
        else:
            reading.doubt(Certainty.POSSIBLE, f"not {word}")


def _is_subjunctive(context: Context, verb: int) -> bool:
    """ "it is essential that Libya withdraw"."""
    tree = context.tree
    that = any(tree.words[k] == "that" for k in tree.kids(verb, "mark"))
    return that and tree.tags[verb] == "VB" and not tree.kids(verb, "aux", "cop")


def by_noun(context: Context, child: int, noun: int, reading: Reading) -> bool:
    """ "a plan to", "the claim that", "the risk of"; whether the modality of what stands above bears on the clause."""
    tree, lemma, word = context.tree, context.tree.lemmas[noun], context.tree.words[noun]
    if tree.labels[child] == "acl" and is_infinitive(tree, child):
        reading.plan(f"{word} to")
        if lemma in context.words("negative-noun"):
            reading.negate(word)
        return True
    if lemma in context.words("source-noun"):
        credit_noun(context, noun, reading)
    elif lemma in context.words("possibility-noun") or (
        tree.tags[child] == "VBG" and lemma in context.words("prospective")
    ):
        reading.doubt(Certainty.POSSIBLE, word)
    if tree.tags[child] in ("VBG", "VBN"):
        reading.at(Tense.PAST if tree.tags[child] == "VBN" else tense_of(context, noun))
    return False


def predicate(context: Context, adjective: int, reading: Reading) -> None:
    """ "An attack is likely", "a deal remains impossible"."""
    word = context.tree.words[adjective]
    if word in context.words("unlikely"):
        reading.negate(word)
    elif word in context.words("probable") | context.words("seeming"):
        reading.doubt(Certainty.PROBABLE, word)
    elif word in context.words("possible"):
        reading.doubt(Certainty.POSSIBLE, word)
