"""Links that the tree shows: a clause or phrase opened by a cue hangs on the act it is tied to.

"Talks resume [if shelling stops]", "weapons [in exchange for hostages]", "a loan [to buy arms]": the
act inside the bracket is one side, the nearest act above it (or beside it in the clause above) the
other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from chancery.events.sides import ASKED, DONE, HOSTILE, Told
from chancery.knowledge.event_data import Bargains, LinkCue
from chancery.records import Event, Link, Span

_SUBORDINATE = frozenset(("advcl", "acl", "acl:relcl", "ccomp", "xcomp", "obl", "nmod", "conj"))
_DESCRIBES = frozenset(("acl", "acl:relcl", "amod", "nmod"))
_MEANS = frozenset(("loan", "grant", "arms", "technology", "energy", "investment", "payment"))
_NEGATIVE = frozenset(("refused", "not_occurred", "requested", "demanded"))
_WITHHELD = frozenset(("SANCTION", "REJECT", "COERCE"))
_NO_SIDE = frozenset(("ACCUSE", "THREATEN"))  # words are no goods
_NO_PRICE = frozenset(("ASSAULT", "PROTEST"))  # done, they are what a report tells beside a bargain


def by_clause(told: Told, cues: Sequence[LinkCue], wording: Bargains) -> list[Link]:
    """Links of cues that open a clause ("if") or a phrase ("in exchange for"), each opening used once."""
    made: list[Link] = []
    taken: set[int] = set()
    words = [token.lower_ for token in told.doc]
    for cue in cues:
        if cue.where in ("clause", "phrase"):
            for start, end in places(words, cue.cue.split()):
                if taken & set(range(start, end)):
                    continue
                heads = opened(told.doc, start, end, cue)
                links = list(_links(told, (start, end), heads, cue, wording)) if heads else []
                made.extend(links)
                taken |= set(range(start, end)) if links or cue.where == "clause" else set()
    return made


def places(words: list[str], pattern: list[str]) -> Iterable[tuple[int, int]]:
    """Where a cue's words stand, as (start, end)."""
    for at in range(len(words) - len(pattern) + 1):
        if words[at : at + len(pattern)] == pattern:
            yield at, at + len(pattern)


def verb_lemma(token: Token) -> str:
    """A verb's lemma; of other words nothing."""
    return token.lemma_.lower() if token.pos_ in ("VERB", "AUX") else ""


def what_for(verb: Token) -> Token | None:
    """The head of what stands behind a verb's "for"."""
    return next((t for t in verb.subtree if _opened_by_for(t, verb)), None)


def _opened_by_for(token: Token, verb: Token) -> bool:
    marked = any(c.lower_ == "for" and c.dep_ in ("case", "mark") for c in token.children)
    return marked and token.i > verb.i and verb in (token.head, token.head.head, token.head.head.head)


def opened(doc: Doc, start: int, end: int, cue: LinkCue) -> list[Token]:
    """The heads of the clause or noun phrase that the cue's last word opens."""
    last = doc[end - 1]
    if cue.where == "clause" and (_is_no_condition(doc[start], last) or _is_main(last)):
        return []
    if last.dep_ in ("mark", "case", "advmod", "cc", "aux") and last.head.i >= end:
        return [last.head]
    if cue.where == "phrase":  # some trees hang the complement on the cue's noun
        return [c for t in doc[start:end] for c in t.children if c.i >= end]
    return [c for c in last.children if c.i >= end and c.dep_ in _SUBORDINATE][:1]


def _is_main(last: Token) -> bool:
    """ "provided aid": the cue's word is a verb of its own."""
    return last.pos_ == "VERB" and last.dep_ not in ("mark", "advcl", "case")


def _is_no_condition(first: Token, last: Token) -> bool:
    """ "even if", "as if", "what if"; "asked if": a question; "should" after its subject."""
    if first.lower_ == "should":
        return first.head.dep_ != "advcl" or first.i != first.head.left_edge.i
    before = first.nbor(-1).lower_ if first.i else ""
    return before in ("even", "as", "what") or (last.dep_ == "mark" and last.head.dep_ == "ccomp")


