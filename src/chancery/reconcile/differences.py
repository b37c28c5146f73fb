"""Where the accounts of one occurrence part: between its reports, with both passages.

Both sides stay; nothing is decided. A value is compared with those that earlier reports gave, so that the
number of differences grows with the reports, not with their pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from chancery.reconcile.blocking import day_of
from chancery.reconcile.clusters import Placed
from chancery.reconcile.features import same_sum
from chancery.reconcile.parting import Parting, partings
from chancery.reconcile.tellings import Telling
from chancery.reconcile.wares import parted as wares_parted
from chancery.reconcile.wares import wares
from chancery.records import Difference, Event, Link, Occurrence, Side, Span

_STOP = re.compile(r"[.!?][”\"’)]*\s+(?=[“\"A-Z])|\n\n")
_ARMS = frozenset(("arms", "military_cooperation", "agreement", "trade"))
_MOST_REPORTS = 12  # goods and returns are compared between so many reports


def differences(
    occurrence: Occurrence,
    members: Sequence[Placed],
    texts: Mapping[str, str],
    told: Mapping[str, Sequence[Event]],
    links: Mapping[str, Sequence[Link]],
) -> tuple[Difference, ...]:
    """All differences on an occurrence.

    `texts`, `told` and `links` hold text, events and links of each of its reports, by report id.
    """
    if len({m.telling.source.report for m in members}) < 2:
        return ()
    tellings = sorted((m.telling for m in members), key=lambda t: (day_of(t), t.source.report))
    found = [
        *_fields(occurrence, tellings),
        *_goods(occurrence, tellings, texts, told),
        *_returns(occurrence, tellings, told, links),
    ]
    return tuple(dict.fromkeys(found))


def _fields(occurrence: Occurrence, tellings: Sequence[Telling]) -> Iterator[Difference]:
    """On fields of the tellings: each later report with the latest earlier one that says otherwise."""
    copies = _copies(occurrence)
    for i, later in enumerate(tellings):
        done: set[str] = set()
        agreed: set[str] = set()
        for earlier in reversed(tellings[:i]):
            if earlier.source.report == later.source.report:
                continue
            parts = {p.field: p for p in partings(earlier, later)}
            agreed |= _compared(earlier, later) - parts.keys()
            for field, part in parts.items():
                if field not in done and field not in agreed:
                    done.add(field)
                    yield _difference(occurrence, part, (earlier, later), copies)


def _compared(one: Telling, two: Telling) -> set[str]:
    """Fields that both tell: where they do not part on one, they agree."""
    fields = {"status"}
    both = {
        "time": one.dated and two.dated,
        "actors": one.actors and two.actors,
        "recipients": one.recipients and two.recipients,
        "parties": len(one.parties) > 1 and len(two.parties) > 1,
        "amounts": one.event.amounts and two.event.amounts,
        "place": one.event.place and two.event.place,
    }
    return fields | {field for field, told in both.items() if told}


def _copies(occurrence: Occurrence) -> set[frozenset[str]]:
    """Pairs of reports that are of one origin by their words, not only by their publisher."""
    return {
        frozenset(pair)
        for origin in occurrence.origins
        if "nearly the same" in origin.reason or "same words" in origin.reason
        for pair in combinations(origin.reports, 2)
    }


def _difference(
    occurrence: Occurrence, part: Parting, two: tuple[Telling, Telling], copies: set[frozenset[str]]
) -> Difference:
    one, other = two
    kind, reason = part.kind, part.reason
    if frozenset((one.source.report, other.source.report)) in copies and kind != "update":
        kind, reason = "same_origin", f"copies of one story; {reason}"
    sides = (_side(one, part.ours), _side(other, part.theirs))
    return Difference(kind, part.field, occurrence.id, sides, reason)


def _side(telling: Telling, value: str) -> Side:
    return Side(telling.source.report, telling.event.id, value, telling.event.sentence)


def _goods(
    occurrence: Occurrence,
    tellings: Sequence[Telling],
    texts: Mapping[str, str],
    told: Mapping[str, Sequence[Event]],
) -> Iterator[Difference]:
    """On what is delivered or sought, where the occurrence is one of arms or of a contract."""
    if not {t.event.instrument for t in tellings} & _ARMS:
        return
    reports = list(dict.fromkeys(t.source.report for t in tellings))[:_MOST_REPORTS]
    named = {}
    for report in reports:
        if report in texts:
            passages = _passages(report, occurrence, tellings, texts[report], told.get(report, ()))
            named[report] = [w for span in passages for w in wares(texts[report], span)]
    for one, other in combinations([r for r in reports if named.get(r)], 2):
        for ours, theirs, kind, reason in wares_parted(named[one], named[other]):
            sides = tuple(
                Side(report, None, ware.told, _sentence(texts[report], ware.span))
                for report, ware in ((one, ours), (other, theirs))
            )
            yield Difference(kind, "goods", occurrence.id, sides, reason)


def _passages(
    report: str, occurrence: Occurrence, tellings: Sequence[Telling], text: str, told: Sequence[Event]
) -> list[Span]:
    """Paragraphs of a report with a telling of the occurrence, or with arms between its parties."""
    parties = {*occurrence.actors, *occurrence.recipients}
    sentences = [t.event.sentence for t in tellings if t.source.report == report]
    for event in told:
        theirs = {p.id for p in (*event.actors, *event.recipients)}
        if event.instrument in _ARMS and len(parties) > 1 and theirs and theirs <= parties:
            sentences.append(event.sentence)
    return sorted({_paragraph(text, sentence) for sentence in sentences})


def _sentence(text: str, span: Span) -> Span:
    """The sentence around a span, roughly: from the stop before it to the one after."""
    before = [m.end() for m in _STOP.finditer(text, 0, span.start)]
    after = _STOP.search(text, span.end)
    return Span(before[-1] if before else 0, after.start() + 1 if after else len(text))


def _paragraph(text: str, sentence: Span) -> Span:
    start = text.rfind("\n\n", 0, sentence.start)
    end = text.find("\n\n", sentence.end)
    return Span(0 if start < 0 else start + 2, len(text) if end < 0 else end)


def _returns(
    occurrence: Occurrence,
    tellings: Sequence[Telling],
    told: Mapping[str, Sequence[Event]],
    links: Mapping[str, Sequence[Link]],
) -> Iterator[Difference]:
    """On what was given in return for the act: each report's own list, where they have nothing in common."""
    given: dict[str, list[Event]] = {}
    for telling in tellings:
        report = telling.source.report
        events = {e.id: e for e in told.get(report, ())}
        for link in links.get(report, ()):
            give = events.get(link.give)
            answers = link.kind == "in_return_for" and link.take == telling.event.id
            if answers and give is not None and _is_for(give, telling):
                given.setdefault(report, []).append(give)
    given = {report: list({e.id: e for e in events}.values()) for report, events in given.items()}
    for one, other in combinations(list(given)[:_MOST_REPORTS], 2):
        if not any(_alike(a, b) for a in given[one] for b in given[other]):
            sides = tuple(_returned(report, given[report]) for report in (one, other))
            reason = "each report tells of another return; neither says that it was the only one"
            yield Difference("scope", "in return", occurrence.id, sides, reason)


def _is_for(give: Event, telling: Telling) -> bool:
    """Whether a return goes to whoever did the act, as far as its recipients are told."""
    takers = {p.id for p in give.recipients}
    return not takers or not telling.actors or bool(takers & telling.actors)


def _alike(one: Event, other: Event) -> bool:
    """Whether two returns may be one: the same sum, or the same instrument and no sums that part."""
    sums = [(a, b) for a in one.amounts for b in other.amounts]
    if sums:
        return any(same_sum(a, b) for a, b in sums)
    return one.instrument is not None and one.instrument == other.instrument


def _returned(report: str, events: Sequence[Event]) -> Side:
    words = "; ".join(_words(event) for event in events)
    return Side(report, events[0].id, words, events[0].sentence)


def _words(event: Event) -> str:
    things = [event.instrument or event.act, *(a.text for a in event.amounts), *(g.text for g in event.goods)]
    when = f", {event.time.text}" if event.time else ""
    return f"{event.trigger_text}: {', '.join(dict.fromkeys(things))}{when}"
