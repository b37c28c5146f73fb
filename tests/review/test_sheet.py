"""A report's sheet, and its fields as they are typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from chancery.errors import ReportUnknown, UsageError
from chancery.ledger import Ledger, Ruling, differing, open_ledger
from chancery.records import Span
from chancery.review import EDITABLE, edited, new_line_on, retyped, sheet, typed
from tests.factories import TEXT, full_reading

LOAN = full_reading().events[1]
REPORT = full_reading().report.id


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path / "a.db"), create=True) as ledger:
        ledger.store(full_reading())
        yield ledger


def test_a_sheet_has_lines_links_doubts_and_states(ledger: Ledger) -> None:
    found = sheet(ledger, REPORT)
    assert [(n.event.id, n.state, n.doubtful) for n in found.lines] == [
        ("a1", "read", False),
        ("b2", "read", True),
    ]
    assert [d.finding.kind for d in found.doubts] == ["note"]
    assert len(found.links) == 1
    with pytest.raises(ReportUnknown):
        sheet(ledger, "none")


def test_rejected_lines_stay_on_the_sheet(ledger: Ledger) -> None:
    ledger.judge(Ruling("reject", "Ann", ("b2",), why="a gift"))
    ledger.judge(Ruling("accept", "Bob", ("a1",)))
    found = sheet(ledger, REPORT)
    assert {n.event.id: n.state for n in found.lines} == {"a1": "accepted", "b2": "rejected"}
    assert found.reviewers == {"Ann": 1, "Bob": 1}
    assert not any(n.doubtful for n in found.lines)


@pytest.mark.parametrize("field", EDITABLE)
def test_what_is_typed_back_changes_nothing(field: str) -> None:
    real = replace(LOAN, amounts=(replace(LOAN.amounts[0], text="over $1 billion"),), time=None)
    if field in ("amounts", "goods", "place", "speakers") or not typed(real, field).startswith("none"):
        assert differing(real, edited(real, field, typed(real, field), TEXT)) == ()


def test_only_what_was_typed_otherwise_is_changed() -> None:
    given = {field: typed(LOAN, field) for field in EDITABLE} | {"status": "promised", "unknown": "x"}
    assert differing(LOAN, retyped(LOAN, given, TEXT)) == ("status",)


def test_a_line_is_begun_on_any_words() -> None:
    line = new_line_on("AID", Span(39, 47), TEXT)
    assert (line.trigger_text, line.sentence.of(TEXT)[:8]) == ("Borduria", "Borduria")
    for wrong in (Span(0, 0), Span(9, 10), Span(5, 9999)):
        with pytest.raises(UsageError):
            new_line_on("AID", wrong, TEXT)
