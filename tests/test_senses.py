"""``ontologies/senses.ttl``: every line is well formed, and its senses, roles, relations and classes exist."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGIES = ROOT / "ontologies"


def _script() -> ModuleType:
    """``training/senses.py``, which is no part of the installed package."""
    found = importlib.util.spec_from_file_location("training_senses", ROOT / "training" / "senses.py")
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[found.name] = module
    found.loader.exec_module(module)
    return module


senses: Any = _script()


@pytest.fixture(scope="module")
def inventory() -> dict[str, Any]:
    """The shipped words of senses, in place of PropBank's own table."""
    found = {}
    for row in (ONTOLOGIES / "propbank" / "aliases.tsv").read_text(encoding="utf-8").splitlines()[2:]:
        sense, roles, words = row.split("\t")
        found[sense] = senses.Roleset(sense, tuple(words.split()), tuple(f"ARG{role}" for role in roles))
    return found


def test_every_line_is_right(inventory: dict[str, Any]) -> None:
    lines, own = senses.declared(ONTOLOGIES / "senses.ttl")
    relations = senses.subjects(ONTOLOGIES / "relations.ttl", senses.GB + "Relation")
    classes = senses.subjects(ONTOLOGIES / "core.ttl", senses.CLASS)
    assert len(lines) > 1000
    assert [*senses.errors(lines, own, inventory, relations, classes)] == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("accuse.01 S=ARG0 O=ARG1", "no sense before the colon"),
        ("accuse.99: S=ARG0 O=ARG1", "no sense accuse.99"),
        ("accuse.01: S=ARG0 O=ARG4", "accuse.01 has no ARG4"),
        ("accuse.01: S=ARG0", "needs one S and O or C, each once"),
        ("accuse.01: S=ARG0 O=ARG1:Martian", "no class Martian in core.ttl"),
        ("accuse.01: S=ARG0 O=<ARG1>", "O=<ARG1> is no part of a line"),
        ("accuse.01/j: S=ARG0 O=ARG1", "accuse.01 has no word of class j"),
        ("accuse.01[blame/n]: S=ARG0 O=ARG1", "accuse.01 has no word blame/n"),
    ],
)
def test_faults_are_named(line: str, fault: str, inventory: dict[str, Any]) -> None:
    assert fault in [*senses.line_errors(line, {}, inventory, {"Person"})]


def test_a_line_that_stands_twice_is_named(inventory: dict[str, Any]) -> None:
    lines = [senses.Line("accused", "accuse.01: S=ARG0 O=ARG1"), senses.Line("accused", "accuse.01: O=ARG1 S=ARG0")]
    assert [*senses.errors(lines, {}, inventory, {"accused"}, set())] == ["accused: 'accuse.01: O=ARG1 S=ARG0': twice"]


@pytest.mark.parametrize(
    ("american", "british"),
    [
        ("criticize", "criticise"),
        ("nationalization", "nationalisation"),
        ("honor", "honour"),
        ("seize", "seize"),
        ("prize", "prize"),
        ("defense", "defence"),
    ],
)
def test_british_spellings(american: str, british: str) -> None:
    assert senses.british(american) == british
