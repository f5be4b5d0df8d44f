"""The flags that choose a part of the graph mean the same for ``build`` and ``export``."""

from pathlib import Path

import pytest

from .conftest import Run


@pytest.fixture
def chain(tmp_path: Path, meetings: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three articles of three days: Ann met Bob, Bob met Cid, Cid met Dan."""
    monkeypatch.chdir(tmp_path)
    for day, (one, other) in enumerate(("Ann Bob", "Bob Cid", "Cid Dan")[i].split() for i in range(3)):
        record = f'{{"text": "{one} met {other}.", "date": "2031-05-0{day + 1}"}}\n'
        with Path("news.jsonl").open("a") as lines:
            lines.write(record)
    return Path("news.jsonl")


def names(path: str = "g.ttl") -> list[str]:
    text = Path(path).read_text()
    return [name for name in ("Ann", "Bob", "Cid", "Dan") if f'rdfs:label "{name}"@en' in text]


@pytest.mark.parametrize(
    ("flags", "kept"),
    [
        ([], ["Ann", "Bob", "Cid", "Dan"]),
        (["--around", "Ann"], ["Ann", "Bob"]),
        (["--around", "ann", "--hops", "2"], ["Ann", "Bob", "Cid"]),
        (["--since", "2031-05-02"], ["Bob", "Cid", "Dan"]),
        (["--until", "2031-05-01"], ["Ann", "Bob"]),
        (["--relations", "m*"], ["Ann", "Bob", "Cid", "Dan"]),
        (["--relations", "visit*"], []),
        (["--status", "fact,report"], ["Ann", "Bob", "Cid", "Dan"]),
        (["--status", "claim"], []),
        (["--types", "state,place"], []),
        (["--top", "2"], ["Bob", "Cid"]),
        (["--min-articles", "2"], []),
        (["--no-open", "--min-confidence", "0.5"], ["Ann", "Bob", "Cid", "Dan"]),
    ],
)
def test_views(run: Run, chain: Path, flags: list[str], kept: list[str]) -> None:
    assert run("build", chain, "-o", "g.ttl", "-q", *flags).exit_code == 0
    assert names() == kept
    assert run("build", chain, "-o", "whole.ttl", "-q").exit_code == 0
    assert run("export", "whole.ttl", "-o", "part.ttl", *flags).exit_code == 0
    assert Path("part.ttl").read_bytes() == Path("g.ttl").read_bytes()


def test_an_unknown_name_of_a_list_is_a_usage_error(run: Run, chain: Path) -> None:
    result = run("build", chain, "--status", "fact,maybe")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        "Error: Invalid value for '--status': 'maybe' is not one of fact, report, claim, plan, possibility, negation."
    )


def test_a_date_that_is_none_is_refused_before_the_work(run: Run, chain: Path) -> None:
    result = run("build", chain, "--since", "soon")
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: --since soon: no date; write it like 2025, 2025-08 or 2025-08-20\n",
    )


def test_an_entity_that_is_not_there_writes_nothing(run: Run, chain: Path) -> None:
    result = run("build", chain, "--around", "Zoe", "-o", "g.ttl")
    assert result.exit_code == 1
    assert not Path("g.ttl").exists()
    assert "Zoe" in result.stderr
