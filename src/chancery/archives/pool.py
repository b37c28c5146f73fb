"""Worker processes of one machine: each loads the model once and reads one chunk after another.

A worker tells of each report before it reads it. So where it dies (a crash, `kill -9`, the system short of
memory) or is stuck, it is known at which report: another worker takes the chunk over, report by report, and
one at which two workers died is poison, and set aside. Where it was parsing several, nothing is held
against any of them.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Final, Protocol, Self

from chancery.archives.inputs import Item
from chancery.archives.manifest import Coded
from chancery.archives.planning import Chunk
from chancery.errors import ChanceryError, WorkersFail
from chancery.settings import Settings

STRIKES: Final = 2  # deaths at one report until it is believed to be the cause
FAILED_STARTS: Final = 3  # workers in a row that die before they are ready
PATIENCE: Final = 300.0  # seconds for one report; the longest allowed take a third of it
_PATIENCE_A_CHARACTER: Final = 0.001
_GONE = (EOFError, BrokenPipeError, ConnectionResetError)
_SPAWN = multiprocessing.get_context("spawn")  # a fork would copy the threads of Arrow and ONNX half-way


class Codes(Protocol):
    """What is asked of `chancery.archives.work.Coder`."""

    def code(
        self, number: int, items: Sequence[Item], poison: Mapping[int, str], told: Callable[[int], None],
        *, alone: bool = False,
    ) -> Coded:  # fmt: skip
        """The tables of a chunk."""


Makes = Callable[[Settings], Codes]


def coder(settings: Settings) -> Codes:
    """The reader of chunks, made in the worker that uses it."""
    from chancery.archives.work import Coder  # noqa: PLC0415 (seconds, and only in workers)

    return Coder(settings)


@dataclass(slots=True)
class _Task:
    """A chunk with what was learned about its reports from workers that died."""

    number: int
    items: Sequence[Item]
    strikes: dict[int, int] = field(default_factory=dict)
    poison: dict[int, str] = field(default_factory=dict)
    alone: bool = False  # report by report, since a worker came to grief at it


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    line: Connection
    ready: bool = False
    task: _Task | None = None
    at: int | None = None
    heard: float = field(default_factory=time.monotonic)

    def is_stuck(self, patience: float) -> bool:
        if self.task is None or self.at is None:
            return False
        items = self.task.items if self.at < 0 else [self.task.items[self.at]]
        length = sum(len(item.record["text"]) for item in items)
        return time.monotonic() - self.heard > patience + length * _PATIENCE_A_CHARACTER


class Pool:
    """Use it as a context manager: leaving it ends the workers, whatever they are at."""

    def __init__(
        self, workers: int, settings: Settings, *, make: Makes = coder, patience: float = PATIENCE
    ) -> None:
        self._count = workers
        self._make = (make, settings)
        self._patience = patience
        self._workers: list[_Worker] = []
        self._again: deque[_Task] = deque()
        self._failed = 0
        self.restarts = 0

    def __enter__(self) -> Self:
        self._workers = [self._started() for _ in range(self._count)]
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.line.close()
        self._workers = []

    @property
    def processes(self) -> list[int]:
        """Their ids."""
        return [w.process.pid for w in self._workers if w.process.pid]

    def _started(self) -> _Worker:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_serve, args=(theirs, *self._make), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def run(self, chunks: Iterable[Chunk]) -> Iterator[Coded]:
        """What each chunk made, in the order they are finished. Raises `WorkersFail`.

        Of the chunks no more are taken from `chunks` than workers are idle, and one.
        """
        tasks = (_Task(chunk.number, chunk.items) for chunk in chunks)
        following = next(tasks, None)
        while True:
            for worker in self._workers:
                if worker.ready and worker.task is None and (self._again or following):
                    task = self._again.popleft() if self._again else following
                    assert task is not None
                    if self._given(worker, task) and task is following:
                        following = next(tasks, None)
            if following is None and not self._again and all(w.task is None for w in self._workers):
                return
            yield from self._heard()

    def _given(self, worker: _Worker, task: _Task) -> bool:
        """Whether a worker took a task; where it is gone, its end is met in `_heard`."""
        try:
            worker.line.send((task.number, task.items, task.poison, task.alone))
        except _GONE:
            return False
        worker.task, worker.at, worker.heard = task, None, time.monotonic()
        return True

    def _heard(self) -> Iterator[Coded]:
        by_line = {w.line: w for w in self._workers}
        for line in wait(list(by_line), timeout=1.0):
            worker = by_line[line]  # type: ignore[index]
            try:
                told = worker.line.recv()
            except _GONE:
                self._succeed(worker, "its worker died")
                continue
            worker.heard = time.monotonic()
            if isinstance(told, int):
                worker.at = told
            elif isinstance(told, Coded):
                worker.task = worker.at = None
                yield told
            elif isinstance(told, ChanceryError):
                raise told
            else:
                worker.ready, self._failed = True, 0
        for worker in [w for w in self._workers if w.is_stuck(self._patience)]:
            assert worker.task is not None
            assert worker.at is not None
            if worker.at >= 0:
                worker.task.strikes[worker.at] = STRIKES
            self._succeed(worker, f"not read in {self._patience:.0f} seconds")

    def _succeed(self, worker: _Worker, why: str) -> None:
        """Put another worker in the place of one that is gone. Raises `WorkersFail`."""
        worker.process.kill()
        worker.process.join()
        worker.line.close()
        if not worker.ready:
            self._failed += 1
            if self._failed >= FAILED_STARTS:
                raise WorkersFail(f"exit code {worker.process.exitcode}")
        task, at = worker.task, worker.at
        if task is not None:
            task.alone = True
            if at is not None and at >= 0:
                task.strikes[at] = task.strikes.get(at, 0) + 1
                if task.strikes[at] >= STRIKES:
                    task.poison[at] = f"{why} at it"
            self._again.append(task)
        self.restarts += 1
        self._workers[self._workers.index(worker)] = self._started()


def _serve(line: Connection, make: Makes, settings: Settings) -> None:
    """The worker: "ready" once, then for each task the places of its reports and what it made."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the first process ends the others
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        reads = make(settings)
        line.send("ready")
        while True:
            number, items, poison, alone = line.recv()
            line.send(reads.code(number, items, poison, line.send, alone=alone))
    except ChanceryError as error:
        line.send(error)
    except _GONE:
        return


def _end_with_parent() -> Any:
    """A worker whose parent was killed has nobody to work for."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
