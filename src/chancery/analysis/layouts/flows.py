"""Who gave what to whom, with the words of those who count it: SIPRI's arms, AidData's flows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

from chancery.analysis.layouts.cells import SEPARATOR
from chancery.analysis.layouts.chosen import Chosen, day_of
from chancery.analysis.layouts.files import Listed, Row
from chancery.knowledge.layout_data import layout
from chancery.ledger import LedgerEvent
from chancery.records import Amount, Event, Goods, Party

_SUPPLYING = ("AID", "COOPERATE")


def no_arms_deal(line: LedgerEvent) -> str | None:
    """Why a line has no place in `sipri`, if it has none."""
    event = line.event
    if event.instrument != "arms":
        return "not about arms"
    if event.act not in _SUPPLYING or event.status not in layout("sipri").words["orders"]:
        return "neither an order nor a delivery"
    return _not_both_sides(event)


def _not_both_sides(event: Event) -> str | None:
    return None if event.actors and event.recipients else "no giver or no taker told"


def sipri_rows(chosen: Chosen) -> Iterator[Listed]:
    """Rows of `sipri` in the order of its columns, three of which have no name."""
    for line in chosen.lines:
        givers, takers = _supply(line.event)
        for giver, taker in product(givers, takers):
            for goods in line.event.goods or (None,):
                yield _sipri_row(line, chosen.name(giver.id), chosen.name(taker.id), goods)


def _supply(event: Event) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Who gives, who takes: whoever buys takes."""
    buys = event.trigger_text.lower() in layout("sipri").words["buying"]
    return (event.recipients, event.actors) if buys else (event.actors, event.recipients)


def _sipri_row(line: LedgerEvent, giver: str, taker: str, goods: Goods | None) -> Listed:
    event, day = line.event, day_of(line)
    delivery = event.act == "AID" and event.status in ("occurred", "ongoing")
    unsure = bool(layout("sipri").words["orders"][event.status])
    year = _bracketed(day.year if day else None, unsure=event.time is None or unsure)
    count = goods.count if goods else None
    ordered = (None, None) if delivery else _bracketed(count, unsure=unsure)
    delivered = _bracketed(count, unsure=event.status == "ongoing") if delivery else (None, None)
    return (
        taker, giver, *((None, None) if delivery else year), *ordered,
        goods.item if goods else None, goods.category if goods else None,
        *delivered, year[0] if delivery else None, None, _comments(line), None, None, None,
    )  # fmt: skip


def _bracketed(value: int | None, *, unsure: bool) -> tuple[str | int | None, str | None]:
    """The cell and the nameless one after it."""
    if value is None or not unsure:
        return value, None
    return f"({value})", "?"


def _comments(line: LedgerEvent) -> str:
    event, report = line.event, line.report
    return SEPARATOR.join(
        part
        for part in (
            f"told as {event.status}",
            *(a.text for a in event.amounts),
            _word_of(event),
            report.publisher,
            report.published.isoformat() if report.published else None,
            f"line {event.id}",
        )
        if part
    )


def _word_of(event: Event) -> str | None:
    return "on the word of " + ", ".join(s.text for s in event.speakers) if event.speakers else None


def stage_of_flow(event: Event) -> str | None:
    """AidData's stage of an act that gives money or aid, if it has one."""
    words = layout("aidata").words
    stage = words["stages"].get(event.status)
    if stage is None or event.status not in ("occurred", "ongoing"):
        return stage
    return words["acts"].get(event.act, stage)


def no_flow(line: LedgerEvent) -> str | None:
    """Why a line has no place in `aidata`, if it has none."""
    event = line.event
    if event.instrument not in layout("aidata").words["flows"]:
        return "no flow of money or aid"
    if stage_of_flow(event) is None:
        return "in no stage of a flow"
    return _not_both_sides(event)


def aidata_rows(chosen: Chosen) -> Iterator[Row]:
    """Rows of `aidata`."""
    for line in chosen.lines:
        for giver, taker in product(line.event.actors, line.event.recipients):
            yield _aidata_row(line, giver, taker, chosen)


def _aidata_row(line: LedgerEvent, giver: Party, taker: Party, chosen: Chosen) -> Row:
    event, report = line.event, line.report
    assert event.instrument is not None  # `no_flow` left the others out
    flow = layout("aidata").words["flows"][event.instrument]
    financier, recipient = chosen.name(giver.id), chosen.name(taker.id)
    said = (*(a.text for a in event.amounts), f"told as {event.act} {event.status}", _word_of(event))
    return {
        "AidData Record ID": event.id,
        "Financier Country": financier,
        "Recipient": recipient,
        "Recipient ISO-3": taker.id,
        "Title": f"{event.instrument.replace('_', ' ')} from {financier} to {recipient}",
        "Description": chosen.sentence(line),
        "Staff Comments": SEPARATOR.join(part for part in said if part),
        "Status": stage_of_flow(event),
        "Flow Type": flow,
        "Funding Agencies": giver.agent,
        "Direct Receiving Agencies": taker.agent,
        **_sum(event),
        **_dates(line),
        "Source URLs": report.url,
        "Source Titles": report.title,
        "Source Publishers": report.publisher,
    }


def first_money(event: Event) -> Amount | None:
    """The first sum that is money."""
    return next((a for a in event.amounts if a.currency), None)


def _sum(event: Event) -> Row:
    money = first_money(event)
    if money is None:
        return {}
    return {
        "Amount (Original Currency)": money.value,
        "Original Currency": money.currency,
        "Amount Estimated": "Yes" if money.bound else "No",
    }


def _dates(line: LedgerEvent) -> Row:
    """The day in the columns of the flow's stage."""
    day, stage = day_of(line), stage_of_flow(line.event)
    if day is None or stage is None:
        return {}
    if stage.startswith("Pipeline"):
        estimated = line.event.time is None or line.event.time.precision != "day"
        return {
            "Commitment Year": day.year,
            "Commitment Date (MM/DD/YYYY)": _american(day),
            "Commitment Date Estimated": "Yes" if estimated else "No",
        }
    begun = {"Implementation": "Implementation Start", "Completion": "Completion"}.get(stage)
    return {f"{begun} Year": day.year, f"Actual {begun} Date (MM/DD/YYYY)": _american(day)} if begun else {}


def _american(day: date) -> str:
    return f"{day:%m/%d/%Y}"
