"""A ledger's reports set beside each other: what is new finds its place, what has changed is placed anew.

Work goes report by report in the order of their days, some at a time, each time whole or not at all; who is
stopped on the way goes on where it stopped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from chancery.knowledge.reconcile_data import reconcile_version
from chancery.ledger import Desk, Ledger, NewMember, PlacedLine, RosterEntry
from chancery.reconcile.accounts import occurrence
from chancery.reconcile.blocking import keys
from chancery.reconcile.clusters import Book, Placed, Rulings, occurrence_id
from chancery.reconcile.differences import differences
from chancery.reconcile.rosters import Roster, parted, rosters
from chancery.reconcile.tellings import Source, Telling, tellings
from chancery.records import Difference, Occurrence, Reason

REPORTS = 200  # in one transaction
_MOST_ROSTERS = 20  # of an organization each list is compared with so many others
ALGORITHM = "2"  # another number where the same weights would place otherwise


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What reconciling did: reports looked at, tellings placed, and how many of these joined others."""

    reports: int
    placed: int
    joined: int


def version() -> str:
    """Of the way in which reports are set beside each other."""
    return f"{ALGORITHM}+{reconcile_version()}"


def reconcile(
    ledger: Ledger, *, again: bool = False, tell: Callable[[int, int], None] | None = None
) -> Reconciled:
    """Set a ledger's reports beside each other, as far as they are new or have changed; `again` does all.

    `tell` is told how many reports of how many are done.
    """
    rulings = _rulings(ledger)
    made: list[Placed] = []
    with ledger.desk() as desk:
        if again:
            desk.open_anew()
        found = desk.everything() if again else desk.unreconciled()
        opened = _dissolved(desk, found.judged)
        made += _Round(desk, rulings).run(opened)
    for done, some in _some(found.reports):
        with ledger.desk() as desk:
            made += _Round(desk, rulings).run(some)
        if tell is not None:
            tell(done, len(found.reports))
    if found.reports or found.judged:
        with ledger.desk() as desk:
            desk.finish(found, version())
    joined = sum(placed.score is not None for placed in made)
    return Reconciled(len({*found.reports, *opened}), len(made), joined)


def _some(reports: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Some reports at a time, with how many are done after them."""
    for at in range(0, len(reports), REPORTS):
        some = reports[at : at + REPORTS]
        yield at + len(some), some


def _rulings(ledger: Ledger) -> Rulings:
    """What people say of sets of events, in the order in which they said it."""
    rulings = Rulings()
    for judgement in ledger.judgements():
        if judgement.verdict in ("merge", "split"):
            rulings.add(judgement.events, judgement.reviewer, merge=judgement.verdict == "merge")
    return rulings


def _dissolved(desk: Desk, judged: Collection[str]) -> list[str]:
    """Reports of the occurrences on which people have said something new: their tellings are placed anew."""
    members = desk.members_of(desk.places_of(judged))
    desk.close_members([m.member for m in members if m.member is not None])
    desk.settle({m.occurrence for m in members if m.occurrence}, ())
    desk.part({m.occurrence for m in members if m.occurrence}, ())
    return list(dict.fromkeys(m.line.report.id for m in members))


class _Round:
    """Some reports, placed in one transaction."""

    def __init__(self, desk: Desk, rulings: Rulings) -> None:
        self._desk = desk
        self._book = Book(rulings)
        self._readings: dict[str, int] = {}

    def run(self, reports: Sequence[str]) -> list[Placed]:
        """Give what these reports tell its places, and say anew what has changed by it."""
        lines = self._desk.standing(reports)
        held = {line.member for line in lines if line.member is not None}
        places = self._desk.places(reports)
        stale = {number: occurrence for number, occurrence in places.items() if number not in held}
        self._desk.close_members(stale)
        wanted = self._wanted(lines)
        made = self._place(wanted)
        touched = {*stale.values(), *(p.occurrence for p in made)}
        self._settle(touched)
        self._list_members(reports)
        return made

    def _wanted(self, lines: Iterable[PlacedLine]) -> list[Telling]:
        """The tellings of lines that have no place yet."""
        wanted: list[Telling] = []
        for line in lines:
            if line.member is None:
                self._readings[line.line.event.id] = line.reading
                wanted.extend(_tellings(line))
        return wanted

    def _place(self, wanted: Sequence[Telling]) -> list[Placed]:
        met = {key for telling in wanted for key in keys(telling)}
        near = self._desk.met_by(met) | {occurrence_id(telling) for telling in wanted}
        near |= self._desk.places_of(
            {o for t in wanted for o in self._book.rulings.by_event.get(t.event.id, ())}
        )
        self._take(near)
        made = self._book.join(wanted)
        self._desk.add_members(
            [
                NewMember(p.occurrence, p.member, self._readings[p.telling.event.id], keys(p.telling))
                for p in made
            ]
        )
        return made

    def _take(self, occurrences: Collection[str]) -> None:
        """Put into the book what has a place already."""
        for line in self._desk.members_of({o for o in occurrences if o not in self._book.of}):
            for telling in _tellings(line):
                if (telling.part or "") == (line.part or "") and line.occurrence is not None:
                    reasons = tuple(Reason(*parts) for parts in json.loads(line.reasons))
                    self._book.put(Placed(line.occurrence, telling, line.score, reasons))

    def _settle(self, touched: Collection[str]) -> None:
        """Tell the occurrences anew that have won or lost tellings, and where their accounts part."""
        self._take(touched)
        members = {id: self._book.of[id] for id in touched if self._book.of.get(id)}
        several = {
            p.telling.source.report
            for placed in members.values()
            if len({p.telling.source.report for p in placed}) > 1
            for p in placed
        }
        texts, told, links = self._desk.texts(several), self._desk.told(several), self._desk.links(several)
        made: list[Occurrence] = []
        parts: list[Difference] = []
        for placed in members.values():
            made.append(occurrence(placed, texts))
            parts.extend(differences(made[-1], placed, texts, told, links))
        self._desk.settle(set(touched) - members.keys(), made)
        self._desk.part(touched, parts)

    def _list_members(self, reports: Sequence[str]) -> None:
        """Keep the lists of members that the reports give, and say where lists part."""
        mentions = self._desk.mentions(reports)
        texts = self._desk.texts(mentions)
        found = [r for id, named in mentions.items() for r in rosters(id, None, texts[id], named)]
        if not found and not self._desk.lists_members(reports):
            return
        self._desk.list_members(
            reports,
            [
                RosterEntry(
                    r.report, None, r.organization, tuple(zip(r.members, r.names, strict=True)), r.span
                )
                for r in found
            ],
        )
        for organization in dict.fromkeys(r.organization for r in found):
            self._compare(organization)

    def _compare(self, organization: str) -> None:
        lists = [_roster(entry) for entry in self._desk.rosters(organization)]
        made = []
        for i, later in enumerate(lists):
            for earlier in reversed(lists[max(0, i - _MOST_ROSTERS) : i]):
                difference = parted(earlier, later) if earlier.report != later.report else None
                if difference is not None:
                    made.append(difference)
                    break
        self._desk.part({f"members:{organization}"}, made)


def _tellings(line: PlacedLine) -> tuple[Telling, ...]:
    report = line.line.report
    return tellings(line.line.event, Source(report.id, report.publisher, report.published), line.sentence)


def _roster(entry: RosterEntry) -> Roster:
    ids, names = (tuple(pair[i] for pair in entry.members) for i in (0, 1))
    return Roster(entry.report, entry.published, entry.organization, ids, names, entry.span)
