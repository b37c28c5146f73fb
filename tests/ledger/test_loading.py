"""An archive loaded whole is what its readings stored one by one would be; or nothing is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, inspect

from benchmarks.events import synthetic
from chancery.contract import event_to_json
from chancery.errors import LedgerFull, LedgerRefused
from chancery.ledger import Ledger, loading, open_ledger
from chancery.ledger.encoding import as_json
from chancery.ledger.place import located
from chancery.records import Event, Place, Reading, Span
from tests.factories import full_reading, make_event, make_link, make_reading, make_report
from tests.ledger.rows import Row, ask, everything
from tests.ledger.test_faults import limited


def archive() -> list[Reading]:
    return [full_reading(), *synthetic(40, 4)]


def kept(place: str) -> dict[str, list[Row]]:
    """All rows but those that hold the instant of storing, or the full-text index in whatever pieces."""
    left_out = ("reports", "readings", "runs")
    pieces = ("_words_data", "_words_idx")
    rows = everything(place)
    return {name: rows[name] for name in rows if name not in left_out and not name.endswith(pieces)}


def indexes(place: str) -> set[tuple[str, str]]:
    engine = create_engine(located(place))
    try:
        tables = inspect(engine)
        return {(t, str(i["name"])) for t in tables.get_table_names() for i in tables.get_indexes(t)}
    finally:
        engine.dispose()


@pytest.mark.parametrize("little", [50_000, 0], ids=["in one transaction", "in portions"])
def test_a_load_is_what_storing_one_by_one_is(
    ledger: Ledger, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, little: int
) -> None:
    monkeypatch.setattr(loading, "_LITTLE", little)
    monkeypatch.setattr(loading, "BATCH_EVENTS", 9)
    monkeypatch.setattr(loading, "_PORTION", 20)
    other = str(tmp_path / "other.db")
    with open_ledger(other, create=True) as singly:
        stored = [singly.store(reading) for reading in archive()]
        assert list(ledger.bulk_load(archive())) == stored
        assert ledger.events() == tuple(
            replace(e, report=r.report) for e, r in zip(singly.events(), ledger.events(), strict=True)
        )
    if "://" not in place:
        assert ask(place, "PRAGMA foreign_key_check") == []
        assert kept(place) == kept(other)
        made = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        assert ask(place, made) == ask(other, made)
    assert {name for _, name in indexes(place)} >= {str(i.name) for i in loading.schema.QUESTIONS}


def test_after_a_load_a_ledger_is_as_strict_as_before(ledger: Ledger) -> None:
    list(ledger.bulk_load(archive()))
    bad = make_reading([make_event("a1")], [make_link("nowhere", "a1")], report=make_report("Bad."))
    with pytest.raises(LedgerRefused, match="was not stored"):
        ledger.store(bad)


def test_a_report_that_comes_again_in_a_load(ledger: Ledger) -> None:
    twice = [full_reading("1"), full_reading("1"), full_reading("2")]
    assert [s.outcome for s in ledger.bulk_load(twice)] == ["new", "unchanged", "reread"]
    assert [s.outcome for s in ledger.bulk_load(twice[2:])] == ["unchanged"]


def test_a_refused_reading_ends_a_load_and_what_came_before_is_kept(ledger: Ledger, place: str) -> None:
    before = indexes(place)
    bad = make_reading([make_event("a1")], [make_link("a1", "nowhere")], report=make_report("Bad."))
    after = make_reading([make_event("a2")], report=make_report("After."))
    confirmed = []
    with pytest.raises(LedgerRefused, match="was not stored"):
        confirmed.extend(ledger.bulk_load([full_reading(), bad, after]))
    assert [r.id for r in ledger.reports()] == [full_reading().report.id]
    assert indexes(place) == before


def test_an_input_that_breaks_off_leaves_the_ledger_as_it_was(ledger: Ledger, place: str) -> None:
    ledger.store(full_reading())
    before = everything(place), indexes(place)

    def broken() -> Iterator[Reading]:
        yield from synthetic(40, 4)
        raise RuntimeError("broke off")

    with pytest.raises(RuntimeError, match="broke off"):
        list(ledger.bulk_load(broken()))
    assert (everything(place), indexes(place)) == before
    assert [s.outcome for s in ledger.bulk_load(synthetic(40, 4))] == ["new"] * 10


def test_a_full_disk_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    file = str(tmp_path / "chancery.db")
    with open_ledger(file, create=True) as ledger:
        ledger.store(full_reading())
        limited(ledger, 20)
        with pytest.raises(LedgerFull, match="what was confirmed is kept"):
            list(ledger.bulk_load(synthetic(2000, 10)))
    with open_ledger(file) as ledger:
        assert len(ledger.events()) == 2
        assert sum(s.events for s in ledger.bulk_load(synthetic(2000, 10))) == 2000
    assert not Path(f"{file}-wal").exists()


def test_words_that_no_database_holds_are_made_storable(ledger: Ledger, place: str) -> None:
    event = replace(make_event("a1"), trigger_text="\ud800 gave")
    ledger.store(make_reading([event, make_event("a2")]))
    assert ask(place, "SELECT trigger_text FROM events ORDER BY id")[0] == ("\ufffd gave",)
    assert len(ask(place, "SELECT event FROM parties")) == 4
    assert next(line.event.trigger_text for line in ledger.events()) == "\ud800 gave"


words = st.text(max_size=8)
numbers = st.floats() | st.integers()


@st.composite
def events(draw: st.DrawFn) -> Event:
    event = draw(st.sampled_from(full_reading().events))
    amounts = tuple(replace(a, value=draw(numbers), text=draw(words)) for a in event.amounts)
    place = Place(draw(words), draw(st.none() | words), Span(0, 2)) if draw(st.booleans()) else None
    codes = replace(event.codes, plover_mode=draw(st.none() | words), intensity=draw(numbers))
    return replace(
        event, trigger_text=draw(words), amounts=amounts, place=place, codes=codes, confidence=draw(numbers),
        held_by=tuple(draw(st.lists(words, max_size=2))), time=draw(st.sampled_from([event.time, None])),
    )  # fmt: skip


@given(events())
def test_the_quick_json_is_the_contract(event: Event) -> None:
    assert as_json(event) == json.dumps(event_to_json(event), separators=(",", ":"))


def test_what_is_loaded_is_found_by_its_words_and_so_is_what_comes_after(ledger: Ledger) -> None:
    ledger.store(full_reading())
    readings = list(synthetic(40, 10))
    list(ledger.bulk_load(readings[:3]))
    ledger.store(readings[3])
    found = {line.event.id for line in ledger.saying("lending port", 100)}
    found |= {line.event.id for line in ledger.saying("lend port", 100)}
    assert found == {event.id for reading in readings for event in reading.events}
    assert {r.id for r in ledger.reports_saying("dollars", 10)} == {r.report.id for r in readings}
