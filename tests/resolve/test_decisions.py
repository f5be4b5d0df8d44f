"""Files in which people decide what is the same thing."""

from pathlib import Path

import pytest

from graphbuild.errors import InputError
from graphbuild.resolve.decisions import Decisions, Named, read

ANA, RUIZ = Named("ana ruiz"), Named("ruiz", "b")


def written(folder: Path, text: str) -> Path:
    path = folder / "same.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_become_pairs_of_folded_names(tmp_path: Path) -> None:
    rows = "Same,Ruiz,The Ana Ruiz,b,,seen", ",Bo,Bob,,,", "different,X,Y,,,"
    text = "\n".join(("decision,one,other,one_article,other_article,why", *rows))
    found = read(written(tmp_path, text))
    assert found == Decisions(((ANA, RUIZ),), ((Named("X"), Named("Y")),))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "first line must name the columns decision, one, other"),
        ("one,other\nA,B\n", "first line must name the columns decision, one, other"),
        ("decision,one,other\nsame,A,\n", "line 2 names only one thing"),
        ("decision,one,other\nsame,A,A\n", "line 2 names the same thing twice"),
        ("decision,one,other\nsame,A,B\ndifferent,B,A\n", "lines 2 and 3 contradict each other"),
    ],
)
def test_a_faulty_file_is_named_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(InputError, match=f"same.csv: .*{fault}"):
        read(written(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: cannot be read"):
        read(tmp_path / "none.csv")


def test_names_are_kept_apart_where_the_decision_says() -> None:
    everywhere = Decisions(different=((Named("ana ruiz"), Named("ruiz")),))
    assert everywhere.parts("Ruiz", ["Ana Ruiz"], "a")
    assert not everywhere.parts("Ruiz", ["Eva Ruiz"], "a")
    here = Decisions(different=((Named("ana ruiz", "a"), Named("ruiz", "a")),))
    assert here.parts("Ana Ruiz", ["Ruiz"], "a")
    assert not here.parts("Ana Ruiz", ["Ruiz"], "b")
