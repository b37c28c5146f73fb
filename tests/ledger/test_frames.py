"""Tables of a ledger: many reports asked at once are told as few asked one by one."""

from __future__ import annotations

import pytest

from chancery.ledger import EventQuery, Ledger, frames
from chancery.tables import TABLES, TableName
from tests.factories import full_reading, make_event, make_reading, make_report


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("query", [EventQuery(), EventQuery(instrument=("loan",))], ids=["all", "some"])
def test_many_and_few_are_told_alike(
    name: TableName, query: EventQuery, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.store(full_reading())
    for i in range(3):
        report = make_report(f"Ruritania recognized Graustark in May, says number {i}.", file=f"{i}.txt")
        ledger.store(make_reading([make_event(f"c{i}")], report=report))
    few = ledger.to_arrow(name, query)
    monkeypatch.setattr(frames, "_FEW", 0)
    assert ledger.to_arrow(name, query) == few
    assert few.num_rows > 0 or (name == "links" and query.instrument)
