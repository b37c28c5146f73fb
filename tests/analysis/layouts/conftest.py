"""A ledger of our examples as people read them, and one of a hostile report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chancery.analysis.layouts.chosen import Chosen, choose
from chancery.ledger import EventQuery, Ledger, open_ledger
from chancery.records import Place, Span, Speaker
from tests.analysis.layouts.gold import gold_readings
from tests.factories import make_amount, make_event, make_party, make_reading, make_report

NASTY = '=HYPERLINK("http://x")\t\'+1\r\n\0\x1b[2J<b>\u202eabc; "q" & \'z'


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Fifteen reports, 397 events."""
    with open_ledger(str(tmp_path_factory.mktemp("gold") / "gold.db"), create=True) as ledger:
        for reading in gold_readings():
            ledger.store(reading)
        yield ledger


@pytest.fixture(scope="module")
def chosen(gold: Ledger) -> Chosen:
    return choose(gold, EventQuery())


@pytest.fixture
def nasty(tmp_path: Path) -> Iterator[Ledger]:
    """A report whose every word is out to break a table, a page or a spreadsheet."""
    text = (NASTY + " recognized. ") * 3
    report = make_report(text, file=NASTY, publisher=NASTY, title=NASTY, url=NASTY)
    party = make_party("RUR", NASTY, agent=NASTY, span=Span(0, 9))
    event = make_event(
        "e00000000aa", trigger=Span(20, 30), trigger_text=NASTY, sentence=Span(0, 60),
        speakers=(Speaker(NASTY, "RUR", Span(0, 5), NASTY),), place=Place(NASTY, "RUR", Span(0, 5)),
        amounts=(make_amount(1e9, text=NASTY, unit=NASTY, currency=None),),
    )  # fmt: skip
    event = type(event)(**{**{f: getattr(event, f) for f in event.__slots__}, "actors": (party,)})
    with open_ledger(str(tmp_path / "nasty.db"), create=True) as ledger:
        ledger.store(make_reading([event], report=report))
        yield ledger
