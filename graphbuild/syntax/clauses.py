"""Doc → predicate–argument frames: who does what to whom by syntax alone, before any meaning is looked up.

A ``Predicate`` names logical roles: a passive's subject is the object, a relative pronoun is its antecedent, a
participle or infinitive has the subject that controls it. Sources: the UD guidelines
for labels; Del Corro & Gemulla 2013 (ClausIE) for the inventory of clause types.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graphbuild.syntax import Tree

RELATIVE_TAGS = frozenset({"WDT", "WP"})
RELATIVE_CLAUSES = ("acl:relcl", "advcl:relcl")
DIRECTIONS = frozenset({"aside", "away", "back", "down", "forward", "home", "in", "off", "on", "out", "over", "up"})
RANKS = frozenset({"first", "second", "third", "last", "latest", "only"})
OBJECT_CONTROL = frozenset(
    {"of", "from", "for", "into", "against", "as"}
)  # accuse, stop, thank, quote somebody P doing


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verbal or copular predicate with its arguments as token indices (roots of phrases).

    ``lemma`` joins a particle with ``_``. ``surface`` is the grammatical subject, ``subject`` the logical one;
    ``fallback`` is a second candidate where an infinitive may be controlled by subject or object. ``obliques`` and
    ``gerunds`` pair a preposition ("" for a bare gerund) with its noun or verb.
    """

    head: int
    lemma: str
    construction: str
    surface: int | None
    subject: int | None
    object: int | None
    indirect: int | None
    obliques: tuple[tuple[str, int], ...]
    gerunds: tuple[tuple[str, int], ...]
    infinitive: int | None
    finite: int | None
    fallback: int | None = None
    copular: bool = False


def frames(tree: Tree, subject_control: frozenset[str] = frozenset()) -> Iterator[Predicate]:
    """All verbal and copular frames of a document, in the order of their heads.

    ``subject_control`` are the verbs whose infinitive keeps their subject in spite of an object ("promise").
    """
    for token in range(len(tree)):
        label = tree.label(token)
        if label in ("aux", "cop", "case", "fixed", "flat"):
            continue
        if tree.is_verb(token) and not (
            label in ("compound", "amod") and not tree.children(token, "obl", "advmod", "xcomp")
        ):
            yield _frame(tree, token, subject_control, copular=False)
        elif tree.copula(token) is not None or _is_bare_predicate(tree, token):
            yield _frame(tree, token, subject_control, copular=True)


def _is_bare_predicate(tree: Tree, token: int) -> bool:
    """An adjective that heads a clause without "be": "a firm close to", "ready to", "is seen as likely to"."""
    return (
        tree.pos[token] == "ADJ"
        and tree.label(token) in ("acl", "xcomp", "conj", "advcl", "root", "amod")
        and bool(tree.children(token, "obl", "xcomp", "ccomp", "advcl"))
    )


def _frame(tree: Tree, head: int, subject_control: frozenset[str], copular: bool) -> Predicate:
    passive = not copular and tree.is_passive(head)
    surface, construction, fallback = surface_subject(tree, head, subject_control)
    obj, indirect = _objects(tree, head)
    obliques = _obliques(tree, head)
    subject: int | None = surface
    if passive:
        construction = "passive" if construction == "active" else construction
        agents = [noun for preposition, noun in obliques if preposition == "by" and _is_agent(tree, noun)]
        obliques = tuple(pair for pair in obliques if pair[1] not in agents)
        agents += [k for noun in agents for k in tree.children(noun, "nmod") if tree.preposition(k) == "by"]
        agents.sort(key=lambda noun: bool(tree.children(noun, "nummod")))  # "defeated by 90 votes by Ana Ruiz"
        subject = agents[0] if agents else _shared_agent(tree, head)
        if obj is not None:
            indirect = surface
        else:
            obj = surface
        fallback = None
    elif not copular:
        obj = _shared_object(tree, head, obj, obliques)
        if (
            obj is None
            and tree.labels[head] == "acl:relcl"
            and surface != tree.heads[head]
            and not _relativizer_used(tree, head)
        ):
            obj, construction = tree.heads[head], "relative"
    particle = tree.particle(head)
    lemma = tree.lemmas[head] + (f"_{particle}" if particle else "")
    return Predicate(
        head, lemma, construction, surface, subject, antecedent(tree, obj), antecedent(tree, indirect), obliques,
        _gerunds(tree, head), _infinitive(tree, head), _finite(tree, head), fallback, copular,
    )  # fmt: skip


