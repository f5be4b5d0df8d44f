"""The examples keep their promises: articles of news length, queries that any SPARQL engine reads."""

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from graphbuild.export.validation import check
from graphbuild.ingest import documents
from graphbuild.model import Document, ParagraphKind

EXAMPLES = Path(__file__).parents[1] / "examples"
QUERIES = sorted((EXAMPLES / "queries").glob("*.rq"))
ARTICLES = sorted(path for path in (EXAMPLES / "articles").iterdir() if path.is_file())


@pytest.fixture(scope="module")
def articles() -> list[Document]:
    found = list(documents([EXAMPLES / "articles"]))
    assert all(isinstance(item, Document) for item in found)
    return [item for item in found if isinstance(item, Document)]


def test_there_is_an_article_a_file_of_news_length(articles: list[Document]) -> None:
    assert len(articles) == len(ARTICLES) >= 6
    for article in articles:
        news = [part for part in article.paragraphs if part.kind is not ParagraphKind.BOILERPLATE]
        assert 250 <= sum(len(article.text[part.start : part.end].split()) for part in news) <= 600, article.path


def test_each_article_has_headline_date_and_boilerplate(articles: list[Document]) -> None:
    for article in articles:
        assert article.headline and article.published, article.path
        assert any(part.kind is ParagraphKind.BOILERPLATE for part in article.paragraphs), article.path


def test_captions_are_found(articles: list[Document]) -> None:
    assert sum(part.kind is ParagraphKind.CAPTION for article in articles for part in article.paragraphs) >= 4


def test_there_are_enough_queries() -> None:
    assert len(QUERIES) >= 5


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_says_what_it_asks_and_runs_anywhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    ox.Store().query(text)  # without predeclared prefixes


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of all examples, built by the program itself."""
    path = tmp_path_factory.mktemp("examples") / "graph.ttl"
    build(path, ["articles"], seed=1)
    return path


def build(path: Path, inputs: list[str], seed: int) -> None:
    command = [sys.executable, "-m", "graphbuild", "build", *inputs, "-o", path, "-o", path.with_suffix(".graphml")]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(EXAMPLES.parent)}
    subprocess.run(command, cwd=EXAMPLES, env=environment, check=True, capture_output=True)


def test_the_graph_keeps_all_rules(graph: Path) -> None:
    assert check(graph) == []
    assert check(graph.with_suffix(".graphml")) == []


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_each_query_finds_something(path: Path, graph: Path) -> None:
    store = ox.Store()
    store.bulk_load(path=str(graph), format=ox.RdfFormat.TURTLE)
    assert list(store.query(path.read_text(encoding="utf-8")))


def test_the_same_articles_in_another_order_and_process_give_the_same_bytes(graph: Path, tmp_path: Path) -> None:
    names = [f"articles/{path.name}" for path in reversed(ARTICLES)]
    build(tmp_path / "graph.ttl", names, seed=2)
    for suffix in (".ttl", ".graphml"):
        assert (tmp_path / "graph").with_suffix(suffix).read_bytes() == graph.with_suffix(suffix).read_bytes()