def _links(
    told: Told, cue_at: tuple[int, int], heads: list[Token], cue: LinkCue, wording: Bargains
) -> Iterator[Link]:
    inside = inside_of(told, cue_at, heads)
    if cue.kind == "condition":
        pair = _conditional(told, heads[0], inside, wording)
    else:
        pair = _exchanged(told, cue_at, heads, inside)
    if pair is None or pair[0].id == pair[1].id or not _fits(*pair, cue):
        return
    above, within = pair
    first = told.doc[cue_at[0]].idx
    words = Span(first, told.doc[cue_at[1] - 1].idx + len(told.doc[cue_at[1] - 1]))
    flipped = cue.kind == "in_return_for" and above.status in ASKED  # what is asked for is the return
    outer_gives = (cue.order == "give_first") != flipped
    for outer in told.joined_to(above) if cue.kind == "in_return_for" else (above,):
        for inmost in told.joined_to(within, inside):
            give, take = (outer, inmost) if outer_gives else (inmost, outer)
            yield Link(cue.kind, give.id, take.id, words, explicit=True, reason=f"clause: {cue.cue}")


def inside_of(told: Told, cue_at: tuple[int, int], heads: list[Token]) -> set[int]:
    """The words of a cue and of what it opens; a verb or adjective in it ("tied to") governs the rest."""
    words = {i for i in range(*cue_at) if told.doc[i].pos_ not in ("VERB", "ADJ")}
    words |= set(range(cue_at[1], min(h.i for h in heads)))  # "for [cash and] visas", where trees hang it so
    return {t.i for head in heads for t in head.subtree if t.i >= cue_at[0]} | words


def _exchanged(
    told: Told, cue_at: tuple[int, int], heads: list[Token], inside: set[int]
) -> tuple[Event, Event] | None:
    """The act outside an exchange's phrase, and the one inside.

    A phrase set off by a comma belongs to the sentence's main act, not to the clause it follows. Where
    what is had in exchange is no act ("for a hostage"), the exchange itself stands for it.
    """
    past = {i for i in inside if i in told.acts and is_background(told, i)}
    within = next((e for h in heads if (e := told.under(h, past))), None)
    within = within or next((told.acts[i] for i in range(*cue_at) if i in told.acts), None)
    above = outside(told, cue_at, heads, inside)
    return (above, within) if above is not None and within is not None else None


def outside(told: Told, cue_at: tuple[int, int], heads: list[Token], inside: set[int]) -> Event | None:
    """The act that an exchange's phrase belongs to."""
    doc, start = told.doc, cue_at[0]
    sentence = doc[start].sent
    above = _not_background(told, heads[0], inside)
    if start > sentence.start and doc[start - 1].text == ",":
        above = told.highest(told.within(doc[sentence.start : start]), last=True) or above
    return told.deed(above, inside, start) if above is not None else None


def _not_background(told: Told, inner: Token, inside: set[int]) -> Event | None:
    """The act above that is more than a description: "swap prisoners [held in X] in exchange for"."""
    passed = set(inside)
    above = told.above(inner, passed)
    while above is not None and is_background(told, told.word_of[above.id]):
        passed.add(told.word_of[above.id])
        above = told.above(inner, passed)
    return above


def is_background(told: Told, at: int) -> bool:
    """ "two shepherds [held by the army]": what only tells which persons or goods are meant."""
    event = told.acts[at]
    return event.act in HOSTILE and event.status in DONE and told.doc[at].dep_ in _DESCRIBES