def surface_subject(
    tree: Tree, verb: int, subject_control: frozenset[str] = frozenset(), depth: int = 0
) -> tuple[int | None, str, int | None]:
    """The grammatical subject of a predicate, how it was found, and a second candidate (object control)."""
    own = tree.children(verb, "nsubj")
    if own:
        relative = own[-1] if tree.tags[own[-1]] in RELATIVE_TAGS else None
        return antecedent(tree, own[-1]), "relative" if relative is not None else "active", None
    label, head = tree.labels[verb], tree.heads[verb]
    if depth > 8 or head == verb:
        return None, "active", None
    if label in ("parataxis", "acl") and is_infinitive(tree, verb) and _heads_headline(tree, head):
        return head, "control", None
    if label == "conj":
        found, _, second = surface_subject(tree, head, subject_control, depth + 1)
        return found, "conjoined", second
    if label.startswith("acl"):
        if tree.tags[verb] == "VBG" and tree.preposition(head) and tree.copula(head) is not None:
            return antecedent(tree, tree.child(head, "nsubj")), "control", None  # "is on trial for killing"
        if tree.tags[verb] in ("VBN", "VBG", "VBD") or tree.pos[verb] == "ADJ" or label == "acl:relcl":
            return head, "participle", None
        if is_ranked(tree, head):
            return _ranked_one(tree, head, subject_control, depth), "control", None
        return _possessor_or_light_subject(tree, head, subject_control, depth), "control", None
    if label == "amod":
        return head, "participle", None
    if label in ("xcomp", "advcl", "ccomp", "parataxis"):
        return _controller(tree, verb, head, subject_control, depth)
    return None, "active", None


def _heads_headline(tree: Tree, noun: int) -> bool:
    """Whether a noun heads a sentence without a verb: "Portugal to host summit"."""
    return tree.heads[noun] == noun and tree.is_nominal(noun) and not tree.children(noun, "cop", "nsubj")


def _controller(
    tree: Tree, verb: int, governor: int, subject_control: frozenset[str], depth: int
) -> tuple[int | None, str, int | None]:
    label = tree.labels[verb]
    if label == "parataxis" and tree.tags[verb] != "VBG":
        return None, "active", None
    if label == "ccomp" and tree.tags[verb] not in ("VBG", "VB"):
        return None, "active", None
    if label == "advcl" and tree.label(governor) == "advmod":  # "stopped short of attacking"
        governor = tree.heads[governor]
    own, _, _ = surface_subject(tree, governor, subject_control, depth + 1)
    objects = tree.children(governor, "obj", "iobj")
    infinitive = tree.tags[verb] == "VB"
    if label in ("xcomp", "ccomp") or (infinitive and label == "advcl"):
        called = [noun for preposition, noun in _obliques(tree, governor) if preposition in ("on", "upon", "to", "for")]
        candidates = objects or (called if label == "xcomp" else [])
        if (
            candidates
            and label == "xcomp"
            and not tree.is_passive(governor)
            and tree.lemmas[governor] not in subject_control
        ):
            return antecedent(tree, candidates[0]), "control", own
        return own, "control", antecedent(tree, candidates[0]) if candidates else None
    if label == "advcl" and objects and tree.preposition(verb) in OBJECT_CONTROL and not tree.is_passive(governor):
        return antecedent(tree, objects[0]), "control", own
    return own, "participle", None


def _possessor_or_light_subject(tree: Tree, noun: int, subject_control: frozenset[str], depth: int) -> int | None:
    """Who an infinitive on a noun is about: "Hungary's offer to host", "Hungary made an offer to host"."""
    for child in tree.children(noun, "nmod:poss"):
        return child
    for child in tree.children(noun, "nmod"):
        if tree.preposition(child) in ("by", "from"):
            return child
    governor = tree.heads[noun]
    if governor != noun and tree.label(noun) in ("obj", "obl", "nsubj", "xcomp") and tree.is_verb(governor):
        if tree.labels[noun] == "nsubj:pass":
            agents = [n for p, n in _obliques(tree, governor) if p == "by"]
            return agents[0] if agents else None
        return surface_subject(tree, governor, subject_control, depth + 1)[0]
    return None


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


def antecedent(tree: Tree, token: int | None) -> int | None:
    """A relative pronoun's antecedent by syntax; any other token itself."""
    if token is None or tree.tags[token] not in RELATIVE_TAGS:
        return token
    for above in tree.ancestors(token):
        if tree.labels[above] in RELATIVE_CLAUSES:
            return tree.heads[above]
    return token


def _relativizer_used(tree: Tree, verb: int) -> bool:
    return any(
        tree.tags[k] in ("WDT", "WP", "WP$", "WRB")
        for k in tree.subtree(verb, frozenset({"acl", "ccomp", "advcl"}))
        if k != verb
    )


