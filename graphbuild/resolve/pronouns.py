"""What pronouns refer to: the most salient candidate that agrees in type, number and gender.

Features after Lappin & Leass 1994. Inside a quotation "I" is its speaker, "we" the side that he speaks for.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphbuild.factuality.direct_speech import quotation_at
from graphbuild.function_words import ADDRESSED, FEMININE, MASCULINE, NEUTER, PLURAL, SPEAKER, SPEAKERS
from graphbuild.model import EntityType
from graphbuild.resolve.clusters import EntityCluster
from graphbuild.resolve.discourse import Discourse, Seen
from graphbuild.syntax.subjects import surface_subject

Vectors = NDArray[np.float32]
REACH = 3  # sentences back that a third-person pronoun reaches
# How much a property of a candidate speaks for it: log-linear weights fitted by training.pronouns on GAP's validation
# part (Webster et al. 2018), GUM dev and ten novels of LitBank. "obj<subj=": the pronoun is an object, the candidate a
# subject in the same sentence; "match" is what the encoder thinks of the two, as log-odds against no antecedent.
WEIGHTS: Mapping[str, float] = {
    "ahead": 0.12, "chain": -1.08, "frequent": 0.08, "he-named": 0.02, "he-person": -0.07, "it-agreement": -0.07,
    "it-body": -0.36, "it-event": 0.67, "it-named": -0.14, "it-place": 0.0, "match": 0.44, "near": 0.52,
    "none-he": 0.07, "none-it": -0.24, "none-they": -0.16, "obj-clause": -0.14, "obj<obj": -0.33, "obj<obj=": 0.07,
    "obj<other": -0.32, "obj<other=": 0.07, "obj<subj": -0.24, "obj<subj=": 0.41, "other-clause": -0.1,
    "other-gender": -0.62, "other<obj": 0.11, "other<obj=": 0.11, "other<other": -0.18, "other<other=": -0.18,
    "other<subj": -0.14, "other<subj=": 0.39, "poss-clause": 0.2, "poss<obj": -0.01, "poss<obj=": -0.47,
    "poss<other": 0.08, "poss<other=": 0.1, "poss<subj": -0.22, "poss<subj=": 0.4, "same-gender": 0.44,
    "sentence-0": 1.46, "sentence-1": 0.33, "sentence-2": -0.56, "sentence-3": -0.91, "subj-clause": 0.11,
    "subj<obj": -0.11, "subj<obj=": 0.3, "subj<other": -0.02, "subj<other=": -0.02, "subj<subj": 0.26,
    "subj<subj=": 0.28, "they-body": -0.11, "they-group": 0.15, "they-named": -0.6, "they-several": 0.12,
}  # fmt: skip
ACTORS = (EntityType.PERSON, EntityType.STATE, EntityType.ORGANISATION, EntityType.GROUP)
THINGS = (EntityType.ORGANISATION, EntityType.STATE, EntityType.PLACE, EntityType.EVENT, EntityType.AGREEMENT)
BODIES = (EntityType.ORGANISATION, EntityType.STATE)  # alike for "it", and states are too rare in the sets to tell
MANY = (EntityType.GROUP, EntityType.ORGANISATION, EntityType.STATE)
KINDS_WEIGHED = {kind: "body" if kind in BODIES else kind.value.lower() for kind in EntityType}
GENDERS = dict.fromkeys(MASCULINE, "m") | dict.fromkeys(FEMININE, "f")
KINDS: Mapping[str, tuple[str, tuple[EntityType, ...]]] = {
    **dict.fromkeys(GENDERS, ("he", (EntityType.PERSON,))),
    **dict.fromkeys(NEUTER, ("it", THINGS)),
    **dict.fromkeys(PLURAL, ("they", MANY)),
}
IN_DIALOGUE = SPEAKER | SPEAKERS | ADDRESSED


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whom a pronoun may mean: ``keys`` of one entity, or of several named together; ``features`` weigh it."""

    token: int
    keys: tuple[str, ...]
    features: Mapping[str, float]


