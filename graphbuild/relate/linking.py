"""Matches between tokens → matches between entities: who is meant by the words, and whether that can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from graphbuild.ontology import Ontology, Relation
from graphbuild.relate.noun_candidates import light_verb
from graphbuild.relate.verb_candidates import Match
from graphbuild.syntax import Tree
from graphbuild.syntax.nominals import name_behind, realised_by

if TYPE_CHECKING:
    from graphbuild.resolve import Resolution


# How often a pattern was right on the development articles, in steps of 0.05.
CONFIDENCE = {"verb": 0.9, "noun": 0.8, "role": 0.9, "compound": 0.85, "open": 0.6, "sense": 0.7}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A frame that fired and gave no statement, and why; for ``graphbuild explain``."""

    match: Match
    reason: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A match whose ends are entities."""

    match: Match
    relation: Relation
    subjects: tuple[str, ...]
    objects: tuple[str, ...]

    def pairs(self) -> Iterator[tuple[str, str | None]]:
        """Subject and object of each statement; None where only a content says what is done."""
        if self.objects:
            yield from ((s, o) for s, o in product(self.subjects, self.objects) if s != o)
        elif self.relation.symmetric and self.match.content is None:
            yield from combinations(self.subjects, 2)
        else:
            yield from ((s, None) for s in self.subjects)


class ArgumentLinker:
    """Finds the entities of one document's matches, and remembers which matches it refused."""

    def __init__(self, tree: Tree, ontology: Ontology, resolution: Resolution) -> None:
        self.tree, self.ontology, self.resolution = tree, ontology, resolution
        self.light = ontology.words("light-verb")
        self.refusals: list[Refusal] = []
        self._known: dict[int, list[str]] = {}  # referents of tokens already asked for
        self._accepted: dict[tuple[str, str | None, tuple[str, ...]], bool] = {}  # whether a type is of a class

    def best(self, trigger: int, matches: Iterable[Match], default: str | None = None) -> Linked | None:
        """The most specific match at a trigger whose ends are entities of fitting types."""
        known, own = self.ontology.relations, self.ontology.own
        ranked = sorted(
            matches,
            key=lambda m: (
                -m.specificity,
                m.relation not in own,
                known[m.relation].tier,
                m.relation,
                not m.objects,
                m.frame,
            ),
        )
        for match in ranked:
            linked = self.link(match, default)
            if isinstance(linked, str):
                self.refusals.append(Refusal(match, linked))
            else:
                return linked
        return None

    def link(self, match: Match, default: str | None = None) -> Linked | str:
        """The match between entities, or why there is none; ``default`` is the subject where syntax names none."""
        if (reason := self._unfit(match)) is not None:
            return reason
        relation = self.ontology.relations[match.relation]
        domain, span = match.types or (match.subject_types or relation.domain, match.object_types or relation.range)
        subjects = self._subjects(match, domain, default)
        if not subjects:
            return "no entity of a fitting type as subject" if match.subjects else "no subject"
        together = relation.symmetric and len(subjects) > 1
        objects = self._objects(match, span)
        if objects or (together and self._is_each_other(match)):
            return Linked(match, relation, subjects, objects)
        objects = self._unnamed_objects(match, subjects, span)
        reason = None if objects else self._objectless(match, relation, together)
        return Linked(match, relation, subjects, objects) if reason is None else reason

    def _objects(self, match: Match, span: tuple[str, ...]) -> tuple[str, ...]:
        """What is acted on: by syntax, or as the owner of what is."""
        return self.fitting(match.objects, span, self._alone(match)) or self.fitting(self._producers(match), span)

    def _unnamed_objects(self, match: Match, subjects: tuple[str, ...], span: tuple[str, ...]) -> tuple[str, ...]:
        """Whom several subjects act on if it is each other, and what the frame implies."""
        objects: tuple[str, ...] = ()
        if len(subjects) > 1 and self._is_each_other(match):
            objects = tuple(key for key in subjects if self.accepts(key, span))
        return objects or (self._only(match.implied) if match.implied else ())

    def _subjects(self, match: Match, domain: tuple[str, ...], default: str | None) -> tuple[str, ...]:
        """Who acts: by syntax, as the owner of what acts, as the second candidate, or ``default``."""
        subjects = self.fitting(match.subjects, domain, self._alone(match))
        subjects = subjects or self.fitting(self._wielders(match), domain)
        if not subjects and match.fallback is not None:
            subjects = self.fitting((match.fallback,), domain)
        if subjects or default is None or not self.accepts(default, domain):
            return subjects
        misread = self.fitting(match.subjects, ("Actor",))  # somebody else is to act, but not like this
        return () if misread else (default,)

    @staticmethod
    def _objectless(match: Match, relation: Relation, together: bool) -> str | None:
        """Why a match without an object says nothing; None if a content or the subjects together make up for it."""
        contentless = not relation.operator or match.content is None or match.addressed
        if match.objects and contentless:
            return "no entity of a fitting type as object"
        return "no object" if match.content is None and not together else None

    def _is_each_other(self, match: Match) -> bool:
        """ "met each other", "talked to one another"."""
        words = [self.tree.words[t : t + 2] for t in match.objects]
        return bool(words) and all(pair in (("each", "other"), ("one", "another")) for pair in words)

    def _unfit(self, match: Match) -> str | None:
        """Why a clause is no news of its own: a match that was played, "doctors help patients"."""
        tree, verb = self.tree, match.clause
        if match.trigger != verb or not tree.is_verb(verb):
            return None
        if self.is_played(verb):
            return "sport"
        ends = (*match.subjects, *match.objects) if match.content is None else ()
        if len(ends) > 1 and tree.tags[verb] == "VBP" and all(map(self._is_generic, ends)):
            return "true of any, said of nobody"
        return None

    def is_played(self, verb: int) -> bool:
        """ "beat them 3-1", "beat them on penalties"."""
        tree, sport = self.tree, self.ontology.words("sport")
        phrases = [
            k for k in tree.children(verb, "obl", "nmod") if tree.tags[k] in ("NN", "NNS") and tree.preposition(k)
        ]
        return any(tree.lemmas[k] in sport for k in phrases) or any(
            tree.tags[k] == "CD" and self._is_score(k) for k in tree.subtree(verb)
        )

    def _is_score(self, token: int) -> bool:
        """ "3-1", in one token or three."""
        words = self.tree.words
        return token + 2 < len(words) and words[token + 1] in ("-", "–") and words[token + 2].isdigit()

    def _is_generic(self, token: int) -> bool:
        """A bare plural: "doctors"."""
        tree = self.tree
        return (
            tree.tags[token] == "NNS"
            and not tree.children(token)
            and not any(map(self.is_named, self.referents(token)))
        )

    def is_named(self, key: str) -> bool:
        return self.resolution.entities[key].named

    def _wielders(self, match: Match) -> list[int]:
        """ "Israeli jets bombed Tyre", "a letter by Chad accused": those whose weapons or words the subjects are."""
        tree, weapons, texts = self.tree, self.ontology.words("weapon"), self.ontology.words("text-noun")
        if not tree.is_verb(match.clause):
            return []
        tools = [t for t in match.subjects if tree.lemmas[t] in weapons | texts]
        owners = self._by_ways(tools, "poss", "mod")
        for text in (t for t in tools if tree.lemmas[t] in texts):
            agent = light_verb(tree, text, self.light)[1]
            owners += [*self._by_ways([text], "by", "from"), *([agent] if agent is not None else [])]
        return owners

    def _by_ways(self, nouns: Iterable[int], *ways: str) -> list[int]:
        """The arguments that nouns have in these ways."""
        return [found for noun in nouns for way in ways for found in realised_by(self.tree, noun, way)]

    def _producers(self, match: Match) -> list[int]:
        """ "tariffs on Chinese steel", "supports the unity of Chad": those whose goods or whose cause is meant."""
        tree, goods, aspects = self.tree, self.ontology.words("goods"), self.ontology.words("aspect")
        hit = [t for t in match.objects if tree.lemmas[t] in goods and tree.preposition(t)]
        sides = [t for t in match.objects if tree.lemmas[t] in aspects]
        return self._by_ways(hit, "poss", "mod", "from") or self._by_ways(sides, "poss", "mod", "of")

    def _alone(self, match: Match) -> int | None:
        """The token of a match without its conjuncts: in a pair, under a singular title, behind "S-backed"."""
        if match.types is not None:
            return match.trigger
        ends = (*match.subjects, *match.objects)
        if match.pattern == "compound":  # "US-backed militias and rebel forces"
            return max(ends)
        titled = match.role is not None and self.tree.tags[match.trigger] in ("NN", "NNP")
        return next((t for t in ends if titled and match.pattern.startswith(("title", "apposition"))), None)

    def fitting(self, tokens: Iterable[int], allowed: tuple[str, ...], alone: int | None = None) -> tuple[str, ...]:
        return tuple(key for key in self.entities(tokens, alone) if self.accepts(key, allowed))

    def entities(self, tokens: Iterable[int], alone: int | None = None) -> list[str]:
        """Keys of what the tokens and their conjuncts refer to; of the token ``alone`` without its conjuncts."""
        keys: list[str] = []
        for token in tokens:
            for conjunct in [token] if token == alone else self.tree.conjuncts(token):
                keys += [key for key in self.referents(conjunct) if key not in keys]
        return keys

    def referents(self, token: int) -> list[str]:
        """What a noun refers to; the counted ones of "a number of ministers", also those of "ministers including A"."""
        if token not in self._known:
            self._known[token] = self._found_referents(token)
        return self._known[token]

    def _found_referents(self, token: int) -> list[str]:
        tree = self.tree
        keys = list(self.resolution.at(token))
        if not keys and (named := name_behind(tree, token)) is not None:
            return list(self.resolution.at(named))
        if not keys and tree.lemmas[token] in self.ontology.words("quantity-noun"):
            return self.entities(k for k in tree.children(token, "nmod") if tree.preposition(k) == "of")
        return keys + self.entities(self._members(token, named=bool(keys)))

    def _members(self, token: int, named: bool) -> list[int]:
        """ "ministers including Ana Ruiz"; of what is not ``named`` also "the cruise ship, Freewinds"."""
        tree = self.tree
        listed = [k for k in tree.children(token, "nmod") if tree.preposition(k) in ("including", "such as")]
        if named or listed:
            return listed
        return [k for k in tree.children(token, "appos", "flat") if k > token and tree.pos[k] == "PROPN"]

    def _only(self, types: tuple[str, ...]) -> tuple[str, ...]:
        """The one named entity of these types in the article; nothing where there are several."""
        found = [key for key, entity in self.resolution.entities.items() if entity.named and self.accepts(key, types)]
        return tuple(found) if len(found) == 1 else ()

    def accepts(self, key: str, allowed: tuple[str, ...]) -> bool:
        entity = self.resolution.entities[key]
        asked = entity.type, entity.subtype, allowed
        if asked not in self._accepted:
            self._accepted[asked] = self.ontology.accepts(allowed, asked[:2])
        return self._accepted[asked]
