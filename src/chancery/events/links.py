"""What for what: links the model proposes, those a cue word states, and those told in one breath.

An implicit link is never mixed with an explicit one: it says so, and what made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from chancery.knowledge.event_data import LinkCue
from chancery.language import LinkProposal
from chancery.records import Event, Link, LinkKind, Span

LINK_AT = 0.5
_LINEAR = frozenset(("between", "opening", "verb"))
_GIFTS = frozenset(("AID", "COOPERATE", "CONCEDE", "RETREAT", "SUPPORT", "AGREE"))
_PRICES = frozenset(
    ("loan", "grant", "payment", "arms", "energy", "debt_relief", "investment", "humanitarian", "technology")
)
_FAVOURS = frozenset(("recognition", "vote", "membership", "military_access", "relations"))
_HOSTILE = frozenset(("SANCTION", "COERCE", "ASSAULT", "ACCUSE", "THREATEN", "MOBILIZE", "PROTEST"))
_DONE = frozenset(("occurred", "ongoing"))
_NOT_DONE = frozenset(("not_occurred", "refused"))


def proposed(links: Iterable[LinkProposal], events: dict[int, Event]) -> list[Link]:
    """The model's links between words that became events."""
    made = []
    for link in links:
        give, take = events.get(link.give), events.get(link.take)
        if give is None or take is None or link.score < LINK_AT:
            continue
        kind: LinkKind = link.kind  # type: ignore[assignment]  # the model's labels are our kinds
        reason = f"model: {link.kind} {link.score:.2f}"
        made.append(Link(kind, give.id, take.id, _between(give, take), explicit=True, reason=reason))
    return made


def _between(a: Event, b: Event) -> Span:
    first, last = sorted((a.trigger, b.trigger))
    return Span(first.start, last.end)


def stated(doc: Doc, events: Sequence[Event], cues: Sequence[LinkCue]) -> list[Link]:
    """Links that a cue states; at most one a sentence, by the first cue listed that fits."""
    sentences = list(doc.sents)
    made = (
        next(
            (k for k in (_of_cue(sentences, n, cue, events) for cue in cues if cue.where in _LINEAR) if k),
            None,
        )
        for n in range(len(sentences))
    )
    return [k for k in made if k is not None]


def _of_cue(sentences: list[Words], n: int, cue: LinkCue, events: Sequence[Event]) -> Link | None:
    sentence, pattern = sentences[n], cue.cue.split()
    words = [_word(t, cue) for t in sentence]
    at = next((i for i in range(len(words)) if words[i : i + len(pattern)] == pattern), None)
    if at is None or (cue.where == "opening" and at > 1):
        return None
    last = sentence[at + len(pattern) - 1]
    span = Span(sentence[at].idx, last.idx + len(last.text))
    here = _within(events, sentence)
    earlier = _within(events, sentences[n - 1]) if n else []
    later = _within(events, sentences[n + 1]) if n + 1 < len(sentences) else []
    before = [e for e in here if e.trigger.end <= span.start]
    after = [e for e in here if e.trigger.start >= span.end]
    if cue.where == "verb":  # the verb is itself one of the two acts, or stands between them
        before = [e for e in here if e.trigger.start <= span.start]
        after = after or later
    first, second = _gift(before or earlier, last=True), _gift(after, last=False)
    if first is None or second is None or first.id == second.id:
        return None
    if cue.kind == "in_return_for" and {first.act, second.act} & _HOSTILE:
        return None  # retaliation is no exchange
    if cue.kind == "unrequited":
        return _unrequited(first, after, span)
    give, take = (second, first) if cue.order == "take_first" and cue.kind != "condition" else (first, second)
    return Link(cue.kind, give.id, take.id, span, explicit=True, reason=f"cue: {cue.cue}")


def _word(token: Token, cue: LinkCue) -> str:
    """A token as cues are written: verbs by lemma, all else as it stands."""
    if cue.where != "verb":
        return token.lower_
    return token.lemma_.lower() if token.pos_ == "VERB" else ""


def _unrequited(gift: Event, after: list[Event], span: Span) -> Link | None:
    """ "Russia granted a loan, but Venezuela did not recognize": a gift to who then did not do a thing."""
    receivers = {p.id for p in gift.recipients}
    for event in after:
        if event.status in _NOT_DONE and gift.status in _DONE and receivers & {p.id for p in event.actors}:
            return Link("unrequited", gift.id, event.id, span, explicit=True, reason="cue: but ... not")
    return None


def _within(events: Iterable[Event], sentence: Words) -> list[Event]:
    inside = Span(sentence.start_char, sentence.end_char)
    return sorted((e for e in events if inside.covers(e.trigger)), key=lambda e: e.trigger)


def _gift(events: list[Event], *, last: bool) -> Event | None:
    """The nearest act that could be given or taken; else the nearest act."""
    ordered = events[::-1] if last else events
    return next((e for e in ordered if e.act in _GIFTS), ordered[0] if ordered else None)


def one_breath(doc: Doc, events: Sequence[Event]) -> list[Link]:
    """Implicit: one sentence tells that X did a favour and that X was given something of worth.

    Both must have happened, and by different parties. Sequence alone, in different sentences, is nothing.
    """
    made = []
    for sentence in doc.sents:
        here = _within(events, sentence)
        gifts = [e for e in here if e.act == "AID" and e.instrument in _PRICES and e.status in _DONE]
        favours = [e for e in here if e.act == "SUPPORT" and e.instrument in _FAVOURS and e.status in _DONE]
        for gift in gifts:
            for favour in favours:
                same = {p.id for p in gift.recipients} & {p.id for p in favour.actors}
                givers = {p.id for p in gift.actors}
                if same and not givers & {p.id for p in favour.actors}:
                    reason = f"implicit: {', '.join(sorted(same))} gives and receives in one sentence"
                    span = _between(gift, favour)
                    made.append(
                        Link("in_return_for", gift.id, favour.id, span, explicit=False, reason=reason)
                    )
    return made


def joined(*parts: Iterable[Link]) -> tuple[Link, ...]:
    """Without the same pair or the same cue twice; the first reason stays."""
    kept: dict[frozenset[str], Link] = {}
    cues: set[Span] = set()
    for links in parts:
        for link in links:
            pair = frozenset((link.give, link.take))
            told = link.reason.startswith(("cue", "clause: "))
            if pair not in kept and not (told and any(link.span.overlaps(span) for span in cues)):
                kept[pair] = link
                cues |= {link.span} if told else set()
    return tuple(kept.values())
