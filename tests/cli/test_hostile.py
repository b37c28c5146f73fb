"""Reports are hostile input: nothing in them steers the terminal or is taken for markup."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from chancery.cli.screen import Column, complain, is_plain, safe, screen, table
from chancery.ledger import open_ledger
from chancery.records import Party, Reason, Span
from chancery.wording.shown import escaped
from tests.cli.conftest import Run
from tests.factories import NAMES, make_event, make_reading, make_report, make_speaker

HOSTILE = "[bold red]x[/] :bomb: \x1b[2J\x07\x9b31m \u202eevil\u202c \u200b \u2028 \ud800 [/nope]"
FORBIDDEN = set("\x1b\x07\x9b\u202e\u202c\u200b\u2028\ud800")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A ledger in which every text is an attack."""
    monkeypatch.setitem(NAMES, "RUR", HOSTILE)
    encodable = HOSTILE.replace("\ud800", "")
    report = make_report(encodable * 3, file="[red]f.txt", title=HOSTILE, publisher=encodable, url=HOSTILE)
    event = make_event(
        "a1",
        trigger=Span(0, 4),
        sentence=Span(0, 60),
        trigger_text=HOSTILE,
        speakers=(make_speaker(HOSTILE, "RUR"),),
        reasons=(Reason("act", HOSTILE, HOSTILE, 0.5),),
    )
    spanned = Party("GRA", "GOV", HOSTILE, HOSTILE, Span(20, 24))
    object.__setattr__(event, "recipients", (spanned,))
    place = str(tmp_path / "hostile.db")
    with open_ledger(place, create=True) as ledger:
        ledger.store(make_reading([event], report=report))
    return place


@pytest.mark.parametrize(
    "arguments",
    [
        ("events",),
        ("events", "--format", "csv"),
        ("events", "--format", "jsonl"),
        ("reports",),
        ("reports", "--format", "csv"),
        ("brief",),
        ("show", "a1"),
    ],
)
def test_nothing_raw_reaches_the_terminal(run: Run, hostile: str, arguments: tuple[str, ...]) -> None:
    ended = run(*arguments, "--ledger", hostile)
    assert ended.exit_code == 0
    assert not set(ended.stdout) & FORBIDDEN
    shown = "".join(ended.stdout.split())
    assert "[boldred]x[/]" in shown
    assert ":bomb:" in shown


def test_errors_are_escaped_too(run: Run, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    complain(f"{HOSTILE}: is empty")
    told = capsys.readouterr().err
    assert not set(told) & FORBIDDEN
    assert len(told.splitlines()) == 1
    ended = run("show", "\x1b[2J[red]", "--ledger", place)
    assert (ended.exit_code, set(ended.stderr) & FORBIDDEN) == (5, set())


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("plain words", "plain words"),
        ("São Tomé, Türkiye, 日本", "São Tomé, Türkiye, 日本"),
        ("two\n\tlines", "two lines"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x9b", "\\x9b"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u2066b", "a\\u2066b"),
        ("\U000e0041", "\\U000e0041"),
        ("\x00", "\\x00"),
    ],
)
def test_escaped(given: str, shown: str) -> None:
    assert escaped(given) == shown


def test_colours_only_on_a_terminal_that_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr("sys.stdout", terminal := Terminal())
    assert not is_plain(terminal)
    screen().show(table((Column("a"),), [[safe("[red]b[/]", "green")]]))
    assert "\x1b[" in terminal.getvalue()
    assert "[red]b[/]" in terminal.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("sys.stdout", bare := Terminal())
    screen().show(table((Column("a"),), [[safe("b", "green")]]))
    assert "\x1b[" not in bare.getvalue()
