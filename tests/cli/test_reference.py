"""Each command has help, and the README holds what the code says of commands and formats."""

import inspect
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from graphbuild import export
from graphbuild.cli import main

README = Path(__file__).parents[2] / "README.md"


def every(group: click.Group, before: str = "") -> dict[str, click.Command]:
    """The commands of a group by what one types, sub-commands in place of their group."""
    found: dict[str, click.Command] = {}
    for name in group.list_commands(click.Context(group)):
        one = group.get_command(click.Context(group), name)
        assert one is not None
        found |= every(one, f"{before}{name} ") if isinstance(one, click.Group) else {before + name: one}
    return found


COMMANDS = every(main)


def command(name: str) -> click.Command:
    return COMMANDS[name]


def reference() -> str:
    """All commands as Markdown; not click's own help, whose layout changes with its version."""
    return "\n\n".join(f"### graphbuild {name}\n\n{description(name, found)}" for name, found in COMMANDS.items())


def description(name: str, found: click.Command) -> str:
    arguments = [parameter.make_metavar(click.Context(found)) for parameter in found.params if not is_option(parameter)]
    usage = f"`graphbuild {name} [OPTIONS] {' '.join(arguments)}`"
    rows = ["| option | |", "|---|---|", *(row(option) for option in found.params if isinstance(option, click.Option))]
    help_text = re.sub(r"(?<!\n)\n(?!\n)", " ", inspect.cleandoc(found.help or ""))
    return "\n\n".join((usage, help_text, "\n".join(rows)))


def is_option(parameter: click.Parameter) -> bool:
    return isinstance(parameter, click.Option)


def row(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    choices = " \\| ".join(f"`{choice}`" for choice in getattr(option.type, "choices", ()))
    value = option.metavar or choices
    return f"| {names}{' ' if value else ''}{value} | {option.help} |"


def formats() -> str:
    """All formats as a Markdown table."""
    rows = ["| format | suffix | what it is |", "|---|---|---|"]
    for item in export.formats().values():
        suffixes = ", ".join(f"`{suffix}`" for suffix in item.suffixes)
        rows.append(f"| `{item.name}` | {suffixes} | {item.description} |")
    return "\n".join(rows)


@pytest.mark.parametrize(("section", "generate"), [("commands", reference), ("formats", formats)])
def test_the_readme_holds_what_the_code_says(section: str, generate: object, update: bool) -> None:
    assert callable(generate)
    pattern = re.compile(rf"(<!-- {section}: .*? -->\n).*?(<!-- end of {section} -->)", re.DOTALL)
    text = README.read_text(encoding="utf-8")
    expected = pattern.sub(lambda match: f"{match[1]}\n{generate()}\n\n{match[2]}", text)
    if update:
        README.write_text(expected, encoding="utf-8")
        return
    assert text == expected, "run pytest --update and read what changed"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_and_option_explains_itself(name: str) -> None:
    assert command(name).help
    assert command(name).short_help
    for parameter in command(name).params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert parameter.is_flag or parameter.metavar or isinstance(parameter.type, click.Choice), parameter.name


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_can_show_a_traceback(name: str) -> None:
    assert "--debug" in [option for parameter in command(name).params for option in parameter.opts]


def test_exit_codes_are_documented() -> None:
    text = README.read_text(encoding="utf-8")
    assert all(f"| {code} | " in text for code in (0, 1, 2, 3, 130))


def test_help_imports_nothing_heavy() -> None:
    heavy = "spacy", "rdflib", "networkx", "rich", "trafilatura", "pyoxigraph", "numpy"
    code = f"""
import sys
from click.testing import CliRunner
from graphbuild.cli import main
assert CliRunner().invoke(main, ["--help"]).exit_code == 0
print([name for name in {heavy} if name in sys.modules])
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
