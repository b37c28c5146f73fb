"""The working form of a mention while a document is read: token positions instead of characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from chancery.records import How, Mention, Sector, Span


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens `start` to `end` (exclusive) name `actor`, which acts for `principal`.

    `agent` is the person or body named, `role` the office told. `plural` marks spans that name
    several actors at once; each of those is a `Found` of its own.
    """

    start: int
    end: int
    actor: str
    principal: str
    how: How
    sector: Sector | None = None
    agent: str | None = None
    role: str | None = None

    def covers(self, other: Found) -> bool:
        """Whether the other's tokens lie inside these."""
        return self.start <= other.start and other.end <= self.end

    def moved(self, start: int, end: int) -> Found:
        """The same mention over other tokens."""
        return replace(self, start=start, end=end)


_BOUNDS = "chancery.sentences"


def sentence_bounds(doc: Doc) -> list[tuple[int, int]]:
    """First token and end of each sentence; spaCy would go through all words at every question."""
    found: list[tuple[int, int]] | None = doc.user_data.get(_BOUNDS)
    if found is None:
        found = doc.user_data[_BOUNDS] = [(s.start, s.end) for s in doc.sents]
    return found


def sentences_until(doc: Doc, at: int, most: int) -> list[tuple[int, int]]:
    """The sentence that token `at` stands in and those before it, `most` together, in reading order."""
    bounds = sentence_bounds(doc)
    last = bisect_right(bounds, at, key=lambda b: b[0])
    return bounds[max(0, last - most) : last]


def record(doc: Doc, found: Found) -> Mention:
    """The mention as a record, with characters for tokens."""
    words = doc[found.start : found.end]
    return Mention(
        Span(words.start_char, words.end_char), words.text, found.actor, found.principal,
        found.how, found.sector, found.agent, found.role,
    )  # fmt: skip


def by_start(found: Iterable[Found]) -> list[Found]:
    """In reading order, wider before narrower."""
    return sorted(found, key=lambda f: (f.start, -f.end, f.actor))


def outermost(found: Iterable[Found]) -> list[Found]:
    """Without those that lie strictly inside a wider one."""
    kept: list[Found] = []
    for f in by_start(found):
        if not any(k.covers(f) and (k.start, k.end) != (f.start, f.end) for k in kept):
            kept.append(f)
    return kept


def ending_at(found: Iterable[Found], end: int) -> Found | None:
    """The widest mention whose last token stands just before `end`."""
    fits = [f for f in found if f.end == end]
    return min(fits, key=lambda f: f.start, default=None)


def starting_at(found: Iterable[Found], start: int) -> Found | None:
    """The widest mention that begins at `start`."""
    fits = [f for f in found if f.start == start]
    return max(fits, key=lambda f: f.end, default=None)


def is_subject(token: Token) -> bool:
    """Whether a token, or the noun phrase it modifies, is a subject."""
    at = token
    while at.dep_ in ("flat", "compound", "appos", "amod", "nmod:poss", "conj") and at.head != at:
        at = at.head
    return at.dep_.startswith(("nsubj", "csubj"))
