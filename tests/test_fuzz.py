"""A short, seeded fuzz of every reader; ``benchmarks/fuzz.py`` is the long one and shows how to repeat a fault."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

PATH = Path(__file__).parents[1] / "benchmarks" / "fuzz.py"


def _loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz", PATH)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz"] = module
    spec.loader.exec_module(module)
    return module


FUZZ = _loaded()


@pytest.mark.slow
@pytest.mark.parametrize("name", FUZZ.READERS)
def test_no_mutated_file_does_more_than_be_refused(name: str) -> None:
    if name.endswith("zst"):
        pytest.importorskip("zstandard")
    count = 40 if name == "read-write" else 250
    found = FUZZ.run(name, 7, count)
    assert found.read == count and found.faults == []


def test_what_breaks_a_reader_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "broken.py"
    program.write_text(
        "import os, sys, time\n"
        "for number in range(int(sys.argv[4]), int(sys.argv[5])):\n"
        "    print(number, flush=True)\n"
        "    if number == 1: print('fault 1 KeyError x', flush=True)\n"
        "    if number == 2: os.abort()\n"
        "    if number == 4: time.sleep(99)\n"
    )
    monkeypatch.setattr(FUZZ, "__file__", str(program))
    monkeypatch.setattr(FUZZ, "SLOW", 1.0)
    found = FUZZ.run("text", 7, 6)
    assert found.faults == [(1, "KeyError x"), (2, "crash, code -6"), (4, "hang, over 1 s")]


def test_inputs_can_be_made_again() -> None:
    assert FUZZ.mutated("turtle", 3, 11) == FUZZ.mutated("turtle", 3, 11) != FUZZ.mutated("turtle", 3, 12)
