"""On whose word: the speakers the model marks, completed by grammar, outermost first."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from chancery.events.parties import mentions_in, near, runs
from chancery.knowledge.event_data import Speech
from chancery.language.mentions import Found
from chancery.records import Span, Speaker

_SUBJECT = ("nsubj", "nsubj:pass")
_REPORTED = ("ccomp", "parataxis", "obj", "xcomp", "root")


def speakers(
    doc: Doc, trigger: int, words: tuple[tuple[int, float], ...], found: list[Found], cues: Speech
) -> tuple[Speaker, ...]:
    """The model's speakers where it names any, else the subject of the verb of saying above."""
    spans = [(a, b, None) for a, b, _ in runs(doc, near(doc[trigger], words))]
    told: list[tuple[int, int, str | None]] = [*spans] or list(_above(doc[trigger], cues))
    made = [_speaker(doc, a, b, cue or _cue(doc, a, b, cues), found) for a, b, cue in told]
    return tuple(s for s in made if s is not None)


def _speaker(doc: Doc, start: int, end: int, cue: str | None, found: list[Found]) -> Speaker | None:
    while start < end and (doc[start].is_punct or doc[start].lower_ in ("the", "a", "an")):
        start += 1
    if start >= end:
        return None
    hits = mentions_in(doc, start, end, found)
    words = doc[start:end]
    actors = list(dict.fromkeys(f.principal for f in hits))
    actor = actors[0] if actors else None
    return Speaker(words.text, actor, Span(words.start_char, words.end_char), cue)


def _cue(doc: Doc, start: int, end: int, cues: Speech) -> str | None:
    """The verb of saying whose subject stands here."""
    for token in doc[start:end]:
        head = token.head
        if not start <= head.i < end and head.lemma_.lower() in cues.verbs:
            return head.text
        if not start <= head.i < end and head.lower_ in cues.according:
            return "according to"
    return None


def _above(trigger: Token, cues: Speech) -> Iterator[tuple[int, int, str | None]]:
    """Subjects of reporting verbs that govern the trigger's clause, innermost found first."""
    found: list[tuple[int, int, str | None]] = []
    at, below = trigger.head, trigger
    for _ in range(12):
        if at.lemma_.lower() in cues.verbs and at.pos_ == "VERB" and below.dep_ in ("ccomp", "parataxis"):
            subject = next((c for c in at.children if c.dep_ in _SUBJECT), None)
            if subject is not None and subject.i != trigger.i:
                found.insert(0, (subject.left_edge.i, _end(subject), at.text))
        for child in at.children:  # a parenthetical clause: "..., said X" below the act
            if child.dep_ == "parataxis" and child.lemma_.lower() in cues.verbs and child.i != below.i:
                subject = next((c for c in child.children if c.dep_ in _SUBJECT), None)
                if subject is not None:
                    found.insert(0, (subject.left_edge.i, _end(subject), child.text))
        if at.head == at:
            break
        at, below = at.head, at
    yield from dict.fromkeys(found)


def _end(subject: Token) -> int:
    """The end of the noun phrase, without what follows its first comma."""
    end = subject.right_edge.i + 1
    comma = next((t.i for t in subject.subtree if t.i > subject.i and t.text == ","), end)
    return min(end, comma)
