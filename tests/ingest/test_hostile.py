"""One bad input costs one input: special files, bombs, odd charsets and metadata are named, and the rest is read."""

import codecs
import gzip
import io
import json
import os
import socket
import sys
import time
from pathlib import Path

import pytest

from graphbuild import KnowledgeGraph, export
from graphbuild.errors import InputError
from graphbuild.ingest import Failure, LeftOut, Repeat, bounded, documents
from graphbuild.model import Document, Entity, EntityType, ParagraphKind

NEWS = "The king of Norway received the prime minister of Iceland in Oslo on Friday."
PAGE = "<html><head><title>King receives guest</title>{}</head><body><article><p>{}</p></article></body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(NEWS)
    return tmp_path


def found(*inputs: str | Path) -> dict[str, Document | Failure | LeftOut | Repeat]:
    return {Path(item.path or "").name: item for item in documents(inputs)}


def the_rest_is_read_but(folder: Path, name: str, reason: str) -> None:
    started = time.monotonic()
    items = found(folder)
    assert isinstance(items["good.txt"], Document)
    bad = items[name]
    assert isinstance(bad, Failure) and reason in bad.reason and "\n" not in bad.reason, bad
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt.gz", gzip.compress(NEWS.encode() * 99)[:-20], "compressed file ends early"),
        ("a.txt.gz", gzip.compress(NEWS.encode() * 9)[:60] + b"\xff" * 500, "compressed file is damaged"),
        ("a.txt.gz", b"\x1f\x8bno gzip at all", "cannot be read"),
        ("a.jsonl.gz", gzip.compress(NEWS.encode() * 99)[:-20], "compressed file ends early"),
        ("a.html", b"<svg xmlns='http://www.w3.org/2000/svg'><text>King receives guest</text></svg>", "HTML page"),
        ("a.html", b"<?xml version='1.0'?><svg/>", "HTML page"),
        ("a.txt", b"\xff\xfe\x00\x00", "empty file"),
    ],
)
def test_a_damaged_file_is_named(folder: Path, name: str, data: bytes, reason: str) -> None:
    (folder / name).write_bytes(data)
    the_rest_is_read_but(folder, name, reason)


@pytest.mark.parametrize(
    "metadata",
    [
        {"headline": ["One", "Two"]},
        {"headline": 2025},
        {"headline": {"@value": "One"}},
        {"datePublished": 20250820},
        {"datePublished": ["2025-08-20"]},
        {"datePublished": {"a": []}},
        {"publisher": [{"name": ["x"]}]},
        {"author": 5},
        {"author": [[[]]], "publisher": 3.5, "url": ["https://example.org/a"]},
        {"@graph": 7},
        [],
        [1, None, "x"],
        "text",
    ],
)
def test_metadata_of_a_page_may_be_anything(folder: Path, metadata: object) -> None:
    whole = (
        {"@context": "https://schema.org", "@type": "NewsArticle", **metadata} if type(metadata) is dict else metadata
    )
    script = f'<script type="application/ld+json">{json.dumps(whole)}</script>'
    (folder / "a.html").write_text(PAGE.format(script, NEWS * 3))
    page = found(folder)["a.html"]
    assert isinstance(page, Document) and NEWS in page.text


@pytest.mark.parametrize(
    ("record", "headline", "published", "publisher"),
    [
        ({"headline": ["One", "Two"]}, "One", None, None),
        ({"title": {"@value": "One"}, "source": {"name": "Paper"}}, "One", None, "Paper"),
        ({"headline": 7, "date": "2025-08-20"}, "7", "2025-08-20", None),
        ({"headline": None, "date": [None, {"@value": "2025-08-20"}]}, None, "2025-08-20", None),
        ({"headline": [[[["x"]]]], "publisher": True, "url": {"a": {"b": 1}}}, None, None, None),
    ],
)
def test_fields_of_json_lines_may_be_lists_numbers_and_objects(
    folder: Path, record: dict[str, object], headline: str | None, published: str | None, publisher: str | None
) -> None:
    (folder / "a.jsonl").write_text(json.dumps({"text": [NEWS, {"value": "They ate."}], **record}))
    item = found(folder)["a.jsonl:1"]
    assert isinstance(item, Document) and item.text.endswith(f"{NEWS}\n\nThey ate.")
    assert (item.headline, item.published, item.publisher) == (headline, published, publisher)


@pytest.mark.parametrize("text", [5, [], [1], {}, {"a": "b"}, None, True])
def test_a_line_without_words_is_named(folder: Path, text: object) -> None:
    (folder / "a.jsonl").write_text(json.dumps({"text": text}))
    the_rest_is_read_but(folder, "a.jsonl:1", "no text")


