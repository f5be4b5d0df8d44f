"""Known actors: openly licensed gazetteers → ``ontologies/actors/*.ttl``.

    python -m training.actors GAZETTEER_DIR

Reads only files under MIT, PDDL, CC0, CC BY or public domain, and the project's own lists. To bring the office holders
up to date with network access, run the query of ``--wikidata`` at https://query.wikidata.org and append its rows
(person QID, name, position QID, position, country, start, end, source) to ``leaders_wikidata.csv``.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import names
from lemminflect import getAllLemmas

from graphbuild.ontology.gazetteer import fold

OUT = Path(__file__).resolve().parent.parent / "ontologies" / "actors"
PREFIXES = """@prefix gb: <https://w3id.org/graphbuild/ns#> .
@prefix actor: <https://w3id.org/graphbuild/actor/> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
OFFICES = (  # kind of office -> what its name looks like
    ("head-of-state", r"^(President|King|Queen|Emir|Sultan|Emperor|Monarch|Supreme Leader|Grand Duke|Prince) of\b"),
    ("head-of-government", r"^(Prime Minister|Chancellor|Premier|Taoiseach|Federal Chancellor|Head of Government)\b"),
    ("foreign-minister", r"(?i)(foreign minister|minister (of|for) foreign|minister of external|secretary"
     r" of state of the united|foreign secretary|foreign affairs minister)"),
    ("defence-minister", r"(?i)(defen[cs]e minister|minister (of|for) (national )?defen[cs]e|secretary"
     r" of (state for )?defen[cs]e)"),
)  # fmt: skip
HEADS = ("head-of-state", "head-of-government")
NO_OFFICE = re.compile(  # positions that look like one of the above and are not
    r"(?i)deputy|vice|assistant|under-secretary|minister of state|shadow|principal|office|staff|intelligence|spoke"
    r"|duchy|lord chancellor|exchequer|minister of foreign trade|in charge"
)
COMMON_NAME = 0.2  # percent of people who bear it
SURNAME = 0.2  # borne as a surname so much as often, a given name may be one
# Until when terms without an end are known to go on: those of leaders_wikidata.csv, and our own.
SOURCE_ENDS, OWN_ENDS = "2022-12-31", "2025-09-30"
WIKIDATA = """SELECT ?person ?name ?position ?positionLabel ?countryLabel ?start ?end WHERE {
  ?country wdt:P31 wd:Q6256 . { ?country wdt:P1906 ?position } UNION { ?country wdt:P1313 ?position }
  ?person p:P39 ?term . ?term ps:P39 ?position ; pq:P580 ?start . OPTIONAL { ?term pq:P582 ?end }
  ?person rdfs:label ?name . FILTER(LANG(?name) = "en" && YEAR(?start) >= 1990)
  SERVICE wikibase:label { bd:serviceParam wikibase:language "en" } }"""


def main() -> None:
    if "--wikidata" in sys.argv:
        print(WIKIDATA)
        return
    source = Path(sys.argv[1])
    OUT.mkdir(parents=True, exist_ok=True)
    countries = _json_lines(source / "countries_open.jsonl")
    territories = _json_lines(source / "territories_rigour.jsonl")
    write(
        "states.ttl",
        states(source, countries, territories),
        "countries_open.jsonl (PDDL, MIT, public domain), territories_rigour.jsonl (MIT), own lists",
    )
    write(
        "organisations.ttl",
        organisations(source),
        "igo_opensanctions_MIT.jsonl (MIT), igo_membership_2020_MIT.jsonl (MIT)",
    )
    write(
        "officeholders.ttl",
        officeholders(source, countries),
        "leaders_wikidata.csv (Wikidata, CC0), us_officials_CC0.jsonl (CC0)",
    )
    (OUT / "cities.tsv").write_text("".join(cities(source)), encoding="utf8")
    (OUT / "forenames.tsv").write_text("".join(forenames(source)), encoding="utf8")


def write(name: str, blocks: Iterable[str], sources: str) -> None:
    body = "\n".join(blocks)
    (OUT / name).write_text(f"# Made by training/actors.py from: {sources}.\n{PREFIXES}\n{body}\n", encoding="utf8")
    print(f"{name}: {body.count(' a gb:')} actors", file=sys.stderr)


def block(qid: str, kind: str, label: str, **values: Iterable[str]) -> str:
    """One actor as Turtle; property names are keywords (``altLabel`` is SKOS, all others are ours)."""
    subject = f"wd:{qid}" if re.fullmatch(r"Q\d+", qid) else f"actor:{qid}"
    lines = [f"{subject} a gb:{kind} ; rdfs:label {_literal(label)}"]
    for name, items in values.items():
        unique = sorted(
            {item.strip() for item in items if item and item.strip()} - ({label} if name == "altLabel" else set())
        )
        if unique:
            prefix = "skos" if name == "altLabel" else "gb"
            lines.append(f"    {prefix}:{name} " + ", ".join(map(_literal, unique)))
    return " ;\n".join(lines) + " ."


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _json_lines(path: Path) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]


