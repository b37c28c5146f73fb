"""People's judgements: on record, dated, closed and never changed; and the lines they leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chancery.errors import EventUnknown, JudgementRefused, ReportUnknown
from chancery.ledger import EventQuery, Judgement, Ledger, Ruling, Verdict
from chancery.records import Event, Span, event_id
from tests.factories import TEXT, full_reading, make_event, make_party, make_reading, make_report
from tests.ledger.rows import ask, everything

REPORT = make_report()
LENT = Span(TEXT.index("lent"), TEXT.index("lent") + 4)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    ledger.store(full_reading())
    return ledger


def accept(ledger: Ledger, event: str = "a1", reviewer: str = "Ann") -> Judgement:
    return ledger.judge(Ruling("accept", reviewer, (event,)))


def reject(ledger: Ledger, event: str = "a1", reviewer: str = "Ann") -> Judgement:
    return ledger.judge(Ruling("reject", reviewer, (event,), why="no act"))


def correct(ledger: Ledger, reviewer: str = "Ann", id: str = "a1", **changes: object) -> Judgement:
    line = ledger.event(id).event
    return ledger.judge(Ruling("correct", reviewer, (id,), after=replace(line, **changes)))


def ids(ledger: Ledger, query: EventQuery | None = None) -> list[str]:
    return [line.event.id for line in ledger.events(query or EventQuery())]


def missed() -> Event:
    return make_event("?", trigger=LENT, trigger_text="lent", sentence=Span(39, len(TEXT)), act="AID")


def test_an_accepted_line_stays_and_is_sure(filled: Ledger) -> None:
    made = accept(filled)
    line = filled.event("a1")
    assert line.judgement == made.id
    assert line.event.confidence == 1.0
    assert line.event.reasons[-1].source == "person Ann"
    assert replace(line.event, confidence=0.9, reasons=line.event.reasons[:-1]) == full_reading().events[0]
    assert ids(filled) == ["a1", "b2"], "in the order of the text, as before"
    assert len(filled.links()) == 1


def test_a_judgement_tells_who_when_before_after_why_and_by_which_codebook(filled: Ledger) -> None:
    made = filled.judge(
        Ruling("correct", "Ann", ("a1",), replace(filled.event("a1").event, status="planned"), why="'will'")
    )
    assert made == filled.judgements()[0]
    assert (made.reviewer, made.verdict, made.why) == ("Ann", "correct", "'will'")
    assert made.before == full_reading().events[0]
    assert made.after is not None
    assert made.after.status == "planned"
    assert (made.reader, len(made.codebook)) == ("1", 8)
    assert abs((datetime.now(UTC) - made.made_at).total_seconds()) < 60


def test_a_rejected_line_no_longer_answers(filled: Ledger) -> None:
    reject(filled)
    assert ids(filled) == ["b2"]
    with pytest.raises(EventUnknown):
        filled.event("a1")


@pytest.mark.parametrize(
    ("changes", "query"),
    [
        ({"status": "planned"}, EventQuery(status=("planned",))),
        ({"act": "REJECT"}, EventQuery(act=("REJECT",))),
        ({"instrument": "visit"}, EventQuery(instrument=("visit",))),
        ({"actors": (make_party("SYL"),)}, EventQuery(actor=("SYL",))),
        ({"recipients": (make_party("SYL"),)}, EventQuery(between=("SYL", "RUR"))),
        ({"time": full_reading().events[1].time}, EventQuery(actor=("RUR",), until=date(2009, 5, 31))),
    ],
)
def test_a_corrected_line_is_found_by_what_it_says_now(
    filled: Ledger, changes: dict[str, object], query: EventQuery
) -> None:
    assert ids(filled, query) == []
    correct(filled, **changes)
    assert ids(filled, query) == ["a1"]
    line = filled.event("a1").event
    assert all(getattr(line, field) == value for field, value in changes.items())


def test_an_actor_that_a_person_brings_in_has_its_name(filled: Ledger) -> None:
    correct(filled, actors=(make_party("FRA"),))
    assert filled.actors()["FRA"].name == "France"


def test_a_missed_line_is_added(filled: Ledger) -> None:
    made = filled.judge(Ruling("add", "Ann", after=missed(), report=REPORT.id))
    (id,) = made.events
    assert id == event_id(REPORT.id, LENT)
    assert made.before is None
    assert filled.event(id).event.act == "AID"
    with pytest.raises(JudgementRefused, match="is there already"):
        filled.judge(Ruling("add", "Bob", after=missed(), report=REPORT.id))


def test_a_second_judgement_of_one_reviewer_closes_the_first(filled: Ledger) -> None:
    first, second = reject(filled), None
    with pytest.raises(EventUnknown):
        accept(filled)  # what is rejected is no line
    filled.withdraw(first.id)
    second = accept(filled)
    third = correct(filled, status="planned")
    held = filled.judgements()
    assert [j.id for j in held] == [third.id]
    story = filled.judgements_on("a1")
    assert [(j.id, j.closed_why) for j in story] == [
        (first.id, "withdrawn"), (second.id, "replaced"), (third.id, None),
    ]  # fmt: skip


def test_the_latest_of_two_reviewers_decides_and_both_are_kept(filled: Ledger) -> None:
    correct(filled, "Ann", status="planned")
    bobs = correct(filled, "Bob", status="promised")
    assert filled.event("a1").event.status == "promised"
    assert [j.reviewer for j in filled.judgements()] == ["Ann", "Bob"]
    filled.withdraw(bobs.id)
    assert filled.event("a1").event.status == "planned"
    reject(filled, reviewer="Cid")
    assert ids(filled) == ["b2"]


def test_withdrawing_the_only_judgement_brings_the_readers_line_back(filled: Ledger) -> None:
    filled.withdraw(correct(filled, status="planned").id)
    assert filled.event("a1").event == full_reading().events[0]
    with pytest.raises(JudgementRefused, match="no judgement 1 holds"):
        filled.withdraw(1)


@pytest.mark.parametrize("verdict", ["merge", "split"])
def test_merge_and_split_are_on_sets(filled: Ledger, verdict: Verdict) -> None:
    made = filled.judge(Ruling(verdict, "Ann", ("b2", "a1", "b2"), why="one act"))
    assert made.events == ("b2", "a1")
    assert (made.report, made.before, made.after) == (None, None, None)
    assert ids(filled) == ["a1", "b2"]
    other: Verdict = "split" if verdict == "merge" else "merge"
    again = filled.judge(Ruling(other, "Ann", ("a1", "b2")))
    assert [j.id for j in filled.judgements()] == [again.id]
    assert filled.judgements_on("a1")[0].closed_why == "replaced"


@pytest.mark.parametrize(
    ("ruling", "error", "told"),
    [
        (Ruling("accept", " ", ("a1",)), JudgementRefused, "no reviewer"),
        (Ruling("accept", "Ann"), EventUnknown, "no single event"),
        (Ruling("accept", "Ann", ("a",)), EventUnknown, "no single event 'a'"),
        (Ruling("reject", "Ann", ("a1",)), JudgementRefused, "no reason"),
        (Ruling("reject", "Ann", ("a1",), why=" "), JudgementRefused, "no reason"),
        (Ruling("correct", "Ann", ("a1",)), JudgementRefused, "changes nothing"),
        (Ruling("correct", "Ann", ("a1",), make_event("a1")), JudgementRefused, "changes nothing"),
        (
            Ruling("correct", "Ann", ("a1",), make_event("a1", trigger=Span(10, 9999))),
            JudgementRefused,
            "is not inside the text",
        ),
        (
            Ruling("correct", "Ann", ("a1",), make_event("a1", trigger_text="denied")),
            JudgementRefused,
            "'denied' does not stand there, but 'recognized'",
        ),
        (Ruling("add", "Ann"), JudgementRefused, "is not told"),
        (Ruling("add", "Ann", after=missed(), report="nope"), ReportUnknown, "no report 'nope'"),
        (Ruling("merge", "Ann", ("a1",)), JudgementRefused, "a merge of 1 line"),
        (Ruling("merge", "Ann", ("a1", "zz")), EventUnknown, "'zz'"),
    ],
)
def test_what_says_nothing_is_not_put_on_record(
    filled: Ledger, place: str, ruling: Ruling, error: type[Exception], told: str
) -> None:
    before = everything(place)
    with pytest.raises(error, match=told):
        filled.judge(ruling)
    assert everything(place) == before


@pytest.mark.parametrize(
    "tampering",
    [
        "DELETE FROM judgements",
        "UPDATE judgements SET verdict = 'accept'",
        "UPDATE judgements SET closed_at = NULL WHERE id = 1",
        "DELETE FROM judged",
    ],
)
def test_the_database_itself_keeps_judgements(filled: Ledger, place: str, tampering: str) -> None:
    correct(filled, status="planned")
    correct(filled, status="promised")
    filled.judge(Ruling("merge", "Ann", ("a1", "b2")))
    with pytest.raises(Exception, match="a ledger only grows"):
        ask(place, tampering)


# Reading anew


def reread(ledger: Ledger, *events: Event, version: str = "2") -> list[str]:
    """Read the report again, with these events; the findings that this makes."""
    before = {entry.finding.message for entry in ledger.findings()}
    ledger.store(make_reading(events, version=version))
    return [e.finding.message for e in ledger.findings() if e.finding.message not in before]


def test_judgements_whose_words_and_act_still_match_are_carried_over(filled: Ledger) -> None:
    correct(filled, status="planned")
    reject(filled, "b2")
    filled.judge(Ruling("add", "Ann", after=missed(), report=REPORT.id))
    held, lines = filled.judgements(), [line.event for line in filled.events()]
    assert reread(filled, *full_reading().events) == []
    assert filled.judgements() == held
    assert [line.event for line in filled.events()] == lines


def test_a_line_that_reads_otherwise_is_told_and_the_person_prevails(filled: Ledger) -> None:
    accept(filled)
    (told,) = reread(filled, make_event("a1", status="refused"))
    assert told == "Ann left status: occurred, not refused, as this version reads"
    assert filled.event("a1").event.status == "occurred"


@pytest.mark.parametrize(
    ("events", "why"),
    [
        ((), "no line stands on these words now"),
        ((make_event("a1", act="REJECT"),), "the act reads REJECT now"),
    ],
)
def test_judgements_that_no_longer_match_are_closed_and_told(
    filled: Ledger, events: tuple[Event, ...], why: str
) -> None:
    accept(filled)
    (told,) = reread(filled, *events)
    assert told.startswith("Ann's accept of ")
    assert told.endswith(f"on SUPPORT 'recognized' was not carried over: {why}")
    assert filled.judgements() == ()
    assert filled.judgements_on("a1")[0].closed_why == "not_carried"
    assert [line.event for line in filled.events()] == list(events)


def test_a_corrected_act_that_the_reader_now_reads_is_carried_over(filled: Ledger) -> None:
    correct(filled, act="REJECT")
    assert reread(filled, make_event("a1", act="REJECT")) == []
    assert len(filled.judgements()) == 1


def test_an_added_line_that_the_reader_now_finds_stands_once(filled: Ledger) -> None:
    (id,) = filled.judge(Ruling("add", "Ann", after=missed(), report=REPORT.id)).events
    reread(filled, replace(missed(), id=id))
    assert ids(filled) == [id]
    assert filled.event(id).judgement == 1


def test_a_persons_line_follows_its_report_to_another_day(filled: Ledger) -> None:
    correct(filled, status="planned")
    later = make_report(published=date(2009, 7, 1))
    filled.store(make_reading(full_reading().events, report=later))
    assert {line.report.published for line in filled.events()} == {date(2009, 7, 1)}
    assert filled.event("a1").event.status == "planned"


# As of


def test_the_ledger_answers_as_it_did_then(filled: Ledger) -> None:
    instants = [datetime.now(UTC)]
    for step in (
        lambda: correct(filled, status="planned"),
        lambda: filled.store(make_reading(full_reading().events, version="2")),
        lambda: correct(filled, "Bob", status="promised"),
        lambda: filled.withdraw(2),
        lambda: reject(filled, "b2"),
        lambda: filled.store(make_reading([make_event("a1", act="REJECT")], version="3")),
    ):
        step()
        instants.append(datetime.now(UTC))
    told = [[f"{n.event.id} {n.event.act} {n.event.status}" for n in filled.at(t).events()] for t in instants]
    aid = "b2 AID occurred"
    assert told == [
        ["a1 SUPPORT occurred", aid],
        ["a1 SUPPORT planned", aid],
        ["a1 SUPPORT planned", aid],
        ["a1 SUPPORT promised", aid],
        ["a1 SUPPORT planned", aid],
        ["a1 SUPPORT planned"],
        ["a1 REJECT occurred"],
    ]
    assert [len(filled.at(t).judgements()) for t in instants] == [0, 1, 1, 2, 1, 2, 0]
    assert filled.at(datetime(2009, 1, 1, tzinfo=UTC)).reports() == ()
    assert filled.at(instants[1]).reports()[0].version == "1"
    assert filled.at(instants[2]).reports()[0].version == "2"


def test_the_log_tells_additions_and_corrections_the_latest_first(filled: Ledger) -> None:
    correct(filled, status="planned")
    filled.store(make_reading([make_event("a1", act="REJECT"), make_event("c3")], version="2"))
    told = [(e.kind, e.lines, e.gone, e.changed) for e in filled.log()]
    assert sorted(told[:2]) == [("closed", 0, 0, 0), ("reread", 2, 1, 1)]
    assert told[2:] == [("judged", 0, 0, 0), ("added", 2, 0, 0)]
    entries = list(filled.log())
    assert all(e.report is not None and e.report.id == REPORT.id for e in entries)
    instant = entries[-2].at
    assert [e.kind for e in filled.at(instant).log()] == ["judged", "added"]
