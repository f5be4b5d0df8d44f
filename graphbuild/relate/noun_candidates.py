"""The ontology's frames of nouns, roles, names side by side and hyphened words laid over a sentence; tokens only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphbuild.ontology import Ontology, Relation
from graphbuild.ontology.frames import NounFrame, PairFrame, RoleNoun
from graphbuild.relate.verb_candidates import Match
from graphbuild.syntax import Tree, nominals
from graphbuild.syntax.subjects import surface_subject

CLAUSES = ("V", "that", "Ving")  # realisations that are no noun phrases
Realised = tuple[str, tuple[int, ...]]  # the way, and the tokens found by it
NOTHING: Realised = ("", ())


def noun_matches(
    tree: Tree, noun: int, ontology: Ontology, light: frozenset[str], agentless: bool = False
) -> Iterator[Match]:
    """Every noun frame of the ontology whose noun stands here, light-verb subjects included.

    ``agentless``: also those whose subject is not named, as in what somebody promised: "talks with Chad".
    """
    if tree.lemmas[noun] not in ontology.phrase_heads:
        return
    for phrase, start in nominals.phrase_before(tree, noun, longest=3):
        for entry in ontology.noun_frames.get(phrase, ()):
            found = _noun_match(tree, noun, start, entry, ontology, light)
            yield from (match for match in found if match.subjects or agentless)


def _noun_match(
    tree: Tree, noun: int, start: int, entry: NounFrame, ontology: Ontology, light: frozenset[str]
) -> Iterator[Match]:
    governor, agent = light_verb(tree, noun, light)
    governor = _taking_place(tree, noun, ontology) if governor is None else governor
    bound = _bound(tree, noun, start, entry, governor)
    objects = bound.get("O", NOTHING)[1]
    if "S" not in bound and agent is not None and agent not in objects:
        bound["S"] = "light-verb", (agent,)
    subjects = bound.get("S", NOTHING)[1]
    relation = ontology.relations[entry.relation]
    content, kind = _noun_content(tree, noun, entry, relation) or (None, "")
    if objects or content is not None or (relation.symmetric and subjects):
        yield Match(
            relation=entry.relation,
            frame=entry.text,
            pattern="nominal " + "+".join(f"{role}={bound[role][0]}" for role in sorted(bound)),
            trigger=noun,
            clause=governor if governor is not None else noun,
            subjects=subjects,
            objects=objects,
            content=content,
            content_kind=kind,
            specificity=len(bound) + (start < noun) * 2 + (content is not None),
        )


def _bound(tree: Tree, noun: int, start: int, entry: NounFrame, governor: int | None) -> dict[str, Realised]:
    """O and S, each by the first way of the frame that finds it outside the words of the noun's own phrase."""
    bound: dict[str, Realised] = {}
    for role in ("O", "S"):
        for realisation in entry.realisations(role):
            if realisation in CLAUSES:
                continue
            taken = (*bound.get("O", NOTHING)[1], *range(start, noun))
            found = nominals.realised_by(tree, noun, realisation, governor)
            if tokens := tuple(t for t in found if t not in taken):
                bound[role] = realisation, tokens
                break
    return bound


def light_verb(tree: Tree, noun: int, light: frozenset[str]) -> tuple[int | None, int | None]:
    """The light verb over a noun and its agent: "launched an attack", "an attack was launched by"."""
    base = noun
    while tree.labels[base] == "conj" and tree.is_nominal(tree.heads[base]):
        base = tree.heads[base]
    verb = tree.heads[base]
    if verb == base or not tree.is_verb(verb):
        return None, None
    if _is_attitude(tree, base) and not tree.is_passive(verb):
        return verb, surface_subject(tree, verb)[0]
    return _agent_of(tree, base, verb) if _is_light(tree, verb, light) else (None, None)


def _agent_of(tree: Tree, noun: int, verb: int) -> tuple[int | None, int | None]:
    """The light verb over its noun and who acts; no verb where the noun is no object of it."""
    if tree.label(noun) == "obj" and not tree.is_passive(verb):
        return verb, surface_subject(tree, verb)[0]
    relative = tree.labels[verb].startswith("acl") and tree.label(noun) != "nsubj"
    if tree.labels[noun] == "nsubj:pass" or relative:
        return verb, next((k for k in tree.children(verb, "obl") if tree.preposition(k) == "by"), None)
    return None, None


