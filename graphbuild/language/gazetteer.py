"""The known-actors component: finds what the statistical tagger missed, cleans its spans, says what kind each is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from graphbuild.function_words import BEFORE_PLACES
from graphbuild.ontology import schema
from graphbuild.ontology.gazetteer import Actor, Actors, load

LONGEST_NAME = 10  # tokens; "Organization for Security and Co-operation in Europe" is the longest that news writes out
GLUED = re.compile(r"[a-z][A-Z]{2,}[a-z]?|[a-z]{3,}[A-Z][a-z]")  # "sanctionsUS", a caption run into the text
SHORTEST_WITHOUT_CAPITAL = 3  # words of a known name that begins in lower case
PERSON, GPE, ORG, LOC, NORP = "PERSON", "GPE", "ORG", "LOC", "NORP"
LABELS = {"FAC": LOC, "PER": PERSON}
PLACE_LABELS = (GPE, LOC)
KINDS = (PERSON, GPE, ORG, LOC, NORP)
PROPER = ("NNP", "NNPS")
BEFORE_NAME = frozenset({"the", '"', "'", "-", "("})
BEHIND_NAME = frozenset({"'s", "'", '"', ",", "-", ")"})

Match = tuple[int, int, str, str]  # start and end of a known name, its label and key


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
        prefixes = sorted(map(str.title, words.words("name-prefix")))
        self.prefixed = re.compile(f"({'|'.join(prefixes)})[A-Z]")

    def __call__(self, doc: Doc) -> Doc:
        names = [part for ent in doc.ents for part in self._owned_and_owner(ent)]
        spans = self._with_gazetteer(doc, list(filter(None, map(self._cleaned, names))))
        full = [s for s in spans if len(s) > 1]
        people = [s for s in full if s.label_ == PERSON]
        firms = {s[0].text for s in full if s.label_ == ORG} - {s[-1].text for s in people}
        spans = _agreed([self._labelled(self._as_in_article(span, people, firms)) for span in _lengthened(spans)])
        doc.ents = _outside_captions(doc, spans)
        return doc

    def _owned_and_owner(self, ent: Span) -> list[Span]:
        """ "Justice Department's Criminal Division": two bodies; "Lloyd's of London" is one."""
        marks = [t.i for t in ent if t.tag_ == "POS"]
        if ent.label_ != ORG or len(marks) != 1 or not ent.start < marks[0] < ent.end - 2:
            return [ent]
        owner, owned = ent.doc[ent.start : marks[0]], ent.doc[marks[0] + 1 : ent.end]
        capital = all(part[0].is_title or part[0].is_upper for part in (owner, owned))
        if not capital or not (len(owner) > 1 or self.actors.named(owner.text)):
            return [ent]
        label = GPE if self._is_state(owner.text) else ORG
        return [Span(ent.doc, owner.start, owner.end, label=label), Span(ent.doc, owned.start, owned.end, label=ORG)]

    def _is_state(self, text: str) -> bool:
        return any(actor.kind == "State" for actor in self.actors.named(text))

    def _cleaned(self, ent: Span) -> Span | None:
        """The span without titles, article and possessive; None for junk."""
        doc, (start, end) = ent.doc, _trimmed(ent)
        label = LABELS.get(ent.label_, ent.label_)
        if label == PERSON:
            start = self._behind_titles(doc, start, end)
            if end - start == 1 and (doc[start].lower_ in self.titles or doc[start - 1].lower_ in self.storms):
                return None
            end = self._over_hyphens(doc, end)
        if start >= end or label not in KINDS or not self._is_name(doc[start:end].text):
            return None
        return Span(doc, start, end, label=label, kb_id=ent.kb_id_)

    def _behind_titles(self, doc: Doc, start: int, end: int) -> int:
        """Where a person's name begins behind "the French president"; the last word is always a name."""
        while start < end - 1 and (doc[start].lower_ in self.titles or self.actors.demonym(doc[start].text)):
            start += 1
        return start

    def _is_name(self, text: str) -> bool:
        """Whether a text has letters and a capital, is no word of the calendar, and not two words run together."""
        if GLUED.search(text) and not self.prefixed.match(text) and not self.actors.named(text):
            return False
        return text.lower() not in self.never and any(map(str.isalpha, text)) and any(map(str.isupper, text))

    def _over_hyphens(self, doc: Doc, end: int) -> int:
        """The end of a person's name that the tokeniser cut at hyphens: "Leung Kwok-hung", not "Putin-backed"."""
        while end + 1 < len(doc) and doc[end].text == "-" and not (doc[end - 1].whitespace_ or doc[end].whitespace_):
            if not self._goes_on(doc[end + 1]):
                break
            end += 2
        return end

    def _goes_on(self, part: Token) -> bool:
        """Whether a word behind a hyphen may be part of a person's name."""
        if part.ent_type_ or not part.is_alpha or part.lower_ in self.compounds:
            return False
        participle = part.is_lower and part.tag_ == "VBN" and part.text.endswith("ed")
        return part.tag_ not in ("VBG", "JJ") and not participle

    def _with_gazetteer(self, doc: Doc, spans: list[Span]) -> list[Span]:
        """Add known names that no span covers, and lengthen spans that stop short of one."""
        taken = {i: span for span in spans for i in range(span.start, span.end)}
        dropped: set[int] = set()
        added: list[Span] = []
        for start, end, label, key in self._matches(doc):
            over = [taken[i] for i in range(start, end) if i in taken]
            if all(_is_inside(span, start, end) for span in over):
                dropped.update(span.start for span in over)
                added.append(Span(doc, start, end, label=label, kb_id=key))
        return sorted([s for s in spans if s.start not in dropped] + added, key=lambda s: s.start)

    def _matches(self, doc: Doc) -> Iterator[Match]:
        """Longest known names from left to right."""
        i = 0
        while i < len(doc):
            found = self._match_at(doc, i)
            if found is None:
                i += 1
            else:
                yield found
                i = found[1]

    def _match_at(self, doc: Doc, start: int) -> Match | None:
        """The longest known name that begins at a word."""
        capital = doc[start].text[:1].isupper()
        if doc[start].lower_ == "the" or not (capital or doc[start].is_alpha):
            return None
        shortest = 1 if capital else SHORTEST_WITHOUT_CAPITAL
        for length in range(min(LONGEST_NAME, len(doc) - start), shortest - 1, -1):
            span = doc[start : start + length]
            if not _may_be_name(span):
                continue
            found = self._known_word(span) if length == 1 else self._known_phrase(span, capital)
            if found is not None:
                return start, start + length, *found
        return None

    def _known_phrase(self, span: Span, capital: bool) -> tuple[str, str] | None:
        """Label and key of a known name of several words: an actor's, a demonym, a seat of power."""
        actors = self.actors.named(span.text)
        if len(actors) == 1 and (capital or actors[0].kind not in ("Person", "State", "Region")):
            return _label(actors[0]), actors[0].id
        if not capital:
            return None
        demonym = self.actors.demonym(span.text)
        if demonym is not None:
            return NORP, demonym.id
        return (ORG, "") if self.actors.metonym(span.text) is not None else None

    def _known_word(self, span: Span) -> tuple[str, str] | None:
        """The same for one word with a capital."""
        word, actors, demonym = span[0], self.actors.named(span.text), self.actors.demonym(span.text)
        if demonym is not None and not actors:
            return NORP, demonym.id
        proper = word.tag_ in PROPER
        if word.lower_ in self.never or not (proper or word.is_upper or demonym is not None):
            return None  # "us" and "turkey" are no states, and "May" is nobody
        if len(actors) == 1:
            return _label(actors[0]), actors[0].id
        return (ORG, "") if proper and self.actors.metonym(span.text) is not None else None

    def _as_in_article(self, span: Span, people: list[Span], firms: set[str]) -> Span:
        """A lone word is the person or organisation that goes by it in this article; a capital is nobody's else."""
        label = self._label_in_article(span, people, firms) if len(span) == 1 else span.label_
        return span if label == span.label_ else Span(span.doc, span.start, span.end, label=label)

    def _label_in_article(self, span: Span, people: list[Span], firms: set[str]) -> str:
        name, label = span.text, span.label_
        if label == PERSON:
            if name in firms:
                return ORG
            capital = self.actors.capital_of(name) is not None
            return GPE if capital and not any(name in p.text.split() for p in people) else label
        bearer = any(name == p[-1].text for p in people)
        return PERSON if bearer and not self.actors.named(name) else label

    def _labelled(self, span: Span) -> Span:
        """The span with its final label and the key of a known actor."""
        if span.label_ in (PERSON, ORG) and self._is_where(span):
            label, key = GPE, ""
        elif span.label_ == PERSON and not (len(span) == 1 and self._is_known_thing(span)):
            label, key = PERSON, self._known_person(span)
        else:
            label, key = self._known_thing(span) or (self._place_label(span), "")
        return Span(span.doc, span.start, span.end, label=label, kb_id=key)

    def _known_person(self, span: Span) -> str:
        """The key of the only known person of a full name; "" where there is none or several."""
        people = [a for a in self.actors.named(span.text) if a.kind == "Person"] if len(span) > 1 else []
        return people[0].id if len(people) == 1 else ""

    def _known_thing(self, span: Span) -> tuple[str, str] | None:
        """Label and key of a known people, state, body or seat of power."""
        demonym = self.actors.demonym(span.text)
        actors = [a for a in self.actors.named(span.text) if a.kind != "Person"]
        if demonym is not None and (not actors or span.label_ == NORP):
            return NORP, demonym.id
        if len(actors) == 1:
            return _label(actors[0]), actors[0].id
        return (ORG, "") if self.actors.metonym(span.text) is not None else None

    def _place_label(self, span: Span) -> str:
        """The label of what is not known, checked if it is one of a place."""
        if span.label_ not in PLACE_LABELS:
            return span.label_
        if self._is_place(span):
            return GPE
        person = len(span) == 2 and self.actors.gender(span[0].text)  # "Ines Carvalho" is nowhere
        return PERSON if person else span.label_

    def _is_place(self, span: Span) -> bool:
        return self.actors.is_place(span.text) or self.actors.capital_of(span.text) is not None

    def _is_where(self, span: Span) -> bool:
        """Whether a name after a preposition of place is a known place: "in Homs"."""
        before = span.doc[span.start - 1].lower_ if span.start else ""
        where = BEFORE_PLACES if span.label_ == PERSON and len(span) == 1 else BEFORE_PLACES - {"of", "from", "at"}
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
        if _is_open(span):
            labels[span.text][span.label_] += 1
    return [_with_commonest(span, labels[span.text]) if _is_open(span) else span for span in spans]


