"""Who holds which office: the titles that a text gives people, and "the Chilean foreign minister" without a name."""

from __future__ import annotations

from collections.abc import Sequence

from graphbuild.model import EntityType
from graphbuild.ontology.gazetteer import Actor
from graphbuild.resolve.clusters import EntityCluster
from graphbuild.resolve.discourse import Discourse
from graphbuild.resolve.names import same_person
from graphbuild.resolve.nominals import Nominal
from graphbuild.resolve.reasons import Why
from graphbuild.syntax.nominals import NAME_LINKS, name_behind, phrase_after, phrase_before, realised_by

ANYBODY = frozenset({"leader", "man", "woman", "official", "politician", "person"})
FORMER = ("former", "ex", "acting", "then", "elect", "designate", "deputy", "vice", "late", "outgoing", "incoming")
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
        children = [k for k in tree.children(token, *NAME_LINKS) if k in self.at]
        if not children:  # "a rival, veteran politician Ana Ruiz"
            children = [name for k in tree.children(token, "appos") if k > token for name in self.linked(k)]
        if not children and (named := name_behind(tree, token)) is not None:
            children.append(named)
        head = tree.heads[token]
        beside = tree.label(token) in ("appos", "compound", "flat", "amod") or (
            tree.label(token) == "nmod" and not tree.preposition(token)
        )
        if head != token and head in self.at and beside:
            children.append(head)
        if tree.copula(token) is not None:
            children += [k for k in tree.children(token, "nsubj") if k in self.at]
        if (
            not children
            and token + 1 < len(tree)
            and token + 1 in self.at
            and tree.labels[token] in ("compound", "flat", "nmod:desc")
        ):
            children.append(token + 1)
        return children

    def named_holders(self, token: int) -> list[str]:
        """The key of the person whom a role noun stands beside; none if there is nobody."""
        keys = [key for link in self.linked(token) for key in self.at[link]]
        return [k for k in keys if self.clusters.by_key[k].type is EntityType.PERSON][:1]

    def role(self, token: int) -> str:
        """The longest phrase around a noun that names an office or a role: "prime minister"; else its base form."""
        for phrase in phrase_after(self.tree, token):
            if phrase in self.ontology.offices or phrase in self.ontology.role_nouns:
                return phrase
        for phrase, _ in phrase_before(self.tree, token, longest=3):
            if phrase in self.ontology.offices or phrase in self.ontology.role_nouns:
                return phrase
        return self.tree.lemmas[token]

    def institution(self, token: int, anchors: Sequence[int] = ()) -> str | None:
        """The key of the body, state or place whose office a noun names, by itself or through ``anchors``."""
        for anchor in (token, *anchors):
            for realisation in ("poss", "mod", "of", "for", "at"):
                for other in realised_by(self.tree, anchor, realisation):
                    for key in self.at.get(other, ()):
                        if self.clusters.by_key[key].type in INSTITUTIONS:
                            return key
        return None

    def holder(self, nominal: Nominal) -> tuple[str, ...]:
        """ "Ukraine's President", "the minister": named in the article, or known for its date, or nobody."""
        token = nominal.root
        before = {self.tree.words[t] for t in range(nominal.start, token)} | {
            self.tree.words[k] for k in self.tree.children(token, "amod", "compound")
        }
        if before & set(FORMER):
            return ()
        role, institution = self.role(token), self.institution(token)
        people = [d for d in self.clusters.by_key.values() if d.type is EntityType.PERSON and d.named]
        if institution is not None:
            holders = [d.key for d in people if any(self._same_role(role, r) and i == institution for r, i in d.titles)]
            if holders:
                return (holders[0],)
            office = self.ontology.offices.get(role)
            date = self.tree.doc.user_data.get("published")
            actor = self.discourse.actors.holder(office, institution, date) if office else None
            if actor is not None:
                cluster = self._person_of(actor) or self.clusters.known(actor)
                cluster.merged.add((self.discourse.text(nominal.start, nominal.end), Why.OFFICE))
                return (cluster.key,)
            return ()
        if not nominal.definite or self.tree.children(token, "nmod", "acl"):
            return ()
        for seen in reversed(self.seen):
            for key in seen.keys:
                cluster = self.clusters.by_key[key]
                if cluster.type is EntityType.PERSON and any(self._same_role(role, r) for r, _ in cluster.titles):
                    return (key,)
        return self._anybody(token) if role in ANYBODY - {"official", "leader"} else ()

    def _anybody(self, token: int) -> tuple[str, ...]:
        """ "the politician", "the woman": who was last the subject of a sentence."""
        gender, sentence = self.ontology.gender(self.tree.lemmas[token]), self.discourse.sentence(token)
        for seen in reversed(self.seen):
            cluster = self.clusters.by_key[seen.keys[0]]
            fits = not (gender and cluster.gender and gender != cluster.gender)
            if seen.subject and sentence - seen.sentence <= 2 and cluster.named and cluster.type is EntityType.PERSON:
                return (cluster.key,) if fits and sentence != seen.sentence else ()
        return ()

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
