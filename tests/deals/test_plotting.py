"""Drawings of the price list; a page is safe whatever a report's words are."""

from __future__ import annotations

from pathlib import Path

import pytest

from chancery.deals.markets import Market, MarketQuery, market
from chancery.deals.plotting import draw
from tests.deals.lines import acts, goods, line, states, text, tied

NAMES = {"RUR": "</script><b>Ruritania", "BOR": "Borduria", "GRA": "Graustark"}


@pytest.fixture
def found() -> Market:
    favour = line("f", "2009-09-10", "RUR>GRA")
    gift = line("g", "2009-12-10", "BOR>RUR", "AID", "arms", goods=(goods("</script><script>alert(1)", 2),))
    query = MarketQuery(("arms",), ("recognition",))
    return market(acts(favour, gift), (tied(gift, favour),), states("RUR", "BOR", "GRA"), query, text)


@pytest.mark.parametrize(("ending", "begins"), [(".svg", b"<svg"), (".png", b"\x89PNG")])
def test_pictures(found: Market, tmp_path: Path, ending: str, begins: bytes) -> None:
    place = tmp_path / f"plot{ending}"
    draw(found, NAMES, place)
    assert place.read_bytes().startswith(begins)


def test_no_word_of_a_report_ends_the_script(found: Market, tmp_path: Path) -> None:
    place = tmp_path / "plot.html"
    draw(found, NAMES, place)
    page = place.read_text(encoding="utf8")
    assert "<script>alert" not in page
    assert "\\u003c/script>\\u003cscript>alert(1)" in page
    assert "\ue000" not in page
