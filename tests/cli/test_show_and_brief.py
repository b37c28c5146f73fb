"""`chancery show` and `chancery brief`: evidence, and a market of recognition at a glance."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chancery.cli.screen import safe
from chancery.cli.show import marked
from chancery.ledger import open_ledger
from chancery.records import Party, Span, Time
from tests.cli.conftest import Run
from tests.factories import (
    TEXT,
    full_reading,
    make_amount,
    make_event,
    make_link,
    make_party,
    make_reading,
    make_speaker,
    make_time,
)


def flat(stdout: str) -> str:
    return " ".join(stdout.split())


def test_show_opens_the_evidence(run: Run, place: str) -> None:
    ended = run("show", "b", "--ledger", place)
    told = flat(ended.stdout)
    assert ended.exit_code == 0
    for words in (
        "b2: Borduria: aid (loan) to Ruritania, that much, two ferries, occurred",
        "held by Borduria",
        "The Strelsau Gazette > its envoy (Borduria)",
        "USD 1 billion, over",
        "where Zenda (Ruritania)",
        "10 June 2009",
        "given in return for Ruritania: support (recognition) of Graustark, occurred (a1);",
        "unclear actor two ferries: whose?",
        "act lexicon: recognize (1.00)",
    ):
        assert words in told
    assert "paid for with Borduria: aid (loan)" in flat(run("show", "a1", "--ledger", place).stdout)


def test_marks_are_brackets_in_a_pipe_and_colours_on_a_terminal() -> None:
    graustark = Span(TEXT.index("Graustark"), TEXT.index(" in May"))
    event = make_event(
        "a1",
        actors=(),
        recipients=(),
        time=Time("in May", date(2009, 5, 1), date(2009, 5, 31), "month", Span(31, 37)),
    )
    actor = Party("RUR", None, None, "Ruritania", Span(0, 9))
    recipient = make_party("GRA", span=graustark)
    overlapping = make_party("BOR", span=Span(5, 15))
    outside = make_party("SYL", span=Span(60, 63))
    event = make_event("a1", time=event.time)
    object.__setattr__(event, "actors", (actor, overlapping, outside))
    object.__setattr__(event, "recipients", (recipient,))
    plain = marked(event, TEXT, plain=True).plain.strip()
    assert plain == "[Ruritania: by RUR] [recognized: act] [Graustark: to GRA] [in May: when]."
    coloured = marked(event, TEXT, plain=False)
    assert coloured.plain.strip() == "Ruritania recognized Graustark in May."
    assert {str(s.style) for s in coloured.spans} >= {"bold yellow", "bold green", "bold cyan"}


def test_show_of_an_unknown_or_unclear_event(run: Run, place: str) -> None:
    ended = run("show", "zz", "--ledger", place)
    assert ended.exit_code == 5
    assert ended.stderr == ("chancery: no single event 'zz' in the ledger; `chancery events` lists them\n")
    assert run("show", "", "--ledger", place).exit_code == 2


@pytest.fixture
def market(tmp_path: Path) -> str:
    """Two states recognized Graustark: one was paid, one has only a promise, on another's word."""
    may = make_time(date(2009, 5, 1), date(2009, 5, 31))
    events = [
        make_event("rec1", ("RUR",), ("GRA",), time=may),
        make_event(
            "paid", ("BOR",), ("RUR",), act="AID", instrument="loan",
            amounts=(make_amount(2e9, text="$2 billion"),),
        ),
        make_event("rec2", ("SYL",), ("GRA",), speakers=(make_speaker("the envoy", "GRA"),)),
        make_event(
            "due", ("BOR",), ("SYL",), act="AID", instrument="arms", status="promised",
            speakers=(make_speaker("a minister", "BOR"),),
        ),
        make_event("seeks", ("BOR",), ("RUR",), act="REQUEST", status="requested"),
    ]  # fmt: skip
    links = [make_link("paid", "rec1"), make_link("due", "rec2", explicit=False)]
    place = str(tmp_path / "market.db")
    with open_ledger(place, create=True) as ledger:
        ledger.store(make_reading(events, links))
    return place


def test_the_brief_answers_the_market_at_a_glance(run: Run, market: str) -> None:
    ended = run("brief", "--ledger", market)
    assert ended.exit_code == 0
    assert max(map(len, ended.stdout.splitlines())) <= 100
    lines = [flat(line) for line in ended.stdout.splitlines()]
    source = "The Strelsau Gazette"
    for line in (
        f"recognized Graustark, 1 May 2009 to 31 May 2009 {source} rec1",
        f"got Borduria: aid (loan) to Ruritania, $2 {source} paid",
        "billion (in return)",
        f"recognized Graustark, reported 10 June 2009 {source} > the rec2",
        "got nothing that a report ties to it",
        f"promised Borduria: aid (arms) to Syldavia (in {source} > a due",
        "return, inferred) minister (Borduria)",
        "$2 billion Borduria to Ruritania aid (loan) paid 1x paid",
    ):
        assert line in lines
    assert lines.index("Ruritania") < lines.index("Syldavia") < lines.index("Also about recognition")


def test_lists_stop_and_say_so(run: Run, place: str, market: str) -> None:
    assert "more (--rows 0 shows all)" in run("brief", "--rows", "1", "--ledger", market).stdout
    assert "--rows 0" not in run("brief", "--rows", "0", "--ledger", market).stdout
    assert run("brief", "--rows", "-1", "--ledger", market).exit_code == 2


def test_no_ledger_ends_with_one_line(run: Run) -> None:
    for command in (("brief",), ("events",), ("reports",), ("show", "a1")):
        ended = run(*command, "--ledger", "none.db")
        assert ended.exit_code == 5
        (line,) = ended.stderr.splitlines()
        assert line.startswith("chancery: no ledger at none.db")


def test_the_environment_names_the_ledger(run: Run, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANCERY_LEDGER", place)
    assert "b2" in run("events").stdout


def test_the_full_reading_is_shown_whole(run: Run, place: str) -> None:
    for event in full_reading().events:
        assert safe(event.id).plain in run("show", event.id, "--ledger", place).stdout
