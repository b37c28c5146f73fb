"""Coding archives: `python -m benchmarks.archives [INPUT...] [--ray] [--option=...]`.

Reads the inputs with one worker, with two, and on Ray where asked, in turns, so that a noisy machine is noisy
for all; prints reports and sentences a second, seconds of processor, the peak memory of the feeding
process and of a worker, the ratios of one run, with and without what a run over one report takes (the
start), and where a worker's time goes. `--items N` reads the first N lines of a JSONL file. Without an
input it reads reports made of the example reports' paragraphs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow.dataset as ds

from chancery import language
from chancery.actors import find_mentions
from chancery.cli.demo import example_reports, examples
from chancery.events import read_events
from chancery.ingest.tongues import language_of
from chancery.pipeline import Reader
from chancery.records import Report
from chancery.settings import Settings
from chancery.tables import reading_rows, to_arrow

_MADE = 300  # reports of the examples' paragraphs
_SAMPLE = 200  # reports whose parts are timed one by one


@dataclass(frozen=True, slots=True)
class Run:
    """One call of `chancery code`: seconds, those of processor, peak megabytes feeding and of a worker."""

    seconds: float
    processor: float
    feeder: float
    worker: float


def made_reports(folder: Path) -> Path:
    """An archive of the example reports' paragraphs, each with a number, so that no two are the same."""
    paragraphs = [
        (r, p)
        for r in example_reports(examples())
        if isinstance(r, Report)
        for p in r.text.split("\n\n")
        if len(p) > 80
    ]
    path = folder / "made.jsonl"
    with path.open("w", encoding="utf8") as file:
        for i in range(_MADE):
            report, words = paragraphs[i % len(paragraphs)]
            told = {"text": f"{words} ({i})", "published": str(report.published), "publisher": "examples"}
            file.write(json.dumps(told) + "\n")
    return path


def first_lines(path: Path, count: int, folder: Path) -> Path:
    """A file of the first lines of a JSONL file, plain or gzip."""
    made = folder / f"first-{count}.jsonl"
    opening = gzip.open if path.suffix == ".gz" else open
    with opening(path, "rt", encoding="utf8") as lines, made.open("w", encoding="utf8") as file:
        file.writelines(islice(lines, count))
    return made


def coded(inputs: Sequence[str], out: Path, options: Sequence[str]) -> Run:
    """Runs the program once, from an empty folder, and watches its memory."""
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "chancery", "code", *inputs, str(out), *options]
    before, begun = os.times(), time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    peaks: dict[int, float] = {}
    watching = threading.Event()

    def watch() -> None:
        while not watching.wait(0.5):
            for pid in (process.pid, *below(process.pid)):
                peaks[pid] = max(peaks.get(pid, 0.0), _megabytes(pid))

    thread = threading.Thread(target=watch)
    thread.start()
    code = process.wait()
    seconds, after = time.perf_counter() - begun, os.times()
    watching.set()
    thread.join()
    if code not in (0, 3):
        raise SystemExit(f"{' '.join(command)} ended with {code}")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    own = peaks.pop(process.pid, 0.0)
    return Run(seconds, used, own, max(peaks.values(), default=0.0))


