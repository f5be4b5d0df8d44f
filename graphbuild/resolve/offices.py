"""Who holds which office: the titles that a text gives people, and "the Chilean foreign minister" without a name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from graphbuild.model import EntityType
from graphbuild.ontology.gazetteer import Actor
from graphbuild.resolve.clusters import EntityCluster
from graphbuild.resolve.discourse import Discourse
from graphbuild.resolve.names import same_person
from graphbuild.resolve.nominals import Nominal
from graphbuild.resolve.reasons import Why
from graphbuild.syntax.nominals import NAME_LINKS, name_behind, phrase_after, phrase_before, realised_by

NOT_NOW = ("former", "future-role", "deputising")  # lists of what makes an office another's
INSTITUTIONS = (EntityType.STATE, EntityType.ORGANISATION, EntityType.PLACE)


class Offices:
    """Reads the offices of one article and tells who holds them."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.tree, self.clusters, self.ontology = discourse.tree, discourse.clusters, discourse.ontology
        self.at, self.seen = discourse.at, discourse.seen

    def read_titles(self) -> None:
        """Note whom the text gives which role: "Russian foreign minister Sergei Lavrov", "X, the mayor of Y"."""
        for token in range(len(self.tree)):
            if self.tree.pos[token] not in ("NOUN", "PROPN") or token in self.at:
                continue
            if self.tree.lemmas[token] not in self.ontology.person_nouns:
                continue
            for person in self.named_holders(token):
                cluster = self.clusters.by_key[person]
                role = self.role(token)
                cluster.titles.append((role, self.institution(token, self.linked(token))))

    def linked(self, token: int) -> list[int]:
        """Name roots that a role noun is a title of or apposed to."""
        tree = self.tree
        found = self._beside(token)
        head = tree.heads[token]
        if head != token and head in self.at and self._is_beside(token):
            found.append(head)
        if tree.copula(token) is not None:
            found += [k for k in tree.children(token, "nsubj") if k in self.at]
        if not found and token + 1 in self.at and tree.labels[token] in ("compound", "flat", "nmod:desc"):
            found.append(token + 1)
        return found

    def _beside(self, token: int) -> list[int]:
        """Names below a role noun or right behind it."""
        tree = self.tree
        children = [k for k in tree.children(token, *NAME_LINKS) if k in self.at]
        if not children:  # "a rival, veteran politician Ana Ruiz"
            children = [name for k in tree.children(token, "appos") if k > token for name in self.linked(k)]
        named = None if children else name_behind(tree, token)
        return children if named is None else [named]

    def _is_beside(self, token: int) -> bool:
        """Whether a role noun stands beside the noun over it, and is no argument of it."""
        tree, label = self.tree, self.tree.label(token)
        return label in ("appos", "compound", "flat", "amod") or (label == "nmod" and not tree.preposition(token))

    def named_holders(self, token: int) -> list[str]:
        """The key of the person whom a role noun stands beside; none if there is nobody."""
        keys = [key for link in self.linked(token) for key in self.at[link]]
        return [k for k in keys if self.clusters.by_key[k].type is EntityType.PERSON][:1]

    def role(self, token: int) -> str:
        """The longest phrase around a noun that names an office or a role: "prime minister"; else its base form."""
        before = (phrase for phrase, _ in phrase_before(self.tree, token, longest=3))
        phrases = chain(phrase_after(self.tree, token), before)
        known = (p for p in phrases if p in self.ontology.offices or p in self.ontology.role_nouns)
        return next(known, self.tree.lemmas[token])

    def institution(self, token: int, anchors: Sequence[int] = ()) -> str | None:
        """The key of the body, state or place whose office a noun names, by itself or through ``anchors``."""
        for anchor in (token, *anchors):
            for realisation in ("poss", "mod", "of", "for", "at"):
                keys = (key for t in realised_by(self.tree, anchor, realisation) for key in self.at.get(t, ()))
                found = next((key for key in keys if self.clusters.by_key[key].type in INSTITUTIONS), None)
                if found is not None:
                    return found
        return None

    def holder(self, nominal: Nominal) -> tuple[str, ...]:
        """ "Ukraine's President", "the minister": named in the article, or known for its date, or nobody."""
        token = nominal.root
        if self._is_former(nominal):
            return ()
        role, institution = self.role(token), self.institution(token)
        if institution is not None:
            return self._named_holder(role, institution) or self._known_holder(nominal, role, institution)
        if not nominal.definite or self.tree.children(token, "nmod", "acl"):
            return ()
        last = self._last_titled(role)
        anybody = self.ontology.words("anybody") - self.ontology.words("official")
        return last or (self._anybody(token) if role in anybody else ())

    def _last_titled(self, role: str) -> tuple[str, ...]:
        """The person who was last spoken of and has that role somewhere."""
        for key in (key for seen in reversed(self.seen) for key in seen.keys):
            cluster = self.clusters.by_key[key]
            if cluster.type is EntityType.PERSON and any(self._same_role(role, r) for r, _ in cluster.titles):
                return (key,)
        return ()

    def _is_former(self, nominal: Nominal) -> bool:
        """Whether the office was held before, will be, or is held for another."""
        tree, token = self.tree, nominal.root
        before = {*range(nominal.start, token), *tree.children(token, "amod", "compound")}
        return any(tree.words[t] in self.ontology.words(name) for t in before for name in NOT_NOW)

    def _named_holder(self, role: str, institution: str) -> tuple[str, ...]:
        """The person to whom the article gives the office."""
        for cluster in self.clusters.by_key.values():
            held = any(self._same_role(role, r) and i == institution for r, i in cluster.titles)
            if held and cluster.type is EntityType.PERSON and cluster.named:
                return (cluster.key,)
        return ()

    def _known_holder(self, nominal: Nominal, role: str, institution: str) -> tuple[str, ...]:
        """The known actor who held the office on the day of the article."""
        office = self.ontology.offices.get(role)
        date = self.tree.doc.user_data.get("published")
        actor = self.discourse.actors.holder(office, institution, date) if office else None
        if actor is None:
            return ()
        cluster = self._person_of(actor) or self.clusters.known(actor)
        cluster.merged.add((self.discourse.text(nominal.start, nominal.end), Why.OFFICE))
        return (cluster.key,)

    def _anybody(self, token: int) -> tuple[str, ...]:
        """ "the politician", "the woman": who was last the subject of a sentence."""
        sentence = self.discourse.sentence(token)
        for seen in (s for s in reversed(self.seen) if s.subject and sentence - s.sentence <= 2):
            cluster = self.clusters.by_key[seen.keys[0]]
            if cluster.named and cluster.type is EntityType.PERSON:
                return (cluster.key,) if sentence != seen.sentence and self._may_be_called(cluster, token) else ()
        return ()

    def _may_be_called(self, cluster: EntityCluster, token: int) -> bool:
        """Whether the gender of a noun is that of a person, as far as both are known."""
        gender = self.ontology.gender(self.tree.lemmas[token])
        return not gender or not cluster.gender or gender == cluster.gender

    def _person_of(self, actor: Actor) -> EntityCluster | None:
        """The person of this article who bears the actor's name, however it is spelled."""
        wanted = tuple(actor.label.split())
        for cluster in self.clusters.by_key.values():
            if cluster.type is EntityType.PERSON and any(same_person(tuple(n.split()), wanted) for n in cluster.names):
                cluster.wikidata = cluster.wikidata or actor.wikidata
                return cluster
        return None

    @staticmethod
    def _same_role(one: str, other: str) -> bool:
        return one == other or (one.split()[-1] == other.split()[-1] and (" " not in one or " " not in other))
