"""Asking for events: each filter, ids and their beginnings, and words that would be SQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chancery.errors import EventUnknown
from chancery.ledger import EventQuery, Ledger
from chancery.records import Actor, Goods, Report, Span, report_id
from tests.factories import (
    make_amount,
    make_event,
    make_party,
    make_reading,
    make_report,
    make_speaker,
    make_time,
)
from tests.ledger.rows import ask

EARLY = make_report("Early.", published=date(2008, 1, 5), file="early.txt")
LATE = make_report("Late.", published=date(2009, 1, 5), file="late.txt")
UNDATED = make_report("Undated.", published=None, file="undated.txt")


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    visit = make_event("e3", ("RUR", "SYL"), ("BOR",), act="CONSULT", instrument="visit")
    autumn = make_time(date(2008, 9, 1), date(2008, 9, 30))
    loan = make_event("e2", ("BOR",), ("RUR",), act="AID", instrument="loan", status="promised")
    ledger.store(make_reading([replace(visit, confidence=0.4)], report=UNDATED))
    ledger.store(make_reading([replace(loan, time=autumn)], report=LATE))
    ledger.store(make_reading([make_event("e1"), make_event("e0")], report=EARLY))
    return ledger


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (EventQuery(), "e1 e0 e2 e3"),
        (EventQuery(actor=("RUR",)), "e1 e0 e3"),
        (EventQuery(actor=("SYL", "BOR")), "e2 e3"),
        (EventQuery(recipient=("RUR",)), "e2"),
        (EventQuery(actor=("RUR",), recipient=("BOR",)), "e3"),
        (EventQuery(actor=("GRA",)), ""),
        (EventQuery(act=("AID", "CONSULT")), "e2 e3"),
        (EventQuery(instrument=("recognition",)), "e1 e0"),
        (EventQuery(status=("promised",)), "e2"),
        (EventQuery(since=date(2008, 9, 30)), "e2"),
        (EventQuery(since=date(2008, 10, 1)), ""),
        (EventQuery(until=date(2008, 8, 31)), "e1 e0"),
        (EventQuery(since=date(2008, 1, 5), until=date(2008, 1, 5)), "e1 e0"),
        (EventQuery(report=LATE.id), "e2"),
        (EventQuery(report=LATE.id[:6]), "e2"),
        (EventQuery(report="%"), ""),
        (EventQuery(min_confidence=0.5), "e1 e0 e2"),
        (EventQuery(limit=2), "e1 e0"),
        (EventQuery(limit=0), ""),
        (EventQuery(limit=-1), ""),
    ],
)
def test_filters(filled: Ledger, query: EventQuery, ids: str) -> None:
    assert [line.event.id for line in filled.events(query)] == ids.split()


def test_closed_readings_do_not_answer(filled: Ledger) -> None:
    filled.store(make_reading([make_event("e9")], report=EARLY, version="2"))
    assert [line.event.id for line in filled.events(EventQuery(report=EARLY.id))] == ["e9"]
    with pytest.raises(EventUnknown):
        filled.event("e1")


def test_an_event_by_its_id_or_the_beginning(ledger: Ledger) -> None:
    ledger.store(make_reading([make_event(id) for id in ("ab", "abcd", "abce", "f0_%")]))
    assert ledger.event("abcd").event.id == "abcd"
    assert ledger.event("f").event.id == "f0_%"
    assert ledger.event("f0_").report.file == "gazette.txt"
    assert ledger.event("ab").event.id == "ab", "an exact id wins over longer ones"


@pytest.mark.parametrize("wanted", ["", "zz", "%", "_", "' OR 1=1 --", "a\0", "\udcff", "AB\n"])
def test_an_id_that_is_none(ledger: Ledger, wanted: str) -> None:
    ledger.store(make_reading([make_event("abcd"), make_event("abce")]))
    with pytest.raises(EventUnknown, match="no single event"):
        ledger.event(wanted)


def test_a_beginning_that_fits_several_names_them(ledger: Ledger) -> None:
    ledger.store(make_reading([make_event("abcd"), make_event("abce"), make_event("x")]))
    with pytest.raises(EventUnknown, match="it fits abcd, abce"):
        ledger.event("abc")


def test_many_candidates_stay_on_one_line(ledger: Ledger) -> None:
    ledger.store(make_reading([make_event(f"a{n:03}") for n in range(200)]))
    with pytest.raises(EventUnknown) as caught:
        ledger.event("a")
    assert str(caught.value).count("a0") == 8


def test_names_are_the_latest_readings(ledger: Ledger) -> None:
    ledger.store(make_reading([make_event("e1")], report=EARLY))
    renamed = make_reading([make_event("e2")], report=LATE)
    renamed = replace(renamed, actors=(Actor("RUR", "Kingdom of Ruritania", "state"),))
    ledger.store(renamed)
    assert ledger.actor_names() == {"RUR": "Kingdom of Ruritania", "GRA": "Graustark"}


HOSTILE = [
    "'); DROP TABLE events; --",
    'Robert "Bobby" O\'Hara',
    "before\0after",
    "\u202egnitrever\u202c \u2067\u05e2\u05d1\u05e8\u2069",
    "line\r\nbreak\ttab \x1b[31mred",
    "{{7*7}} %s :name ?1 $x \\",
    "=cmd|' /C calc'!A0",
    "💣🏴\U000e0067 e\u0301",
    "lone \udcff surrogate",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words(ledger: Ledger, place: str, words: str) -> None:
    party = make_party(words, words, agent=words)
    event = make_event(f"id {words}", speakers=(make_speaker(words, words),))
    event = replace(event, actors=(party,), trigger_text=words, held_by=(words,))
    report = make_report(
        f"{words} and so on".replace("\udcff", "?"),
        file=f"{words}.txt",
        title=words,
        url=words,
        publisher="x",
    )
    reading = make_reading([event], report=report, version=words)
    assert ledger.store(reading).outcome == "new"
    assert ledger.store(reading).outcome == "unchanged"
    assert ledger.has(report.id, words)
    assert [line.event for line in ledger.events(EventQuery(actor=(words,)))] == [event]
    assert ledger.event(f"id {words[:4]}").event == event
    # PostgreSQL has no NUL in text
    assert ledger.text(report.id) == (
        report.text if "://" not in place else report.text.replace("\0", "\ufffd")
    )
    assert len(ask(place, "SELECT * FROM events")) == 1


def test_all_hostile_names_at_once_stay_apart(ledger: Ledger) -> None:
    events = [make_event(f"e{n}", (words,)) for n, words in enumerate(HOSTILE)]
    ledger.store(make_reading(events))
    for n, words in enumerate(HOSTILE):
        assert [e.event.id for e in ledger.events(EventQuery(actor=(words,)))] == [f"e{n}"]


def test_a_text_that_has_no_utf8_keeps_its_length(ledger: Ledger) -> None:
    text = "A \ud800 in a feed."
    report = replace(make_report("x"), text=text, id=report_id("stand-in", None))
    for outcome in ("new", "unchanged"):
        assert ledger.store(make_reading([make_event("e")], report=report)).outcome == outcome
    assert ledger.text(report.id) == "A \N{REPLACEMENT CHARACTER} in a feed."


def test_numbers_beyond_any_column_come_back(ledger: Ledger, place: str) -> None:
    event = make_event(
        "e",
        amounts=(make_amount(1.7e308), make_amount(float("inf"))),
        goods=(Goods("that many", 10**40, "tins", None, Span(0, 4)),),
    )
    ledger.store(make_reading([event]))
    assert ledger.events()[0].event == event
    assert ask(place, "SELECT count FROM goods") == [(None,)]


def test_a_long_report(ledger: Ledger) -> None:
    report: Report = make_report("Words and words. " * 60_000)
    events = [make_event(f"e{n}") for n in range(3000)]
    ledger.store(make_reading(events, report=report))
    assert len(ledger.events()) == 3000
    assert ledger.text(report.id) == report.text
