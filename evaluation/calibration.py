"""Fits what `confidence` means: `python -m evaluation.calibration [--write]`.

Reads the held-out texts of the corpus of dealings and asks of each line whether the annotation has the
same act at the same word. Prints how often lines of each confidence are right, for texts the fit has not
seen (it is made on one half and shown on the other), and the weights fitted on all. `--write` puts them into
`events/confidence.yaml`; to be done again whenever the model is another.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from chancery.events.confidence import signs
from chancery.pipeline import Reader
from chancery.records import Event
from chancery.settings import Settings
from evaluation.score import report_of, right
from evaluation.sets import ROOT, SHARED

TARGET = ROOT / "src/chancery/knowledge/events/confidence.yaml"
_RIDGE = 1.0  # holds weights that few lines speak for near nothing
_STEPS = 30  # of Newton's method; it settles in under ten
_BIN = 0.1

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was read: its text's key, its signs, and whether its act is right."""

    key: str
    signs: dict[str, float]
    right: bool


def lines(reader: Reader, rows: Iterable[dict[str, Any]]) -> list[Line]:
    """Each line of each text, compared to the annotation."""
    made = []
    for row in rows:
        free = [g for g in row["events"] if g["trigger"]]
        for event in reader.read(report_of(row)).events:
            gold = next((g for g in free if _meets(g, event)), None)
            if gold is not None:
                free.remove(gold)
            made.append(Line(row["key"], signs(event), gold is not None and right("act", gold, event)))
    return made


def _meets(gold: dict[str, Any], event: Event) -> bool:
    start, end = gold["trigger"]
    return bool(start < event.trigger.end and event.trigger.start < end)


def fit(of: list[Line]) -> Numbers:
    """Intercept and weights, in the order of the signs: logistic regression by Newton's method."""
    table, told = _table(of), np.array([line.right for line in of], np.float64)
    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        chance = _chances(weights, table)
        curve = table.T * (chance * (1 - chance)) @ table + _RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(curve, table.T @ (chance - told) + _RIDGE * weights)
    return weights


def _table(of: list[Line]) -> Numbers:
    return np.array([[1.0, *line.signs.values()] for line in of])


def _chances(weights: Numbers, table: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-(table @ weights))), np.float64)


def reliability(of: list[Line]) -> list[tuple[float, int, float, float]]:
    """By the fit of the other half: least confidence, lines, their mean confidence, the share right."""
    first = [line for line in of if int(line.key[6:8], 16) % 2 == 0]
    second = [line for line in of if int(line.key[6:8], 16) % 2]
    chances, told = np.zeros(0), np.zeros(0)
    for ours, theirs in ((first, second), (second, first)):
        chances = np.concatenate([chances, _chances(fit(ours), _table(theirs))])
        told = np.concatenate([told, [float(line.right) for line in theirs]])
    made = []
    for least in np.arange(0, 1, _BIN):
        inside = (chances >= least) & (chances < least + _BIN)
        if inside.any():
            made.append(
                (float(least), int(inside.sum()), float(chances[inside].mean()), float(told[inside].mean()))
            )
    return made


def written(weights: Numbers, names: Iterable[str], before: str) -> str:
    """The data file with these weights; its comments stay."""
    named = ", ".join(f"{n}: {w:.3f}" for n, w in zip(names, weights[1:], strict=True))
    text = re.sub(r"^intercept: .*$", f"intercept: {weights[0]:.3f}", before, flags=re.MULTILINE)
    return re.sub(r"^weights: .*$", f"weights: {{{named}}}", text, flags=re.MULTILINE)


def main(arguments: list[str]) -> int:
    """The command line; see the module's words."""
    from training.corpus import is_dev, load

    rows = [row for row in load(SHARED / "corpora/raw_news") if is_dev(row["key"])]
    of = lines(Reader(Settings()), rows)
    print(f"{len(of)} lines")
    for least, count, said, told in reliability(of):
        print(f"{least:.1f} to {least + _BIN:.1f}  {count:5} lines  confidence {said:.2f}  right {told:.2f}")
    text = written(fit(of), of[0].signs, Path(TARGET).read_text(encoding="utf8"))
    if "--write" in arguments:
        TARGET.write_text(text, encoding="utf8")
    print(json.dumps(text.splitlines()[-2:]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