def _objects(tree: Tree, verb: int) -> tuple[int | None, int | None]:
    objects, indirect = tree.children(verb, "obj"), tree.child(verb, "iobj")
    direct = objects[0] if objects else None
    if indirect is None and len(objects) > 1:  # "awarded Ana a medal", read as two direct objects
        return objects[1], objects[0]
    if direct is None and indirect is not None:
        direct, indirect = indirect, None
    return direct, indirect


def _shared_object(tree: Tree, verb: int, obj: int | None, obliques: tuple[tuple[str, int], ...]) -> int | None:
    """ "met and praised the envoy": the object stands with the last of coordinated verbs that follow each other."""
    if obj is not None or obliques:
        return obj
    if tree.labels[verb] == "conj" and tree.is_verb(tree.heads[verb]):  # "signed and ratified the accord"
        shared = _objects(tree, tree.heads[verb])[0]
        if shared is not None and shared > verb:
            return shared
    for child in tree.children(verb, "conj"):
        light = ("cc", "advmod", "punct", "aux")
        if all(tree.label(t) in light for t in range(verb + 1, child)) and not tree.children(child, "nsubj"):
            return _objects(tree, child)[0]
    return None


def _shared_agent(tree: Tree, verb: int) -> int | None:
    """ "was arrested and charged by the police": the agent stands with the last of coordinated passives."""
    near = [k for k in tree.children(verb, "conj") if k - verb <= 4]
    if tree.labels[verb] == "conj" and tree.is_verb(tree.heads[verb]):
        near.append(tree.heads[verb])
    for other in near:
        for child in tree.children(other, "obl"):
            if (
                child > max(verb, other)
                and tree.preposition(child) == "by"
                and tree.is_passive(other)
                and _is_agent(tree, child)
            ):
                return child
    return None


def _obliques(tree: Tree, head: int) -> tuple[tuple[str, int], ...]:
    found = []
    ways = [k for k in tree.children(head, "advmod") if k > head and tree.words[k] in DIRECTIONS]
    for noun in [*tree.children(head, "obl", "nmod"), *(n for way in ways for n in tree.children(way, "obl"))]:
        if tree.labels[noun] in (
            "nmod:poss",
            "nmod:unmarked",
            "obl:unmarked",
            "nmod:tmod",
            "obl:tmod",
            "nmod:npmod",
            "obl:npmod",
        ):
            continue
        for conjunct in tree.conjuncts(noun):
            preposition = tree.preposition(conjunct) or tree.preposition(noun)
            if conjunct == noun or tree.preposition(conjunct) not in ("", tree.preposition(noun)):
                found.append((preposition, antecedent(tree, conjunct) if conjunct == noun else conjunct))
    return tuple((preposition, noun) for preposition, noun in found if noun is not None)


def _is_agent(tree: Tree, noun: int) -> bool:
    """A by-phrase that is no date, means or gerund."""
    return tree.labels[noun] == "obl:agent" or tree.pos[noun] in ("PROPN", "NOUN", "PRON")


def _gerunds(tree: Tree, verb: int) -> tuple[tuple[str, int], ...]:
    found = []
    for child in tree.children(verb, "xcomp", "advcl", "ccomp", "obj", "obl"):
        if tree.tags[child] == "VBG" or any(tree.words[k] == "having" for k in tree.children(child, "aux")):
            preposition = tree.preposition(child)
            if preposition or tree.label(child) != "advcl":
                found.append((preposition, child))
    return tuple(found)


def _infinitive(tree: Tree, verb: int) -> int | None:
    for child in tree.children(verb, "xcomp", "advcl", "ccomp"):
        if tree.label(child) == "ccomp" and tree.children(child, "nsubj"):
            continue  # "Berlin has yet to respond, he told them": said, not asked for
        if is_infinitive(tree, child) and (tree.label(child) != "advcl" or not tree.children(verb, "xcomp")):
            return child
    return None


def is_infinitive(tree: Tree, verb: int) -> bool:
    """A to-infinitive, passive ("to be hosted") and copular ones included; also "gon na", "got ta"."""
    marks = tree.children(verb, "mark", "aux")
    return any(tree.tags[k] == "TO" and tree.words[k] in ("to", "na", "ta") for k in marks)


def _finite(tree: Tree, verb: int) -> int | None:
    for child in tree.children(verb, "ccomp"):
        asked = any(tree.words[k] in ("whether", "if") for k in tree.children(child, "mark"))
        if tree.tags[child] != "VBG" and not is_infinitive(tree, child) and not asked:
            return child
    return None
