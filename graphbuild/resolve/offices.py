"""Who holds which office: the titles that a text gives people, and "the Chilean foreign minister" without a name."""

from __future__ import annotations

from collections.abc import Sequence

from graphbuild.actors import Actor
from graphbuild.model import EntityType
from graphbuild.nominal import NAME_LINKS, name_behind, phrase_after, phrase_before, realisation
from graphbuild.resolve.discourse import Discourse
from graphbuild.resolve.drafts import Draft
from graphbuild.resolve.names import same_person
from graphbuild.resolve.nominals import Nominal
from graphbuild.resolve.reasons import Why

ANYBODY = frozenset({"leader", "man", "woman", "official", "politician", "person"})
FORMER = ("former", "ex", "acting", "then", "elect", "designate", "deputy", "vice", "late", "outgoing", "incoming")
INSTITUTIONS = (EntityType.STATE, EntityType.ORGANISATION, EntityType.PLACE)


class Offices:
    """Reads the offices of one article and tells who holds them."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.tree, self.drafts, self.ontology = discourse.tree, discourse.drafts, discourse.ontology
        self.at, self.seen = discourse.at, discourse.seen

    def read_titles(self) -> None:
        """Note whom the text gives which role: "Russian foreign minister Sergei Lavrov", "X, the mayor of Y"."""
        for token in range(len(self.tree)):
            if self.tree.pos[token] not in ("NOUN", "PROPN") or token in self.at:
                continue
            if self.tree.lemmas[token] not in self.ontology.person_nouns:
                continue
            for person in self.named_holders(token):
                draft = self.drafts.by_key[person]
                role = self.role(token)
                draft.titles.append((role, self.institution(token, self.linked(token))))

    def linked(self, token: int) -> list[int]:
        """Name roots that a role noun is a title of or apposed to."""
        tree = self.tree
        kids = [k for k in tree.kids(token, *NAME_LINKS) if k in self.at]
        if not kids:  # "a rival, veteran politician Ana Ruiz"
            kids = [name for k in tree.kids(token, "appos") if k > token for name in self.linked(k)]
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

    def named_holders(self, token: int) -> list[str]:
        """The key of the person whom a role noun stands beside; none if there is nobody."""
        keys = [key for link in self.linked(token) for key in self.at[link]]
        return [k for k in keys if self.drafts.by_key[k].type is EntityType.PERSON][:1]

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
            for way in ("poss", "mod", "of", "for", "at"):
                for other in realisation(self.tree, anchor, way):
                    for key in self.at.get(other, ()):
                        if self.drafts.by_key[key].type in INSTITUTIONS:
                            return key
        return None

    def holder(self, nominal: Nominal) -> tuple[str, ...]:
        """ "Ukraine's President", "the minister": named in the article, or known for its date, or nobody."""
        token = nominal.root
        before = {self.tree.words[t] for t in range(nominal.start, token)} | {
            self.tree.words[k] for k in self.tree.kids(token, "amod", "compound")
        }
        if before & set(FORMER):
            return ()
        role, institution = self.role(token), self.institution(token)
        people = [d for d in self.drafts.by_key.values() if d.type is EntityType.PERSON and d.named]
        if institution is not None:
            holders = [d.key for d in people if any(self._same_role(role, r) and i == institution for r, i in d.titles)]
            if holders:
                return (holders[0],)
            office = self.ontology.offices.get(role)
            date = self.tree.doc.user_data.get("published")
            actor = self.discourse.actors.holder(office, institution, date) if office else None
            if actor is not None:
                draft = self._person_of(actor) or self.drafts.known(actor)
                draft.merged.add((self.discourse.text(nominal.start, nominal.end), Why.OFFICE))
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
        gender, sentence = self.ontology.gender(self.tree.lemmas[token]), self.discourse.sentence(token)
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
