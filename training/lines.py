"""The line format annotators write, and back; docs in training/dealings/guideline.md.

    # KEY
    trigger ; ACT ; instrument ; actors ; recipients ; status ; held_by ; speakers ; time ; amounts ; goods
    link kind GIVE TAKE "cue"

Words are copied from the text; `word@2` is the second place where these characters stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from chancery.records import ACTS, INSTRUMENTS, LINK_KINDS, STATUSES

Row = dict[str, Any]
FIELDS = 11
_PARTY = re.compile(r"\s*([A-Z][A-Z0-9_]*|-)\[([^\]]*)\]\s*(?:,|$)")
_AMOUNT = re.compile(r"([\d.]+)\s+([A-Z]{3})\[([^\]]*)\]")
_GOODS = re.compile(r"(\d+|\?)\s+([^\[\],]+)\[([^\]]*)\]")
_TIME = re.compile(r"([\d\-/]+)(?:\[(.*)\])?")
_OCCURRENCE = re.compile(r"(.*)@(\d+)")


@dataclass(slots=True)
class _Reader:
    """One text while its lines are read; faults name what was found and what is allowed."""

    row: Row
    faults: list[str] = field(default_factory=list)

    def fault(self, words: str) -> None:
        self.faults.append(f"{self.row['key']}: {words}")

    def span(self, words: str, what: str) -> list[int] | None:
        """Where words stand in the text; None for the empty ones, a fault where they do not stand."""
        words = words.strip()
        if not words:
            return None
        text, count = self.row["text"], 1
        numbered = _OCCURRENCE.fullmatch(words)
        if numbered and words not in text:
            words, count = numbered[1], int(numbered[2])
        at = -1
        for _ in range(count):
            at = text.find(words, at + 1)
        if at < 0:
            self.fault(f"{what} {words!r} does not stand in the text {count} times")
            return None
        end = at + len(words)
        if _cuts_word(text, at) or _cuts_word(text, end):
            self.fault(f"{what} {words!r} at {at} cuts a word; count occurrences inside words too")
        return [at, end]


def _cuts_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def parse(lines: Iterable[str], known: Mapping[str, Row]) -> tuple[list[Row], list[str]]:
    """Annotated rows in the order of the lines, and the faults. `known`: key, published, source, text."""
    rows: list[Row] = []
    faults: list[str] = []
    reader: _Reader | None = None
    for line in (raw.rstrip("\n") for raw in lines):
        if line.startswith("# "):
            key = line[2:].strip()
            reader = None
            if key not in known:
                faults.append(f"{key}: no text has this key")
                continue
            rows.append({k: known[key][k] for k in ("key", "published", "source", "text")})
            rows[-1] |= {"events": [], "links": []}
            reader = _Reader(rows[-1], faults)
        elif line.strip() and reader is not None:
            (_link if line.startswith("link ") else _event)(reader, line)
    for row in rows:
        numbers = range(len(row["events"]))
        faults += [
            f"{row['key']}: a link names line {n + 1}, which is not there"
            for link in row["links"]
            for n in (link["give"], link["take"])
            if n not in numbers
        ]
    return rows, faults


def _link(reader: _Reader, line: str) -> None:
    parts = line.split(None, 4)
    if len(parts) < 4 or parts[1] not in LINK_KINDS or not (parts[2] + parts[3]).isdigit():
        reader.fault(f"{line!r} is no link; a link is: link {'|'.join(LINK_KINDS)} GIVE TAKE cue")
        return
    cue = parts[4].strip().strip('"') if len(parts) > 4 else ""
    found = reader.row["text"].find(cue) if cue else -1
    span = [found, found + len(cue)] if found >= 0 else None
    reader.row["links"].append(
        {"kind": parts[1], "give": int(parts[2]) - 1, "take": int(parts[3]) - 1, "cue": span}
    )


def _event(reader: _Reader, line: str) -> None:
    cells = [cell.strip() for cell in (line + " ").split(" ;")]
    cells += [""] * (FIELDS - len(cells))
    trigger, act, instrument, actors, recipients, status, held, speakers, time, amounts, goods = cells[
        :FIELDS
    ]
    for value, allowed, what in (
        (act, ACTS, "act"),
        (instrument, ("", *INSTRUMENTS), "instrument"),
        (status, STATUSES, "status"),
    ):
        if value not in allowed:
            reader.fault(f"{what} {value!r} is unknown; allowed are {', '.join(allowed)}")
    reader.row["events"].append(
        {
            "trigger": reader.span(trigger, "trigger"),
            "act": act,
            "instrument": instrument or None,
            "actors": list(_parties(reader, actors)),
            "recipients": list(_parties(reader, recipients)),
            "status": status,
            "held_by": [h.strip() for h in held.split(",") if h.strip()],
            "speakers": list(_speakers(reader, speakers)),
            "time": _time(reader, time),
            "amounts": [
                {"value": float(m[1]), "currency": m[2], "span": reader.span(m[3], "amount")}
                for m in _AMOUNT.finditer(amounts)
            ],
            "goods": [
                {
                    "count": None if m[1] == "?" else int(m[1]),
                    "item": m[2].strip(),
                    "span": reader.span(m[3], "goods"),
                }
                for m in _GOODS.finditer(goods)
            ],
        }
    )


def _parties(reader: _Reader, cell: str) -> Iterator[Row]:
    for match in _PARTY.finditer(cell):
        yield {"id": None if match[1] == "-" else match[1], "span": reader.span(match[2], "party")}
    if _PARTY.sub("", cell).strip():
        reader.fault(f"parties {cell!r} are not understood; a party is ID[words]")


def _speakers(reader: _Reader, cell: str) -> Iterator[Row]:
    for said in (part for part in re.split(r",\s(?=[^,]*=)", cell) if part.strip()):
        words, equals, actor = said.rpartition("=")
        if not equals:
            reader.fault(f"speaker {said!r} is not understood; a speaker is words=ID")
            continue
        yield {"actor": actor.strip() or None, "span": reader.span(words, "speaker")}


def _time(reader: _Reader, cell: str) -> Row | None:
    match = _TIME.fullmatch(cell) if cell else None
    if cell and match is None:
        reader.fault(f"time {cell!r} is not understood; a time is 2009-10[next month]")
    if match is None:
        return None
    words = match[2] or ""
    return {"value": match[1], "span": reader.span(words, "time")}


def lines_of(row: Row) -> str:
    """A row with its text as annotators would have written it."""
    text = row["text"]
    made = [f"# {row['key']}"]
    for event in row["events"]:
        cells = [
            _words(text, event["trigger"]),
            event["act"],
            event["instrument"] or "",
            ", ".join(f"{p['id'] or '-'}[{_words(text, p['span'])}]" for p in event["actors"]),
            ", ".join(f"{p['id'] or '-'}[{_words(text, p['span'])}]" for p in event["recipients"]),
            event["status"],
            ", ".join(event["held_by"]),
            ", ".join(f"{_words(text, s['span'])}={s['actor'] or ''}" for s in event["speakers"]),
            f"{event['time']['value']}[{_words(text, event['time']['span'])}]" if event["time"] else "",
            ", ".join(
                f"{a['value']:.12g} {a['currency']}[{_words(text, a['span'])}]" for a in event["amounts"]
            ),
            ", ".join(
                f"{'?' if g['count'] is None else g['count']} {g['item']}[{_words(text, g['span'])}]"
                for g in event["goods"]
            ),
        ]
        made.append(" ; ".join(cells).rstrip(" ;"))
    for link in row["links"]:
        cue = _words(text, link["cue"]) if link["cue"] else ""
        made.append(f'link {link["kind"]} {link["give"] + 1} {link["take"] + 1} "{cue}"')
    return "\n".join(made)


def _words(text: str, span: list[int] | None) -> str:
    if not span:
        return ""
    words, at, count = text[span[0] : span[1]], -1, 0
    while at < span[0]:
        at = text.find(words, at + 1)
        count += 1
    return words if count == 1 else f"{words}@{count}"
