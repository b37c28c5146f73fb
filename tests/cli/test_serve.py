"""`serve` and `user`: where a desk opens, and where it refuses to."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from typer.testing import CliRunner

from chancery.cli import app
from tests.cli.conftest import Run

PASSWORD = "correct horse battery"  # noqa: S105 (of accounts that live for one test)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The desks that would be served."""
    desks: list[Any] = []

    def serve(desk: Any, listening: socket.socket) -> None:
        desks.append(desk.state.desk)
        listening.close()
        desk.state.desk.close()

    monkeypatch.setattr("chancery.cli.serve._serve", serve)
    return desks


def typed(words: str, *arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments), input=words)


def test_on_this_machine_nobody_logs_in(run: Run, opened: list[Any], place: str) -> None:
    ended = run("serve", "--ledger", place, "--port", "0", "--reviewer", "Ann")
    assert ended.exit_code == 0, ended.output
    assert "is open at http://127.0.0.1:" in ended.stderr
    (desk,) = opened
    assert desk.accounts is None
    assert desk.options.reviewer == "Ann"
    assert "localhost" in desk.options.hosts


def test_elsewhere_it_refuses_without_accounts(run: Run, opened: list[Any], place: str) -> None:
    for arguments in (("--host", "0.0.0.0"), ("--login",), ("--host", "desk.example")):  # noqa: S104
        ended = run("serve", "--ledger", place, "--port", "0", *arguments)
        assert ended.exit_code == 8
        assert "chancery user add" in ended.stderr
    assert opened == []


def test_with_accounts_it_asks_for_them(run: Run, opened: list[Any], place: str) -> None:
    assert typed(f"{PASSWORD}\n", "user", "add", "Ann").exit_code == 0
    assert run("serve", "--ledger", place, "--port", "0", "--login").exit_code == 0
    assert opened[0].accounts is not None
    assert opened[0].options.reviewer == ""


def test_what_cannot_be_listened_on_is_told(run: Run, opened: list[Any], place: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = run("serve", "--ledger", place, "--port", taken.getsockname()[1])
    assert ended.exit_code == 8
    last = ended.stderr.splitlines()[-1]  # a checkout whose scripts were never built says so before
    assert "cannot listen on 127.0.0.1" in last
    for port in ("70000", "-1", "x"):
        assert run("serve", "--ledger", place, "--port", port).exit_code == 2


def test_accounts_are_made_changed_and_listed(run: Run) -> None:
    assert "nobody has an account yet" in run("user", "list").stderr
    assert typed(f"{PASSWORD}\n", "user", "add", "Rob", "--role", "reader").exit_code == 0
    assert typed(f"another {PASSWORD}\n", "user", "password", "Rob").exit_code == 0
    assert run("user", "role", "Rob", "--role", "reviewer").exit_code == 0
    listed = run("user", "list").stdout
    assert "Rob" in listed
    assert "reviewer" in listed
    assert run("user", "remove", "Rob").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("add",), 2), (("list", "Ann"), 2), (("frob", "Ann"), 2), (("role", "Ann"), 2), (("remove", "Eve"), 8),
     (("remove", "Ann", "--role", "reader"), 2), (("add", "<b>"), 8)],
)  # fmt: skip
def test_what_is_no_account_is_told(run: Run, arguments: tuple[str, ...], code: int) -> None:
    ended = typed(f"{PASSWORD}\n", "user", *arguments)
    assert ended.exit_code == code, ended.output


def test_a_short_password_is_refused(run: Run) -> None:
    ended = typed("short\n", "user", "add", "Ann")
    assert ended.exit_code == 8
    assert "short" not in ended.output.replace("shorter", "")
