"""What all pages share: the ledger, the accounts, the queue of texts to be read."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from time import monotonic
from typing import Annotated, TypeVar, cast

from fastapi import Depends, Request

from chancery.deals import Dealings
from chancery.ledger import Ledger
from chancery.records import Actor
from chancery.settings import Settings
from chancery.web.accounts import Accounts
from chancery.web.queue import Queue

T = TypeVar("T")
MOST_WORKED_OUT = 30_000  # lines of which deals and promises are worked out while somebody waits
KEPT_SECONDS = 60.0
SLOW_SECONDS = 0.2
MOST_KEPT = 500
UPLOAD_LIMIT = 24 * 1024 * 1024  # bytes of one request


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """How a desk is opened.

    `reviewer` is in whose name judgements are made where nobody logs in. `hosts` are the names by which
    a browser may call this desk; empty allows all. `secret` signs cookies.
    """

    settings: Settings
    reviewer: str
    secret: str
    hosts: frozenset[str] = frozenset()
    upload_limit: int = UPLOAD_LIMIT


@dataclass(frozen=True, slots=True)
class _Kept:
    """A value, the ledger's state when it was worked out, and until when it serves whatever has changed."""

    state: tuple[int, ...]
    value: object
    until: float


@dataclass(slots=True)
class Desk:
    """One desk on one ledger; without `accounts` nobody logs in."""

    ledger: Ledger
    options: DeskOptions
    accounts: Accounts | None
    queue: Queue
    _known: tuple[tuple[int, ...], Mapping[str, Actor]] = field(default=((), {}))
    _kept: dict[Hashable, _Kept] = field(default_factory=dict)
    _worked_out: tuple[tuple[int, ...], Dealings | None] = field(default=((), None))

    def actors(self) -> Mapping[str, Actor]:
        """The actors of the ledger by id; asked for again only where something was read since."""
        state = self.ledger.state()
        if self._known[0] != state:
            self._known = (state, self.ledger.actors())
        return self._known[1]

    def dealings(self) -> Dealings | None:
        """Deals and promises, worked out anew where something was read or judged since.

        `None` where the ledger has too many lines to do that while somebody waits.
        """
        state = self.ledger.state()
        if self._worked_out[0] != state:
            few = self.ledger.count() <= MOST_WORKED_OUT
            self._worked_out = (state, Dealings(self.ledger) if few else None)
        return self._worked_out[1]

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives; worked out anew where something was read or judged since.

        What takes long is shown for up to a minute though the ledger has moved on: with many readers and
        reviewers at work it would else be worked out for each of them again.
        """
        state, now = self.ledger.state(), monotonic()
        found = self._kept.get(key)
        if found is not None and (found.state == state or now < found.until):
            return cast("T", found.value)
        value = make()
        took = monotonic() - now
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[key] = _Kept(state, value, now + (KEPT_SECONDS if took > SLOW_SECONDS else 0.0))
        return value

    def names(self) -> dict[str, str]:
        """Their names by id."""
        return {id: actor.name for id, actor in self.actors().items()}

    def close(self) -> None:
        """Finish what is being read, and let go of the files."""
        self.queue.close()
        self.ledger.close()
        if self.accounts is not None:
            self.accounts.close()


def desk_of(request: Request) -> Desk:
    """The desk that serves a request."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


TheDesk = Annotated[Desk, Depends(desk_of)]


def assets_are_built() -> bool:
    """Whether the desk's scripts and styles are in the package."""
    return (resources.files("chancery.web") / "assets" / "desk.js").is_file()
