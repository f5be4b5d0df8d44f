"""What a verb, adjective or noun says of the clause that it governs: "failed to", "denied that", "a plan to"."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graphbuild.factuality.attribution import credit_noun, credit_verb
from graphbuild.factuality.context import Context
from graphbuild.factuality.marks import own
from graphbuild.factuality.record import Factuality
from graphbuild.factuality.tenses import is_going_to, tense_of
from graphbuild.function_words import OBLIGED, PROVIDED
from graphbuild.model import Certainty, Tense
from graphbuild.syntax.arguments import is_infinitive


def infinitive_or_gerund(context: Context, child: int, governor: int, factuality: Factuality) -> None:
    """A complement without subject of its own under a verb or adjective."""
    tree, infinitive = context.tree, is_infinitive(context.tree, child)
    if infinitive and any(tree.words[k] == "yet" for k in tree.children(governor, "advmod")):
        factuality.negate("yet to")
        factuality.at(Tense.PAST)
    elif infinitive and _is_told_of(context, child, governor):
        if context.is_reporting(governor):
            credit_verb(context, governor, factuality)
        factuality.tense = Tense.PAST if _is_perfect(context, child) else Tense.PRESENT
    else:
        above = Factuality()
        if tree.is_verb(governor) or tree.copula(governor) is not None:
            own(context, governor, above)
        _governed(context, child, governor, above, factuality)
        _bounded(context, child, governor, above, factuality)


def _is_perfect(context: Context, verb: int) -> bool:
    return any(context.tree.words[k] == "have" for k in context.tree.children(verb, "aux"))


def _bounded(context: Context, child: int, governor: int, above: Factuality, factuality: Factuality) -> None:
    """A complement is no surer than its governor: "did not manage to", "may manage to", "leaving is risky"."""
    tree, word = context.tree, context.tree.words[governor]
    subject = tree.labels[child].startswith("csubj") and tree.tags[child] == "VBG"
    if above.negated and not subject and context.class_of(governor) != "cessative":  # "did not stop arming them"
        factuality.negate(f"not {word}")
    factuality.doubt(above.certainty, word)
    if subject and above.tense is not Tense.PAST and tree.copula(governor) is not None:
        factuality.doubt(Certainty.POSSIBLE, "gerund")


def _governed(context: Context, child: int, governor: int, above: Factuality, factuality: Factuality) -> None:
    """What the class of a governor makes of its complement; ``above`` is what the governor's own marks say."""
    tree, kind, word = context.tree, context.class_of(governor), context.tree.words[governor]
    infinitive, ahead = is_infinitive(tree, child), is_going_to(context, governor)
    if ahead:
        factuality.at(Tense.FUTURE, "going to")
    if infinitive and _is_obliged(context, governor):
        factuality.doubt(Certainty.POSSIBLE, "have to")
        factuality.at(Tense.FUTURE)
    elif tree.tags[child] == "VBG" and context.is_prospective(governor):
        factuality.plan(word)
    elif kind in GOVERNED and (infinitive or kind != "seeming"):
        GOVERNED[kind](context, child, governor, above, factuality)
    elif _is_wanted(context, child, governor):
        factuality.plan(word)
    elif not infinitive or _is_managed(context, governor, above):
        _as_governor(word, above, factuality)
    elif not ahead:
        factuality.plan(word)


def _is_wanted(context: Context, child: int, governor: int) -> bool:
    """ "wants him extradited"."""
    return context.tree.tags[child] == "VBN" and bool(context.keys(governor) & context.words("wanting"))


def _is_managed(context: Context, governor: int, above: Factuality) -> bool:
    """ "managed to", "was able to"."""
    able = context.tree.lemmas[governor] in context.words("able") and above.tense is Tense.PAST
    return able or context.class_of(governor) == "implicative"


def _as_governor(word: str, above: Factuality, factuality: Factuality) -> None:
    """A complement in the time of its governor, and planned where that is: "make sure that they pay"."""
    if above.tense is not None:
        factuality.at(above.tense)
    if above.content:
        factuality.plan(word)


def _is_obliged(context: Context, governor: int) -> bool:
    """ "has to", "have got to", "gotta"."""
    tree = context.tree
    if tree.lemmas[governor] == "have":
        return tree.tags[governor] in ("VBZ", "VBP", "VB")
    if tree.words[governor] != "got":
        return False
    has = OBLIGED & {tree.words[k] for k in tree.children(governor, "aux")}
    joined = tree.words[governor + 1 : governor + 2] == ("ta",)
    return bool(has) or joined or not tree.children(governor, "nsubj", "aux")  # "Got to go."


