"""Known actors of ``ontologies/actors/``: states, organisations, office holders, by the names of the news."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from graphbuild.errors import OntologyError
from graphbuild.ontology import turtle

SKOS_ALT = turtle.SKOS + "altLabel"
WIKIDATA = "http://www.wikidata.org/entity/"
OFFICE = re.compile(r"[^|]+\|[^|]+\|[0-9-]*\|[0-9-]*")  # kind, country, first and last day


@dataclass(frozen=True, slots=True)
class Actor:
    """A known actor. ``id`` is a Wikidata QID, or a slug; ``kind`` a class of ``core.ttl``; ``offices`` are
    ``kind|country|start|end`` with ISO dates, years, or nothing for "until today"; ``since`` is the year of a state's
    founding where its name and demonym are older.
    """

    id: str
    kind: str
    label: str
    names: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    since: str = ""

    @property
    def wikidata(self) -> str | None:
        return self.id if re.fullmatch(r"Q\d+", self.id) else None


@dataclass(frozen=True)
class Actors:
    """The actors by folded name; look-ups take names as they stand in text."""

    by_id: Mapping[str, Actor]
    _names: Mapping[str, tuple[str, ...]]
    _demonyms: Mapping[str, str]
    _capitals: Mapping[str, str]
    _seats: Mapping[str, str]
    _offices: Mapping[tuple[str, str], tuple[tuple[str, str, str], ...]]
    _places: Mapping[str, frozenset[str]]
    _forenames: Mapping[str, str]

    def named(self, text: str) -> tuple[Actor, ...]:
        """Actors of that name. Acronyms of up to four letters only in capitals: "US" is not "us"."""
        return tuple(self.by_id[i] for i in self._names.get(fold(text), ()))

    def demonym(self, text: str) -> Actor | None:
        """The state of "Hungarian", "Hungarians"."""
        return self.by_id.get(self._demonyms.get(fold(text), ""))

    def capital_of(self, text: str) -> Actor | None:
        """The state whose capital is called ``text``."""
        return self.by_id.get(self._capitals.get(fold(text), ""))

    def metonym(self, text: str) -> Actor | None:
        """The state whose seat of power is called ``text`` ("Kremlin")."""
        return self.by_id.get(self._seats.get(fold(text), ""))

    def is_place(self, text: str) -> bool:
        """Whether a city or first-level region of that name is known."""
        return fold(text) in self._places

    def gender(self, forename: str) -> str | None:
        """``m`` or ``f`` for a given name that is one of the two almost everywhere."""
        return self._forenames.get(forename)

    def holder(self, office: str, country: str, date: str | None) -> Actor | None:
        """Who held ``office`` ("head-of-state") of the state with QID ``country`` on an ISO date; None if unsure."""
        if date is None:
            return None
        terms = [term for term in self._offices.get((office, country), ()) if _covers(term, date)]
        latest = max((start for start, _, _ in terms), default="")
        found = {identifier for start, _, identifier in terms if start == latest}
        return self.by_id[found.pop()] if len(found) == 1 else None


def _covers(term: tuple[str, str, str], date: str) -> bool:
    """Whether a term of office had begun and had not ended, as far as its dates are precise."""
    start, end, _ = term
    return bool(start) and start <= date[: len(start)] and (not end or date[: len(end)] <= end)


@lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """A name as it is looked up: no accents, dots or "the"; capitals kept only where a name is a short acronym."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch))
    plain = re.sub(r"^[Tt]he |'s$|(?<=[A-Z])\.", "", plain.strip())
    letters = plain.replace("-", "").replace(" ", "")
    return plain if len(letters) <= 4 and letters.isupper() else " ".join(plain.casefold().replace("-", " ").split())


@lru_cache(maxsize=4)
def load(extra: tuple[Path, ...] | Iterable[Path] = ()) -> Actors:
    """The shipped actors and the user's own files (``.ttl`` or ``.csv`` with id, kind, label, names); these win.

    Raises OntologyError naming the file and the cure.
    """
    folder = turtle.folder() / "actors"
    values = dict(turtle.read(sorted(folder.glob("*.ttl"))))
    for path in extra:
        values |= read(path)
    return _index(values, folder)


