"""Accounts of recognition as rows of the brief: label, what, on whose word, event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text

from chancery.cli.screen import safe
from chancery.records import Status
from chancery.wording.lines import BESIDE, Names, day_words, deed, named, on_whose_word, period

if TYPE_CHECKING:
    from chancery.analysis import Recognition, RecognizerAccount, Return
    from chancery.ledger import LedgerEvent

Row = tuple[str | Text, str | Text, str | Text, str | Text]

_RECOGNIZES: Mapping[Status, str] = {
    "occurred": "recognized",
    "ongoing": "recognizes",
    "planned": "plans to",
    "promised": "promised to",
    "offered": "offered to",
    "expected": "expected to",
    "possible": "might",
    "conditional": "would, if",
    "requested": "asked to",
    "demanded": "pressed to",
    "refused": "refused to",
    "not_occurred": "did not",
}
_COLOURS = {"done": "green", "ahead": "yellow", "sought": "cyan", "refused": "red"}
NOTHING = "nothing that a report ties to it"


def account_rows(account: RecognizerAccount, names: Names) -> Iterator[Row]:
    """First the recognitions, dated ones first; then what came of them."""
    yield from _unrepeated(_recognition_row(r, names) for r in sorted(account.recognitions, key=_order))
    if account.told("done") and not account.received:
        yield Text("  got"), safe(NOTHING, "dim"), "", ""
    parts = (
        ("got", account.received),
        ("", account.due),
        ("asked for", account.sought),
        ("linked", account.rest),
    )
    for label, returns in parts:
        yield from (_return_row(label, r, names) for r in returns)


def about_rows(lines: Iterable[LedgerEvent], names: Names) -> Iterator[Row]:
    """Acts about recognition that are nobody's own: asked for, talked over."""
    for line in lines:
        words = line.event.status.replace("_", " ")
        yield _row(words, deed(line.event, names), line, names, "dim")


def _order(told: Recognition) -> tuple[int, date]:
    """Done before ahead before sought before refused; within a stage by date, undated last."""
    stage = ("done", "ahead", "sought", "refused").index(told.stage)
    return stage, told.when.start if told.when else date.max


def _recognition_row(told: Recognition, names: Names) -> Row:
    whom = named(told.whom, names) or "whom is not told"
    towards = f", as agreed with {named(told.towards, names)}" if told.towards else ""
    label = _RECOGNIZES[told.line.event.status]
    if told.stage == "refused" and told.line.event.status == "occurred":
        label = "refused to"
    return _row(label, f"{whom}{towards}{_when(told)}", told.line, names, _COLOURS[told.stage])


def _when(told: Recognition) -> str:
    if told.when is not None:
        return f", {period(told.when)}"
    published = told.line.report.published
    return f", reported {day_words(published)}" if published else ", undated"


def _return_row(label: str, found: Return, names: Names) -> Row:
    event = found.line.event
    when = f", {period(event.time)}" if event.time else ""
    worded = "" if found.explicit else ", inferred"
    what = f"{deed(event, names)}{when} ({BESIDE[found.kind]}{worded})"
    label = label or event.status.replace("_", " ")
    return _row(label, what, found.line, names, _COLOURS[found.stage])


def _row(label: str, what: str, line: LedgerEvent, names: Names, style: str) -> Row:
    return (
        Text("  ").append_text(safe(label, style)),
        safe(what),
        safe(on_whose_word(line, names)),
        safe(line.event.id),
    )


def _unrepeated(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows of one label and content say both once."""
    before: tuple[str, str] | None = None
    for label, what, word, event in rows:
        shown = (str(label), str(what))
        yield ("", "", word, event) if shown == before else (label, what, word, event)
        before = shown
