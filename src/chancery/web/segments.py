"""A report's text cut where marks begin and end, so that a page can light up the words of a line.

Each character of the text is one character on the page, so that a browser can count back to
offsets: one that does not simply print stands there as U+FFFD, with its name beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from markupsafe import Markup, escape

from chancery.records import Event, Span
from chancery.wording.marks import KINDS, Kind, marks
from chancery.wording.shown import UNSHOWN

_PLAIN_CONTROLS = frozenset("\n\t")
_SUSPICIOUS = re.compile(r"[^\S\n\t ]|[^\w\s!-/:-@\[-`{-~‘’“”–—…€£§°]")  # rarely met; looked at one by one


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters from `start` on that bear the same marks: of which line, and of what kind."""

    start: int
    words: str
    marks: tuple[tuple[str, Kind], ...]
    sentences: tuple[str, ...]

    @property
    def kind(self) -> Kind | None:
        """The kind that is shown where no line is chosen: the act before all others."""
        return min((kind for _, kind in self.marks), key=KINDS.index, default=None)

    @property
    def lines(self) -> str:
        """The marks as an attribute holds them: `e1:by e2:to`, and `e1:in` for its sentence."""
        told = [f"{event}:{kind}" for event, kind in self.marks]
        return " ".join([*told, *(f"{event}:in" for event in self.sentences)])

    @property
    def acts(self) -> tuple[str, ...]:
        """The lines whose act is named here."""
        return tuple(event for event, kind in self.marks if kind == "act")

    @property
    def markup(self) -> Markup:
        """The words as text and nothing else."""
        return as_text(self.words)


def segments(text: str, events: Iterable[Event]) -> Iterator[Segment]:
    """The whole text, in order."""
    turns: dict[int, list[tuple[bool, str, Kind | None]]] = defaultdict(list)
    for event in events:
        spans: list[tuple[Span, Kind | None]] = [(m.span, m.kind) for m in marks(event)]
        for span, kind in [*spans, (event.sentence, None)]:
            if span.start < span.end <= len(text):
                turns[span.start].append((True, event.id, kind))
                turns[span.end].append((False, event.id, kind))
    open_now: dict[tuple[str, Kind | None], int] = {}
    edges = sorted({0, len(text), *turns})
    for start, end in pairwise(edges):
        for opens, id, kind in turns.get(start, ()):
            open_now[id, kind] = open_now.get((id, kind), 0) + (1 if opens else -1)
            if not open_now[id, kind]:
                del open_now[id, kind]
        told = tuple((id, kind) for id, kind in open_now if kind is not None)
        inside = tuple(id for id, kind in open_now if kind is None)
        yield Segment(start, text[start:end], told, inside)


def segments_within(text: str, event: Event, stretch: Span) -> Iterator[Segment]:
    """Only those inside a stretch of the text, for one line."""
    for part in segments(text, (event,)):
        start, end = max(part.start, stretch.start), min(part.start + len(part.words), stretch.end)
        if start < end:
            yield replace(part, start=start, words=text[start:end])


def as_text(words: str) -> Markup:
    """Escaped, and one character for each: what does not simply print as U+FFFD with its name."""
    made: list[Markup | str] = []
    at = 0
    for found in _SUSPICIOUS.finditer(words):
        character = found.group()
        if character in _PLAIN_CONTROLS or unicodedata.category(character) not in UNSHOWN:
            continue
        name = unicodedata.name(character, "control character")
        made.append(escape(words[at : found.start()]))
        title = escape(f"U+{ord(character):04X} {name}")
        made.append(Markup('<span class="odd" title="{}">�</span>').format(title))
        at = found.end()
    made.append(escape(words[at:]))
    return Markup("").join(made)
