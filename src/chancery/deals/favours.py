"""What states did that others may pay for: recognition and the like, when, and whether withdrawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from chancery.deals.deeds import DONE, Deed, day_of
from chancery.knowledge.deal_data import deal_words
from chancery.ledger import LedgerEvent
from chancery.records import STAGE_OF, Act, Actor, ActorKind, Instrument, Stage

STATES: frozenset[ActorKind] = frozenset(("state", "partly_recognized_state", "former_state"))
Texts = Callable[[str], str]
_FAVOURING: frozenset[Act] = frozenset(("SUPPORT", "AGREE", "COOPERATE", "AID", "CONCEDE"))
_ENDING: frozenset[Act] = frozenset(("SANCTION", "REJECT", "RETREAT"))
_TIES: frozenset[Instrument] = frozenset(("recognition", "relations"))
_ARTICLES = frozenset(("the", "a", "an", "its", "their", "his", "her"))
_REACH = 5  # words back to the preposition that a name stands under
_ANEW = timedelta(days=30)  # after a withdrawal; sooner, it is the same act told once more


@dataclass(frozen=True, slots=True)
class Favour:
    """What a state did, will do or will not do for `whom`, and the acts that tell it, the first first.

    `day` is None where it is only known to lie before a withdrawal. `withdrawn` is the day it ended,
    `ended` the act by which. `others` are acts that tell of it as ahead, or as not done then.
    """

    state: str
    instrument: Instrument
    whom: tuple[str, ...]
    stage: Stage
    day: date | None
    deeds: tuple[Deed, ...]
    withdrawn: date | None = None
    ended: Deed | None = None
    others: tuple[Deed, ...] = ()

    @property
    def lead(self) -> Deed:
        """The act that tells it best: that of the favour, else of its end."""
        return self.deeds[0]

    @property
    def confidence(self) -> float:
        """The surest of its tellings, 0 to 1."""
        return max(line.event.confidence for deed in self.deeds for line in deed.lines)


def favours(
    deeds: Iterable[Deed],
    actors: Mapping[str, Actor],
    instruments: Collection[Instrument],
    whom: Collection[str],
    texts: Texts,
) -> tuple[Favour, ...]:
    """Every favour of these instruments by a state, to `whom` if named; by state, then day.

    Of each state and each `whom` the first telling counts, and another only after a withdrawal. What is
    only ahead, sought or refused is listed where nothing was done. `texts` gives a report's text by id.
    """
    given: dict[tuple[str, str], list[Deed]] = defaultdict(list)
    ended: dict[tuple[str, str], list[Deed]] = defaultdict(list)
    for deed in deeds:
        if deed.instrument not in instruments:
            continue
        if _is_only_about(deed, texts):
            continue
        left = _left(deed, texts)
        stopped = _stopped(deed, texts)
        for state, other in _pairs(deed, actors, whom):
            if left:
                (ended if other in left else given)[state, other].append(deed)
            elif _ends(deed) or (stopped and deed.status in DONE):
                ended[state, other].append(deed)
            elif _is_favour(deed) and not stopped:
                given[state, other].append(deed)
    found = [
        favour
        for state, to in {**given, **ended}
        for favour in _history(state, to, given[state, to], ended[state, to])
    ]
    named = {f.state for f in found if f.whom}
    found = [f for f in found if f.whom or f.state not in named]
    return tuple(sorted(_joined(found), key=lambda f: (f.state, f.day or date.min, f.whom)))


def _is_favour(deed: Deed) -> bool:
    if deed.act not in _FAVOURING:
        return False
    if deed.instrument != "relations" or STAGE_OF[deed.status] != "done":
        return True
    return _worded(deed, deal_words().relations.opening)


def _left(deed: Deed, texts: Texts) -> frozenset[str]:
    """ "switches from Taipei to Beijing": those whom the act leaves, if it passes from some to others."""
    if deed.status not in DONE or not _worded(deed, deal_words().relations.passing):
        return frozenset()
    left: set[str] = set()
    for line in deed.lines:
        text = texts(line.report.id)
        for party in line.event.recipients:
            if party.span is not None and _comes_from(text[: party.span.start]):
                left.add(party.id)
    return frozenset(left) if left < set(deed.recipients) else frozenset()


def _stopped(deed: Deed, texts: Texts) -> bool:
    """ "stopped recognizing": the word before the act's ends it."""
    lead = next(line for line in deed.lines if line.event.id == deed.id)
    before = texts(lead.report.id)[: lead.event.trigger.start].split()[-1:]
    return bool(deal_words().relations.stopping & {word.casefold() for word in before})


def _is_only_about(deed: Deed, texts: Texts) -> bool:
    """ "promotes recognition", "rewarded them for it": an act of another kind, about a recognition."""
    words = deal_words().relations
    if _worded(deed, words.answering):
        return True
    event = next(line for line in deed.lines if line.event.id == deed.id)
    before = texts(event.report.id)[: event.event.trigger.start].casefold().split()[-2:]
    return next((word for word in reversed(before) if word not in _ARTICLES), "") in words.about


def _comes_from(before: str) -> bool:
    words = before.split()[-_REACH:]
    return "from" in words and "to" not in words[words.index("from") :]


def _ends(deed: Deed) -> bool:
    done = deed.act in _ENDING and deed.instrument in _TIES and deed.status in DONE
    return done and _worded(deed, deal_words().relations.closing)


def _worded(deed: Deed, beginnings: Collection[str]) -> bool:
    words = {line.event.trigger_text.casefold() for line in deed.lines}
    return any(word.startswith(tuple(beginnings)) for word in words)


