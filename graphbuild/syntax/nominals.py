"""The arguments of nouns: "the court's indictment against him", "talks between A and B", "foreign minister X"."""

from __future__ import annotations

from collections.abc import Iterator

from graphbuild.syntax import Tree
from graphbuild.syntax.arguments import antecedent

NAME_LINKS = ("flat", "appos", "compound", "nmod:desc", "nmod:unmarked")
BEFORE_NAME = ("compound", "flat", "nmod:desc", "amod", "nmod:unmarked")  # labels of a title below a name

Holders = tuple[list[int], str]  # roots of the names, and the construction


def realised_by(tree: Tree, noun: int, realisation: str, governor: int | None = None) -> list[int]:
    """Roots of the phrases that are an argument of ``noun`` in that realisation (``poss``, ``mod`` or a preposition).

    ``governor`` is a light verb whose own prepositional phrases may belong to the noun ("held talks with").
    """
    if realisation == "poss":
        return _possessors(tree, noun)
    if realisation == "mod":
        return _modifiers(tree, noun)
    if realisation == "comma":
        return _behind_comma(tree, noun)
    return _prepositional(tree, noun, realisation, governor)


def _possessors(tree: Tree, noun: int) -> list[int]:
    found = tree.children(noun, "nmod:poss")
    if not found and tree.labels[noun] == "conj":  # "the DAB's Ben Chan and Leung Che": the nearest possessor before it
        siblings = [k for k in tree.children(tree.heads[noun], "conj") if k < noun and tree.children(k, "nmod:poss")]
        return _possessors(tree, siblings[-1] if siblings else tree.heads[noun])
    return [tree.heads[tree.heads[t]] if tree.tags[t] == "WP$" and tree.labels[noun] != "root" else t for t in found]


def _modifiers(tree: Tree, noun: int) -> list[int]:
    found = _before(tree, noun)
    if not found and _shares_modifiers(tree, noun):
        found = [k for k in _modifiers(tree, tree.heads[noun]) if k < noun]
    beside = [other for k in found for other in _hyphenated(tree, k)]
    return found + [other for other in beside if other < noun and other not in found]


def _before(tree: Tree, noun: int) -> list[int]:
    below = tree.children(noun, "compound", "amod", "nmod:unmarked", "nmod:desc", "nmod", "flat")
    return [k for k in below if k < noun and not tree.preposition(k)]


def _shares_modifiers(tree: Tree, noun: int) -> bool:
    """ "Chadian troops and police": what stands before the first noun holds for a bare second."""
    bare = tree.labels[noun] == "conj" and not tree.children(noun, "nmod:poss", "det")
    return bare and not _is_name(tree, noun)


def _hyphenated(tree: Tree, token: int) -> list[int]:
    """ "Lao-Thai summit": the name on the other side of a hyphen."""
    sides = [(token - 1, token - 2), (token + 1, token + 2)]
    named = [t for dash, t in sides if 0 <= t < len(tree) and tree.words[dash] in ("-", "–") and tree.doc[t].ent_type_]
    return named if tree.doc[token].ent_type_ else []


def _is_name(tree: Tree, noun: int) -> bool:
    """Whether a noun is part of a name: "the Iraqi army and Kurdish forces" share nothing with "Hezbollah"."""
    return bool(tree.doc[noun].ent_type_)


def _behind_comma(tree: Tree, noun: int) -> list[int]:
    """ "Aceh, Indonesia": a name behind a comma; in a list of names nothing is inside anything."""
    if _is_listed(tree, noun):
        return []
    children = [k for k in tree.children(noun, "appos", "nmod", "obl", "list", "dep", "conj", "parataxis") if k > noun]
    return [
        k
        for k in children
        if tree.pos[k] == "PROPN" and "," in tree.words[noun + 1 : k] and not tree.children(k, "case", "cc", "det")
    ]


