"""How fast the whole road is: `python -m benchmarks.reading [--rounds N] [--threads N]`.

Reads the example reports several times and prints load time, sentences and words a second of processor for
the language room alone and for the whole road, their ratio in the same run, and peak memory. Machines
are noisy: compare ratios of one run, not seconds of two.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable

from chancery import language
from chancery.cli.demo import example_reports, examples
from chancery.pipeline import Reader
from chancery.records import Report
from chancery.settings import Settings


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time: other programs take less away from it than from the clock's."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def peak_megabytes() -> float:
    """Peak resident memory of this process (Linux counts kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    settings = Settings(threads=options.threads)
    reports = [r for r in example_reports(examples()) if isinstance(r, Report)]
    loading = timed(lambda: language.load(options.threads))
    nlp = language.load(options.threads)
    reader = Reader(settings)
    first = timed(lambda: reader.read(reports[0]))
    docs = [nlp(r.text) for r in reports]
    sentences = sum(1 for d in docs for _ in d.sents)
    words = sum(len(d) for d in docs)
    model = min(timed(lambda: [nlp(r.text) for r in reports]) for _ in range(options.rounds))
    together = min(timed(lambda: reader.parsed(reports)) for _ in range(options.rounds))
    shares = reader.parsed(reports)[0] is not None
    road = min(timed(lambda: list(reader.read_many(reports))) for _ in range(options.rounds))
    print(f"{len(reports)} reports, {sentences} sentences, {words} words, {options.threads} thread(s)")
    print(f"load: model {loading:.2f} s; first report with knowledge {first:.2f} s")
    print(f"language room: {sentences / model:.0f} sentences/s, {words / model:.0f} words/s")
    if shares:
        print(f"language room, reports together: {sentences / together:.0f} sentences/s")
    print(f"whole road:    {sentences / road:.0f} sentences/s, {words / road:.0f} words/s")
    print(f"the model takes {model / road:.0%} of the road")
    print(f"peak memory {peak_megabytes():.0f} MB")


if __name__ == "__main__":
    main()
