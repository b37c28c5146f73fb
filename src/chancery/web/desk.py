"""What all pages share: the ledger, the accounts, the queue of texts to be read."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from typing import Annotated, TypeVar

from fastapi import Depends, Request

from chancery.ledger import Ledger
from chancery.records import Actor
from chancery.settings import Settings
from chancery.web import works
from chancery.web.accounts import Accounts
from chancery.web.partly import MOST, Worked, worked_out
from chancery.web.queue import Queue
from chancery.web.works import Works

T = TypeVar("T")
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


@dataclass(slots=True)
class Desk:
    """One desk on one ledger; without `accounts` nobody logs in."""

    ledger: Ledger
    options: DeskOptions
    accounts: Accounts | None
    queue: Queue
    _known: tuple[tuple[int, ...], Mapping[str, Actor]] = field(default=((), {}))
    works: Works = field(init=False)
    _large: bool = False

    def __post_init__(self) -> None:
        """Works are of this desk's ledger."""
        self.works = Works(self.ledger.state)

    def actors(self) -> Mapping[str, Actor]:
        """The actors of the ledger by id; asked for again only where something was read since."""
        state = self.ledger.state()
        if self._known[0] != state:
            self._known = (state, self.ledger.actors())
        return self._known[1]

    def worked(self, party: Iterable[str] = (), patience: float | None = None) -> Worked:
        """Deals and promises; of a large ledger those of the latest lines, of these actors if any are named.

        Raises `StillWorking`, as `soon` does; without `patience` it waits.
        """
        self._large = self._large or not self.ledger.has_at_most(MOST)  # it only grows
        scope = () if not self._large else tuple(sorted({p for p in party if p}))
        return self.works.answer(
            ("worked", scope), partial(worked_out, self.ledger, scope, part=self._large), patience
        )

    def soon(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, or gave before the ledger moved on. Raises `StillWorking` where that is late."""
        return self.works.answer(key, make, works.PATIENCE)

    def names(self) -> dict[str, str]:
        """Their names by id."""
        return {id: actor.name for id, actor in self.actors().items()}

    def close(self) -> None:
        """Finish what is being read, and let go of the files."""
        self.queue.close()
        self.works.close()
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
