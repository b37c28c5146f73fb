"""Who may log in to the desk: names, roles, and passwords as argon2id hashes.

Kept in a small database of its own, not in the ledger: a ledger is copied, shared and backed up, and
should carry nobody's password. It also keeps the key that sessions are signed with, so that they
outlive a restart.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import (
    Column,
    Engine,
    MetaData,
    Row,
    String,
    Table,
    create_engine,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from chancery.errors import DeskError

Role = Literal["reader", "reviewer"]
ROLES: tuple[Role, ...] = get_args(Role)
LEAST_PASSWORD = 10  # characters
MOST_PASSWORD = 1000
_NAME = re.compile(r"\w[\w .'-]{0,62}\w|\w")
_AT_ONCE = 2  # hashes being worked out; each takes 64 MiB

_metadata = MetaData()
_accounts = Table(
    "accounts",
    _metadata,
    Column("name", String(64), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("password", String(255), nullable=False),
    Column("made_at", String(32), nullable=False),  # ISO 8601, UTC
)
_secrets = Table(
    "secrets", _metadata, Column("name", String(32), primary_key=True), Column("value", String(255))
)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may log in. `mark` changes with the password, so that older sessions end."""

    name: str
    role: Role
    made_at: datetime
    mark: str


def open_accounts(place: str) -> Accounts:
    """The accounts at `place`, a path or an SQLAlchemy URL; made where there are none. Raises `DeskError`."""
    with _told(place):
        url = place if "://" in place else URL.create("sqlite", database=str(Path(place).absolute()))
        engine = create_engine(url)
        _metadata.create_all(engine)
        if "://" not in place:
            Path(place).chmod(0o600)
    return Accounts(engine, place)


@contextmanager
def _told(place: str) -> Iterator[None]:
    try:
        yield
    except (ArgumentError, NoSuchModuleError, ImportError, DBAPIError, OSError, ValueError) as error:
        why = str(getattr(error, "orig", None) or error).splitlines()[0]
        shown = "that address" if "://" in place else place
        raise DeskError(f"cannot keep accounts at {shown} ({why}); name another with --accounts") from error


class Accounts:
    """The people of a desk. Made by `open_accounts`; close it when done."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self._place = place
        self._hasher = PasswordHasher()
        self._turn = BoundedSemaphore(_AT_ONCE)
        # what a wrong name is checked against, so that it takes as long as a wrong password
        self._nobody = self._hasher.hash(secrets.token_hex(16))

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def secret(self) -> str:
        """The key that sessions are signed with; made at the first time."""
        with _told(self._place), self._engine.begin() as connection:
            query = select(_secrets.c.value).where(_secrets.c.name == "sessions")
            found = connection.execute(query).scalar_one_or_none()
            if found is None:
                found = secrets.token_hex(32)
                connection.execute(insert(_secrets).values(name="sessions", value=found))
            return str(found)

    def add(self, name: str, role: str, password: str) -> Account:
        """A new account. Raises `DeskError` where the name is taken or a value is not allowed."""
        name = _checked_name(name)
        if role not in ROLES:
            raise DeskError(f"role {role!r} is unknown; allowed are {', '.join(ROLES)}")
        if self.find(name) is not None:
            raise DeskError(f"{name!r} has an account; `chancery user password` changes its password")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        row = {"name": name, "role": role, "password": self._hashed(password), "made_at": now}
        with _told(self._place), self._engine.begin() as connection:
            connection.execute(insert(_accounts).values(row))
        return self._must_find(name)

    def change_password(self, name: str, password: str) -> None:
        """Another password; sessions of the earlier one end. Raises `DeskError`."""
        self._change(name, password=self._hashed(password))

    def change_role(self, name: str, role: str) -> None:
        """Another role, from the next page on. Raises `DeskError`."""
        if role not in ROLES:
            raise DeskError(f"role {role!r} is unknown; allowed are {', '.join(ROLES)}")
        self._change(name, role=role)

    def _change(self, name: str, **values: str) -> None:
        self._must_find(name)
        with _told(self._place), self._engine.begin() as connection:
            connection.execute(update(_accounts).where(_accounts.c.name == name).values(values))

    def remove(self, name: str) -> None:
        """Nobody logs in by that name any more; what they judged stays. Raises `DeskError`."""
        self._must_find(name)
        with _told(self._place), self._engine.begin() as connection:
            connection.execute(delete(_accounts).where(_accounts.c.name == name))

    def _must_find(self, name: str) -> Account:
        found = self.find(name)
        if found is None:
            raise DeskError(f"nobody called {name!r} has an account; `chancery user list` lists them")
        return found

    def find(self, name: str) -> Account | None:
        """The account of that name."""
        row = self._row(name)
        return None if row is None else _account(row)

    def all(self) -> tuple[Account, ...]:
        """All accounts, by name."""
        with _told(self._place), self._engine.connect() as connection:
            rows = connection.execute(select(_accounts).order_by(_accounts.c.name))
            return tuple(_account(row) for row in rows)

    def count(self) -> int:
        """How many there are."""
        with _told(self._place), self._engine.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(_accounts)).scalar_one())

    def verified(self, name: str, password: str) -> Account | None:
        """The account, where that is its password."""
        row = self._row(name)
        with self._turn:
            try:
                self._hasher.verify(self._nobody if row is None else row.password, password[:MOST_PASSWORD])
            except (VerificationError, InvalidHashError):
                return None
        return None if row is None else _account(row)

    def _row(self, name: str) -> Row[Any] | None:
        with _told(self._place), self._engine.connect() as connection:
            return connection.execute(select(_accounts).where(_accounts.c.name == name)).one_or_none()

    def _hashed(self, password: str) -> str:
        if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
            raise DeskError(
                f"the password has {len(password)} characters; it needs {LEAST_PASSWORD} to {MOST_PASSWORD}"
            )
        with self._turn:
            return self._hasher.hash(password)


def _checked_name(name: str) -> str:
    if _NAME.fullmatch(name.strip()) is None:
        raise DeskError(
            f"{name!r} is no name for an account; use up to 64 letters, digits, blanks and . - _ '"
        )
    return name.strip()


def _account(row: Row[Any]) -> Account:
    mark = hashlib.sha256(row.password.encode()).hexdigest()[:16]
    role: Role = "reviewer" if row.role == "reviewer" else "reader"
    return Account(row.name, role, datetime.fromisoformat(row.made_at), mark)
