"""Frames + references + ontology → statements; names no relation: all of them come from ``ontologies/``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphbuild.factuality import Reader, Reading, status
from graphbuild.frames import Frame, frames
from graphbuild.model import Document, Entity, EntityType, Evidence, ParagraphKind, Statement, Status, Tense
from graphbuild.notation import PairFrame
from graphbuild.ontology import Ontology
from graphbuild.quotations import Quotation
from graphbuild.relate.contents import Contents
from graphbuild.relate.fallback import open_relation
from graphbuild.relate.grounding import CONFIDENCE, Grounded, Grounder, Refusal
from graphbuild.relate.match import Match, verb_matches
from graphbuild.relate.nounmatch import compound_matches, noun_matches, pair_matches, role_matches
from graphbuild.syntax import Tree
from graphbuild.times import event_time

if TYPE_CHECKING:
    from graphbuild.resolve import Resolution


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
    tree: Tree, document: Document, ontology: Ontology, resolution: Resolution, quotations: Sequence[Quotation]
) -> Relations:
    """All statements that ``tree`` makes between the entities of ``resolution``, in the order of their triggers."""
    return _Relator(tree, document, ontology, resolution, quotations).run()


class _Relator:
    """The state of one document's relation stage: which tokens are spoken for, which acts were named."""

    def __init__(
        self,
        tree: Tree,
        document: Document,
        ontology: Ontology,
        resolution: Resolution,
        quotations: Sequence[Quotation],
    ) -> None:
        self.tree, self.document, self.ontology, self.resolution = tree, document, ontology, resolution
        self.grounder = Grounder(tree, ontology, resolution)
        self.reader = Reader(tree, ontology, quotations)
        self.light = ontology.words("light-verb")
        clauses = frames(tree, ontology.words("subject-control"))
        self.frames = {f.head: self._undated(self._uncontrolled(f)) for f in clauses}
        self.contents = Contents(tree, self.grounder, self.reader, self.frames, self._evidence)
        self.starts = [start for start, _ in tree.sentences]
        self.offsets: list[tuple[int, int]] = tree.doc.user_data["offsets"]
        self.pairs: dict[tuple[str, ...], list[PairFrame]] = {}  # what these entities may anchor
        self.reasons: dict[Statement, tuple[str, ...]] = {}

    def run(self) -> Relations:
        found: list[tuple[int, Statement]] = []
        verbs = {
            head: self.grounder.best(head, verb_matches(self.tree, frame, self.ontology))
            for head, frame in self.frames.items()
        }
        for head in sorted(verbs, key=self._depth):
            if head not in self.contents.covered and (grounded := verbs[head]) is not None:
                found += [(head, s) for s in self._verb_statements(grounded)]
                if (joint := self._joint(head, grounded)) is not None:
                    found += [(head, s) for s in self._verb_statements(joint)]
        for head, frame in self.frames.items():
            if verbs[head] is None and head not in self.contents.covered:
                found += [(head, s) for s in self._open_statements(frame)]
        for token in range(len(self.tree)):
            found += [(token, s) for s in self._noun_statements(token)]
        found.sort(key=lambda pair: pair[0])
        statements = tuple(self._without_bold_headlines(found))
        return Relations(statements, tuple(self.contents.acts.values()), tuple(self.grounder.refusals), self.reasons)

    def _uncontrolled(self, frame: Frame) -> Frame:
        """The frame without the subject that a noun lends it, if that is only spoken of: "discussed the plan to"."""
        tree, noun = self.tree, self.tree.heads[frame.head]
        verb = tree.heads[noun]
        topic = tree.label(frame.head) == "acl" and frame.construction == "control" and tree.label(noun) == "obj"
        topic = topic and tree.lemmas[verb] in self.ontology.words("referring")
        return replace(frame, subject=None, fallback=None) if topic and frame.subject != noun else frame

    def _undated(self, frame: Frame) -> Frame:
        """The frame without its dates: "eased the curfew on Monday in Bo" eases none on a Monday."""
        dates = self.ontology.words("calendar")
        return replace(frame, obliques=tuple(pair for pair in frame.obliques if self.tree.lemmas[pair[1]] not in dates))

    def _without_bold_headlines(self, found: list[tuple[int, Statement]]) -> Iterator[Statement]:
        """Leave out what only the headline asserts and the body calls planned, possible, claimed or untrue."""
        headlines = [s for s in self.tree.doc.spans.get("paragraphs", ()) if s.label_ == ParagraphKind.HEADLINE]
        in_headline = {token for span in headlines for token in range(span.start, span.end)}
        body: dict[tuple[str, str, str | None], set[Status]] = {}
        for token, s in found:
            if token not in in_headline:
                body.setdefault((s.subject, s.relation, s.object), set()).add(s.status)
        asserted = {Status.FACT, Status.REPORT}
        for token, s in found:
            said = body.get((s.subject, s.relation, s.object), asserted)
            if token not in in_headline or s.status not in asserted or said & asserted:
                yield s

    def _depth(self, token: int) -> tuple[int, int]:
        return sum(1 for _ in self.tree.ancestors(token)), token

    def _joint(self, verb: int, grounded: Grounded) -> Grounded | None:
        """What each of several subjects did, where the best match says what they did together: signed the accord."""
        if not grounded.relation.symmetric or grounded.objects or verb not in self.frames:
            return None
        matches = verb_matches(self.tree, self.frames[verb], self.ontology)
        single = [m for m in matches if m.objects and not self.ontology.relations[m.relation].symmetric]
        return self.grounder.best(verb, single) if single else None

    # Statements

    def _verb_statements(self, grounded: Grounded) -> Iterator[Statement]:
        match = grounded.match
        self.contents.consumed.update(match.consumed)
        yield from self._statements(grounded, self.reader.clause(match.clause), "verb")

    def _open_statements(self, frame: Frame) -> Iterator[Statement]:
        grounded = open_relation(self.tree, frame, self.grounder)
        if grounded is not None:
            yield from self._statements(grounded, self.reader.clause(frame.head), "open")

    def _noun_statements(self, token: int) -> Iterator[Statement]:
        tree = self.tree
        if tree.words[token] in self.ontology.compound_frames:
            compound = self.grounder.best(token, compound_matches(tree, token, self.ontology))
            if compound is not None:
                yield from self._statements(compound, self._compound_reading(compound), "compound")
        if not tree.is_nominal(token) and tree.pos[token] not in ("ADJ",):
            return
        told: set[frozenset[str | None]] = set()
        done: set[str] = set()
        for match in role_matches(tree, token, self.ontology):
            if match.relation in done:  # the first way of a role is the best
                continue
            grounded = self.grounder.ground(match)
            if not isinstance(grounded, str):
                grounded = self._told(grounded) or "nobody named holds the role"
            if isinstance(grounded, str):
                self.grounder.refusals.append(Refusal(match, grounded))
                continue
            reading = self.reader.role(token, match.pattern)
            done.add(match.relation)
            fresh = [s for s in self._statements(grounded, reading, "role") if s.ends not in told]
            told.update(statement.ends for statement in fresh)
            yield from fresh
        if self.grounder.referents(token):
            pairs = self._pair_statements(token)
            yield from (s for s in pairs if s.ends not in told)
        if token in self.contents.consumed:
            return
        grounded_noun = self.grounder.best(token, noun_matches(tree, token, self.ontology, self.light))
        if grounded_noun is None or grounded_noun.match.clause in self.contents.covered:
            return
        clause = grounded_noun.match.clause
        reading = (
            self.reader.clause(clause)
            if clause != token
            else self.reader.nominal(token, grounded_noun.relation.standing)
        )
        yield from self._statements(grounded_noun, reading, "noun")

    def _told(self, grounded: Grounded) -> Grounded | None:
        """A role worth telling: of those who hold it the named ones; all if it is an office that one person holds."""
        if grounded.match.role in self.ontology.offices:
            return grounded
        subjects, objects = map(self._named, (grounded.subjects, grounded.objects))
        told = subjects and (objects or not grounded.objects)
        return replace(grounded, subjects=subjects, objects=objects) if told else None

    def _named(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(filter(self.grounder.is_named, keys))

    def _pair_statements(self, token: int) -> Iterator[Statement]:
        """What two names side by side say: the narrowest frame that fits, and no other between the two."""
        if not self.tree.kids(token) and self.tree.labels[token] != "conj":
            return
        seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
        for match in pair_matches(self.tree, token, self._pair_frames(tuple(self.grounder.referents(token)))):
            grounded = self.grounder.ground(match)
            if isinstance(grounded, str) or not self._is_named_or_event(grounded):
                continue
            ends = grounded.subjects, grounded.objects
            if ends not in seen:
                seen.add(ends)
                events = any(self.resolution.entities[key].type is EntityType.EVENT for key in grounded.subjects)
                reading = self.reader.nominal(token, standing=False) if events else self._compound_reading(grounded)
                yield from self._statements(grounded, reading, "role")

    def _pair_frames(self, keys: tuple[str, ...]) -> list[PairFrame]:
        """The pair frames that one of these entities may anchor."""
        if keys not in self.pairs:
            entries = self.ontology.pair_frames
            self.pairs[keys] = [e for e in entries if any(self.grounder.accepts(key, e.anchored) for key in keys)]
        return self.pairs[keys]

    def _is_named_or_event(self, grounded: Grounded) -> bool:
        kind = self.resolution.entities[grounded.subjects[0]].type
        beside_verb = self.tree.label(grounded.match.trigger) == "obl"  # "marched against the EU in Madrid"
        if kind is EntityType.ORGANISATION and beside_verb and grounded.match.pattern in ("pair in", "pair at"):
            return False
        entities = [self.resolution.entities[key] for key in (*grounded.subjects, *grounded.objects)]
        return all(entity.named or entity.type is EntityType.EVENT for entity in entities)

    def _compound_reading(self, grounded: Grounded) -> Reading:
        reading = Reading()
        reading.at(Tense.PRESENT if grounded.relation.standing else Tense.PAST)
        return reading

    def _statements(self, grounded: Grounded, reading: Reading, kind: str) -> Iterator[Statement]:
        match = grounded.match
        source, news, lost = self._source(reading)
        base = Statement(
            subject="",
            relation=match.relation,
            polarity=reading.polarity,
            certainty=reading.certainty,
            tense=reading.tense or Tense.PAST,
            status=Status.CLAIM
            if lost and status(reading, news) in (Status.FACT, Status.REPORT)
            else status(reading, news),
            source=source,
            cue=reading.cue if reading.source is not None else None,
            time=event_time(self.tree, match.clause, reading.tense or Tense.PAST, self.document.published),
            place=self._place(match),
            role=match.role,
            confidence=round(CONFIDENCE[kind] * (0.9 if lost else 1.0), 4),
            pattern=match.pattern,
            evidence=(self._evidence(match.trigger),),
        )
        for subject, obj in grounded.pairs():
            content = self.contents.of(match, subject, obj) if match.content is not None else None
            if content is None and obj is None:
                obj = self.contents.thing(match, subject)
            if (obj is not None or content is not None) and subject != obj:
                found = replace(base, subject=subject, object=obj, content=content)
                self.reasons[found] = (f"frame: {match.frame}", *reading.reasons)
                yield found

    def _source(self, reading: Reading) -> tuple[str | None, bool, bool]:
        """Entity credited, whether it is a news organisation, and whether somebody is credited whom we cannot name."""
        if reading.source is None:
            return None, False, False
        keys = self.grounder.entities([reading.source])
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
                for key in self.grounder.entities([noun]):
                    if self.resolution.entities[key].type in (EntityType.PLACE, EntityType.STATE):
                        return key
        return None

    def _evidence(self, token: int) -> Evidence:
        start, end = self.tree.sentences[bisect_right(self.starts, token) - 1]
        first, last = self.offsets[start][0], self.offsets[end - 1][1]
        return Evidence(self.document.id, first, last, self.document.text[first:last], self.document.published)