def _denied(context: Context, _: int, governor: int, above: Factuality, factuality: Factuality) -> None:
    """ "failed to", "is unlikely to"."""
    factuality.negate(context.tree.words[governor])
    if above.tense and context.class_of(governor) == "negative-implicative":
        factuality.tense = above.tense
    if context.keys(governor) & context.words("denial"):
        credit_verb(context, governor, factuality)


def _ceased(context: Context, _: int, governor: int, above: Factuality, factuality: Factuality) -> None:
    """ "stopped arming them"."""
    factuality.at((above.tense if above.negated else None) or Tense.PAST, context.tree.words[governor])


def _seeming(context: Context, child: int, governor: int, _: Factuality, factuality: Factuality) -> None:
    """ "seems to", "is expected to"."""
    tree = context.tree
    factuality.doubt(Certainty.PROBABLE, tree.words[governor])
    if any(tree.words[k] != "to" for k in tree.children(child, "aux")):
        factuality.at(Tense.PAST)
    else:
        ahead = tree.lemmas[governor] in context.words("seeming-ahead")
        factuality.at(Tense.FUTURE if ahead else Tense.PRESENT)


# What governors of a class say of an infinitive or gerund.
GOVERNED: Mapping[str, Callable[[Context, int, int, Factuality, Factuality], None]] = {
    "negative-implicative": _denied, "unlikely": _denied, "cessative": _ceased, "seeming": _seeming,
}  # fmt: skip


def _is_told_of(context: Context, verb: int, governor: int) -> bool:
    """ "is said to have met", "is known to be arming": what is so already, as against "told to meet"."""
    helpers = {context.tree.words[k] for k in context.tree.children(verb, "aux")}
    already = _is_perfect(context, verb) or ("be" in helpers and context.tree.tags[verb] == "VBG")
    told = context.is_reporting(governor) or context.tree.lemmas[governor] in context.words("presupposing")
    return already and told and not is_going_to(context, governor)


def finite(context: Context, child: int, governor: int, factuality: Factuality) -> bool:
    """A finite clause under a verb or adjective: said that, denied that, is possible that.

    Whether the modality of what stands above still bears on it: not in "wants to know who left".
    """
    tree, kind = context.tree, context.class_of(governor)
    reporting = context.is_reporting(governor)
    if tree.labels[child] == "parataxis" and not reporting:
        return True
    if reporting and not (kind == "intensional" and is_infinitive(tree, child)):
        _reported(context, child, governor, kind, factuality)
    else:
        _held(context, child, governor, kind, factuality)
    return tree.lemmas[governor] not in context.words("presupposing")


def _reported(context: Context, child: int, governor: int, kind: str, factuality: Factuality) -> None:
    """ "said that", "denied that", "did not say that"."""
    tree, word = context.tree, context.tree.words[governor]
    credit_verb(context, governor, factuality)
    if tree.tags[child] == "VB" and not tree.children(child, "aux"):  # "insisted that Libya withdraw"
        factuality.plan(word)
    above = Factuality()
    own(context, governor, above)
    if kind == "negative-implicative":
        factuality.negate(word)
    elif above.negated:  # "nobody said", "did not say"
        factuality.doubt(Certainty.POSSIBLE, f"not {word}")


def _held(context: Context, child: int, governor: int, kind: str, factuality: Factuality) -> None:
    """ "hopes that", "is unlikely that", "wondered whether", "is not true that"."""
    tree, word = context.tree, context.tree.words[governor]
    if word in PROVIDED and tree.label(governor) == "advcl":
        factuality.doubt(Certainty.POSSIBLE, word)
    elif _is_subjunctive(context, child):
        factuality.plan(word)
    elif kind in ("negative-implicative", "unlikely"):
        factuality.negate(word)
        credit_verb(context, governor, factuality)
    elif (certainty := _held_for(context, child, governor, kind)) is not None:
        factuality.doubt(certainty, word)
    elif _is_hoped(context, child, governor, kind):
        factuality.plan(word)
    elif tree.copula(governor) is not None and context.is_negated(governor):
        _not_so(context, governor, factuality)
    else:
        _weakened(context, child, governor, factuality)


def _is_hoped(context: Context, child: int, governor: int, kind: str) -> bool:
    """ "hopes that", "wants them to"; not "means that", which entails it."""
    wished = kind == "intensional" and not _is_entailed(context, child, governor)
    return wished or is_infinitive(context.tree, child)


def _held_for(context: Context, child: int, governor: int, kind: str) -> Certainty | None:
    """How sure a clause is that is held for possible or likely, wondered about or feared; None for other governors."""
    tree, lemma = context.tree, context.tree.lemmas[governor]
    if tree.words[governor] in context.words("possible") or lemma in context.words("open-question"):
        return Certainty.POSSIBLE
    if kind == "seeming":
        return Certainty.PROBABLE
    feared = kind == "intensional" and lemma in context.words("anticipating")
    return Certainty.POSSIBLE if feared and not is_infinitive(tree, child) else None


