"""Differences as a grid of reports by field."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from chancery.ledger import DifferenceQuery, Ledger, open_ledger
from chancery.reconcile import reconcile
from chancery.web.grid import grid, in_order
from tests.factories import make_amount
from tests.reconcile.made import reading_of

FIRST = "The railway is paid for with a billion crowns that Borduria lent Ruritania, whose envoy gave thanks."
THIRD = "Its treasury has lent Ruritania a billion crowns, Borduria confirms."


def loan(file: str, text: str, day: int, **changes: Any) -> Any:
    told = {"act": "AID", "instrument": "loan", "actors": ("BOR",), "recipients": ("RUR",), "trigger": "lent"}
    return reading_of(file, text, [told | changes], published=date(2009, 6, day))


@pytest.fixture
def place(tmp_path: Path) -> str:
    """Two reports of a loan that part on its sum and on who got it."""
    made = str(tmp_path / "filled.db")
    with open_ledger(made, create=True) as ledger:
        ledger.store(loan("a", FIRST, 10, amounts=(make_amount(1e9),)))
        ledger.store(loan("d", THIRD, 11, amounts=(make_amount(1.03e9),), recipients=("RUR", "SYL")))
        reconcile(ledger)
    return made


def test_a_grid_has_a_row_a_report_and_a_column_a_field(client: TestClient, place: str) -> None:
    with open_ledger(place) as ledger:
        found = ledger.difference_page(DifferenceQuery(), 5)
    made = grid(found.differences)
    assert found.counts == {("recipients", "scope"): 1, ("amounts", "rounding"): 1}
    assert made.fields == ("recipients", "amounts")
    (block,) = made.blocks
    assert [row.report.file for row in block.rows] == ["a", "d"]
    assert {name: [kind for kind, _ in some] for name, some in block.why.items()} == {
        "recipients": ["scope"], "amounts": ["rounding"],
    }  # fmt: skip
    told = [[len(row.cells[name]) for name in made.fields] for row in block.rows]
    assert told == [[1, 1], [1, 1]]
    page = client.get("/differences").text
    assert page.count('class="difference"') == 1
    assert page.count('class="cell"') == 4
    assert page.count("rounding or currency") >= 2


def test_a_filter_narrows_the_grid(client: TestClient, place: str) -> None:
    with open_ledger(place) as ledger:
        (name, kind), *_ = ledger.difference_page(DifferenceQuery(), 5).counts
        assert {d.difference.field for d in narrowed(ledger, field=(name,))} == {name}
        assert {d.difference.kind for d in narrowed(ledger, kind=(kind,))} == {kind}
        assert narrowed(ledger, field=("no such",)) == ()
        assert narrowed(ledger, actor=("GRA",)) == ()
        assert len(narrowed(ledger, actor=("BOR", "GRA"))) == len(narrowed(ledger))
    assert "No difference fits" in client.get("/differences?party=GRA").text
    assert 'class="cell"' in client.get(f"/differences?party=BOR&field={name}&kind={kind}").text


def narrowed(ledger: Ledger, **asked: tuple[str, ...]) -> tuple[object, ...]:
    return ledger.difference_page(DifferenceQuery(**asked), 5).differences  # type: ignore[arg-type]


def test_pages_of_the_grid_go_on(place: str) -> None:
    with open_ledger(place) as ledger:
        whole = ledger.difference_page(DifferenceQuery(), 50)
        first = ledger.difference_page(DifferenceQuery(), 1)
        later = ledger.difference_page(DifferenceQuery(), 50, 1)
        assert first.more == bool(later.differences)
        assert (*first.differences, *later.differences) == whole.differences
        assert not whole.more


def test_fields_stand_in_the_order_of_a_line() -> None:
    assert in_order(["place", "zeal", "status", "place"]) == ("status", "place", "zeal")