@pytest.mark.parametrize("charset", ["undefined", "idna", "hex", "rot13", "x-unknown", "utf-16", "zlib", "punycode"])
def test_a_charset_that_is_none_is_passed_over(folder: Path, charset: str) -> None:
    (folder / "a.html").write_bytes(PAGE.format(f"<meta charset={charset}>", NEWS * 3).encode() + b"\xe9")
    assert isinstance(found(folder)["a.html"], Document)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.jsonl.gz"])
def test_wide_encodings_are_read(folder: Path, encoding: str, name: str) -> None:
    (folder / "good.txt").unlink()
    texts = [f"{NEWS} Ünal came {word}." for word in ("once", "twice")]
    lines = "\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in texts)
    data = ("\ufeff" + (texts[0] if name == "a.txt" else lines)).encode(encoding)
    (folder / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    assert [getattr(item, "text", item) for item in documents([folder])] == texts[: 1 if name == "a.txt" else 2]


def test_captions_alone_are_an_article(folder: Path) -> None:
    (folder / "a.txt").write_text("A ship leaves the harbour of Velden, May 3, 2031. REUTERS/Ana Ruiz\n")
    item = found(folder)["a.txt"]
    assert isinstance(item, Document) and item.paragraphs[0].kind is ParagraphKind.CAPTION


def test_standard_input_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NEWS.encode())))
    items = list(documents(["-", "-"]))
    assert [type(item) for item in items] == [Document, Repeat]


def test_standard_input_may_be_closed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert isinstance(found("-", folder)["standard input"], Failure)


def test_pipes_sockets_devices_and_circles_are_named(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "circle.txt").symlink_to("circle.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "inside").symlink_to(folder)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "socket.txt"))
        for name, reason in {
            "pipe.txt": "a named pipe", "socket.txt": "a socket", "device.txt": "a device", "circle.txt": "in a circle",
        }.items():  # fmt: skip
            the_rest_is_read_but(folder, name, reason)
    assert isinstance(found("/dev/zero", folder)["zero"], Failure)


@pytest.mark.parametrize("name", ["x" * 300, "é" * 200, "a/" * 5000, "a\0b", ""])
def test_a_name_that_can_be_none_is_no_file(folder: Path, name: str) -> None:
    assert any(isinstance(item, Failure) and "no such file" in item.reason for item in documents([name, folder]))


def test_a_file_that_is_too_large_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "LARGEST", 1000)
    (folder / "a.txt").write_text(NEWS * 20)
    the_rest_is_read_but(folder, "a.txt", "larger than")
    line, long = json.dumps({"text": NEWS}), json.dumps({"text": NEWS * 50})
    (folder / "a.jsonl").write_text(f'{long}\n{line[:-2]} It rained."}}\n{long}')
    items = found(folder)
    assert [type(items[f"a.jsonl:{n}"]) for n in (1, 2, 3)] == [Failure, Document, Failure]


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz"])
def test_a_bomb_costs_neither_time_nor_memory(folder: Path, name: str) -> None:
    with gzip.open(folder / name, "wb") as bomb:
        for _ in range(200):
            bomb.write(b'{"text": "%s"}\n' % (b"a" * (1 << 20)))
    assert (folder / name).stat().st_size < 250_000
    started = time.monotonic()
    reasons = [item.reason for item in documents([folder]) if isinstance(item, Failure)]
    assert [reason for reason in reasons if "unpacks to more" in reason or "larger than" in reason]
    assert time.monotonic() - started < 30


def test_what_graphbuild_wrote_is_left_out_with_a_note(folder: Path) -> None:
    graph = KnowledgeGraph([Entity("ann", EntityType.PERSON, "Ann")])
    names = ["ttl", "nt", "nq", "trig", "rdf", "jsonld", "graphml", "gexf", "json", "cypher", "svg", "html", "ttl.gz"]
    export.write_all(graph, [(folder / f"graph.{name}", None) for name in names])
    items = found(folder, *(folder / f"graph.{name}" for name in names))
    for name in names:
        assert isinstance(items[f"graph.{name}"], LeftOut), name
    assert isinstance(items["good.txt"], Document)


def test_graphs_alone_are_no_articles(tmp_path: Path) -> None:
    export.write(KnowledgeGraph([Entity("ann", EntityType.PERSON, "Ann")]), tmp_path / "graph.html")
    with pytest.raises(InputError, match=r"graph\.html: a graph and no article"):
        list(documents([tmp_path]))


def test_whatever_reading_raises_costs_one_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise StopIteration

    monkeypatch.setattr("graphbuild.ingest.formats.read_markdown", broken)
    (folder / "a.md").write_text("# Hello\n\nWorld.")
    the_rest_is_read_but(folder, "a.md", "StopIteration")


def test_a_byte_order_mark_of_utf32_is_not_taken_for_one_of_utf16() -> None:
    from graphbuild.ingest.text import decode

    assert decode(codecs.BOM_UTF32_LE + "hé".encode("utf-32-le")) == ("hé", "read as utf-32-le")
