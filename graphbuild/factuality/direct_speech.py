"""Direct speech: which tokens stand in quotation marks as somebody's words, and who speaks them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graphbuild.ontology import Ontology
from graphbuild.syntax import Tree
from graphbuild.syntax.subjects import surface_subject

SHORTEST = 3  # words; less in quotation marks is a scare quote ("immunity")
BEFORE, AFTER = 18, 14  # tokens in which a reporting verb belongs to a quotation
VERBS = frozenset({"VBD", "VBZ", "VBP", "MD", "VB"})


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens ``[start, end)`` between quotation marks; ``speaker``: the root of its phrase, ``cue``: the verb."""

    start: int
    end: int
    speaker: int | None = None
    cue: int | None = None


def quotations(tree: Tree, ontology: Ontology) -> tuple[Quotation, ...]:
    """The quotations of a document, in order. A speech of several paragraphs keeps the speaker of its neighbours."""
    reporting = ontology.words("reporting") | ontology.words("reporting-doubt")
    found: list[Quotation] = []
    for first, last in _paragraphs(tree):
        marked = list(_spans(tree, first, last))
        here = [_with_speaker(tree, q, marked, first, last, reporting) for q in marked]
        found += _inherit(here)
    return tuple(sorted([*_across_paragraphs(tree, found), *_signed(tree, found)], key=lambda q: (q.start, q.end)))


def _signed(tree: Tree, marked: Sequence[Quotation]) -> Iterator[Quotation]:
    """ "Europe helps us - Ana Ruiz": a sentence that ends in a dash and a name, without a quotation in it."""
    for start, end in tree.sentences:
        last = end - 1 if end > start and tree.words[end - 1] in (".", "!", "?") else end
        first = last
        while first - 1 > start and tree.doc[first - 1].ent_type_ == "PERSON":
            first -= 1
        dash = first - 1
        if first == last or any(q.start < end and start < q.end for q in marked):
            continue
        if _is_spaced_dash(tree, dash) and _is_speech(tree, start, dash):
            yield Quotation(
                start, dash, next((t for t in range(first, last) if not first <= tree.heads[t] < last), first)
            )


def _is_spaced_dash(tree: Tree, token: int) -> bool:
    """A dash between blanks, not the hyphen of a name."""
    doc = tree.doc
    return tree.words[token] in ("-", "–", "—") and bool(doc[token].whitespace_ and doc[token - 1].whitespace_)


def quotation_at(found: Sequence[Quotation], token: int) -> Quotation | None:
    """The quotation that a token stands in."""
    return next((q for q in found if q.start <= token < q.end), None)


def _paragraphs(tree: Tree) -> list[tuple[int, int]]:
    spans = [(span.start, span.end) for span in tree.doc.spans.get("paragraphs", ())]
    return spans or [(0, len(tree))]


def _spans(tree: Tree, first: int, last: int) -> Iterator[Quotation]:
    opened: int | None = None
    for i in range(first, last):
        if tree.words[i] != '"':
            continue
        if opened is None:
            opened = i
        else:
            if _is_speech(tree, opened + 1, i):
                yield Quotation(opened + 1, i)
            opened = None
    if opened is not None and _is_speech(tree, opened + 1, last):
        yield Quotation(opened + 1, last)


def _is_speech(tree: Tree, start: int, end: int) -> bool:
    return end - start >= SHORTEST and not VERBS.isdisjoint(tree.tags[start:end])


def _with_speaker(
    tree: Tree, quotation: Quotation, marked: list[Quotation], first: int, last: int, reporting: frozenset[str]
) -> Quotation:
    inside = [(q.start - 1, q.end + 1) for q in marked]
    for verb in (
        *_behind(tree, quotation, inside, last, reporting),
        *_in_front(tree, quotation, inside, first, reporting),
    ):
        speaker = _speaker(tree, verb, inside)
        if speaker is not None:
            return replace(quotation, speaker=speaker, cue=verb)
    return _according(tree, quotation, first, last) or quotation


def _according(tree: Tree, quotation: Quotation, first: int, last: int) -> Quotation | None:
    """ "According to Ana Ruiz, "…"" or ""…," according to Ana Ruiz": her words too."""
    for cue in (*range(quotation.start - 2, max(first, quotation.start - BEFORE) - 1, -1), quotation.end + 1):
        if cue >= last or tree.words[cue] == ".":
            break
        if tree.words[cue] == "according":
            speaker = next((t for t in range(cue + 2, min(last, cue + 2 + AFTER)) if tree.is_nominal(t)), None)
            while speaker is not None and tree.label(speaker) in ("flat", "compound", "amod", "nmod:poss"):
                speaker = tree.heads[speaker]
            return None if speaker is None else replace(quotation, speaker=speaker, cue=cue)
    return None


def _outside(token: int, inside: list[tuple[int, int]]) -> bool:
    return not any(start <= token < end for start, end in inside)


def _behind(
    tree: Tree, q: Quotation, inside: list[tuple[int, int]], last: int, reporting: frozenset[str]
) -> Iterator[int]:
    """ "…," he said; only if the quotation ends with a comma or the like, so that its sentence goes on."""
    ending = tree.words[q.end - 1] if q.end > q.start else ""
    if ending == "." and not (q.end + 1 < last and tree.doc[q.end + 1].text[:1].islower()):
        return
    for token in range(q.end + 1, min(last, q.end + 1 + AFTER)):
        if tree.words[token] in (".", ";") or not _outside(token, inside):
            return
        if tree.lemmas[token] in reporting and tree.is_verb(token):
            yield token


def _in_front(
    tree: Tree, q: Quotation, inside: list[tuple[int, int]], first: int, reporting: frozenset[str]
) -> Iterator[int]:
    for token in range(q.start - 2, max(first - 1, q.start - 2 - BEFORE), -1):
        if tree.words[token] == "." or not _outside(token, inside):
            return
        if tree.lemmas[token] in reporting and tree.is_verb(token):
            yield token


def _speaker(tree: Tree, verb: int, inside: list[tuple[int, int]]) -> int | None:
    subject = surface_subject(tree, verb)[0]
    if subject is not None and _outside(subject, inside) and tree.is_nominal(subject):
        return subject
    for token in (verb + 1, verb - 1, verb + 2, verb - 2, verb + 3):  # "said Lavrov", misparsed
        if 0 <= token < len(tree) and tree.pos[token] in ("PROPN", "PRON") and _outside(token, inside):
            while tree.label(token) in ("flat", "compound") and tree.pos[tree.heads[token]] == "PROPN":
                token = tree.heads[token]
            return token
    return None


def _inherit(here: list[Quotation]) -> list[Quotation]:
    """In a paragraph a quotation without a speaker has that of the one before it, else of the next."""
    known = [q for q in here if q.speaker is not None]
    result = []
    for q in here:
        if q.speaker is None and known:
            nearest = [k for k in known if k.end <= q.start][-1:] or known[:1]
            q = replace(q, speaker=nearest[0].speaker, cue=nearest[0].cue)
        result.append(q)
    return result


def _across_paragraphs(tree: Tree, found: list[Quotation]) -> Iterator[Quotation]:
    """A paragraph that is all quotation, after one that ends in a quotation, goes on with the same speaker."""
    starts = {start for start, _ in _paragraphs(tree)}
    previous: Quotation | None = None
    for q in found:
        opens = q.start - 1 in starts
        if q.speaker is None and opens and previous is not None and q.start - previous.end <= 4:
            q = replace(q, speaker=previous.speaker, cue=previous.cue)
        yield q
        previous = q
