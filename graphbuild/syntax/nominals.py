"""The arguments of nouns: "the court's indictment against him", "talks between A and B", "foreign minister X"."""

from __future__ import annotations

from collections.abc import Iterator

from graphbuild.syntax import Tree
from graphbuild.syntax.clauses import antecedent

NAME_LINKS = ("flat", "appos", "compound", "nmod:desc", "nmod:unmarked")
POSSESSIVE_TAGS = ("PRP$", "WP$")


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
    found = [
        k
        for k in tree.children(noun, "compound", "amod", "nmod:unmarked", "nmod:desc", "nmod")
        if k < noun and not tree.preposition(k)
    ]
    if (
        not found
        and tree.labels[noun] == "conj"
        and not _is_name(tree, noun)
        and not tree.children(noun, "nmod:poss", "det")
    ):
        found = [k for k in _modifiers(tree, tree.heads[noun]) if k < noun]
    return found + [other for k in found for other in _hyphenated(tree, k) if other < noun and other not in found]


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
    found = [
        k
        for k in tree.children(noun, "nmod", "obl", "acl")
        if tree.preposition(k).split(" ")[0] == realisation and k > noun and tree.is_nominal(k)
    ]
    if not found:
        found = _of_coordination(tree, noun, realisation)
    if not found and governor is not None:
        found = [k for k in tree.children(governor, "obl") if k > noun and tree.preposition(k) == realisation]
    if realisation == "by" and not found:  # "an attack carried out by X": the participle's agent is the noun's
        found = [
            a
            for k in tree.children(noun, "acl")
            if tree.is_passive(k)
            for a in tree.children(k, "obl")
            if tree.preposition(a) == "by"
        ]
    if realisation == "by" and not found:  # "the release of the hostages by X"
        patients = [k for k in tree.children(noun, "nmod") if tree.preposition(k) == "of"]
        found = [a for k in patients for a in tree.children(k, "nmod") if tree.preposition(a) == "by"]
    return found


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
    end = noun + 1
    for child in tree.children(noun, "nmod"):
        if child > noun and tree.preposition(child) in ("of", "for", "to"):
            inside = tree.subtree(child, without=frozenset({"appos", "acl", "conj", "punct"}))
            if inside[0] == end and inside == list(range(inside[0], inside[-1] + 1)):
                end = inside[-1] + 1
    doc = tree.doc
    if end >= len(doc) or doc[end].ent_type_ != "PERSON" or doc[end].ent_iob_ != "B" or doc[end].is_sent_start:
        return None
    last = end
    while last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I":
        last += 1
    return next((t for t in range(end, last + 1) if not end <= tree.heads[t] <= last or tree.heads[t] == t), end)


def holders(tree: Tree, noun: int) -> tuple[list[int], str]:
    """Who holds the role that ``noun`` names, and by which construction; the noun itself if nobody else is named."""
    linked = [k for k in tree.children(noun, *NAME_LINKS) if k > noun and tree.pos[k] == "PROPN"]
    if linked:
        return linked[:1], "title" if tree.labels[linked[0]] != "appos" else "apposition"
    if (named := name_behind(tree, noun)) is not None:
        return [named], "title"
    head, label = tree.heads[noun], tree.labels[noun]
    if head != noun and label == "appos":
        return [head], "apposition"
    if (
        head != noun
        and label in ("compound", "flat", "nmod:desc", "amod", "nmod:unmarked")
        and tree.pos[head] == "PROPN"
        and head > noun
    ):
        return [head], "title"
    if tree.copula(noun) is not None:
        subjects = tree.children(noun, "nsubj")
        if subjects:
            found = antecedent(tree, subjects[-1])
            return ([found] if found is not None else []), "copula"
        if label == "acl:relcl":
            return [head], "copula"
    if label == "conj" and head != noun and not tree.children(noun, "appos"):
        found_holders, construction = holders(tree, head)
        if construction in ("apposition", "copula", "title") and tree.is_nominal(head) and tree.pos[head] != "PROPN":
            return found_holders, construction
    appositions = tree.children(noun, "appos")
    if appositions:
        return appositions[:1], "apposition"
    return [noun], "office"
