"""Events: each act the model proposes, with its parties, speakers, time and sums, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from chancery.events.codes import derive
from chancery.events.conditions import Condition
from chancery.events.dating import time_of
from chancery.events.doers import Two, settled, suffering
from chancery.events.lexicon import opinion, second_opinions
from chancery.events.parties import by_frame, by_syntax, given, in_role, likeliest, merged, near, others, runs
from chancery.events.phrases import worded
from chancery.events.places import Where, place_of
from chancery.events.speech import speakers
from chancery.events.statuses import how_real, silent
from chancery.knowledge.code_data import CodeTables
from chancery.knowledge.event_data import EventCues
from chancery.language import ActProposal
from chancery.language.mentions import Found
from chancery.records import (
    Act,
    Amount,
    Event,
    Finding,
    Goods,
    How,
    Instrument,
    Party,
    Reason,
    Report,
    Span,
    Status,
    Time,
    event_id,
)

SUSPECTED = 0.15  # probability of a role from which the tree may decide
ACT_AT = 0.55  # probability from which a word names an act
_SUBJECTS = frozenset(("nsubj", "nsubj:pass"))


@dataclass(frozen=True, slots=True)
class Context:
    """What one document gives to all its events."""

    report: Report
    doc: Doc
    found: list[Found]
    outer: list[Found]  # of them those that lie in no wider one
    times: tuple[Time, ...]
    amounts: tuple[Amount, ...]
    goods: tuple[Goods, ...]
    cues: EventCues
    codes: CodeTables
    unread: tuple[Span, ...]
    conditions: tuple[Condition, ...] = ()


def assemble(context: Context, proposals: Sequence[ActProposal]) -> tuple[dict[int, Event], list[Finding]]:
    """Events by the position of their trigger word, and what stayed doubtful."""
    believed = second_opinions(context.doc, proposals, context.cues, ACT_AT)
    chosen = [p for p in believed if not _is_unread(context, p.token)]
    unsaid = silent(context.doc, {p.token for p in chosen}, context.cues.statuses)
    chosen = [p for p in chosen if p.token not in unsaid]
    triggers = {p.token for p in chosen}
    events: dict[int, Event] = {}
    findings: list[Finding] = []
    for proposal in chosen:
        event, doubts = _event(context, proposal, triggers)
        if event is None:
            findings.extend(doubts)
            continue
        events[proposal.token] = event
        findings.extend(doubts)
    return events, findings


def _is_unread(context: Context, token: int) -> bool:
    at = context.doc[token].idx
    return any(s.start <= at < s.end for s in context.unread)


def _event(context: Context, p: ActProposal, triggers: set[int]) -> tuple[Event | None, list[Finding]]:
    doc, token = context.doc, context.doc[p.token]
    trigger = Span(token.idx, token.idx + len(token.text))
    named = event_id(context.report.id, trigger)
    reasons = (*_model_reasons(p), *_lexicon_reasons(token, p, context))
    actors, recipients, why, unknown = _parties(context, p, token)
    if not actors and not recipients and not unknown:
        words = f"{token.text!r} names an act of no actor known here; no line was made"
        return None, [Finding("no_party", words, trigger)]
    act: Act = p.acts[0].label  # type: ignore[assignment]
    instrument: Instrument | None = None if p.instruments[0].label == "_" else p.instruments[0].label  # type: ignore[assignment]
    modelled: Status = p.statuses[0].label  # type: ignore[assignment]
    status, told = how_real(token, act, modelled, context.cues.statuses, context.conditions)
    where = Where(context.outer, frozenset(triggers), context.cues.locating)
    time, dated = time_of(token, _marked(p, "time", doc), context.times, triggers)
    place, located = place_of(token, act, where)
    said = speakers(doc, p.token, p.roles.get("speaker", ()), context.outer, context.cues.speech)
    event = Event(
        named, trigger, token.text, _sentence(token), act, instrument, status, actors, recipients,
        _held_by(context, p), said,
        time, place,
        tuple(a for a in context.amounts if _belongs(context, a.span, p, "amount", triggers)),
        tuple(g for g in context.goods if _belongs(context, g.span, p, "goods", triggers)),
        derive(act, instrument, status, context.codes, worded(token)),
        round(p.score, 3), (*reasons, *told, *why, *dated, *located),
    )  # fmt: skip
    return event, _unknown(doc, unknown, named)


def _sentence(token: Token) -> Span:
    sentence = token.sent
    text = sentence.text
    start = sentence.start_char + len(text) - len(text.lstrip())
    return Span(start, sentence.end_char - (len(text) - len(text.rstrip())))


def _model_reasons(p: ActProposal) -> tuple[Reason, ...]:
    return (
        Reason("trigger", "model", "the word names an act", round(p.score, 3)),
        Reason("act", "model", p.acts[0].label, round(p.acts[0].score, 3)),
        Reason("instrument", "model", p.instruments[0].label, round(p.instruments[0].score, 3)),
        Reason("status", "model", p.statuses[0].label, round(p.statuses[0].score, 3)),
    )


def _lexicon_reasons(token: Token, p: ActProposal, context: Context) -> tuple[Reason, ...]:
    said = opinion(token, context.cues, p.acts[0].label)
    return (Reason("act", "lexicon", said.told),) if said is not None else ()


def _parties(
    context: Context, p: ActProposal, token: Token
) -> tuple[tuple[Party, ...], tuple[Party, ...], tuple[Reason, ...], list[tuple[int, int]]]:
    """Actors and recipients, the reasons for them, and words in a role that name nobody known."""
    doc, found = context.doc, context.outer
    agents, unknown = in_role(token, p.roles.get("actor", ()), found)
    patients, unknown_patients = in_role(token, p.roles.get("recipient", ()), found)
    source = "model"
    if not agents and not unknown:
        agents = likeliest(token, p, "actor", found, patients)
        if not agents:
            seen = {q.id for q in patients}
            agents = [a for a in by_syntax(doc, token, found, context.cues.doers) if a.id not in seen]
            source = "syntax"
    to = "model"
    if not patients and not unknown_patients:
        frame = context.cues.frames.get(p.acts[0].label, frozenset())  # type: ignore[call-overload]
        patients = by_frame(token, frame, p.roles.get("recipient", ()), found, SUSPECTED)
        to = "syntax"
        patients = patients or likeliest(token, p, "recipient", found, agents)
    act: Act = p.acts[0].label  # type: ignore[assignment]  # the model's labels are our acts
    two = Two(tuple(agents), tuple(patients))
    rules = suffering if unknown else settled
    frame = context.cues.frames.get(act, frozenset())
    two = rules(token, act, two, found, context.cues.doers, frame)
    agents, patients = list(two.agents), list(two.patients)
    if act == "AID":
        agents, patients = given(token, agents, patients, found, context.cues.receiving.verbs)
    actors = merged(agents)
    recipients = merged(others(actors, patients))
    why = (
        *_party_reasons(context, actors, "actors", source),
        *_party_reasons(context, recipients, "recipients", to),
        *(Reason("actors", "syntax", told) for told in two.why),
    )
    return actors, recipients, why, [*unknown, *unknown_patients]


def _party_reasons(context: Context, parties: Iterable[Party], field: str, source: str) -> tuple[Reason, ...]:
    return tuple(Reason(field, source, f"{p.text} is {p.id} by {_how(context, p)}") for p in parties)


def _how(context: Context, party: Party) -> How:
    """Why the words of a party name its actor."""
    words = context.doc.char_span(party.span.start, party.span.end) if party.span else None
    if words is None:
        return "name"
    at = (words.start, words.end)
    return next((f.how for f in context.found if (f.start, f.end) == at and f.principal == party.id), "name")


def _unknown(doc: Doc, stretches: Iterable[tuple[int, int]], event: str) -> list[Finding]:
    return [
        Finding(
            "unknown_party", f"{doc[a:b].text!r} is a party, but no actor known here",
            Span(doc[a].idx, doc[b - 1].idx + len(doc[b - 1].text)), event,
        )
        for a, b in stretches
    ]  # fmt: skip


def _held_by(context: Context, p: ActProposal) -> tuple[str, ...]:
    """Whose promise, plan, demand or hope it is, as the model marks (see holders.py for the rest)."""
    holders, _ = in_role(context.doc[p.token], p.roles.get("holder", ()), context.outer)
    return tuple(dict.fromkeys(h.id for h in holders))


def _tokens(doc: Doc, span: Span) -> set[int]:
    words = doc.char_span(span.start, span.end, alignment_mode="expand")
    return set(range(words.start, words.end)) if words is not None else set()


def _marked(p: ActProposal, role: str, doc: Doc) -> set[int]:
    return {i for a, b, _ in runs(doc, near(doc[p.token], p.roles.get(role, ()))) for i in range(a, b)}


def _belongs(context: Context, span: Span, p: ActProposal, role: str, triggers: set[int]) -> bool:
    """Whether a sum or thing is this act's: by the model's words, else by the tree above it."""
    doc, inside = context.doc, _tokens(context.doc, span)
    marked = bool(inside & _marked(p, role, doc)) and not _clause_apart(doc, inside, p.token)
    return marked or governor(doc, inside, triggers) == p.token


def governor(doc: Doc, tokens: set[int], triggers: set[int]) -> int | None:
    """The first trigger on the way from some words up to the root of their sentence."""
    if not tokens:
        return None
    at = next((doc[i] for i in sorted(tokens) if doc[i].head.i not in tokens), doc[min(tokens)])
    for _ in range(10):
        if at.head == at or _own_clause(at):
            break
        at = at.head
        if at.i in triggers:
            return at.i
    return None


def _clause_apart(doc: Doc, tokens: set[int], trigger: int) -> bool:
    """Whether words stand in a clause of its own that the trigger is no part of."""
    at = doc[min(tokens)]
    while at.head != at:
        if _own_clause(at):
            return doc[trigger] not in set(at.subtree)
        at = at.head
    return False


def _own_clause(token: Token) -> bool:
    """A clause beside another, with its own subject: what stands in it is not the other's."""
    return token.dep_ in ("parataxis", "conj") and any(c.dep_ in _SUBJECTS for c in token.children)
