"""A desk under load: `python -m benchmarks.desk [--ledger FILE] [--readers N] [--reviewers N] [--seconds S]`.

Serves a desk in a process of its own, on a copy of FILE or on a synthetic ledger of `--events` lines.
First each page alone is asked for some times; then readers turn pages and reviewers judge lines at
once, as fast as they are answered, and every judgement that was confirmed is looked for in the ledger.
Prints milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.events import synthetic
from chancery.ledger import EventQuery, open_ledger

EACH = 10  # lines a report
PASSWORD = "of a desk that lives for minutes"  # noqa: S105
TOKEN = re.compile(r'name="token" content="([^"]+)"')


@dataclass(slots=True)
class Measured:
    """Milliseconds by kind of request, statuses that were no success, and what was confirmed."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: list[str] = field(default_factory=list)
    confirmed: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def copied(source: str | None, events: int, folder: Path) -> str:
    """A ledger to be written to."""
    place = str(folder / "desk.db")
    if source is not None:
        with open_ledger(source) as ledger:
            ledger.backup(place)
    else:
        with open_ledger(place, create=True) as ledger:
            for _ in ledger.bulk_load(synthetic(events, EACH)):
                pass
    return place


@contextmanager
def served(place: str, folder: Path, people: int) -> Iterator[str]:
    """A desk with so many reviewers' accounts, at an address of this machine."""
    accounts = str(folder / "people")
    run = [sys.executable, "-m", "chancery"]
    for number in range(people):
        subprocess.run([*run, "user", "add", f"reviewer{number}", "--accounts", accounts],
                       input=PASSWORD, text=True, check=True, capture_output=True)  # fmt: skip
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [*run, "serve", "--login", "--accounts", accounts, "--ledger", place, "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=dict(os.environ))
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                httpx.get(f"{address}/login")
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


async def visitor(address: str, name: str) -> httpx.AsyncClient:
    """A browser in which that reviewer is logged in."""
    made = httpx.AsyncClient(base_url=address, timeout=60, follow_redirects=False)
    token = TOKEN.findall((await made.get("/login")).text)[0]
    answer = await made.post("/login", data={"name": name, "password": PASSWORD, "token": token})
    assert answer.status_code == 303, answer.text
    return made


async def ask(client: httpx.AsyncClient, path: str, measured: Measured, kind: str) -> httpx.Response:
    """Ask for a page and keep how long it took."""
    begun = time.perf_counter()
    answer = await client.get(path)
    measured.times[kind].append(1000 * (time.perf_counter() - begun))
    if answer.status_code >= 400:
        measured.failures.append(f"{answer.status_code} {path}")
    return answer


async def read(
    client: httpx.AsyncClient, paths: Sequence[tuple[str, str]], until: float, measured: Measured
) -> None:
    """One reader turns pages until the time is up."""
    while time.monotonic() < until:
        kind, path = random.choice(paths)  # noqa: S311
        await ask(client, path, measured, kind)


async def review(
    client: httpx.AsyncClient, who: str, lines: Sequence[tuple[str, str]], until: float, measured: Measured
) -> None:
    """One reviewer accepts a line after another until the time is up."""
    token = TOKEN.findall((await client.get("/log")).text)[0]
    for report, line in lines:
        if time.monotonic() >= until:
            break
        begun = time.perf_counter()
        answer = await client.post(
            f"/reports/{report}/lines/{line}/accept",
            headers={"x-chancery-token": token, "hx-request": "true"},
        )
        measured.times["judge"].append(1000 * (time.perf_counter() - begun))
        if answer.status_code == 200:
            measured.confirmed[who] += 1
        else:
            measured.failures.append(f"{answer.status_code} judge {answer.text[:200]}")


def pages(place: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Pages that readers turn, and lines that reviewers judge: of reports and actors that are there."""
    with open_ledger(place) as ledger:
        found = ledger.page(EventQuery(), 3000).lines
        one = next(party.id for line in found for party in line.event.actors)
        others = [c.actor for c in ledger.counterparts(one, 8)]
    paths = [("home", "/"), ("reports", "/reports"), ("lines", "/lines"), ("log", "/log")]
    paths += [("report", f"/reports/{line.report.id}") for line in found[:400:40]]
    paths += [("line", f"/lines/{line.event.id}") for line in found[:400:40]]
    paths += [("actor", f"/actors/{actor}") for actor in (one, *others[:3])]
    paths += [("pair", f"/pairs/{one}/{other}") for other in others[:4]]
    paths += [("explore", f"/api/picture?party={one}&since=2020-01-01"), ("search", "/search?q=loan")]
    return paths, [(line.report.id, line.event.id) for line in found]


async def load(address: str, place: str, arguments: argparse.Namespace) -> tuple[Measured, Measured]:
    """Each page alone, then everybody at once."""
    paths, lines = pages(place)
    alone, together = Measured(), Measured()
    reviewers = [await visitor(address, f"reviewer{n}") for n in range(max(arguments.reviewers, 1))]
    readers = [
        httpx.AsyncClient(base_url=address, timeout=60, cookies=reviewers[0].cookies)
        for _ in range(arguments.readers)
    ]
    for kind, path in paths:
        for _ in range(4):
            await ask(reviewers[0], path, alone, kind)
    until = time.monotonic() + arguments.seconds
    each = len(lines) // len(reviewers)
    reading = [read(client, paths, until, together) for client in readers]
    judging = [
        review(client, f"reviewer{n}", lines[n * each : (n + 1) * each], until, together)
        for n, client in enumerate(reviewers[: arguments.reviewers])
    ]
    await asyncio.gather(*reading, *judging)
    for client in (*readers, *reviewers):
        await client.aclose()
    return alone, together


def tell(title: str, measured: Measured) -> None:
    """Median, the slowest of twenty, and the slowest, by kind."""
    print(f"{title}\n{'':10}{'asked':>8}{'median':>10}{'95%':>10}{'worst':>10}  milliseconds")
    for kind, times in sorted(measured.times.items()):
        ordered = sorted(times)
        late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        median = statistics.median(ordered)
        print(f"{kind:10}{len(ordered):>8}{median:>10.0f}{late:>10.0f}{ordered[-1]:>10.0f}")
    print(f"failures: {len(measured.failures)} {measured.failures[:3]}")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledger")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--reviewers", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=30)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chancery-desk-") as folder:
        place = copied(arguments.ledger, arguments.events, Path(folder))
        with served(place, Path(folder), max(arguments.reviewers, 1)) as address:
            alone, together = asyncio.run(load(address, place, arguments))
        tell("one after another", alone)
        tell(f"{arguments.readers} readers and {arguments.reviewers} reviewers at once", together)
        with open_ledger(place) as ledger:
            kept = defaultdict(int)
            for judgement in ledger.judgements():
                kept[judgement.reviewer] += 1
        lost = sum(number - kept[who] for who, number in together.confirmed.items())
        print(f"judgements confirmed: {sum(together.confirmed.values())}; lost: {lost}")
        sys.exit(1 if lost or together.failures else 0)


if __name__ == "__main__":
    main()