def below(pid: int) -> Iterator[int]:
    """All processes that a process started, and theirs."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in map(int, children):
        yield child
        yield from below(child)


def _megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((float(n.split()[1]) / 1024 for n in lines if n.startswith("VmHWM")), 0.0)


def parts_of_the_time(reports: Sequence[Report]) -> tuple[dict[str, float], int]:
    """Seconds of processor of each step, and the sentences."""
    nlp, reader, spent, sentences = language.load(1), Reader(Settings(threads=1)), dict[str, float](), 0
    pipe = nlp.get_pipe("chancery_embedded")
    model, score = pipe.model, pipe.model.score  # type: ignore[attr-defined]

    def add(name: str, begun: float) -> None:
        spent[name] = spent.get(name, 0.0) + time.process_time() - begun

    def timed(encoded: object) -> object:
        begun = time.process_time()
        found = score(encoded)
        add("encoder", begun)
        return found

    reader.read(reports[0])  # all is loaded before it is timed
    language_of(reports[0].text * 2)
    model.score = timed
    for report in reports:
        begun = time.process_time()
        language_of(report.text)
        add("which language", begun)
        begun = time.process_time()
        doc = nlp(report.text)
        add("language", begun)
        begun = time.process_time()
        found, _ = find_mentions(doc, report.published)
        add("actors", begun)
        begun = time.process_time()
        read_events(report, doc, found)
        add("events", begun)
        sentences += sum(1 for _ in doc.sents)
    del model.score
    spent["language, without the encoder"] = spent.pop("language") - spent["encoder"]
    readings = list(reader.read_many(reports))
    begun = time.process_time()
    rows = [reading_rows(r) for r in readings]
    for name in rows[0]:
        to_arrow(name, [row for each in rows for row in each[name]])
    add("tables", begun)
    return spent, sentences


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="*")
    parser.add_argument("--ray", action="store_true")
    parser.add_argument("--items", type=int, default=0, help="only so many lines of the one input")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--option", action="append", default=[], help="one more argument for chancery code")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        inputs = options.inputs or [str(made_reports(folder))]
        if options.items:
            inputs = [str(first_lines(Path(inputs[0]), options.items, folder))]
        one = [str(first_lines(Path(inputs[0]), 1, folder))] if inputs[0].endswith((".jsonl", ".gz")) else []
        kinds = {"1 worker": ["--workers", "1"], "2 workers": ["--workers", "2"]}
        if options.ray:
            kinds["Ray, 2 workers"] = ["--workers", "2", "--ray"]
        best: dict[str, Run] = {}
        starts: dict[str, Run] = {}
        for _ in range(options.rounds):
            for name, chosen in kinds.items():
                for found, read in ((starts, one), (best, inputs)):
                    if read:
                        run = coded(read, folder / "out", [*chosen, *options.option])
                        found[name] = min(found.get(name, run), run, key=lambda r: r.seconds)
        tell(best, folder / "out")
        tell_ratios("with the start", best, {})
        if starts:
            tell_ratios("without the start", best, starts)


def tell_ratios(words: str, runs: dict[str, Run], starts: dict[str, Run]) -> None:
    """Print how the runs compare, by the clock and in processor time; starts are taken away."""
    nothing = Run(0, 0, 0, 0)
    spent = {
        name: (
            run.seconds - starts.get(name, nothing).seconds,
            run.processor - starts.get(name, nothing).processor,
        )
        for name, run in runs.items()
    }
    one, two = spent["1 worker"], spent["2 workers"]
    print(
        f"{words}: two workers are {one[0] / two[0]:.2f} times one, "
        f"with {two[1] / one[1] - 1:+.0%} of processor time"
    )
    for name, (
        seconds,
        _,
    ) in spent.items():  # Ray's daemons own its workers: their processor time is not seen
        if name.startswith("Ray"):
            print(f"{words}: {name}: {seconds / two[0] - 1:+.0%} on the pool's time")


def tell(best: dict[str, Run], out: Path) -> None:
    """Print all figures but the ratios."""
    table = ds.dataset(out / "reports").to_table().to_pylist()
    reports = [
        Report(r["report"], r["text"], r["file"], r["title"], r["publisher"], r["published"], r["url"], "en")
        for r in table
    ]
    step = max(1, len(reports) // _SAMPLE)
    sample = reports[::step]
    spent, some = parts_of_the_time(sample)
    sentences = some * len(reports) / len(sample)
    size = sum(f.stat().st_size for f in out.glob("*/*/*.parquet"))
    print(f"{len(reports):,} reports, about {sentences:,.0f} sentences; {size / 2**20:.1f} MB of Parquet")
    for name, run in best.items():
        print(
            f"{name:15} {run.seconds:7.1f} s, {run.processor:7.1f} s of processor: "
            f"{len(reports) / run.seconds:6.1f} reports/s, {sentences / run.seconds:6.1f} sentences/s; "
            f"{run.feeder:.0f} MB feeding, {run.worker:.0f} MB a worker"
        )
    whole = sum(spent.values())
    print(f"a worker's time ({some / whole:.0f} sentences a second of processor, all parts together):")
    for name, seconds in sorted(spent.items(), key=lambda s: -s[1]):
        print(f"  {seconds / whole:5.1%} {name}")


if __name__ == "__main__":
    main()
