"""All that there is to tell of one line, as rows of a label and words; terminal and page show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from chancery.records import Amount, Codes, Event, Goods, Occurrence, Party, Reason, Time
from chancery.wording.lines import (
    NOBODY,
    Names,
    act_words,
    day_words,
    in_words,
    listed,
    named,
    number,
    on_whose_word,
    period,
    tie,
)
from chancery.wording.occurrences import origins_words

if TYPE_CHECKING:
    from chancery.analysis import Evidence
    from chancery.ledger import Judgement, LedgerEvent, Original

Row = tuple[str, str]


def facts(event: Event, names: Names) -> Iterator[Row]:
    """What the line says."""
    yield "act", f"{event.act}: {act_words(event.act, event.instrument)}"
    yield "status", event.status.replace("_", " ")
    yield "by", _parties(event.actors, names) or NOBODY
    if event.recipients:
        yield "to or for", _parties(event.recipients, names)
    if event.held_by:
        yield "held by", named(event.held_by, names)
    if event.time:
        yield "when", _time(event.time)
    if event.place:
        country = names.get(event.place.country or "", event.place.country)
        yield "where", event.place.text + (f" ({country})" if country else "")
    for amount in event.amounts:
        yield "amount", _amount(amount)
    for goods in event.goods:
        yield "goods", _goods(goods)


def _parties(parties: tuple[Party, ...], names: Names) -> str:
    return listed(_party(p, names) for p in parties)


def _party(party: Party, names: Names) -> str:
    facts = [party.id, party.sector, party.agent and f"through {party.agent}"]
    worded = f'as "{party.text}"' if party.text else None
    known = ", ".join(f for f in (*facts, worded) if f)
    return f"{names.get(party.id, party.id)} ({known})"


def _time(time: Time) -> str:
    return f'{period(time)}, as "{time.text}" ({time.start} to {time.end}, {time.precision})'


def _amount(amount: Amount) -> str:
    unit = amount.currency or amount.unit or ""
    low = "" if amount.low is None else f", at least {number(amount.low)}"
    high = "" if amount.high is None else f", at most {number(amount.high)}"
    bound = f", {amount.bound.replace('_', ' ')}" if amount.bound else ""
    return f"{unit} {number(amount.value)}{bound}{low}{high}, as {_quoted(amount.text)}".strip()


def _goods(goods: Goods) -> str:
    facts = [goods.item, goods.category, None if goods.count is None else f"count {goods.count}"]
    return f"{', '.join(f for f in facts if f)}, as {_quoted(goods.text)}"


def _quoted(words: str) -> str:
    return f'"{words}"'


def source(found: Evidence, names: Names) -> Iterator[Row]:
    """On whose word the line stands, and the report that tells it."""
    line, report = found.line, found.line.report
    own = "" if line.event.speakers else ", in its own words"
    yield "on whose word", on_whose_word(line, names) + own
    for occurrence in found.occurrences:
        yield "told by", origins_words(occurrence) + _tied(occurrence)
    yield "report", f"{report.title or report.file} ({report.id})"
    yield "publisher", report.publisher or "not told"
    yield "published", day_words(report.published) if report.published else "not told"
    yield "file", report.file
    if report.url:
        yield "address", report.url
    yield "sha256", found.sha256
    yield "read", f"{report.read_at:%Y-%m-%d %H:%M} UTC by {report.version}"
    yield "confidence", f"{line.event.confidence:.2f}"


def taken_from(kept: Iterable[Original]) -> Iterator[Row]:
    """The pages, papers or mails that a report was taken from and that are kept."""
    for original in kept:
        charset = f", {original.charset}" if original.charset else ""
        yield (
            "taken from",
            f"{original.media_type}{charset}, {original.size:,} bytes, sha256 {original.sha256}",
        )


def _tied(occurrence: Occurrence) -> str:
    """What makes several reports one origin."""
    why = dict.fromkeys(o.reason for o in occurrence.origins if len(o.reports) > 1)
    return f" ({'; '.join(why)})" if why else ""


def codes(codes: Codes) -> Iterator[Row]:
    """The codes that follow from it."""
    mode = f", mode {codes.plover_mode}" if codes.plover_mode else ""
    contexts = f", contexts {', '.join(codes.plover_contexts)}" if codes.plover_contexts else ""
    yield "PLOVER", f"{codes.plover_event}{mode}{contexts}"
    yield "CAMEO", f"{codes.cameo or 'none'}, quad {codes.quad}, intensity {codes.intensity:+.1f}"


def sections(found: Evidence, names: Names) -> Iterator[tuple[str, list[Row]]]:
    """What else there is to tell, under its headings; empty ones are left out, but for links."""
    reasons: list[Row] = [(r.field, _reason(r)) for r in found.line.event.reasons]
    parts: tuple[tuple[str, list[Row]], ...] = (
        ("links", list(_links(found, names)) or [("", "no other event is tied to it")]),
        ("told as well", [*_others(found.merged, names), *_others(found.alike, names, "alike")]),
        ("doubts", [(f.finding.kind.replace("_", " "), f.finding.message) for f in found.doubts]),
        ("judgements", [(_verdict(j), judged_words(j)) for j in found.judgements]),
        ("reasons", reasons),
    )
    yield from ((heading, rows) for heading, rows in parts if rows)


def _links(found: Evidence, names: Names) -> Iterator[Row]:
    for tied in found.ties:
        link = tied.link.link
        other = link.take if tied.is_give else link.give
        words = in_words(tied.other.event, names) if tied.other else "a line that no longer stands"
        told = f"told by {_quoted(tied.link.text)}" if link.explicit else "inferred, not worded"
        yield tie(link.kind, is_give=tied.is_give), f"{words} ({other}); {told}; {link.reason}"


def _others(lines: Iterable[LedgerEvent], names: Names, how: str = "the same act") -> Iterator[Row]:
    for line in lines:
        words = f"{in_words(line.event, names)} ({line.event.id}); {on_whose_word(line, names)}"
        yield how, words


def _verdict(judgement: Judgement) -> str:
    return f"{judgement.made_at:%Y-%m-%d %H:%M}"


def judged_words(judgement: Judgement) -> str:
    """Who judged what, before and after, why, and whether it still holds."""
    parts = [f"{judgement.reviewer}: {_what(judgement)}"]
    if judgement.why:
        parts.append(_quoted(judgement.why))
    parts.append(f"codebook {judgement.codebook}")
    if judgement.closed_at is not None:
        ended = (judgement.closed_why or "closed").replace("_", " ")
        parts.append(f"{ended} {judgement.closed_at:%Y-%m-%d %H:%M}")
    return "; ".join(parts)


def _what(judgement: Judgement) -> str:
    from chancery.ledger import differing
    from chancery.ledger import in_words as value

    before, after = judgement.before, judgement.after
    if judgement.verdict in ("merge", "split"):
        return f"{judgement.verdict} of {', '.join(judgement.events)}"
    if judgement.verdict != "correct" or before is None or after is None:
        return judgement.verdict
    changes = [f"{f} {value(before, f)} -> {value(after, f)}" for f in differing(before, after)]
    return "correct: " + ", ".join(changes or ["its words"])


def _reason(reason: Reason) -> str:
    score = "" if reason.score is None else f" ({reason.score:.2f})"
    return f"{reason.source}: {reason.detail}{score}"
