"""Flows of money and aid with the stages and columns of AidData."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from chancery.analysis.layouts.cells import SEPARATOR
from chancery.analysis.layouts.chosen import Chosen, day_of
from chancery.analysis.layouts.dealt import Dealt, remarks, two_sided
from chancery.analysis.layouts.files import Row
from chancery.deals import stage_of
from chancery.knowledge.layout_data import layout
from chancery.ledger import LedgerEvent
from chancery.records import Amount, DealStage, Event, Party

_DATED: tuple[tuple[str, tuple[str, str]], ...] = (
    ("Implementation", ("Implementation Start Year", "Actual Implementation Start Date (MM/DD/YYYY)")),
    ("Completion", ("Completion Year", "Actual Completion Date (MM/DD/YYYY)")),
)
_PLEDGE = "Pipeline: Pledge"
_CALLED_OFF: frozenset[DealStage] = frozenset(("refused", "withdrawn", "cancelled", "lapsed"))


def no_flow(dealt: Dealt) -> str | None:
    """Why a deal has no place in `aidata`, if it has none."""
    if dealt.gift.instrument not in layout("aidata").words["flows"]:
        return "no flow of money or aid"
    if stage_of_flow(dealt) is None:
        return "in no stage of a flow"
    return two_sided(dealt)


def stage_of_flow(dealt: Dealt) -> str | None:
    """AidData's stage of a deal, if it has one; what was called off must have been held out before."""
    stage = dealt.deal.stage
    told = {stage_of_line(line.event) for line in dealt.lines}
    if stage in _CALLED_OFF and not any(t and t.startswith(("Pipeline", "Impl", "Compl")) for t in told):
        return None
    found = layout("aidata").words["stages"].get(stage)
    return "Pipeline: Commitment" if found == _PLEDGE and "Pipeline: Commitment" in told else found


def stage_of_line(event: Event) -> str | None:
    """AidData's stage of one telling: what is agreed on is committed, what is promised only pledged."""
    stage, words = stage_of(event), layout("aidata").words
    if stage is None:
        return None
    found = words["stages"].get(stage)
    agreed = event.status in ("occurred", "ongoing") and event.act in words["committing"]
    return "Pipeline: Commitment" if found == _PLEDGE and agreed else found


def aidata_rows(chosen: Chosen, deals: Iterable[Dealt]) -> Iterator[Row]:
    """Rows of `aidata`."""
    for dealt in deals:
        for giver, taker in dealt.pairs:
            yield _row(dealt, giver, taker, chosen)


def _row(dealt: Dealt, giver: str, taker: str, chosen: Chosen) -> Row:
    gift, financier, recipient = dealt.gift, chosen.name(giver), chosen.name(taker)
    assert gift.instrument is not None  # `no_flow` left the others out
    reports = list({line.report.id: line.report for line in dealt.lines}.values())
    return {
        "AidData Record ID": dealt.deal.id,
        "Financier Country": financier,
        "Recipient": recipient,
        "Recipient ISO-3": taker,
        "Title": f"{gift.instrument.replace('_', ' ')} from {financier} to {recipient}",
        "Description": chosen.sentence(dealt.lead),
        "Staff Comments": remarks(dealt),
        "Status": stage_of_flow(dealt),
        "Flow Type": layout("aidata").words["flows"][gift.instrument],
        "Funding Agencies": _agents(dealt, giver),
        "Direct Receiving Agencies": _agents(dealt, taker),
        **_sum(dealt),
        **_dates(dealt),
        "Source URLs": _listed(r.url for r in reports),
        "Source Titles": _listed(r.title for r in reports),
        "Source Publishers": _listed(r.publisher for r in reports),
    }


def first_money(event: Event) -> Amount | None:
    """The first sum that is money."""
    return next((a for a in event.amounts if a.currency), None)


def _agents(dealt: Dealt, actor: str) -> str | None:
    parties: Iterator[Party] = (p for n in dealt.lines for p in (*n.event.actors, *n.event.recipients))
    return _listed(p.agent for p in parties if p.id == actor)


def _listed(words: Iterable[str | None]) -> str | None:
    return SEPARATOR.join(dict.fromkeys(word for word in words if word)) or None


def _sum(dealt: Dealt) -> Row:
    """The largest sum in the currency told first; estimated where bounded, told otherwise, or shared."""
    money = [a for a in dealt.gift.amounts if a.currency]
    if not money:
        return {}
    same = [a for a in money if a.currency == money[0].currency]
    most = max(same, key=lambda a: a.value)
    estimated = most.bound or len({a.value for a in same}) > 1 or len(dealt.pairs) > 1
    return {
        "Amount (Original Currency)": most.value,
        "Original Currency": most.currency,
        "Amount Estimated": "Yes" if estimated else "No",
    }


def _dates(dealt: Dealt) -> Row:
    """The first day of each stage that was reached."""
    found: dict[str, str | int | date | None] = {}
    pledged = _first(dealt, lambda stage: stage.startswith("Pipeline"))
    day = day_of(pledged) if pledged else None
    if pledged and day:
        exact = pledged.event.time is not None and pledged.event.time.precision == "day"
        found["Commitment Year"] = day.year
        found["Commitment Date (MM/DD/YYYY)"] = _american(day)
        found["Commitment Date Estimated"] = "No" if exact else "Yes"
    for reached, (year, column) in _DATED:
        line = _first(dealt, reached.__eq__)
        day = day_of(line) if line else None
        if day:
            found[year] = day.year
            found[column] = _american(day)
    return found


def _first(dealt: Dealt, fits: Callable[[str], bool]) -> LedgerEvent | None:
    """The first telling of a stage that fits; a commitment before a pledge, which only leads to it."""
    told = [(stage, line) for line in dealt.lines if (stage := stage_of_line(line.event)) and fits(stage)]
    return next((line for _, line in sorted(told, key=lambda each: each[0] == _PLEDGE)), None)


def _american(day: date) -> str:
    return f"{day:%m/%d/%Y}"
