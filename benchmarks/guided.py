"""Inputs that atheris finds by coverage: `python -m benchmarks.guided KIND [libFuzzer's options]`.

Needs `pip install atheris`. Ends where something breaks, or by -runs=N or -max_total_time=SECONDS; an input
that takes over ten seconds or 1 GB breaks too.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["chancery.ingest"]):
    from benchmarks.inputs import MOST_BYTES, MOST_SECONDS, RUNS, seeds


def main(arguments: Sequence[str]) -> None:
    """The program; libFuzzer ends it."""
    warnings.simplefilter("ignore")  # libraries' own, which the program does not show either
    kind, *options = arguments
    bounds = (f"-timeout={MOST_SECONDS}", f"-rss_limit_mb={MOST_BYTES // 1_000_000}")
    with TemporaryDirectory() as folder:
        for number, content in enumerate(seeds()[kind]):
            Path(folder, str(number)).write_bytes(content)
        atheris.Setup([sys.argv[0], *options, *bounds, folder], RUNS[kind])
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
