"""Events: the acts a report tells of, and the links between them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from spacy.tokens import Doc

from chancery.events.amounts import find_amounts
from chancery.events.assemble import Context, assemble
from chancery.events.boilerplate import finding, furniture
from chancery.events.conditions import conditions
from chancery.events.confidence import calibrated, doubt
from chancery.events.doubles import merge_doubles
from chancery.events.goods import find_goods
from chancery.events.headlines import with_headline
from chancery.events.holders import with_holders
from chancery.events.links import find_links
from chancery.events.parties import from_whom
from chancery.events.returns import with_returns
from chancery.events.times import find_times
from chancery.knowledge.code_data import code_tables
from chancery.knowledge.event_data import event_cues
from chancery.language import proposals_of
from chancery.language.mentions import Found, outermost
from chancery.records import Event, Finding, Link, Report, event_id

__all__ = ["read_events"]


def read_events(
    report: Report, doc: Doc, found: list[Found]
) -> tuple[tuple[Event, ...], tuple[Link, ...], list[Finding]]:
    """Events in reading order, their links, and findings."""
    cues = event_cues()
    unread = furniture(report.text, cues.boilerplate)
    amounts, outer = find_amounts(doc), outermost(found)
    context = Context(
        report, doc, found, outer, find_times(doc, report.published), amounts, find_goods(doc, amounts),
        cues, code_tables(), tuple(unread), conditions(doc, cues.links),
    )  # fmt: skip
    proposals = proposals_of(doc)
    told, findings = assemble(context, proposals.acts)
    held = with_headline(doc, with_holders(doc, told, outer, cues.holding), context.codes)
    by_word, into = merge_doubles(doc, held)
    by_word = with_returns(
        doc, by_word, cues, context.codes, partial(event_id, report.id), partial(from_whom, doc, found=outer)
    )
    acts = _with_doubles(held, by_word, into)
    findings = [replace(f, event=into.get(f.event, f.event)) if f.event else f for f in findings]
    events = tuple(calibrated(by_word[i], cues.calibration) for i in sorted(by_word))
    doubts = [d for d in map(doubt, events) if d is not None]
    return events, find_links(doc, acts, proposals.links, cues), [*finding(unread), *findings, *doubts]


def _with_doubles(told: dict[int, Event], kept: dict[int, Event], into: dict[str, str]) -> dict[int, Event]:
    """The acts by every word that names them: a dropped double's word names what it went into."""
    acts = {event.id: event for event in kept.values()}
    named = dict(kept)
    for at, event in told.items():
        last = event.id
        while last in into:
            last = into[last]
        named.setdefault(at, acts[last])
    return named
