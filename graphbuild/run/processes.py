"""The map in this process or in several: the same extractions in the same order, whatever becomes of a worker."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait

from graphbuild.model import Document, Extraction
from graphbuild.pipeline import DEFAULT, Settings, extract_one, load

AHEAD = 8  # articles a worker may be ahead of the one that is waited for
DIED = "the process that read it died twice; split the article or give the machine more memory"


def extract(documents: Iterable[Document], settings: Settings = DEFAULT, jobs: int = 1) -> Iterator[Extraction]:
    """Extract each article, in the order given, with ``jobs`` processes.

    A worker that dies costs at most its article, which is tried once more and then reported as an Extraction with
    ``error``. Raises ModelError, OntologyError or InputError.
    """
    if jobs <= 1:
        stages = load(settings)
        yield from (extract_one(document, stages) for document in documents)
    else:
        yield from _Crew(settings, jobs).extract(documents)


@dataclass(slots=True, eq=False)
class _Task:
    """An article on its way: how often it was begun, and what came of it."""

    document: Document
    begun: int = 0
    result: Extraction | None = None


class _Worker:
    """A process with a pipe; ``task`` is what it is at."""

    def __init__(self, settings: Settings) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, settings), daemon=True)
        self.process.start()
        theirs.close()
        self.task: _Task | None = None

    def begin(self, task: _Task) -> None:
        self.task, task.begun = task, task.begun + 1
        with contextlib.suppress(OSError):  # it is dead: the end of the pipe will tell
            self.pipe.send(task.document)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Crew:
    """Workers, and the articles that they read; results leave in the order in which articles came."""

    def __init__(self, settings: Settings, jobs: int) -> None:
        self.settings, self.jobs = settings, jobs
        self.workers: list[_Worker] = []

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        coming = map(_Task, documents)
        order: deque[_Task] = deque()  # all that were begun and have not left
        again: deque[_Task] = deque()  # those whose worker died
        try:
            while True:
                order.extend(self._begin(coming, again, AHEAD * self.jobs - len(order)))
                if not order:
                    return
                self._collect(again)
                while order and (result := order[0].result) is not None:
                    order.popleft()
                    yield result
        finally:
            for worker in self.workers:
                worker.end()

    def _begin(self, coming: Iterator[_Task], again: deque[_Task], room: int) -> list[_Task]:
        """Give idle workers something to do, what was begun before first; the tasks that are new."""
        idle = [worker for worker in self.workers if worker.task is None]
        while again and idle:
            idle.pop().begin(again.popleft())
        free = len(idle) + self.jobs - len(self.workers) - len(again)
        new = list(islice(coming, max(0, min(free, room))))
        for task in new:
            if not idle:
                self.workers.append(_Worker(self.settings))
                idle.append(self.workers[-1])
            idle.pop().begin(task)
        while again and len(self.workers) < self.jobs:
            self.workers.append(_Worker(self.settings))
            self.workers[-1].begin(again.popleft())
        return new

    def _collect(self, again: deque[_Task]) -> None:
        """Wait until a worker has a result or is dead. Raises what kept a worker from starting."""
        busy = {worker.pipe: worker for worker in self.workers if worker.task is not None}
        for pipe in wait(list(busy)):
            worker = busy[pipe]  # type: ignore[index]
            task, worker.task = worker.task, None
            assert task is not None
            try:
                answer = worker.pipe.recv()
            except (EOFError, OSError):
                self.workers.remove(worker)
                worker.end()
                if task.begun > 1:
                    task.result = Extraction(task.document, error=DIED)
                else:
                    again.append(task)
                continue
            if isinstance(answer, Exception):
                raise answer
            task.result = answer


def _serve(pipe: Connection, settings: Settings) -> None:
    """Read articles as they come, until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    fault = None
    try:
        stages = load(settings)
    except Exception as error:  # the parent raises it: raised here it would only look like a death
        fault = error
    while True:
        try:
            document = pipe.recv()
        except EOFError:
            return
        pipe.send(fault or extract_one(document, stages))
