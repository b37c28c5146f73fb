"""Page furniture at the end of a text: bylines, disclaimers, contacts. It yields no events."""

from __future__ import annotations

import re

from chancery.knowledge.event_data import Boilerplate
from chancery.records import Finding, Span

_PARAGRAPH = re.compile(r"[^\n]+")
_TAIL = 2 / 3  # weak signs count only beyond this share of the text


def furniture(text: str, cues: Boilerplate) -> list[Span]:
    """Spans of paragraphs that are furniture. Once it has begun in the tail, it goes on to the end."""
    paragraphs = [Span(m.start(), m.end()) for m in _PARAGRAPH.finditer(text) if m.group().strip()]
    found: list[Span] = []
    for p in paragraphs:
        words = p.of(text).strip()
        weak = sum(bool(rx.search(words)) for rx in cues.weak)
        late = p.start >= len(text) * _TAIL or len(paragraphs) - paragraphs.index(p) <= 3
        strong = any(rx.search(words) for rx in cues.strong)
        short = len(words.split()) < 12
        if (strong and (late or short)) or (late and (weak >= 2 or (weak and (found or short)))):
            found.append(p)
    return found


def finding(spans: list[Span]) -> list[Finding]:
    """One finding that says what was left unread."""
    if not spans:
        return []
    whole = Span(spans[0].start, spans[-1].end)
    return [Finding("boilerplate", f"{len(spans)} paragraph(s) of page furniture were not read", whole)]
