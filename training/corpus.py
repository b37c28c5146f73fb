"""The corpus of dealings: annotations in `training/dealings/`, joined to their texts.

    python -m training.corpus check RAW_NEWS             every line against its text
    python -m training.corpus count RAW_NEWS             the tables of the datasheet
    python -m training.corpus add LINES TEXTS READER     hand-written lines into the corpus
    python -m training.corpus show RAW_NEWS [N]          some lines with their texts

RAW_NEWS is the folder of raw news texts; the repository itself holds annotations only.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chancery.records import ACTS, INSTRUMENTS, LINK_KINDS, STATUSES
from training.lines import Row, lines_of, parse
from training.texts import texts

FOLDER = Path(__file__).parent / "dealings"
ANNOTATIONS = FOLDER / "dealings.jsonl"
DOUBLE = FOLDER / "double_readings.jsonl"  # both readings of the texts read twice, as first written
ROLES = ("actors", "recipients", "speakers", "held_by", "time", "amounts", "goods")
_DEV_SHARE = 15  # in a hundred


def is_dev(key: str) -> bool:
    """The fixed split: 15 texts in 100, by the key's own hash digits, are for measuring."""
    return int(key[:6], 16) % 100 < _DEV_SHARE


def annotations(path: Path = ANNOTATIONS) -> list[Row]:
    """The annotations without their texts."""
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]


def load(raw_news: Path, path: Path = ANNOTATIONS) -> list[Row]:
    """Annotations joined to their texts. Raises `ValueError` where a text is missing or another."""
    rows = annotations(path)
    found = texts(raw_news, (row["key"] for row in rows))
    for row in rows:
        if row["key"] not in found:
            raise ValueError(f"{row['key']}: no such text under {raw_news}")
        row["published"], row["text"] = found[row["key"]]
        if row["sha256"] != _digest(row["text"]):
            raise ValueError(f"{row['key']}: the text is not the one that was annotated")
    return rows


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def without_text(row: Row, reader: str) -> Row:
    """A row as the corpus keeps it: key, hash and annotation, and who read it."""
    return {
        "key": row["key"],
        "source": row["source"],
        "sha256": _digest(row["text"]),
        "reader": reader,
        "events": row["events"],
        "links": row["links"],
    }


def faults(row: Row) -> Iterator[str]:
    """What is wrong with a row that has its text: offsets, words, vocabularies, link ends."""
    text, events = row["text"], row["events"]
    for number, event in enumerate(events, 1):
        where = f"{row['key']} line {number}"
        for value, allowed in (
            (event["act"], ACTS),
            (event["status"], STATUSES),
            (event["instrument"], (None, *INSTRUMENTS)),
        ):
            if value not in allowed:
                yield f"{where}: {value!r} is not in the vocabulary"
        if event["trigger"] is None:
            yield f"{where}: no trigger"
        for span in spans(event):
            start, end = span
            if not 0 <= start < end <= len(text):
                yield f"{where}: {span} is not inside the text"
            elif text[start].isspace() or text[end - 1].isspace() or _inside_word(text, start, end):
                yield f"{where}: {text[start:end]!r} at {start} does not end where words do"
    for link in row["links"]:
        if link["kind"] not in LINK_KINDS or not {link["give"], link["take"]} <= set(range(len(events))):
            yield f"{row['key']}: link {link} names no two lines"


def _inside_word(text: str, start: int, end: int) -> bool:
    return any(0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in (start, end))


def spans(event: Row) -> Iterator[list[int]]:
    """All stretches of text that an annotated act points at."""
    pointed = [event["trigger"], (event["time"] or {}).get("span")]
    for role in ("actors", "recipients", "speakers", "amounts", "goods"):
        pointed += [part["span"] for part in event[role]]
    yield from (span for span in pointed if span)


def counts(rows: list[Row]) -> dict[str, Counter[Any]]:
    """Texts by source and split; acts by act, instrument, status and filled role; links by kind."""
    events = [event for row in rows for event in row["events"]]
    return {
        "source": Counter(row["source"] for row in rows),
        "split": Counter("dev" if is_dev(row["key"]) else "train" for row in rows),
        "texts": Counter("with acts" if row["events"] else "without an act" for row in rows),
        "act": Counter(event["act"] for event in events),
        "instrument": Counter(event["instrument"] or "none" for event in events),
        "status": Counter(event["status"] for event in events),
        "role": Counter(role for event in events for role in ROLES if event[role]),
        "link": Counter(link["kind"] for row in rows for link in row["links"]),
    }


def add(lines: Path, known: list[Row], reader: str, path: Path = ANNOTATIONS) -> int:
    """Appends hand-written lines to the corpus; nothing where one of them is at fault."""
    there = {row["key"] for row in annotations(path)} if path.exists() else set()
    rows, wrong = parse(lines.read_text(encoding="utf8").splitlines(), {row["key"]: row for row in known})
    wrong += [f"{row['key']}: stands in the corpus already" for row in rows if row["key"] in there]
    if wrong:
        raise ValueError("\n".join(wrong))
    with path.open("a", encoding="utf8") as out:
        for row in rows:
            out.write(json.dumps(without_text(row, reader), ensure_ascii=False) + "\n")
    return len(rows)


def main(arguments: list[str]) -> int:
    """The command line; see the module's words."""
    match arguments:
        case ["check", raw]:
            rows = [*load(Path(raw)), *load(Path(raw), DOUBLE)]
            wrong = [fault for row in rows for fault in faults(row)]
            print("\n".join([*wrong, f"{len(rows)} lines, {len(wrong)} faults"]))
            return 1 if wrong else 0
        case ["count", raw]:
            for name, tally in counts(load(Path(raw))).items():
                print(f"{name}: " + ", ".join(f"{k} {n:,}" for k, n in tally.most_common()))
            return 0
        case ["show", raw, *number]:
            draw = random.Random(7)  # noqa: S311 (a reproducible sample)
            for row in draw.sample(load(Path(raw)), int(number[0]) if number else 20):
                print(f"({row['published']}) {row['text']}\n{lines_of(row)}\n")
            return 0
        case ["add", lines, known, reader]:
            given = [json.loads(line) for line in Path(known).read_text(encoding="utf8").splitlines()]
            print(f"{add(Path(lines), given, reader)} texts added")
            return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
