"""``ontologies/senses.ttl``: every line is well formed, and its senses, roles, relations and classes exist."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from graphbuild.ontology import senses as notation
from graphbuild.ontology.senses import Roleset

ROOT = Path(__file__).resolve().parents[2]
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
def known() -> dict[str, Roleset]:
    """The shipped words of senses, in place of PropBank's own table, with those that the ontology adds."""
    return notation.rolesets(ONTOLOGIES / notation.TABLE, senses.declared(ONTOLOGIES / "senses.ttl")[1])


def test_every_line_is_right(known: dict[str, Roleset]) -> None:
    lines, own = senses.declared(ONTOLOGIES / "senses.ttl")
    relations = senses.subjects(ONTOLOGIES / "relations.ttl", senses.GB + "Relation")
    classes = senses.subjects(ONTOLOGIES / "core.ttl", senses.CLASS)
    assert len(lines) > 1000
    assert [*senses.errors(lines, own, known, relations, classes)] == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("accuse.01 S=ARG0 O=ARG1", "write a sense, a colon, then S=…, O=…, C=…"),
        ("accuse.99: S=ARG0 O=ARG1", "no sense accuse.99 in propbank/aliases.tsv"),
        ("accuse.01: S=ARG0 O=ARG4", "accuse.01 has no ARG4"),
        ("accuse.01: S=ARG0", "needs one S and O or C, each once"),
        ("accuse.01: S=ARG0 S=ARG1 O=ARG1", "S stands twice"),
        ("accuse.01: S=ARG0 O=ARG1:Martian", "no class Martian in core.ttl"),
        ("accuse.01: S=ARG0 O=<ARG1>", "O=<ARG1> is no part of a line"),
        ("accuse.01: S=ARG0 O=ARG1|wherewith", "wherewith is no role"),
        ("accuse.01/j: S=ARG0 O=ARG1", "accuse.01 has no word of class j"),
        ("accuse.01[blame/n]: S=ARG0 O=ARG1", "accuse.01 has no word blame/n"),
    ],
)
def test_faults_are_named(line: str, fault: str, known: dict[str, Roleset]) -> None:
    (found,) = senses.errors([senses.Line("accused", line)], {}, known, {"accused"}, {"Person"})
    assert found.endswith(fault)


def test_a_line_that_stands_twice_is_named(known: dict[str, Roleset]) -> None:
    lines = [senses.Line("accused", "accuse.01: S=ARG0 O=ARG1"), senses.Line("accused", "accuse.01: O=ARG1 S=ARG0")]
    assert [*senses.errors(lines, {}, known, {"accused"}, set())] == ["accused: 'accuse.01: O=ARG1 S=ARG0': twice"]


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


def test_a_row_of_the_table_says_how_roles_are_said() -> None:
    found = notation.roleset("warn.01", "0 1:about/of 2*+:to 2>1", ("warn/v", "warning/n"))
    assert found.roles == ("ARG0", "ARG1", "ARG2")
    assert (found.bare, found.recipients) == ({"ARG2"}, {"ARG2"})
    assert found.prepositions["ARG1"] == ("about", "of")
    assert found.orders == (("ARG2", "ARG1"),)


def test_types_stay_within_those_of_the_relation(known: dict[str, Roleset]) -> None:
    classes = {"Actor": frozenset({"Actor"}), "Person": frozenset({"Person", "Actor"}), "Event": frozenset({"Event"})}
    line = notation.parse("accused", "accuse.01: S=ARG0:Person|Event O=ARG1:!Person", known)
    cut = notation.within(line, ("Actor",), ("Actor", "Event"), classes)
    assert cut.subject.types == ("Person",)
    assert cut.object is not None and cut.object.types == ("State", "Organisation", "Group", "Event")


def test_how_roles_stand_around_a_word_is_counted() -> None:
    usage = senses.Usage()
    words = ["Ana", "warned", "the", "minister", "about", "Bo"]
    senses.observe(usage, words, [1], [("ARG0", 0, 1), ("ARG2", 2, 4), ("ARG1", 4, 6)], False)
    assert usage.orders == {("0", "2"): 1}
    assert [*senses.realisations({"0": "PAG", "1": "PPT", "2": "GOL"}, usage)] == ["0", "1:about", "2*+"]
