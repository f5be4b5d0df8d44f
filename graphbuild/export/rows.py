"""Values out of RDF of unknown origin: read with doubt, and refused with the name of their subject."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from graphbuild.graph import sanitising
from graphbuild.ontology.turtle import GB, RDF

PLACE = re.compile(r"article/([a-z0-9-]+)#char=([0-9]{1,12}),([0-9]{1,12})$")

Row = Mapping[str, Sequence[str]]  # property IRI → values in the order of the file
Rows = Mapping[str, Row]  # subject IRI → row
Term = TypeVar("Term", bound=StrEnum)


class Faulty(Exception):
    """What is wrong with a subject; becomes a QueryError that names the file."""

    def __init__(self, subject: str, fault: str) -> None:
        super().__init__(f"<{subject[:200]}> {fault}")


def one(row: Row, name: str) -> str | None:
    """The first value."""
    return next(iter(row.get(name, ())), None)


def only(subject: str, row: Row, name: str) -> str | None:
    """The one value of a property that has one."""
    values = set(row.get(name, ()))
    if len(values) > 1:
        raise Faulty(subject, f"has two values of {short(name)}")
    return next(iter(values), None)


def short(iri: str) -> str:
    return iri.replace(GB, "gb:").replace(RDF, "rdf:")


def term(subject: str, row: Row, name: str, default: Term) -> Term:
    """A value of one of the vocabulary's lists: ``gb:Fact``."""
    value = only(subject, row, GB + name)
    if value is None:
        return default
    for known in type(default):
        if value == GB + known:
            return known
    raise Faulty(subject, f"has gb:{name} {short(value)[:80]}, which is none of {', '.join(type(default))}")


def local(subject: str, value: str, what: str) -> str:
    """The local name of a term in graphbuild's name space."""
    name = value.removeprefix(GB)
    if name == value or sanitising.local_name(name) != name:
        raise Faulty(subject, f"has {what} {value[:80]}, which is no name in {GB}")
    return name


def share(subject: str, value: str | None) -> float:
    """A confidence."""
    if value is None:
        return 1.0
    if not re.fullmatch(r"\+?[0-9]{0,9}\.?[0-9]{1,30}", value) or float(value) > 1:
        raise Faulty(subject, f"has gb:confidence {value[:80]}, which is no number from 0 to 1")
    return float(value)


def time(subject: str, value: str | None) -> str | None:
    if value is not None and sanitising.time(value) is None:
        raise Faulty(subject, f"has gb:time {value[:80]}, which is no date")
    return value


def place(subject: str, value: str) -> tuple[str, int, int]:
    """Article, begin and end of ``…/article/ID#char=0,9``."""
    found = PLACE.search(value)
    if found is None or int(found[2]) > int(found[3]) or sanitising.slug(found[1]) != found[1]:
        raise Faulty(subject, f"points to {value[:120]}, which is no place in an article")
    return found[1], int(found[2]), int(found[3])


def key(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def maybe_key(iri: str | None) -> str | None:
    return key(iri) if iri else None