def states(source: Path, countries: list[dict], territories: list[dict]) -> Iterator[str]:  # type: ignore[type-arg]
    news: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in _rows(source / "news_aliases_graphbuild.csv"):
        news[row["qid"]]["demonym" if "demonym" in row["kind"] or "adj" in row["kind"] else "altLabel"].add(
            row["surface"]
        )
    capitals: dict[str, set[str]] = defaultdict(set)
    for row in _rows(source / "capitals_as_governments.csv"):
        capitals[row["qid"]].add(row["capital"])
    changes: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(OUT / "states.csv"):
        changes[row["qid"]].append(row)
    seats: dict[str, set[str]] = defaultdict(set)
    for row in _rows(source / "metonyms_graphbuild.csv"):
        seats[row["polity_qid"]].add(row["surface"].removeprefix("the "))
    rigour = {row["qid"]: row for row in territories if row.get("qid")}
    shared = Counter(
        d
        for row in countries
        if row["independent"] == "Yes"
        for d in {*row["nationality_nouns"], *row["nationality_adjs"]}
    )
    done = set()
    for row in sorted(countries, key=lambda r: r["qid"]):
        qid = row["qid"]
        done.add(qid)
        names = {
            _plain(name)
            for name in row["aliases"] + rigour.get(qid, {}).get("names_strong_latin", [])
            if "(" not in name and ";" not in name
        }
        ambiguous = {d for d in row.get("ambiguous_demonyms", ()) if shared[d] > 1 or row["independent"] != "Yes"}
        demonyms = {
            d
            for d in row["nationality_nouns"] + row["nationality_adjs"]
            if d not in ambiguous and "(" not in d and d[:1].isupper()
        }
        names |= news[qid]["altLabel"]
        yield _corrected(
            changes[qid], qid, "State", rigour.get(qid, row)["name"], altLabel=names | {_plain(row["name"])},
            demonym=demonyms | news[qid]["demonym"],
            capital={c.split(" (")[0] for c in capitals[qid]}, seat=seats[qid], iso3=[row["iso3"]],
        )  # fmt: skip
    for row in sorted(territories, key=lambda r: r.get("qid") or ""):
        qid = row.get("qid")
        if not qid or qid in done:
            continue
        kind = "State" if row.get("is_country") or row.get("is_historical") else "Region"
        names = [row.get("full_name", ""), *row.get("names_strong_latin", [])]
        yield _corrected(changes[qid], qid, kind, row["name"], altLabel=names)


def _corrected(changes: list[dict[str, str]], qid: str, kind: str, label: str, **values: Iterable[str]) -> str:
    """The block of a state with the changes of ``states.csv``: qid, label, name, demonym, or drop a name."""
    for change in changes:
        what, value = change["change"], change["value"]
        if what == "qid":
            qid = value
        elif what == "label":
            label = value
        elif what == "drop":
            values["altLabel"] = {name for name in values["altLabel"] if name != value}
        else:
            values[what] = {*values.get(what, ()), value}
    return block(qid, kind, label, **values)


