"""Frames + references + ontology → statements; names no relation: all of them come from ``ontologies/``."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphbuild.factuality import Factuality, FactualityAnalyser, status
from graphbuild.factuality.times import event_time, lies_ahead
from graphbuild.model import Document, Entity, EntityType, Evidence, ParagraphKind, Statement, Status, Tense
from graphbuild.ontology import Ontology
from graphbuild.ontology.frames import PairFrame
from graphbuild.relate import decision
from graphbuild.relate.candidates import noun_matches, verb_matches
from graphbuild.relate.complements import Complements
from graphbuild.relate.linking import CONFIDENCE, ArgumentLinker, Linked, Refusal
from graphbuild.relate.noun_candidates import compound_matches, pair_matches, role_matches
from graphbuild.relate.open_relations import open_relation
from graphbuild.relate.support import Supporter
from graphbuild.relate.verb_candidates import Match
from graphbuild.syntax import Tree
from graphbuild.syntax.clauses import Predicate, frames

if TYPE_CHECKING:
    from graphbuild.resolve import Resolution

ASSERTED = frozenset({Status.FACT, Status.REPORT})


@dataclass(frozen=True, slots=True)
class Relations:
    """The statements of a document, the entities made for acts without a name, and what was refused.

    ``reasons`` tell of a statement which lexicon entry fired and which words gave it its status.
    """

    statements: tuple[Statement, ...]
    acts: tuple[Entity, ...]
    refusals: tuple[Refusal, ...]
    reasons: Mapping[Statement, tuple[str, ...]]


def relate(
    tree: Tree, document: Document, ontology: Ontology, resolution: Resolution, undecided: bool = False
) -> Relations:
    """All statements that ``tree`` makes between the entities of ``resolution``, in the order of their triggers.

    ``undecided``: also those that are likely wrong, for fitting what decides on them.
    """
    return _Relator(tree, document, ontology, resolution).run(undecided)


class _Relator:
    """The state of one document's relation stage: which tokens are spoken for, which acts were named."""

    def __init__(
        self,
        tree: Tree,
        document: Document,
        ontology: Ontology,
        resolution: Resolution,
    ) -> None:
        self.tree, self.document, self.ontology, self.resolution = tree, document, ontology, resolution
        self.linker = ArgumentLinker(tree, ontology, resolution)
        self.factuality = FactualityAnalyser(tree, ontology, resolution.quotations)
        self.light = ontology.words("light-verb")
        clauses = frames(tree, ontology.words("subject-control"))
        self.frames = {f.head: self._undated(self._uncontrolled(f)) for f in clauses}
        self.complements = Complements(tree, self.linker, self.factuality, self.frames, self._evidence)
        self.starts = [start for start, _ in tree.sentences]
        self.offsets: list[tuple[int, int]] = tree.doc.user_data["offsets"]
        self.pairs: dict[tuple[str, ...], list[PairFrame]] = {}  # what these entities may anchor
        self.reasons: dict[Statement, tuple[str, ...]] = {}

    def run(self, undecided: bool) -> Relations:
        found = [*self._of_verbs(), *((t, s) for t in range(len(self.tree)) for s in self._noun_statements(t))]
        found.sort(key=lambda pair: pair[0])
        kept = self._without_bold_headlines(found)
        statements = tuple((s for _, s in kept) if undecided else self._decided(kept))
        return Relations(statements, tuple(self.complements.acts.values()), tuple(self.linker.refusals), self.reasons)

    def _of_verbs(self) -> Iterator[tuple[int, Statement]]:
        """What the verbs say, from the main clauses down, so that contents of operators are known when they come."""
        verbs = {
            head: self.linker.best(head, verb_matches(self.tree, frame, self.ontology))
            for head, frame in self.frames.items()
        }
        for head in sorted(verbs, key=self._depth):
            if (linked := verbs[head]) is not None and head not in self.complements.covered:
                yield from ((head, s) for s in self._verb_statements(linked))
                if (joint := self._joint(head, linked)) is not None:
                    yield from ((head, s) for s in self._verb_statements(joint))
        unread = [head for head, linked in verbs.items() if linked is None and head not in self.complements.covered]
        yield from ((head, s) for head in unread for s in self._open_statements(self.frames[head]))

    def _uncontrolled(self, frame: Predicate) -> Predicate:
        """The frame without the subject that a noun lends it, if that is only spoken of: "discussed the plan to"."""
        tree, noun = self.tree, self.tree.heads[frame.head]
        verb = tree.heads[noun]
        topic = tree.label(frame.head) == "acl" and frame.construction == "control" and tree.label(noun) == "obj"
        topic = topic and tree.lemmas[verb] in self.ontology.words("referring")
        return replace(frame, subject=None, fallback=None) if topic and frame.subject != noun else frame

    def _undated(self, frame: Predicate) -> Predicate:
        """The frame without its dates: "eased the curfew on Monday in Bo" eases none on a Monday."""
        dates = self.ontology.words("calendar")
        return replace(frame, obliques=tuple(pair for pair in frame.obliques if self.tree.lemmas[pair[1]] not in dates))

    def _without_bold_headlines(self, found: list[tuple[int, Statement]]) -> Iterator[tuple[int, Statement]]:
        """Leave out what only the headline asserts and the body calls planned, possible, claimed or untrue."""
        headlines = [s for s in self.tree.doc.spans.get("paragraphs", ()) if s.label_ == ParagraphKind.HEADLINE]
        in_headline = {token for span in headlines for token in range(span.start, span.end)}
        body: dict[tuple[str, str, str | None], set[Status]] = defaultdict(set)
        for token, s in found:
            if token not in in_headline:
                body[s.subject, s.relation, s.object].add(s.status)
        for token, s in found:
            said = body.get((s.subject, s.relation, s.object), ASSERTED)
            bold = token in in_headline and s.status in ASSERTED
            if not bold or said & ASSERTED:
                yield token, s

    def _decided(self, found: Iterable[tuple[int, Statement]]) -> Iterator[Statement]:
        """Each statement with its probability; what is likely wrong is refused, but for relations of the user's own."""
        entities = {**self.resolution.entities, **self.complements.acts}
        supporter = Supporter(self.tree, self.resolution)
        for token, statement in found:
            relation = self.ontology.relations.get(statement.relation)
            if relation is None:
                yield statement
                continue
            support = supporter.of(token, statement, relation, entities)
            sure = decision.confidence(statement, entities, relation, support)
            if sure < decision.threshold(statement.status) and relation.id not in self.ontology.own:
                frame = next(iter(self.reasons.get(statement, ())), "").partition(": ")[2]
                match = Match(statement.relation, frame, statement.pattern, token, token, (), ())
                self.linker.refusals.append(Refusal(match, f"likely wrong: its like was right in {sure:.0%}"))
                continue
            told = replace(statement, confidence=sure)
            self.reasons[told] = (*self.reasons.pop(statement, ()), f"confidence: its like was right in {sure:.0%}")
            yield told

    def _depth(self, token: int) -> tuple[int, int]:
        return sum(1 for _ in self.tree.ancestors(token)), token

    def _joint(self, verb: int, linked: Linked) -> Linked | None:
        """What each of several subjects did, where the best match says what they did together: signed the accord."""
        if not linked.relation.symmetric or linked.objects or verb not in self.frames:
            return None
        matches = verb_matches(self.tree, self.frames[verb], self.ontology)
        single = [m for m in matches if m.objects and not self.ontology.relations[m.relation].symmetric]
        return self.linker.best(verb, single) if single else None

    # Statements

    def _verb_statements(self, linked: Linked) -> Iterator[Statement]:
        match = linked.match
        self.complements.consumed.update(match.consumed)
        yield from self._statements(linked, self.factuality.clause(match.clause), "verb")

    def _open_statements(self, frame: Predicate) -> Iterator[Statement]:
        linked = open_relation(self.tree, frame, self.linker)
        if linked is not None:
            yield from self._statements(linked, self.factuality.clause(frame.head), "open")

    def _noun_statements(self, token: int) -> Iterator[Statement]:
        """What a word says that is no verb: by a hyphen, as a role, beside another name, as an event."""
        tree = self.tree
        if tree.words[token] in self.ontology.compound_frames:
            yield from self._compound_statements(token)
        if not tree.is_nominal(token) and tree.pos[token] != "ADJ":
            return
        told: set[frozenset[str | None]] = set()
        yield from self._role_statements(token, told)
        if self.linker.referents(token):
            yield from (s for s in self._pair_statements(token) if s.ends not in told)
        if token not in self.complements.consumed:
            yield from self._event_statements(token)

    def _compound_statements(self, token: int) -> Iterator[Statement]:
        compound = self.linker.best(token, compound_matches(self.tree, token, self.ontology))
        if compound is not None:
            yield from self._statements(compound, self._compound_factuality(compound), "compound")

    def _role_statements(self, token: int, told: set[frozenset[str | None]]) -> Iterator[Statement]:
        """Who holds which office; ``told`` gets the ends of each statement, and none is told twice."""
        done: set[str] = set()
        for match in role_matches(self.tree, token, self.ontology):
            if match.relation in done:  # the first way of a role is the best
                continue
            linked = self._linked_role(match)
            if isinstance(linked, str):
                self.linker.refusals.append(Refusal(match, linked))
                continue
            done.add(match.relation)
            factuality = self.factuality.role(token, match.pattern)
            fresh = [s for s in self._statements(linked, factuality, "role") if s.ends not in told]
            told.update(statement.ends for statement in fresh)
            yield from fresh

    def _linked_role(self, match: Match) -> Linked | str:
        linked = self.linker.link(match)
        return linked if isinstance(linked, str) else self._told(linked) or "nobody named holds the role"

    def _event_statements(self, token: int) -> Iterator[Statement]:
        linked = self.linker.best(token, noun_matches(self.tree, token, self.ontology, self.light))
        if linked is None or linked.match.clause in self.complements.covered:
            return
        clause = linked.match.clause
        if clause != token:
            factuality = self.factuality.clause(clause)
        else:
            factuality = self.factuality.nominal(token, linked.relation.standing)
        yield from self._statements(linked, factuality, "noun")

    def _told(self, linked: Linked) -> Linked | None:
        """A role worth telling: of those who hold it the named ones; all if it is an office that one person holds."""
        if linked.match.role in self.ontology.offices:
            return linked
        subjects, objects = map(self._named, (linked.subjects, linked.objects))
        told = subjects and (objects or not linked.objects)
        return replace(linked, subjects=subjects, objects=objects) if told else None

    def _named(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(filter(self.linker.is_named, keys))

    def _pair_statements(self, token: int) -> Iterator[Statement]:
        """What two names side by side say: the narrowest frame that fits, and no other between the two."""
        if not self.tree.children(token) and self.tree.labels[token] != "conj":
            return
        seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
        for match in pair_matches(self.tree, token, self._pair_frames(tuple(self.linker.referents(token)))):
            linked = self.linker.link(match)
            if isinstance(linked, str) or not self._is_named_or_event(linked):
                continue
            ends = linked.subjects, linked.objects
            if ends not in seen:
                seen.add(ends)
                yield from self._statements(linked, self._pair_factuality(linked, token), "role")

    def _pair_factuality(self, linked: Linked, token: int) -> Factuality:
        if any(self.resolution.entities[key].type is EntityType.EVENT for key in linked.subjects):
            return self.factuality.nominal(token, standing=False)
        return self._compound_factuality(linked)

    def _pair_frames(self, keys: tuple[str, ...]) -> list[PairFrame]:
        """The pair frames that one of these entities may anchor."""
        if keys not in self.pairs:
            entries = self.ontology.pair_frames
            self.pairs[keys] = [e for e in entries if any(self.linker.accepts(key, e.anchored) for key in keys)]
        return self.pairs[keys]

    def _is_named_or_event(self, linked: Linked) -> bool:
        kind = self.resolution.entities[linked.subjects[0]].type
        beside_verb = self.tree.label(linked.match.trigger) == "obl"  # "marched against the EU in Madrid"
        if kind is EntityType.ORGANISATION and beside_verb and linked.match.pattern in ("pair in", "pair at"):
            return False
        entities = [self.resolution.entities[key] for key in (*linked.subjects, *linked.objects)]
        return all(entity.named or entity.type is EntityType.EVENT for entity in entities)

    def _compound_factuality(self, linked: Linked) -> Factuality:
        factuality = Factuality()
        factuality.at(Tense.PRESENT if linked.relation.standing else Tense.PAST)
        return factuality

    def _statements(self, linked: Linked, factuality: Factuality, kind: str) -> Iterator[Statement]:
        match = linked.match
        base = self._base(match, factuality, kind)
        for subject, obj in linked.pairs():
            content = self.complements.of(match, subject, obj) if match.content is not None else None
            if content is None and obj is None:
                obj = self.complements.thing(match, subject)
            if (obj is not None or content is not None) and subject != obj:
                found = replace(base, subject=subject, object=obj, content=content)
                self.reasons[found] = (f"{match.kind}: {match.frame}", *factuality.reasons)
                yield found

    def _base(self, match: Match, factuality: Factuality, kind: str) -> Statement:
        """All that a statement says but its ends."""
        source, news, lost = self._source(factuality)
        standing = status(factuality, news)
        tense = factuality.tense or Tense.PAST
        time = event_time(self.tree, match.clause, tense, self.document.published)
        if standing in ASSERTED and time is not None and lies_ahead(time, self.document.published):
            standing, tense = Status.PLAN, Tense.FUTURE
        return Statement(
            subject="",
            relation=match.relation,
            polarity=factuality.polarity,
            certainty=factuality.certainty,
            tense=tense,
            status=Status.CLAIM if lost and standing in ASSERTED else standing,
            source=source,
            cue=factuality.cue if factuality.source is not None else None,
            time=time,
            place=self._place(match),
            role=match.role,
            confidence=round(CONFIDENCE["sense" if match.kind == "sense" else kind] * (0.9 if lost else 1.0), 4),
            pattern=match.pattern,
            evidence=(self._evidence(match.trigger),),
        )

    def _source(self, factuality: Factuality) -> tuple[str | None, bool, bool]:
        """Entity credited, whether it is a news organisation, and whether somebody is credited whom we cannot name."""
        if factuality.source is None:
            return None, False, False
        keys = self.linker.entities([factuality.source])
        if not keys:
            return None, False, True
        entity = self.resolution.entities[keys[0]]
        return entity.key, self._is_news(entity), False

    def _is_news(self, entity: Entity) -> bool:
        if entity.type is not EntityType.ORGANISATION:
            return False
        words = {word for name in (entity.label, *entity.aliases) for word in name.lower().split()}
        return self.ontology.is_a(entity.subtype, "MediaOrganisation") or bool(
            words & self.ontology.words("media-name")
        )

    def _place(self, match: Match) -> str | None:
        frame = self.frames.get(match.clause)
        for preposition, noun in frame.obliques if frame else ():
            if preposition in ("in", "at") and noun not in match.objects:
                for key in self.linker.entities([noun]):
                    if self.resolution.entities[key].type in (EntityType.PLACE, EntityType.STATE):
                        return key
        return None

    def _evidence(self, token: int) -> Evidence:
        start, end = self.tree.sentences[bisect_right(self.starts, token) - 1]
        first, last = self.offsets[start][0], self.offsets[end - 1][1]
        return Evidence(self.document.id, first, last, self.document.text[first:last], self.document.published)