def _not_so(context: Context, governor: int, factuality: Factuality) -> None:
    """ "is not true that", "is not clear that"."""
    reason = f"not {context.tree.words[governor]}"
    if context.tree.lemmas[governor] in context.words("true"):
        factuality.negate(reason)
    else:
        factuality.doubt(Certainty.POSSIBLE, reason)


def _weakened(context: Context, child: int, governor: int, factuality: Factuality) -> None:
    """A clause holds no more than the predicate that it completes: "may mean that", "make sure that", "see who"."""
    tree, above = context.tree, Factuality()
    asked = _is_asked(context, child)
    if tree.lemmas[governor] in context.words("presupposing") and not asked:
        return
    if tree.is_verb(governor) or tree.copula(governor) is not None:
        own(context, governor, above)
    factuality.weaken(above, tree.words[governor])
    if above.negated and not asked and not tree.labels[child].startswith("csubj"):
        factuality.doubt(Certainty.POSSIBLE, f"not {tree.words[governor]}")


def _is_entailed(context: Context, child: int, governor: int) -> bool:
    """ "means that they left", but not "means leaving"."""
    gerund = context.tree.tags[child] == "VBG" and not context.tree.children(child, "aux")
    return context.tree.lemmas[governor] in context.words("entailing") and not gerund


def _is_asked(context: Context, verb: int) -> bool:
    """An embedded question: "see who comes"."""
    tree = context.tree
    return tree.tags[tree.subtree(verb)[0]] in ("WP", "WP$", "WRB", "WDT")


def _is_subjunctive(context: Context, verb: int) -> bool:
    """ "it is essential that Libya withdraw"."""
    tree = context.tree
    that = any(tree.words[k] == "that" for k in tree.children(verb, "mark"))
    return that and tree.tags[verb] == "VB" and not tree.children(verb, "aux", "cop")


def by_noun(context: Context, child: int, noun: int, factuality: Factuality) -> bool:
    """ "a plan to", "the claim that", "the risk of"; whether the modality of what stands above bears on the clause."""
    tree, lemma, word = context.tree, context.tree.lemmas[noun], context.tree.words[noun]
    if tree.labels[child] == "acl" and is_infinitive(tree, child):
        factuality.plan(f"{word} to")
        if lemma in context.words("negative-noun"):
            factuality.negate(word)
        return True
    participle = tree.tags[child] in ("VBG", "VBN") and not tree.preposition(child)  # "a plan drafted by"
    if not participle:
        _content_of(context, child, noun, factuality)
    if tree.tags[child] in ("VBG", "VBN"):
        factuality.at(Tense.PAST if tree.tags[child] == "VBN" else tense_of(context, noun))
    return False


def _content_of(context: Context, child: int, noun: int, factuality: Factuality) -> None:
    """What was claimed, feared or charged: a finite clause, or a gerund behind a preposition."""
    tree, lemma, word = context.tree, context.tree.lemmas[noun], context.tree.words[noun]
    gerund = tree.tags[child] == "VBG" and not tree.children(child, "aux")
    if lemma in context.words("source-noun"):
        verdict(context, noun, factuality)
        credit_noun(context, noun, factuality)
    elif lemma in context.words("possibility-noun"):
        verdict(context, noun, factuality)
        factuality.doubt(Certainty.POSSIBLE, word)
    elif lemma in context.words("accusing-noun"):
        factuality.doubt(Certainty.POSSIBLE, word)
        factuality.at(Tense.PAST)
    elif gerund and (lemma in context.words("prospective") or tree.preposition(child) == "about"):
        factuality.doubt(Certainty.POSSIBLE, word)


def verdict(context: Context, noun: int, factuality: Factuality) -> None:
    """What becomes of a claim: "denied reports that", "the claim that … is false"."""
    tree, head, label = context.tree, context.tree.heads[noun], context.tree.labels[noun]
    if label in ("obj", "nsubj:pass") and context.keys(head) & context.words("denial"):
        factuality.negate(tree.words[head])
        credit_verb(context, head, factuality)
    elif label == "nsubj" and tree.copula(head) is not None and not context.is_negated(head):
        if tree.lemmas[head] in context.words("untrue"):
            factuality.negate(tree.words[head])
        else:
            predicate(context, head, factuality)


def predicate(context: Context, adjective: int, factuality: Factuality) -> None:
    """ "An attack is likely", "a deal remains impossible"."""
    word = context.tree.words[adjective]
    if word in context.words("unlikely"):
        factuality.negate(word)
    elif word in context.words("probable") | context.words("seeming"):
        factuality.doubt(Certainty.PROBABLE, word)
    elif word in context.words("possible"):
        factuality.doubt(Certainty.POSSIBLE, word)