def _conditional(told: Told, inner: Token, inside: set[int], wording: Bargains) -> tuple[Event, Event] | None:
    """The act that depends, and the one it depends on: neither is told as done.

    Where the tree's act outside is not read as conditional but another of the sentence is, that one is
    meant: trees often hang a clause on the nearest verb.
    """
    above, within = told.above(inner, inside), told.under(inner)
    if within is None:
        return None
    outside = [e for e in told.within(inner.sent) if told.word_of[e.id] not in inside]
    meant = [e for e in outside if e.status == "conditional"]
    if above is not None and above.status != "conditional":
        above = told.deed(above, inside)
    if meant and above not in meant:
        above = min(meant, key=lambda e: abs(told.word_of[e.id] - inner.i))
    assents = all(told.doc[told.word_of[e.id]].lemma_.lower() in wording.assent for e in outside)
    if assents and _assents(inner, wording):
        above = _let_pass(told, inner)
    elif above is None or above.status in DONE:
        return None
    if above is None:
        return None
    if within.status in DONE:
        open_ones = [e for e in told.within(told.doc[i] for i in sorted(inside)) if e.status not in DONE]
        within = open_ones[0] if open_ones else within
    return above, within


def _assents(inner: Token, wording: Bargains) -> bool:
    """ "Would not mind if", "had no objections as long as": the clause above lets something pass."""
    verb = inner.head.head if inner.head.pos_ == "ADV" else inner.head
    return any(t.lemma_.lower() in wording.assent for t in (verb, *verb.children))


def _let_pass(told: Told, inner: Token) -> Event | None:
    """ "They had no objections, as long as ...": to what the sentence before told last."""
    earlier = told.before(inner.sent)
    acts = told.within(earlier) if earlier is not None else []
    return acts[-1] if acts else None


def _fits(above: Event, within: Event, cue: LinkCue) -> bool:
    if cue.cue == "until":  # else it tells how long, not on what condition
        return above.status in _NEGATIVE or above.act in _WITHHELD
    if cue.kind != "in_return_for":
        return True
    return not any(e.act in _NO_SIDE or (e.act in _NO_PRICE and e.status in DONE) for e in (above, within))


def purposes(told: Told, wording: Bargains) -> list[Link]:
    """A means given so that a named deed can be done: "lent $2 billion to buy weapons".

    Who is paid to do a thing is given the sum in return for it.
    """
    made = []
    for deed in told.events:
        token = told.doc[told.word_of[deed.id]]
        marked = token.dep_ in ("advcl", "acl", "xcomp") and any(
            c.lower_ in ("to", "so") and c.dep_ in ("mark", "advmod") for c in token.children
        )
        heads = (token.head, token.head.head) if marked else ()
        means = next((told.acts[h.i] for h in heads if h.i in told.acts), None)
        means = means or (_object_of(told, token.head) if marked else None)
        if means is None or means.id == deed.id:
            continue
        words = Span(*sorted((means.trigger.end, deed.trigger.start)))
        bought = any(h.lemma_.lower() in wording.paid_to_do for h in heads)
        if bought and {p.id for p in means.recipients} & {p.id for p in deed.actors}:
            made.append(
                Link("in_return_for", means.id, deed.id, words, explicit=True, reason="clause: paid to")
            )
        elif (
            token.dep_ != "xcomp" and _is_means(means) and deed.act not in HOSTILE
            and told.doc[told.word_of[means.id]].lemma_.lower() not in wording.permitting
        ):  # fmt: skip
            made.append(Link("purpose", means.id, deed.id, words, explicit=True, reason="clause: to"))
    return made


def _object_of(told: Told, verb: Token) -> Event | None:
    """ "received a loan to buy": the means that a verb naming no act has for its object."""
    objects = (c for c in verb.children if c.dep_ in ("obj", "nsubj:pass"))
    return next((told.acts[c.i] for c in objects if c.i in told.acts), None)


def _is_means(event: Event) -> bool:
    """Gifts, and of dealings those that tell a sum or goods."""
    told = event.act == "AID" or (event.act == "COOPERATE" and bool(event.amounts or event.goods))
    return told and event.instrument in _MEANS
