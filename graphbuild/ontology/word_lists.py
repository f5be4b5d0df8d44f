"""The word lists that the code asks for: they are looked for when an ontology is loaded."""

from __future__ import annotations

from collections.abc import Iterable

from graphbuild.errors import OntologyError

NAMES = frozenset({
    "able", "accusing", "accusing-noun", "acting-noun", "agreement", "ahead", "announcing", "anticipating",
    "any-body", "any-state", "anybody", "aspect", "authority", "calendar", "called-body", "capital", "cessative",
    "city-name", "city-office", "clearing", "conditional", "convicting", "day-part", "dealing-verb", "deciding",
    "denial", "deputising", "entailing", "event", "event-verb", "factive", "falling-short", "feminine", "former",
    "future-adjective", "future-role", "goods", "government-noun", "group-noun", "guilty", "help", "hindering",
    "honorific", "implicative", "intensional", "light-verb", "masculine", "media-name", "modal-future",
    "modal-possible", "name-prefix", "named-place", "negative", "negative-implicative", "negative-noun",
    "never-a-name", "no-way", "of-a-body", "of-language", "official", "open-question", "organisation-noun",
    "patient-noun", "person-noun", "place-noun", "place-verb", "policy-noun", "possibility-noun", "possible",
    "presupposing", "probable", "prospective", "quantity-noun", "referring", "reporting", "reporting-doubt",
    "request", "same-in-past", "scheduled", "seeming", "seeming-ahead", "settlement", "shared-act", "side",
    "source-noun", "source-noun-doubt", "speech-act", "sport", "state-noun", "stative", "storm", "subject-control",
    "text-noun", "time-noun", "time-unit", "title", "troops", "true", "undone", "unlikely", "untrue", "wanting",
    "weapon", "willing",
})  # fmt: skip


def check(lists: Iterable[str]) -> None:
    """Raises OntologyError, with the cure, if a list is missing."""
    missing = sorted(NAMES - set(lists))
    if missing:
        raise OntologyError(f"ontologies: no word list gb:words-{missing[0]}; restore it or reinstall")