def _is_light(tree: Tree, verb: int, light: frozenset[str]) -> bool:
    """ "launch", "carry out"; of "take" and "take over" each counts for itself."""
    lemma, particle = tree.lemmas[verb], tree.particle(verb)
    if particle is None:
        return lemma in light
    if f"{lemma} {particle}" in light:
        return True
    return particle in ("out", "up") if lemma in light else f"{lemma}_{particle}" in light


def _is_attitude(tree: Tree, noun: int) -> bool:
    """ "in protest at", "in support of": whoever does the rest does that too."""
    bare = not tree.children(noun, "det", "nmod:poss", "nummod") and tree.tags[noun] == "NN"
    return bare and tree.label(noun) == "obl" and tree.preposition(noun).split(" ")[0] == "in"


def _taking_place(tree: Tree, noun: int, ontology: Ontology) -> int | None:
    """The verb in "talks will take place between", "talks began with": whose phrases are the noun's."""
    verb = tree.heads[noun]
    if tree.label(noun) != "nsubj" or verb == noun:
        return None
    held = tree.labels[noun] == "nsubj:pass" and tree.lemmas[verb] in ontology.words("light-verb")
    return verb if held or tree.lemmas[verb] in ontology.words("event-verb") else None


def _noun_content(tree: Tree, noun: int, entry: NounFrame, relation: Relation) -> tuple[int, str] | None:
    ways = entry.realisations("C")
    contents = (_content_by(tree, noun, way) for way in ways) if relation.operator or ways else ()
    return next((found for found in contents if found is not None), None)


def _content_by(tree: Tree, noun: int, realisation: str) -> tuple[int, str] | None:
    """What a noun of offering, refusing, threatening is about, realised in that way."""
    if realisation not in CLAUSES:
        nouns = nominals.realised_by(tree, noun, realisation)
        return (nouns[0], "noun") if nouns else None
    if realisation == "V":
        verb = nominals.infinitive_of(tree, noun)
    elif realisation == "that":
        verb = nominals.clause_of(tree, noun)
    else:
        gerunds = (k for k in tree.children(noun, "acl") if tree.tags[k] == "VBG" and tree.preposition(k))
        verb = next(gerunds, None)
    return None if verb is None else (verb, "clause")


def role_matches(tree: Tree, noun: int, ontology: Ontology) -> Iterator[Match]:
    """Titles, offices and agent nouns: "Russian foreign minister X", "X, an ally of Y", "X is the founder of Y"."""
    if tree.lemmas[noun] not in ontology.phrase_heads or _is_inside_name(tree, noun):
        return
    phrases = [(phrase, noun) for phrase in nominals.phrase_after(tree, noun)]
    phrases += nominals.phrase_before(tree, noun, longest=4)
    known = next((found for found in phrases if ontology.role_nouns.get(found[0])), None)
    if known is not None:
        yield from _held_roles(tree, noun, *known, ontology)


def _held_roles(tree: Tree, noun: int, phrase: str, start: int, ontology: Ontology) -> Iterator[Match]:
    people, construction = nominals.holders(tree, noun)
    if construction == "apposition" and _is_in_name(tree, noun):
        return  # "the Department of Labour, the Department of Trade": two bodies, and no office of the other
    mutual = construction == "copula" and tree.tags[noun] == "NNS"  # "A and B are allies"
    for entry in ontology.role_nouns[phrase]:
        found = list(_role_match(tree, noun, start, phrase, entry, people, construction))
        yield from found
        if not found and mutual and ontology.relations[entry.relation].symmetric:
            yield Match(entry.relation, entry.text, construction, noun, noun, tuple(people), (), role=phrase)


def _is_in_name(tree: Tree, noun: int) -> bool:
    """ "Department" of the Department of Labour."""
    return tree.doc[noun].ent_type_ in ("ORG", "GPE", "LOC")


def _is_inside_name(tree: Tree, noun: int) -> bool:
    """ "State" of the US State Department, which is no state."""
    head = tree.heads[noun]
    named = {tree.doc[t].ent_type_ for t in range(noun, head + 1)} == {"ORG"}
    return named and tree.label(noun) == "compound" and all(tree.doc[t].ent_iob_ == "I" for t in range(noun, head + 1))


