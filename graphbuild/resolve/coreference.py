"""What nouns refer to, and the walk through an article that reads nouns and pronouns in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graphbuild.factuality.direct_speech import quotation_at
from graphbuild.model import EntityType
from graphbuild.ontology.gazetteer import fold
from graphbuild.resolve.clusters import EntityCluster
from graphbuild.resolve.discourse import Discourse
from graphbuild.resolve.nominals import Nominal, nominal_at
from graphbuild.resolve.offices import ANYBODY, Offices
from graphbuild.resolve.pronouns import IN_DIALOGUE, REACH, Pronouns
from graphbuild.syntax.nominals import NAME_LINKS, realised_by
from graphbuild.syntax.subjects import surface_subject

Found = tuple[int, int, int, tuple[str, ...], str]  # start, end, root, keys, kind
PUBLIC = ("Agency", "Parliament", "Court")  # classes whose bodies a state names
ANY_STATE = frozenset({"country", "nation", "republic", "kingdom", "state", "government"})


class CoreferenceResolver:
    """Walks through a document once and remembers what was spoken of."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.tree, self.clusters, self.ontology = discourse.tree, discourse.clusters, discourse.ontology
        self.at, self.seen = discourse.at, discourse.seen
        self.offices, self.pronouns = Offices(discourse), Pronouns(discourse)

    def run(self) -> Iterator[Found]:
        """Every nominal and pronominal reference. First persons come last: their speakers must be known."""
        self.offices.read_titles()
        later = []
        for token in range(len(self.tree)):
            if token in self.at:
                if self.at[token] and self._is_root(token):
                    self.discourse.remember(token, self.at[token])
                continue
            pronoun = self.tree.tags[token] in ("PRP", "PRP$")
            if pronoun and self.tree.words[token] in IN_DIALOGUE:
                later.append(token)
                continue
            found = self._third_person(token) if pronoun else self._nominal(token)
            if found is not None:
                self.at[found[2]] = found[3]
                self.discourse.remember(token, found[3])
                yield found
        for token in later:
            if keys := self.pronouns.first_person(token):
                yield token, token + 1, token, keys, "pronoun"
            elif quotation_at(self.discourse.quotations, token) is None:
                yield token, token + 1, token, (self.pronouns.outsider(token),), "outsider"

    def _third_person(self, token: int) -> Found | None:
        keys = self.pronouns.third_person(token)
        return (token, token + 1, token, keys, "pronoun") if keys else None

    def _is_root(self, token: int) -> bool:
        head = self.tree.heads[token]
        return (
            head == token
            or self.at.get(head) != self.at[token]
            or self.tree.label(token) not in ("flat", "compound", "goeswith")
        )

    def _nominal(self, token: int) -> Found | None:
        nominal = nominal_at(self.tree, token, self.ontology)
        if nominal is None:
            return None
        keys = self._antecedent_of(nominal)
        if not keys:
            return self._local(nominal)
        for key in keys:
            cluster = self.clusters.by_key[key]
            if len(keys) == 1 and self._is_alias(nominal, cluster):
                self.clusters.mention(
                    cluster, nominal.start, nominal.end, "nominal", self.discourse.text(nominal.start, nominal.end)
                )
        return nominal.start, nominal.end, token, keys, "nominal"

    def _is_alias(self, nominal: Nominal, cluster: EntityCluster) -> bool:
        return not cluster.named or nominal.end - nominal.start > 1

    def _antecedent_of(self, nominal: Nominal) -> tuple[str, ...]:
        token = nominal.root
        if nominal.type in (EntityType.PERSON, EntityType.GROUP) and (same := self._predicate_names(token)):
            return same
        if nominal.type is EntityType.PERSON:
            named = self.offices.named_holders(token)
            return tuple(named) if named else self.offices.holder(nominal)
        if nominal.plural or nominal.type is EntityType.GROUP:
            one = not nominal.plural and nominal.definite and self._names_a_body(token)
            people = self._apposed(token) or self._pair(nominal) or self._authorities(token)
            people = people or (self._body_called(nominal) if nominal.definite else ())
            return people or (self._described(nominal) if one else ())
        if nominal.type in (EntityType.ORGANISATION, EntityType.STATE):
            named = self._of_type(self.offices.linked(token), nominal.type)
            return (
                tuple(named[:1]) or self._authorities(token) or (self._described(nominal) if nominal.definite else ())
            )
        if nominal.type is EntityType.PLACE:
            named = self._of_type([*self.offices.linked(token), *realised_by(self.tree, token, "of")], EntityType.PLACE)
            if self.tree.lemmas[token] not in self.ontology.words("named-place"):  # "a Tokyo shrine", "a home of"
                named = self._of_type([t for t in self.offices.linked(token) if t > token], EntityType.PLACE)
            return tuple(named[:1]) or (self._city(nominal) if nominal.definite else ())
        return self._same_head(nominal) if nominal.definite else ()

    def _of_type(self, tokens: Sequence[int], kind: EntityType) -> list[str]:
        return [k for t in tokens for k in self.at.get(t, ()) if self.clusters.by_key[k].type is kind]

    def _apposed(self, token: int) -> tuple[str, ...]:
        """ "The councillors Ana Ruiz of X and Bo Lind of Y": the people, states or bodies that a plural names."""
        tree = self.tree
        if tree.tags[token] != "NNS":
            return ()
        names = [c for k in tree.children(token, *NAME_LINKS) if k > token for c in tree.conjuncts(k)]
        keys = tuple(dict.fromkeys(key for name in names for key in self.at.get(name, ())))
        person = tree.lemmas[token] in self.ontology.person_nouns
        kinds = (EntityType.PERSON,) if person else (EntityType.STATE, EntityType.ORGANISATION)
        return keys if len(keys) > 1 and all(self.clusters.by_key[key].type in kinds for key in keys) else ()

    def _body_called(self, nominal: Nominal) -> tuple[str, ...]:
        """ "the Hamas movement", "the militant group Hamas": the body of that name."""
        token = nominal.root
        compound = "-" in self.tree.words[nominal.start : token]  # "the anti-Hamas coalition"
        if nominal.plural or compound or self.tree.lemmas[token] not in self.ontology.words("called-body"):
            return ()
        return tuple(self._of_type(self.offices.linked(token), EntityType.ORGANISATION)[:1])

    def _city(self, nominal: Nominal) -> tuple[str, ...]:
        """ "The city", "the capital": the place of that kind that was named last."""
        tree, token = self.tree, nominal.root
        sentence, lemma = self.discourse.sentence(token), tree.lemmas[token]
        if lemma not in ("capital", "city", "town", "village") or nominal.end - nominal.start > 1:
            return ()
        for seen in reversed(self.seen):
            cluster = self.clusters.by_key[seen.keys[0]]
            name = min(cluster.names, default="")
            capital = self.discourse.actors.capital_of(name) is not None
            fits = capital or (lemma != "capital" and self._is_settlement(name))
            if fits and cluster.named and cluster.type is EntityType.PLACE and sentence - seen.sentence <= REACH:
                return (cluster.key,)
        return ()

    def _is_settlement(self, name: str) -> bool:
        """Whether a place is a city that the tables know, or one that they have never heard of."""
        return self.discourse.actors.is_place(name) or not self.discourse.actors.named(name)

    def _predicate_names(self, token: int) -> tuple[str, ...]:
        """ "The winners were Ana Ruiz and Bo Lind": who a subject is said to be."""
        tree, head = self.tree, self.tree.heads[token]
        if tree.label(token) != "nsubj" or tree.copula(head) is None or tree.pos[head] != "PROPN":
            return ()
        return tuple(dict.fromkeys(key for named in tree.conjuncts(head) for key in self.at.get(named, ())))

    def _pair(self, nominal: Nominal) -> tuple[str, ...]:
        """ "both countries", "the two leaders": the last two of that kind."""
        tree, token = self.tree, nominal.root
        if (
            not any(tree.words[k] in ("both", "two") for k in tree.children(token, "det", "nummod", "det:predet"))
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
                cluster = self.clusters.by_key[key]
                if key not in found and key not in others and cluster.type is wanted and self._may_be(cluster, lemma):
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

    def _may_be(self, cluster: EntityCluster, role: str) -> bool:
        """Whether "the two presidents" can be a person: if the text calls him so; "the two leaders" can be anybody."""
        return (
            role in ANYBODY or cluster.type is not EntityType.PERSON or any(r.endswith(role) for r, _ in cluster.titles)
        )

    def _authorities(self, token: int) -> tuple[str, ...]:
        """ "the Russian government", "Kyiv authorities", "the Iraqi side": the state."""
        if (
            self.tree.lemmas[token] not in self.ontology.words("government-noun")
            and self.tree.words[token] != "authorities"
        ):
            return ()
        for realisation in ("mod", "poss", "of"):
            for other in realised_by(self.tree, token, realisation):
                for key in self.at.get(other, ()):
                    if self.clusters.by_key[key].type is EntityType.STATE:
                        return (key,)
        return ()

    def _described(self, nominal: Nominal) -> tuple[str, ...]:
        """ "the court", "the ministry", "the country": the last entity that is one."""
        tree, token = self.tree, nominal.root
        lemma = tree.lemmas[token]
        modified = [
            k for k in tree.children(token, "amod", "compound", "nmod:poss", "nmod", "acl") if tree.tags[k] != "PRP$"
        ]
        if modified and self.offices.institution(token) is not None:
            return ()
        kind = EntityType.STATE if nominal.type is EntityType.STATE else EntityType.ORGANISATION
        for seen in reversed(self.seen):
            for key in seen.keys:
                cluster = self.clusters.by_key[key]
                if cluster.type is not kind:
                    continue
                if kind is EntityType.STATE and lemma in ANY_STATE:
                    return (key,) if not modified else ()
                names = {word for name in (*cluster.names, cluster.known or "") for word in name.lower().split()}
                if lemma in names or lemma == (cluster.subtype or "").lower():
                    return (key,)
        return self._any_body(token) if lemma in self.ontology.words("any-body") and not modified else ()

    def _names_a_body(self, token: int) -> bool:
        """Whether a noun that may be said of people ("the group", "his party") may be said of an organisation too."""
        return self.tree.lemmas[token] in self.ontology.words("organisation-noun")

    def _any_body(self, token: int) -> tuple[str, ...]:
        """ "the company", "the group": the organisation without an office of state that was last a subject."""
        sentence = self.discourse.sentence(token)
        near = [s for s in reversed(self.seen) if 0 < sentence - s.sentence <= REACH and len(s.keys) == 1]
        for seen in sorted(near, key=lambda s: not s.subject):
            cluster = self.clusters.by_key[seen.keys[0]]
            public = any(self.ontology.is_a(cluster.subtype, name) for name in PUBLIC)
            if cluster.type is EntityType.ORGANISATION and cluster.named and not public:
                return (cluster.key,)
        return ()

    def _same_head(self, nominal: Nominal) -> tuple[str, ...]:
        """ "the talks" after "peace talks in Geneva"."""
        lemma = self.tree.lemmas[nominal.root]
        for seen in reversed(self.seen):
            key = seen.keys[0]
            if (
                len(seen.keys) == 1
                and self.clusters.by_key[key].type is nominal.type
                and self.tree.lemmas[seen.token] == lemma
            ):
                return (key,)
        return ()

    def _local(self, nominal: Nominal) -> Found:
        """An entity of this article alone."""
        text, short = (
            self.discourse.text(nominal.start, nominal.end),
            self.discourse.text(nominal.start, nominal.short_end),
        )
        organ = self._organ_of_state(nominal, text)
        named = nominal.type in (EntityType.EVENT, EntityType.AGREEMENT) and self.tree.pos[nominal.root] == "PROPN"
        named |= organ is not None
        key = f"org:{fold(text)}" if organ else f"{nominal.type.value.lower()}:{text.lower()}"
        cluster = self.clusters.add(key, nominal.type, named=named, subtype=organ)
        cluster.plural = nominal.plural
        if not nominal.plural:
            cluster.gender = self.ontology.gender(self.tree.lemmas[nominal.root])
        if nominal.type is EntityType.PERSON:
            cluster.titles.append((self.offices.role(nominal.root), self.offices.institution(nominal.root)))
        self.clusters.mention(cluster, nominal.start, nominal.end, "name" if named else "nominal", text)
        cluster.aliases.add(short)
        cluster.phrases.update(self.discourse.text(nominal.start, end) for end in nominal.full_ends)
        if nominal.start and self.tree.tags[nominal.start - 1] == "PRP$":  # "her mother"
            cluster.phrases.add(self.discourse.text(nominal.start - 1, nominal.short_end))
        if nominal.plural is False and nominal.type is not EntityType.GROUP:
            cluster.aliases.add(self.tree.doc[nominal.root].text)
        return nominal.start, nominal.end, nominal.root, (key,), "nominal"

    def _organ_of_state(self, nominal: Nominal, text: str) -> str | None:
        """The class of "the Indonesian military", a name in all but its capital; None for other nouns."""
        if nominal.type is not EntityType.ORGANISATION or nominal.plural:
            return None
        owners = [k for t in realised_by(self.tree, nominal.root, "mod") for k in self.at.get(t, ())]
        if not any(self.clusters.by_key[key].type is EntityType.STATE for key in owners):
            return None
        kind = self.ontology.kind_of_name(text)
        return kind if any(self.ontology.is_a(kind, public) for public in PUBLIC) else None
