"""The sets the reader is measured on, each with where it lies and how it is scored.

`examples` is part of the repository and is measured everywhere. The others lie in a folder of gold
and corpora beside the checkout (`../shared`), which not every machine has; they are left out there.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chancery.evaluation import evaluate
from chancery.pipeline import Reader
from chancery.settings import Settings
from evaluation.score import score

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
GOLD = Path(__file__).parent / "examples.jsonl"
EXAMPLES = ROOT / "examples"
_COMMAND = shlex.join([sys.executable, "-m", "chancery", "read"])

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """A set: its name, the folders or files it needs, and the measuring."""

    name: str
    needs: tuple[Path, ...]
    measure: Callable[[], Figures]


def examples() -> Figures:
    """Our own example reports, annotated by hand and trained on by nothing."""
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf8").splitlines()]
    for row in rows:
        row["text"] = (EXAMPLES / row["name"]).read_text(encoding="utf8")
    return score(Reader(Settings()), rows)


def dealings_dev() -> Figures:
    """The held-out texts of the corpus of dealings, whole road."""
    from training.corpus import is_dev, load

    rows = [row for row in load(SHARED / "corpora/raw_news") if is_dev(row["key"])]
    return score(Reader(Settings()), rows)


def reports(gold: str, texts: str) -> Figures:
    """What `score_reports.py` prints for a folder of gold."""
    out = _run("score_reports.py", str(SHARED / gold), str(SHARED / texts))
    made = {}
    for name, p, r, f1 in re.findall(
        r"^(found|strict)\s+P ([\d.]+)\s+R ([\d.]+)\s+F1 ([\d.]+)", out, re.MULTILINE
    ):
        made |= {f"{name} precision": float(p), f"{name} recall": float(r), f"{name} F1": float(f1)}
    for right, said in re.findall(r"^links .*\((\d+) of \d+\), (\d+) said", out, re.MULTILINE):
        made["links precision"] = int(right) / int(said) if int(said) else 0.0
    return made | {name: float(v) for name, v in re.findall(r"^(\w+)\s+([\d.]+)\s+\(", out, re.MULTILINE)}


def plover(kind: str, file: str) -> Figures:
    """What `score_plover.py` prints for records or pairs."""
    out = _run("score_plover.py", kind, str(SHARED / "corpora/events" / file))
    if kind == "pairs":
        return {name: float(v) for name, v in re.findall(r"(accuracy|macro F1)\D+([\d.]+)", out)}
    return {name.strip(): float(v) for name, v in re.findall(r"^(.+?)\s+P .*F1 ([\d.]+)", out, re.MULTILINE)}


def corpus(name: str, file: str) -> Measured:
    """What `chancery evaluate` prints for a file of the corpora."""
    path = SHARED / "corpora" / file
    return Measured(
        f"{name} {path.name.partition('.')[0]}",
        (path,),
        lambda: {figure.name: float(figure.value) for figure in evaluate(name, str(path)).figures},
    )


def _run(scorer: str, *arguments: str) -> str:
    command = [sys.executable, str(SHARED / "eval" / scorer), *arguments, "--command", _COMMAND]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603


SETS: tuple[Measured, ...] = (
    Measured("examples", (GOLD,), examples),
    Measured("gold/seeds", (SHARED / "gold/seeds",), lambda: reports("gold/seeds", "reports")),
    Measured("gold/items", (SHARED / "gold/items",), lambda: reports("gold/items", "gold/texts")),
    Measured("gold/news", (SHARED / "gold/news",), lambda: reports("gold/news", "gold/texts")),
    Measured("dealings dev", (SHARED / "corpora/raw_news",), dealings_dev),
    Measured(
        "plover records",
        (SHARED / "corpora/events/plover_gsr/dev.jsonl",),
        lambda: plover("records", "plover_gsr/dev.jsonl"),
    ),
    Measured(
        "plover pairs",
        (SHARED / "corpora/events/zsp_plv/PLV_train.tsv",),
        lambda: plover("pairs", "zsp_plv/PLV_train.tsv"),
    ),
    corpus("polnear", "attribution/polnear/dev.jsonl.gz"),
    corpus("cameo_ner", "ner/cameo_ner/train.txt"),
    corpus("cameo_class", "events/cameo_class/train.tsv"),
    corpus("gum_dates", "temporal/gum_dates/gum_dates.jsonl"),
    corpus("cqe", "quantities/cqe_newsquant/NewsQuant.json"),
    corpus("cqe", "quantities/cqe_newsquant/currency-model.json"),
)
