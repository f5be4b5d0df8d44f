"""What ``graphbuild ontology check`` says of a file."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from graphbuild.cli import main
from graphbuild.relate.lint import audit

PREFIXES = """@prefix gb: <https://w3id.org/graphbuild/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
"""
ENDS = "schema:domainIncludes gb:Person ; schema:rangeIncludes gb:Person"


def faults(tmp_path: Path, body: str) -> tuple[str, ...]:
    path = tmp_path / "own.ttl"
    path.write_text(PREFIXES + body)
    (found,) = audit(path)
    return found.faults


def test_a_good_relation_shows_its_frames_and_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(
        f'{PREFIXES}gb:outshone a gb:Relation ; rdfs:label "outshone"@en ; {ENDS} ; gb:verbFrame "outshine O" .'
    )
    (found,) = audit(path)
    assert (found.relation, found.frames, found.faults) == ("outshone", (("verb", "outshine O"),), ())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f'gb:a a gb:Relation ; rdfs:label "a"@en ; {ENDS} .', "has no frame"),
        ('gb:a a gb:Relation ; rdfs:label "a"@en ; gb:verbFrame "outshine O" .', "takes anything"),
        (
            'gb:a a gb:Relation ; rdfs:label "a"@en ; gb:verbFrame "outshine O" ; schema:domainIncludes gb:Person ; '
            "schema:rangeIncludes gb:Persn .",
            "names no class: gb:Persn",
        ),
        (f'gb:a a gb:Relation ; rdfs:label "a"@en ; {ENDS} ; gb:verbFrame "hosted O" .', "write 'host'"),
    ],
)
def test_each_fault_is_named_with_its_cure(tmp_path: Path, body: str, expected: str) -> None:
    assert any(expected in fault for fault in faults(tmp_path, body))


def test_a_frame_that_another_relation_has_between_the_same_classes_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    one = f'gb:a a gb:Relation ; rdfs:label "a"@en ; {ENDS} ; gb:verbFrame "outshine O" .'
    path.write_text(PREFIXES + one + one.replace("gb:a a", "gb:b a"))
    assert [found.faults for found in audit(path)] == [
        ("'outshine O' is also a frame of gb:b, between the same classes; keep one",),
        ("'outshine O' is also a frame of gb:a, between the same classes; keep one",),
    ]


def test_the_command_exits_with_1_on_faults_and_names_file_and_cure_of_unreadable_ones(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(PREFIXES + 'gb:a a gb:Relation ; rdfs:label "a"@en .')
    assert CliRunner().invoke(main, ["ontology", "check", str(path)]).exit_code == 1
    path.write_text("nonsense")
    result = CliRunner().invoke(main, ["ontology", "check", str(path)])
    assert result.exit_code == 1
    assert str(path) in result.stderr and "Traceback" not in result.stderr
