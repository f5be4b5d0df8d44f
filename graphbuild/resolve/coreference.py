"""What nouns refer to, and the walk through an article that reads nouns and pronouns in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graphbuild.factuality.direct_speech import quotation_at
from graphbuild.function_words import TWO
from graphbuild.model import EntityType
from graphbuild.ontology.gazetteer import fold
from graphbuild.resolve.clusters import EntityCluster
from graphbuild.resolve.discourse import Discourse
from graphbuild.resolve.nominals import Nominal, nominal_at
from graphbuild.resolve.offices import Offices
from graphbuild.resolve.pronouns import IN_DIALOGUE, REACH, Pronouns
from graphbuild.syntax.nominals import NAME_LINKS, realised_by
from graphbuild.syntax.subjects import surface_subject

Found = tuple[int, int, int, tuple[str, ...], str]  # start, end, root, keys, kind
PUBLIC = ("Agency", "Parliament", "Court")  # classes whose bodies a state names
DESCRIBING = ("amod", "compound", "nmod:poss", "nmod", "acl")


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
            elif self._is_pronoun(token) and self.tree.words[token] in IN_DIALOGUE:
                later.append(token)
            elif (found := self._reference(token)) is not None:
                self.at[found[2]] = found[3]
                self.discourse.remember(token, found[3])
                yield found
        yield from (found for token in later if (found := self._in_dialogue(token)) is not None)

    def _is_pronoun(self, token: int) -> bool:
        return self.tree.tags[token] in ("PRP", "PRP$")

    def _reference(self, token: int) -> Found | None:
        return self._third_person(token) if self._is_pronoun(token) else self._nominal(token)

    def _in_dialogue(self, token: int) -> Found | None:
        """ "I", "we" or "you", in somebody's words or in the article's own."""
        if keys := self.pronouns.first_person(token):
            return token, token + 1, token, keys, "pronoun"
        if quotation_at(self.discourse.quotations, token) is not None:
            return None
        return token, token + 1, token, (self.pronouns.outsider(token),), "outsider"

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
        kind = nominal.type
        if kind in (EntityType.PERSON, EntityType.GROUP) and (same := self._predicate_names(nominal.root)):
            return same
        if kind is EntityType.PERSON:
            return tuple(self.offices.named_holders(nominal.root)) or self.offices.holder(nominal)
        if nominal.plural or kind is EntityType.GROUP:
            return self._several(nominal)
        if kind in (EntityType.ORGANISATION, EntityType.STATE):
            return self._body(nominal)
        if kind is EntityType.PLACE:
            return self._place(nominal)
        return self._same_head(nominal) if nominal.definite else ()

    def _several(self, nominal: Nominal) -> tuple[str, ...]:
        """Whom a plural or a noun for a group means."""
        token = nominal.root
        people = self._apposed(token) or self._pair(nominal) or self._authorities(token)
        if people or not nominal.definite:
            return people
        called = self._body_called(nominal)
        if called or nominal.plural or not self._names_a_body(token):
            return called
        return self._described(nominal)

    def _body(self, nominal: Nominal) -> tuple[str, ...]:
        """The organisation or state that a noun means."""
        named = self._of_type(self.offices.linked(nominal.root), nominal.type)
        found = tuple(named[:1]) or self._authorities(nominal.root)
        return found or (self._described(nominal) if nominal.definite else ())

    def _place(self, nominal: Nominal) -> tuple[str, ...]:
        """ "the city of Bo", "the city"; but "a Tokyo shrine" and "a home of" are no Tokyo."""
        token, linked = nominal.root, self.offices.linked(nominal.root)
        if self.tree.lemmas[token] in self.ontology.words("named-place"):
            linked = [*linked, *realised_by(self.tree, token, "of")]
        else:
            linked = [t for t in linked if t > token]
        named = self._of_type(linked, EntityType.PLACE)
        return tuple(named[:1]) or (self._city(nominal) if nominal.definite else ())

    def _of_type(self, tokens: Sequence[int], kind: EntityType) -> list[str]:
        return [k for t in tokens for k in self.at.get(t, ()) if self.clusters.by_key[k].type is kind]

    def _apposed(self, token: int) -> tuple[str, ...]:
        """ "The councillors Ana Ruiz of X and Bo Lind of Y": the people, states or bodies that a plural names."""
        tree = self.tree
        if tree.tags[token] != "NNS":
            return ()
        names = [c for k in tree.children(token, *NAME_LINKS) if k > token for c in tree.conjuncts(k)]
        keys = self._meant(names)
        person = tree.lemmas[token] in self.ontology.person_nouns
        kinds = (EntityType.PERSON,) if person else (EntityType.STATE, EntityType.ORGANISATION)
        return keys if len(keys) > 1 and all(self.clusters.by_key[key].type in kinds for key in keys) else ()

    def _meant(self, tokens: Iterable[int]) -> tuple[str, ...]:
        """The keys of all that the tokens refer to, each once."""
        return tuple(dict.fromkeys(key for token in tokens for key in self.at.get(token, ())))

    def _body_called(self, nominal: Nominal) -> tuple[str, ...]:
        """ "the Hamas movement", "the militant group Hamas": the body of that name."""
        token = nominal.root
        compound = "-" in self.tree.words[nominal.start : token]  # "the anti-Hamas coalition"
        if nominal.plural or compound or self.tree.lemmas[token] not in self.ontology.words("called-body"):
            return ()
        return tuple(self._of_type(self.offices.linked(token), EntityType.ORGANISATION)[:1])

    def _city(self, nominal: Nominal) -> tuple[str, ...]:
        """ "The city", "the capital": the place of that kind that was named last."""
        token = nominal.root
        sentence, lemma = self.discourse.sentence(token), self.tree.lemmas[token]
        kinds = self.ontology.words("settlement") | self.ontology.words("capital")
        if lemma not in kinds or nominal.end - nominal.start > 1:
            return ()
        for seen in reversed(self.seen):
            cluster = self.clusters.by_key[seen.keys[0]]
            near = sentence - seen.sentence <= REACH
            if near and cluster.named and cluster.type is EntityType.PLACE and self._is_city(cluster, lemma):
                return (cluster.key,)
        return ()

    def _is_city(self, cluster: EntityCluster, lemma: str) -> bool:
        name = min(cluster.names, default="")
        capital = self.discourse.actors.capital_of(name) is not None
        return capital or (lemma in self.ontology.words("settlement") and self._is_settlement(name))

    def _is_settlement(self, name: str) -> bool:
        """Whether a place is a city that the tables know, or one that they have never heard of."""
        return self.discourse.actors.is_place(name) or not self.discourse.actors.named(name)

    def _predicate_names(self, token: int) -> tuple[str, ...]:
        """ "The winners were Ana Ruiz and Bo Lind": who a subject is said to be."""
        tree, head = self.tree, self.tree.heads[token]
        if tree.label(token) != "nsubj" or tree.copula(head) is None or tree.pos[head] != "PROPN":
            return ()
        return self._meant(tree.conjuncts(head))

    def _pair(self, nominal: Nominal) -> tuple[str, ...]:
        """ "both countries", "the two leaders": the last two of that kind."""
        token, lemma = nominal.root, self.tree.lemmas[nominal.root]
        people = self.ontology.person_nouns
        states = self.ontology.words("state-noun") | self.ontology.words("side")
        if not self._is_of_two(nominal) or lemma not in people | states:
            return ()
        wanted = EntityType.PERSON if lemma in people else EntityType.STATE
        found = self._agents_above(token)
        pair: list[str] = []
        for key in (key for seen in reversed(self.seen) for key in seen.keys):
            if key not in found and self._may_be(self.clusters.by_key[key], wanted, lemma):
                found.add(key)
                pair.append(key)
                if len(pair) > 1:
                    return tuple(sorted(pair))
        return ()

    def _is_of_two(self, nominal: Nominal) -> bool:
        counted = self.tree.children(nominal.root, "det", "nummod", "det:predet")
        return nominal.definite and any(self.tree.words[k] in TWO for k in counted)

    def _agents_above(self, token: int) -> set[str]:
        """Whom the subject over a noun speaks of: "Ana brought the two leaders together" is of two others."""
        tree = self.tree
        verb = next((above for above in tree.ancestors(token) if tree.is_verb(above)), None)
        subject = None if verb is None else surface_subject(tree, verb)[0]
        inside = set() if subject in (None, token) else set(tree.subtree(subject or 0))
        return set(self._meant(inside - {token}))

    def _may_be(self, cluster: EntityCluster, wanted: EntityType, role: str) -> bool:
        """Whether "the two presidents" can be a person: if the text calls him so; "the two leaders" can be anybody."""
        if cluster.type is not wanted:
            return False
        return (
            role in self.ontology.words("anybody")
            or wanted is not EntityType.PERSON
            or any(r.endswith(role) for r, _ in cluster.titles)
        )

    def _authorities(self, token: int) -> tuple[str, ...]:
        """ "the Russian government", "Kyiv authorities", "the Iraqi side": the state."""
        known = self.tree.lemmas[token] in self.ontology.words("government-noun")
        if not known and self.tree.words[token] not in self.ontology.words("authority"):
            return ()
        owners = (other for way in ("mod", "poss", "of") for other in realised_by(self.tree, token, way))
        return tuple(self._of_type(list(owners), EntityType.STATE)[:1])

    def _described(self, nominal: Nominal) -> tuple[str, ...]:
        """ "the court", "the ministry", "the country": the last entity that is one."""
        token, lemma = nominal.root, self.tree.lemmas[nominal.root]
        modified = self._is_modified(token)
        if modified and self.offices.institution(token) is not None:
            return ()
        found = self._last_state(modified) if self._is_any_state(nominal) else self._last_called(nominal, lemma)
        if found is not None:
            return found
        return self._any_body(token) if lemma in self.ontology.words("any-body") and not modified else ()

    def _is_any_state(self, nominal: Nominal) -> bool:
        return nominal.type is EntityType.STATE and self.tree.lemmas[nominal.root] in self.ontology.words("any-state")

    def _last(self, kind: EntityType) -> Iterator[EntityCluster]:
        """What was spoken of of a kind, the last first."""
        clusters = (self.clusters.by_key[key] for seen in reversed(self.seen) for key in seen.keys)
        return (cluster for cluster in clusters if cluster.type is kind)

    def _last_state(self, modified: bool) -> tuple[str, ...] | None:
        last = next(self._last(EntityType.STATE), None)
        return None if last is None else () if modified else (last.key,)

    def _last_called(self, nominal: Nominal, lemma: str) -> tuple[str, ...] | None:
        kind = EntityType.STATE if nominal.type is EntityType.STATE else EntityType.ORGANISATION
        return next(((cluster.key,) for cluster in self._last(kind) if _is_called(cluster, lemma)), None)

    def _is_modified(self, token: int) -> bool:
        tree = self.tree
        return any(tree.tags[k] != "PRP$" for k in tree.children(token, *DESCRIBING))

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
        text = self.discourse.text(nominal.start, nominal.end)
        organ = self._organ_of_state(nominal, text)
        titled = nominal.type in (EntityType.EVENT, EntityType.AGREEMENT) and self.tree.pos[nominal.root] == "PROPN"
        named = titled or organ is not None
        key = f"org:{fold(text)}" if organ else f"{nominal.type.value.lower()}:{text.lower()}"
        cluster = self.clusters.add(key, nominal.type, named=named, subtype=organ)
        cluster.plural = nominal.plural
        if not nominal.plural:
            cluster.gender = self.ontology.gender(self.tree.lemmas[nominal.root])
        if nominal.type is EntityType.PERSON:
            cluster.titles.append((self.offices.role(nominal.root), self.offices.institution(nominal.root)))
        self.clusters.mention(cluster, nominal.start, nominal.end, "name" if named else "nominal", text)
        self._add_phrases(cluster, nominal)
        return nominal.start, nominal.end, nominal.root, (key,), "nominal"

    def _add_phrases(self, cluster: EntityCluster, nominal: Nominal) -> None:
        """The shorter and longer descriptions that the text gives."""
        cluster.aliases.add(self.discourse.text(nominal.start, nominal.short_end))
        cluster.phrases.update(self.discourse.text(nominal.start, end) for end in nominal.full_ends)
        if nominal.start and self.tree.tags[nominal.start - 1] == "PRP$":  # "her mother"
            cluster.phrases.add(self.discourse.text(nominal.start - 1, nominal.short_end))
        if not nominal.plural and nominal.type is not EntityType.GROUP:
            cluster.aliases.add(self.tree.doc[nominal.root].text)

    def _organ_of_state(self, nominal: Nominal, text: str) -> str | None:
        """The class of "the Indonesian military", a name in all but its capital; None for other nouns."""
        if nominal.type is not EntityType.ORGANISATION or nominal.plural:
            return None
        owners = [k for t in realised_by(self.tree, nominal.root, "mod") for k in self.at.get(t, ())]
        if not any(self.clusters.by_key[key].type is EntityType.STATE for key in owners):
            return None
        kind = self.ontology.kind_of_name(text)
        return kind if any(self.ontology.is_a(kind, public) for public in PUBLIC) else None


def _is_called(cluster: EntityCluster, lemma: str) -> bool:
    """Whether a noun is a word of the name of a body, or its kind."""
    names = {word for name in (*cluster.names, cluster.known or "") for word in name.lower().split()}
    return lemma in names or lemma == (cluster.subtype or "").lower()
