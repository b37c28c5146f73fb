"""The brief of a ledger: totals, pairs, instruments and open promises."""

from __future__ import annotations

from datetime import date

from chancery.analysis import Counts, InstrumentLine, Pair, Period, Word, brief
from chancery.ledger import Ledger
from chancery.records import Finding, Status
from tests.factories import make_event, make_reading, make_report, make_speaker, make_time

EARLY = make_report("Early.", published=date(2008, 1, 5), publisher=None, file="early.txt")
LATE = make_report("Late.", published=date(2009, 1, 5))
SPRING = make_time(date(2007, 4, 1), date(2007, 4, 30))


def test_an_empty_ledger_has_an_empty_brief(ledger: Ledger) -> None:
    nothing = brief(ledger)
    assert (nothing.totals.reports, nothing.totals.events) == (0, 0)
    assert nothing.totals.published is None
    assert (nothing.pairs, nothing.money, nothing.promises, nothing.recognitions) == ((),) * 4


def test_totals_count_reports_events_doubts_and_days(ledger: Ledger) -> None:
    doubt = Finding("unclear_actor", "who?")
    ledger.store(make_reading([make_event("e1", time=SPRING)], report=EARLY, findings=[doubt]))
    ledger.store(make_reading([make_event("e2"), make_event("e3")], report=LATE))
    ledger.store(make_reading(report=make_report("Nothing.", published=None)))
    totals = brief(ledger).totals
    assert (totals.reports, totals.events, totals.findings) == (3, 3, 1)
    assert totals.published == Period(date(2008, 1, 5), date(2009, 1, 5))
    assert totals.told == Period(date(2007, 4, 1), date(2007, 4, 30))


def test_a_pair_has_both_directions_and_joint_acts(ledger: Ledger) -> None:
    events = [
        make_event("e1", ("BOR",), ("RUR",), act="AID", instrument="loan", time=SPRING),
        make_event("e2", ("BOR",), ("RUR",), act="AID", instrument="arms", status="promised"),
        make_event("e3", ("RUR",), ("BOR",), act="AID", instrument="arms", status="demanded"),
        make_event("e4", ("RUR", "BOR"), (), act="AGREE", instrument="agreement"),
        make_event("e5", ("RUR",), ("RUR",), act="CONSULT", instrument="talks"),
        make_event("e6", ("RUR",), (), act="MOBILIZE", instrument="troops"),
    ]
    ledger.store(make_reading(events, report=LATE))
    assert brief(ledger).pairs == (
        Pair(
            "BOR",
            "RUR",
            forth=Counts(done=1, ahead=1),
            back=Counts(sought=1),
            together=Counts(done=1),
            last=date(2009, 1, 5),
        ),
    )


def test_an_act_of_several_parties_joins_each_pair_once(ledger: Ledger) -> None:
    ledger.store(make_reading([make_event("e1", ("RUR", "RUR", "SYL"), ("GRA", "BOR"))]))
    pairs = brief(ledger).pairs
    assert [(p.one, p.other) for p in pairs] == [
        ("BOR", "RUR"),
        ("BOR", "SYL"),
        ("GRA", "RUR"),
        ("GRA", "SYL"),
    ]
    assert {p.total for p in pairs} == {1}


def test_the_last_day_is_told_or_published_or_unknown(ledger: Ledger) -> None:
    undated = make_report("Undated.", published=None)
    ledger.store(make_reading([make_event("e1")], report=undated))
    assert brief(ledger).pairs[0].last is None
    ledger.store(make_reading([make_event("e2", time=SPRING)], report=EARLY))
    assert brief(ledger).pairs[0].last == date(2007, 4, 1)


def test_instruments_the_most_frequent_first(ledger: Ledger) -> None:
    statuses: tuple[Status, ...] = ("occurred", "refused", "possible")
    loans = [make_event(s, act="AID", instrument="loan", status=s) for s in statuses]
    ledger.store(make_reading([make_event("e", instrument=None, act="ACCUSE"), *loans]))
    assert brief(ledger).instruments == (
        InstrumentLine("loan", Counts(done=1, ahead=1, refused=1)),
        InstrumentLine(None, Counts(done=1)),
    )


def test_open_promises_with_holder_and_word(ledger: Ledger) -> None:
    envoy = make_speaker("its envoy", "SYL")
    events = [
        make_event("p1", ("BOR",), ("RUR",), status="promised", speakers=(envoy,)),
        make_event("p2", ("RUR",), status="expected", held_by=("SYL",)),
        make_event("p3", ("RUR",), status="possible"),
        make_event("p4", ("RUR",), status="conditional"),
        make_event("p5", ("RUR",), status="offered", held_by=("BOR",)),
        make_event("p6", ("RUR",), status="planned"),
        make_event("no", ("RUR",), status="occurred"),
        make_event("no2", ("RUR",), status="demanded"),
        make_event("no3", ("RUR",), status="refused"),
    ]
    ledger.store(make_reading(events, report=EARLY))
    promises = brief(ledger).promises
    assert {p.line.event.id: p.held_by for p in promises} == {
        "p1": ("BOR",),
        "p2": ("SYL",),
        "p3": (),  # nobody is said to hold it possible, and the actor is not made to
        "p4": (),
        "p5": ("BOR",),
        "p6": ("RUR",),
    }
    assert promises[0].word == Word(("its envoy",), ("SYL",), "early.txt")
    assert promises[1].word == Word((), (), "early.txt")


def test_names_of_actors_come_along(ledger: Ledger) -> None:
    ledger.store(make_reading([make_event("e1")]))
    assert brief(ledger).names == {"RUR": "Ruritania", "GRA": "Graustark"}
