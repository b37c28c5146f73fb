"""What for what: links that a cue states, those the model proposes, and those told in one breath.

An implicit link is never mixed with an explicit one: it says so, and what made it. A threat answers
nothing, and that one act followed another is no exchange.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from chancery.events.clauses import by_clause, places, purposes, verb_lemma, what_for
from chancery.events.sides import (
    ASKED,
    DONE,
    FAVOURS,
    GIFTS,
    HOSTILE,
    MATERIAL,
    Told,
    answers,
    parties,
)
from chancery.knowledge.event_data import Bargains, EventCues, LinkCue
from chancery.language import LinkProposal
from chancery.records import Event, Link, LinkKind, Span

LINK_AT = 0.9  # the network is too sure of links: surer ones are right as often as a word that tells them
_ON = frozenset(("to", "on", "upon"))  # what stands behind "tied" and "depends"
_NOT_DONE = frozenset(("not_occurred", "refused"))
_TAKEN_UP_WITHIN = 4  # acts back
_GAP = 3  # characters between sentences
_SUBJECT_WITHIN = 6  # words behind an adverb that opens a clause
_BEFORE = 2  # sentences back to what "in return" answers
_TELLING_ON = 2  # sentences after "rewarded X for Y" that may tell what with


def find_links(
    doc: Doc, acts: Mapping[int, Event], proposals: Iterable[LinkProposal], words: EventCues
) -> tuple[Link, ...]:
    """The links between the acts of a document, each pair once, by what speaks for it most plainly."""
    told, cues, wording = Told(doc, acts), words.links, words.bargains
    stated = joined(
        by_clause(told, cues, wording), _by_cue(told, cues, wording), _unrequited(told, cues),
        _swaps(told, cues), purposes(told, wording),
    )  # fmt: skip
    return joined(stated, _proposed(told, proposals, stated), one_breath(told), _spelled_out(told, stated))


def _proposed(told: Told, links: Iterable[LinkProposal], stated: Sequence[Link]) -> list[Link]:
    """The model's links, where no rule has tied the sentence already; the likeliest of a sentence's."""
    acts = {e.id: e for e in told.events}
    tied = {acts[i].sentence for k in stated for i in (k.give, k.take)}
    best: dict[tuple[Span, str], tuple[float, Link]] = {}
    for link in links:
        give, take = told.acts.get(link.give), told.acts.get(link.take)
        if give is None or take is None or give.id == take.id or link.score < LINK_AT:
            continue
        kind: LinkKind = link.kind  # type: ignore[assignment]  # the model's labels are our kinds
        if give.sentence != take.sentence or give.sentence in tied:
            continue
        if kind == "in_return_for" and {give.act, take.act} & HOSTILE:
            continue
        made = Link(
            kind, give.id, take.id, _between(give, take), explicit=True,
            reason=f"model: {kind} {link.score:.2f}",
        )  # fmt: skip
        key = give.sentence, kind
        if key not in best or link.score > best[key][0]:
            best[key] = link.score, made
    return [made for _, made in best.values()]


def _between(a: Event, b: Event) -> Span:
    first, last = sorted((a.trigger, b.trigger))
    return Span(first.start, last.end)


_Finder = Callable[[Told, Words, LinkCue], Iterator[Link]]


def _by_cue(told: Told, cues: Sequence[LinkCue], wording: Bargains) -> list[Link]:
    """Links of adverbs ("in return") and of verbs ("cost", "pay for"); at most one cue a sentence."""
    finders: dict[str, _Finder] = {
        "adverb": _adverb,
        "verb": _verb,
        "hangs": _hangs,
        "for": partial(_for, wording=wording),
        "thanks": _thanks,
    }
    made: list[Link] = []
    for sentence in told.doc.sents:
        for cue in cues:
            finder = finders.get(cue.where)
            links = list(finder(told, sentence, cue)) if finder else []
            if links:
                made.extend(links)
                break
    return made


def _cue_in(sentence: Words, cue: LinkCue) -> tuple[int, int] | None:
    """Where the cue stands in a sentence, as positions in the document; verbs by lemma."""
    by_lemma = cue.where in ("verb", "for", "hangs")
    words = [verb_lemma(t) if by_lemma else t.lower_ for t in sentence]
    return next(((sentence.start + a, sentence.start + b) for a, b in places(words, cue.cue.split())), None)


def _span(doc: Doc, start: int, end: int) -> Span:
    return Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))


def _adverb(told: Told, sentence: Words, cue: LinkCue) -> Iterator[Link]:
    """ "...; in return, B": the clause the adverb stands in answers the clause or sentence before."""
    at = _cue_in(sentence, cue)
    if at is None or told.doc[min(at[1], len(told.doc) - 1)].lower_ in ("for", "to", "of"):
        return
    clause = _clause_of(_opens(told.doc, at) or told.doc[at[1] - 1], sentence)
    start = max(min(t.i for t in clause), at[0] if _opens(told.doc, at) else 0)
    own = told.highest(told.within(t for t in clause))
    first = told.highest(told.within(told.doc[sentence.start : start]), last=True)
    if first is None and own is not None and start <= at[0] + 1:
        first = _before(told, sentence, own)
    if own is None or first is None:
        return
    own, first = told.deed(own, set()), told.deed(first, set(range(start, len(told.doc))), start)
    if own.id == first.id or {own.act, first.act} & HOSTILE:
        return
    if cue.order == "gift_first" and not _is_gift_answered(first, own):
        return
    words = _span(told.doc, *at)
    for one in told.joined_to(own):
        give, take = (one, first) if _worth(one) > _worth(first) else (first, one)
        yield Link(cue.kind, give.id, take.id, words, explicit=True, reason=f"cue: {cue.cue}")


def _opens(doc: Doc, at: tuple[int, int]) -> Token | None:
    """The subject of the clause that an adverb opens (", and in return [Tunisia] supported")."""
    before = doc[at[0] - 1] if at[0] else None
    if before is None or before.dep_ not in ("cc", "punct"):
        return None
    following = doc[at[1] : at[1] + _SUBJECT_WITHIN]
    return next((t for t in following if t.dep_.startswith("nsubj") and t.head.i > t.i), None)


def _is_material(event: Event) -> bool:
    return event.act == "AID" and event.instrument in MATERIAL


def _worth(event: Event) -> int:
    """Goods and money are rather what is given, favours rather what is had for them."""
    if event.act in ("AID", "COOPERATE") and event.instrument in MATERIAL:
        return 1
    return -1 if event.instrument in FAVOURS else 0


def _is_gift_answered(first: Event, own: Event) -> bool:
    """ "In response" opens reactions of all kinds: of them only a favour done for a gift is exchange."""
    return first.act in GIFTS and first.status not in ASKED and _is_material(first) and answers(first, own)


def _before(told: Told, sentence: Words, own: Event) -> Event | None:
    """The main act told before a sentence: of freeing where that answers freeing, of gifts, else of all."""
    at: Words | None = sentence
    acts: list[Event] = []
    for _ in range(_BEFORE):
        at = told.before(at) if at is not None else None
        acts = acts or (told.within(at) if at is not None else [])
    alike = [e for e in acts if e.instrument == own.instrument == "prisoners"]
    return told.highest(alike) or told.highest([e for e in acts if e.act in GIFTS]) or told.highest(acts)


def _clause_of(token: Token, sentence: Words) -> list[Token]:
    """The words of the clause that a word stands in, clauses beside it left out."""
    at = token
    while at.head != at and not (at.pos_ in ("VERB", "AUX") and _is_clause(at)):
        at = at.head
    beside = {t.i for c in at.children if c.dep_ in ("conj", "parataxis") and _subject(c) for t in c.subtree}
    before = {t.i for t in at.subtree if t.i < token.i and t.i in beside}
    return [t for t in at.subtree if t.i not in beside and t.i not in before and t.sent == sentence]


def _is_clause(token: Token) -> bool:
    return token.dep_ in ("conj", "parataxis", "ROOT", "root", "ccomp", "advcl") and _subject(token)


def _subject(token: Token) -> bool:
    return any(c.dep_.startswith("nsubj") for c in token.children)


def _verb(told: Told, sentence: Words, cue: LinkCue) -> Iterator[Link]:
    """ "Recognition cost Moscow a loan": the subject was had for the object, or for what is told next."""
    at = _cue_in(sentence, cue)
    if at is None:
        return
    verb = told.doc[at[0]]
    had = next((told.under(c) for c in verb.children if c.dep_.startswith("nsubj")), None)
    if had is None:
        return
    barred = {t.i for c in verb.children if c.dep_.startswith("nsubj") for t in c.subtree}
    price = told.under(verb, barred) or next(
        (e for e in _next_acts(told, sentence, 1) if _is_material(e) and answers(e, had)), None
    )
    if price is not None and price.id != had.id and not {price.act, had.act} & HOSTILE:
        words = _span(told.doc, *at)
        yield Link(cue.kind, price.id, had.id, words, explicit=True, reason=f"cue: {cue.cue}")


def _hangs(told: Told, sentence: Words, cue: LinkCue) -> Iterator[Link]:
    """ "Tied the sale to the extradition", "aid depends on reforms": what hangs on what."""
    at = _cue_in(sentence, cue)
    if at is None:
        return
    verb = told.doc[at[0]]
    hooks = [c for c in verb.children if c.i > verb.i and _prepositions(c) & _ON]
    objects = [c for c in verb.children if c.dep_ in ("obj", "nsubj:pass")]
    objects = objects or [c for c in verb.children if c.dep_ == "nsubj"]
    barred = {t.i for c in hooks for t in c.subtree}
    hanging = next((e for c in objects if (e := told.under(c, barred))), None)
    hook = next((e for c in hooks if (e := told.under(c))), None)
    if hanging is None or hook is None or hanging.id == hook.id or hanging.act in HOSTILE:
        return
    words = _span(told.doc, *at)
    yield Link(cue.kind, hanging.id, hook.id, words, explicit=True, reason=f"cue: {cue.cue}")


def _prepositions(token: Token) -> set[str]:
    return {c.lower_ for c in token.children if c.dep_ in ("case", "mark")}


def _next_acts(told: Told, sentence: Words, sentences: int) -> Iterator[Event]:
    """The acts of the sentences that follow."""
    at = sentence
    for _ in range(sentences):
        if at.end >= len(told.doc):
            return
        at = told.doc[at.end].sent
        yield from told.within(at)


def _for(told: Told, sentence: Words, cue: LinkCue, wording: Bargains) -> Iterator[Link]:
    """ "paid a billion for the licences": the verb's gift, and what the phrase with "for" names."""
    at = _cue_in(sentence, cue)
    if at is None:
        return
    verb = told.doc[at[0]]
    inner = what_for(verb)
    gift = told.acts.get(verb.i)
    if inner is None:
        return
    inside = {t.i for t in inner.subtree}
    gift = gift or told.under(verb, inside)
    bought = told.under(inner)
    if (bought is None or bought.act == "AGREE") and inner.lemma_.lower() in wording.taken_up:
        bought = _taken_up(told, inner, gift, sentence) or bought
    if gift is None or bought is None or gift.id == bought.id or {gift.act, bought.act} & HOSTILE:
        return
    words = _span(told.doc, *at)
    for one in told.joined_to(bought, inside):
        yield Link(cue.kind, gift.id, one.id, words, explicit=True, reason=f"cue: {cue.cue} ... for")


