"""How far a dealing has come by one line: the verb's own stage where it has one, else what status says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from chancery.deals.deeds import Deed, day_of
from chancery.knowledge.deal_data import deal_words
from chancery.ledger import LedgerEvent
from chancery.records import DEAL_STAGES, Act, DealStage, Event, Status, Step

_BY_STATUS: Mapping[Status, DealStage] = {
    "requested": "requested",
    "demanded": "requested",
    "offered": "offered",
    "possible": "considered",
    "expected": "considered",
    "conditional": "considered",
    "planned": "agreed_in_principle",
    "promised": "agreed_in_principle",
    "refused": "refused",
}
_ENDING: frozenset[Act] = frozenset(("SANCTION", "REJECT"))  # "withdraws troops" ends no dealing
EXITS: frozenset[DealStage] = frozenset(("refused", "withdrawn", "suspended", "cancelled", "lapsed"))


def stage_of(event: Event) -> DealStage | None:
    """The stage one telling gives; None where it tells only that nothing happened.

    A word of stage counts where the act is told as done: a contract to be signed is not signed, though
    it has been agreed on.
    """
    if event.status == "not_occurred":
        return None
    by_status = _BY_STATUS.get(event.status)
    if by_status is not None:
        return by_status
    worded = deal_words().stages.get(event.trigger_text.casefold())
    if worded is not None and (worded not in EXITS or event.act in _ENDING):
        return worded
    return _by_act(event)


def _by_act(event: Event) -> DealStage:
    """What an act done amounts to where its word names no stage."""
    match event.act:
        case "REQUEST":
            return "requested"
        case "CONSULT":
            return "considered"
        case "AGREE":
            return "agreed_in_principle"
        case "REJECT":
            return "refused"
        case "SANCTION":
            return "suspended"
        case _:
            return "complete"


def steps_of(deed: Deed) -> tuple[Step, ...]:
    """The stages of an act as its tellings give them, in order of days; repeated ones once."""
    return in_order(_steps(deed.lines))


def _steps(lines: Iterable[LedgerEvent]) -> Iterable[Step]:
    for line in lines:
        stage = stage_of(line.event)
        if stage is not None:
            yield Step(stage, day_of(line), line.event.id, line.report.id)


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Steps by day, undated ones first; the same stage told again is left out."""
    ordered = sorted(steps, key=_order)
    kept: list[Step] = []
    for step in ordered:
        if all(step.value != k.value for k in kept):
            kept.append(step)
    return tuple(kept)


def _order(step: Step) -> tuple[bool, int, int]:
    rank = next((n for n, stage in enumerate(DEAL_STAGES) if stage == step.value), 0)
    return step.day is not None, step.day.toordinal() if step.day else 0, rank


def reached(steps: Sequence[Step]) -> DealStage:
    """How far it has come: the exit told last if it is the last word, else the furthest stage."""
    if not steps:
        return "considered"
    found: list[DealStage] = [stage for step in steps for stage in DEAL_STAGES if stage == step.value]
    if found[-1] in EXITS:
        return found[-1]
    return max((s for s in found if s not in EXITS), key=DEAL_STAGES.index, default="considered")
