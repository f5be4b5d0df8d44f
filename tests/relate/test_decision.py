"""How sure a statement is: by its construction, ends and relation, never by its words."""

from dataclasses import replace

from graphbuild.model import Entity, EntityType, Statement
from graphbuild.ontology import Relation
from graphbuild.relate import decision
from graphbuild.relate.support import Support

MET = Relation("met", "met with", symmetric=True, group="Diplomacy and consultation")
NAMED = {key: Entity(key, EntityType.PERSON, key.title()) for key in ("ana", "bo")}
UNNAMED = {key: replace(entity, type=EntityType.GROUP, named=False) for key, entity in NAMED.items()}


def sure(statement: Statement, entities: dict[str, Entity], support: Support | None = None) -> float:
    return decision.confidence(statement, entities, MET, support)


def test_what_named_people_did_is_surer_than_what_nobody_in_particular_did() -> None:
    statement = Statement("ana", "met", "bo", pattern="active")
    assert sure(statement, NAMED) > sure(statement, UNNAMED)


def test_a_clause_is_surer_of_its_own_subject_than_a_purpose_of_a_borrowed_one() -> None:
    active, purpose = (Statement("ana", "met", "bo", pattern=pattern) for pattern in ("active", "control"))
    assert sure(active, NAMED) > sure(purpose, NAMED)


def test_probabilities_are_rounded_before_they_decide() -> None:
    assert sure(Statement("ana", "met", "bo", pattern="active"), NAMED) in [number / 100 for number in range(101)]


def test_what_the_encoder_says_of_the_sentence_counts() -> None:
    statement = Statement("ana", "met", "bo", pattern="active")
    assert sure(statement, NAMED, Support(0.9, 0.95)) > sure(statement, NAMED, Support(0.01, 0.05))


def test_the_shipped_weights_are_whole() -> None:
    found = decision.model()
    assert set(found.signals) == set(decision.signals(0.0, None))
    assert 0 < found.threshold <= found.threshold_asserted < 0.5


def test_no_feature_holds_a_word_of_the_text() -> None:
    one = Statement("ana", "met", "bo", pattern="active")
    other = Statement("cy", "met", "di", pattern="active")
    others = {"cy": NAMED["ana"], "di": NAMED["bo"]}
    assert list(decision.features(one, NAMED, MET)) == list(decision.features(other, others, MET))
