"""Accounts, sessions and roles."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from chancery.errors import DeskError
from chancery.web import Accounts, open_accounts, visitors
from tests.factories import full_reading
from tests.web.conftest import PASSWORD, log_in, token

REPORT = full_reading().report.id


def test_without_a_session_every_page_asks_for_one(guarded: TestClient) -> None:
    for path in ("/", f"/reports/{REPORT}", "/lines?actor=BOR"):
        found = guarded.get(path)
        assert (found.status_code, found.headers["location"].partition("?")[0]) == (303, "/login")
    assert guarded.get("/api/events").status_code == 401
    assert guarded.get("/api/openapi.json").status_code == 200


def test_a_reviewer_logs_in_judges_and_logs_out(guarded: TestClient) -> None:
    assert log_in(guarded, "Ann") == 303
    headers = {"x-chancery-token": token(guarded), "hx-request": "true"}
    page = guarded.post(f"/reports/{REPORT}/lines/b2/accept", headers=headers).text
    assert "Ann: accept" in page
    assert guarded.post("/logout", data={"token": token(guarded)}).status_code == 303
    assert guarded.get("/").status_code == 303


def test_a_reader_looks_and_does_not_judge(guarded: TestClient) -> None:
    log_in(guarded, "Rob")
    assert "accept" not in guarded.get(f"/reports/{REPORT}").text
    headers = {"x-chancery-token": token(guarded), "hx-request": "true"}
    for path in (f"/reports/{REPORT}/lines/b2/accept", f"/reports/{REPORT}/lines", "/read", "/lines/merge"):
        assert guarded.post(path, headers=headers, data={"event": "b2"}).status_code == 403


def test_a_wrong_password_is_refused_and_after_some_there_is_a_pause(
    guarded: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitors, "_failures", {})
    for _ in range(5):
        assert log_in(guarded, "Ann", "wrong password") == 403
    assert log_in(guarded, "Ann") == 403
    assert log_in(guarded, "Rob") == 303


def test_a_forged_or_outdated_session_is_nobodys(guarded: TestClient, people: Accounts) -> None:
    log_in(guarded, "Ann")
    people.change_password("Ann", "another long password")
    assert guarded.get("/").status_code == 303
    guarded.cookies.set(visitors.SESSION, "forged")
    assert guarded.get("/").status_code == 303


def test_programs_ask_by_name_and_password(guarded: TestClient) -> None:
    assert guarded.get("/api/events", auth=("Rob", PASSWORD)).status_code == 200
    assert guarded.get("/api/events", auth=("Rob", "wrong password")).status_code == 401


def test_the_login_leads_back_only_to_this_desk(guarded: TestClient) -> None:
    for wanted, led in (
        ("/lines?actor=BOR", "/lines?actor=BOR"),
        ("//evil.example", "/"),
        ("https://x", "/"),
    ):
        given = {"name": "Ann", "password": PASSWORD, "next": wanted, "token": token(guarded, "/login")}
        assert guarded.post("/login", data=given).headers["location"] == led


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(guarded: TestClient) -> None:
    given = {"name": "Ann", "password": PASSWORD, "token": token(guarded, "/login")}
    cookie = guarded.post("/login", data=given).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_passwords_are_kept_as_argon2id_and_nowhere_else(tmp_path: Path, people: Accounts) -> None:
    kept = (tmp_path / "people").read_bytes()
    assert b"$argon2id$" in kept
    assert PASSWORD.encode() not in kept
    assert (tmp_path / "people").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [("Ann", "reviewer", PASSWORD), ("", "reader", PASSWORD), ("<b>", "reader", PASSWORD),
     ("Eve", "owner", PASSWORD), ("Eve", "reader", "short")],
)  # fmt: skip
def test_what_cannot_be_an_account_is_refused(people: Accounts, name: str, role: str, password: str) -> None:
    with pytest.raises(DeskError):
        people.add(name, role, password)


def test_an_account_changes_and_goes(people: Accounts) -> None:
    people.change_role("Rob", "reviewer")
    assert [(a.name, a.role) for a in people.all()] == [("Ann", "reviewer"), ("Rob", "reviewer")]
    people.remove("Rob")
    assert people.count() == 1
    for change in (lambda: people.remove("Rob"), lambda: people.change_role("Ann", "owner")):
        with pytest.raises(DeskError):
            change()


def test_the_secret_outlives_a_restart(tmp_path: Path, people: Accounts) -> None:
    again = open_accounts(str(tmp_path / "people"))
    assert again.secret() == people.secret()
    again.close()


def test_a_place_that_cannot_hold_accounts_is_told(tmp_path: Path) -> None:
    (tmp_path / "text").write_text(
        "not a database, but words of some length, so that nobody takes it for one"
    )
    for place in (str(tmp_path), str(tmp_path / "text"), "nosuch://x"):
        with pytest.raises(DeskError):
            open_accounts(place)
