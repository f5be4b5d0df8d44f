"""The command line: a module in this folder is a command; here is what all of them share.

Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 failed and nothing written,
2 wrong usage, 3 written but some articles were skipped.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pkgutil
import signal
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click

# One process, one core: numpy's second thread only waits. Said before numpy is loaded; worker processes inherit it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from graphbuild import __version__
from graphbuild.errors import GraphbuildError

EXIT_FAILED = 1
EXIT_SKIPPED = 3
EXIT_INTERRUPTED = 130  # what shells give a program that Ctrl-C ended,
EXIT_TERMINATED = 143  # and one that was asked to end
_DEBUG = "graphbuild.debug"

F = TypeVar("F", bound=Callable[..., Any])


class Commands(click.Group):
    """The modules of this folder as commands, imported when needed, with errors of one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _terminable():
                return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort):
            click.echo("interrupted; no file was changed", err=True)
            ctx.exit(EXIT_INTERRUPTED)
        except Terminated:
            click.echo("terminated; no file was changed", err=True)
            ctx.exit(EXIT_TERMINATED)
        except (click.ClickException, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as error:
            if is_debugging(ctx):
                raise
            known = isinstance(error, GraphbuildError)
            message = str(error) if known else f"unexpected {type(error).__name__}: {error}; --debug shows where"
            click.echo(f"Error: {one_line(message)}", err=True)
            ctx.exit(EXIT_FAILED)


class Terminated(BaseException):
    """The process was asked to end (SIGTERM); raised so that what is half done is put away."""


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """Raise Terminated on SIGTERM, where that is possible: in the main thread."""

    def end(*_: object) -> None:
        raise Terminated

    try:
        before = signal.signal(signal.SIGTERM, end)
    except ValueError:
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def one_line(text: str) -> str:
    """``text`` on one line, without what a terminal would obey: a file may hold anything, and a message quotes it."""
    return "".join(char if char.isprintable() else "\ufffd" for char in " ".join(text.split()))


def is_debugging(ctx: click.Context) -> bool:
    """Whether the command was given ``--debug``."""
    return bool(ctx.meta.get(_DEBUG))


def debug_option(function: F) -> F:
    """The ``--debug`` flag: a traceback instead of one line."""

    def remember(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        ctx.meta[_DEBUG] = value

    return click.option(
        "--debug", is_flag=True, expose_value=False, callback=remember, help="Show the traceback of an error."
    )(function)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="graphbuild")
def main() -> None:
    """Turn English news text into a knowledge graph that cites its sentence for every edge."""