def weight(features: Mapping[str, float]) -> float:
    """How much the features of a candidate speak for it."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in features.items())


class Pronouns:
    """Resolves the pronouns of one article, each when those before it are."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.tree, self.clusters = discourse.tree, discourse.clusters
        self.at, self.seen = discourse.at, discourse.seen
        self.vectors: Vectors | None = self.tree.doc.user_data.get("refer")

    def third_person(self, token: int) -> tuple[str, ...]:
        """Whom "she", "its" or "them" means; nobody for other words."""
        gender = GENDERS.get(self.tree.words[token])
        if self.tree.words[token] not in KINDS or (gender is None and self._expletive(token)):
            return ()
        ranked = ((-round(weight(c.features), 3), token - c.token, c.keys) for c in self.candidates(token))
        keys = min(ranked)[2]
        for key in keys if gender else ():
            self.clusters.by_key[key].spoken_of = gender
        return keys

    def candidates(self, token: int) -> Iterator[Candidate]:
        """Those within reach whom the third-person pronoun at ``token`` may mean, the nearest first, then nobody."""
        sentence = self.discourse.sentence(token)
        speaker, blocked = self._speaker_keys(token), self._coarguments(token)
        match = self._match(token)
        near = itertools.takewhile(lambda seen: sentence - seen.sentence <= REACH, reversed(self.seen))
        for seen in itertools.chain(near, self._announced(token)):
            if seen.token in blocked or set(seen.keys) & set(speaker):
                continue
            for keys in self._readings(token, seen):
                yield Candidate(seen.token, keys, self._features(token, seen, keys, match))
        yield Candidate(token, (), {f"none-{KINDS[self.tree.words[token]][0]}": 1.0})

    def _readings(self, token: int, seen: Seen) -> Iterator[tuple[str, ...]]:
        """What a pronoun may take up of a reference: what it refers to, or with "they" also what is joined to it."""
        form, kinds = KINDS[self.tree.words[token]]
        joined = self._joined(seen) if form == "they" else ()
        if joined:
            yield joined
        elif len(seen.keys) > 1:
            if form == "they":
                yield seen.keys
        else:
            cluster = self.clusters.by_key[seen.keys[0]]
            if cluster.type in kinds and not self._other_gender(token, cluster):
                yield seen.keys

    def _joined(self, seen: Seen) -> tuple[str, ...]:
        """The actors of a coordination, from its first; nobody where one of them is no actor."""
        if self.tree.label(seen.token) == "conj":
            return ()
        joined = tuple(dict.fromkeys(k for t in self.tree.conjuncts(seen.token) for k in self.at.get(t, ())))
        return joined if len(joined) > 1 and all(self.clusters.by_key[key].type in ACTORS for key in joined) else ()

    def _other_gender(self, token: int, cluster: EntityCluster) -> bool:
        gender = GENDERS.get(self.tree.words[token])
        return gender is not None and cluster.gender is not None and cluster.gender != gender

    def _match(self, token: int) -> Vectors | None:
        """What the encoder thinks of every word as the antecedent of ``token``: N log-odds against having none."""
        if self.vectors is None:
            return None
        looks, offers = np.hsplit(self.vectors, 2)
        return np.asarray(offers @ looks[token], dtype=np.float32)

    def _features(self, token: int, seen: Seen, keys: tuple[str, ...], match: Vectors | None) -> dict[str, float]:
        """The properties of a pronoun and a candidate that WEIGHTS weighs."""
        tree, cluster = self.tree, self.clusters.by_key[keys[0]]
        distance = self.discourse.sentence(token) - seen.sentence
        form = "poss" if tree.tags[token] == "PRP$" else self._role(token)
        role = "subj" if seen.subject else self._role(seen.token)
        pronoun = KINDS[tree.words[token]][0]
        found = {
            f"sentence-{distance}": 1.0,
            f"{form}<{role}" + ("" if distance else "="): 1.0,
            f"{pronoun}-{'several' if len(keys) > 1 else KINDS_WEIGHED[cluster.type]}": 1.0,
            f"{pronoun}-named": float(cluster.named and len(keys) == 1),
            f"{form}-clause": float(not distance and self._clause(token) == self._clause(seen.token)),
            "near": float(not distance and token < seen.token + 6),
            "frequent": float(len(cluster.mentions) > 2),
            "ahead": float(seen.token > token),
            "chain": float(tree.tags[seen.token] in ("PRP", "PRP$")),
        }
        found |= self._by_gender(token, cluster)
        if match is not None:
            found["match"] = max(float(match[at]) for at in self._extent(seen.token))
        return found

    def _by_gender(self, token: int, cluster: EntityCluster) -> dict[str, float]:
        gender = GENDERS.get(self.tree.words[token])
        if gender is None or not cluster.spoken_of:
            return {}
        return {"same-gender" if gender == cluster.spoken_of else "other-gender": 1.0}

    def _role(self, token: int) -> str:
        label = self.tree.label(token)
        return "subj" if label == "nsubj" else "obj" if label in ("obj", "iobj") else "other"

    def _extent(self, token: int) -> range:
        """The words of the name that ``token`` is in, or it alone."""
        keys, start, end = self.at.get(token), token, token + 1
        while start and self.at.get(start - 1) == keys:
            start -= 1
        while self.at.get(end) == keys and end < len(self.tree):
            end += 1
        return range(start, end)

    def first_person(self, token: int) -> tuple[str, ...]:
        """Whom "I" or "we" means inside a quotation: its speaker, or the side that he speaks for."""
        if self.tree.words[token] in ADDRESSED:
            return ()
        speaker = self._speaker_keys(token)
        if not speaker or self.tree.words[token] in SPEAKER:
            return speaker[:1]
        cluster = self.clusters.by_key[speaker[0]]
        sides = [institution for _, institution in cluster.titles if institution is not None]
        return (sides[0],) if sides else speaker[:1]

    def outsider(self, token: int) -> str:
        """Whom a text in its own voice speaks of as "I", "we" or "you": somebody, but no entity of the graph."""
        word = self.tree.words[token]
        return "author" if word in SPEAKER else "authors" if word in SPEAKERS else "audience"

    def _announced(self, token: int) -> Iterator[Seen]:
        """ "After her visit, Ana Ruiz flew home": the subject behind the phrase or clause that the pronoun is in."""
        tree, sentence = self.tree, self.discourse.sentence(token)
        for part in (token, *tree.ancestors(token)):
            if tree.label(part) in ("obl", "advcl", "ccomp", "parataxis") and part < tree.heads[part]:
                for subject in tree.children(tree.heads[part], "nsubj"):
                    if subject > token and subject in self.at:
                        yield Seen(subject, sentence, self.at[subject], True)

    def _clause(self, token: int) -> int:
        """The verb over a token."""
        return next((t for t in self.tree.ancestors(token) if self.tree.is_verb(t)), -1)

    def _coarguments(self, token: int) -> set[int]:
        """A pronoun object is not its own subject: "Peru praised him", "Peru met Chad and praised it"."""
        tree, head = self.tree, self.tree.heads[token]
        if tree.words[token].endswith("self") or tree.tags[token] == "PRP$":
            return {head}
        beside = {k for k in tree.children(head, "nsubj", "obj", "iobj", "obl") if k != token}
        subject = surface_subject(tree, head)[0] if tree.is_verb(head) else None
        return beside if subject in (None, token) else beside | {subject}

    def _expletive(self, token: int) -> bool:
        tree, head = self.tree, self.tree.heads[token]
        if tree.labels[token] == "expl" or tree.tags[token] == "PRP$":
            return tree.labels[token] == "expl"
        return (
            tree.label(token) == "nsubj"
            and tree.pos[head] == "ADJ"
            and tree.words[head] not in self.discourse.ontology.words("willing")
            and bool(tree.children(head, "ccomp", "csubj", "xcomp", "advcl"))
        )

    def _speaker_keys(self, token: int) -> tuple[str, ...]:
        quotation = quotation_at(self.discourse.quotations, token)
        return self.at.get(quotation.speaker, ()) if quotation is not None and quotation.speaker is not None else ()
