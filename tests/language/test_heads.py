"""Roles from the encoder's vectors: within a sentence, and the same every time."""

import numpy as np
import pytest

from graphbuild import language
from graphbuild.language.roles_head import LEAST, read


@pytest.fixture(scope="module")
def nlp():
    return language.load()


def test_roles_stay_in_their_sentence():
    scores = 4 * np.random.default_rng(9).normal(size=(3, 2, 9)).astype(np.float32)
    found = read(scores, [1, 6], ["none", "ARG0", "ARG1"], [0, 4, 9])
    assert found
    assert all(score >= LEAST and predicate != at for predicate, at, _, score in found)
    assert all((predicate < 4) == (at < 4) for predicate, at, *_ in found)


def test_a_role_needs_its_share():
    scores = np.array([[[9, 0, 0]], [[0, 0, 3]], [[0, 9, 3]]], dtype=np.float32)
    assert read(scores, [0], ["none", "ARG0", "ARG1"], [0, 3]) == [
        (0, 1, "ARG1", 1.0),
        (0, 2, "ARG0", 0.488),
        (0, 2, "ARG1", 0.488),
    ]


def test_sentences_without_predicates_have_no_roles():
    assert read(np.zeros((3, 0, 5), dtype=np.float32), [], ["none", "ARG0", "ARG1"], [0, 2, 5]) == []


def roles(doc):
    best = {}
    for predicate, at, role, score in doc.user_data["roles"]:
        best.setdefault(doc[predicate].text, []).append((score, role, doc[at].text))
    return {word: {(role, text) for score, role, text in found if score >= 0.5} for word, found in best.items()}


def test_active_and_passive_have_the_same_roles(nlp):
    active = roles(nlp("The police arrested the minister."))
    passive = roles(nlp("The minister was arrested by the police."))
    assert {("ARG0", "police"), ("ARG1", "minister")} <= active["arrested"]
    assert ("ARG1", "minister") in passive["arrested"]


def test_every_word_has_a_chance_to_be_a_predicate(nlp):
    doc = nlp("Norway hosted the talks in Oslo on Friday. Ana Ruiz, head of the Commission, met Bo Lind.")
    assert len(doc.user_data["predicates"]) == len(doc)
    assert doc.user_data["predicates"][1] > 0.5


def test_batches_change_no_role(nlp):
    texts = [
        "Norway recalled its envoy.",
        "The council met and discussed the budget of the town " * 60 + ".",
        "Ana met Bo.",
    ]
    alone = [nlp(text) for text in texts]
    for one, other in zip(alone, nlp.pipe(texts, batch_size=2), strict=True):
        assert one.user_data["roles"] == other.user_data["roles"]


def test_roles_of_long_texts_point_into_their_own_sentence(nlp):
    doc = nlp("The council met on Monday and the mayor discussed the budget. " * 60)
    starts = [token.sent.start for token in doc]
    assert len(doc.user_data["roles"]) > 100
    assert all(starts[predicate] == starts[at] for predicate, at, *_ in doc.user_data["roles"])
