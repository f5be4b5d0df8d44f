"""Files, folders and streams become Documents, and what cannot be read says why."""

import gzip
import io
import json
import os
import random
import sys
import time
from pathlib import Path

import pytest

from graphbuild.errors import InputError
from graphbuild.ingest import Failure, Repeat, documents
from graphbuild.model import Document

NEWS = "The king of Norway received the prime minister of Iceland in Oslo on Friday."


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    return folder


def read(*inputs: str | Path) -> list[Document]:
    return [found for found in documents(inputs) if isinstance(found, Document)]


def failures(*inputs: str | Path) -> list[Failure]:
    found: list[Failure] = []
    try:
        for item in documents(inputs):
            if isinstance(item, Failure):
                found.append(item)
    except InputError:
        pass
    return found


def test_a_folder_is_read_in_sorted_order(news: Path) -> None:
    (news / "deep").mkdir()
    for name in ("b.txt", "a.md", "deep/c.TXT", "notes.pdf", ".hidden.txt"):
        (news / name).write_text(f"{NEWS} Then {name} was signed.")
    assert [Path(d.path or "").name for d in read(news)] == ["a.md", "b.txt", "c.TXT"]


def test_ids_and_texts_depend_on_content_alone(news: Path) -> None:
    paths = []
    for number in range(5):
        path = news / f"{number}.txt"
        path.write_text(f"King receives guest\n\n{NEWS} It was visit {number}.")
        paths.append(path)
    ids = {document.id for document in read(*paths)}
    random.Random(1).shuffle(paths)
    assert {document.id for document in read(*paths)} == ids
    assert len(ids) == 5
    paths[0].rename(news / "other.txt")
    assert {document.id for document in read(news)} == ids


def test_an_article_given_twice_counts_once(news: Path) -> None:
    (news / "a.txt").write_text(NEWS)
    (news / "b.txt").write_text(NEWS + "\r\n")
    first, second = documents([news])
    assert isinstance(first, Document)
    assert second == Repeat(str(news / "b.txt"), str(news / "a.txt"))


def test_offsets_point_into_the_text(news: Path) -> None:
    (news / "a.txt").write_text(f"King receives guest\n\nOSLO, May 2, 2031 (Testwire) - {NEWS}\n\nAdvertisement")
    (document,) = read(news)
    kinds = [(part.kind.value, document.text[part.start : part.end]) for part in document.paragraphs]
    assert kinds == [
        ("headline", "King receives guest"),
        ("boilerplate", "OSLO, May 2, 2031 (Testwire) -"),
        ("body", NEWS),
        ("boilerplate", "Advertisement"),
    ]
    assert (document.headline, document.published, document.publisher) == (
        "King receives guest",
        "2031-05-02",
        "Testwire",
    )
    assert document.id.startswith("king-receives-guest-")


def test_html_gives_text_and_metadata(news: Path) -> None:
    body = f"<p>By Jane Doe</p><p>{NEWS} They spoke about f&iacute;sh and trade for two hours, the palace said.</p>" * 2
    (news / "a.html").write_bytes(
        (
            '<html><head><meta charset="iso-8859-1"><title>King receives guest | The Daily Test</title>'
            '<meta property="og:site_name" content="The Daily Test">'
            '<meta property="article:published_time" content="2025-03-02T10:00:00Z">'
            '<link rel="canonical" href="https://example.org/news/king"></head>'
            f"<body><nav><a href='/'>Home</a></nav><article><h1>King receives guest</h1>{body}"
            "<p>A caf\xe9 was closed.</p></article><script>alert(1)</script></body></html>"
        ).encode("latin-1")
    )
    (document,) = read(news)
    assert (document.headline, document.published) == ("King receives guest", "2025-03-02")
    assert (document.url, document.publisher) == ("https://example.org/news/king", "The Daily Test")
    assert "físh" in document.text
    assert "A café was closed." in document.text
    assert "alert" not in document.text
    assert document.notes == ("not UTF-8; read as iso-8859-1",)


def test_markdown_loses_its_marks(news: Path) -> None:
    (news / "a.md").write_text(
        "---\ntitle: King receives guest\ndate: 2031-05-02\nurl: https://example.org/king\n---\n"
        "# King receives guest\n\nThe *king* received the [prime minister](https://example.org) of\n**Iceland**.\n\n"
        "![crown](crown.png)\n\n## Fish\n\n- Cod was discussed.\n"
    )
    (document,) = read(news)
    assert document.text == (
        "King receives guest\n\nThe king received the prime minister of Iceland.\n\nFish\n\nCod was discussed."
    )
    assert [part.kind.value for part in document.paragraphs] == ["headline", "body", "headline", "body"]
    assert (document.headline, document.published, document.url) == (
        "King receives guest",
        "2031-05-02",
        "https://example.org/king",
    )


