"""From scores to trees and names."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from graphbuild.language.decode import best_names, best_tree

LABELS = ["O", "B-PER", "I-PER", "E-PER", "S-PER", "B-ORG", "I-ORG", "E-ORG", "S-ORG"]
NUMBERS = st.floats(-20, 20, width=32)
SQUARES = st.integers(1, 9).flatmap(lambda n: arrays(np.float32, (n, n), elements=NUMBERS))
ROWS = st.integers(1, 9).flatmap(lambda n: arrays(np.float32, (n, len(LABELS)), elements=NUMBERS))


@given(SQUARES)
def test_trees_have_one_root_and_no_cycle(scores):
    heads = best_tree(scores)
    roots = [child for child, head in enumerate(heads) if child == head]
    assert len(roots) == 1
    for child in range(len(heads)):
        for _ in range(len(heads)):
            child = heads[child]
        assert child == roots[0]


def test_the_best_heads_are_taken_where_they_make_a_tree():
    scores = np.array([[0, 9, 0], [0, 9, 0], [0, 9, 0]], dtype=np.float32)
    assert best_tree(scores) == [1, 1, 1]


def test_a_cycle_is_broken_where_it_costs_least():
    scores = np.array([[0, 9, 5], [9, 0, 1], [0, 0, 9]], dtype=np.float32)
    assert best_tree(scores) == [2, 0, 2]


@given(ROWS)
def test_names_are_well_formed(scores):
    tags = best_names(scores, LABELS)
    assert len(tags) == len(scores)
    for before, tag in zip(["O", *tags], tags, strict=False):
        assert tag[0] != "I" or before[1:] == tag[1:]


def test_last_bits_decide_nothing():
    scores = np.zeros((4, len(LABELS)), dtype=np.float32)
    noise = scores + np.float32(1e-6)
    assert best_names(scores, LABELS) == best_names(noise, LABELS)


def test_no_words_have_no_names():
    assert best_names(np.zeros((0, len(LABELS)), dtype=np.float32), LABELS) == []
