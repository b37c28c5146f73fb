"""Promises and what became of them. Silence is not breach."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chancery.deals.promises import is_overdue, promises, silent_for
from chancery.ledger import LedgerEvent, LedgerLink
from chancery.records import Fulfilment, Promise
from tests.deals.lines import acts, goods, line, text, tied
from tests.factories import make_amount, make_speaker

READ_TO = date(2012, 1, 1)


def made(*lines: LedgerEvent, links: tuple[LedgerLink, ...] = ()) -> list[Promise]:
    return list(promises(acts(*lines), links, text, READ_TO))


def promised(**changes: object) -> LedgerEvent:
    return line("p", "2009-01-10", "BOR>RUR", "AID", "loan", "promised", **changes)  # type: ignore[arg-type]


def later(told: str = "2009-06-01", **changes: object) -> LedgerEvent:
    given = {"parties": "BOR>RUR", "act": "AID", "instrument": "loan"} | changes
    return line("q", told, **given)  # type: ignore[arg-type]


def test_who_promises_what_to_whom_on_whose_word() -> None:
    (promise,) = made(promised(speakers=(make_speaker("President Zog", "BOR"),)))
    assert (promise.kind, promise.promisors, promise.promisees) == ("promise", ("BOR",), ("RUR",))
    assert (promise.official, promise.word_of, promise.made) == (True, ("President Zog",), date(2009, 1, 10))
    assert promise.schedule is not None
    assert (promise.schedule.text, promise.schedule.due) == ("during the president's visit", None)


def test_a_source_answers_for_nothing() -> None:
    assert not made(promised(speakers=(make_speaker("a source in the ministry", "BOR"),)))[0].official


def test_silence_is_not_breach() -> None:
    (promise,) = made(promised(day="2009-03-01/2009-03-31"))
    assert promise.fulfilment == "not_yet_rated"
    assert promise.read_to == READ_TO
    assert is_overdue(promise)
    assert silent_for(promise) == READ_TO - date(2009, 1, 10)


@pytest.mark.parametrize(
    ("changes", "rating"),
    [
        ({}, "kept"),
        ({"status": "ongoing"}, "in_progress"),
        ({"status": "refused"}, "broken"),
        ({"status": "planned"}, "not_yet_rated"),
        ({"status": "not_occurred"}, "not_yet_rated"),
        ({"instrument": "arms"}, "not_yet_rated"),
        ({"parties": "BOR>SYL"}, "not_yet_rated"),
        ({"parties": "SYL>RUR"}, "not_yet_rated"),
        ({"told": "2009-01-02", "day": "2008-12-01"}, "not_yet_rated"),
        ({"told": "2019-01-02"}, "not_yet_rated"),
        ({"act": "SANCTION", "trigger_text": "suspends"}, "stalled"),
        ({"act": "SANCTION", "trigger_text": "cancels"}, "broken"),
    ],
)
def test_what_a_later_line_makes_of_it(changes: dict[str, object], rating: Fulfilment) -> None:
    ratings = {p.id: p.fulfilment for p in made(promised(trigger_text="loan"), later(**changes))}
    assert ratings["p"] == rating


@pytest.mark.parametrize(("told", "rating"), [("2009-03-20", "kept"), ("2009-06-01", "kept_late")])
def test_a_due_day_parts_kept_from_late(told: str, rating: Fulfilment) -> None:
    assert made(promised(day="2009-03-01/2009-03-31"), later(told))[0].fulfilment == rating


def test_not_done_by_the_day_is_broken() -> None:
    told = made(promised(day="2009-03-01/2009-03-31"), later(status="not_occurred"))
    assert told[0].fulfilment == "broken"
    assert not is_overdue(told[0])


def test_half_the_sum_is_half_the_promise() -> None:
    whole, half = (make_amount(2e9),), (make_amount(1e9),)
    assert made(promised(amounts=whole), later(amounts=half))[0].fulfilment == "kept_in_part"
    assert made(promised(amounts=whole), later(amounts=whole))[0].fulfilment == "kept"
    fewer = made(promised(goods=(goods("Mi-17", 4),)), later(goods=(goods("Mi-17", 2),)))
    assert fewer[0].fulfilment == "kept_in_part"


def test_other_goods_keep_nothing() -> None:
    told = made(promised(goods=(goods("Mi-17", 2),)), later(goods=(goods("Su-30", 6),)))
    assert told[0].fulfilment == "not_yet_rated"


def test_steps_name_their_events() -> None:
    (promise,) = made(promised(), later(), line("x", "2009-03-03", "SYL>RUR"))
    assert [(s.value, s.event, s.day) for s in promise.steps] == [("kept", "q", date(2009, 6, 1))]
    assert promise.last_told == date(2009, 6, 1)


def test_the_same_words_again_are_one_promise() -> None:
    again = line("p2", "2009-02-01", "BOR>RUR", "AID", "loan", "promised")
    much_later = line("p3", "2010-02-01", "BOR>RUR", "AID", "loan", "promised")
    assert [p.tellings for p in made(promised(), again, much_later)] == [("p", "p2"), ("p3",)]


def test_what_cannot_be_tested() -> None:
    plan = line("p", "2009-01-10", "BOR>", "COOPERATE", None, "planned", trigger_text="work")
    (promise,) = promises(acts(plan), (), lambda _: "They work on.", READ_TO)
    assert promise.fulfilment == "untestable"


def test_threats_and_requests_promise_nothing() -> None:
    threat = line("t", "2009-01-10", "BOR>RUR", "ASSAULT", "force", "promised")
    request = line("u", "2009-01-10", "BOR>RUR", "REQUEST", "loan", "planned")
    assert made(threat, request) == []


def test_conditions_are_kept_with_the_promise() -> None:
    promise, condition = promised(), line("c", "2009-01-10", "RUR>GRA", status="demanded")
    told = made(promise, condition, links=(tied(promise, condition, "condition"),))
    assert told[0].conditions == ("c",)


def test_open_and_silent_by_the_ledgers_last_day() -> None:
    (promise,) = promises(acts(promised()), (), text, date(2009, 1, 20))
    assert silent_for(promise) == timedelta(days=10)
