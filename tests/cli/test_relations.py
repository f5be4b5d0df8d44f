"""``graphbuild relations`` lists what the ontology can express."""

from pathlib import Path

import pytest

from graphbuild.ontology import Ontology, Relation

from .conftest import Run


@pytest.fixture(autouse=True)
def two_relations(monkeypatch: pytest.MonkeyPatch) -> None:
    met = Relation(
        "met", "met", symmetric=True, definition="Two actors met.", group="Diplomacy", examples=("Ann met Bob.",)
    )
    owns = Relation("owns", "owns", "ownedBy", group="Business", counterexamples=("Ann wants to own it.",))
    ontology = Ontology({"met": met, "owns": owns}, {}, {}, {}, {}, {}, {}, {})
    monkeypatch.setattr("graphbuild.ontology.schema.load", lambda _: ontology)


def test_relations_are_listed_by_group(run: Run) -> None:
    assert run("relations").stdout == (
        "Business\n  gb:owns  (inverse ownedBy)\nDiplomacy\n  gb:met  (symmetric)\n      Two actors met.\n"
    )


def test_a_filter_and_examples(run: Run) -> None:
    assert run("relations", "OWN", "--examples").stdout == (
        "Business\n  gb:owns  (inverse ownedBy)\n      no   Ann wants to own it.\n"
    )
    assert "      yes  Ann met Bob.\n" in run("relations", "diplo", "--examples").stdout


def test_a_filter_that_fits_nothing_is_a_usage_error(run: Run) -> None:
    result = run("relations", "zzz")
    assert result.exit_code == 2
    assert result.stderr.endswith("Error: no relation fits 'zzz'; graphbuild relations lists all\n")


def test_a_broken_ontology_file_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    (tmp_path / "mine.ttl").write_text("this is not Turtle")
    result = run("relations", "--ontology", tmp_path / "mine.ttl")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {tmp_path}/mine.ttl: not valid Turtle (")
    assert result.stderr.count("\n") == 1