def test_json_lines_give_one_article_each_and_name_the_faulty_line(news: Path) -> None:
    good = {
        "title": "King receives guest",
        "text": NEWS,
        "date": "2031-05-02T07:00:00Z",
        "publisher": "Testwire",
        "url": "x",
    }
    lines = [json.dumps(good), "", "{broken", '{"title": "no text"}', json.dumps({"text": NEWS, "date": "soon"})]
    path = news / "a.jsonl"
    path.write_text("\n".join(lines))
    first, second = read(path)
    assert (first.headline, first.published, first.publisher) == ("King receives guest", "2031-05-02", "Testwire")
    assert first.text == f"King receives guest\n\n{NEWS}"
    assert second.notes == ("date 'soon' not understood",)
    assert failures(path) == [
        Failure(f"{path}:3", "not a JSON object; write one article a line"),
        Failure(f"{path}:4", 'no text; each line needs an object with "text"'),
    ]


def test_compressed_files_are_read(news: Path) -> None:
    (news / "a.txt.gz").write_bytes(gzip.compress(NEWS.encode()))
    (news / "b.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": f"{NEWS} Again."}).encode()))
    assert [document.text for document in read(news)] == [NEWS, f"{NEWS} Again."]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NEWS.encode())))
    (document,) = read("-")
    assert (document.text, document.path) == (NEWS, "standard input")


def test_hostile_text_is_made_harmless(news: Path) -> None:
    (news / "a.jsonl").write_text(
        json.dumps({"text": f"</script><script>\x07 \ud800 \ufffe {NEWS}", "title": "\x01\x02"})
    )
    (document,) = read(news)
    assert document.text == f"</script><script> \ufffd \ufffd {NEWS}"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty file; nothing to read"),
        ("a.txt", b" \n\t\n", "empty file; nothing to read"),
        ("a.txt", bytes(range(256)) * 9, "binary file; give plain text, Markdown, HTML or JSON Lines"),
        ("a.txt", b"Advertisement\n\nPost Comment\n", "no article text, only boilerplate; check what was saved"),
        ("a.html", b"<html><body></body></html>", "no article text in this HTML page; save the page of one article"),
        ("a.txt.gz", gzip.compress(NEWS.encode())[:-9], "cannot be read (compressed file ends early); fetch it again"),
        (
            "b.txt.gz",
            b"not compressed",
            "cannot be read (Not a gzipped file (b'no')); check the file and its permissions",
        ),
    ],
)
def test_what_cannot_be_read_says_why_and_the_rest_is_read(news: Path, name: str, data: bytes, reason: str) -> None:
    (news / name).write_bytes(data)
    (news / "good.txt").write_text(NEWS)
    assert failures(news) == [Failure(str(news / name), reason)]
    assert len(read(news)) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_says_so(news: Path) -> None:
    (news / "a.txt").write_text(NEWS)
    (news / "a.txt").chmod(0)
    assert failures(news) == [
        Failure(str(news / "a.txt"), "cannot be read (Permission denied); check the file and its permissions")
    ]


def test_a_link_to_nowhere_says_so(news: Path) -> None:
    (news / "a.txt").symlink_to(news / "gone.txt")
    (news / "b.txt").write_text(NEWS)
    assert failures(news) == [Failure(str(news / "a.txt"), "a link that leads nowhere; name the file itself")]


def test_nothing_to_read_is_an_error_that_names_the_input(news: Path) -> None:
    expected = (
        f"{news}: no articles in this folder; it needs files named .txt, .md, .markdown, .html, .htm, .jsonl, .ndjson"
    )
    with pytest.raises(InputError) as one:
        list(documents([news]))
    assert str(one.value) == expected
    with pytest.raises(InputError) as two:
        list(documents([news, "missing.txt"]))
    assert str(two.value) == f"no article could be read from 2 inputs; first {expected}"
    with pytest.raises(InputError, match=r"^missing.txt: no such file or folder; check the path$"):
        list(documents(["missing.txt"]))
    with pytest.raises(InputError, match=r"^no article given; name files, folders or - for standard input$"):
        list(documents([]))


def test_five_megabytes_on_one_line_are_read_quickly(news: Path) -> None:
    (news / "a.txt").write_text(
        " ".join(f"The envoy of Norway met minister number {i} in Oslo." for i in range(100_000))
    )
    start = time.perf_counter()
    (document,) = read(news)
    assert time.perf_counter() - start < 10
    assert len(document.text) > 5_000_000
    assert max(part.end - part.start for part in document.paragraphs) <= 4000


def test_an_address_that_is_none_costs_the_address_and_is_named(tmp_path: Path) -> None:
    lines = [{"text": "Norway hosted Iceland in Oslo.", "url": "https://[bad/"}]
    lines += [{"text": "Chad hosted Niger in Abuja.", "url": "https://example.org/?tag[]=a"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    bad, odd = documents([tmp_path / "a.jsonl"])
    assert isinstance(bad, Document) and bad.url is None
    assert bad.notes == ("address 'https://[bad/' is no web address; left out",)
    assert isinstance(odd, Document) and odd.url == "https://example.org/?tag%5B%5D=a"
