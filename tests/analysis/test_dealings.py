"""Dealings of one actor or two, counted, and the picture of a query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chancery.analysis import counterparts, dealings, picture
from chancery.ledger import EventQuery, Ledger, open_ledger
from chancery.records import Place, Span
from tests.factories import full_reading, make_event, make_reading, make_report, make_time


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path / "a.db"), create=True) as ledger:
        ledger.store(full_reading())
        later = make_event(
            "c3", ("RUR",), ("RUS",), instrument=None, status="promised", time=make_time(date(2011, 2, 1))
        )
        ledger.store(make_reading([later], report=make_report("Later, says another.", publisher="The Times")))
        yield ledger


def test_an_actors_dealings_are_counted_on_either_side(ledger: Ledger) -> None:
    found = dealings(ledger, EventQuery(party=("RUR",)), 2)
    assert found.total == 3
    assert found.by_instrument == {"loan": {"done": 1}, "recognition": {"done": 1}, None: {"ahead": 1}}
    assert found.by_year == {2009: 2, 2011: 1}
    assert [line.event.id for line in found.latest] == ["c3", "a1"]


def test_of_two_actors_only_what_is_between_them(ledger: Ledger) -> None:
    found = dealings(ledger, EventQuery(between=("BOR", "RUR")), 5)
    assert [line.event.id for line in found.latest] == ["b2"]
    assert dealings(ledger, EventQuery(between=("BOR", "GRA")), 5).total == 0


def test_counterparts_are_told_with_their_latest_day(ledger: Ledger) -> None:
    found = {c.actor: (c.lines, c.last) for c in counterparts(ledger, "RUR")}
    assert found["RUS"] == (1, date(2011, 2, 1))
    assert found["BOR"][0] == 1


def test_the_picture_has_capitals_of_those_that_have_one(ledger: Ledger) -> None:
    found = picture(ledger, EventQuery(), ledger.actors())
    points = {actor.id: actor.point for actor in found.actors}
    assert points["RUS"] is not None
    assert points["RUR"] is None
    assert sum(moment.lines for moment in found.moments) == found.total == 3


def test_the_picture_has_the_places_of_lines_and_points_of_known_ones(ledger: Ledger) -> None:
    kept = make_event("d4", ("RUS",), ("VEN",))
    reports = [make_report(f"In Caracas they met, says {n}.", publisher=f"The Times {n}") for n in range(2)]
    for number, report in enumerate(reports):
        there = replace(kept, id=f"d{number}", place=Place("Caracas", "VEN", Span(3, 10)))
        ledger.store(make_reading([there], report=report))
    found = {
        place.text: place for place in picture(ledger, EventQuery(actor=("RUS",)), ledger.actors()).places
    }
    assert set(found) == {"Caracas"}
    assert (found["Caracas"].country, found["Caracas"].lines) == ("VEN", 2)
    assert found["Caracas"].point is not None