def _is_listed(tree: Tree, noun: int) -> bool:
    """Whether a name is one of several joined by "and" or "or": "Lyon, Paris and Nice", and not "Lyon, France"."""
    first = tree.heads[noun] if tree.labels[noun] in ("conj", "appos", "list") else noun
    members = [k for k in tree.children(first, "conj", "appos", "list") if tree.pos[k] == "PROPN"]
    joined = any(tree.children(k, "cc") for k in members)
    return joined and len(members) > 1


def _prepositional(tree: Tree, noun: int, realisation: str, governor: int | None) -> list[int]:
    found = _own_phrases(tree, noun, realisation) or _of_coordination(tree, noun, realisation)
    if not found and governor is not None:
        found = [k for k in tree.children(governor, "obl") if k > noun and tree.preposition(k) == realisation]
    if not found and realisation == "by":
        return _agents_of_participles(tree, noun) or _agents_beside_patients(tree, noun)
    return found


def _own_phrases(tree: Tree, noun: int, preposition: str) -> list[int]:
    return [
        k
        for k in tree.children(noun, "nmod", "obl", "acl")
        if tree.preposition(k).split(" ")[0] == preposition and k > noun and tree.is_nominal(k)
    ]


def _agents_of_participles(tree: Tree, noun: int) -> list[int]:
    """ "an attack carried out by X": the participle's agent is the noun's."""
    passives = [k for k in tree.children(noun, "acl") if tree.is_passive(k)]
    return [agent for k in passives for agent in tree.children(k, "obl") if tree.preposition(agent) == "by"]


def _agents_beside_patients(tree: Tree, noun: int) -> list[int]:
    """ "the release of the hostages by X"."""
    patients = [k for k in tree.children(noun, "nmod") if tree.preposition(k) == "of"]
    return [agent for k in patients for agent in tree.children(k, "nmod") if tree.preposition(agent) == "by"]


def _of_coordination(tree: Tree, noun: int, realisation: str) -> list[int]:
    """ "attacks and kidnappings by X": a phrase behind the last conjunct belongs to all."""
    for child in tree.children(noun, "conj") if tree.pos[noun] != "PROPN" else ():  # "Ana from X and Bo of Y"
        if tree.is_nominal(child) and (found := _prepositional(tree, child, realisation, None)):
            return found
    return []


def infinitive_of(tree: Tree, noun: int) -> int | None:
    """The infinitive that a noun governs ("offer to host")."""
    return next(
        (
            k
            for k in tree.children(noun, "acl", "xcomp")
            if any(tree.tags[m] == "TO" for m in tree.children(k, "mark", "aux"))
        ),
        None,
    )


def clause_of(tree: Tree, noun: int) -> int | None:
    """The that-clause that a noun governs ("the claim that")."""
    return next(
        (
            k
            for k in tree.children(noun, "acl", "ccomp")
            if any(tree.words[m] == "that" for m in tree.children(k, "mark"))
        ),
        None,
    )


def phrase_before(tree: Tree, noun: int, longest: int = 5) -> Iterator[tuple[str, int]]:
    """Noun phrases ending in ``noun`` as text, longest first, with their first token: "deputy foreign minister"."""
    sentence_start = max(0, noun - longest + 1)
    for start in range(sentence_start, noun + 1):
        between = range(start, noun)
        if all(tree.labels[t] not in ("punct", "case", "det", "cc") or tree.words[t] == "-" for t in between):
            words = [tree.words[t] for t in between] + [tree.lemmas[noun]]
            yield " ".join(words).replace(" - ", "-"), start


def phrase_after(tree: Tree, noun: int) -> Iterator[str]:
    """ "secretary of state", "chief of staff": the noun with a bare of- or in-phrase."""
    for child in tree.children(noun, "nmod"):
        preposition = tree.preposition(child)
        if preposition in ("of", "in", "for") and child - noun <= 3:
            yield f"{tree.lemmas[noun]} {preposition} {tree.lemmas[child]}"


def inside_phrase(tree: Tree, noun: int, phrase: str) -> int | None:
    """The noun behind the preposition of a role that has one: "state" of "secretary of state"."""
    words = phrase.split()
    if len(words) < 3:
        return None
    return next(
        (k for k in tree.children(noun, "nmod") if tree.lemmas[k] == words[-1] and tree.preposition(k) == words[-2]),
        None,
    )


