"""Counts and pages of lines, worked out by the database, on each database."""

from __future__ import annotations

import pytest

from chancery.errors import CursorUnknown
from chancery.ledger import EventQuery, Ledger, Ruling
from tests.factories import full_reading, make_event, make_reading, make_report

EVERYTHING = EventQuery()


@pytest.fixture(autouse=True)
def filled(ledger: Ledger) -> None:
    ledger.store(full_reading())
    other = make_report("Borduria lent Ruritania a billion, says another.", publisher="The Times")
    ledger.store(
        make_reading([make_event("c3", ("BOR",), ("RUR",), act="AID", instrument="loan")], report=other)
    )


def test_lines_are_counted_by_what_they_say(ledger: Ledger) -> None:
    assert ledger.tally(EVERYTHING, ("act", "stage")) == {("SUPPORT", "done"): 1, ("AID", "done"): 2}
    counted = ledger.tally(EventQuery(party=("BOR",)), ("year", "month"))
    assert {(int(year), int(month)): n for (year, month), n in counted.items()} == {
        (2009, 5): 1,
        (2009, 6): 1,
    }


def test_counts_go_by_what_people_left(ledger: Ledger) -> None:
    ledger.judge(Ruling("reject", "Ann", ("c3",), why="another loan"))
    assert ledger.tally(EVERYTHING, ("instrument",)) == {("recognition",): 1, ("loan",): 1}
    assert [c.lines for c in ledger.counterparts("BOR", 5)] == [1]


def test_counterparts_and_ties_go_from_the_most_frequent(ledger: Ledger) -> None:
    assert [(c.actor, c.lines) for c in ledger.counterparts("RUR", 5)] == [("BOR", 2), ("GRA", 1)]
    assert ledger.ties(EVERYTHING, 5) == {("BOR", "RUR"): 2, ("RUR", "GRA"): 1}
    assert ledger.ties(EVERYTHING, 1) == {("BOR", "RUR"): 2}


def test_pages_follow_each_other(ledger: Ledger) -> None:
    first = ledger.page(EVERYTHING, 2)
    rest = ledger.page(EVERYTHING, 2, first.after)
    assert [n.event.id for n in (*first.lines, *rest.lines)] == ["a1", "b2", "c3"]
    assert rest.after is None
    for wrong in ("", "x", "1", ":", "9" * 30 + ":a", "-1:a"):
        with pytest.raises(CursorUnknown):
            ledger.page(EVERYTHING, 2, wrong)


def test_the_state_is_another_after_each_change(ledger: Ledger) -> None:
    seen = [ledger.state()]
    judged = ledger.judge(Ruling("accept", "Ann", ("b2",)))
    seen.append(ledger.state())
    ledger.withdraw(judged.id)
    seen.append(ledger.state())
    assert len(set(seen)) == 3


def test_words_are_found_as_they_stand(ledger: Ledger) -> None:
    assert [n.event.id for n in ledger.saying("GRAUSTARK", 5)] == ["a1", "b2"]
    assert ledger.saying("100%", 5) == ()
    assert [r.publisher for r in ledger.reports_saying("says another", 5)] == ["The Times"]


def test_doubtful_lines_come_from_the_latest_report_on(ledger: Ledger) -> None:
    assert [n.event.id for n in ledger.latest_unsure(0.8, 5)] == ["b2"]
    assert [n.event.id for n in ledger.latest_unsure(0.95, 5)] == ["c3", "a1", "b2"]
    ledger.judge(Ruling("accept", "Ann", ("b2",)))
    assert ledger.latest_unsure(0.8, 5) == ()


def test_a_report_and_its_judgements(ledger: Ledger) -> None:
    report = full_reading().report
    ledger.judge(Ruling("accept", "Ann", ("b2",)))
    assert ledger.report(report.id).file == report.file
    assert [j.events for j in ledger.judgements_in(report.id)] == [("b2",)]
    assert [r.id for r in ledger.latest_reports(1, 1)] != [ledger.latest_reports(1)[0].id]
