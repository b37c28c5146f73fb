"""What is had in exchange, where the text names only a thing or a person: "freed in exchange for a fighter".

The exchange itself makes it an act, the other side's: who was given to gives it. It takes its certainty from
the act it answers, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from chancery.events.clauses import inside_of, is_background, opened, outside, places, verb_lemma, what_for
from chancery.events.codes import derive
from chancery.events.phrases import forms, worded
from chancery.events.sides import ASKED, GIFTS, Told
from chancery.knowledge.code_data import CodeTables
from chancery.knowledge.event_data import EventCues, LinkCue, Return
from chancery.records import Event, Party, Reason, Span, Status

_LESS_SURE = 0.9  # an act told only by what is had is a little less certain than the one it answers
_PRISONERS = Return("RETREAT", frozenset(), "prisoners")

Parties = Callable[[Token], tuple[Party, ...]]


def with_returns(
    doc: Doc,
    acts: Mapping[int, Event],
    cues: EventCues,
    tables: CodeTables,
    named: Callable[[Span], str],
    parties: Parties,
) -> dict[int, Event]:
    """The acts, with one more for each thing had in exchange.

    `named` gives an act's id by its trigger, `parties` who is named in a phrase.
    """
    made = dict(acts)
    told = Told(doc, acts)
    for cue in cues.links:
        for at, event in _had(told, cue, cues, parties):
            if at not in made:
                codes = derive(event.act, event.instrument, event.status, tables, worded(doc[at]))
                made[at] = replace(event, id=named(event.trigger), codes=codes)
    return _sums_moved(made, acts)


def _had(told: Told, cue: LinkCue, cues: EventCues, parties: Parties) -> Iterator[tuple[int, Event]]:
    """The words that name what is had where a cue stands, with the acts they make."""
    if cue.kind != "in_return_for" or cue.where not in ("phrase", "for"):
        return
    words = [verb_lemma(t) if cue.where == "for" else t.lower_ for t in told.doc]
    for start, end in places(words, cue.cue.split()):
        found = _paid(told, told.doc[start]) if cue.where == "for" else _exchanged(told, (start, end), cue)
        if found is None:
            continue
        above, head = found
        for thing in (head, *head.conjuncts):
            free = not any(t.i in told.acts and not is_background(told, t.i) for t in _own(thing))
            what = _what(thing, above, cues.returns, swap=cue.where == "phrase") if free else None
            if what is not None:
                yield thing.i, _event(thing, what, above, parties)


def _own(thing: Token) -> Iterator[Token]:
    """The words of a thing, without what is coordinated with it."""
    apart = {t.i for c in thing.children if c.dep_ == "conj" for t in c.subtree}
    return (t for t in thing.subtree if t.i not in apart)


def _exchanged(told: Told, cue_at: tuple[int, int], cue: LinkCue) -> tuple[Event, Token] | None:
    """The act given in exchange, and what is had."""
    heads = opened(told.doc, *cue_at, cue)
    above = outside(told, cue_at, heads, inside_of(told, cue_at, heads)) if heads else None
    return (above, heads[0]) if above is not None and above.act in (*GIFTS, "REQUEST") else None


def _paid(told: Told, verb: Token) -> tuple[Event, Token] | None:
    """ "Rewarded Quito for recognition": the gift, and what it was for."""
    thing = what_for(verb)
    gift = told.acts.get(verb.i)
    return (gift, thing) if gift is not None and thing is not None and gift.act in GIFTS else None


def _what(head: Token, above: Event, returns: tuple[Return, ...], *, swap: bool) -> Return | None:
    if head.pos_ not in ("NOUN", "PROPN", "SYM"):
        return None
    own = forms(head)
    listed = next((r for r in returns if r.nouns & own), None)
    freed = above.act == "RETREAT" and above.instrument == "prisoners"
    person = head.pos_ == "NOUN" or head.ent_type_ in ("PER", "PERSON")
    return listed or (_PRISONERS if swap and freed and person else None)


def _event(head: Token, what: Return, above: Event, parties: Parties) -> Event:
    trigger = Span(head.idx, head.idx + len(head.text))
    givers = above.recipients or parties(head)
    takers = () if what.act == "SUPPORT" and what.instrument == "recognition" else above.actors
    sure = round(above.confidence * _LESS_SURE, 3)
    sums = Span(head.left_edge.idx, head.right_edge.idx + len(head.right_edge.text))
    return replace(
        above, trigger=trigger, trigger_text=head.text, act=what.act, instrument=what.instrument,
        status=_status(above.status), actors=givers, recipients=takers, held_by=(), time=None,
        amounts=tuple(a for a in above.amounts if sums.overlaps(a.span)),
        goods=tuple(g for g in above.goods if sums.overlaps(g.span)),
        confidence=sure,
        reasons=(
            Reason("trigger", "rule", f"had in exchange by {above.trigger_text!r}", sure),
            Reason("act", "rule", f"{head.lemma_}: {what.act}", sure),
        ),
    )  # fmt: skip


def _status(given: Status) -> Status:
    """What is asked in exchange for an offer, and offered in exchange for what is asked."""
    if given in ASKED:
        return "offered"
    return "requested" if given == "offered" else given


def _sums_moved(made: dict[int, Event], before: Mapping[int, Event]) -> dict[int, Event]:
    """Sums and goods of the new acts are not the others' any more."""
    new = [e for i, e in made.items() if i not in before]
    sums = {a.span for e in new for a in e.amounts}
    goods = {g.span for e in new for g in e.goods}
    if not sums and not goods:
        return made
    return {
        i: replace(
            e, amounts=tuple(a for a in e.amounts if a.span not in sums),
            goods=tuple(g for g in e.goods if g.span not in goods),
        ) if i in before else e
        for i, e in made.items()
    }  # fmt: skip
