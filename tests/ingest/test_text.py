"""Bytes become one normal form of text, and binary data is refused."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.errors import InputError
from graphbuild.ingest.text import decode, normalise


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        ("Café".encode(), "Café", None),
        (codecs.BOM_UTF8 + "Café".encode(), "Café", None),
        (codecs.BOM_UTF16_LE + "Café".encode("utf-16-le"), "Café", "read as utf-16-le"),
        ("Café “talks”".encode("cp1252"), "Café “talks”", "not UTF-8; read as windows-1252"),
        (
            '<meta charset="iso-8859-2"> Wałęsa'.encode("iso-8859-2"),
            '<meta charset="iso-8859-2"> Wałęsa',
            "not UTF-8; read as iso-8859-2",
        ),
        (
            b'<meta charset="no-such-charset"> Caf\xe9',
            '<meta charset="no-such-charset"> Café',
            "not UTF-8; read as windows-1252",
        ),
        (b"Caf\x81\xe9", "Caf\x81é", "not UTF-8; read as latin-1"),
        ("“Á” “É” “Í”".encode() + b"\xff.", "“Á” “É” “Í”\ufffd.", "not valid UTF-8; 1 characters replaced"),
    ],
)
def test_decoding_tries_utf8_then_the_declared_charset_then_western(data: bytes, text: str, note: str | None) -> None:
    assert decode(data) == (text, note)


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 40, b"%PDF-1.7\nplain words", b"PK\x03\x04 words", b"\x89PNG\r\n"]
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^binary file; give plain text, Markdown, HTML or JSON Lines$"):
        decode(data)


def test_a_stray_nul_does_not_make_a_text_binary() -> None:
    assert decode(b"The minister left the hall.\x00" * 9)[0].startswith("The minister")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\u00a0b\tc  d", "a b c d"),
        ("e\u0301", "é"),
        ("so\u00adft zero\u200bwidth \ufeffmark\u200e", "soft zerowidth mark"),
        ("nul\x00bell\x07", "nul bell"),
        ("lone \ud800 and \ufffe \uffff", "lone \ufffd and \ufffd \ufffd"),
        ("\n\n  one  \n\n\n\n two\n", "one\n\ntwo"),
        ("🎉 مرحبا", "🎉 مرحبا"),
    ],
)
def test_normal_form(raw: str, text: str) -> None:
    assert normalise(raw) == text


@given(st.text(alphabet=st.characters(), max_size=200))
def test_normal_text_is_stable_and_legal_in_xml(raw: str) -> None:
    text = normalise(raw)
    assert normalise(text) == text
    assert not any((ord(c) < 32 and c != "\n") or 0xD800 <= ord(c) < 0xE000 or c in "\ufffe\uffff" for c in text)


def test_wrapped_lines_are_joined() -> None:
    wrapped = (
        "The harbour master of the old town refused on\n"
        "Tuesday to let the grain ship leave before the\n"
        "customs office had searched it, his deputy told\n"
        "a local radio station.\n"
        "\n"
        "A second ship was let go."
    )
    assert normalise(wrapped).split("\n\n") == [
        "The harbour master of the old town refused on Tuesday to let the grain ship leave before the customs "
        "office had searched it, his deputy told a local radio station.",
        "A second ship was let go.",
    ]


def test_short_paragraphs_are_not_taken_for_wrapped_lines() -> None:
    short = "The minister resigned.\nHe gave no reason for it.\nHis party was surprised.\nThe king was not."
    assert normalise(short) == short
