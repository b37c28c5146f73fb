"""What became of a promise: the later lines that tell of the same deed, and the rating they allow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chancery.deals.deeds import DONE, Deed, day_of
from chancery.deals.stages import EXITS, stage_of
from chancery.ledger import LedgerEvent
from chancery.records import Act, DealStage, Event, Fulfilment, Schedule, Step

_YEARS = timedelta(days=3 * 365)  # a like deed later than that is another
_LONG_AFTER = timedelta(days=30)  # after its day, a refusal is of another
_GIVING: frozenset[Act] = frozenset(("AID", "COOPERATE"))
_SIGNING: frozenset[Act] = frozenset(("SUPPORT", "AGREE"))
_ENDED: frozenset[DealStage] = frozenset(("cancelled", "withdrawn", "lapsed", "refused"))
_NEARLY = 0.95  # of a promised sum or number is the whole of it


@dataclass(frozen=True, slots=True)
class Followed:
    """The rating, its steps in order, the stages they reach, and the lines they rest on."""

    fulfilment: Fulfilment
    steps: tuple[Step, ...]
    stages: tuple[Step, ...]
    lines: tuple[LedgerEvent, ...]


def follow(
    promised: Sequence[Deed],
    promisors: tuple[str, ...],
    promisees: tuple[str, ...],
    around: Iterable[Deed],
    made: date | None,
    schedule: Schedule | None,
) -> Followed:
    """What lines after the promise tell of it. `around` are all deeds of the promisors."""
    own = {deed.id for deed in promised}
    found: list[tuple[LedgerEvent, Fulfilment]] = []
    lead = promised[0]
    for deed in (*promised, *(d for d in around if d.id not in own and _alike(lead, d, promisees))):
        for line in deed.lines:
            if _is_later(line, lead, made, same=deed.id in own):
                said = _says(line.event, promisors, schedule, day_of(line))
                ends = said == "broken" and line.event.status != "not_occurred"
                if ends and not _is_that_end(lead, deed, schedule, day_of(line)):
                    continue
                if said is not None:
                    found.append((line, said))
    found.sort(key=lambda f: (day_of(f[0]) or date.max, f[0].event.id))
    steps = tuple(Step(said, day_of(n), n.event.id, n.report.id) for n, said in found)
    lines = tuple(n for n, _ in found)
    return Followed(_rating(lead, found), steps, tuple(_stages(lines)), lines)


def _alike(promised: Deed, later: Deed, promisees: Collection[str]) -> bool:
    """Whether a deed may be what was promised: of its kind, to whom it was promised, with its goods."""
    same_kind = promised.instrument is not None and promised.instrument == later.instrument
    acts = {promised.act, later.act}
    if not same_kind or not (len(acts) == 1 or acts <= _GIVING or acts <= _SIGNING or _ends(promised, later)):
        return False
    if promisees and not set(promisees) & {*later.recipients, *later.actors}:
        return False
    shared = _goods(promised) & _goods(later)
    if _goods(promised) and _goods(later) and not shared:
        return False
    return bool(promisees or shared or _sums(promised) & _sums(later))


def _ends(promised: Deed, later: Deed) -> bool:
    """Whether a deed ends what was promised; where an end was promised, it would be the deed itself."""
    if promised.act in ("RETREAT", "CONCEDE"):
        return False
    return later.act in ("SANCTION", "REJECT") and any(stage_of(n.event) in EXITS for n in later.lines)


def _goods(deed: Deed) -> set[str]:
    return {word for g in deed.goods for word in g.item.casefold().split() if any(c.isdigit() for c in word)}


def _sums(deed: Deed) -> set[tuple[float, str | None]]:
    return {(a.value, a.currency) for a in deed.amounts if a.currency}


def _is_later(line: LedgerEvent, promised: Deed, made: date | None, *, same: bool) -> bool:
    """Told after the promise, of a day after it; a line of the promise's own report must be dated so."""
    told, day = line.report.published, day_of(line)
    first = promised.told
    if any(line.report.id == n.report.id for n in promised.lines) and not same:
        time = line.event.time
        return time is not None and made is not None and time.start > made
    if made is None or day is None or first is None or told is None:
        return same
    return made <= day <= made + _YEARS and told >= first


def _is_that_end(promised: Deed, later: Deed, schedule: Schedule | None, day: date | None) -> bool:
    """Whether a refusal or end is that of the promise: of its goods where told, not long after its day."""
    if promised.id != later.id and promised.goods and not _goods(promised) & _goods(later):
        return False
    due = schedule.due if schedule else None
    return due is None or day is None or day <= due + _LONG_AFTER


def _says(
    event: Event, promisors: Collection[str], schedule: Schedule | None, day: date | None
) -> Fulfilment | None:
    stage = stage_of(event)
    by_promisor = bool({p.id for p in event.actors} & set(promisors)) or not event.actors
    if stage == "suspended" and event.status in DONE:
        return "stalled"
    if stage in _ENDED and by_promisor and event.status != "requested":
        return "broken"
    due = schedule.due if schedule else None
    if event.status == "not_occurred":
        return "broken" if due and day and day > due else None
    if event.status == "ongoing":
        return "in_progress"
    if event.status != "occurred" or stage in ("considered", "requested", "offered", "agreed_in_principle"):
        return None
    return "kept_late" if due and day and day > due else "kept"


def _rating(promised: Deed, found: Sequence[tuple[LedgerEvent, Fulfilment]]) -> Fulfilment:
    """The last word, but a deed done stays done; part of a sum or number is part of the promise."""
    if not found:
        return "not_yet_rated"
    kept = [(n, said) for n, said in found if said in ("kept", "kept_late")]
    if not kept:
        return found[-1][1]
    given = [n.event for n, _ in kept]
    if _falls_short(promised, given):
        return "kept_in_part"
    return kept[0][1]


def _falls_short(promised: Deed, given: Sequence[Event]) -> bool:
    for amount in promised.amounts:
        sums = {a.value for e in given for a in e.amounts if a.currency == amount.currency}
        if amount.currency and sums and sum(sums) < _NEARLY * amount.value:
            return True
    for goods in promised.goods:
        counts = [g.count for e in given for g in e.goods if g.count and g.item == goods.item]
        if goods.count and counts and sum(counts) < _NEARLY * goods.count:
            return True
    return False


def _stages(lines: Iterable[LedgerEvent]) -> Iterator[Step]:
    for line in lines:
        stage = stage_of(line.event)
        if stage is not None:
            yield Step(stage, day_of(line), line.event.id, line.report.id)
