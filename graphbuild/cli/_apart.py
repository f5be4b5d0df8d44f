"""A call in a process of its own, which can be ended at any moment: what hangs or crashes there costs nothing here.

A bare interpreter and two pipes: multiprocessing would start a second process to watch the first.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
PROGRAM = "from graphbuild.cli._apart import serve; serve()"


class Died(Exception):
    """The process ended without an answer."""

    def __init__(self, code: int) -> None:
        super().__init__(f"signal {-code}" if code < 0 else f"code {code}")


def call(function: Callable[..., T], *arguments: Any, seconds: float) -> T:
    """What ``function`` (of a module, its arguments and result picklable) gives, or raises.

    Raises TimeoutError after so many seconds, and Died if the process crashed.
    """
    package = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (package, *sys.path)))}
    order = pickle.dumps((function.__module__, function.__qualname__, arguments))
    with subprocess.Popen(
        [sys.executable, "-S", "-c", PROGRAM],  # -S: the path is known, and looking for it again takes time
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as process:
        try:
            output, _ = process.communicate(order, seconds)
        except subprocess.TimeoutExpired:
            raise TimeoutError from None
        finally:
            process.kill()
    if process.returncode:
        raise Died(process.returncode)
    good, value = pickle.loads(output)
    if not good:
        raise value
    result: T = value
    return result


def serve() -> None:
    """Do what standard input says, and answer on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    _bound_memory()
    module, name, arguments = pickle.load(sys.stdin.buffer)
    try:
        answer = True, getattr(importlib.import_module(module), name)(*arguments)
    except Exception as error:
        answer = False, error
    sys.stdout.buffer.write(pickle.dumps(answer))


def _bound_memory() -> None:
    """No more memory than the machine has; there is no such bound on Windows."""
    if sys.platform != "win32":
        import resource

        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        for limit, most in ((resource.RLIMIT_AS, whole), (resource.RLIMIT_CORE, 0)):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(limit, (most, resource.getrlimit(limit)[1]))
