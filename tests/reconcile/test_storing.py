"""A ledger's occurrences: made when asked, kept up to date, never rewritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chancery.ledger import Ledger, OccurrenceQuery, Ruling
from chancery.reconcile import reconcile, storing
from chancery.records import Occurrence
from tests.factories import make_amount
from tests.ledger.rows import ask
from tests.reconcile.made import reading_of

LOAN: dict[str, Any] = {"act": "AID", "instrument": "loan", "actors": ("BOR",), "recipients": ("RUR",)}
TEXT = "Borduria lent Ruritania a billion crowns for its railway."
OTHER = "The railway is paid for with a billion crowns that Borduria lent Ruritania, whose envoy gave thanks."

THIRD = "Its treasury has lent Ruritania a billion crowns, Borduria confirms."


def loan(file: str, text: str = TEXT, published: date = date(2009, 6, 10), **changes: Any) -> Any:
    return reading_of(file, text, [dict(LOAN, trigger="lent") | changes], published=published)


@pytest.fixture
def two(ledger: Ledger) -> Ledger:
    """Two reports of one loan and one of another act, set beside each other."""
    ledger.store(loan("a"))
    ledger.store(loan("b", OTHER, amounts=(make_amount(1e9),)))
    ledger.store(reading_of("c", "Syldavia recognized Graustark.", [{"actors": ("SYL",)}]))
    reconcile(ledger)
    return ledger


def groups(ledger: Ledger, query: OccurrenceQuery | None = None) -> list[list[str]]:
    found: tuple[Occurrence, ...] = ledger.occurrences(query or OccurrenceQuery())
    return sorted(sorted(m.event for m in o.members) for o in found)


def test_what_is_one_act_is_one_occurrence(two: Ledger) -> None:
    assert groups(two) == [["a-0", "b-0"], ["c-0"]]
    (found,) = two.occurrences_of("a-0")
    assert (found.act, found.instrument, found.status) == ("AID", "loan", "occurred")
    assert (found.actors, found.recipients) == (("BOR",), ("RUR",))
    assert found.lead == "b-0", "it tells the sum as well"
    assert len(found.origins) == 2
    assert found.members[0].score is None
    assert found.members[1].reasons


def test_asking_for_them(two: Ledger) -> None:
    of = OccurrenceQuery
    assert groups(two, of(actor=("RUR",), partner=("BOR",))) == [["a-0", "b-0"]]
    assert groups(two, of(actor=("RUR",), partner=("SYL",))) == []
    assert groups(two, of(instrument=("recognition",))) == [["c-0"]]
    assert groups(two, of(act=("AID",), reports=2)) == [["a-0", "b-0"]]
    assert groups(two, of(since=date(2009, 6, 11))) == []
    assert groups(two, of(until=date(2009, 6, 10), reports=2)) == [["a-0", "b-0"]]


def test_twice_is_once(two: Ledger, place: str) -> None:
    before = ask(place, "SELECT count(*) FROM members")
    assert two.reconciled()
    assert reconcile(two).placed == 0
    assert ask(place, "SELECT count(*) FROM members") == before


def test_a_new_report_joins_without_redoing_the_rest(two: Ledger, place: str) -> None:
    kept = ask(place, "SELECT id, made_at FROM members ORDER BY id")
    two.store(loan("d", OTHER.replace("envoy", "queen"), published=date(2009, 6, 11)))
    done = reconcile(two)
    assert (done.reports, done.placed, done.joined) == (1, 1, 1)
    assert groups(two) == [["a-0", "b-0", "d-0"], ["c-0"]]
    assert ask(place, "SELECT id, made_at FROM members ORDER BY id")[: len(kept)] == kept


def test_a_report_read_anew_is_placed_anew(two: Ledger) -> None:
    again = loan("b", OTHER, recipients=("SYL",))
    two.store(replace(again, version="2"))
    reconcile(two)
    assert groups(two) == [["a-0"], ["b-0"], ["c-0"]]
    gone = replace(again, version="3", events=())
    two.store(gone)
    reconcile(two)
    assert groups(two) == [["a-0"], ["c-0"]]


def test_what_it_said_then(two: Ledger) -> None:
    then = datetime.now(UTC)
    two.store(replace(loan("b", OTHER, recipients=("SYL",)), version="2"))
    reconcile(two)
    assert groups(two.at(then)) == [["a-0", "b-0"], ["c-0"]]
    assert len(two.at(then).occurrences_of("b-0")[0].members) == 2
    assert groups(two.at(datetime(2001, 1, 1, tzinfo=UTC))) == []


def test_a_correction_moves_a_line(two: Ledger) -> None:
    line = two.event("b-0").event
    made = two.judge(Ruling("correct", "Ann", ("b-0",), replace(line, recipients=(), actors=())))
    assert not two.reconciled()
    reconcile(two)
    assert groups(two) == [["a-0"], ["b-0"], ["c-0"]] or groups(two) == [["a-0", "b-0"], ["c-0"]]
    two.withdraw(made.id)
    reconcile(two)
    assert groups(two) == [["a-0", "b-0"], ["c-0"]]


def test_merges_and_splits_by_people_win(two: Ledger) -> None:
    split = two.judge(Ruling("split", "Ann", ("a-0", "b-0")))
    reconcile(two)
    assert groups(two) == [["a-0"], ["b-0"], ["c-0"]]
    two.judge(Ruling("merge", "Ann", ("b-0", "c-0")))
    reconcile(two)
    assert groups(two) == [["a-0"], ["b-0", "c-0"]]
    (found,) = two.occurrences_of("c-0")
    assert any(r.source == "person Ann" for m in found.members for r in m.reasons)
    two.withdraw(split.id)
    reconcile(two, again=True)
    assert ["b-0", "c-0"] in [g for g in groups(two) if "c-0" in g] or groups(two)[0] == ["a-0", "b-0", "c-0"]


def test_anew_gives_the_same(two: Ledger) -> None:
    before = two.occurrences()
    reconcile(two, again=True)
    assert two.occurrences() == before
    assert two.reconciled()


def test_stopped_on_the_way_it_goes_on(two: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "REPORTS", 1)

    def stop(done: int, _of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reconcile(two, again=True, tell=stop)
    assert not two.reconciled()
    reconcile(two)
    assert groups(two) == [["a-0", "b-0"], ["c-0"]]


def test_differences_are_kept_and_closed(two: Ledger) -> None:
    assert two.differences() == ()
    then = datetime.now(UTC)
    two.store(loan("d", THIRD, amounts=(make_amount(1.03e9),), published=date(2009, 6, 11)))
    reconcile(two)
    (found,) = two.differences()
    assert (found.difference.field, found.difference.kind) == ("amounts", "rounding")
    assert found.passages == (OTHER, THIRD)
    assert found.occurrence is not None
    assert two.differences(OccurrenceQuery(actor=("SYL",))) == ()
    assert two.at(then).differences() == ()
    two.store(replace(loan("d", THIRD, published=date(2009, 6, 11)), version="2"))
    reconcile(two)
    assert two.differences() == ()


def test_the_tables_only_grow(two: Ledger, place: str) -> None:
    for table in ("members", "occurrences", "member_keys", "occurrence_actors"):
        with pytest.raises(Exception, match="a ledger only grows"):
            ask(place, f"DELETE FROM {table}")
    with pytest.raises(Exception, match="a ledger only grows"):
        ask(place, "UPDATE members SET occurrence = 'o'")
