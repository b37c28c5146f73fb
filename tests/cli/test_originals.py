"""Pages beside the ledger: kept by `read`, named and handed out by `show`, copied by `backup`."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from chancery.records import Report, Source
from tests.cli.conftest import Items, Run
from tests.factories import make_report

PAGE = "<script>alert('é')</script>\n<p>\x1b[2JRuritania recognized Graustark.</p>".encode("cp1252")


@pytest.fixture
def page(inputs: Items, reader: object) -> Report:
    """An HTML page that `read page.html` gives."""
    source = Source(hashlib.sha256(PAGE).hexdigest(), "text/html", "cp1252", PAGE)
    inputs["page.html"] = made = replace(make_report(), file="page.html", source=source)
    return made


def test_a_page_is_kept_and_shown(run: Run, page: Report) -> None:
    assert run("read", "page.html", "--ledger", "l.db").exit_code == 0
    assert len(list(Path("l.db.originals").glob("??/*.gz"))) == 1
    event = f"e{page.id[:8]}"
    told = " ".join(run("show", event, "--ledger", "l.db").stdout.split())
    assert f"taken from text/html, cp1252, {len(PAGE)} bytes, sha256 {page.source.sha256}" in told  # type: ignore[union-attr]
    assert run("show", event, "--html", "e.html", "--ledger", "l.db").exit_code == 0
    evidence = Path("e.html").read_text(encoding="utf8")
    assert page.source.sha256 in evidence  # type: ignore[union-attr]
    assert "<script>" not in evidence


def test_it_is_opened_as_escaped_text_or_saved(run: Run, page: Report) -> None:
    run("read", "page.html", "--ledger", "l.db")
    show = ("show", f"e{page.id[:8]}", "--ledger", "l.db", "--original")
    shown = run(*show, "-").stdout
    assert "<script>alert('é')</script>\n" in shown
    assert "\x1b" not in shown
    assert "\\x1b[2J" in shown
    saved = run(*show, "saved.html")
    assert (saved.exit_code, Path("saved.html").read_bytes()) == (0, PAGE)
    assert "a browser would run what is in it" in saved.stderr
    again = run(*show, "saved.html")
    assert again.exit_code == 7
    assert "is there already" in again.stderr
    assert run(*show, "no/such/place").exit_code == 7
    assert run(*show, "-", "--html", "x.html").exit_code == 2


@pytest.mark.parametrize("unwanted", [("--no-originals",), ()])
def test_it_need_not_be_kept(
    run: Run, page: Report, unwanted: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not unwanted:
        monkeypatch.setenv("CHANCERY_ORIGINALS", "none")
    assert run("read", "page.html", "--ledger", "l.db", *unwanted).exit_code == 0
    assert not Path("l.db.originals").exists()
    ended = run("show", f"e{page.id[:8]}", "--ledger", "l.db", "--original", "-")
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "was not kept" in ended.stderr


def test_another_folder(run: Run, page: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANCERY_ORIGINALS", "pages")
    run("read", "page.html", "--ledger", "l.db")
    assert Path("pages/reports").is_dir()
    assert not Path("l.db.originals").exists()


def test_without_a_ledger_nothing_is_kept(run: Run, page: Report) -> None:
    assert run("read", "page.html", "--no-ledger").exit_code == 0
    assert list(Path().iterdir()) == []


def test_a_folder_in_the_way_is_told(run: Run, page: Report) -> None:
    Path("l.db.originals").write_text("", encoding="utf8")
    ended = run("read", "page.html", "--ledger", "l.db")
    assert ended.exit_code == 5
    assert "--no-originals reads without keeping them" in ended.stderr


def test_a_backup_has_them_too(run: Run, page: Report) -> None:
    run("read", "page.html", "--ledger", "l.db")
    ended = run("backup", "copy.db", "--ledger", "l.db")
    assert "copy.db.originals: 2 files" in ended.stderr
    ended = run("show", f"e{page.id[:8]}", "--ledger", "copy.db", "--original", "-")
    assert "recognized Graustark" in ended.stdout
