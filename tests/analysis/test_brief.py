"""The brief of a ledger: totals, recognitions and money as deals have them, pairs, instruments, promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chancery.analysis import Counts, InstrumentLine, Pair, Period, Word, brief
from chancery.deals import Dealings, MarketQuery
from chancery.ledger import Ledger
from chancery.records import Finding, Status
from tests.factories import (
    make_amount,
    make_event,
    make_link,
    make_reading,
    make_report,
    make_speaker,
    make_time,
)

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


MAY = make_time(date(2009, 5, 1), date(2009, 5, 31))
LOAN = make_event("loan", ("BOR",), ("RUR",), act="AID", instrument="loan")


def test_recognitions_and_their_price_are_those_of_the_price_list(ledger: Ledger) -> None:
    events = [
        make_event("rec", ("RUR",), ("GRA",), time=MAY),
        LOAN,
        make_event("near", ("BOR",), ("RUR",), act="AID", instrument="arms"),
        make_event("visit", ("BOR",), ("RUR",), act="CONSULT", instrument="visit"),
    ]
    links = [make_link("loan", "rec"), make_link("visit", "rec", explicit=False)]
    ledger.store(make_reading(events, links, report=LATE))
    (found,) = brief(ledger).recognitions
    assert (found.favour.state, found.favour.whom, found.favour.day) == ("RUR", ("GRA",), date(2009, 5, 1))
    assert [(g.deed.id, g.how) for g in found.gifts] == [("loan", "stated"), ("visit", "together")]
    query = MarketQuery(("loan",), ("recognition",))
    (priced,) = Dealings(ledger).market(query).exchanges
    assert (priced.favour, [g for g in priced.gifts if g.how != "near"]) == (found.favour, [found.gifts[0]])


def test_those_that_did_come_first_by_day_and_a_states_own_stay_together(ledger: Ledger) -> None:
    events = [
        make_event("e1", ("AAA",), status="expected"),
        make_event("e2", ("BOR",)),
        make_event("e3", ("SYL",), time=make_time(date(2009, 6, 1))),
        make_event("e4", ("RUR",), time=MAY),
        make_event("e5", ("RUR",), ("SYL",), status="promised"),
    ]
    ledger.store(make_reading(events, report=make_report("Later.", published=date(2009, 7, 1))))
    found = [(e.favour.state, e.favour.stage) for e in brief(ledger).recognitions]
    assert found == [("RUR", "done"), ("RUR", "ahead"), ("SYL", "done"), ("BOR", "done"), ("AAA", "ahead")]


def test_acts_about_recognition_stand_apart(ledger: Ledger) -> None:
    events = [
        make_event("urged", ("BOR",), ("SYL",), act="REQUEST"),
        make_event("talks", ("SYL",), (), act="CONSULT", status="promised"),
        make_event("by whom", (), ("GRA",)),
    ]
    ledger.store(make_reading(events))
    found = brief(ledger)
    assert found.recognitions == ()
    assert [line.event.id for line in found.about_recognition] == [e.id for e in events]


def test_money_is_that_of_the_deals(ledger: Ledger) -> None:
    part, whole = make_amount(1e9, text="$1 billion"), make_amount(2e9, text="$2 billion")
    events = [
        replace(LOAN, id="a", amounts=(part,), trigger_text="lent"),
        replace(LOAN, id="b", amounts=(whole,), trigger_text="lent"),
        make_event("c", ("RUR",), ("BOR",), act="SANCTION", instrument="loan", amounts=(part,)),
        replace(LOAN, id="d", amounts=(make_amount(3e6, currency=None, unit="barrels"),)),
    ]
    ledger.store(make_reading(events))
    found = brief(ledger)
    assert [(t.amount.text, t.counted, t.deed.id) for t in found.money] == [
        ("$2 billion", "paid", "b"),
        ("$1 billion", "paid", "a"),
    ]
    assert found.money == tuple(sorted(Dealings(ledger).sums, key=lambda t: -t.amount.value))
    assert [(t.total, t.currency) for t in found.sums] == [(3e9, "USD")]
