"""What all pages share: the ledger, the accounts, the queue of texts to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Annotated

from fastapi import Depends, Request

from chancery.ledger import Ledger
from chancery.records import Actor
from chancery.settings import Settings
from chancery.web.accounts import Accounts
from chancery.web.queue import Queue

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
    _known: tuple[int, Mapping[str, Actor]] = field(default=(-1, {}))

    def actors(self) -> Mapping[str, Actor]:
        """The actors of the ledger by id; asked for again only where something was read since."""
        latest = self.ledger.latest()
        if self._known[0] != latest:
            self._known = (latest, self.ledger.actors())
        return self._known[1]

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
