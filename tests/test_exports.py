"""docs/exports.md is what the layouts' data say, and its Python runs."""

from __future__ import annotations

import doctest
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

import chancery
from chancery import api
from chancery.errors import EmptyInput, ExtraMissing, UsageError
from chancery.knowledge.geography_data import place_point, state
from chancery.knowledge.layout_data import LAYOUT_NAMES, layout
from tests.analysis.layouts.gold import gold_readings

DOCS = Path(__file__).resolve().parents[1] / "docs"


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_exports", DOCS / "make_exports.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date() -> None:
    assert (DOCS / "exports.md").read_text("utf8") == generator().page(), "run: python docs/make_exports.py"


@pytest.mark.parametrize("name", LAYOUT_NAMES)
def test_each_layout_names_its_losses_and_its_files(name: str) -> None:
    found = layout(name)  # type: ignore[arg-type]
    assert found.losses
    assert all(table.file for table in found.tables) or len(found.tables) == 1
    assert all(table.row for table in found.tables)


def test_the_pages_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with chancery.open("chancery.db", create=True) as ledger:
        for reading in gold_readings():
            ledger.store(reading)
    (code,) = re.findall(r"```python\n(.*?)```", (DOCS / "exports.md").read_text("utf8"), re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(code, "exports.md", "exec"), names)  # noqa: S102 (our own page)
    assert names["table"].num_rows > 0  # type: ignore[attr-defined]
    assert set(names["frame"]["side"]) == {"actor", "recipient"}  # type: ignore[index]
    assert Path("polecat.txt").stat().st_size > 1000


def test_the_examples_of_the_api_run() -> None:
    results = doctest.testmod(api)
    assert results.attempted > 2
    assert not results.failed


def test_frames_of_polars_are_those_of_arrow(tmp_path: Path) -> None:
    with chancery.open(tmp_path / "l.db", create=True) as ledger:
        ledger.store(next(gold_readings()))
        frame = ledger.to_polars("events")
        assert frame.height == ledger.to_arrow("events").num_rows > 0
        assert frame["act"].to_list() == ledger.to_pandas()["act"].to_list()
        with pytest.raises(UsageError, match="no table 'acts'; there are reports, events"):
            ledger.to_arrow("acts")  # type: ignore[arg-type]


def test_a_missing_extra_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with (
        chancery.open(tmp_path / "l.db", create=True) as ledger,
        pytest.raises(ExtraMissing, match="pip install 'chancery\\[pandas\\]'"),
    ):
        ledger.to_pandas()


REPORTS = sorted(DOCS.parent.parent.glob("shared/reports/*.txt"))


@pytest.mark.skipif(not REPORTS, reason="the two reports are not here")
def test_the_two_reports_go_out_in_every_layout(tmp_path: Path) -> None:
    with chancery.open(tmp_path / "two.db", create=True) as ledger:
        for report in REPORTS:
            ledger.store(chancery.read(report.read_text("utf8"), published="2009-10-26"))
        events = len(ledger.events())
        for name in LAYOUT_NAMES:
            done = chancery.export(ledger, name, tmp_path / name)
            assert next(iter(done.files.values())) > 0, name
            assert sum(done.left_out.values()) < events, name
        assert chancery.export(ledger, "csv", tmp_path / "again").files == {"again": events}


def test_what_cannot_be_read_is_told() -> None:
    with pytest.raises(EmptyInput):
        chancery.read("  ")
    with pytest.raises(UsageError, match="'May' is not a day"):
        chancery.read("Ecuador recognized Abkhazia.", published="May")


def test_an_unknown_layout_is_told(tmp_path: Path) -> None:
    with (
        chancery.open(tmp_path / "l.db", create=True) as ledger,
        pytest.raises(UsageError, match="layout 'xls' is unknown"),
    ):
        chancery.export(ledger, "xls", tmp_path / "out")  # type: ignore[arg-type]


def test_places_lie_where_they_do() -> None:
    caracas = place_point("Caracas", "VEN")
    assert caracas is not None
    assert (round(caracas.latitude), round(caracas.longitude)) == (10, -67)
    assert place_point("Nowhere at all", None) is None
    assert place_point("Caracas", "RUS") is None
    assert (state("RUS").cow, state("RUS").fips, state("RUS").iso2) == (365, "RS", "RU")
    assert state("ABK").point is not None
    assert state("ABK").cow is None
    assert state("NATO").fips is None
