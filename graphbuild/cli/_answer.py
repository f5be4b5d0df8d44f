"""The answer to a SPARQL query, as it is printed; made in a process that can be ended."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graphbuild.cli._asked import Answer, Asked, Misuse
from graphbuild.errors import QueryError
from graphbuild.export.target import COMPRESSED, opened
from graphbuild.ontology import parsing
from graphbuild.ontology.parsing import SUFFIXES
from graphbuild.ontology.turtle import PREFIXES, XSD

_TOKEN = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"""|\'\'\'(?:[^\'\\]++|\\.|\'(?!\'\'))*+\'\'\'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'(?:[^'\\\n]++|\\.)*+'|<[^<>\"{}|^`\\\s]*+>|\#[^\n]*+|[?$@]\w+|[\w.-]*+:[\w.:%\\-]*+|(\w+)",
    re.DOTALL,
)


def answer(asked: Asked) -> Answer:
    """Read the graph, ask and print. Raises QueryError or Misuse."""
    words = keywords(asked.question)
    if "SERVICE" in words and not asked.service:
        raise QueryError("query: SERVICE would ask a server elsewhere; leave it out, or say --allow-service")
    store, prefixes, base = _load(asked.graph)
    union = "FROM" not in words  # a query that names its graphs is asked of these alone
    try:
        found = store.query(asked.question, base_iri=base, prefixes=prefixes, use_default_graph_as_union=union)
        return _printed(found, asked, prefixes)
    except SyntaxError as error:
        raise QueryError(_explain(str(error), asked.question)) from None
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"query: cannot be answered ({parsing.short(error)}); ask otherwise") from None


def keywords(question: str) -> frozenset[str]:
    """The bare words of a query in capitals: what is no text, address, comment, variable or prefixed name."""
    plain = re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", _character, question)
    return frozenset(m[1].upper() for text in {question, plain} for m in _TOKEN.finditer(text) if m[1])


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else match[0]


def _explain(error: str, question: str) -> str:
    """Where the parser stopped; what it would have liked there is a long list of characters that helps nobody."""
    fault = "a prefix without PREFIX line" if "Prefix not found" in error else "not valid SPARQL"
    place = re.search(r"at (\d+):(\d+)", error)
    if place is None:
        return f"query: {fault} ({error[:200]}); mend it"
    line, column = int(place[1]), int(place[2])
    before = (question.splitlines()[line - 1 : line] or [""])[0][: column - 1]
    return f"query, line {line}, column {column}: {fault} after {before[-40:]!r}; mend it there"


def _load(path: Path) -> tuple[ox.Store, dict[str, str], str | None]:
    """A store of all triples of the file, the prefixes to ask with, and the base IRI of the file."""
    suffix = (Path(path.stem) if path.suffix in COMPRESSED else path).suffix.lower()
    if suffix not in SUFFIXES:
        raise QueryError(f"{path}: not an RDF file; ask one that ends in {', '.join(SUFFIXES)}")
    store = ox.Store()
    try:
        parsing.look_through(partial(opened, path), SUFFIXES[suffix])
        with opened(path) as stream:
            parsed = parsing.parse(stream, SUFFIXES[suffix])
            store.bulk_extend(parsing.bounded(parsed))
    except (SyntaxError, ValueError, EOFError) as error:
        raise QueryError(f"{path}: not valid RDF ({parsing.short(error)}); mend it or build it again") from None
    except OSError as error:
        raise QueryError(f"{path}: cannot be read ({error.strerror or error}); check the path") from None
    return store, {**PREFIXES, **parsed.prefixes}, parsed.base_iri


def _printed(found: Any, asked: Asked, prefixes: Mapping[str, str]) -> Answer:
    to = asked.to
    if isinstance(found, ox.QueryTriples):
        if to not in (None, "ttl"):
            raise Misuse(f"this query answers with triples; leave out --to {to} or say --to ttl")
        triples = list(islice(found, asked.rows + 1))
        kept = sorted(triples[: asked.rows], key=str)
        return Answer(_turtle(kept, prefixes), whole=len(triples) <= asked.rows)
    if to == "ttl":
        raise Misuse("--to ttl needs a CONSTRUCT or DESCRIBE query; use table, csv or json")
    if isinstance(found, ox.QueryBoolean):
        if to == "csv":
            raise Misuse("an ASK query has no CSV form; use table or json")
        return Answer(json.dumps({"head": {}, "boolean": bool(found)}) if to == "json" else "yes" if found else "no")
    names = [variable.value for variable in found.variables]
    rows = [[row[name] for name in names] for row in islice(found, asked.rows + 1)]
    kept_rows, whole = rows[: asked.rows], len(rows) <= asked.rows
    if to == "csv":
        return Answer(_csv(names, kept_rows), whole=whole)
    if to == "json":
        return Answer(_json(names, kept_rows), whole=whole)
    return Answer(_table(names, kept_rows, prefixes, asked.width), len(kept_rows), whole)


def _turtle(triples: list[Any], prefixes: Mapping[str, str]) -> str:
    """Turtle with the prefixes that it uses, sorted: pyoxigraph orders them by chance."""
    terms = "\n".join(map(str, triples))
    used = {name: iri for name, iri in prefixes.items() if name and f"<{iri}" in terms}
    lines = (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used) or b"").splitlines(keepends=True)
    return b"".join([*sorted(lines[: len(used)]), b"\n" if used else b"", *lines[len(used) :]]).decode()


def _csv(names: list[str], rows: Iterable[list[Any]]) -> str:
    """SPARQL 1.1 results in CSV: addresses and texts as they are."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([names, *(["" if term is None else _plain(term) for term in row] for row in rows)])
    return text.getvalue()


def _plain(term: Any) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))


def _json(names: list[str], rows: Iterable[list[Any]]) -> str:
    """SPARQL 1.1 results in JSON."""
    bindings = [
        {name: _binding(term) for name, term in zip(names, row, strict=True) if term is not None} for row in rows
    ]
    return json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}, ensure_ascii=False)


def _binding(term: Any) -> dict[str, Any]:
    if isinstance(term, ox.Triple):
        parts = {name: _binding(getattr(term, name)) for name in ("subject", "predicate", "object")}
        return {"type": "triple", "value": parts}
    if isinstance(term, ox.Literal):
        made = {"type": "literal", "value": term.value}
        if term.language:
            return {**made, "xml:lang": term.language}
        return made if term.datatype.value == XSD + "string" else {**made, "datatype": term.datatype.value}
    return {"type": "bnode" if isinstance(term, ox.BlankNode) else "uri", "value": term.value}


def _table(names: list[str], rows: list[list[Any]], prefixes: Mapping[str, str], width: int) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_show(term, prefixes)) for term in row))
    buffer = io.StringIO()
    Console(file=buffer, width=width).print(table)
    return "\n".join(_lines(buffer.getvalue()))


def _lines(text: str) -> Iterator[str]:
    return (line.rstrip() for line in text.splitlines())


def _show(term: Any, prefixes: Mapping[str, str]) -> str:
    """A term for people: literals as they read, IRIs with the longest prefix that fits."""
    if term is None:
        return ""
    value = str(getattr(term, "value", term))
    fitting = [(iri, name) for name, iri in prefixes.items() if value.startswith(iri) and value != iri]
    if not isinstance(term, ox.NamedNode) or not fitting:
        return value
    iri, name = max(fitting, key=lambda pair: (len(pair[0]), pair[1]))
    return f"{name}:{value[len(iri) :]}"