def _taken_up(told: Told, inner: Token, gift: Event | None, sentence: Words) -> Event | None:
    """ "for the agreement", "for it": an act told shortly before that is no gift of the payer's own."""
    earlier = [e for e in told.events if e.trigger.end <= sentence.start_char][-_TAKEN_UP_WITHIN:]
    if inner.pos_ == "PRON":
        earlier = [e for e in earlier if e.sentence.end + _GAP >= sentence.start_char]
    if gift is None:
        return None
    payers, paid = parties(gift)
    for event in reversed(earlier):
        doers, takers = parties(event)
        if event.act in GIFTS and event.act != "AID" and (payers & takers or paid & doers):
            return event
    return None


def _thanks(told: Told, sentence: Words, cue: LinkCue) -> Iterator[Link]:
    """ "might show his gratitude and recognize": an act that answers what its doer got or asked before."""
    at = _cue_in(sentence, cue)
    if at is None:
        return
    favour = next(
        (e for e in told.within(told.doc[at[1] : sentence.end]) if e.act in GIFTS and e.actors), None
    )
    earlier = told.before(sentence)
    if favour is None or earlier is None:
        return
    since = told.before(earlier) or earlier
    doers = parties(favour)[0]
    for gift in reversed(told.within(told.doc[since.start : sentence.start])):
        sought = gift.act == "REQUEST" and gift.instrument in MATERIAL and doers & parties(gift)[0]
        if sought or (_is_material(gift) and answers(gift, favour)):
            words = _span(told.doc, *at)
            yield Link(cue.kind, gift.id, favour.id, words, explicit=True, reason=f"cue: {cue.cue}")
            return


