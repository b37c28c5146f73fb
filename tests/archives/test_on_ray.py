"""Ray reads what the pool reads; in a process of its own, since Ray leaves threads and warnings behind."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import util
from pathlib import Path

import pytest

from chancery.archives import code
from chancery.archives.on_ray import RayWorkers
from chancery.errors import RayMissing
from tests.archives.conftest import Archive, content
from tests.archives.fakes import SETTINGS, Serial, job
from tests.archives.test_coding import quiet

HAS_RAY = util.find_spec("ray") is not None
RUN = """
import sys
from pathlib import Path
from chancery.archives import code
from chancery.archives.on_ray import RayWorkers
from tests.archives.fakes import fake_coder, job
workers = lambda settings: RayWorkers(2, settings, make=fake_coder)
code(job([Path(sys.argv[1])], Path(sys.argv[2])), workers, lambda _: None)
"""


@pytest.mark.slow
@pytest.mark.skipif(not HAS_RAY, reason="needs the extra `ray`")
def test_ray_reads_what_a_pool_reads(archive: Archive, tmp_path: Path) -> None:
    path = archive(16)
    code(job([path], tmp_path / "a"), lambda _: Serial(), quiet)
    root = Path(__file__).parents[2]
    told = {**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
    command = [sys.executable, "-c", RUN]
    subprocess.run([*command, path, tmp_path / "b"], check=True, env=told, cwd=root, timeout=300)
    assert content(tmp_path / "a") == content(tmp_path / "b")


@pytest.mark.skipif(HAS_RAY, reason="the extra `ray` is installed")
def test_without_the_extra_it_says_how_to_get_it() -> None:
    with pytest.raises(RayMissing, match="pip install"), RayWorkers(1, SETTINGS):
        pass
