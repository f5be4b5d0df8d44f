"""What nouns and pronouns refer to: roles, offices, definite descriptions and pronouns, read in the order of the text.

Pronouns take the most salient candidate that agrees in type, number and gender (features after Lappin & Leass 1994).
Inside a quotation "I" is its speaker, "we" the side that he speaks for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graphbuild.actors import Actor, Actors, fold
from graphbuild.frames import surface_subject
from graphbuild.model import EntityType
from graphbuild.nominal import NAME_LINKS, name_behind, phrase_after, phrase_before, realisation
from graphbuild.ontology import Ontology
from graphbuild.quotations import Quotation
from graphbuild.resolve.drafts import Draft, Drafts
from graphbuild.resolve.names import same_person
from graphbuild.resolve.nominals import Nominal, nominal_at
from graphbuild.resolve.reasons import Why
from graphbuild.syntax import Tree

Found = tuple[int, int, int, tuple[str, ...], str]  # start, end, root, keys, kind
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
PUBLIC = ("Agency", "Parliament", "Court")  # classes whose bodies a state names
ANY_STATE = frozenset({"country", "nation", "republic", "kingdom", "state", "government"})
ANYBODY = frozenset({"leader", "man", "woman", "official", "politician", "person"})
FORMER = ("former", "ex", "acting", "then", "elect", "designate", "deputy", "vice", "late", "outgoing", "incoming")
INANIMATE = (EntityType.ORGANISATION, EntityType.STATE, EntityType.PLACE, EntityType.EVENT, EntityType.AGREEMENT)


@dataclass(frozen=True, slots=True)
class Seen:
    """A reference that a later one may take up."""

    token: int
    sentence: int
    keys: tuple[str, ...]
    subject: bool


class Referrer:
    """Walks through a document once and remembers what was spoken of."""

    def __init__(
        self, tree: Tree, drafts: Drafts, ontology: Ontology, actors: Actors, at: dict[int, tuple[str, ...]],
        quotations: Sequence[Quotation],
    ) -> None:  # fmt: skip
        self.tree, self.drafts, self.ontology, self.actors, self.at = tree, drafts, ontology, actors, at
        self.quotations = quotations
        self.seen: list[Seen] = []
        self.starts = [start for start, _ in tree.sentences]
        self.local: dict[str, Draft] = {}
        self.offices = {
            noun: name.removeprefix("office-")
            for name in ontology.word_lists if name.startswith("office-") for noun in ontology.words(name)
        }  # fmt: skip

    def run(self) -> Iterator[Found]:
        """Every nominal and pronominal reference. First persons come last: their speakers must be known."""
        self._read_titles()
        later = []
        for token in range(len(self.tree)):
            if token in self.at:
                if self.at[token] and self._is_root(token):
                    self._remember(token, self.at[token])
                continue
            word = self.tree.words[token]
            if word in SPEAKER or word in SPEAKERS:
                later.append(token)
                continue
            found = self._pronoun(token) if self.tree.tags[token] in ("PRP", "PRP$") else self._nominal(token)
            if found is not None:
                self.at[found[2]] = found[3]
                self._remember(token, found[3])
                yield found
        for token in later:
            keys = self._first_person(token)
            if keys:
                yield token, token + 1, token, keys, "pronoun"

    def _is_root(self, token: int) -> bool:
        head = self.tree.heads[token]
        return (
            head == token
            or self.at.get(head) != self.at[token]
            or self.tree.label(token) not in ("flat", "compound", "goeswith")
        )

    def _remember(self, token: int, keys: tuple[str, ...]) -> None:
        label = self.tree.label(token)
        sentence = bisect_right(self.starts, token) - 1
        self.seen.append(
            Seen(token, sentence, keys, label in ("nsubj", "appos") or self.tree.labels[token] == "obl:agent")
        )

    # Roles and offices

    def _read_titles(self) -> None:
        """Note whom the text gives which role: "Russian foreign minister Sergei Lavrov", "X, the mayor of Y"."""
        for token in range(len(self.tree)):
            if self.tree.pos[token] not in ("NOUN", "PROPN") or token in self.at:
                continue
            if self.tree.lemmas[token] not in self.ontology.person_nouns:
                continue
            for person in self._named_holders(token):
                draft = self.drafts.by_key[person]
                role = self._role(token)
                draft.titles.append((role, self._institution(token, self._linked(token))))

    def _linked(self, token: int) -> list[int]:
        """Name roots that a role noun is a title of or apposed to."""
        tree = self.tree
        kids = [k for k in tree.kids(token, *NAME_LINKS) if k in self.at]
        if not kids:  # "a rival, veteran politician Ana Ruiz"
            kids = [name for k in tree.kids(token, "appos") if k > token for name in self._linked(k)]
        if not kids and (named := name_behind(tree, token)) is not None:
            kids.append(named)
        head = tree.heads[token]
        beside = tree.label(token) in ("appos", "compound", "flat", "amod") or (
            tree.label(token) == "nmod" and not tree.preposition(token)
        )
        if head != token and head in self.at and beside:
            kids.append(head)
        if tree.copula(token) is not None:
            kids += [k for k in tree.kids(token, "nsubj") if k in self.at]
        if (
            not kids
            and token + 1 < len(tree)
            and token + 1 in self.at
            and tree.labels[token] in ("compound", "flat", "nmod:desc")
        ):
            kids.append(token + 1)
        return kids

    def _named_holders(self, token: int) -> list[str]:
        keys = [key for link in self._linked(token) for key in self.at[link]]
        return [k for k in keys if self.drafts.by_key[k].type is EntityType.PERSON][:1]

    def _role(self, token: int) -> str:
        for phrase in phrase_after(self.tree, token):
            if phrase in self.offices or phrase in self.ontology.role_nouns:
                return phrase
        for phrase, _ in phrase_before(self.tree, token, longest=3):
            if phrase in self.offices or phrase in self.ontology.role_nouns:
                return phrase
        return self.tree.lemmas[token]

    def _institution(self, token: int, anchors: Sequence[int] = ()) -> str | None:
        for anchor in (token, *anchors):
            for way in ("poss", "mod", "of", "for", "at"):
                for other in realisation(self.tree, anchor, way):
                    for key in self.at.get(other, ()):
                        if self.drafts.by_key[key].type in (
                            EntityType.STATE,
                            EntityType.ORGANISATION,
                            EntityType.PLACE,
                        ):
                            return key
        return None

    # Nouns

    def _nominal(self, token: int) -> Found | None:
        nominal = nominal_at(self.tree, token, self.ontology)
        if nominal is None:
            return None
        keys = self._antecedent_of(nominal)
        if not keys:
            return self._local(nominal)
        for key in keys:
            draft = self.drafts.by_key[key]
            if len(keys) == 1 and self._is_alias(nominal, draft):
                self.drafts.mention(
                    draft, nominal.start, nominal.end, "nominal", self._text(nominal.start, nominal.end)
                )
        return nominal.start, nominal.end, token, keys, "nominal"

    def _is_alias(self, nominal: Nominal, draft: Draft) -> bool:
        return not draft.named or nominal.end - nominal.start > 1

    def _antecedent_of(self, nominal: Nominal) -> tuple[str, ...]:
        token = nominal.root
        if nominal.type in (EntityType.PERSON, EntityType.GROUP) and (same := self._predicate_names(token)):
            return same
        if nominal.type is EntityType.PERSON:
            named = self._named_holders(token)
            return tuple(named) if named else self._office(nominal)
        if nominal.plural or nominal.type is EntityType.GROUP:
            one = not nominal.plural and nominal.definite and self._names_a_body(token)
            people = self._apposed(token) or self._pair(nominal) or self._authorities(token)
            return people or (self._described(nominal) if one else ())
        if nominal.type in (EntityType.ORGANISATION, EntityType.STATE):
            named = self._of_type(self._linked(token), nominal.type)
            return (
                tuple(named[:1]) or self._authorities(token) or (self._described(nominal) if nominal.definite else ())
            )
        if nominal.type is EntityType.PLACE:
            named = self._of_type([*self._linked(token), *realisation(self.tree, token, "of")], EntityType.PLACE)
            return tuple(named[:1]) or (self._city(nominal) if nominal.definite else ())
        return self._same_head(nominal) if nominal.definite else ()

    def _of_type(self, tokens: Sequence[int], kind: EntityType) -> list[str]:
        return [k for t in tokens for k in self.at.get(t, ()) if self.drafts.by_key[k].type is kind]

    def _apposed(self, token: int) -> tuple[str, ...]:
        """ "The councillors Ana Ruiz of X and Bo Lind of Y": the people, states or bodies that a plural names."""
        tree = self.tree
        if tree.tags[token] != "NNS":
            return ()
        names = [c for k in tree.kids(token, *NAME_LINKS) if k > token for c in tree.conjuncts(k)]
        keys = tuple(dict.fromkeys(key for name in names for key in self.at.get(name, ())))
        person = tree.lemmas[token] in self.ontology.person_nouns
        kinds = (EntityType.PERSON,) if person else (EntityType.STATE, EntityType.ORGANISATION)
        return keys if len(keys) > 1 and all(self.drafts.by_key[key].type in kinds for key in keys) else ()

    def _city(self, nominal: Nominal) -> tuple[str, ...]:
        """ "The city", "the capital": the place of that kind that was named last."""
        tree, token = self.tree, nominal.root
        sentence, lemma = bisect_right(self.starts, token) - 1, tree.lemmas[token]
        if lemma not in ("capital", "city", "town", "village") or nominal.end - nominal.start > 1:
            return ()
        for seen in reversed(self.seen):
            draft = self.drafts.by_key[seen.keys[0]]
            name = min(draft.names, default="")
            capital = self.actors.capital_of(name) is not None
            fits = capital or (lemma != "capital" and self._is_settlement(name))
            if fits and draft.named and draft.type is EntityType.PLACE and sentence - seen.sentence <= REACH:
                return (draft.key,)
        return ()

    def _is_settlement(self, name: str) -> bool:
        """Whether a place is a city that the tables know, or one that they have never heard of."""
        return self.actors.is_place(name) or not self.actors.named(name)

    def _predicate_names(self, token: int) -> tuple[str, ...]:
        """ "The winners were Ana Ruiz and Bo Lind": who a subject is said to be."""
        tree, head = self.tree, self.tree.heads[token]
        if tree.label(token) != "nsubj" or tree.copula(head) is None or tree.pos[head] != "PROPN":
            return ()
        return tuple(dict.fromkeys(key for named in tree.conjuncts(head) for key in self.at.get(named, ())))

    def _office(self, nominal: Nominal) -> tuple[str, ...]:
        """ "Ukraine's President", "the minister": named in the article, or known for its date, or nobody."""
        token = nominal.root
        before = {self.tree.words[t] for t in range(nominal.start, token)} | {
            self.tree.words[k] for k in self.tree.kids(token, "amod", "compound")
        }
        if before & set(FORMER):
            return ()
        role, institution = self._role(token), self._institution(token)
        people = [d for d in self.drafts.by_key.values() if d.type is EntityType.PERSON and d.named]
        if institution is not None:
            holders = [d.key for d in people if any(self._same_role(role, r) and i == institution for r, i in d.titles)]
            if holders:
                return (holders[0],)
            office = self.offices.get(role)
            date = self.tree.doc.user_data.get("published")
            actor = self.actors.holder(office, institution, date) if office else None
            if actor is not None:
                draft = self._person_of(actor) or self.drafts.known(actor)
                draft.merged.add((self._text(nominal.start, nominal.end), Why.OFFICE))
                return (draft.key,)
            return ()
        if not nominal.definite or self.tree.kids(token, "nmod", "acl"):
            return ()
        for seen in reversed(self.seen):
            for key in seen.keys:
                draft = self.drafts.by_key[key]
                if draft.type is EntityType.PERSON and any(self._same_role(role, r) for r, _ in draft.titles):
                    return (key,)
        return self._anybody(token) if role in ANYBODY - {"official", "leader"} else ()

    def _anybody(self, token: int) -> tuple[str, ...]:
        """ "the politician", "the woman": who was last the subject of a sentence."""
        gender, sentence = self.ontology.gender(self.tree.lemmas[token]), bisect_right(self.starts, token) - 1
        for seen in reversed(self.seen):
            draft = self.drafts.by_key[seen.keys[0]]
            fits = not (gender and draft.gender and gender != draft.gender)
            if seen.subject and sentence - seen.sentence <= 2 and draft.named and draft.type is EntityType.PERSON:
                return (draft.key,) if fits and sentence != seen.sentence else ()
        return ()

    def _person_of(self, actor: Actor) -> Draft | None:
        """The person of this article who bears the actor's name, however it is spelled."""
        wanted = tuple(actor.label.split())
        for draft in self.drafts.by_key.values():
            if draft.type is EntityType.PERSON and any(same_person(tuple(n.split()), wanted) for n in draft.names):
                draft.wikidata = draft.wikidata or actor.wikidata
                return draft
        return None

    @staticmethod
    def _same_role(one: str, other: str) -> bool:
        return one == other or (one.split()[-1] == other.split()[-1] and (" " not in one or " " not in other))

    def _pair(self, nominal: Nominal) -> tuple[str, ...]:
        """ "both countries", "the two leaders": the last two of that kind."""
        tree, token = self.tree, nominal.root
        if (
            not any(tree.words[k] in ("both", "two") for k in tree.kids(token, "det", "nummod", "det:predet"))
            or not nominal.definite
        ):
            return ()
        lemma = tree.lemmas[token]
        wanted = EntityType.PERSON if lemma in self.ontology.person_nouns else EntityType.STATE
        if lemma not in self.ontology.person_nouns | self.ontology.words("state-noun") | {"side", "party"}:
            return ()
        others = self._agents_above(token)
        found: list[str] = []
        for seen in reversed(self.seen):
            for key in seen.keys:
                draft = self.drafts.by_key[key]
                if key not in found and key not in others and draft.type is wanted and self._may_be(draft, lemma):
                    found.append(key)
            if len(found) >= 2:
                return tuple(sorted(found[:2]))
        return ()

    def _agents_above(self, token: int) -> set[str]:
        """Whom the subject over a noun speaks of: "Ana brought the two leaders together" is of two others."""
        tree = self.tree
        verb = next((above for above in tree.ancestors(token) if tree.is_verb(above)), None)
        subject = None if verb is None else surface_subject(tree, verb)[0]
        inside = set() if subject in (None, token) else set(tree.subtree(subject or 0))
        return {key for t in inside - {token} for key in self.at.get(t, ())}

    def _may_be(self, draft: Draft, role: str) -> bool:
        """Whether "the two presidents" can be a person: if the text calls him so; "the two leaders" can be anybody."""
        return role in ANYBODY or draft.type is not EntityType.PERSON or any(r.endswith(role) for r, _ in draft.titles)

    def _authorities(self, token: int) -> tuple[str, ...]:
        """ "the Russian government", "Kyiv authorities", "the Iraqi side": the state."""
        if (
            self.tree.lemmas[token] not in self.ontology.words("government-noun")
            and self.tree.words[token] != "authorities"
        ):
            return ()
        for way in ("mod", "poss", "of"):
            for other in realisation(self.tree, token, way):
                for key in self.at.get(other, ()):
                    if self.drafts.by_key[key].type is EntityType.STATE:
                        return (key,)
        return ()

    def _described(self, nominal: Nominal) -> tuple[str, ...]:
        """ "the court", "the ministry", "the country": the last entity that is one."""
        tree, token = self.tree, nominal.root
        lemma = tree.lemmas[token]
        modified = [
            k for k in tree.kids(token, "amod", "compound", "nmod:poss", "nmod", "acl") if tree.tags[k] != "PRP$"
        ]
        if modified and self._institution(token) is not None:
            return ()
        kind = EntityType.STATE if nominal.type is EntityType.STATE else EntityType.ORGANISATION
        for seen in reversed(self.seen):
            for key in seen.keys:
                draft = self.drafts.by_key[key]
                if draft.type is not kind:
                    continue
                if kind is EntityType.STATE and lemma in ANY_STATE:
                    return (key,) if not modified else ()
                names = {word for name in (*draft.names, draft.known or "") for word in name.lower().split()}
                if lemma in names or lemma == (draft.subtype or "").lower():
                    return (key,)
        return self._any_body(token) if lemma in self.ontology.words("any-body") and not modified else ()

    def _names_a_body(self, token: int) -> bool:
        """Whether a noun that may be said of people ("the group", "his party") may be said of an organisation too."""
        return self.tree.lemmas[token] in self.ontology.words("organisation-noun")

    def _any_body(self, token: int) -> tuple[str, ...]:
        """ "the company", "the group": the organisation without an office of state that was last a subject."""
        sentence = bisect_right(self.starts, token) - 1
        near = [s for s in reversed(self.seen) if 0 < sentence - s.sentence <= REACH and len(s.keys) == 1]
        for seen in sorted(near, key=lambda s: not s.subject):
            draft = self.drafts.by_key[seen.keys[0]]
            public = any(self.ontology.is_a(draft.subtype, name) for name in PUBLIC)
            if draft.type is EntityType.ORGANISATION and draft.named and not public:
                return (draft.key,)
        return ()

    def _same_head(self, nominal: Nominal) -> tuple[str, ...]:
        """ "the talks" after "peace talks in Geneva"."""
        lemma = self.tree.lemmas[nominal.root]
        for seen in reversed(self.seen):
            key = seen.keys[0]
            if (
                len(seen.keys) == 1
                and self.drafts.by_key[key].type is nominal.type
                and self.tree.lemmas[seen.token] == lemma
            ):
                return (key,)
        return ()

    def _local(self, nominal: Nominal) -> Found:
        """An entity of this article alone."""
        text, short = self._text(nominal.start, nominal.end), self._text(nominal.start, nominal.short_end)
        organ = self._organ_of_state(nominal, text)
        named = nominal.type in (EntityType.EVENT, EntityType.AGREEMENT) and self.tree.pos[nominal.root] == "PROPN"
        named |= organ is not None
        key = f"org:{fold(text)}" if organ else f"{nominal.type.value.lower()}:{text.lower()}"
        draft = self.drafts.add(key, nominal.type, named=named, subtype=organ)
        draft.plural = nominal.plural
        if not nominal.plural:
            draft.gender = self.ontology.gender(self.tree.lemmas[nominal.root])
        if nominal.type is EntityType.PERSON:
            draft.titles.append((self._role(nominal.root), self._institution(nominal.root)))
        self.drafts.mention(draft, nominal.start, nominal.end, "name" if named else "nominal", text)
        draft.aliases.add(short)
        if nominal.plural is False and nominal.type is not EntityType.GROUP:
            draft.aliases.add(self.tree.doc[nominal.root].text)
        return nominal.start, nominal.end, nominal.root, (key,), "nominal"

    def _organ_of_state(self, nominal: Nominal, text: str) -> str | None:
        """The class of "the Indonesian military", a name in all but its capital; None for other nouns."""
        if nominal.type is not EntityType.ORGANISATION or nominal.plural:
            return None
        owners = [k for t in realisation(self.tree, nominal.root, "mod") for k in self.at.get(t, ())]
        if not any(self.drafts.by_key[key].type is EntityType.STATE for key in owners):
            return None
        kind = self.ontology.kind_of_name(text)
        return kind if any(self.ontology.is_a(kind, public) for public in PUBLIC) else None

    def _text(self, start: int, end: int) -> str:
        return " ".join(self.tree.doc[start:end].text.split())

    # Pronouns

    def _pronoun(self, token: int) -> Found | None:
        word = self.tree.words[token]
        if word in MASCULINE or word in FEMININE:
            keys = self._third_person(token, (EntityType.PERSON,), "m" if word in MASCULINE else "f")
        elif word in NEUTER:
            keys = () if self._expletive(token) else self._third_person(token, INANIMATE, None)
        elif word in PLURAL:
            keys = self._they(token)
        else:
            return None
        return (token, token + 1, token, keys, "pronoun") if keys else None

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
        sentence = bisect_right(self.starts, token) - 1
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
        distance = bisect_right(self.starts, token) - 1 - seen.sentence
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
        sentence = bisect_right(self.starts, token) - 1
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
            and bool(tree.kids(head, "ccomp", "csubj", "xcomp", "advcl"))
        )

    def _quotation(self, token: int) -> Quotation | None:
        return next((q for q in self.quotations if q.start <= token < q.end), None)

    def _speaker_keys(self, token: int) -> tuple[str, ...]:
        quotation = self._quotation(token)
        return self.at.get(quotation.speaker, ()) if quotation is not None and quotation.speaker is not None else ()

    def _first_person(self, token: int) -> tuple[str, ...]:
        speaker = self._speaker_keys(token)
        if not speaker or self.tree.words[token] in SPEAKER:
            return speaker[:1]
        draft = self.drafts.by_key[speaker[0]]
        sides = [institution for _, institution in draft.titles if institution is not None]
        return (sides[0],) if sides else speaker[:1]
