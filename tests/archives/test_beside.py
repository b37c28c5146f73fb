"""A dataset's reports are set beside each other as a ledger's are."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.dataset as ds
import pytest

from chancery.archives import beside, code, readings
from chancery.archives.beside import set_beside
from chancery.errors import ArchiveUnusable
from chancery.ledger import OccurrenceQuery, open_ledger
from chancery.reconcile import reconcile
from tests.archives.fakes import Serial, job
from tests.archives.test_coding import quiet
from tests.factories import TEXT

DAYS = ("2009-05-10", "2009-05-12", "2009-05-12", "2009-08-01", "2010-03-01", "2009-05-10")


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Six reports of four publishers, of the same act or of others like it."""
    lines = [
        json.dumps({"text": f"{TEXT} Telegram {i}.", "published": day, "publisher": f"Paper {i % 4}"})
        for i, day in enumerate(DAYS)
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf8")
    code(job([tmp_path / "in.jsonl"], tmp_path / "out", most=2), lambda _: Serial(), quiet)
    return tmp_path / "out"


def rows(out: Path, name: str) -> list[dict[str, object]]:
    return list(ds.dataset(out / name).to_table().to_pylist())


def test_the_decisions_are_those_of_the_ledger(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(str(tmp_path / "ledger.db"), create=True) as ledger:
        list(ledger.bulk_load(readings(dataset)))
        reconcile(ledger)
        kept = ledger.occurrences(OccurrenceQuery())
        parted = ledger.differences(OccurrenceQuery())
    for together in (1000, 1):
        monkeypatch.setattr(beside, "_TOGETHER", together)
        found = set_beside(dataset)
        members = {(r["occurrence"], r["event"], r["part"]) for r in rows(dataset, "members")}
        assert members == {(o.id, m.event, m.part) for o in kept for m in o.members}
        assert found.occurrences == len(kept) == len(rows(dataset, "occurrences"))
        assert found.several > 0
        told = {(r["occurrence"], r["kind"], r["field"]) for r in rows(dataset, "differences")}
        assert told == {(d.difference.subject, d.difference.kind, d.difference.field) for d in parted}


def test_origins_are_counted(dataset: Path) -> None:
    set_beside(dataset)
    told = [r for r in rows(dataset, "occurrences") if r["reports"] > 1]
    assert told
    for row in told:
        reports = [report for origin in row["origins"] for report in origin["reports"]]
        assert len(reports) == len(set(reports)) == row["reports"]


def test_it_may_be_done_again(dataset: Path) -> None:
    assert set_beside(dataset) == set_beside(dataset)


def test_a_folder_that_is_no_dataset_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnusable, match="no reports"):
        set_beside(tmp_path)
