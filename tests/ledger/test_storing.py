"""Storing: whole or not at all, twice is once, and nothing is ever lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.exc import IntegrityError

from chancery.errors import LedgerRefused, ReportUnknown
from chancery.ledger import EventQuery, Ledger, Stored, open_ledger
from chancery.records import Reading
from tests.factories import (
    TEXT,
    full_reading,
    make_event,
    make_link,
    make_reading,
    make_report,
)
from tests.ledger.rows import ask, everything

REPORT = make_report()


def test_a_new_reading_comes_back_exactly(ledger: Ledger) -> None:
    reading = full_reading()
    assert ledger.store(reading) == Stored("new", REPORT.id, 2)
    assert tuple(line.event for line in ledger.events()) == reading.events
    assert tuple(entry.link for entry in ledger.links()) == reading.links
    assert tuple(entry.finding for entry in ledger.findings()) == reading.findings
    assert tuple(ledger.actors().values()) == reading.actors
    assert ledger.text(REPORT.id) == TEXT


def test_every_table_has_its_rows_with_spans_and_words(ledger: Ledger, place: str) -> None:
    ledger.store(full_reading())
    by_people = {"judgements", "judged"}
    set_beside = {
        "reconciliations", "members", "member_keys", "occurrences", "occurrence_actors", "rosters",
        "differences", "differences_actors",
    }  # fmt: skip
    empty = {name for name, rows in everything(place).items() if not rows}
    assert by_people <= empty <= by_people | set_beside
    assert ask(place, "SELECT sentence_text, sentence_start, sentence_end FROM events") == [
        (TEXT[:38], 0, 38),
        (TEXT[:38], 0, 38),
    ]
    assert ask(place, "SELECT value, currency, bound, report FROM amounts") == [
        (1e9, "USD", "over", REPORT.id)
    ]
    assert ask(place, "SELECT text FROM links") == [(TEXT[:20],)]
    assert ask(place, "SELECT text FROM findings ORDER BY position") == [(TEXT[83:94],), (None,)]
    assert ask(place, "SELECT actor FROM parties WHERE side = 'holder'") == [("BOR",)]


def test_the_report_is_listed_as_it_was_told(ledger: Ledger) -> None:
    ledger.store(full_reading())
    (entry,) = ledger.reports()
    assert (entry.id, entry.file, entry.publisher) == (REPORT.id, REPORT.file, REPORT.publisher)
    assert (entry.published, entry.language, entry.version) == (REPORT.published, "en", "1")
    assert entry.read_at.tzinfo is not None


def test_the_same_reading_again_changes_nothing(ledger: Ledger, place: str) -> None:
    ledger.store(full_reading())
    before = everything(place)
    assert ledger.store(full_reading()) == Stored("unchanged", REPORT.id, 2)
    assert everything(place) == before


def test_another_version_closes_the_old_reading_and_keeps_its_rows(ledger: Ledger, place: str) -> None:
    ledger.store(full_reading("1"))
    before = everything(place)
    newer = make_reading([make_event("a1", status="planned")], version="2")
    assert ledger.store(newer) == Stored("reread", REPORT.id, 1)
    assert [line.event for line in ledger.events()] == list(newer.events)
    assert ledger.links() == ()
    after = everything(place)
    assert after["reports"] == before["reports"]
    for table in ("actors", "mentions", "events", "parties", "amounts", "goods", "links"):
        assert set(before[table]) <= set(after[table])
    closed = ask(place, "SELECT version, closed_at IS NULL FROM readings ORDER BY id")
    assert closed == [("1", False), ("2", True)]


def test_a_closed_reading_ends_when_the_next_begins(ledger: Ledger, place: str) -> None:
    ledger.store(full_reading("1"))
    ledger.store(full_reading("2"))
    ((old_end, new_start),) = ask(
        place,
        "SELECT a.closed_at, b.read_at FROM readings a, readings b WHERE a.id = 1 AND b.id = 2",
    )
    assert old_end == new_start


def test_going_back_to_an_older_version_is_a_third_reading(ledger: Ledger, place: str) -> None:
    for version in ("1", "2", "1"):
        ledger.store(full_reading(version))
    assert ledger.has(REPORT.id, "1")
    assert not ledger.has(REPORT.id, "2")
    assert ask(place, "SELECT count(*) FROM readings") == [(3,)]


def test_a_newly_told_day_is_another_reading_a_forgotten_one_is_not(ledger: Ledger) -> None:
    undated = make_reading([make_event("a1")], report=make_report(published=None))
    dated = make_reading([make_event("a1")])
    ledger.store(undated)
    assert not ledger.holds(dated.report, "1")
    assert ledger.store(dated).outcome == "reread"
    assert ledger.holds(undated.report, "1")
    assert ledger.store(undated).outcome == "unchanged"
    assert ledger.reports()[0].published == date(2009, 6, 10)


def test_has_knows_only_what_is_stored(ledger: Ledger) -> None:
    assert not ledger.has(REPORT.id, "1")
    ledger.store(full_reading())
    assert ledger.has(REPORT.id, "1")
    assert not ledger.has("0" * 16, "1")


def test_a_report_without_events_is_kept_too(ledger: Ledger) -> None:
    assert ledger.store(make_reading()) == Stored("new", REPORT.id, 0)
    assert len(ledger.reports()) == 1


def test_another_text_under_a_known_id_is_refused(ledger: Ledger, place: str) -> None:
    ledger.store(full_reading("1"))
    before = everything(place)
    forged = replace(full_reading("2"), report=replace(REPORT, text="Something else."))
    with pytest.raises(LedgerRefused, match="another text"):
        ledger.store(forged)
    assert everything(place) == before


@pytest.mark.parametrize(
    "reading",
    [
        make_reading([make_event("a1")], [make_link("a1", "nowhere")]),
        make_reading([make_event("a1"), make_event("a1")]),
        make_reading([make_event("a1", confidence=float("nan"))]),
    ],
    ids=["link to no event", "one id twice", "confidence is no number"],
)
def test_a_reading_that_contradicts_itself_is_refused_whole(
    ledger: Ledger, place: str, reading: Reading
) -> None:
    with pytest.raises(LedgerRefused, match="was not stored"):
        ledger.store(reading)
    assert ledger.reports() == ()
    assert ask(place, "SELECT count(*) FROM reports") == [(0,)]


def test_text_of_an_unknown_report(ledger: Ledger) -> None:
    with pytest.raises(ReportUnknown, match="no report 'abc'"):
        ledger.text("abc")


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE reports SET text = 'other'",
        "DELETE FROM reports",
        "DELETE FROM events",
        "UPDATE events SET status = 'refused'",
        "UPDATE readings SET version = '9'",
        "UPDATE readings SET closed_at = NULL WHERE id = 1",
        "UPDATE readings SET run = 9",
        "DELETE FROM runs",
    ],
)
def test_the_file_itself_refuses_to_forget(ledger: Ledger, place: str, tampering: str) -> None:
    ledger.store(full_reading("1"))
    ledger.store(full_reading("2"))
    with pytest.raises(IntegrityError, match="a ledger only grows"):
        ask(place, tampering)


# Half-way: a failure, and a kill, before each statement that storing takes


class _Stop(Exception):
    pass


def _stop_before(ledger: Ledger, number: int) -> None:
    """Make the ledger's engine fail before its statement of that number."""
    seen = 0

    def count(*_arguments: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            raise _Stop

    sqlalchemy_event.listen(ledger._engine, "before_cursor_execute", count)


@pytest.mark.parametrize("first", ["nothing stored", "an older reading stored"])
def test_failing_before_any_statement_stores_nothing(place: str, first: str) -> None:
    with open_ledger(place, create=True) as ledger:
        if first == "an older reading stored":
            ledger.store(full_reading("1"))
    before = everything(place)
    stopped = 0
    for number in range(1, 40):
        with open_ledger(place) as ledger:
            _stop_before(ledger, number)
            try:
                ledger.store(full_reading("2"))
            except _Stop:
                stopped += 1
                assert everything(place) == before
            else:
                break
    assert stopped >= 10
    assert everything(place) != before


KILLED = """
import os, signal, sys
from sqlalchemy import event
from chancery.ledger import open_ledger
from tests.factories import full_reading

place, number = sys.argv[1], int(sys.argv[2])
seen = 0

def kill(*_):
    global seen
    seen += 1
    if seen == number:
        os.kill(os.getpid(), signal.SIGKILL)

with open_ledger(place, create=True) as ledger:
    event.listen(ledger._engine, "before_cursor_execute", kill)
    event.listen(ledger._engine, "commit", kill)
    ledger.store(full_reading("2"))
"""


@pytest.mark.parametrize("number", [2, 5, 9, 13])
def test_killed_half_way_stores_nothing(place: str, number: int) -> None:
    with open_ledger(place, create=True) as ledger:
        ledger.store(full_reading("1"))
    before = everything(place)
    paths = os.pathsep.join((str(Path(__file__).parents[2]), *sys.path))
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, place, str(number)],
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    assert everything(place) == before
    with open_ledger(place) as ledger:
        assert [line.report.version for line in ledger.events(EventQuery(limit=1))] == ["1"]
        assert ledger.store(full_reading("2")).outcome == "reread"