def name_behind(tree: Tree, noun: int) -> int | None:
    """The root of a person's name that follows a title at once, whatever the parser made of the two.

    "Deputy Secretary of State Ana Ruiz" often has two subjects; nothing but a title stands right before a name.
    """
    if tree.tags[noun] not in ("NN", "NNP") or (tree.label(noun) == "nmod" and tree.preposition(noun) in ("of", "for")):
        return None
    start = _end_of_title(tree, noun)
    if not _begins_person(tree, start):
        return None
    end = start + 1
    while end < len(tree) and tree.doc[end].ent_iob_ == "I":
        end += 1
    return next((t for t in range(start, end) if not start <= tree.heads[t] < end or tree.heads[t] == t), start)


def _end_of_title(tree: Tree, noun: int) -> int:
    """Behind "secretary of state"."""
    end = noun + 1
    for child in tree.children(noun, "nmod"):
        if child > noun and tree.preposition(child) in ("of", "for", "to"):
            inside = tree.subtree(child, without=frozenset({"appos", "acl", "conj", "punct"}))
            if inside[0] == end and inside == list(range(inside[0], inside[-1] + 1)):
                end = inside[-1] + 1
    return end


def _begins_person(tree: Tree, token: int) -> bool:
    """Whether the name of a person begins at ``token``, in the middle of a sentence."""
    if token >= len(tree):
        return False
    word = tree.doc[token]
    return word.ent_type_ == "PERSON" and word.ent_iob_ == "B" and not word.is_sent_start


def holders(tree: Tree, noun: int) -> Holders:
    """Who holds the role that ``noun`` names, and by which construction; the noun itself if nobody else is named."""
    return next((found for rule in HOLDER_RULES if (found := rule(tree, noun)) is not None), ([noun], "office"))


def _named_beside(tree: Tree, noun: int) -> Holders | None:
    """ "minister Ana Ruiz", "the minister, Ana Ruiz"."""
    linked = [k for k in tree.children(noun, *NAME_LINKS) if k > noun and tree.pos[k] == "PROPN"]
    if linked:
        return linked[:1], "title" if tree.labels[linked[0]] != "appos" else "apposition"
    named = name_behind(tree, noun)
    return None if named is None else ([named], "title")


def _named_above(tree: Tree, noun: int) -> Holders | None:
    """The same where the parser made the name the head, and "Ana Ruiz, the minister"."""
    head, label = tree.heads[noun], tree.labels[noun]
    if head != noun and label == "appos":
        return [head], "apposition"
    before_name = noun < head and tree.pos[head] == "PROPN"
    return ([head], "title") if before_name and label in BEFORE_NAME else None


def _subject_of(tree: Tree, noun: int) -> Holders | None:
    """ "Ana Ruiz is the minister", "Ana Ruiz, who is the minister"."""
    if tree.copula(noun) is None:
        return None
    subjects = tree.children(noun, "nsubj")
    if subjects:
        found = antecedent(tree, subjects[-1])
        return ([found] if found is not None else []), "copula"
    return ([tree.heads[noun]], "copula") if tree.labels[noun] == "acl:relcl" else None


def _of_first_role(tree: Tree, noun: int) -> Holders | None:
    """ "Ana Ruiz, the minister and party leader"."""
    head = tree.heads[noun]
    if tree.labels[noun] != "conj" or head == noun or tree.children(noun, "appos"):
        return None
    found, construction = holders(tree, head)
    held = construction in ("apposition", "copula", "title") and tree.is_nominal(head) and tree.pos[head] != "PROPN"
    return (found, construction) if held else None


def _apposed(tree: Tree, noun: int) -> Holders | None:
    found = tree.children(noun, "appos")
    return (found[:1], "apposition") if found else None


HOLDER_RULES = (_named_beside, _named_above, _subject_of, _of_first_role, _apposed)
