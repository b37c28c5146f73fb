"""Which lines a reviewer is shown, and in what order: the most doubtful first."""

from __future__ import annotations

from dataclasses import replace

from chancery.ledger import EventQuery, Ledger, LedgerEvent

DOUBTFUL_BELOW = 0.8  # confidence from which a line without a finding is not asked about


def doubtful(ledger: Ledger, query: EventQuery, below: float = DOUBTFUL_BELOW) -> tuple[LedgerEvent, ...]:
    """Lines that nobody has judged: those with a finding first, then by rising confidence.

    Lines as sure as `below` and more are left out, unless a finding is on them.
    """
    marked = {entry.finding.event for entry in ledger.findings() if entry.finding.event}
    lines = ledger.events(replace(query, unjudged=True))
    asked = [line for line in lines if line.event.confidence < below or line.event.id in marked]
    return tuple(sorted(asked, key=lambda n: (n.event.id not in marked, n.event.confidence)))


def latest_doubtful(ledger: Ledger, limit: int, below: float = DOUBTFUL_BELOW) -> tuple[LedgerEvent, ...]:
    """The same lines, the latest read first, at most `limit`; quick however large the ledger is."""
    return ledger.latest_unsure(below, limit)


def judged_by_others(ledger: Ledger, reviewer: str) -> tuple[LedgerEvent, ...]:
    """Lines that others have judged and this reviewer has not, as the reader read them.

    Lines that others added are not among them.
    """
    held = [j for j in ledger.judgements() if j.report is not None and j.verdict != "add"]
    mine = {j.events[0] for j in held if j.reviewer == reviewer}
    others = dict.fromkeys(j.events[0] for j in held if j.events[0] not in mine)
    found = (ledger.as_read(event) for event in others)
    return tuple(line for line in found if line is not None)
