"""Recognitions and their price as rows of the brief: label, what, on whose word, event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from chancery.cli.screen import safe
from chancery.records import Status
from chancery.wording.lines import BESIDE, Names, day_words, deed, named, on_whose_word, period

if TYPE_CHECKING:
    from chancery.deals import Deed, Exchange, Favour, Gift
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
_STAGES = ("done", "ahead", "sought", "refused")
NOTHING = "nothing that a report ties to it"


def account_rows(exchanges: Sequence[Exchange], names: Names) -> Iterator[Row]:
    """Of one state: first what it recognized, then what reports tie to that, each act once."""
    for exchange in exchanges:
        yield from _favour_rows(exchange.favour, names)
    gifts = {gift.deed.id: gift for exchange in exchanges for gift in exchange.gifts}.values()
    own = [gift for gift in gifts if gift.by_state]
    had = sorted((g for g in gifts if not g.by_state), key=lambda g: _STAGES.index(g.stage))
    recognized = any(exchange.favour.stage == "done" for exchange in exchanges)
    if recognized and not any(gift.stage == "done" for gift in had):
        yield Text("  got"), safe(NOTHING, "dim"), "", ""
    yield from (_gift_row(gift, names) for gift in (*had, *own))


def about_rows(lines: Iterable[LedgerEvent], names: Names) -> Iterator[Row]:
    """Acts about recognition that are no state's own: asked for, talked over, of an alliance."""
    for line in lines:
        words = line.event.status.replace("_", " ")
        yield _row(words, deed(line.event, names), line, names, "dim")


def _favour_rows(favour: Favour, names: Names) -> Iterator[Row]:
    whom = named(favour.whom, names) or "whom is not told"
    lead = _leading(favour.lead)
    told = sum(len(act.lines) for act in favour.deeds)
    again = f", told {told} times" if told > 1 else ""
    if favour.day is None and favour.ended is favour.lead:
        yield _row("had recognized", whom, lead, names, _COLOURS["done"])
    else:
        label = _RECOGNIZES[favour.lead.status]
        yield _row(label, f"{whom}{_when(lead)}{again}", lead, names, _COLOURS[favour.stage])
    if favour.ended is not None:
        end = _leading(favour.ended)
        yield _row("withdrew it", f"{whom}{_when(end)}", end, names, _COLOURS["refused"])


def _gift_row(gift: Gift, names: Names) -> Row:
    line = _leading(gift.deed)
    tie = BESIDE[gift.kind] if gift.kind else ""
    worded = "" if gift.how == "stated" else ", inferred"
    when = f", {period(line.event.time)}" if line.event.time else ""
    return _row(
        _label(gift), f"{deed(line.event, names)}{when} ({tie}{worded})", line, names, _COLOURS[gift.stage]
    )


def _label(gift: Gift) -> str:
    if gift.by_state:
        return "gave" if gift.stage == "done" else "linked"
    if gift.stage == "done":
        return "got"
    return "asked for" if gift.stage == "sought" else gift.deed.status.replace("_", " ")


def _leading(act: Deed) -> LedgerEvent:
    return next(line for line in act.lines if line.event.id == act.id)


def _when(line: LedgerEvent) -> str:
    if line.event.time is not None:
        return f", {period(line.event.time)}"
    published = line.report.published
    return f", reported {day_words(published)}" if published else ", undated"


def _row(label: str, what: str, line: LedgerEvent, names: Names, style: str) -> Row:
    return (
        Text("  ").append_text(safe(label, style)),
        safe(what),
        safe(on_whose_word(line, names)),
        safe(line.event.id),
    )
