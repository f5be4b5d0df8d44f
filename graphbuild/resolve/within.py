"""Which mentions of one article are the same thing: names first, then nouns and pronouns in the order of the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc

from graphbuild.factuality.direct_speech import Quotation, quotations
from graphbuild.model import Entity, EntityType
from graphbuild.ontology import Ontology
from graphbuild.ontology.gazetteer import Actors
from graphbuild.resolve.clusters import Clusters, EntityCluster
from graphbuild.resolve.coreference import CoreferenceResolver
from graphbuild.resolve.decisions import UNDECIDED, Decisions
from graphbuild.resolve.discourse import Discourse
from graphbuild.resolve.names import Names, named_spans
from graphbuild.syntax import Tree

LONGEST_STATE = 4  # tokens of a state's name before that of its organ: "United States"


@dataclass(frozen=True, slots=True)
class Reference:
    """Tokens ``[start, end)`` that refer to ``entities`` (keys); ``root``: the head.

    ``kind`` is name, nominal or pronoun.
    """

    start: int
    end: int
    root: int
    entities: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Resolution:
    """The entities of an article by key, and every reference to them.

    ``outsiders`` are the pronouns for its author and its reader, whose keys are of no entity; ``quotations`` its direct
    speech, found on the way.
    """

    entities: Mapping[str, Entity]
    references: tuple[Reference, ...]
    _at: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    outsiders: tuple[Reference, ...] = ()
    quotations: tuple[Quotation, ...] = ()

    def at(self, token: int) -> tuple[str, ...]:
        """Keys of the entities that a token refers to: as the root of a reference, or as part of a name."""
        return self._at.get(token, ())


def within(tree: Tree, ontology: Ontology, actors: Actors, decisions: Decisions = UNDECIDED) -> Resolution:
    """Resolve the names, nouns and pronouns of a document; ``decisions`` keep names apart."""
    doc, clusters = tree.doc, Clusters(tree.doc)
    names = named_spans(doc, tree)
    named = Names(clusters, tree, ontology, actors, names, decisions).assign()
    at: dict[int, tuple[str, ...]] = {}
    references: list[Reference] = []
    outsiders: list[Reference] = []
    for i, cluster in sorted(named.items()):
        name = names[i]
        references.append(Reference(name.span.start, name.span.end, name.root, (cluster.key,), "name"))
        at |= dict.fromkeys(range(name.span.start, name.span.end), (cluster.key,))
        inner = (
            _state_inside(name.span.start, name.span.end, doc, actors, ontology, clusters)
            if cluster.type is EntityType.ORGANISATION
            else None
        )
        if inner is not None and name.root != name.span.start:
            at[name.span.start] = (inner.key,)
    spoken = quotations(tree, ontology)
    resolver = CoreferenceResolver(Discourse(tree, clusters, ontology, actors, at, spoken))
    for start, end, root, keys, kind in resolver.run():
        if kind == "outsider":
            outsiders.append(Reference(start, end, root, keys, kind))
            continue
        references.append(Reference(start, end, root, keys, kind))
        at[root] = keys
    entities = {key: cluster.entity() for key, cluster in sorted(clusters.by_key.items())}
    ordered = tuple(sorted(references, key=lambda r: (r.start, r.end)))
    return Resolution(entities, ordered, at, tuple(outsiders), spoken)


def _state_inside(
    start: int, end: int, doc: Doc, actors: Actors, ontology: Ontology, clusters: Clusters
) -> EntityCluster | None:
    """The state in "the Indonesian Navy": a demonym before a common name of an organ of state."""
    if end - start < 2 or ontology.kind_of_name(doc[start:end].text) is None:
        return None
    for stop in range(min(start + LONGEST_STATE, end - 1), start, -1):
        name = doc[start:stop].text
        state = actors.demonym(name) or next((a for a in actors.named(name) if a.kind == "State"), None)
        if state is not None:
            cluster = clusters.known(state)
            clusters.mention(cluster, start, stop, "name")
            return cluster
    return None
