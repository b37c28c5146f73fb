"""Desks on invented ledgers: one for requests in this process, one served for a browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import uvicorn
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from chancery.ledger import open_ledger
from chancery.reconcile import reconcile
from chancery.settings import Settings
from chancery.web import Accounts, DeskOptions, make_app, open_accounts
from tests.factories import full_reading, make_event, make_reading, make_report

PASSWORD = "correct horse battery"  # noqa: S105 (of accounts that live for one test)
HOSTS = frozenset(("localhost", "127.0.0.1", "testserver"))


def fill(place: str) -> None:
    """Two reports that tell of one loan, and a line that is sure."""
    with open_ledger(place, create=True) as ledger:
        ledger.store(full_reading())
        times = make_report("Borduria lent Ruritania a billion, says another.", publisher="The Times")
        same = make_event("c3", ("BOR",), ("RUR",), act="AID", instrument="loan")
        ledger.store(make_reading([same], report=replace(times, file="times.txt")))
        reconcile(ledger)


@pytest.fixture
def place(tmp_path: Path) -> str:
    made = str(tmp_path / "filled.db")
    fill(made)
    return made


def options(place: str, **changes: object) -> DeskOptions:
    plain = DeskOptions(Settings(ledger=place, threads=1), "Ann", "a secret of this test", HOSTS)
    return replace(plain, **changes)  # type: ignore[arg-type]


def app_on(place: str, accounts: Accounts | None = None, **changes: object) -> FastAPI:
    return make_app(open_ledger(place, create=True), options(place, **changes), accounts)


@pytest.fixture
def client(place: str) -> Iterator[TestClient]:
    """A browser on this machine, where nobody logs in."""
    with TestClient(app_on(place), follow_redirects=False) as client:
        yield client


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes of passwords are slow on purpose; not here."""
    quick = partial(PasswordHasher, time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr("chancery.web.accounts.PasswordHasher", quick)


@pytest.fixture(autouse=True)
def fresh_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long on a busy machine is not kept beyond a change, and is waited for."""
    monkeypatch.setattr("chancery.web.works.KEPT_SECONDS", 0.0)
    monkeypatch.setattr("chancery.web.works.PATIENCE", 60.0)


@pytest.fixture
def people(tmp_path: Path) -> Iterator[Accounts]:
    """Ann judges, Rob reads."""
    made = open_accounts(str(tmp_path / "people"))
    made.add("Ann", "reviewer", PASSWORD)
    made.add("Rob", "reader", PASSWORD)
    yield made
    made.close()


@pytest.fixture
def guarded(place: str, people: Accounts) -> Iterator[TestClient]:
    """A browser on a desk with accounts."""
    with TestClient(app_on(place, people, hosts=frozenset()), follow_redirects=False) as client:
        yield client


def token(client: TestClient, path: str = "/") -> str:
    """What a form on that page has to bring back."""
    page = client.get(path).text
    return page.partition('name="token" content="')[2].partition('"')[0]


def log_in(client: TestClient, name: str, password: str = PASSWORD) -> int:
    given = {"name": name, "password": password, "token": token(client, "/login")}
    return client.post("/login", data=given).status_code


class Served:
    """An app on a free port of this machine, in a thread."""

    def __init__(self, app: FastAPI) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]})

    def __enter__(self) -> str:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)
        return self.address

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
