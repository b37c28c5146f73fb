"""Events as one plain table: the `events` rows of `chancery.tables`, with their lists in cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chancery.analysis.layouts.cells import joined
from chancery.analysis.layouts.chosen import Chosen, day_of, precision_of
from chancery.analysis.layouts.files import Row
from chancery.ledger import LedgerEvent
from chancery.records import Event, Party


def flat_rows(chosen: Chosen) -> Iterator[Row]:
    """Rows of `csv`."""
    for line in chosen.lines:
        event = line.event
        yield {
            "event": event.id,
            **_report(line),
            "act": event.act,
            "instrument": event.instrument,
            "status": event.status,
            **_side("actor", event.actors, chosen),
            **_side("recipient", event.recipients, chosen),
            "held_by": joined(event.held_by),
            "speakers": joined([s.text for s in event.speakers]),
            "speaker_actors": joined([s.actor for s in event.speakers]),
            **_when_and_where(line),
            **_things(event),
            **_codes(event),
            "trigger": event.trigger_text,
            "trigger_start": event.trigger.start,
            "trigger_end": event.trigger.end,
            "sentence": chosen.sentence(line),
            "sentence_start": event.sentence.start,
            "sentence_end": event.sentence.end,
        }


def _report(line: LedgerEvent) -> Row:
    report = line.report
    return {
        "report": report.id,
        "file": report.file,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published,
        "url": report.url,
        "language": report.language,
        "version": report.version,
        "judgement": line.judgement,
    }


def _side(side: str, parties: Sequence[Party], chosen: Chosen) -> Row:
    return {
        f"{side}s": joined([p.id for p in parties]),
        f"{side}_names": joined([chosen.name(p.id) for p in parties]),
        f"{side}_sectors": joined([p.sector for p in parties]),
        f"{side}_agents": joined([p.agent for p in parties]),
        f"{side}_words": joined([p.text for p in parties]),
    }


def _when_and_where(line: LedgerEvent) -> Row:
    time, place = line.event.time, line.event.place
    return {
        "date": day_of(line),
        "date_precision": precision_of(line),
        "time": time.text if time else None,
        "time_first": time.start if time else None,
        "time_last": time.end if time else None,
        "place": place.text if place else None,
        "country": place.country if place else None,
    }


def _things(event: Event) -> Row:
    sums, goods = event.amounts, event.goods
    return {
        "amounts": joined([a.text for a in sums]),
        "amount_values": joined([a.value for a in sums]),
        "amount_currencies": joined([a.currency or a.unit for a in sums]),
        "amount_lows": joined([a.low for a in sums]),
        "amount_highs": joined([a.high for a in sums]),
        "amount_bounds": joined([a.bound for a in sums]),
        "goods": joined([g.text for g in goods]),
        "goods_counts": joined([g.count for g in goods]),
        "goods_items": joined([g.item for g in goods]),
        "goods_categories": joined([g.category for g in goods]),
    }


def _codes(event: Event) -> Row:
    codes = event.codes
    return {
        "plover_event": codes.plover_event,
        "plover_mode": codes.plover_mode,
        "plover_contexts": joined(codes.plover_contexts),
        "cameo": codes.cameo,
        "quad": codes.quad,
        "intensity": codes.intensity,
        "confidence": event.confidence,
    }