def read(path: Path) -> turtle.Values:
    """The actors of a user's file. Raises OntologyError naming the file, the subject or line, and the cure."""
    if path.suffix != ".ttl":
        return _from_csv(path)
    values = turtle.read([path])
    for subject, row in values.items():
        if turtle.RDFS + "label" in row:
            if not any(kind.startswith(turtle.GB) for kind in row.get(turtle.RDF + "type", ())):
                raise OntologyError(f"{path}: <{subject[:200]}> is no gb:State, gb:Person …; say what it is with a")
            for term in row.get(turtle.GB + "heldOffice", ()):
                if not OFFICE.fullmatch(term):
                    told = f"<{subject[:200]}> has gb:heldOffice {term[:80]!r}"
                    raise OntologyError(f"{path}: {told}; write it like head-of-state|Q29|2019-05-01|2023")
    return values


def _from_csv(path: Path) -> turtle.Values:
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle, restval=""))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise OntologyError(f"{path}: cannot be read ({reason}); name a CSV file in UTF-8") from None
    if rows and not {"id", "kind", "label"} <= set(rows[0]):
        raise OntologyError(f"{path}: the first line must name the columns id, kind, label, names; add it")
    for number, row in enumerate(rows, 2):
        if not all(row[column].strip() for column in ("id", "kind", "label")):
            raise OntologyError(f"{path}: line {number} has no id, kind or label; fill it in")
    return {
        row["id"].strip(): {
            turtle.RDF + "type": [turtle.GB + row["kind"].strip()],
            turtle.RDFS + "label": [row["label"].strip()],
            SKOS_ALT: [name for name in (row.get("names") or "").split("|") if name],
        }
        for row in rows
    }


def _index(values: turtle.Values, folder: Path) -> Actors:
    by_id: dict[str, Actor] = {}
    names: dict[str, set[str]] = defaultdict(set)
    demonyms: dict[str, str] = {}
    capitals: dict[str, str] = {}
    seats: dict[str, str] = {}
    offices: dict[tuple[str, str], set[tuple[str, str, str]]] = defaultdict(set)
    for subject, row in values.items():
        if turtle.RDFS + "label" not in row:
            continue
        identifier = subject.removeprefix(WIKIDATA).rsplit("/", 1)[-1]
        kinds = (kind for kind in row[turtle.RDF + "type"] if kind.startswith(turtle.GB))
        kind = next(kinds, row[turtle.RDF + "type"][0]).removeprefix(turtle.GB)
        held = tuple(row.get(turtle.GB + "heldOffice", ()))
        since = next(iter(row.get(turtle.GB + "since", ())), "")
        actor = Actor(identifier, kind, row[turtle.RDFS + "label"][0], tuple(row.get(SKOS_ALT, ())), held, since)
        by_id[identifier] = actor
        for name in (actor.label, *actor.names):
            names[fold(name)].add(identifier)
        demonyms |= {fold(name): identifier for name in row.get(turtle.GB + "demonym", ())}
        capitals |= {fold(name): identifier for name in row.get(turtle.GB + "capital", ())}
        seats |= {fold(name): identifier for name in row.get(turtle.GB + "seat", ())}
        for term in held:
            office, country, start, end = term.split("|")
            offices[office, country].add((start, end, identifier))
    return Actors(
        by_id,
        {name: _one_each(ids, by_id) for name, ids in names.items()},
        demonyms,
        capitals,
        seats,
        {key: tuple(sorted(terms)) for key, terms in offices.items()},
        _places(folder / "cities.tsv"),
        dict(_lines(folder / "forenames.tsv")),
    )


def _one_each(ids: Iterable[str], by_id: Mapping[str, Actor]) -> tuple[str, ...]:
    """The ids, of several states with one label the oldest: Denmark, not the Realm of Denmark."""
    found: dict[tuple[str, str], str] = {}
    for identifier in sorted(ids, key=lambda i: (len(i), i)):
        actor = by_id[identifier]
        found.setdefault((actor.kind, actor.label if actor.kind == "State" else identifier), identifier)
    return tuple(sorted(found.values()))


def _lines(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf8").splitlines() if path.is_file() else []
    return [line.split("\t") for line in lines if not line.startswith("#")]


def _places(path: Path) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, country in _lines(path):
        found[name].add(country)
    return {name: frozenset(countries) for name, countries in found.items()}
