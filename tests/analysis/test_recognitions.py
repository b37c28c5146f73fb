"""Recognitions: whom, when, for what, what is only promised, and on whose word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chancery.analysis import Brief, RecognizerAccount, Word, brief
from chancery.ledger import Ledger
from chancery.records import Event, Link
from tests.factories import make_event, make_link, make_reading, make_speaker, make_time

MAY = make_time(date(2009, 5, 1), date(2009, 5, 31))
JUNE = make_time(date(2009, 6, 1), date(2009, 6, 30))
LOAN = make_event("loan", ("BOR",), ("RUR",), act="AID", instrument="loan")


def briefed(ledger: Ledger, events: Sequence[Event], links: Sequence[Link] = ()) -> Brief:
    ledger.store(make_reading(events, links))
    return brief(ledger)


def account(found: Brief, recognizer: str) -> RecognizerAccount:
    (one,) = [a for a in found.recognitions if a.recognizer == recognizer]
    return one


def ids(lines: Sequence[object]) -> list[str]:
    return [line.line.event.id for line in lines]  # type: ignore[attr-defined]


def test_who_whom_when_for_what_and_on_whose_word(ledger: Ledger) -> None:
    envoy = make_speaker("the envoy", "GRA")
    recognized = make_event("rec", ("RUR",), ("GRA",), time=MAY, speakers=(envoy,))
    found = briefed(ledger, [recognized, LOAN], [make_link("loan", "rec", explicit=False)])
    its = account(found, "RUR")
    (told,) = its.told("done")
    assert (its.name, told.whom, told.when) == ("Ruritania", ("GRA",), MAY)
    assert told.word == Word(("the envoy",), ("GRA",), "The Strelsau Gazette")
    assert its.since == date(2009, 5, 1)
    (got,) = its.received
    assert (got.line.event, got.kind, got.explicit) == (LOAN, "in_return_for", False)
    assert (got.side, got.recognitions) == ("to", ("rec",))
    assert (its.due, its.sought, its.rest) == ((), (), ())


def test_nothing_is_paired_without_a_link(ledger: Ledger) -> None:
    found = briefed(ledger, [make_event("rec"), LOAN])
    assert account(found, "RUR").returns == ()


def test_the_link_may_stand_either_way_round(ledger: Ledger) -> None:
    found = briefed(ledger, [make_event("rec"), LOAN], [make_link("rec", "loan")])
    assert ids(account(found, "RUR").received) == ["loan"]


def test_what_is_promised_sought_or_given_is_not_received(ledger: Ledger) -> None:
    aid = {
        "got": make_event("got", ("BOR",), ("RUR",), act="AID"),
        "due": make_event("due", ("BOR",), ("RUR",), act="AID", status="promised"),
        "may": make_event("may", ("BOR",), ("RUR",), act="AID", status="possible"),
        "asked": make_event("asked", ("RUR",), ("BOR",), act="REQUEST"),
        "no": make_event("no", ("BOR",), ("RUR",), act="AID", status="not_occurred"),
        "gave": make_event("gave", ("RUR",), ("BOR",), act="AID"),
        "pact": make_event("pact", ("RUR", "BOR"), (), act="AGREE"),
        "deal": make_event("deal", ("RUR",), ("BOR",), act="AGREE", status="planned"),
        "odd": make_event("odd", ("BOR",), ("SYL",), act="AID"),
    }
    given = [*aid.values()]
    for n, event in enumerate(given):
        given[n] = make_event(
            event.id,
            [p.id for p in event.actors],
            [p.id for p in event.recipients],
            act=event.act,
            instrument="arms",
            status=event.status,
        )
    links = [make_link(id, "rec") for id in aid]
    its = account(briefed(ledger, [make_event("rec"), *given], links), "RUR")
    assert ids(its.received) == ["got", "pact"]
    assert ids(its.due) == ["due", "may", "deal"]
    assert ids(its.sought) == ["asked"]
    assert ids(its.rest) == ["no", "gave", "odd"]
    assert [r.side for r in its.rest] == ["to", "by", "unclear"]


def test_returns_of_a_joint_recognition_go_to_whom_they_went(ledger: Ledger) -> None:
    joint = make_event("rec", ("RUR", "SYL"), ("GRA",))
    both = make_event("both", ("BOR",), ("RUR", "SYL"), act="AID", instrument="arms")
    vague = make_event("vague", ("BOR",), (), act="AID", instrument="energy")
    links = [make_link(id, "rec") for id in ("loan", "both", "vague")]
    found = briefed(ledger, [joint, LOAN, both, vague], links)
    assert ids(account(found, "RUR").returns) == ["loan", "both", "vague"]
    assert ids(account(found, "SYL").returns) == ["both", "vague"]
    assert account(found, "SYL").returns[1].side == "unclear"


def test_a_return_told_of_several_recognitions_is_one_line(ledger: Ledger) -> None:
    events = [make_event("rec1"), make_event("rec2"), LOAN]
    links = [make_link("loan", "rec1"), make_link("loan", "rec2")]
    (got,) = account(briefed(ledger, events, links), "RUR").received
    assert got.recognitions == ("rec1", "rec2")


def test_an_unrequited_return_says_so(ledger: Ledger) -> None:
    not_yet = make_event("rec", status="not_occurred")
    found = briefed(ledger, [not_yet, LOAN], [make_link("loan", "rec", kind="unrequited")])
    its = account(found, "RUR")
    assert [r.kind for r in its.received] == ["unrequited"]
    assert (its.told("done"), ids(its.told("refused"))) == ((), ["rec"])


def test_refused_is_not_recognized_whatever_the_status(ledger: Ledger) -> None:
    its = account(briefed(ledger, [make_event("rec", act="REJECT")]), "RUR")
    assert ids(its.told("refused")) == ["rec"]


def test_a_promise_to_recognize_is_given_to_somebody(ledger: Ledger) -> None:
    promise = make_event("rec", ("RUR",), ("BOR", "GRA"), act="AGREE", status="promised")
    (ahead,) = account(briefed(ledger, [promise]), "RUR").told("ahead")
    assert (ahead.whom, ahead.towards) == (("GRA",), ("BOR",))


def test_asking_for_recognition_makes_nobody_a_recognizer(ledger: Ledger) -> None:
    events = [
        make_event("urged", ("BOR",), ("SYL",), act="REQUEST"),
        make_event("talks", ("SYL",), (), act="CONSULT", status="promised"),
        make_event("taken back", ("SYL",), ("GRA",), act="RETREAT"),
        make_event("by whom", (), ("GRA",)),
    ]
    found = briefed(ledger, events)
    assert found.recognitions == ()
    assert [line.event.id for line in found.about_recognition] == [e.id for e in events]


def test_those_that_did_come_first_by_date(ledger: Ledger) -> None:
    events = [
        make_event("e1", ("AAA",), status="expected"),
        make_event("e2", ("BOR",)),
        make_event("e3", ("SYL",), time=JUNE),
        make_event("e4", ("RUR",), time=MAY),
    ]
    found = briefed(ledger, events)
    assert [a.recognizer for a in found.recognitions] == ["RUR", "SYL", "BOR", "AAA"]
