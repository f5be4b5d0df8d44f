"""The known-actors component: finds what the statistical tagger missed, cleans its spans, says what kind each is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from graphbuild.ontology import schema
from graphbuild.ontology.gazetteer import Actor, Actors, load

LONGEST_NAME = 10  # tokens; "Organization for Security and Co-operation in Europe" is the longest that news writes out
GLUED = re.compile(r"[a-z][A-Z]{2,}[a-z]?|[a-z]{3,}[A-Z][a-z]")  # "sanctionsUS", a caption run into the text
PERSON, GPE, ORG, LOC, NORP = "PERSON", "GPE", "ORG", "LOC", "NORP"
LABELS = {"FAC": LOC, "PER": PERSON}
WHERE = frozenset({"in", "at", "near", "from", "into", "outside", "around", "of"})
PLACE_LABELS = (GPE, LOC)


@Language.factory("graphbuild_actors", assigns=["doc.ents"], default_config={"actors": [], "ontology": []})
def create(nlp: Language, name: str, actors: list[str], ontology: list[str]) -> KnownActors:
    """The component for ``nlp``, which knows the user's own files of actors and relations too."""
    return KnownActors(load(tuple(map(Path, actors))), schema.load(ontology))


class KnownActors:
    """Repairs ``doc.ents``: labels PERSON, GPE, ORG, LOC, NORP; ``kb_id_`` is the key of a known actor or empty."""

    def __init__(self, actors: Actors, words: schema.Ontology) -> None:
        self.actors = actors
        self.titles = words.words("title") | words.words("honorific")
        self.compounds = frozenset(words.compound_frames)
        self.storms = words.words("storm")
        self.never = words.words("calendar") | words.words("never-a-name")

    def __call__(self, doc: Doc) -> Doc:
        captions = [(s.start, s.end) for s in doc.spans.get("paragraphs", ()) if s.label_ == "caption"]
        spans = [found for ent in doc.ents if (found := self._cleaned(ent)) is not None]
        spans = self._with_gazetteer(doc, spans)
        people = [s for s in spans if s.label_ == PERSON and len(s) > 1]
        firms = {s[0].text for s in spans if s.label_ == ORG and len(s) > 1} - {s[-1].text for s in people}
        spans = _agreed([self._labelled(self._as_in_article(span, people, firms)) for span in _lengthened(spans)])
        doc.ents = [s for s in spans if not any(a <= s.start < b for a, b in captions)]
        return doc

    def _cleaned(self, ent: Span) -> Span | None:
        """The span without titles, article and possessive; None for junk."""
        doc, start, end = ent.doc, ent.start, ent.end
        while start < end and (doc[start].lower_ in ("the", '"', "'", "-", "(") or not doc[start].text.strip(".,;:")):
            start += 1
        while end > start and (
            doc[end - 1].lower_ in ("'s", "'", '"', ",", "-", ")") or not doc[end - 1].text.strip(".,;:")
        ):
            end -= 1
        label = LABELS.get(ent.label_, ent.label_)
        if label == PERSON:
            while start < end - 1 and (doc[start].lower_ in self.titles or self.actors.demonym(doc[start].text)):
                start += 1
            if end - start == 1 and (doc[start].lower_ in self.titles or doc[start - 1].lower_ in self.storms):
                return None
            end = self._over_hyphens(doc, end)
        if start >= end or label not in (PERSON, GPE, ORG, LOC, NORP):
            return None
        text = doc[start:end].text
        if GLUED.search(text) and not re.match(r"(Mc|Mac|De|Di|La|Le|Fitz)[A-Z]", text) and not self.actors.named(text):
            return None
        if text.lower() in self.never or not any(ch.isalpha() for ch in text) or not any(ch.isupper() for ch in text):
            return None
        return Span(doc, start, end, label=label, kb_id=ent.kb_id_)

    def _over_hyphens(self, doc: Doc, end: int) -> int:
        """The end of a person's name that the tokeniser cut at hyphens: "Leung Kwok-hung", not "Putin-backed"."""
        while end + 1 < len(doc) and doc[end].text == "-" and not (doc[end - 1].whitespace_ or doc[end].whitespace_):
            part = doc[end + 1]
            if part.ent_type_ or not part.is_alpha or part.lower_ in self.compounds or part.tag_ in ("VBG", "JJ"):
                break
            if part.is_lower and part.tag_ == "VBN" and part.text.endswith("ed"):
                break
            end += 2
        return end

    def _with_gazetteer(self, doc: Doc, spans: list[Span]) -> list[Span]:
        """Add known names that no span covers, and lengthen spans that stop short of one."""
        taken = {i: span for span in spans for i in range(span.start, span.end)}
        dropped: set[tuple[int, int]] = set()
        added: list[Span] = []
        for start, end, label, key in self._matches(doc):
            over = {(taken[i].start, taken[i].end, taken[i].label_) for i in range(start, end) if i in taken}
            if any(lab == PERSON or a < start or b > end for a, b, lab in over):
                continue
            dropped |= {(a, b) for a, b, _ in over}
            added.append(Span(doc, start, end, label=label, kb_id=key))
        return sorted([s for s in spans if (s.start, s.end) not in dropped] + added, key=lambda s: s.start)

    def _matches(self, doc: Doc) -> Iterator[tuple[int, int, str, str]]:
        """Longest known names from left to right: (start, end, label, key)."""
        i = 0
        while i < len(doc):
            found = self._match_at(doc, i)
            if found is None:
                i += 1
            else:
                yield found
                i = found[1]

    def _match_at(self, doc: Doc, start: int) -> tuple[int, int, str, str] | None:
        capital = doc[start].text[:1].isupper()
        if doc[start].lower_ == "the" or not (capital or doc[start].is_alpha):
            return None
        for length in range(min(LONGEST_NAME, len(doc) - start), 0, -1):
            if not capital and length < 3:
                return None
            span = doc[start : start + length]
            if (
                span[-1].is_punct
                or span[-1].tag_ == "POS"
                or span[0].is_punct
                or any(t.is_sent_start for t in span[1:])
            ):
                continue
            actors = self.actors.named(span.text)
            if length == 1:
                if (
                    doc[start].tag_ not in ("NNP", "NNPS")
                    and not doc[start].is_upper
                    and not self.actors.demonym(span.text)
                ):
                    continue
                if self.actors.demonym(span.text) and not actors:
                    return start, start + 1, NORP, self._key(self.actors.demonym(span.text))
                if doc[start].lower_ in self.never:
                    continue
            if len(actors) == 1 and (capital or actors[0].kind not in ("Person", "State", "Region")):
                return start, start + length, _label(actors[0]), actors[0].id
            if length > 1 and capital and self.actors.demonym(span.text):
                return start, start + length, NORP, self._key(self.actors.demonym(span.text))
            if capital and self.actors.metonym(span.text) and (length > 1 or doc[start].tag_ in ("NNP", "NNPS")):
                return start, start + length, ORG, ""
        return None

    @staticmethod
    def _key(actor: Actor | None) -> str:
        return actor.id if actor else ""

    def _as_in_article(self, span: Span, people: list[Span], firms: set[str]) -> Span:
        """A lone word is the person or organisation that goes by it in this article; a capital is nobody's else."""
        name, label = span.text, span.label_
        if len(span) > 1:
            return span
        if label == PERSON and name in firms:
            label = ORG
        elif label == PERSON and self.actors.capital_of(name) and not any(name in p.text.split() for p in people):
            label = GPE
        elif label != PERSON and any(name == p[-1].text for p in people) and not self.actors.named(name):
            label = PERSON
        return span if label == span.label_ else Span(span.doc, span.start, span.end, label=label)

    def _labelled(self, span: Span) -> Span:
        """The span with its final label and the key of a known actor."""
        if span.label_ in (PERSON, ORG) and self._is_where(span):
            return Span(span.doc, span.start, span.end, label=GPE)
        if span.label_ == PERSON and not (len(span) == 1 and self._is_known_thing(span)):
            people = [a for a in self.actors.named(span.text) if a.kind == "Person"] if len(span) > 1 else []
            return Span(span.doc, span.start, span.end, label=PERSON, kb_id=people[0].id if len(people) == 1 else "")
        demonym = self.actors.demonym(span.text)
        actors = [a for a in self.actors.named(span.text) if a.kind != "Person"]
        if demonym is not None and (not actors or span.label_ == NORP):
            return Span(span.doc, span.start, span.end, label=NORP, kb_id=demonym.id)
        if len(actors) == 1:
            return Span(span.doc, span.start, span.end, label=_label(actors[0]), kb_id=actors[0].id)
        if self.actors.metonym(span.text) is not None:
            return Span(span.doc, span.start, span.end, label=ORG)
        label = span.label_
        if label in PLACE_LABELS and len(span) == 2 and self.actors.gender(span[0].text) and not self._is_place(span):
            label = PERSON  # "Ines Carvalho" is nowhere
        if label in PLACE_LABELS:
            label = GPE if self._is_place(span) else label
        return Span(span.doc, span.start, span.end, label=label)

    def _is_place(self, span: Span) -> bool:
        return self.actors.is_place(span.text) or self.actors.capital_of(span.text) is not None

    def _is_where(self, span: Span) -> bool:
        """Whether a name after a preposition of place is a known place: "in Homs"."""
        before = span.doc[span.start - 1].lower_ if span.start else ""
        where = WHERE if span.label_ == PERSON and len(span) == 1 else WHERE - {"of", "from", "at"}
        return before in where and self._is_place(span) and self.actors.gender(span.text) is None

    def _is_known_thing(self, span: Span) -> bool:
        """A lone name that is a state or organisation and no usual given name."""
        known = any(a.kind != "Person" for a in self.actors.named(span.text)) or self.actors.metonym(span.text)
        return bool(known) and self.actors.gender(span.text) is None


def _lengthened(spans: list[Span]) -> list[Span]:
    """The same spans, each with the word before it where the article has the longer name elsewhere: "Central Asia"."""
    longer = {span.text for span in spans if len(span) > 1}
    found: list[Span] = []
    for span in spans:
        start = span.start - 1
        free = start >= 0 and (not found or found[-1].end <= start) and not span.doc[span.start].is_sent_start
        more = free and span.doc[start : span.end].text in longer
        found.append(Span(span.doc, start, span.end, label=span.label_) if more else span)
    return found


def _agreed(spans: list[Span]) -> list[Span]:
    """The same spans, each unknown name with the label that it has most often in the article."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for span in spans:
        if not span.kb_id_ and span.label_ != NORP:
            labels[span.text][span.label_] += 1
    return [
        span
        if span.kb_id_ or span.label_ == NORP or len(labels[span.text]) == 1
        else Span(
            span.doc,
            span.start,
            span.end,
            label=min(labels[span.text], key=lambda x: (-labels[span.text][x], x != ORG, x)),
        )
        for span in spans
    ]


def _label(actor: Actor) -> str:
    if actor.kind == "Person":
        return PERSON
    return GPE if actor.kind in ("State", "Region") else ORG