def _unrequited(told: Told, cues: Sequence[LinkCue]) -> Iterator[Link]:
    """ "Russia granted a loan, but Venezuela did not recognize": a gift to who then did not do a thing."""
    for sentence in told.doc.sents:
        for cue in cues:
            at = _cue_in(sentence, cue) if cue.where == "turn" else None
            if at is None:
                continue
            words = _span(told.doc, *at)
            gifts = told.within(told.doc[sentence.start : at[0]])
            if not gifts and at[0] <= sentence.start + 1 and sentence.start:
                gifts = told.within(told.doc[sentence.start - 1].sent)
            left = told.within(told.doc[at[1] : sentence.end])
            pair = next(
                ((g, e) for g in reversed(gifts) for e in left
                 if g.act in GIFTS and g.status in DONE and e.status in _NOT_DONE and answers(g, e)
                 and e.act not in HOSTILE),
                None,
            )  # fmt: skip
            if pair is not None:
                gift, omitted = pair
                yield Link(
                    "unrequited", gift.id, omitted.id, words, explicit=True, reason=f"cue: {cue.cue} ... not"
                )
                break


def _swaps(told: Told, cues: Sequence[LinkCue]) -> Iterator[Link]:
    """ "Iran releases A while Washington releases B in a prisoner exchange": each for the other."""
    for sentence in told.doc.sents:
        at = next((a for c in cues if c.where == "swap" and (a := _cue_in(sentence, c))), None)
        if at is None:
            continue
        words = _span(told.doc, *at)
        freed = [
            e
            for e in told.within(sentence)
            if e.act in ("RETREAT", "CONCEDE") and e.status != "refused" and not e.trigger.overlaps(words)
        ]
        first = freed[0] if freed else None
        other = next((e for e in freed if first and _by_others(first, e)), None)
        if first is not None and other is not None:
            reason = f"cue: {words.of(told.doc.text).lower()}"
            yield Link("in_return_for", first.id, other.id, words, explicit=True, reason=reason)


