"""The sense notation, and the shipped lines of ``ontologies/senses.ttl``."""

import pytest

from graphbuild import ontology
from graphbuild.errors import OntologyError
from graphbuild.ontology import turtle
from graphbuild.ontology.senses import TABLE, Roleset, parse, rolesets


@pytest.fixture(scope="module")
def known() -> dict[str, Roleset]:
    """The shipped senses without the words of our own."""
    return rolesets(turtle.folder() / TABLE, {})


def test_the_shipped_lines_compile() -> None:
    lines = {line.text for found in ontology.load().senses.values() for line in found}
    assert len(lines) > 1000


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("accuse.01 S=ARG0 O=ARG1", "write a sense, a colon"),
        ("accuse.99: S=ARG0 O=ARG1", "no sense accuse.99"),
        ("accuse.01: S=ARG0 O=ARG4", "accuse.01 has no ARG4"),
        ("accuse.01: S=ARG0", "needs one S and O or C, each once"),
        ("accuse.01: S=ARG0 O=<ARG1>", "O=<ARG1> is no part of a line"),
        ("accuse.01/j: S=ARG0 O=ARG1", "accuse.01 has no word of class j"),
        ("accuse.01[blame/n]: S=ARG0 O=ARG1", "accuse.01 has no word blame/n"),
    ],
)
def test_faults_are_named_with_their_relation(line: str, fault: str, known: dict[str, Roleset]) -> None:
    with pytest.raises(OntologyError, match="gb:accused: sense") as found:
        parse("accused", line, known)
    assert fault in str(found.value)


def test_a_line_names_its_ends_and_words(known: dict[str, Roleset]) -> None:
    line = parse("accused", "accuse.01: S=ARG0 O=ARG1:State|Person C=ARG2", known)
    assert (line.subject.roles, line.object and line.object.types) == (("ARG0",), ("State", "Person"))
    assert {"accuse/v", "accusation/n"} <= set(line.words)
