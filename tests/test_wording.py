"""Statements in words: every tense, certainty and polarity reads as English."""

import pytest

from graphbuild import export
from graphbuild.export.rdf import Terms
from graphbuild.graph import KnowledgeGraph, verbalising
from graphbuild.model import Certainty, Entity, EntityType, Polarity, Statement, Status, Tense
from graphbuild.ontology import schema as ontology

PEOPLE = [Entity(key, EntityType.STATE, key.capitalize()) for key in ("peru", "chile", "zumba")]
NO = {"polarity": Polarity.NEGATED, "status": Status.NEGATION}
PRESENT, FUTURE = {"tense": Tense.PRESENT}, {"tense": Tense.FUTURE}
POSSIBLE, PROBABLE = {"certainty": Certainty.POSSIBLE}, {"certainty": Certainty.PROBABLE}


@pytest.fixture(scope="module")
def lexicon():
    return ontology.load()


def told(lexicon, statement: Statement) -> str:
    graph = KnowledgeGraph(PEOPLE, [statement], vocabulary=lexicon)
    return Terms(graph, export.Options()).sentence(next(iter(graph)))


@pytest.mark.parametrize(
    ("relation", "how", "said"),
    [
        ("withdrewFrom", {}, "Peru withdrew from Zumba"),
        ("withdrewFrom", NO, "Peru did not withdraw from Zumba"),
        ("withdrewFrom", {**NO, **PRESENT}, "Peru does not withdraw from Zumba"),
        ("withdrewFrom", {**NO, **FUTURE}, "Peru will not withdraw from Zumba"),
        ("withdrewFrom", FUTURE, "Peru will withdraw from Zumba"),
        ("withdrewFrom", POSSIBLE, "Peru may have withdrawn from Zumba"),
        ("withdrewFrom", {**NO, **POSSIBLE}, "Peru may not have withdrawn from Zumba"),
        ("withdrewFrom", {**FUTURE, **POSSIBLE}, "Peru may withdraw from Zumba"),
        ("withdrewFrom", {**FUTURE, **PROBABLE}, "Peru will probably withdraw from Zumba"),
        ("withdrewFrom", {**NO, **PROBABLE}, "Peru probably did not withdraw from Zumba"),
        ("memberOf", PRESENT, "Peru is member of Zumba"),
        ("memberOf", {**NO, **PRESENT}, "Peru is not member of Zumba"),
        ("memberOf", {**NO, **PROBABLE}, "Peru was probably not member of Zumba"),
        ("memberOf", {**NO, **FUTURE}, "Peru will not be member of Zumba"),
        ("open-sail-to", {}, "Peru sailed to Zumba"),
        ("open-found", NO, "Peru did not found Zumba"),
    ],
)
def test_a_statement_is_told_in_its_tense_certainty_and_polarity(lexicon, relation, how, said):
    assert told(lexicon, Statement("peru", relation, "zumba", **how)) == said


@pytest.mark.parametrize(
    ("operator", "addressee", "actor", "how", "said"),
    [
        ("offered", None, "peru", {}, "Peru offered to attack Zumba"),
        ("agreedWith", None, "peru", {}, "Peru agreed to attack Zumba"),
        ("agreedWith", None, "peru", NO, "Peru did not agree to attack Zumba"),
        ("intends", None, "peru", PRESENT, "Peru plans to attack Zumba"),
        ("denied", None, "peru", {}, "Peru denied attacking Zumba"),
        ("urged", "chile", "chile", {}, "Peru urged Chile to attack Zumba"),
        ("accused", "chile", "chile", {}, "Peru accused Chile of attacking Zumba"),
        ("accused", "chile", "chile", NO, "Peru did not accuse Chile of attacking Zumba"),
        ("urged", None, "chile", {}, "Peru urged: Chile to attack Zumba"),
    ],
)
def test_an_operator_is_told_with_its_content(lexicon, operator, addressee, actor, how, said):
    content = Statement(actor, "attacked", "zumba", tense=Tense.FUTURE, status=Status.PLAN)
    assert told(lexicon, Statement("peru", operator, addressee, content, **how)) == said


def test_what_is_promised_not_to_happen_is_told_so(lexicon):
    content = Statement("peru", "attacked", "zumba", tense=Tense.FUTURE, **NO)
    assert told(lexicon, Statement("peru", "promised", None, content)) == "Peru promised: Peru not to attack Zumba"


def test_every_label_begins_with_a_verb_and_has_one_reading(lexicon):
    for relation in lexicon.relations.values():
        assert not set(relation.label) & set("/()|"), relation.label
        verb = verbalising.Verb(relation.label)
        assert relation.label in {verb.form(tag) for tag in ("VBD", "VBZ")}, relation.label


def test_an_edge_of_negations_has_a_label_of_its_own():
    labels = ("hosted", "withdrew from", "is member of", "works for")
    told = [verbalising.negated(verbalising.Verb(label)) for label in labels]
    assert told == ["not hosted", "not withdrawn from", "is not member of", "does not work for"]
