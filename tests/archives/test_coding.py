"""A dataset is the same, however it came about; each report is in it once."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pyarrow.dataset as ds
import pytest

from chancery.archives import Progress, code, publishing, readings
from chancery.archives.manifest import Manifest
from chancery.errors import ArchiveInUse, ArchiveOther, ArchiveUnusable
from chancery.tables import TABLES
from tests.archives.conftest import Archive, content
from tests.archives.fakes import Serial, job


def quiet(_: Progress) -> None:
    return None


def reports(out: Path) -> list[str]:
    return sorted(ds.dataset(out / "reports", partitioning="hive").to_table()["report"].to_pylist())


def test_each_report_is_in_the_dataset_and_comes_back_as_it_was(archive: Archive, tmp_path: Path) -> None:
    told: list[Progress] = []
    totals = code(job([archive(10)], tmp_path / "out"), lambda _: Serial(), told.append)
    assert (totals.reports, totals.events, totals.set_aside) == (10, 20, 0)
    assert (told[-1].reports, told[-1].position, told[-1].size) == (10, told[-1].size, told[-1].position)
    found = list(readings(tmp_path / "out"))
    assert len({r.report.id for r in found}) == len(found) == 10
    assert {r.report.file for r in found} == {f"in.jsonl:{i + 1}" for i in range(10)}
    assert all(len(r.events) == 2 and r.version == "fake-1" for r in found)


def test_the_dataset_is_parted_by_month_and_opens_as_one(archive: Archive, tmp_path: Path) -> None:
    code(job([archive(10)], tmp_path / "out"), lambda _: Serial(), quiet)
    for name in TABLES:
        found = ds.dataset(tmp_path / "out" / name, partitioning="hive").to_table()
        assert set(found["month"].to_pylist()) <= {"2009-01", "2009-02", "2009-03", "undated"}, name
    rows = ds.dataset(tmp_path / "out" / "reports", partitioning="hive").to_table().to_pylist()
    assert all((r["published"].isoformat()[:7] if r["published"] else "undated") == r["month"] for r in rows)


def test_the_order_in_which_chunks_are_finished_does_not_matter(archive: Archive, tmp_path: Path) -> None:
    code(job([archive(30)], tmp_path / "a"), lambda _: Serial(), quiet)
    code(job([archive(30)], tmp_path / "b"), lambda _: Serial(backwards=True), quiet)
    assert content(tmp_path / "a") == content(tmp_path / "b")


def test_broken_off_after_any_chunk_it_goes_on(archive: Archive, tmp_path: Path) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    code(job([archive(30)], whole), lambda _: Serial(), quiet)

    def once(_: Progress) -> None:
        raise KeyboardInterrupt

    for left in range(8, 0, -1):  # chunks of four
        worker = Serial(backwards=left % 2 == 0)
        with pytest.raises(KeyboardInterrupt):
            code(job([archive(30)], out), lambda _, worker=worker: worker, once)
        assert len(worker.read) == 1
    code(job([archive(30)], out), lambda _: pytest.fail("all was read"), quiet)
    assert content(out) == content(whole)


@pytest.mark.parametrize("name", ["replace", "rename", "mkdir"])
def test_broken_off_at_any_move_of_a_file_it_goes_on(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    code(job([archive(12)], whole), lambda _: Serial(), quiet)
    plain, faults = getattr(Path, name), 0
    while True:
        left = faults + 1

        def counted(*arguments: object, **options: object) -> object:
            nonlocal left
            left -= 1
            if left == 0:
                raise KeyboardInterrupt
            return plain(*arguments, **options)

        with monkeypatch.context() as patched:
            patched.setattr(Path, name, counted)
            try:
                code(job([archive(12)], out), lambda _: Serial(), quiet)
            except KeyboardInterrupt:
                faults += 1
                continue
        break
    assert faults >= 2
    assert content(out) == content(whole)


def test_a_further_file_adds_what_is_new(archive: Archive, tmp_path: Path) -> None:
    first, out = archive(6, "b.jsonl"), tmp_path / "out"
    code(job([first], out), lambda _: Serial(), quiet)
    before = content(out)
    code(job([archive(9, "a.jsonl"), first], out), lambda _: Serial(), quiet)
    after = content(out)
    assert len(reports(out)) == len(set(reports(out))) == 9
    assert all(after[name] == kept for name, kept in before.items() if name.endswith(".parquet"))


def test_copies_of_a_report_count_once(archive: Archive, tmp_path: Path) -> None:
    inputs = [archive(6, "a.jsonl"), archive(6, "b.jsonl"), archive(6, "c.jsonl", {2: "Another text."})]
    code(job(inputs, tmp_path / "out"), lambda _: Serial(), quiet)
    assert len(reports(tmp_path / "out")) == 7


def test_what_an_unfinished_chunk_lacks_now_may_come_again(archive: Archive, tmp_path: Path) -> None:
    out, both = tmp_path / "out", [archive(2, "a.jsonl"), archive(4, "b.jsonl")]

    class Fails(Serial):
        def run(self, chunks: object) -> object:
            next(chunks)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        code(job(both, out), lambda _: Fails(), quiet)
    code(job(both[:1], out), lambda _: Serial(), quiet)
    assert len(reports(out)) == 2
    code(job(both, out), lambda _: Serial(), quiet)
    assert len(reports(out)) == len(set(reports(out))) == 4


def test_what_cannot_be_read_is_set_aside_and_told(archive: Archive, tmp_path: Path) -> None:
    path = archive(6, texts={1: "RAISE an error", 3: " \n"})
    with path.open("a", encoding="utf8") as file:
        file.write('{"text": 7}\nno json\n{"text": "\\ud800"}\n{"text": "So.", "published": "May"}\n')
    totals = code(job([path, tmp_path / "none.txt"], tmp_path / "out"), lambda _: Serial(), quiet)
    lines = (tmp_path / "out" / "set_aside.jsonl").read_text(encoding="utf8").splitlines()
    told = {json.loads(n)["where"].removeprefix(str(tmp_path)): json.loads(n)["problem"] for n in lines}
    assert totals.reports == 4
    assert totals.set_aside == len(lines) == 7
    assert told["/in.jsonl, line 2"] == "RuntimeError: no sense in it"
    assert "is empty" in told["/in.jsonl, line 4"]
    assert told["/in.jsonl, line 7"] == '"text" is not a string'
    assert "is not JSON" in told["/in.jsonl, line 8"]
    assert "surrogate" in told["/in.jsonl, line 9"]
    assert "'May'" in told["/in.jsonl, line 10"]
    assert "no such file" in told["/none.txt"]


def test_nothing_to_read_is_an_empty_dataset(archive: Archive, tmp_path: Path) -> None:
    totals = code(job([tmp_path / "none.jsonl"], tmp_path / "out"), lambda _: Serial(), quiet)
    assert (totals.reports, totals.set_aside) == (0, 1)


def test_another_version_or_other_options_are_refused(archive: Archive, tmp_path: Path) -> None:
    path = archive(3)
    code(job([path], tmp_path / "out"), lambda _: Serial(), quiet)
    with pytest.raises(ArchiveOther, match="publisher"):
        code(job([path], tmp_path / "out", publisher="X"), lambda _: Serial(), quiet)
    with pytest.raises(ArchiveOther, match="reports a chunk"):
        code(job([path], tmp_path / "out", most=7), lambda _: Serial(), quiet)


def test_two_runs_at_once_are_refused(archive: Archive, tmp_path: Path) -> None:
    with Manifest(tmp_path / "out"), pytest.raises(ArchiveInUse):
        code(job([archive(3)], tmp_path / "out"), lambda _: Serial(), quiet)


@pytest.mark.parametrize("out", [".", "inner"])
def test_a_dataset_is_not_kept_inside_its_input(tmp_path: Path, out: str) -> None:
    with pytest.raises(ArchiveUnusable, match="lies in the input"):
        code(job([tmp_path], tmp_path / out), lambda _: Serial(), quiet)


def test_a_folder_that_cannot_be_one_is_refused(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ArchiveUnusable):
        code(job([archive(1)], tmp_path / "file"), lambda _: Serial(), quiet)


def test_a_damaged_manifest_is_told(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "out" / "_chancery").mkdir(parents=True)
    (tmp_path / "out" / "_chancery" / "manifest.db").write_bytes(b"no database " * 400)
    with pytest.raises(ArchiveUnusable):
        code(job([archive(1)], tmp_path / "out"), lambda _: Serial(), quiet)


def test_the_manifest_tells_what_was_read_by_which_version(archive: Archive, tmp_path: Path) -> None:
    code(job([archive(6)], tmp_path / "out"), lambda _: Serial(), quiet)
    with sqlite3.connect(tmp_path / "out" / "_chancery" / "manifest.db") as base:
        rows = base.execute("SELECT number, version, read, events, generation FROM chunks").fetchall()
    base.close()
    assert rows == [(0, "fake-1", 4, 8, 0), (1, "fake-1", 2, 4, 0)]


def test_rows_without_their_report_are_met_on_loading(archive: Archive, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code(job([archive(1)], out), lambda _: Serial(), quiet)
    code(job([archive(2)], tmp_path / "other"), lambda _: Serial(), quiet)
    (events,) = (out / "events").glob("*/*.parquet")
    shutil.copy(next((tmp_path / "other" / "events").glob("month=2009-02/*.parquet")), events)
    with pytest.raises(ArchiveUnusable, match="out of place"):
        list(readings(out))


def test_months_are_written_in_groups_of_files_kept_open(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code(job([archive(20)], tmp_path / "a"), lambda _: Serial(), quiet)
    monkeypatch.setattr(publishing, "_MONTHS", 1)
    code(job([archive(20)], tmp_path / "b"), lambda _: Serial(), quiet)
    assert content(tmp_path / "a") == content(tmp_path / "b")
