"""Names of things in a graph: hyphened words, hashes, and addresses that every RDF reader takes."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.identifiers import digest, hyphened, web_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks: ‘Road to nowhere’?", "Talks-Road-to-nowhere"),
        ("Côte d'Ivoire", "Cote-d-Ivoire"),
        ("日本", ""),
        ("word " * 40, "word-" * 11 + "word"),
        ("x" * 100, "x" * 60),
    ],
)
def test_words_are_joined_by_hyphens_and_cut_after_a_whole_one(text: str, expected: str) -> None:
    assert hyphened(text, 60) == expected


def test_a_digest_parts_what_only_looks_alike() -> None:
    assert len({digest("ab", None), digest("a", "b"), digest("", "ab")}) == 3


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("https://Example.org/?tag[]=a", "https://Example.org/?tag%5B%5D=a"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%zz", "https://example.org/%25zz"),
        ("https://example.org/#a#b", "https://example.org/#a%23b"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("https://reader:secret@example.org/", "https://example.org/"),
        ("https://[bad/", None),
        ("https://exam ple.org/", None),
        ("https://example.org:99999999/", None),
        ("https://", None),
        ("//example.org/a", None),
        ("javascript:alert(1)", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses_are_cleaned_or_dropped(address: str | None, expected: str | None) -> None:
    assert web_address(address) == expected


@given(st.one_of(st.text(), st.text().map("https://".__add__), st.text().map("https://example.org/".__add__)))
def test_what_is_left_is_an_iri_and_stays_what_it_is(text: str) -> None:
    found = web_address(text)
    if found is not None:
        text_of = ox.serialize([ox.Quad(*[ox.NamedNode(found)] * 3)], format=ox.RdfFormat.N_QUADS)
        assert list(ox.parse(text_of, format=ox.RdfFormat.N_QUADS))
        assert web_address(found) == found
