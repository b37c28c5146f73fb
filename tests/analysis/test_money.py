"""Money: told twice it is one amount; what differs in any way is never added up."""

from __future__ import annotations

from datetime import date

from chancery.analysis import brief
from chancery.analysis.money import Money, MoneySum
from chancery.ledger import Ledger
from chancery.records import Act, Amount, Event, Status, Time
from tests.factories import make_amount, make_event, make_reading, make_report, make_time

AUTUMN = make_time(date(2008, 9, 1), date(2008, 9, 30))
MID_AUTUMN = make_time(date(2008, 9, 15))
WINTER = make_time(date(2008, 12, 1), date(2008, 12, 31))


def loan(
    id: str,
    *amounts: Amount,
    to: str = "RUR",
    act: Act = "AID",
    status: Status = "occurred",
    time: Time | None = None,
) -> Event:
    return make_event(
        id, ("BOR",), (to,), act=act, instrument="loan", status=status, amounts=amounts, time=time
    )


def told(ledger: Ledger, *events: Event) -> tuple[Money, ...]:
    for n, event in enumerate(events):
        ledger.store(make_reading([event], report=make_report(f"Report {n}.")))
    return brief(ledger).money


def lines_of(money: Money) -> list[str]:
    return [telling.line.event.id for telling in money.tellings]


def sums(ledger: Ledger) -> list[tuple[float, str, Status, int]]:
    return [(s.total, s.currency, s.status, s.amounts) for s in brief(ledger).sums]


def test_the_same_amount_told_twice_is_one(ledger: Ledger) -> None:
    (money,) = told(ledger, loan("e1", make_amount(1e9)), loan("e2", make_amount(1e9)))
    assert (money.actors, money.recipients) == (("BOR",), ("RUR",))
    assert (money.value, money.currency, money.status, money.stage) == (
        1e9,
        "USD",
        "occurred",
        "done",
    )
    assert sorted(lines_of(money)) == ["e1", "e2"]
    assert sums(ledger) == [(1e9, "USD", "occurred", 1)]


def test_what_differs_stays_apart(ledger: Ledger) -> None:
    money = told(
        ledger,
        loan("e1", make_amount(1e9)),
        loan("e2", make_amount(2e9)),
        loan("e3", make_amount(1e9, "EUR")),
        loan("e4", make_amount(1e9), status="promised"),
        loan("e5", make_amount(1e9), to="SYL"),
        loan("e6", make_amount(1e9, bound="over")),
        loan("e7", make_amount(1e9), act="REQUEST"),
    )
    assert len(money) == 7
    assert [m.currency for m in money] == ["EUR", *["USD"] * 6]
    assert money[1].value == 2e9


def test_sums_stay_within_act_status_currency_and_parties(ledger: Ledger) -> None:
    told(
        ledger,
        loan("e1", make_amount(1e9)),
        loan("e2", make_amount(2e9, bound="about")),
        loan("e3", make_amount(4e9, "EUR")),
        loan("e4", make_amount(8e9), status="promised"),
        loan("e5", make_amount(16e9), to="SYL"),
        loan("e6", make_amount(32e9), act="REQUEST"),
    )
    found: tuple[MoneySum, ...] = brief(ledger).sums
    assert sorted(s.total for s in found) == [3e9, 4e9, 8e9, 16e9, 32e9]
    (both,) = [s for s in found if s.total == 3e9]
    assert (both.amounts, both.bounded) == (2, 1)
    assert "distinct amounts as reported" in both.counted
    (asked,) = [s for s in found if s.act == "REQUEST"]
    assert asked.stage == "sought", "a loan asked for is no loan"


def test_times_that_part_make_two_amounts_that_meet_make_one(ledger: Ledger) -> None:
    money = told(
        ledger,
        loan("e1", make_amount(1e9), time=AUTUMN),
        loan("e2", make_amount(1e9), time=WINTER),
        loan("e3", make_amount(1e9), time=MID_AUTUMN),
    )
    assert sorted(sorted(lines_of(m)) for m in money) == [["e1", "e3"], ["e2"]]


def test_an_undated_telling_joins_the_only_dated_one(ledger: Ledger) -> None:
    (money,) = told(ledger, loan("e1", make_amount(1e9)), loan("e2", make_amount(1e9), time=AUTUMN))
    assert money.time == AUTUMN


def test_an_undated_telling_that_could_be_either_stands_for_itself(ledger: Ledger) -> None:
    money = told(
        ledger,
        loan("e1", make_amount(1e9), time=AUTUMN),
        loan("e2", make_amount(1e9), time=WINTER),
        loan("e3", make_amount(1e9)),
    )
    assert sorted(lines_of(m) for m in money) == [["e1"], ["e2"], ["e3"]]


def test_barrels_are_not_money(ledger: Ledger) -> None:
    assert told(ledger, loan("e1", make_amount(5e6, None, unit="barrels"))) == ()
