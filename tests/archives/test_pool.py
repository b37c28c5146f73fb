"""Workers that die, raise or get stuck cost at most the report that makes them."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from chancery.archives import Pool, Progress, code
from chancery.archives.pool import Makes
from chancery.errors import WorkersFail
from chancery.settings import Settings
from tests.archives.conftest import Archive, content
from tests.archives.fakes import SETTINGS, Serial, dying_coder, fake_coder, job
from tests.archives.test_coding import quiet


def pool(workers: int = 2, make: Makes = fake_coder, patience: float = 300.0) -> Pool:
    return Pool(workers, SETTINGS, make=make, patience=patience)


def test_processes_read_what_one_reads(archive: Archive, tmp_path: Path) -> None:
    code(job([archive(30)], tmp_path / "a"), lambda _: Serial(), quiet)
    code(job([archive(30)], tmp_path / "b"), lambda _: pool(), quiet)
    assert content(tmp_path / "a") == content(tmp_path / "b")


def test_poison_is_set_aside_and_the_rest_is_done(archive: Archive, tmp_path: Path) -> None:
    path = archive(12, texts={1: "DIE at this", 6: f"ONCE {tmp_path / 'flag'} only", 9: "STUCK in this"})
    totals = code(job([path], tmp_path / "out"), lambda _: pool(patience=20.0), quiet)
    told = (tmp_path / "out" / "set_aside.jsonl").read_text(encoding="utf8")
    assert (totals.reports, totals.set_aside) == (10, 2)
    assert "line 2" in told
    assert "its worker died" in told
    assert "line 10" in told
    assert "not read in 20 seconds" in told


def test_a_worker_that_is_killed_is_replaced(archive: Archive, tmp_path: Path) -> None:
    path = archive(24, texts={i: f"SLOWLY {i}" for i in range(24)})
    code(job([path], tmp_path / "whole"), lambda _: Serial(), quiet)
    made: list[Pool] = []

    def workers(_: Settings) -> Pool:
        made.append(pool())
        return made[0]

    def kill(_: Progress) -> None:
        if made[0].restarts < 3:
            os.kill(made[0].processes[0], signal.SIGKILL)

    code(job([path], tmp_path / "out"), workers, kill)
    assert made[0].restarts >= 1
    assert content(tmp_path / "out") == content(tmp_path / "whole")


def test_workers_that_never_start_end_the_run(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(WorkersFail, match="exit code 7"):
        code(job([archive(2)], tmp_path / "out"), lambda _: pool(make=dying_coder), quiet)


def test_leaving_a_pool_ends_its_workers() -> None:
    with pool(1) as one:
        (process,) = one.processes
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
