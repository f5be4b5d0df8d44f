"""Turtle → relations, classes, frames and word lists."""

import re
from pathlib import Path

import pytest

from graphbuild.errors import OntologyError
from graphbuild.ontology import schema as ontology
from graphbuild.ontology import turtle, word_lists

PREFIXES = """@prefix gb: <https://w3id.org/graphbuild/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


@pytest.fixture(scope="module")
def shipped() -> ontology.Ontology:
    return ontology.load()


def own(folder: Path, body: str) -> Path:
    path = folder / "own.ttl"
    path.write_text(PREFIXES + body, encoding="utf-8")
    return path


def test_all_relations_compile_and_explain_themselves(shipped):
    assert len(shipped.relations) >= 142
    for relation in shipped.relations.values():
        assert relation.definition and relation.group and relation.examples, relation.id


def test_domains_and_ranges_name_classes(shipped):
    for relation in shipped.relations.values():
        assert {*relation.domain, *relation.range} <= set(shipped.classes), relation.id


def test_the_lists_that_code_asks_for_are_looked_for_when_an_ontology_is_loaded(shipped):
    modules = Path(ontology.__file__).parent.parent.rglob("*.py")
    asked = {
        name for path in modules for name in re.findall(r'\bwords\("([a-z-]+)"\)', path.read_text(encoding="utf-8"))
    }
    assert asked <= word_lists.NAMES <= set(shipped.word_lists)
    unasked = {name for name in shipped.word_lists if not name.startswith("office-")} - word_lists.NAMES
    assert not unasked, "lists that nothing reads"
    with pytest.raises(OntologyError, match="words-reporting"):
        word_lists.check(word_lists.NAMES - {"reporting"})


def test_word_lists_are_used_and_lower_case(shipped):
    with pytest.raises(OntologyError, match="words-nothing"):
        shipped.words("nothing")
    assert all(word == word.lower() for words in shipped.word_lists.values() for word in words)


def test_sub_classes_are_accepted_for_their_class(shipped):
    assert shipped.is_a("Court", "Actor")
    assert not shipped.is_a("Place", "Actor")
    assert shipped.accepts(("Actor",), ("Organisation", "Court"))
    assert not shipped.accepts(("Court",), ("Organisation", "Party"))
    assert shipped.accepts((), ("Event", None))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ministry of Defence", "Ministry"),
        ("Norlandic Supreme Court", "Court"),
        ("Green Party", "Party"),
        ("Norlandic Air Force", "Military"),
        ("Northern Times", "MediaOrganisation"),
        ("Blue Lantern", None),
    ],
)
def test_the_head_of_a_name_tells_its_class(shipped, name, kind):
    assert shipped.kind_of_name(name) == kind


def test_gendered_nouns(shipped):
    assert (shipped.gender("spokeswoman"), shipped.gender("king"), shipped.gender("minister")) == ("f", "m", None)


def test_users_relations_are_added(tmp_path):
    path = own(tmp_path, 'gb:outshone a gb:Relation ; rdfs:label "outshone"@en ; gb:verbFrame "outshine O" .')
    extended = ontology.load([path])
    assert [frame.relation for frame in extended.verb_frames["outshine"]] == ["outshone"]


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        ("gb:outshone a gb:Relation .", "gb:outshone"),
        ('gb:outshone a gb:Relation ; rdfs:label "x"@en ; gb:verbFrame "outshine !" .', "gb:outshone"),
        ("gb:outshone a", "own.ttl"),
    ],
)
def test_a_faulty_file_is_refused_by_its_subject(tmp_path, body, subject):
    with pytest.raises(OntologyError, match=subject):
        ontology.load([own(tmp_path, body)])


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(OntologyError, match=r"none\.ttl: cannot be read"):
        ontology.load([tmp_path / "none.ttl"])


def test_classes_may_lie_as_deep_or_in_circles_as_somebody_writes_them():
    chain = {
        turtle.GB + f"C{i}": {
            turtle.RDF + "type": [turtle.OWL + "Class"],
            turtle.RDFS + "subClassOf": [turtle.GB + f"C{(i + 1) % 3000}"],
        }
        for i in range(3000)
    }
    chain[turtle.GB + "C2000"] = {turtle.RDF + "type": [turtle.OWL + "Class"]}
    assert len(ontology.compile_ontology(chain).classes["C0"]) == 2001
