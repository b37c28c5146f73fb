"""`chancery show`: one event, its sentence, who says so, its links, and every reason."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from chancery.cli import values
from chancery.cli.screen import Column, Screen, is_plain, safe, screen, status_text, table
from chancery.cli.wording import (
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
from chancery.errors import UsageError
from chancery.records import Amount, Codes, Event, Goods, Party, Reason, Span, Time

if TYPE_CHECKING:
    from chancery.ledger import Ledger, LedgerEvent

Row = tuple[str, str | Text]
_PAIRED = (Column("", width=20), Column("", ratio=1))


def show_event(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or how it begins.")],
    ledger: Annotated[
        str | None, typer.Option(metavar="PLACE", help="The ledger (default chancery.db).")
    ] = None,
) -> None:
    """Shows one event with its evidence.

    The event in words; its sentence with act and parties marked; on whose word; report, codes,
    links to other events, doubts, and every reason of the reader. On a terminal marks are
    colours; in a pipe they are brackets that say what is marked.
    """
    from chancery.ledger import open_ledger

    if not event.strip():
        raise UsageError("EVENT is empty; `chancery events` lists the ids")
    with open_ledger(values.settings_with(ledger).ledger) as opened:
        line = opened.event(event.strip())
        names = opened.actor_names()
        text = opened.text(line.report.id)
        out = screen()
        out.show(
            safe(f"{line.event.id}: {in_words(line.event, names)}", "bold"),
            "",
            marked(line.event, text, plain=is_plain(sys.stdout)),
            "",
        )
        rows = [*_facts(line.event, names), *_source(line, names), *_codes(line.event.codes)]
        out.show(table(_PAIRED, rows))
        _print_rest(out, opened, line, names)


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    what: str
    style: str


def _marks(event: Event) -> Iterator[_Mark]:
    """The act first: where two marks overlap, the one named first stays."""
    yield _Mark(event.trigger, "act", "bold yellow")
    sides = ((event.actors, "by", "bold green"), (event.recipients, "to", "bold cyan"))
    for parties, what, style in sides:
        for p in parties:
            if p.span is not None:
                yield _Mark(p.span, f"{what} {p.id}", style)
    for s in event.speakers:
        yield _Mark(s.span, f"says {s.actor}" if s.actor else "says", "bold magenta")
    if event.time is not None:
        yield _Mark(event.time.span, "when", "bold blue")


def marked(event: Event, text: str, *, plain: bool) -> Text:
    """The event's sentence with its marks: colours, or `[words: what]` where `plain`."""
    kept: list[_Mark] = []
    for mark in _marks(event):
        within = event.sentence.covers(mark.span) and mark.span.start < mark.span.end
        if within and not any(mark.span.overlaps(other.span) for other in kept):
            kept.append(mark)
    made, at = Text("  "), event.sentence.start
    for mark in sorted(kept, key=lambda m: m.span):
        words = _flat(mark.span.of(text))
        made.append(_flat(text[at : mark.span.start]))
        made.append(f"[{words}: {_flat(mark.what)}]" if plain else words, mark.style)
        at = mark.span.end
    return made.append(_flat(text[at : event.sentence.end]))


def _flat(words: str) -> str:
    """Safe words that keep the blank at either end."""
    left = " " if words[:1].isspace() else ""
    right = " " if words[-1:].isspace() and words.strip() else ""
    return f"{left}{safe(words).plain}{right}"


def _facts(event: Event, names: Names) -> Iterator[Row]:
    yield "act", f"{event.act}: {act_words(event.act, event.instrument)}"
    yield "status", status_text(event.status)
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


def _source(line: LedgerEvent, names: Names) -> Iterator[Row]:
    report = line.report
    own = "" if line.event.speakers else ", in its own words"
    yield "on whose word", on_whose_word(line, names) + own
    yield "report", f"{report.title or report.file} ({report.id})"
    yield "publisher", report.publisher or "not told"
    yield "published", day_words(report.published) if report.published else "not told"
    yield "file", report.file
    if report.url:
        yield "address", report.url
    yield "read", f"{report.read_at:%Y-%m-%d %H:%M} UTC by {report.version}"
    yield "confidence", f"{line.event.confidence:.2f}"


def _codes(codes: Codes) -> Iterator[Row]:
    mode = f", mode {codes.plover_mode}" if codes.plover_mode else ""
    contexts = f", contexts {', '.join(codes.plover_contexts)}" if codes.plover_contexts else ""
    yield "PLOVER", f"{codes.plover_event}{mode}{contexts}"
    yield "CAMEO", f"{codes.cameo or 'none'}, quad {codes.quad}, intensity {codes.intensity:+.1f}"


def _print_rest(out: Screen, ledger: Ledger, line: LedgerEvent, names: Names) -> None:
    parts = (
        ("links", list(_links(ledger, line, names)) or [("", "no other event is tied to it")]),
        ("doubts", list(_doubts(ledger, line))),
        ("reasons", [(r.field, _reason(r)) for r in line.event.reasons]),
    )
    for heading, rows in parts:
        if rows:
            out.show("", safe(heading, "bold"), table(_PAIRED, rows))


def _links(ledger: Ledger, line: LedgerEvent, names: Names) -> Iterator[Row]:
    shown = line.event.id
    for entry in ledger.links():
        link = entry.link
        if shown in (link.give, link.take) and entry.report.id == line.report.id:
            other = link.take if link.give == shown else link.give
            words = in_words(ledger.event(other).event, names)
            told = f"told by {_quoted(entry.text)}" if link.explicit else "inferred, not worded"
            yield (
                tie(link.kind, is_give=link.give == shown),
                f"{words} ({other}); {told}; {link.reason}",
            )


def _doubts(ledger: Ledger, line: LedgerEvent) -> Iterator[Row]:
    for entry in ledger.findings():
        if entry.finding.event == line.event.id:
            yield entry.finding.kind.replace("_", " "), entry.finding.message


def _reason(reason: Reason) -> str:
    score = "" if reason.score is None else f" ({reason.score:.2f})"
    return f"{reason.source}: {reason.detail}{score}"
