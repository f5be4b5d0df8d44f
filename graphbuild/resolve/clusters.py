"""Entities of one article while they are being put together: names, mentions and the reasons for each merge."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Doc

from graphbuild.model import Entity, EntityType, Mention
from graphbuild.ontology.gazetteer import Actor
from graphbuild.resolve.reasons import Why, note


@dataclass(slots=True)
class EntityCluster:
    """One entity under construction.

    ``titles`` are the roles that the text gives a person, with their institution; ``phrases`` are descriptions too long
    for a label.
    """

    key: str
    type: EntityType
    named: bool
    subtype: str | None = None
    wikidata: str | None = None
    known: str | None = None  # label of the known actor
    plural: bool = False
    names: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    phrases: set[str] = field(default_factory=set)
    titles: list[tuple[str, str | None]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    merged: set[tuple[str, Why]] = field(default_factory=set)  # names that were found to be it, and why
    gender: str | None = None  # m or f, by name or title
    spoken_of: str | None = None  # the gender of the last pronoun for it

    def entity(self) -> Entity:
        label = self.label()
        aliases = ({*self.names, *self.aliases, *self.phrases} | ({self.known} if self.known else set())) - {label}
        kind = EntityType.GROUP if self._is_anybody() else self.type
        return Entity(
            self.key, kind, label, tuple(sorted(aliases)), self.named, not self.named, self.subtype,
            self.wikidata, tuple(sorted(set(self.mentions))),
            tuple(sorted(note(name, label, why) for name, why in self.merged if name != label)),
        )  # fmt: skip

    def _is_anybody(self) -> bool:
        """ "An investigator", "a defector": one of unnamed people, as against "the foreign minister of Chile"."""
        office = any(institution for _, institution in self.titles)
        return self.type is EntityType.PERSON and not self.named and not office

    def label(self) -> str:
        """The known actor's label, else the fullest name: most words, then most frequent."""
        if self.known is not None and self.type is not EntityType.PERSON:
            return self.known
        names = self.names or Counter(dict.fromkeys(self.aliases, 1))
        return min(
            names, key=lambda n: (-len(n.split()), n.isupper(), -len(n), -names[n], n), default=self.known or self.key
        )


class Clusters:
    """The clusters of one document by key, and how mentions are added to them."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.by_key: dict[str, EntityCluster] = {}
        self._offsets: list[tuple[int, int]] = doc.user_data["offsets"]
        self.document: str = doc.user_data["document"]

    def add(self, key: str, kind: EntityType, named: bool, subtype: str | None = None) -> EntityCluster:
        if key not in self.by_key:
            self.by_key[key] = EntityCluster(key, kind, named, subtype)
        return self.by_key[key]

    def known(self, actor: Actor) -> EntityCluster:
        """The cluster of a known actor."""
        kinds = {"State": EntityType.STATE, "Region": EntityType.PLACE, "Person": EntityType.PERSON}
        cluster = self.add(actor.id, kinds.get(actor.kind, EntityType.ORGANISATION), named=True)
        if cluster.type is EntityType.ORGANISATION and actor.kind != "Organisation":
            cluster.subtype = actor.kind
        cluster.wikidata, cluster.known = actor.wikidata, actor.label
        return cluster

    def mention(self, cluster: EntityCluster, start: int, end: int, kind: str, text: str | None = None) -> None:
        """Record tokens ``[start, end)`` as a mention; a name or nominal also becomes a surface form."""
        first, last = self._offsets[start][0], self._offsets[end - 1][1]
        surface = text or self.doc[start:end].text
        cluster.mentions.append(Mention(self.document, first, last, surface, kind))
        if kind == "name":
            cluster.names[surface] += 1
        elif kind == "nominal":
            cluster.aliases.add(surface)