def _is_open(span: Span) -> bool:
    """Whether the label of a name is a guess."""
    return not span.kb_id_ and span.label_ != NORP


def _with_commonest(span: Span, labels: Counter[str]) -> Span:
    if len(labels) == 1:
        return span
    label = min(labels, key=lambda name: (-labels[name], name != ORG, name))
    return Span(span.doc, span.start, span.end, label=label)


def _outside_captions(doc: Doc, spans: list[Span]) -> list[Span]:
    captions = [(s.start, s.end) for s in doc.spans.get("paragraphs", ()) if s.label_ == "caption"]
    return [s for s in spans if not any(a <= s.start < b for a, b in captions)]


def _trimmed(ent: Span) -> tuple[int, int]:
    """Where a name begins and ends without "the", quotation marks, stops and a possessive."""
    doc, start, end = ent.doc, ent.start, ent.end
    while start < end and (doc[start].lower_ in BEFORE_NAME or not doc[start].text.strip(".,;:")):
        start += 1
    while end > start and (doc[end - 1].lower_ in BEHIND_NAME or not doc[end - 1].text.strip(".,;:")):
        end -= 1
    return start, end


def _may_be_name(span: Span) -> bool:
    """Whether words of one sentence begin and end like a name."""
    edges = span[0].is_punct or span[-1].is_punct or span[-1].tag_ == "POS"
    return not edges and not any(t.is_sent_start for t in span[1:])


def _label(actor: Actor) -> str:
    if actor.kind == "Person":
        return PERSON
    return GPE if actor.kind in ("State", "Region") else ORG


def _is_inside(span: Span, start: int, end: int) -> bool:
    """Whether a span that is no person's lies within ``[start, end)``."""
    return span.label_ != PERSON and start <= span.start and span.end <= end
