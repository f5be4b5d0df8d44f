"""The list of merges and near-merges."""

import csv
import io

from graphbuild import KnowledgeGraph
from graphbuild.model import Entity, EntityType, Mention
from graphbuild.resolve.reasons import DOUBT, Why, note, parse
from graphbuild.resolve.review import review, to_csv


def person(key: str, label: str, *notes: str, article: str = "a") -> Entity:
    return Entity(key, EntityType.PERSON, label, mentions=(Mention(article, 0, 3, label, "name"),), merged=notes)


def cases(*entities: Entity) -> list[tuple[str, str, str, float]]:
    return [(case.one, case.now, case.other, case.doubt) for case in review(KnowledgeGraph(entities))]


def test_a_note_is_read_back() -> None:
    for why in Why:
        assert parse(note("Ruiz is it", "Ana Ruiz", why)) == ("Ruiz is it", "Ana Ruiz", why)
    assert parse("written by hand") is None
    assert set(DOUBT) == set(Why)


def test_a_surname_is_doubtful_where_two_bear_it() -> None:
    ana = person("ana", "Ana Ruiz", note("Ruiz", "Ana Ruiz", Why.SHORT))
    assert cases(ana) == [("Ruiz", "same", "Ana Ruiz", 0.1)]
    assert cases(ana, person("eva", "Eva Ruiz"))[0] == ("Ruiz", "same", "Ana Ruiz", 0.6)


def test_near_merges_are_listed() -> None:
    union = Entity("union", EntityType.ORGANISATION, "Northern Trade Union")
    unions = Entity("unions", EntityType.ORGANISATION, "Northern Trades Union")
    assert cases(union, unions) == [("Northern Trade Union", "different", "Northern Trades Union", 0.48)]
    assert cases(person("ruiz", "Ruiz"), person("ana", "Ana Ruiz")) == [("Ana Ruiz", "different", "Ruiz", 0.4)]
    assert cases(person("ana", "Ana Ruiz"), person("ana-2", "Ana Ruiz", article="b"))[0][3] == 0.5
    assert cases(person("ana", "Ana Ruiz"), person("bo", "Bo Lind")) == []


def test_people_of_one_name_are_told_apart_by_their_articles() -> None:
    (case,) = review(KnowledgeGraph([person("ana", "Ana Ruiz"), person("ana-2", "Ana Ruiz", article="b")]))
    assert (case.one_article, case.other_article) == ("a", "b")


def test_the_list_is_a_decisions_file_to_be_filled_in() -> None:
    found = review(KnowledgeGraph([person("ruiz", "Ruiz"), person("ana", "Ana Ruiz")]))
    (row,) = csv.DictReader(io.StringIO(to_csv(found)))
    assert (row["decision"], row["one"], row["other"], row["now"]) == ("", "Ana Ruiz", "Ruiz", "different")
