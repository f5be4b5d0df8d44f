"""What was offered, promised, demanded or refused: an operator's content as a statement, or an entity for the act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from graphbuild.factuality import Factuality, FactualityAnalyser, status
from graphbuild.function_words import ARTICLES, CIRCUMSTANCE
from graphbuild.model import Entity, EntityType, Evidence, Statement, Status, Tense
from graphbuild.relate.candidates import noun_matches, verb_matches
from graphbuild.relate.linking import CONFIDENCE, ArgumentLinker, Linked
from graphbuild.relate.open_relations import open_name
from graphbuild.relate.verb_candidates import Match
from graphbuild.syntax import Tree
from graphbuild.syntax.arguments import Phrases
from graphbuild.syntax.clauses import Predicate

LONGEST_ACT = 12  # words in the label of an act that no relation describes
UNNAMED = frozenset({
    "punct", "acl:relcl", "advcl", "parataxis", "conj", "cc", "mark", "case", "det", "nsubj", "aux", "appos",
})  # what an act's label leaves out  # fmt: skip


class Complements:
    """Reads contents; remembers which tokens they speak for and which acts it had to name."""

    def __init__(
        self,
        tree: Tree,
        linker: ArgumentLinker,
        analyser: FactualityAnalyser,
        frames: Mapping[int, Predicate],
        evidence: Callable[[int], Evidence],
    ) -> None:
        self.tree, self.linker, self.factuality, self.frames, self.evidence = tree, linker, analyser, frames, evidence
        self.ontology = linker.ontology
        self.promising = self.ontology.words("subject-control")
        self.covered: set[int] = set()  # verbs inside the content of an operator
        self.consumed: set[int] = set()  # nouns that belong to a match already made
        self.acts: dict[str, Entity] = {}

    def of(self, match: Match, subject: str, addressee: str | None) -> Statement | None:
        """What ``subject`` offered, promised, demanded; of several actors of the act the ``addressee`` is meant."""
        assert match.content is not None
        ahead = self.factuality.lies_ahead(match.trigger)
        if match.content_kind == "clause":
            asked = addressee is not None and self.tree.lemmas[match.trigger] not in self.promising
            return self._clause_content(match.content, addressee if asked and addressee else subject, addressee, ahead)
        return self._noun_content(match, match.content, subject, ahead)

    def _noun_content(self, match: Match, noun: int, subject: str, ahead: bool) -> Statement | None:
        """ "called for talks", "promised an investigation"."""
        own = match.relation in self.ontology.commissive
        matches = noun_matches(self.tree, noun, self.ontology, frozenset(), agentless=True)
        matches = (m for m in matches if m.relation != match.relation and (own or self._names_actor(m)))
        found = self.linker.best(noun, matches, subject)
        self.consumed.add(noun)
        factuality = self.factuality.content(noun, ahead)
        return None if found is None else self._content_statement(found, factuality, subject)

    def _names_actor(self, match: Match) -> bool:
        """Whether an act that is spoken of has its own actor, or none but who speaks of it: talks, a truce."""
        return bool(self.linker.entities(match.subjects)) or self.ontology.relations[match.relation].symmetric

    def _clause_content(self, verb: int, subject: str, addressee: str | None, ahead: bool) -> Statement | None:
        self._cover(verb)
        frame = self.frames.get(verb)
        if frame is None:
            return None
        if subject == addressee and frame.subject is not None and subject not in self.linker.entities((frame.subject,)):
            frame = replace(frame, subject=None, fallback=None)  # "called on him to resign": he is to
        factuality = self.factuality.content(verb, ahead)
        found = self.linker.best(verb, verb_matches(self.tree, frame, self.ontology), subject)
        if found is not None:
            self.consumed.update(found.match.consumed)
        else:
            found = self._noun_below(frame, subject)
        if found is not None:
            return self._content_statement(found, factuality, subject)
        return self._open_content(frame, subject, addressee, factuality)

    def _noun_below(self, frame: Predicate, subject: str) -> Linked | None:
        """What a noun of the clause says with its verb: "to hold talks with"."""
        nouns = (frame.object, *(noun for _, noun in frame.obliques))
        for noun in (noun for noun in nouns if noun is not None):
            nominal = self.linker.best(noun, noun_matches(self.tree, noun, self.ontology, self.linker.light), subject)
            if nominal is not None and nominal.match.clause == frame.head:
                self.consumed.add(noun)
                return nominal
        return None

    def _open_content(
        self, frame: Predicate, subject: str, addressee: str | None, factuality: Factuality
    ) -> Statement | None:
        """What no relation describes: "to hold two referendums", "to vote on the plan", "to resign"."""
        if not self.tree.words[frame.head].isalpha():
            return None
        actors = self.linker.entities((frame.subject,) if frame.subject is not None else ())
        actor = addressee if addressee in actors and addressee else next(iter(actors), subject)
        direct = (("", frame.object),) if frame.object is not None else ()
        preposition, obj = self._aim(frame, (*direct, *frame.obliques), actor)
        if obj is None:
            return None
        name = open_name(self.tree, frame, preposition)
        match = Match(name, "open", "open", frame.head, frame.head, (), ())
        return self._as_content(actor, match, obj, None, factuality)

    def _aim(self, frame: Predicate, ends: Phrases, actor: str) -> tuple[str, str | None]:
        """What an act is about, with its preposition: an entity, else the words of the object or of the act."""
        for preposition, noun in ends:
            for key in self.linker.entities((noun,)):
                if key != actor:
                    return preposition, key
        if frame.object is not None:
            return "", self._act(frame.object)
        preposition, noun = next((end for end in ends if end[0] not in CIRCUMSTANCE), ("", frame.head))
        return preposition, self._act(noun)

    def _content_statement(self, linked: Linked, factuality: Factuality, actor: str) -> Statement | None:
        """One statement of what is done: if ``actor`` is among those who do it, what he does."""
        for subject, obj in sorted(linked.pairs(), key=lambda pair: pair[0] != actor):
            nested = None
            if linked.match.content is not None:
                nested = self.of(linked.match, subject, obj)
                obj = obj if obj is not None or nested is not None else self.thing(linked.match, subject)
            if obj is not None or nested is not None:
                return self._as_content(subject, linked.match, obj, nested, factuality)
        return None

    def _as_content(
        self, subject: str, match: Match, obj: str | None, nested: Statement | None, factuality: Factuality
    ) -> Statement:
        standing = status(factuality, False)
        return Statement(
            subject, match.relation, obj, nested,
            factuality.polarity, factuality.certainty, factuality.tense or Tense.PAST,
            Status.CLAIM if standing is Status.FACT else standing,
            confidence=CONFIDENCE["verb"], pattern=match.pattern, evidence=(self.evidence(match.trigger),),
        )  # fmt: skip

    def _cover(self, verb: int) -> None:
        """No verb of an operator's content is a statement of its own; relative clauses inside it may be."""
        self.covered.update(self.tree.subtree(verb, without=frozenset({"acl:relcl", "nmod", "obl", "nsubj", "obj"})))

    def thing(self, match: Match, subject: str) -> str | None:
        """What was offered, denied, proposed where it is a thing and no act: "immunity", "the designs"."""
        if match.content is None:
            return None
        existing = (
            [k for k in self.linker.entities([match.content]) if k != subject] if match.content_kind == "noun" else []
        )
        return existing[0] if existing else self._act(match.content)

    def _act(self, token: int) -> str | None:
        """An entity for what has no name: "sending troops", labelled with its words."""
        if self.tree.pos[token] in ("PRON", "DET"):
            return None
        words = self.tree.subtree(token, without=UNNAMED)
        run = [w for w in range(words[0], words[-1] + 1) if w in set(words)][:LONGEST_ACT]
        span = self.tree.doc[run[0] : run[-1] + 1]
        label = " ".join(
            t.text for t in span if t.dep_ != "punct" and not (t.i == span.start and t.lower_ in ARTICLES | {"to"})
        )
        if not any(ch.isalpha() for ch in label):
            return None
        key = "act:" + " ".join(label.lower().split())
        self.acts.setdefault(key, Entity(key=key, type=EntityType.EVENT, label=label, named=False, local=True))
        return key