def _role_match(
    tree: Tree, noun: int, start: int, phrase: str, entry: RoleNoun, people: list[int], construction: str
) -> Iterator[Match]:
    anchors = _anchors(tree, noun, people, construction)
    taken = (*people, noun, nominals.inside_phrase(tree, noun, phrase), *range(start, noun))
    for realisation in entry.realisations:
        last = start if realisation == "mod" and start != noun else len(tree)
        found = [t for anchor in anchors for t in nominals.realised_by(tree, anchor, realisation) if t not in taken]
        for institution in (t for t in found if t < last and not _is_named_after(tree, t, start)):
            ends = tuple(people), (institution,)
            subjects, objects = ends if entry.role == "O" else ends[::-1]
            yield Match(
                entry.relation, entry.text, f"{construction} {realisation}", noun, noun,
                subjects, objects, specificity=phrase.count(" ") + 1, role=phrase,
                subject_types=entry.types if entry.role == "S" else (),
                object_types=entry.types if entry.role == "O" else (),
            )  # fmt: skip


def _anchors(tree: Tree, noun: int, people: list[int], construction: str) -> list[int]:
    """The nouns on which the institution of a role may hang: the role's, its holder's, the name's that it is part of.

    Of "councillors Ana Ruiz of X and Bo Lind of Y" each has his own.
    """
    anchors = [noun]
    if construction == "title" and tree.tags[noun] in ("NN", "NNP"):
        anchors += [person for person in people if person != noun]
    if tree.labels[noun] in ("compound", "flat", "nmod:desc", "amod"):
        anchors.append(tree.heads[noun])
    return [*anchors, *_portfolio(tree, noun)]


def _portfolio(tree: Tree, noun: int) -> list[int]:
    """ "Foreign Affairs" of the Minister for Foreign Affairs of Norway: Norway hangs on it."""
    behind = [k for k in tree.children(noun, "nmod") if tree.preposition(k) in ("of", "for") and k > noun]
    return [k for k in behind if not tree.doc[k].ent_type_]


def _is_named_after(tree: Tree, token: int, role: int) -> bool:
    """ "Sudan" of the Sudan Liberation Army, which is no organ of Sudan; "Afghan" of the Afghan National Army is."""
    between = range(token + 1, role)
    inside = all(tree.doc[t].ent_iob_ == "I" for t in range(token + 1, role + 1))
    return bool(between) and inside and tree.pos[token] == "PROPN" and tree.tags[token] != "JJ"


def pair_matches(tree: Tree, token: int, entries: Iterable[PairFrame]) -> Iterator[Match]:
    """Two names side by side: "Ana of the Labour Party", "Aceh, Indonesia", "the Iraqi parliament"."""
    found: dict[str, list[int]] = {}
    for entry in entries:
        for realisation in entry.realisations:
            if realisation not in found:
                found[realisation] = nominals.realised_by(tree, token, realisation)
            for other in found[realisation]:
                ends = (token,), (other,)
                subjects, objects = ends if entry.anchor == "S" else ends[::-1]
                yield Match(
                    entry.relation, entry.text, f"pair {realisation}", token, token, subjects, objects,
                    types=(entry.subjects, entry.objects),
                )  # fmt: skip


def compound_matches(tree: Tree, token: int, ontology: Ontology) -> Iterator[Match]:
    """ "US-backed rebels", "Geneva-based", "pro-Russian": participial compounds around a hyphen."""
    for entry in ontology.compound_frames.get(tree.words[token], ()):
        dash, first = (token + 1, token + 2) if entry.prefix else (token - 1, token - 2)
        if not (0 <= first < len(tree) and 0 <= dash < len(tree) and tree.words[dash] in ("-", "–")):
            continue
        head = _modified(tree, token, first)
        if head is None:
            continue
        subjects, objects = ((first,), (head,)) if entry.first == "S" else ((head,), (first,))
        yield Match(entry.relation, entry.text, "compound", token, token, subjects, objects, specificity=3)


def _modified(tree: Tree, token: int, first: int) -> int | None:
    for start in (token, first):
        head = tree.heads[start]
        while head in (token, first):
            if tree.heads[head] == head:
                return None
            head = tree.heads[head]
        if head not in (token, first) and tree.is_nominal(head) and head > max(token, first):
            return head
    return None
