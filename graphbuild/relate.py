"""Frames + references + ontology → statements; names no relation: all of them come from ``ontologies/``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphbuild.factuality import Reader, Reading, status
from graphbuild.frames import Frame, frames
from graphbuild.match import Match, compound_matches, light_verb, noun_matches, pair_matches, role_matches, verb_matches
from graphbuild.model import Document, Entity, EntityType, Evidence, ParagraphKind, Statement, Status, Tense
from graphbuild.nominal import name_behind, realisation
from graphbuild.notation import PairFrame
from graphbuild.ontology import Ontology, Relation
from graphbuild.quotations import Quotation
from graphbuild.syntax import Tree
from graphbuild.times import event_time

if TYPE_CHECKING:
    from graphbuild.resolve import Resolution

# How often a pattern was right on the development articles, in steps of 0.05.
CONFIDENCE = {"verb": 0.9, "noun": 0.8, "role": 0.9, "compound": 0.85, "open": 0.6}
# Prepositions of when, where and how: their noun takes no part in an open relation.
CIRCUMSTANCE = frozenset({
    "in", "at", "on", "by", "during", "after", "before", "since", "until", "amid", "without", "despite", "like", "as",
    "than",
})  # fmt: skip
LONGEST_ACT = 12  # words in the label of an act that no relation describes


@dataclass(frozen=True, slots=True)
class Refusal:
    """A frame that fired and gave no statement, and why; for ``graphbuild explain``."""

    match: Match
    reason: str


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
        self.reader = Reader(tree, ontology, quotations)
        self.light = ontology.words("light-verb")
        self.promising = ontology.words("subject-control")
        offices = (name for name in ontology.word_lists if name.startswith("office-"))
        self.offices = frozenset().union(*map(ontology.words, offices))
        self.frames = {f.head: self._undated(self._uncontrolled(f)) for f in frames(tree, self.promising)}
        self.starts = [start for start, _ in tree.sentences]
        self.offsets: list[tuple[int, int]] = tree.doc.user_data["offsets"]
        self.covered: set[int] = set()  # verbs inside the content of an operator
        self.consumed: set[int] = set()  # nouns that belong to a light verb's match
        self.referents: dict[int, list[str]] = {}  # of tokens already asked for
        self.accepted: dict[tuple[str, str | None, tuple[str, ...]], bool] = {}  # whether a type is of a class
        self.pairs: dict[tuple[str, ...], list[PairFrame]] = {}  # what these entities may anchor
        self.acts: dict[str, Entity] = {}
        self.refusals: list[Refusal] = []
        self.reasons: dict[Statement, tuple[str, ...]] = {}

    def run(self) -> Relations:
        found: list[tuple[int, Statement]] = []
        verbs = {
            head: self._best(head, verb_matches(self.tree, frame, self.ontology)) for head, frame in self.frames.items()
        }
        for head in sorted(verbs, key=self._depth):
            if head not in self.covered and (grounded := verbs[head]) is not None:
                found += [(head, s) for s in self._verb_statements(grounded)]
                if (joint := self._joint(head, grounded)) is not None:
                    found += [(head, s) for s in self._verb_statements(joint)]
        for head, frame in self.frames.items():
            if verbs[head] is None and head not in self.covered:
                found += [(head, s) for s in self._open(frame)]
        for token in range(len(self.tree)):
            found += [(token, s) for s in self._noun_statements(token)]
        found.sort(key=lambda pair: pair[0])
        statements = tuple(self._without_bold_headlines(found))
        return Relations(statements, tuple(self.acts.values()), tuple(self.refusals), self.reasons)

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

    # Which frame, and between whom

    def _best(self, trigger: int, matches: Iterable[Match], default: str | None = None) -> _Grounded | None:
        """The most specific match at a trigger whose ends are entities of fitting types."""
        known, own = self.ontology.relations, self.ontology.own
        ranked = sorted(
            matches,
            key=lambda m: (-m.specificity, m.relation not in own, known[m.relation].tier, m.relation, m.frame),
        )
        for match in ranked:
            grounded = self._ground(match, default)
            if isinstance(grounded, str):
                self.refusals.append(Refusal(match, grounded))
            else:
                return grounded
        return None

    def _joint(self, verb: int, grounded: _Grounded) -> _Grounded | None:
        """What each of several subjects did, where the best match says what they did together: signed the accord."""
        if not grounded.relation.symmetric or grounded.objects or verb not in self.frames:
            return None
        matches = verb_matches(self.tree, self.frames[verb], self.ontology)
        single = [m for m in matches if m.objects and not self.ontology.relations[m.relation].symmetric]
        return self._best(verb, single) if single else None

    def _ground(self, match: Match, default: str | None = None) -> _Grounded | str:
        """The match between entities, or why there is none; ``default`` is the subject where syntax names none."""
        relation = self.ontology.relations[match.relation]
        domain, span = match.types or (match.subject_types or relation.domain, match.object_types or relation.range)
        alone = self._alone(match)
        if match.trigger == match.clause and (reason := self._unfit(match)) is not None:
            return reason
        subjects = self._fitting(match.subjects, domain, alone) or self._fitting(self._wielders(match), domain)
        if not subjects and match.fallback is not None:
            subjects = self._fitting((match.fallback,), domain)
        if not subjects and default is not None and self._accepts(default, domain):
            misread = self._fitting(match.subjects, ("Actor",))  # somebody else is to act, but not like this
            subjects = () if misread else (default,)
        if not subjects:
            return "no entity of a fitting type as subject" if match.subjects else "no subject"
        objects = self._fitting(match.objects, span, alone) or self._fitting(self._producers(match), span)
        if not objects and match.implied:
            objects = self._only(match.implied)
        contentless = not relation.operator or match.content is None or match.addressed
        if match.objects and not objects and contentless:
            return "no entity of a fitting type as object"
        if not objects and match.content is None:
            if relation.symmetric and len(subjects) > 1 and not match.objects:
                return _Grounded(match, relation, subjects, ())
            return "no object"
        return _Grounded(match, relation, subjects, objects)

    def _unfit(self, match: Match) -> str | None:
        """Why a clause is no news of its own: a match that was played, "doctors help patients", a question."""
        tree, verb = self.tree, match.clause
        if not tree.is_verb(verb):
            return None
        if self._is_played(verb):
            return "sport"
        ends = [t for t in (*match.subjects, *match.objects) if match.content is None]
        if len(ends) > 1 and tree.tags[verb] == "VBP" and all(self._is_generic(t) for t in ends):
            return "true of any, said of nobody"
        return None

    def _is_played(self, verb: int) -> bool:
        """ "beat them 3-1", "beat them on penalties"."""
        tree, sport = self.tree, self.ontology.words("sport")
        phrases = [k for k in tree.kids(verb, "obl", "nmod") if tree.tags[k] in ("NN", "NNS") and tree.preposition(k)]
        return any(tree.lemmas[k] in sport for k in phrases) or any(
            tree.tags[k] == "CD" and self._is_score(k) for k in tree.subtree(verb)
        )

    def _is_score(self, token: int) -> bool:
        """ "3-1", in one token or three."""
        words = self.tree.words
        return token + 2 < len(words) and words[token + 1] in ("-", "–") and words[token + 2].isdigit()

    def _is_generic(self, token: int) -> bool:
        """A bare plural: "doctors"."""
        tree = self.tree
        return (
            tree.tags[token] == "NNS" and not tree.kids(token) and not any(map(self._is_named, self._referents(token)))
        )

    def _is_named(self, key: str) -> bool:
        return self.resolution.entities[key].named

    def _wielders(self, match: Match) -> list[int]:
        """ "Israeli jets bombed Tyre", "a letter by Chad accused": those whose weapons or words the subjects are."""
        tree, weapons, texts = self.tree, self.ontology.words("weapon"), self.ontology.words("text-noun")
        if not tree.is_verb(match.clause):
            return []
        owners = [o for t in match.subjects if tree.lemmas[t] in weapons | texts for way in ("poss", "mod")
                  for o in realisation(tree, t, way)]  # fmt: skip
        for text in (t for t in match.subjects if tree.lemmas[t] in texts):
            owners += [o for way in ("by", "from") for o in realisation(tree, text, way)]
            agent = light_verb(tree, text, self.light)[1]
            owners += [agent] if agent is not None else []
        return owners

    def _producers(self, match: Match) -> list[int]:
        """ "tariffs on Chinese steel": those whose goods a measure is taken against."""
        tree, goods = self.tree, self.ontology.words("goods")
        hit = [t for t in match.objects if tree.lemmas[t] in goods and tree.preposition(t)]
        return [owner for t in hit for way in ("poss", "mod", "from") for owner in realisation(tree, t, way)]

    def _alone(self, match: Match) -> int | None:
        """The token of a match without its conjuncts: a name in a pair, or under a singular title."""
        if match.types is not None:
            return match.trigger
        ends = (*match.subjects, *match.objects)
        titled = match.role is not None and self.tree.tags[match.trigger] in ("NN", "NNP")
        return next((t for t in ends if titled and match.pattern.startswith(("title", "apposition"))), None)

    def _fitting(self, tokens: Iterable[int], allowed: tuple[str, ...], alone: int | None = None) -> tuple[str, ...]:
        return tuple(key for key in self._entities(tokens, alone) if self._accepts(key, allowed))

    def _entities(self, tokens: Iterable[int], alone: int | None = None) -> list[str]:
        """Keys of what the tokens and their conjuncts refer to; of the token ``alone`` without its conjuncts."""
        keys: list[str] = []
        for token in tokens:
            for conjunct in [token] if token == alone else self.tree.conjuncts(token):
                keys += [key for key in self._referents(conjunct) if key not in keys]
        return keys

    def _referents(self, token: int) -> list[str]:
        """What a noun refers to; the counted ones of "a number of ministers", also those of "ministers including A"."""
        if token not in self.referents:
            self.referents[token] = self._found_referents(token)
        return self.referents[token]

    def _found_referents(self, token: int) -> list[str]:
        tree = self.tree
        keys = list(self.resolution.at(token))
        if not keys and (named := name_behind(tree, token)) is not None:
            return list(self.resolution.at(named))
        if not keys and tree.lemmas[token] in self.ontology.words("quantity-noun"):
            return self._entities(k for k in tree.kids(token, "nmod") if tree.preposition(k) == "of")
        members = [k for k in tree.kids(token, "nmod") if tree.preposition(k) in ("including", "such as")]
        if not keys and not members:  # "the cruise ship, Freewinds"
            members = [k for k in tree.kids(token, "appos", "flat") if k > token and tree.pos[k] == "PROPN"]
        return keys + self._entities(members)

    def _only(self, types: tuple[str, ...]) -> tuple[str, ...]:
        """The one named entity of these types in the article; nothing where there are several."""
        found = [key for key, entity in self.resolution.entities.items() if entity.named and self._accepts(key, types)]
        return tuple(found) if len(found) == 1 else ()

    def _accepts(self, key: str, allowed: tuple[str, ...]) -> bool:
        entity = self.resolution.entities[key]
        asked = entity.type, entity.subtype, allowed
        if asked not in self.accepted:
            self.accepted[asked] = self.ontology.accepts(allowed, asked[:2])
        return self.accepted[asked]

    # Statements

    def _verb_statements(self, grounded: _Grounded) -> Iterator[Statement]:
        match = grounded.match
        self.consumed.update(match.consumed)
        yield from self._statements(grounded, self.reader.clause(match.clause), "verb")

    def _noun_statements(self, token: int) -> Iterator[Statement]:
        tree = self.tree
        if tree.words[token] in self.ontology.compound_frames:
            compound = self._best(token, compound_matches(tree, token, self.ontology))
            if compound is not None:
                yield from self._statements(compound, self._compound_reading(compound), "compound")
        if not tree.is_nominal(token) and tree.pos[token] not in ("ADJ",):
            return
        told: set[frozenset[str | None]] = set()
        done: set[str] = set()
        for match in role_matches(tree, token, self.ontology):
            if match.relation in done:  # the first way of a role is the best
                continue
            grounded = self._ground(match)
            if not isinstance(grounded, str):
                grounded = self._told(grounded) or "nobody named holds the role"
            if isinstance(grounded, str):
                self.refusals.append(Refusal(match, grounded))
                continue
            reading = self.reader.role(token, match.pattern)
            done.add(match.relation)
            fresh = [s for s in self._statements(grounded, reading, "role") if s.ends not in told]
            told.update(statement.ends for statement in fresh)
            yield from fresh
        if self._referents(token):
            pairs = self._pair_statements(token)
            yield from (s for s in pairs if s.ends not in told)
        if token in self.consumed:
            return
        grounded_noun = self._best(token, noun_matches(tree, token, self.ontology, self.light))
        if grounded_noun is None or grounded_noun.match.clause in self.covered:
            return
        clause = grounded_noun.match.clause
        reading = (
            self.reader.clause(clause)
            if clause != token
            else self.reader.nominal(token, grounded_noun.relation.standing)
        )
        yield from self._statements(grounded_noun, reading, "noun")

    def _told(self, grounded: _Grounded) -> _Grounded | None:
        """A role worth telling: of those who hold it the named ones; all if it is an office that one person holds."""
        if grounded.match.role in self.offices:
            return grounded
        subjects, objects = map(self._named, (grounded.subjects, grounded.objects))
        told = subjects and (objects or not grounded.objects)
        return replace(grounded, subjects=subjects, objects=objects) if told else None

    def _named(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(filter(self._is_named, keys))

    def _pair_statements(self, token: int) -> Iterator[Statement]:
        """What two names side by side say: the narrowest frame that fits, and no other between the two."""
        if not self.tree.kids(token) and self.tree.labels[token] != "conj":
            return
        seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
        for match in pair_matches(self.tree, token, self._pair_frames(tuple(self._referents(token)))):
            grounded = self._ground(match)
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
            self.pairs[keys] = [e for e in entries if any(self._accepts(key, e.anchored) for key in keys)]
        return self.pairs[keys]

    def _is_named_or_event(self, grounded: _Grounded) -> bool:
        kind = self.resolution.entities[grounded.subjects[0]].type
        beside_verb = self.tree.label(grounded.match.trigger) == "obl"  # "marched against the EU in Madrid"
        if kind is EntityType.ORGANISATION and beside_verb and grounded.match.pattern in ("pair in", "pair at"):
            return False
        entities = [self.resolution.entities[key] for key in (*grounded.subjects, *grounded.objects)]
        return all(entity.named or entity.type is EntityType.EVENT for entity in entities)

    def _compound_reading(self, grounded: _Grounded) -> Reading:
        reading = Reading()
        reading.at(Tense.PRESENT if grounded.relation.standing else Tense.PAST)
        return reading

    def _statements(self, grounded: _Grounded, reading: Reading, kind: str) -> Iterator[Statement]:
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
        for subject, obj in self._pairs(grounded):
            content = self._content(match, subject, obj) if match.content is not None else None
            if content is None and obj is None:
                obj = self._thing(match, subject)
            if (obj is not None or content is not None) and subject != obj:
                found = replace(base, subject=subject, object=obj, content=content)
                self.reasons[found] = (f"frame: {match.frame}", *reading.reasons)
                yield found

    def _pairs(self, grounded: _Grounded) -> Iterator[tuple[str, str | None]]:
        subjects, objects = grounded.subjects, grounded.objects
        if objects:
            yield from ((s, o) for s in subjects for o in objects if s != o)
        elif grounded.relation.symmetric and grounded.match.content is None:
            yield from ((subjects[i], o) for i in range(len(subjects)) for o in subjects[i + 1 :])
        else:
            yield from ((s, None) for s in subjects)

    def _source(self, reading: Reading) -> tuple[str | None, bool, bool]:
        """Entity credited, whether it is a news organisation, and whether somebody is credited whom we cannot name."""
        if reading.source is None:
            return None, False, False
        keys = self._entities([reading.source])
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
                for key in self._entities([noun]):
                    if self.resolution.entities[key].type in (EntityType.PLACE, EntityType.STATE):
                        return key
        return None

    def _evidence(self, token: int) -> Evidence:
        start, end = self.tree.sentences[bisect_right(self.starts, token) - 1]
        first, last = self.offsets[start][0], self.offsets[end - 1][1]
        return Evidence(self.document.id, first, last, self.document.text[first:last], self.document.published)

    # What was offered, promised, refused

    def _content(self, match: Match, subject: str, addressee: str | None) -> Statement | None:
        """What ``subject`` offered, promised, demanded; of several actors of the act the ``addressee`` is meant."""
        assert match.content is not None
        ahead = self.reader.lies_ahead(match.trigger)
        if match.content_kind == "clause":
            asked = addressee is not None and self.tree.lemmas[match.trigger] not in self.promising
            return self._clause_content(match.content, addressee if asked and addressee else subject, addressee, ahead)
        own = match.relation in self.ontology.commissive
        matches = noun_matches(self.tree, match.content, self.ontology, frozenset(), agentless=True)
        matches = (m for m in matches if m.relation != match.relation and (own or self._names_actor(m)))
        found = self._best(match.content, matches, subject)
        self.consumed.add(match.content)
        reading = self.reader.content(match.content, ahead)
        return None if found is None else self._content_statement(found, reading, subject)

    def _names_actor(self, match: Match) -> bool:
        """Whether an act that is spoken of has its own actor, or none but who speaks of it: talks, a truce."""
        return bool(self._entities(match.subjects)) or self.ontology.relations[match.relation].symmetric

    def _clause_content(self, verb: int, subject: str, addressee: str | None, ahead: bool) -> Statement | None:
        self._cover(verb)
        frame = self.frames.get(verb)
        if frame is None:
            return None
        if subject == addressee and frame.subject is not None and subject not in self._entities((frame.subject,)):
            frame = replace(frame, subject=None, fallback=None)  # "called on him to resign": he is to
        reading = self.reader.content(verb, ahead)
        found = self._best(verb, verb_matches(self.tree, frame, self.ontology), subject)
        if found is not None:
            self.consumed.update(found.match.consumed)
            return self._content_statement(found, reading, subject)
        for noun in (frame.object, *(noun for _, noun in frame.obliques)):
            if noun is None:
                continue
            nominal = self._best(noun, noun_matches(self.tree, noun, self.ontology, self.light), subject)
            if nominal is not None and nominal.match.clause == verb:
                self.consumed.add(noun)
                return self._content_statement(nominal, reading, subject)
        return self._open_content(frame, subject, addressee, reading)

    def _open_content(self, frame: Frame, subject: str, addressee: str | None, reading: Reading) -> Statement | None:
        """What no relation describes: "to hold two referendums", "to vote on the plan", "to resign"."""
        if not self.tree.words[frame.head].isalpha():
            return None
        actors = self._entities((frame.subject,) if frame.subject is not None else ())
        actor = addressee if addressee in actors and addressee else next(iter(actors), subject)
        ends = [(p, noun) for p, noun in (("", frame.object), *frame.obliques) if noun is not None]
        things = ((p, key) for p, noun in ends for key in self._entities((noun,)) if key != actor)
        preposition, obj = next(things, ("", None))
        if obj is None and frame.object is not None:
            obj = self._act(frame.object)
        elif obj is None:  # "to vote on the plan", "to resign"
            preposition, noun = next((end for end in ends if end[0] not in CIRCUMSTANCE), ("", None))
            obj = self._act(frame.head if noun is None else noun)
        if obj is None:
            return None
        name = self._open_name(frame, preposition)
        match = Match(name, "open", "open", frame.head, frame.head, (), ())
        return self._as_content(actor, match, obj, None, reading)

    def _content_statement(self, grounded: _Grounded, reading: Reading, actor: str) -> Statement | None:
        """One statement of what is done: if ``actor`` is among those who do it, what he does."""
        for subject, obj in sorted(self._pairs(grounded), key=lambda pair: pair[0] != actor):
            nested = None
            if grounded.match.content is not None:
                nested = self._content(grounded.match, subject, obj)
                obj = obj if obj is not None or nested is not None else self._thing(grounded.match, subject)
            if obj is not None or nested is not None:
                return self._as_content(subject, grounded.match, obj, nested, reading)
        return None

    def _as_content(
        self, subject: str, match: Match, obj: str | None, nested: Statement | None, reading: Reading
    ) -> Statement:
        standing = status(reading, False)
        return Statement(
            subject, match.relation, obj, nested, reading.polarity, reading.certainty, reading.tense or Tense.PAST,
            Status.CLAIM if standing is Status.FACT else standing,
            confidence=CONFIDENCE["verb"], pattern=match.pattern, evidence=(self._evidence(match.trigger),),
        )  # fmt: skip

    def _cover(self, verb: int) -> None:
        """No verb of an operator's content is a statement of its own; relative clauses inside it may be."""
        self.covered.update(self.tree.subtree(verb, without=frozenset({"acl:relcl", "nmod", "obl", "nsubj", "obj"})))

    def _thing(self, match: Match, subject: str) -> str | None:
        """What was offered, denied, proposed where it is a thing and no act: "immunity", "the designs"."""
        if match.content is None:
            return None
        existing = [k for k in self._entities([match.content]) if k != subject] if match.content_kind == "noun" else []
        return existing[0] if existing else self._act(match.content)

    def _act(self, token: int) -> str | None:
        """An entity for what has no name: "sending troops", labelled with its words."""
        if self.tree.pos[token] in ("PRON", "DET"):
            return None
        words = self.tree.subtree(
            token,
            without=frozenset(
                {
                    "punct",
                    "acl:relcl",
                    "advcl",
                    "parataxis",
                    "conj",
                    "cc",
                    "mark",
                    "case",
                    "det",
                    "nsubj",
                    "aux",
                    "appos",
                }
            ),
        )
        run = [w for w in range(words[0], words[-1] + 1) if w in set(words)][:LONGEST_ACT]
        span = self.tree.doc[run[0] : run[-1] + 1]
        label = " ".join(
            t.text
            for t in span
            if t.dep_ != "punct" and not (t.i == span.start and t.lower_ in ("the", "a", "an", "to"))
        )
        if not any(ch.isalpha() for ch in label):
            return None
        key = "act:" + " ".join(label.lower().split())
        self.acts.setdefault(key, Entity(key=key, type=EntityType.EVENT, label=label, named=False, local=True))
        return key

    # What the ontology has no relation for

    def _open(self, frame: Frame) -> Iterator[Statement]:
        lemma = frame.lemma.partition("_")[0]
        if frame.copular or frame.subject is None or not lemma.isalpha() or lemma in self._closed():
            return
        if self.tree.kids(frame.head, "xcomp"):  # "called it a success": what is said of the object is the point
            return
        if self._is_played(frame.head):
            return
        subjects = self._fitting((frame.subject,), ("Actor",))
        targets = [("", frame.object)] if frame.object is not None else []
        targets += [(p, noun) for p, noun in frame.obliques if p and " " not in p and p not in CIRCUMSTANCE]
        for preposition, noun in targets:
            objects = [key for key in self._entities([noun]) if key not in subjects] if noun is not None else []
            if not subjects or not objects or not any(self.resolution.entities[k].named for k in objects):
                continue
            name = self._open_name(frame, preposition)
            match = Match(
                name, "open", "open", frame.head, frame.head, (frame.subject,), (noun,) if noun is not None else ()
            )
            grounded = _Grounded(match, Relation(name, name), subjects, tuple(objects))
            yield from self._statements(grounded, self.reader.clause(frame.head), "open")
            return

    def _open_name(self, frame: Frame, preposition: str) -> str:
        """The id of an open relation: ``open-visit``, ``open-send-troops-to`` where the direct object is no entity."""
        passed = [self.tree.words[frame.object]] if preposition and frame.object is not None else []
        words = ["open", *frame.lemma.split("_"), *passed, *preposition.split()]
        return "-".join(word for word in words if word.isalpha())

    def _closed(self) -> frozenset[str]:
        return self.ontology.words("reporting") | self.ontology.words("implicative")


@dataclass(frozen=True, slots=True)
class _Grounded:
    """A match whose ends are entities."""

    match: Match
    relation: Relation
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
