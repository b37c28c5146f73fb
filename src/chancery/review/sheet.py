"""A report as it lies on the desk: its text, its lines as people left them, doubts, and who judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from chancery.ledger import (
    EventQuery,
    Judgement,
    Ledger,
    LedgerEvent,
    LedgerFinding,
    LedgerLink,
    ReportEntry,
)
from chancery.records import Event
from chancery.review.doubts import DOUBTFUL_BELOW

State = Literal["read", "accepted", "corrected", "added", "rejected"]
_STATES: Mapping[str, State] = {
    "accept": "accepted", "correct": "corrected", "add": "added", "reject": "rejected",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line: as it stands, or, where it was rejected, as it stood.

    `judgements` are those that hold, the latest last; the latest decides.
    """

    event: Event
    report: ReportEntry
    state: State
    judgements: tuple[Judgement, ...]
    doubts: tuple[LedgerFinding, ...]

    @property
    def doubtful(self) -> bool:
        """Whether somebody should look at it: nobody has, and it is unsure or a doubt is on it."""
        return self.state == "read" and (bool(self.doubts) or self.event.confidence < DOUBTFUL_BELOW)

    @property
    def line(self) -> LedgerEvent:
        """As the ledger lists it."""
        return LedgerEvent(self.event, self.report, self.judgements[-1].id if self.judgements else None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of one report; `doubts` are those on no line, `reviewers` how many lines each has judged."""

    report: ReportEntry
    text: str
    lines: tuple[SheetLine, ...]
    links: tuple[LedgerLink, ...]
    doubts: tuple[LedgerFinding, ...]
    reviewers: Mapping[str, int]

    def line(self, event: str) -> SheetLine | None:
        """The line of that id."""
        return next((line for line in self.lines if line.event.id == event), None)


def sheet(ledger: Ledger, report: str) -> Sheet:
    """The report of that id. Raises `ReportUnknown`."""
    entry, text = ledger.report(report), ledger.text(report)
    judged: dict[str, list[Judgement]] = {}
    for judgement in ledger.judgements_in(report):
        judged.setdefault(judgement.events[0], []).append(judgement)
    doubts = ledger.findings_on(report)
    lines = sorted(_lines(ledger, entry, judged, doubts), key=lambda n: (n.event.trigger, n.event.id))
    shown = {line.event.id for line in lines}
    return Sheet(
        report=entry,
        text=text,
        lines=tuple(lines),
        links=tuple(k for k in ledger.links_of(report) if {k.link.give, k.link.take} <= shown),
        doubts=tuple(d for d in doubts if d.finding.event not in shown),
        reviewers=_reviewers(judged),
    )


def _lines(
    ledger: Ledger,
    entry: ReportEntry,
    judged: Mapping[str, list[Judgement]],
    doubts: tuple[LedgerFinding, ...],
) -> Iterator[SheetLine]:
    on_line: dict[str | None, list[LedgerFinding]] = {}
    for doubt in doubts:
        on_line.setdefault(doubt.finding.event, []).append(doubt)
    # ids of reports are of one length, so that the beginning of one is no other
    for line in ledger.events(EventQuery(report=entry.id)):
        of = judged.get(line.event.id, [])
        state = _STATES[of[-1].verdict] if of else "read"
        yield SheetLine(line.event, entry, state, tuple(of), tuple(on_line.get(line.event.id, ())))
    for of in judged.values():
        last = of[-1]
        if last.verdict == "reject" and last.before is not None:
            found = tuple(on_line.get(last.before.id, ()))
            yield SheetLine(last.before, entry, "rejected", tuple(of), found)


def _reviewers(judged: Mapping[str, list[Judgement]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for of in judged.values():
        for reviewer in {j.reviewer for j in of}:
            counts[reviewer] = counts.get(reviewer, 0) + 1
    return dict(sorted(counts.items()))
