"""Texts waiting to be read, one after another in a thread of its own, and what became of each."""

from __future__ import annotations

import secrets
import tempfile
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from queue import Full, SimpleQueue
from threading import Lock, Thread
from typing import Literal

from chancery import ingest
from chancery.errors import ChanceryError, InputError, LedgerError
from chancery.ledger import Ledger, Stored
from chancery.pipeline import Reader
from chancery.reconcile import reconcile
from chancery.records import Report
from chancery.settings import Settings

Phase = Literal["waiting", "reading", "done"]
MOST_WAITING = 50  # files; more at once is an archive, for `chancery read`
_REMEMBERED = 200
_SETTLE = "settle"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report: stored so, or the words of the error."""

    title: str
    stored: Stored | None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A file that somebody handed in, and how far it has been read."""

    id: str
    name: str
    phase: Phase
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it was handed in; `told` is what the person said of it: publisher, title, address."""

    name: str
    content: bytes
    published: date | None
    told: tuple[str | None, str | None, str | None] = (None, None, None)


class Queue:
    """Reads what is handed in. The model is loaded with the first text."""

    def __init__(self, ledger: Ledger, settings: Settings) -> None:
        self._ledger = ledger
        self._settings = settings
        self._reader: Reader | None = None
        self._waiting: SimpleQueue[tuple[str, Handed] | str | None] = SimpleQueue()
        self._tasks: OrderedDict[str, Task] = OrderedDict()
        self._lock = Lock()
        self._thread: Thread | None = None
        self.keeps_up = ledger.reconciled()

    def hand_in(self, handed: Handed) -> Task:
        """Put a file in the queue. Raises `queue.Full` where too many wait."""
        with self._lock:
            if sum(t.phase != "done" for t in self._tasks.values()) >= MOST_WAITING:
                raise Full
            task = Task(secrets.token_urlsafe(9), handed.name, "waiting")
            self._tasks[task.id] = task
            while len(self._tasks) > _REMEMBERED:
                self._tasks.popitem(last=False)
        self._start()
        self._waiting.put((task.id, handed))
        return task

    def settle(self) -> None:
        """Set reports beside each other again, when what waits has been read."""
        self._start()
        self._waiting.put(_SETTLE)

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._work, name="chancery reads", daemon=True)
                self._thread.start()

    def task(self, id: str) -> Task | None:
        """How far a file has been read; `None` where no such file is remembered."""
        return self._tasks.get(id)

    def close(self) -> None:
        """Read what waits, then stop."""
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while (item := self._waiting.get()) is not None:
            if not isinstance(item, str):
                id, handed = item
                self._note(id, phase="reading")
                self._note(id, phase="done", outcomes=tuple(self._outcomes(handed)))
            if self._waiting.empty():
                self._set_beside()

    def _set_beside(self) -> None:
        """What fails here is tried again after the next text or judgement.

        A ledger that was not set beside before the desk opened is left so: it may take hours, and
        `chancery reconcile` does it.
        """
        with suppress(LedgerError):
            if self.keeps_up and not self._ledger.reconciled():
                reconcile(self._ledger)

    def _note(self, id: str, *, phase: Phase, outcomes: tuple[Outcome, ...] = ()) -> None:
        with self._lock:
            if id in self._tasks:
                self._tasks[id] = replace(self._tasks[id], phase=phase, outcomes=outcomes)

    def _outcomes(self, handed: Handed) -> Sequence[Outcome]:
        with tempfile.TemporaryDirectory(prefix="chancery-") as folder:
            path = Path(folder, handed.name)
            path.write_bytes(handed.content)
            loaded = ingest.load([str(path)], published=handed.published, settings=self._settings)
            return [self._outcome(item, handed, folder) for item in loaded]

    def _outcome(self, item: Report | InputError, handed: Handed, folder: str) -> Outcome:
        if isinstance(item, InputError):
            where = item.where.removeprefix(folder).lstrip("/\\")
            return Outcome(where, None, item.problem)
        report = _as_told(item, handed)
        title = report.title or report.file
        try:
            return Outcome(title, self._stored(report))
        except ChanceryError as error:
            return Outcome(title, None, str(error))
        except Exception as error:  # noqa: BLE001 (the thread must go on; the person is told)
            return Outcome(title, None, f"could not be read: {type(error).__name__}: {error}")

    def _stored(self, report: Report) -> Stored:
        if self._reader is None:
            self._reader = Reader(self._settings, self._ledger.learned)
        if self._ledger.holds(report, self._reader.version):
            return Stored("unchanged", report.id, 0)
        return self._ledger.store(self._reader.read(report))


def _as_told(report: Report, handed: Handed) -> Report:
    """The report with what the person said of it, where the file says nothing itself."""
    publisher, title, url = handed.told
    if publisher and report.publisher is None:
        report = ingest.published_by(report, publisher)
    return replace(report, title=report.title or title, url=report.url or url)
