"""What takes long is worked out beside; its page says so and comes again by itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any, TypeVar, cast

T = TypeVar("T")
PATIENCE = 0.1  # seconds
KEPT_SECONDS = 60.0
SLOW_SECONDS = 0.2
MOST_KEPT = 500


class StillWorking(Exception):
    """An answer is on its way, and there is none from before."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A value, the ledger's state when it was begun, and until when it serves whatever has changed."""

    state: tuple[int, ...]
    value: object
    until: float


@dataclass(slots=True)
class Works:
    """Answers by key, each of one state of the ledger, which `state` tells."""

    state: Callable[[], tuple[int, ...]]
    _kept: dict[Hashable, _Kept] = field(default_factory=dict)
    _begun: dict[Hashable, Future[object]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _workers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2, "chancery works"))

    def answer(self, key: Hashable, make: Callable[[], T], patience: float | None = None) -> T:
        """What `make` gives; made anew where something was read or judged since.

        What took long serves for up to a minute though the ledger has moved on: with many readers and
        reviewers at work it would else be made for each of them again. What is not made within `patience`
        seconds is made further, and the answer from before is given. Raises `StillWorking` where there
        is none; `None` waits however long it takes.
        """
        state, found = self.state(), self._kept.get(key)
        if found is not None and (found.state == state or monotonic() < found.until):
            return cast("T", found.value)
        try:
            return cast("T", self._begin(key, make, state).result(patience))
        except Late:
            if found is not None:
                return cast("T", found.value)
            raise StillWorking from None

    def _begin(self, key: Hashable, make: Callable[[], Any], state: tuple[int, ...]) -> Future[object]:
        with self._lock:
            if key not in self._begun:
                self._begun[key] = self._workers.submit(self._make, key, make, state)
            return self._begun[key]

    def _make(self, key: Hashable, make: Callable[[], Any], state: tuple[int, ...]) -> object:
        begun = monotonic()
        try:
            value: object = make()
        except BaseException:
            with self._lock:
                self._begun.pop(key, None)
            raise
        now = monotonic()
        with self._lock:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            until = now + KEPT_SECONDS if now - begun > SLOW_SECONDS else 0.0
            self._kept[key] = _Kept(state, value, until)
            self._begun.pop(key, None)
        return value

    def close(self) -> None:
        """Let what is begun end; what waits is not begun."""
        self._workers.shutdown(cancel_futures=True)
