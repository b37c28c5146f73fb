"""Runs broken off at random moments: `python -m benchmarks.interruptions [INPUT...] [--times 20] [--seed N]`.

Codes an archive once undisturbed, then again while the program, or one of its workers, is ended by SIGTERM,
SIGINT or SIGKILL at random moments, and goes on each time by the same command. Both datasets must have
the same files, byte for byte. Without an input it reads reports made of the example reports' paragraphs.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.archives import below, made_reports

_SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)


def digests(out: Path) -> dict[str, str]:
    """Each file of a dataset with the hash of its content."""
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.relative_to(out).parts[0] != "_chancery"
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="*")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", default="2")
    parser.add_argument("--chunk", default="8")
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 (no secret)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        inputs = options.inputs or [str(made_reports(folder))]
        call = [sys.executable, "-m", "chancery", "code", *inputs]
        rest = ["--workers", options.workers, "--chunk", options.chunk]
        begun = time.perf_counter()
        subprocess.run([*call, folder / "whole", *rest], check=True, stderr=subprocess.DEVNULL)
        whole = time.perf_counter() - begun
        done = 0
        while done < options.times:
            process = subprocess.Popen([*call, folder / "out", *rest], stderr=subprocess.DEVNULL)
            try:
                process.wait(chance.uniform(0.2, 1.0) * whole * 0.5)
            except subprocess.TimeoutExpired:
                done += _strike(process, chance)
                continue
            print(f"done after {done} interruptions; once more from the beginning")
            if digests(folder / "out") != digests(folder / "whole"):
                raise SystemExit("the datasets differ")
            shutil.rmtree(folder / "out")
        subprocess.run([*call, folder / "out", *rest], check=True, stderr=subprocess.DEVNULL)
        if digests(folder / "out") != digests(folder / "whole"):
            raise SystemExit("the datasets differ")
        print(f"{done} interruptions; {len(digests(folder / 'out'))} files, the same byte for byte")


def _strike(process: subprocess.Popen[bytes], chance: random.Random) -> int:
    """End the program or one of its workers; a worker's death must not end the program."""
    workers = list(below(process.pid))
    if workers and chance.random() < 0.3:
        target = chance.choice(workers)
        print(f"SIGKILL to a worker ({target})")
        os.kill(target, signal.SIGKILL)
        try:
            process.wait(chance.uniform(1, 5))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return 2
        return 1
    how = chance.choice(_SIGNALS)
    print(f"{how.name} to the program")
    process.send_signal(how)
    process.wait()
    return 1


if __name__ == "__main__":
    main()
