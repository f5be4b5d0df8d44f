"""Known actors by the names that news uses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.errors import OntologyError
from graphbuild.ontology import gazetteer as actors
from graphbuild.ontology import turtle


@pytest.fixture(scope="module")
def known() -> actors.Actors:
    return actors.load()


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(name):
    assert actors.fold(actors.fold(name)) == actors.fold(name)


def test_acronyms_keep_their_capitals(known):
    assert [actor.wikidata for actor in known.named("US")] == ["Q30"]
    assert known.named("us") == ()


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Ivory Coast", "Côte d'Ivoire"),
        ("the Netherlands", "Netherlands"),
        ("Denmark", "Denmark"),
        ("U.K.", "United Kingdom"),
    ],
)
def test_aliases_lead_to_one_state(known, name, label):
    assert [actor.label for actor in known.named(name)] == [label]


def test_demonyms_capitals_and_seats_lead_to_their_state(known):
    assert known.demonym("Hungarians").label == "Hungary"
    assert known.capital_of("Budapest").label == "Hungary"
    assert known.metonym("Kremlin").label == "Russia"
    assert known.demonym("Budapest") is None


def test_offices_depend_on_the_date(known):
    (state,) = known.named("France")
    assert known.holder("head-of-state", state.id, "2010-05-01").label == "Nicolas Sarkozy"
    assert known.holder("head-of-state", state.id, "2013-05-01").label == "François Hollande"
    assert known.holder("head-of-state", state.id, None) is None


def test_users_actors_win(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("id,kind,label,names\nnorland,State,Norland,Norlandia|The North\n", encoding="utf-8")
    (actor,) = actors.load((path,)).named("Norlandia")
    assert (actor.id, actor.kind, actor.label, actor.wikidata) == ("norland", "State", "Norland", None)


@pytest.mark.parametrize(("text", "cure"), [("name\nx\n", "id, kind, label, names"), (None, "cannot be read")])
def test_a_faulty_table_is_named_with_its_cure(tmp_path, text, cure):
    path = tmp_path / "own.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=cure) as caught:
        actors.load((path,))
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.csv", "id,kind,label\nQ1,State\n", "line 2 has no id, kind or label"),
        ("a.csv", "id,kind,label\n,State,Norland\n", "line 2 has no id"),
        ("a.csv", b"id,kind,label\nQ1,State,\xff\n", "name a CSV file in UTF-8"),
        ("a.csv", 'id,kind,label\nQ1,State,"' + "x" * 200_000 + '"\n', "name a CSV file in UTF-8"),
        ("a.ttl", 'wd:Q1 rdfs:label "Norland"@en .', "<http://www.wikidata.org/entity/Q1> is no gb:State"),
        (
            "a.ttl",
            'wd:Q1 a gb:Person ; rdfs:label "Ann"@en ; gb:heldOffice "boss" .',
            "write it like head-of-state|Q29",
        ),
    ],
)
def test_a_faulty_file_is_one_line_that_names_the_place(tmp_path, name, text, reason):
    head = "".join(
        f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in turtle.PREFIXES.items() if prefix in ("gb", "wd", "rdfs")
    )
    data = text if isinstance(text, bytes) else text.encode()
    (tmp_path / name).write_bytes(head.encode() + data if name.endswith("ttl") else data)
    with pytest.raises(OntologyError) as caught:
        actors.load((tmp_path / name,))
    assert str(caught.value).startswith(f"{tmp_path / name}: ") and reason in str(caught.value)
