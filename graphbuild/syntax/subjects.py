"""Who is the subject of a predicate: its own, the one before it in a coordination, or the one that controls it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graphbuild.function_words import OBJECT_CONTROL, RANKS
from graphbuild.syntax import Tree
from graphbuild.syntax.arguments import RELATIVE_TAGS, antecedent, is_infinitive, obliques

DEEPEST = 8  # steps up to a governor whose subject is meant

Found = tuple[int | None, str, int | None]  # the subject, how it was found, a second candidate (object control)
Rule = Callable[[Tree, int, frozenset[str], int], Found]
NOBODY: Found = (None, "active", None)


def surface_subject(tree: Tree, verb: int, subject_control: frozenset[str] = frozenset(), depth: int = 0) -> Found:
    """The grammatical subject of a predicate, how it was found, and a second candidate (object control).

    ``subject_control`` are the verbs whose infinitive keeps their subject in spite of an object ("promise").
    """
    own = tree.children(verb, "nsubj")
    if own:
        return antecedent(tree, own[-1]), "relative" if tree.tags[own[-1]] in RELATIVE_TAGS else "active", None
    if depth > DEEPEST or tree.heads[verb] == verb:
        return NOBODY
    if _ends_headline(tree, verb):
        return tree.heads[verb], "control", None
    label = tree.labels[verb]
    rule = RULES.get("acl" if label.startswith("acl") else label)
    return NOBODY if rule is None else rule(tree, verb, subject_control, depth)


def _ends_headline(tree: Tree, verb: int) -> bool:
    """An infinitive below a noun that heads a sentence without a verb: "Portugal to host summit"."""
    noun = tree.heads[verb]
    if tree.labels[verb] not in ("parataxis", "acl") or not is_infinitive(tree, verb):
        return False
    return tree.heads[noun] == noun and tree.is_nominal(noun) and not tree.children(noun, "cop", "nsubj")


def _of_first_conjunct(tree: Tree, verb: int, subject_control: frozenset[str], depth: int) -> Found:
    found, _, second = surface_subject(tree, tree.heads[verb], subject_control, depth + 1)
    return found, "conjoined", second


def _modified(tree: Tree, verb: int, _: frozenset[str], __: int) -> Found:
    return tree.heads[verb], "participle", None


def _beside_noun(tree: Tree, verb: int, subject_control: frozenset[str], depth: int) -> Found:
    """The subject of a clause that hangs on a noun: "rebels backed by", "the first to sign", "a plan to"."""
    noun = tree.heads[verb]
    if tree.tags[verb] == "VBG" and tree.preposition(noun) and tree.copula(noun) is not None:
        return antecedent(tree, tree.child(noun, "nsubj")), "control", None  # "is on trial for killing"
    if _is_participial(tree, verb):
        return noun, "participle", None
    rule = _ranked_one if is_ranked(tree, noun) else _possessor_or_light_subject
    return rule(tree, noun, subject_control, depth), "control", None


def _is_participial(tree: Tree, verb: int) -> bool:
    """ "backed by", "close to" and relative clauses: the noun above is who does it."""
    participle = tree.tags[verb] in ("VBN", "VBG", "VBD") or tree.pos[verb] == "ADJ"
    return participle or tree.labels[verb] == "acl:relcl"


def is_ranked(tree: Tree, noun: int) -> bool:
    """ "the first country to recognise it", "the only one to sign": whose infinitive has happened."""
    return not RANKS.isdisjoint(tree.words[k] for k in (noun, *tree.children(noun, "amod", "nummod")))


def _ranked_one(tree: Tree, noun: int, subject_control: frozenset[str], depth: int) -> int | None:
    """Who is said to be the first or only one."""
    head, label = tree.heads[noun], tree.label(noun)
    if tree.copula(noun) is not None:
        return antecedent(tree, tree.child(noun, "nsubj"))
    if label == "xcomp" and tree.is_verb(head):
        return surface_subject(tree, head, subject_control, depth + 1)[0]
    return head if label == "appos" else noun


def _possessor_or_light_subject(tree: Tree, noun: int, subject_control: frozenset[str], depth: int) -> int | None:
    """Who an infinitive on a noun is about: "Hungary's offer to host", "Hungary made an offer to host"."""
    owner = tree.child(noun, "nmod:poss")
    if owner is None:
        owner = next((k for k in tree.children(noun, "nmod") if tree.preposition(k) in ("by", "from")), None)
    return _subject_above(tree, noun, subject_control, depth) if owner is None else owner


def _subject_above(tree: Tree, noun: int, subject_control: frozenset[str], depth: int) -> int | None:
    """The subject, or the agent of the passive, that a noun is an argument of."""
    governor = tree.heads[noun]
    if governor == noun or tree.label(noun) not in ("obj", "obl", "nsubj", "xcomp") or not tree.is_verb(governor):
        return None
    if tree.labels[noun] == "nsubj:pass":
        return next((agent for preposition, agent in obliques(tree, governor) if preposition == "by"), None)
    return surface_subject(tree, governor, subject_control, depth + 1)[0]


def _controller(tree: Tree, verb: int, subject_control: frozenset[str], depth: int) -> Found:
    """The subject of a clause without one below a verb: that verb's subject or object."""
    label, governor = tree.labels[verb], tree.heads[verb]
    if not _may_be_controlled(tree, verb):
        return NOBODY
    if label == "advcl" and tree.label(governor) == "advmod":  # "stopped short of attacking"
        governor = tree.heads[governor]
    own = surface_subject(tree, governor, subject_control, depth + 1)[0]
    if label in ("xcomp", "ccomp") or (label == "advcl" and tree.tags[verb] == "VB"):
        return _of_complement(tree, label, governor, own, subject_control)
    addressed = _acted_on(tree, verb, governor)
    return (own, "participle", None) if addressed is None else (antecedent(tree, addressed), "control", own)


def _acted_on(tree: Tree, verb: int, governor: int) -> int | None:
    """ "accused Chad of leaving": the object of a verb whose object is who does it."""
    if tree.labels[verb] != "advcl" or tree.is_passive(governor) or tree.preposition(verb) not in OBJECT_CONTROL:
        return None
    return tree.child(governor, "obj", "iobj")


def _may_be_controlled(tree: Tree, verb: int) -> bool:
    """Not a clause that is said beside another, or told of whole."""
    if tree.labels[verb] == "parataxis":
        return tree.tags[verb] == "VBG"
    return tree.labels[verb] != "ccomp" or tree.tags[verb] in ("VBG", "VB")


def _of_complement(tree: Tree, label: str, governor: int, own: int | None, subject_control: frozenset[str]) -> Found:
    """ "asked Chad to leave", "called on Chad to leave", "promised Chad to leave"."""
    candidates = tree.children(governor, "obj", "iobj")
    if not candidates and label == "xcomp":
        called = ("on", "upon", "to", "for")
        candidates = [noun for preposition, noun in obliques(tree, governor) if preposition in called]
    if not candidates:
        return own, "control", None
    addressed = antecedent(tree, candidates[0])
    to_act = label == "xcomp" and not tree.is_passive(governor) and tree.lemmas[governor] not in subject_control
    return (addressed, "control", own) if to_act else (own, "control", addressed)


# By the label of the predicate; "acl" stands for relative clauses too.
RULES: Mapping[str, Rule] = {
    "conj": _of_first_conjunct, "acl": _beside_noun, "amod": _modified,
    "xcomp": _controller, "advcl": _controller, "ccomp": _controller, "parataxis": _controller,
}  # fmt: skip
