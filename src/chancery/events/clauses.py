"""Links that the tree shows: a clause or phrase opened by a cue hangs on the act it is tied to.

"Talks resume [if shelling stops]", "weapons [in exchange for hostages]", "a loan [to buy arms]": the
act inside the bracket is one side, the nearest act above it (or beside it in the clause above) the
other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Doc, Token

from chancery.knowledge.event_data import LinkCue
from chancery.records import Event, Link, Span

_MOST_STEPS = 6
_SUBORDINATE = frozenset(("advcl", "acl", "acl:relcl", "ccomp", "xcomp", "obl", "nmod", "conj"))
_ASKED = frozenset(("requested", "demanded"))
_MEANS = frozenset(("loan", "grant", "arms", "technology", "energy", "investment"))


def by_clause(doc: Doc, events: Mapping[int, Event], cues: Sequence[LinkCue]) -> list[Link]:
    """Links of cues that open a clause ("if") or a phrase ("in exchange for"), each opening used once."""
    made: list[Link] = []
    taken: set[int] = set()
    words = [token.lower_ for token in doc]
    for cue in cues:
        if cue.where in ("clause", "phrase"):
            for start, end in _places(words, cue.cue.split()):
                inner = _opened(doc, start, end, cue)
                if inner is None or taken & set(range(start, end)):
                    continue
                link = _link(doc, (start, end), inner, cue, events)
                if link is not None:
                    made.append(link)
                    taken |= set(range(start, end))
    return made


def _places(words: list[str], pattern: list[str]) -> Iterable[tuple[int, int]]:
    for at in range(len(words) - len(pattern) + 1):
        if words[at : at + len(pattern)] == pattern:
            yield at, at + len(pattern)


def _opened(doc: Doc, start: int, end: int, cue: LinkCue) -> Token | None:
    """The head of the clause or noun phrase that the cue's last word opens."""
    last = doc[end - 1]
    if last.dep_ in ("mark", "case", "advmod", "cc") and last.head.i >= end:
        return last.head
    if cue.where == "phrase":  # some parsers hang the complement on the cue's noun
        return next((c for t in doc[start:end] for c in t.children if c.i >= end), None)
    return next((c for c in last.children if c.i >= end and c.dep_ in _SUBORDINATE), None)


def _link(
    doc: Doc, cue_at: tuple[int, int], inner: Token, cue: LinkCue, events: Mapping[int, Event]
) -> Link | None:
    inside = {t.i for t in inner.subtree} | set(range(*cue_at))
    within = _first(inner, inside, events)
    above = _above(inner, inside, events)
    if within is None or above is None:
        return None
    if cue.kind == "in_return_for":
        above = _named_deed(above, inner, inside, events)
    give, take = (above, within) if cue.order == "give_first" else (within, above)
    if cue.kind == "in_return_for" and above.status in _ASKED and within.status not in _ASKED:
        give, take = within, above  # what is asked for is the return, what is held out is the gift
    words = Span(doc[cue_at[0]].idx, doc[cue_at[1] - 1].idx + len(doc[cue_at[1] - 1]))
    return Link(cue.kind, give.id, take.id, words, explicit=True, reason=f"clause: {cue.cue}")


def _named_deed(above: Event, inner: Token, inside: set[int], events: Mapping[int, Event]) -> Event:
    """ "asks Brussels to halt it in exchange for": the deed asked or agreed to, where it is named."""
    if above.act not in ("REQUEST", "AGREE"):
        return above
    deeds = [
        i for i, e in events.items()
        if i < inner.i and i not in inside and e.sentence == above.sentence and e.trigger > above.trigger
    ]  # fmt: skip
    return events[max(deeds)] if deeds else above


def _first(head: Token, inside: set[int], events: Mapping[int, Event]) -> Event | None:
    """The act nearest to the head of a clause, level by level."""
    level = [head]
    while level:
        for token in level:
            if token.i in events:
                return events[token.i]
        level = [c for t in level for c in t.children if c.i in inside]
    return None


def _above(inner: Token, inside: set[int], events: Mapping[int, Event]) -> Event | None:
    """The nearest act on the way up, or in the clause above outside the cue's own."""
    at = inner
    for _ in range(_MOST_STEPS):
        if at.head == at:
            break
        at = at.head
        if at.i in inside:
            continue
        if at.i in events:
            return events[at.i]
        beside = [c.i for c in at.subtree if c.i not in inside and c.i in events]
        if beside and at.pos_ in ("VERB", "AUX", "NOUN"):
            return events[min(beside, key=lambda i: abs(i - inner.i))]
    return None


def purposes(doc: Doc, events: Mapping[int, Event]) -> list[Link]:
    """A means given so that a named deed can be done: "lent $2 billion to buy weapons"."""
    made = []
    for at, deed in events.items():
        token = doc[at]
        marked = token.dep_ in ("advcl", "acl") and any(
            c.lower_ in ("to", "so") and c.dep_ in ("mark", "advmod") for c in token.children
        )
        means = events.get(token.head.i) or events.get(token.head.head.i) if marked else None
        if (
            means is not None
            and means.id != deed.id
            and means.act in ("AID", "COOPERATE")
            and means.instrument in _MEANS
        ):
            words = Span(*sorted((means.trigger.end, deed.trigger.start)))
            made.append(Link("purpose", means.id, deed.id, words, explicit=True, reason="clause: to"))
    return made
