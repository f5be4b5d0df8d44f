"""Relations of pairs of words from the encoder's vectors: shares that make one, and the same every time."""

import json

import numpy as np
import pytest

from graphbuild import language
from graphbuild.language.relation_head import (
    HEADS,
    KEY,
    OFFER,
    REGIONS,
    TYPES,
    WORD,
    Pair,
    RelationHead,
    distance,
    regions,
)


@pytest.fixture(scope="module")
def nlp():
    return language.load()


@pytest.fixture
def folder(tmp_path):
    """A head of two relations, with weights drawn at random."""
    draw = np.random.default_rng(7).normal
    (tmp_path / "labels.json").write_text(json.dumps({"relations": ["met", "visited"]}))
    joined = 3 * OFFER + (WORD - 2 * OFFER - 3 * KEY) + 48
    shapes = {"types": (len(TYPES), 16), "distances": (16, 16), "regions": (REGIONS, HEADS)}
    shapes |= {"joint.weight": (32, joined), "joint.bias": (32,), "out.weight": (3, 32), "out.bias": (3,)}
    np.savez(tmp_path / "relations.npz", **{name: draw(size=shape) / 8 for name, shape in shapes.items()})
    return tmp_path


def vectors(count, width):
    return np.random.default_rng(count).normal(size=(count, width)).astype(np.float32)


def test_sides_are_seen_from_the_subject():
    assert regions(2, 5, 8).tolist() == [0, 0, 1, 2, 2, 3, 4, 4]
    assert regions(5, 2, 8).tolist() == [4, 4, 3, 2, 2, 1, 0, 0]


def test_distances_tell_before_from_behind():
    assert [distance(0, at) for at in (1, 2, 3, 4, 400)] == [0, 1, 1, 2, 7]
    assert [distance(at, 0) for at in (1, 2, 3, 4, 400)] == [8, 9, 9, 10, 15]


def test_chances_of_all_relations_and_none_make_one(folder):
    found = RelationHead(folder).scores(vectors(6, WORD), [Pair(0, 3, "Person", "State"), Pair(3, 0), Pair(5, 1)])
    assert found.probabilities.shape == (3, 3)
    assert found.probabilities.sum(1) == pytest.approx([1, 1, 1], abs=0.002)
    assert all(0 <= at < 6 for at in found.triggers)


def test_a_pair_scores_the_same_alone_and_among_others(folder):
    words, pairs = vectors(9, WORD), [Pair(0, 3), Pair(3, 0, "State", "Event"), Pair(8, 1)]
    together = RelationHead(folder).scores(words, pairs)
    alone = [RelationHead(folder).scores(words, [pair]) for pair in pairs]
    assert together.probabilities.tolist() == [row for one in alone for row in one.probabilities.tolist()]
    assert together.triggers == [at for one in alone for at in one.triggers]


def test_no_pairs_no_scores(folder):
    found = RelationHead(folder).scores(vectors(4, WORD), [])
    assert found.probabilities.shape == (0, 3)
    assert found.triggers == []


def test_what_a_sentence_states_scores_higher_than_its_reverse(nlp):
    doc = nlp("The president of Norway visited Peru on Friday.")
    head = RelationHead()
    found = head.scores(doc.user_data["relations"], [Pair(1, 5, "Person", "State"), Pair(5, 1, "State", "Person")])
    visited = found.probabilities[:, head.relations.index("visited")]
    assert visited[0] > 0.3 > visited[1]


def test_batches_change_no_vector(nlp):
    texts = ["Norway recalled its envoy.", "The council met the mayor. " * 60, "Ana met Bo."]
    alone = [nlp(text).user_data["relations"] for text in texts]
    for one, other in zip(alone, nlp.pipe(texts, batch_size=2), strict=True):
        assert one.shape[1] == WORD
        assert one.tobytes() == other.user_data["relations"].tobytes()