def _slug(label: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", label.casefold()).strip("-")


def _plain(name: str) -> str:
    return re.sub(r"^the ", "", name.replace("’", "'")).strip()


def organisations(source: Path) -> Iterator[str]:
    own = {row["qid"] or _slug(row["label"]): row for row in _rows(OUT / "organisations.csv")}
    found: dict[str, tuple[str, str, set[str]]] = {}
    for row in _json_lines(source / "igo_opensanctions_MIT.jsonl"):
        found[row["qid"]] = (row["name"], "InternationalOrganisation", set())
    for qid, row in own.items():
        label, kind, names = found.get(qid, (row["label"], row["kind"], set()))
        found[qid] = (row["label"], row["kind"], names | set(row["names"].split("|")))
    for qid, (label, kind, names) in sorted(found.items()):
        yield block(qid, kind, label, altLabel=names)


def officeholders(source: Path, countries: list[dict]) -> Iterator[str]:  # type: ignore[type-arg]
    moved = {row["qid"]: row["value"] for row in _rows(OUT / "states.csv") if row["change"] == "qid"}
    people: dict[str, tuple[str, set[str], set[str]]] = {}
    for qid, name, office in _heads(source, countries, moved):
        offices = people.setdefault(qid, (name, set(), set()))[2]
        offices |= {office} if office else set()
    for row in _json_lines(source / "us_officials_CC0.jsonl"):
        if row.get("qid") and row.get("name"):
            people.setdefault(row["qid"], (row["name"], set(), set()))
    for row in _rows(OUT / "officeholders.csv"):
        _, names, offices = people.setdefault(row["qid"] or _slug(row["label"]), (row["label"], set(), set()))
        names |= set(row["names"].split("|"))
        if row["kind"]:
            country = moved.get(row["country"], row["country"])
            offices.add(f"{row['kind']}|{country}|{row['start']}|{row['end'] or OWN_ENDS}")
    for qid, (name, names, offices) in sorted(people.items()):
        if qid[0] != "_":
            yield block(qid, "Person", name, altLabel=names, heldOffice=offices)


def _heads(source: Path, countries: list[dict], moved: dict[str, str]) -> Iterator[tuple[str, str, str]]:  # type: ignore[type-arg]
    """Item, name and office ("" for one that we do not keep) of the leaders that Wikidata lists."""
    by_name = {
        _plain(name).casefold(): moved.get(row["qid"], row["qid"])
        for row in countries
        for name in [row["name"], *row["aliases"]]
    }
    for row in _rows(source / "leaders_wikidata.csv"):
        if not row["person"] or not row["name"] or row["person"] == "Q115662136":  # a placeholder item
            continue
        kind = next((kind for kind, pattern in OFFICES if re.search(pattern, row["position"])), None)
        named = re.sub(r" \(.*", "", row["position"]).partition(" of ")[2] if kind in HEADS else ""
        country = by_name.get(_plain(named or row["country"]).casefold())
        held = kind and country and not NO_OFFICE.search(row["position"])
        office = f"{kind}|{country}|{row['start']}|{row['end'] or SOURCE_ENDS}" if held else ""
        yield row["person"], row["name"], office


def cities(source: Path) -> Iterator[str]:
    """``folded name<TAB>country``: cities of world-cities (GeoNames, CC BY 4.0) and first-level regions."""
    yield "# folded name, country: github.com/datasets/world-cities (GeoNames, CC BY 4.0), cities over 15,000 people\n"
    rows = _rows(source / "world-cities.csv")
    names = {(fold(name), row["country"]) for row in rows for name in (row["name"], row["subcountry"]) if name}
    yield from (f"{name}\t{country}\n" for name, country in sorted(names) if len(name) > 2)


def forenames(source: Path) -> Iterator[str]:
    """``name<TAB>m|f``: names of one gender in nine of ten countries that list them, of the census, of our list."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: {"M": 0, "F": 0})
    for row in _rows(source / "common-forenames-by-country.csv"):
        name = row["Romanized Name"].strip()
        if name.isalpha() and len(name) > 1 and row["Gender"] in "MF":
            counts[name][row["Gender"]] += 1
    counts |= {name: by for name, by in _census(source).items() if name not in counts}
    own = {row["name"]: row["gender"] for row in _rows(OUT / "forenames.csv")}
    counts |= {name: {"M": float(gender == "m"), "F": float(gender == "f")} for name, gender in own.items()}
    origin = (
        "github.com/sigpwned/popular-names-by-country-dataset (CC0), US census of 1990 (public domain), forenames.csv"
    )
    yield f"# given name, gender: {origin}\n"
    for name, by in sorted(counts.items()):
        if max(by.values()) >= 0.9 * sum(by.values()):
            yield f"{name}\t{'m' if by['M'] > by['F'] else 'f'}\n"


def _census(source: Path) -> dict[str, dict[str, float]]:
    """Given names by gender with their shares, without those that are surnames, places or (if rare) words too."""
    surnames = _shares("dist.all.last")
    places = {line.partition("\t")[0] for line in cities(source)}
    places |= {fold(alias) for row in _json_lines(source / "countries_open.jsonl") for alias in row["aliases"]}
    found: dict[str, dict[str, float]] = defaultdict(lambda: {"M": 0, "F": 0})
    for gender, table in (("M", "dist.male.first"), ("F", "dist.female.first")):
        for name, share in _shares(table).items():
            word = share < COMMON_NAME and getAllLemmas(name.lower())
            if fold(name) not in places and not word and surnames.get(name, 0) < SURNAME * share:
                found[name][gender] = share
    return found


def _shares(table: str) -> dict[str, float]:
    """Names of a table of the census with the percentage of people who bear each."""
    rows = (line.split() for line in Path(names.full_path(table)).read_text().splitlines())
    return {name.capitalize(): float(share) for name, share, *_ in rows}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


if __name__ == "__main__":
    main()
