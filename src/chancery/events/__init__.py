"""Events: the acts a report tells of, and the links between them."""

from __future__ import annotations

from spacy.tokens import Doc

from chancery.actors import Found
from chancery.events.amounts import find_amounts
from chancery.events.assemble import Context, assemble
from chancery.events.boilerplate import finding, furniture
from chancery.events.goods import find_goods
from chancery.events.links import joined, proposed, stated
from chancery.events.times import find_times
from chancery.knowledge.code_data import code_tables
from chancery.knowledge.event_data import event_cues
from chancery.language import proposals_of
from chancery.records import Event, Finding, Link, Report

__all__ = ["read_events"]


def read_events(
    report: Report, doc: Doc, found: list[Found]
) -> tuple[tuple[Event, ...], tuple[Link, ...], list[Finding]]:
    """Events in reading order, their links, and findings."""
    cues = event_cues()
    unread = furniture(report.text, cues.boilerplate)
    amounts = find_amounts(doc)
    context = Context(
        report, doc, found, find_times(doc, report.published), amounts, find_goods(doc, amounts),
        cues, code_tables(), tuple(unread),
    )  # fmt: skip
    proposals = proposals_of(doc)
    by_word, findings = assemble(context, proposals.acts)
    events = tuple(by_word[i] for i in sorted(by_word))
    links = joined(proposed(doc, proposals.links, by_word), stated(doc, events, cues.links))
    return events, links, [*finding(unread), *findings]
