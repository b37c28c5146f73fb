"""PolNeAR: sources of attributions in news. JSONL, one text a line, brat annotations inside.

Newell et al. 2018, "An Attribution Relations Corpus for Political News". A source found is right where
it overlaps an annotated one that no other has taken.
"""

from __future__ import annotations

from typing import Any

from chancery.errors import WrongForm
from chancery.evaluation.figures import Outcome, paired, precision_recall
from chancery.evaluation.files import objects_of, shown, some
from chancery.evaluation.reading import Drafts
from chancery.events.speech import sources
from chancery.knowledge.event_data import event_cues

WANTED = '{"text": "...", "T": {"T1": {"type": "Source", "spans": [[start, end], ...]}, ...}}'

Row = tuple[str, list[tuple[int, int]]]


def measure(file: str, drafts: Drafts) -> Outcome:
    """Precision, recall and F1 of sources by overlap."""
    rows = some([_row(where, found) for where, found in objects_of(file, WANTED)], file, WANTED)
    right = said = gold = 0
    misses: list[str] = []
    cues = event_cues().speech
    for (text, wanted), draft in zip(rows, drafts(text for text, _ in rows), strict=True):
        told = {s.span for event in draft.events for s in event.speakers}
        spans = [(s.start, s.end) for s in sources(draft.doc, cues, told)]
        pairs = paired(spans, wanted)
        right, said, gold = right + len(pairs), said + len(spans), gold + len(wanted)
        misses += _misses(text, spans, wanted, pairs)
    return Outcome(precision_recall(right, said, gold), tuple(misses))


def _row(where: str, found: dict[str, Any]) -> Row:
    text, marked = found.get("text"), found.get("T")
    if not isinstance(text, str) or not isinstance(marked, dict):
        raise WrongForm(where, shown(found), WANTED)
    spans: set[tuple[int, int]] = set()
    for entry in marked.values():
        try:
            if entry["type"] == "Source":
                spans.add((int(entry["spans"][0][0]), int(entry["spans"][-1][1])))
        except (KeyError, IndexError, TypeError, ValueError):
            raise WrongForm(where, shown(entry), WANTED) from None
    return text, sorted(spans)


def _misses(
    text: str, said: list[tuple[int, int]], gold: list[tuple[int, int]], pairs: list[tuple[int, int]]
) -> list[str]:
    hit, met = {s for s, _ in pairs}, {g for _, g in pairs}
    wrong = [("not a source", span) for i, span in enumerate(said) if i not in hit]
    missed = [("missed", span) for i, span in enumerate(gold) if i not in met]
    return [
        f"{what}: {text[a:b]!r} in {text[max(0, a - 50) : b + 50]!r}"
        for what, (a, b) in sorted(wrong + missed, key=lambda w: w[1])
    ]
