"""Agreement of two readers: `python -m training.agreement RAW_NEWS`.

The two readings of every text that was read twice are compared as they were first written, before
they were settled. Acts are matched by overlapping triggers. Strict F1 counts an act of either reader as
agreed where the other has one with the same trigger (and fields); Krippendorff's alpha (nominal,
package `krippendorff`) is over the matched acts, and for `trigger` over all words of the texts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chancery.language.words import make_tokenizer
from training.corpus import DOUBLE, load
from training.lines import Row

Value = Callable[[Row], object]


def _ids(role: str) -> Value:
    return lambda event: tuple(sorted({p["id"] or "-" for p in event[role]}))


FIELDS: dict[str, Value] = {
    "act": lambda e: e["act"],
    "instrument": lambda e: e["instrument"],
    "status": lambda e: e["status"],
    "actors": _ids("actors"),
    "recipients": _ids("recipients"),
    "held_by": lambda e: tuple(sorted(e["held_by"])),
    "speakers": lambda e: tuple(sorted({s["actor"] or "-" for s in e["speakers"]})),
    "amounts": lambda e: tuple(sorted((a["value"], a["currency"]) for a in e["amounts"])),
}
WHOLE = ("act", "status", "actors", "recipients")


@dataclass(slots=True)
class Tally:
    """What two readers said of the same texts: matched acts, all acts, and the words of triggers."""

    pairs: list[tuple[Row, Row]] = field(default_factory=list)
    first: int = 0
    second: int = 0
    words: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    links: list[int] = field(default_factory=lambda: [0, 0, 0])


def matched(one: Row, other: Row) -> Iterator[tuple[Row, Row]]:
    """Acts of two readings whose triggers overlap, each used once, in reading order."""
    free = list(other["events"])
    for event in one["events"]:
        start, end = event["trigger"]
        twin = next((e for e in free if e["trigger"][0] < end and start < e["trigger"][1]), None)
        if twin is not None:
            free.remove(twin)
            yield event, twin


def tally(pairs: list[tuple[Row, Row]]) -> Tally:
    """The tally over texts read twice."""
    total, tokenizer = Tally(), make_tokenizer()
    for one, other in pairs:
        both = list(matched(one, other))
        total.pairs += both
        total.first += len(one["events"])
        total.second += len(other["events"])
        for token in tokenizer(one["text"]):
            for side, row in zip(total.words, (one, other), strict=True):
                side.append(int(any(s <= token.idx < e for s, e in (v["trigger"] for v in row["events"]))))
        linked = [{(_at(row, k["give"]), _at(row, k["take"])) for k in row["links"]} for row in (one, other)]
        for i, number in enumerate((len(linked[0] & linked[1]), len(linked[0]), len(linked[1]))):
            total.links[i] += number
    return total


def _at(row: Row, number: int) -> int:
    return int(row["events"][number]["trigger"][0])


def table(total: Tally) -> list[tuple[str, float, float]]:
    """Rows of field, strict F1 and alpha. F1 of a field counts acts found by both with that field alike."""
    both = total.first + total.second
    rows = [("trigger", 2 * len(total.pairs) / both, _alpha(list(total.words)))]
    for name, value in FIELDS.items():
        coded = [[value(e) for e in side] for side in zip(*total.pairs, strict=True)]
        alike = sum(a == b for a, b in zip(*coded, strict=True))
        rows.append((name, alike / len(total.pairs), _alpha(coded)))
    whole = sum(all(FIELDS[f](a) == FIELDS[f](b) for f in WHOLE) for a, b in total.pairs)
    rows.append(("whole line", 2 * whole / both, float("nan")))
    hits, first, second = total.links
    rows.append(("links", 2 * hits / (first + second) if first + second else 1.0, float("nan")))
    return rows


def _alpha(sides: list[list[Any]]) -> float:
    import krippendorff

    codes: dict[object, int] = {}
    numbered = [[codes.setdefault(value, len(codes)) for value in side] for side in sides]
    if len(codes) < 2:
        return 1.0
    return float(krippendorff.alpha(reliability_data=numbered, level_of_measurement="nominal"))


def main() -> None:
    """Prints the table of the datasheet."""
    readings: dict[str, list[Row]] = {}
    for row in load(Path(sys.argv[1]), DOUBLE):
        readings.setdefault(row["key"], []).append(row)
    pairs = [(first, second) for first, second in readings.values()]
    total = tally(pairs)
    print(f"{len(pairs)} texts, {total.first} and {total.second} acts, {len(total.pairs)} matched")
    for name, f1, alpha in table(total):
        print(f"| {name} | {f1:.3f} | {alpha:.3f} |")


if __name__ == "__main__":
    main()