def _pairs(deed: Deed, actors: Mapping[str, Actor], whom: Collection[str]) -> Iterator[tuple[str, str]]:
    """Who did it for whom. Relations are mutual: one of `whom` opens or ends them for the other as well."""
    states = [i for i in deed.actors if _is_state(i, actors)]
    to = [i for i in deed.recipients if not whom or i in whom]
    if deed.instrument == "recognition" and deed.recipients:
        to = [i for i in to if i not in actors or actors[i].kind != "igo"]  # nobody recognizes an alliance
        if not any(i in actors and actors[i].kind == "partly_recognized_state" for i in deed.recipients):
            states = [i for i in states if actors[i].kind != "partly_recognized_state"]
    # who is only partly recognized is rather whom it was about
    if not deed.recipients and not whom:
        to = [""]
        states = [i for i in states if actors[i].kind != "partly_recognized_state"]
    yield from ((state, other) for state in states for other in to if state != other)
    if deed.instrument == "relations" and whom:
        others = [i for i in deed.recipients if i not in whom and _is_state(i, actors)]
        yield from ((other, state) for other in others for state in deed.actors if state in whom)


def _is_state(id: str, actors: Mapping[str, Actor]) -> bool:
    return id in actors and actors[id].kind in STATES


def _history(state: str, to: str, given: Sequence[Deed], ended: Sequence[Deed]) -> Iterator[Favour]:
    """The favour's terms, one after another: from a deed to the withdrawal after it."""
    doubted = tuple(d for d in given if _is_overtaken(d, given))
    given = [d for d in given if d not in doubted]
    ends = sorted(ended, key=_first)
    told = {s for deed in ends for s in _sentences(deed)}
    done = sorted((d for d in given if _is_done(d) and not _sentences(d) & told), key=_first)
    ended_before: date | None = None
    whom = (to,) if to else ()
    for end in ends:
        term = [d for d in done if _first(d) <= _first(end) and _is_anew(d, ended_before)]
        if term or ended_before is None:
            yield _term(state, whom, term, end)
            ended_before = _first(end)
    rest = [d for d in done if _is_anew(d, ended_before)]
    if rest:
        others = (*(d for d in given if d not in rest), *doubted)
        yield replace(_term(state, whom, rest, None), others=others)
    elif not ends:
        for favour in _not_done(state, whom, given):
            yield replace(favour, others=doubted)


def _is_done(deed: Deed) -> bool:
    """Told as an act done, not as one that goes on ("recognizes ever since", "reaffirms")."""
    return deed.status == "occurred" and not _worded(deed, deal_words().relations.continuing)


def _is_overtaken(deed: Deed, given: Iterable[Deed]) -> bool:
    """Told as done, without a day and only on somebody's word, which reports from then on tell as ahead."""
    done = [line for line in deed.lines if line.event.status in DONE]
    if not done or deed.told is None or any(n.event.time or not n.event.speakers for n in done):
        return False
    return any(d.told and d.told >= deed.told and STAGE_OF[d.status] == "ahead" for d in given)


def _first(deed: Deed) -> date:
    """The first day on which it is told as done; an act first announced is not done by then."""
    return _done_day(deed) or date.max


def _done_day(deed: Deed) -> date | None:
    days = [day for line in deed.lines if line.event.status == "occurred" and (day := day_of(line))]
    return min(days, default=deed.day)


def _is_anew(deed: Deed, ended: date | None) -> bool:
    return ended is None or _first(deed) > ended + _ANEW


def _sentences(deed: Deed) -> set[tuple[str, int]]:
    return {(line.report.id, line.event.sentence.start) for line in deed.lines}


def _term(state: str, whom: tuple[str, ...], term: Sequence[Deed], end: Deed | None) -> Favour:
    deeds = tuple(term) or ((end,) if end else ())
    instrument = deeds[0].instrument
    assert instrument is not None  # only deeds with one of the instruments asked for come here
    return Favour(
        state, instrument, whom, "done", _done_day(term[0]) if term else None, deeds,
        _done_day(end) if end else None, end,
    )  # fmt: skip


def _not_done(state: str, whom: tuple[str, ...], given: Sequence[Deed]) -> Iterator[Favour]:
    """What was told last of a favour that nobody tells as done: going on since a day not told, or ahead."""
    ordered = sorted(given, key=lambda d: (d.told or date.min, d.id), reverse=True)
    lasting = [d for d in ordered if d.status in DONE]
    if lasting:
        yield replace(_term(state, whom, lasting, None), day=None)
    elif ordered:
        instrument = ordered[0].instrument
        assert instrument is not None
        stage = STAGE_OF[ordered[0].status]
        yield Favour(state, instrument, whom, stage, ordered[0].day, tuple(ordered))


def _joined(found: Iterable[Favour]) -> list[Favour]:
    """One favour for several beneficiaries of one act."""
    groups: dict[object, Favour] = {}
    for favour in found:
        key = (favour.state, favour.stage, favour.day, favour.deeds[0].id, favour.withdrawn)
        known = groups.get(key)
        groups[key] = favour if known is None else replace(known, whom=(*known.whom, *favour.whom))
    return list(groups.values())


def lines_of(favour: Favour) -> tuple[LedgerEvent, ...]:
    """All lines that tell it, its end, or of it as not done yet."""
    ends = favour.ended.lines if favour.ended else ()
    return (*(line for deed in (*favour.deeds, *favour.others) for line in deed.lines), *ends)
