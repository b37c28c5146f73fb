"""Who belongs to an organization, as reports list it in passing, and where the lists part.

A list is a run of states named with nothing but commas, "and" and articles between them, in a sentence that
names one organization before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from chancery.knowledge.actor_data import actor_knowledge
from chancery.records import Difference, DifferenceKind, Mention, Side, Span

_BETWEEN = re.compile(r"\s*(?:,|;|and|,\s*and|&)\s*(?:the\s+)?", re.IGNORECASE)
_LISTS = re.compile(
    r"(?:compris\w*|consist\w*|includ\w*|member\w*|made up of|composed of|groups?|uniting|unites"
    r"|\()[^.]{0,60}$",
    re.IGNORECASE,
)
_LEAST = 4  # states in a list
_LEAST_SHARED = 0.5  # of the shorter list: lists of other things are not compared
_ALIKE = 0.6  # names from which on one may be miswritten for the other
_REACH = 160  # characters between the organization and the list


@dataclass(frozen=True, slots=True)
class Roster:
    """The members of an organization (ids, in the order of the text) as one report lists them."""

    report: str
    published: date | None
    organization: str
    members: tuple[str, ...]
    names: tuple[str, ...]
    span: Span


def rosters(
    report: str, published: date | None, text: str, mentions: Sequence[Mention]
) -> tuple[Roster, ...]:
    """The lists of members that a report gives; `mentions` are the names of actors in its text."""
    return tuple(
        Roster(
            report, published, organization,
            tuple(m.actor for m in run), tuple(m.text for m in run),
            Span(run[0].span.start, run[-1].span.end),
        )
        for run in _runs(text, mentions)
        if (organization := _organization(text, mentions, run)) is not None
    )  # fmt: skip


def _runs(text: str, mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    entries = actor_knowledge().entries
    states = ("state", "partly_recognized_state")
    named = [
        m
        for m in mentions
        if m.how in ("name", "acronym") and m.actor in entries and entries[m.actor].kind in states
    ]
    run: list[Mention] = []
    for mention in sorted(named, key=lambda m: m.span):
        between = text[run[-1].span.end : mention.span.start] if run else ""
        if run and not _BETWEEN.fullmatch(between):
            yield from [run] if len(run) >= _LEAST else []
            run = []
        run.append(mention)
    yield from [run] if len(run) >= _LEAST else []


def _organization(text: str, mentions: Sequence[Mention], run: Sequence[Mention]) -> str | None:
    """The one organization that stands before the list, with a word of membership or a bracket."""
    start = run[0].span.start
    entries = actor_knowledge().entries
    near = [
        m
        for m in mentions
        if m.span.end <= start and start - m.span.end <= _REACH and m.actor in entries
        if entries[m.actor].kind == "igo" and "\n" not in text[m.span.end : start]
    ]
    if not near:
        return None
    last = max(near, key=lambda m: m.span)
    between = text[last.span.start : start]
    return last.actor if _LISTS.search(between) and ". " not in between else None


def parted(one: Roster, other: Roster) -> Difference | None:
    """Where two lists of one organization's members part."""
    a, b = set(one.members), set(other.members)
    if one.organization != other.organization or len(a & b) < _LEAST_SHARED * min(len(a), len(b)):
        return None
    only_a, only_b = (_in_order(r, rest) for r, rest in ((one, a - b), (other, b - a)))
    if not only_a and not only_b:
        return None
    sides = (_side(one, only_a), _side(other, only_b))
    kind, reason = _kind(one, other, only_a, only_b)
    return Difference(kind, "members", f"members:{one.organization}", sides, reason)


def _in_order(roster: Roster, ids: set[str]) -> tuple[str, ...]:
    return tuple(m for m in roster.members if m in ids)


def _side(roster: Roster, only: Sequence[str]) -> Side:
    names = dict(zip(roster.members, roster.names, strict=True))
    value = ", ".join(f"{names[id]} ({id})" for id in only) or "nobody more"
    return Side(roster.report, None, value, roster.span)


def _kind(
    one: Roster, other: Roster, only_a: Sequence[str], only_b: Sequence[str]
) -> tuple[DifferenceKind, str]:
    for a in only_a:
        for b in only_b:
            if _alike(a, b):
                known = _known_members(one.organization, other.published or one.published)
                right = [i for i in (a, b) if i in known]
                said = f"; the codebook has {right[0]} as a member then" if len(right) == 1 else ""
                return "misreading", f"{a} and {b} have names that are taken for each other{said}"
    if one.published and other.published and abs((other.published - one.published).days) > 180:
        return "update", "the reports lie more than half a year apart; members come and go"
    return "scope", "one list is longer, or counts others in"


def _alike(a: str, b: str) -> bool:
    entries = actor_knowledge().entries
    one, other = entries[a].name.casefold(), entries[b].name.casefold()
    return one.split()[0] in other or other.split()[0] in one or (
        SequenceMatcher(None, one, other).ratio() >= _ALIKE
    )  # fmt: skip


def _known_members(organization: str, day: date | None) -> set[str]:
    """Who was a member on a day, as our codebook has it."""
    members = actor_knowledge().entries[organization].members
    return {
        m.id
        for m in members
        if day is None or ((m.since is None or m.since <= day) and (m.until is None or day <= m.until))
    }
