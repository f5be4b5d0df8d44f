"""What pronouns refer to: the most salient candidate that agrees in type, number and gender.

Features after Lappin & Leass 1994. Inside a quotation "I" is its speaker, "we" the side that he speaks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graphbuild.model import EntityType
from graphbuild.quotations import Quotation
from graphbuild.resolve.discourse import Discourse, Seen
from graphbuild.resolve.drafts import Draft
from graphbuild.syntax import WILLING

REACH = 3  # sentences back that a third-person pronoun reaches
# How much a property of a candidate speaks for it: log-linear weights fitted by training.pronouns on GAP (Webster et al
# 2018), but for "named" (GAP knows names only) and the last two (it has no things). "obj<subj=": the pronoun is an
# object, the candidate a subject in the same sentence.
SALIENCE: Mapping[str, float] = {
    "sentence-0": 2.15, "sentence-1": 0.27, "sentence-2": -0.97, "sentence-3": -1.46, "frequent": 0.71, "near": 0.3,
    "subj<subj=": 0.75, "subj<obj=": 0.73, "subj<other=": -0.79, "subj<subj": 0.86, "subj<obj": -0.27,
    "subj<other": -1.29, "obj<subj=": 0.14, "obj<obj=": 0.61, "obj<other=": 0.18, "obj<subj": -0.06, "obj<obj": -0.22,
    "obj<other": -0.65, "poss<subj=": 0.56, "poss<obj=": 0.13, "poss<other=": -0.15, "poss<subj": 0.61,
    "poss<obj": -0.18, "poss<other": -0.96, "subj-clause": -0.24, "obj-clause": -0.7, "poss-clause": 0.83,
    "named": 1.0, "event": -1.2, "place": -0.6,
}  # fmt: skip
MASCULINE = frozenset({"he", "him", "his", "himself"})
FEMININE = frozenset({"she", "her", "hers", "herself"})
NEUTER = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
SPEAKER = frozenset({"i", "me", "my", "mine", "myself"})
SPEAKERS = frozenset({"we", "us", "our", "ours", "ourselves"})
ADDRESSED = frozenset({"you", "your", "yours", "yourself", "yourselves"})
INANIMATE = (EntityType.ORGANISATION, EntityType.STATE, EntityType.PLACE, EntityType.EVENT, EntityType.AGREEMENT)


class Pronouns:
    """Resolves the pronouns of one article, each when those before it are."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.tree, self.drafts, self.ontology = discourse.tree, discourse.drafts, discourse.ontology
        self.at, self.seen = discourse.at, discourse.seen

    def third_person(self, token: int) -> tuple[str, ...]:
        """Whom "she", "its" or "them" means; nobody for other words."""
        word = self.tree.words[token]
        if word in MASCULINE or word in FEMININE:
            keys = self._third_person(token, (EntityType.PERSON,), "m" if word in MASCULINE else "f")
        elif word in NEUTER:
            keys = () if self._expletive(token) else self._third_person(token, INANIMATE, None)
        elif word in PLURAL:
            keys = self._they(token)
        else:
            keys = ()
        return keys

    def first_person(self, token: int) -> tuple[str, ...]:
        if self.tree.words[token] in ADDRESSED:
            return ()
        speaker = self._speaker_keys(token)
        if not speaker or self.tree.words[token] in SPEAKER:
            return speaker[:1]
        draft = self.drafts.by_key[speaker[0]]
        sides = [institution for _, institution in draft.titles if institution is not None]
        return (sides[0],) if sides else speaker[:1]

    def outsider(self, token: int) -> str:
        """Whom a text in its own voice speaks of as "I", "we" or "you": somebody, but no entity of the graph."""
        word = self.tree.words[token]
        return "author" if word in SPEAKER else "authors" if word in SPEAKERS else "audience"

    def _third_person(self, token: int, kinds: tuple[EntityType, ...], gender: str | None) -> tuple[str, ...]:
        best: tuple[float, int] | None = None
        keys: tuple[str, ...] = ()
        for seen, draft in self.suitable(token, kinds, gender):
            salience = sum(SALIENCE[name] for name in self.features(token, seen, draft))
            rank = (-round(salience, 3), token - seen.token)
            if best is None or rank < best:
                best, keys = rank, (draft.key,)
        keys = keys or self._announced(token, kinds, gender)
        if keys and gender:
            draft = self.drafts.by_key[keys[0]]
            draft.gender = draft.gender or gender
        return keys

    def _announced(self, token: int, kinds: tuple[EntityType, ...], gender: str | None) -> tuple[str, ...]:
        """ "After her visit, Ana Ruiz flew home": the subject behind the phrase or clause that the pronoun is in."""
        tree = self.tree
        for part in (token, *tree.ancestors(token)):
            if tree.label(part) in ("obl", "advcl") and part < tree.heads[part]:
                for subject in tree.kids(tree.heads[part], "nsubj"):
                    for key in self.at.get(subject, ()) if subject > token else ():
                        draft = self.drafts.by_key[key]
                        if draft.type in kinds and not (gender and draft.gender and draft.gender != gender):
                            return (key,)
        return ()

    def suitable(self, token: int, kinds: tuple[EntityType, ...], gender: str | None) -> Iterator[tuple[Seen, Draft]]:
        """Earlier references within reach that a pronoun may take up, the nearest first."""
        sentence = self.discourse.sentence(token)
        speaker = self._speaker_keys(token)
        blocked = self._coarguments(token)
        for seen in reversed(self.seen):
            if sentence - seen.sentence > REACH:
                return
            for key in seen.keys:
                draft = self.drafts.by_key[key]
                if draft.type not in kinds or key in speaker or seen.token in blocked or len(seen.keys) > 1:
                    continue
                if not (gender and draft.gender and draft.gender != gender):
                    yield seen, draft

    def features(self, token: int, seen: Seen, draft: Draft) -> Iterator[str]:
        """The properties of a pronoun and a candidate that SALIENCE weighs."""
        tree = self.tree
        distance = self.discourse.sentence(token) - seen.sentence
        yield f"sentence-{distance}"
        if draft.named:
            yield "named"
        form = "poss" if tree.tags[token] == "PRP$" else "subj" if tree.label(token) == "nsubj" else "obj"
        role = "subj" if seen.subject else "obj" if tree.label(seen.token) in ("obj", "iobj") else "other"
        yield f"{form}<{role}" + ("" if distance else "=")
        if not distance and self._clause(token) == self._clause(seen.token):
            yield f"{form}-clause"
        if not distance and token < seen.token + 6:
            yield "near"
        if len(draft.mentions) > 2:
            yield "frequent"
        if draft.type in (EntityType.EVENT, EntityType.AGREEMENT):
            yield "event"
        if draft.type is EntityType.PLACE:
            yield "place"

    def _clause(self, token: int) -> int:
        """The verb over a token."""
        return next((t for t in self.tree.ancestors(token) if self.tree.is_verb(t)), -1)

    def _coarguments(self, token: int) -> set[int]:
        """A pronoun object is not its own subject: "Putin praised him"."""
        tree, head = self.tree, self.tree.heads[token]
        if tree.words[token].endswith("self") or tree.tags[token] == "PRP$":
            return {head}
        return {k for k in tree.kids(head, "nsubj", "obj", "iobj", "obl") if k != token}

    def _they(self, token: int) -> tuple[str, ...]:
        sentence = self.discourse.sentence(token)
        blocked = self._coarguments(token)
        for seen in reversed(self.seen):
            if sentence - seen.sentence > 2:
                break
            draft = self.drafts.by_key[seen.keys[0]]
            if seen.token in blocked:
                continue
            group = [k for t in self.tree.conjuncts(seen.token) for k in self.at.get(t, ())]
            if self.tree.label(seen.token) != "conj" and len(set(group)) > 1 and all(self._is_actor(k) for k in group):
                return tuple(dict.fromkeys(group))
            if draft.type is EntityType.GROUP or len(seen.keys) > 1:
                return seen.keys
        return self._third_person(token, (EntityType.ORGANISATION, EntityType.STATE), None)

    def _is_actor(self, key: str) -> bool:
        return self.drafts.by_key[key].type in (
            EntityType.PERSON,
            EntityType.STATE,
            EntityType.ORGANISATION,
            EntityType.GROUP,
        )

    def _expletive(self, token: int) -> bool:
        tree, head = self.tree, self.tree.heads[token]
        if tree.labels[token] == "expl" or tree.tags[token] == "PRP$":
            return tree.labels[token] == "expl"
        return (
            tree.label(token) == "nsubj"
            and tree.pos[head] == "ADJ"
            and tree.words[head] not in WILLING
            and bool(tree.kids(head, "ccomp", "csubj", "xcomp", "advcl"))
        )

    def quotation(self, token: int) -> Quotation | None:
        return next((q for q in self.discourse.quotations if q.start <= token < q.end), None)

    def _speaker_keys(self, token: int) -> tuple[str, ...]:
        quotation = self.quotation(token)
        return self.at.get(quotation.speaker, ()) if quotation is not None and quotation.speaker is not None else ()
