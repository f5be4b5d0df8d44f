"""The house: modules import one another one way only, and no stage imports a later one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import graphbuild

PACKAGE = Path(graphbuild.__file__).parent
# The order of the rooms; those in one row know nothing of each other's inside but may share what lies before.
FLOORS = (
    ("model", "errors", "offline"), ("identifiers", "function_words", "cells"), ("ontology", "ingest"), ("language",),
    ("syntax",),
    ("factuality",), ("resolve",), ("relate",), ("graph",), ("export",), ("pipeline",), ("run", "explain"), ("api",),
    ("cli",),
)  # fmt: skip
FLOOR = {room: number for number, row in enumerate(FLOORS) for room in row}


def _modules() -> dict[str, Path]:
    return {
        ".".join(("graphbuild", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
        for path in PACKAGE.rglob("*.py")
    }


def _imports(path: Path, modules: dict[str, Path]) -> Iterator[str]:
    """What a module imports when it is run: imports for types only do not tie modules together."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in _run(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("graphbuild"):
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield whole if whole in modules else node.module


def _run(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING"):
            yield child
            yield from _run(child)


def _room(module: str) -> str:
    return module.removeprefix("graphbuild").removeprefix(".").partition(".")[0]


def test_no_modules_import_each_other_in_a_circle() -> None:
    modules = _modules()
    left = {name: set(_imports(path, modules)) - {name} for name, path in modules.items()}
    while free := [name for name, wanted in left.items() if not wanted & left.keys()]:
        for name in free:
            del left[name]
    assert not left, f"modules in or above a circle: {sorted(left)}"


def test_no_room_imports_a_later_one() -> None:
    modules = _modules()
    upward = {
        (_room(name), _room(wanted))
        for name, path in modules.items()
        for wanted in _imports(path, modules)
        if _room(name) in FLOOR and _room(wanted) in FLOOR and FLOOR[_room(wanted)] > FLOOR[_room(name)]
    }
    assert not upward
