"""What for what: links the model proposes, and those a cue word states between two acts.

Only acts in one sentence, or a sentence opened by a cue and the one before it, are linked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Span as Words

from chancery.knowledge.event_data import LinkCue
from chancery.language import LinkProposal
from chancery.records import Event, Link, Span

LINK_AT = 0.5
_GIVES = frozenset(("AID", "COOPERATE", "CONCEDE", "RETREAT", "SUPPORT", "AGREE"))
_BY_CODE = {"in_return_for": "in_return_for", "condition": "condition", "purpose": "purpose", "unrequited": "unrequited"}


def proposed(doc: Doc, links: Iterable[LinkProposal], events: dict[int, Event]) -> list[Link]:
    """The model's links between words that became events."""
    made = []
    for link in links:
        give, take = events.get(link.give), events.get(link.take)
        if give is None or take is None or link.score < LINK_AT:
            continue
        lo, hi = sorted((give.trigger, take.trigger))
        made.append(
            Link(_BY_CODE[link.kind], give.id, take.id, Span(lo.start, hi.end), explicit=True,  # type: ignore[arg-type]
                 reason=f"model: {link.kind} {link.score:.2f}")
        )  # fmt: skip
    return made


def stated(doc: Doc, events: Sequence[Event], cues: Sequence[LinkCue]) -> list[Link]:
    """Links that a cue states."""
    made: list[Link] = []
    sentences = list(doc.sents)
    for n, sentence in enumerate(sentences):
        words = [t.lower_ for t in sentence]
        lemmas = [t.lemma_.lower() for t in sentence]
        for cue in cues:
            link = _of_cue(sentences, n, words if cue.where != "verb" else lemmas, cue, events)
            if link is not None:
                made.append(link)
                break
    return made


def _of_cue(sentences: list[Words], n: int, words: list[str], cue: LinkCue, events: Sequence[Event]) -> Link | None:
    pattern = cue.cue.split()
    at = next((i for i in range(len(words)) if words[i : i + len(pattern)] == pattern), None)
    if at is None or (cue.where == "opening") != (at <= 1) and cue.where == "opening":
        return None
    sentence = sentences[n]
    here = _within(events, sentence)
    start, end = sentence[at].idx, sentence[at + len(pattern) - 1]
    span = Span(start, end.idx + len(end.text))
    before = [e for e in here if e.trigger.end <= span.start]
    after = [e for e in here if e.trigger.start >= span.end]
    if cue.where == "opening":
        before = _within(events, sentences[n - 1]) if n else []
    if cue.where == "verb":
        after = [e for e in here if e.trigger.start >= span.end]
        before = [e for e in here if e.trigger.start <= span.start] or before
        if not after and cue.order == "take_first" and n + 1 < len(sentences):
            after = _within(events, sentences[n + 1])[:1]
    if not before or not after:
        return None
    first, second = _last(before), after[0]
    if first.id == second.id:
        return None
    give, take = (first, second) if cue.order == "give_first" else (second, first)
    if cue.kind == "condition":
        give, take = first, second
    return Link(cue.kind, give.id, take.id, span, explicit=True, reason=f"cue: {cue.cue}")


def _within(events: Iterable[Event], sentence: Words) -> list[Event]:
    inside = Span(sentence.start_char, sentence.end_char)
    return sorted((e for e in events if inside.covers(e.trigger)), key=lambda e: e.trigger)


def _last(events: list[Event]) -> Event:
    """The last act that could be a gift; else the last act."""
    gifts = [e for e in events if e.act in _GIVES]
    return (gifts or events)[-1]


def joined(*parts: Iterable[Link]) -> tuple[Link, ...]:
    """Without the same pair twice; the first reason stays."""
    kept: dict[tuple[str, str], Link] = {}
    for links in parts:
        for link in links:
            if (link.take, link.give) not in kept:
                kept.setdefault((link.give, link.take), link)
    return tuple(kept.values())