def _by_others(one: Event, other: Event) -> bool:
    doers, others = parties(one)[0], parties(other)[0]
    return bool(doers and others) and not doers & others


def one_breath(told: Told) -> list[Link]:
    """Implicit: one sentence tells that X did a favour and that X was given something of worth.

    Both must have happened, and by different parties. Sequence alone, in different sentences, is nothing.
    """
    made = []
    for sentence in told.doc.sents:
        here = told.within(sentence)
        gifts = [e for e in here if _is_material(e) and e.status in DONE]
        favours = [e for e in here if e.act == "SUPPORT" and e.instrument in FAVOURS and e.status in DONE]
        for gift in gifts:
            for favour in favours:
                if answers(gift, favour):
                    same = sorted(parties(gift)[1] & parties(favour)[0])
                    reason = f"implicit: {', '.join(same)} gives and receives in one sentence"
                    made.append(
                        Link("in_return_for", gift.id, favour.id, _between(gift, favour),
                             explicit=False, reason=reason)
                    )  # fmt: skip
    return made


def _spelled_out(told: Told, stated: Sequence[Link]) -> Iterator[Link]:
    """Implicit: "Russia rewarded Nicaragua for recognition. In December ...": what the reward was.

    The acts told next by which the one rewarded gets something from the other.
    """
    acts = {e.id: e for e in told.events}
    for link in stated:
        gift, favour = acts[link.give], acts[link.take]
        if gift.amounts or not link.reason.endswith("... for") or link.kind != "in_return_for":
            continue
        givers, takers = parties(gift)
        sentence = told.doc[told.word_of[gift.id]].sent
        for event in _next_acts(told, sentence, _TELLING_ON):
            doers, given = parties(event)
            forth = bool(givers & doers and takers & given)
            together = bool(takers & doers) and givers <= given | doers
            if _is_worth(event) and (forth or together):
                yield Link(
                    "in_return_for", event.id, favour.id, _between(favour, event), explicit=False,
                    reason=f"implicit: told after {link.reason}",
                )  # fmt: skip


def _is_worth(event: Event) -> bool:
    worth = event.instrument in MATERIAL and event.act in ("AID", "AGREE", "COOPERATE")
    return worth and event.status not in (*_NOT_DONE, *ASKED)


def joined(*parts: Iterable[Link]) -> tuple[Link, ...]:
    """Without the same pair twice; the first reason stays."""
    kept: dict[frozenset[str], Link] = {}
    for link in (k for links in parts for k in links):
        kept.setdefault(frozenset((link.give, link.take)), link)
    return tuple(kept.values())
