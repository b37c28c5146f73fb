"""Promises, deals and prices as rows, for tables, CSV and JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from chancery.records import Amount, Deal, Goods, Promise, Schedule, Share, Step
from chancery.wording.lines import NOBODY, Names, act_words, listed, named, number
from chancery.wording.rows import Cell

if TYPE_CHECKING:
    from chancery.deals import Exchange, Gift, Total

PROMISE_COLUMNS: Mapping[str, str] = {
    "promise": "id of the event that told it first, for `chancery show`",
    "kind": "promise, plan or offer",
    "promisors": "ids of who promises",
    "promisees": "ids of whom it is promised to",
    "act": "the act promised, one of PLOVER's sixteen",
    "instrument": "what is to be given",
    "content": "the report's words",
    "amounts": "sums as worded",
    "goods": "things as worded",
    "word_of": "on whose word, outermost first; empty is the report's own",
    "official": "whether the promisor is quoted for it by name or office",
    "made": "day it was made or first told, ISO 8601",
    "due_text": "when it is due, as first worded",
    "due": "the day that resolves to, ISO 8601",
    "revised": "days later reports give instead",
    "conditions": "ids of the events it depends on",
    "stage": "how far it has come",
    "fulfilment": "what became of it",
    "steps": "rating, day and event of each step",
    "evidence": "how well it is attested",
    "last_told": "day of the latest report that tells of it",
    "read_to": "day up to which the ledger has been read",
    "tellings": "ids of the events that tell it",
}
DEAL_COLUMNS: Mapping[str, str] = {
    "deal": "the deal's id, for `chancery deal`",
    "parties": "ids of all parties",
    "givers": "ids of who gives",
    "takers": "ids of who gets",
    "instrument": "what is given",
    "content": "the report's words",
    "amounts": "sums as worded",
    "amount_values": "their best values",
    "amount_currencies": "their currencies (ISO 4217) or units",
    "goods": "things as worded",
    "start": "first day told of it, ISO 8601",
    "returns": "what is given in return, as worded",
    "tied": "stated or inferred, where a return is told",
    "stage": "how far what is given has come",
    "fulfilment": "what became of it",
    "evidence": "how well it is attested",
    "due": "when it is due, as first worded",
    "differs": "where reports part",
    "first_told": "day of the first report, ISO 8601",
    "last_told": "day of the last report, ISO 8601",
    "read_to": "day up to which the ledger has been read",
    "events": "ids of the events that tell what is given",
}
EXCHANGE_COLUMNS: Mapping[str, str] = {
    "state": "id of who did the favour",
    "name": "its name",
    "favour": "id of the event that tells the favour",
    "taken": "its instrument",
    "whom": "ids of whom it was done for",
    "favour_stage": "done, ahead, sought or refused",
    "favour_day": "day of the favour, ISO 8601; empty where none is told",
    "withdrawn": "day it was withdrawn, ISO 8601",
    "withdrawn_by": "id of the event that tells so",
    "favour_confidence": "how sure the reader is, 0 to 1",
    "gift": "id of the event that tells what stands beside it; empty where nothing does",
    "givers": "ids of who gave",
    "direction": "received, or gave: by the state itself",
    "given": "its instrument",
    "amounts": "sums as worded",
    "amount_values": "their best values",
    "amount_currencies": "their currencies (ISO 4217)",
    "goods": "things as worded",
    "gift_stage": "done, ahead, sought or refused",
    "gift_reached": "how far it has come",
    "gift_day": "day of the gift, ISO 8601",
    "days": "days from the favour to the gift, negative before it",
    "order": "before, after, same or unknown",
    "how": "stated by words, told together in one sentence, or only near in time",
    "tie": "kind of the link, if stated or together",
    "reason": "what tied them",
    "gift_confidence": "how sure the reader is, 0 to 1",
}


def promise_row(p: Promise) -> dict[str, Cell]:
    """The cells of `PROMISE_COLUMNS`."""
    schedule = p.schedule
    return {
        "promise": p.id,
        "kind": p.kind,
        "promisors": _ids(p.promisors),
        "promisees": _ids(p.promisees),
        "act": p.act,
        "instrument": p.instrument,
        "content": p.content,
        "amounts": _ids(a.text for a in p.amounts),
        "goods": _ids(g.text for g in p.goods),
        "word_of": _ids(p.word_of),
        "official": "yes" if p.official else "no",
        "made": p.made,
        "due_text": schedule.text if schedule else None,
        "due": schedule.due if schedule else None,
        "revised": _ids(s.value for s in schedule.revisions) if schedule else "",
        "conditions": _ids(p.conditions),
        "stage": p.stage,
        "fulfilment": p.fulfilment,
        "steps": _ids(step_words(s) for s in p.steps),
        "evidence": p.evidence,
        "last_told": p.last_told,
        "read_to": p.read_to,
        "tellings": _ids(p.tellings),
    }


def deal_row(d: Deal) -> dict[str, Cell]:
    """The cells of `DEAL_COLUMNS`."""
    gift, *returns = d.shares
    return {
        "deal": d.id,
        "parties": _ids(d.parties),
        "givers": _ids(gift.givers),
        "takers": _ids(gift.takers),
        "instrument": gift.instrument,
        "content": gift.words,
        **_sums(gift.amounts),
        "goods": _ids(g.text for g in gift.goods),
        "start": gift.start,
        "returns": _ids(share.words for share in returns),
        "tied": tied(d),
        "stage": d.stage,
        "fulfilment": d.fulfilment,
        "evidence": d.evidence,
        "due": d.schedule.text if d.schedule else None,
        "differs": _ids(d.differs),
        "first_told": d.first_told,
        "last_told": d.last_told,
        "read_to": d.read_to,
        "events": _ids(gift.events),
    }


def exchange_rows(exchange: Exchange, names: Names) -> Iterator[dict[str, Cell]]:
    """The cells of `EXCHANGE_COLUMNS`: a row a gift, or one without where nothing stands beside it."""
    favour = exchange.favour
    own: dict[str, Cell] = {
        "state": favour.state,
        "name": names.get(favour.state, favour.state),
        "favour": favour.lead.id,
        "taken": favour.instrument,
        "whom": _ids(favour.whom),
        "favour_stage": favour.stage,
        "favour_day": favour.day,
        "withdrawn": favour.withdrawn,
        "withdrawn_by": favour.ended.id if favour.ended else None,
        "favour_confidence": round(favour.confidence, 3),
    }
    for gift in exchange.gifts:
        yield {**own, **_gift_cells(gift)}
    if not exchange.gifts:
        yield {**own, **dict.fromkeys(name for name in EXCHANGE_COLUMNS if name not in own)}


def _gift_cells(gift: Gift) -> dict[str, Cell]:
    return {
        "gift": gift.deed.id,
        "givers": _ids(gift.givers),
        "direction": "gave" if gift.by_state else "received",
        "given": gift.deed.instrument,
        **_sums(gift.deed.amounts),
        "goods": _ids(g.text for g in gift.deed.goods),
        "gift_stage": gift.stage,
        "gift_reached": gift.reached,
        "gift_day": gift.deed.day,
        "days": gift.days,
        "order": gift.order,
        "how": gift.how,
        "tie": gift.kind,
        "reason": gift.reason,
        "gift_confidence": round(gift.confidence, 3),
    }


def _sums(amounts: Iterable[Amount]) -> dict[str, Cell]:
    found = list(amounts)
    return {
        "amounts": _ids(a.text for a in found),
        "amount_values": _ids(f"{a.value:g}" for a in found),
        "amount_currencies": _ids(a.currency or a.unit or "" for a in found),
    }


def _ids(words: Iterable[str]) -> str:
    return "; ".join(words)


def tied(deal: Deal) -> str:
    """Whether words of a report tie the returns, or only the telling does."""
    if not deal.links:
        return ""
    return "stated" if any(link.explicit for link in deal.links) else "inferred"


def step_words(step: Step) -> str:
    """`kept 2010-01-05 (e12345)`."""
    return " ".join(filter(None, (_spaced(step.value), str(step.day or ""), f"({step.event})")))


def schedule_words(schedule: Schedule | None) -> str:
    """A due day as worded, what it resolves to, and what later reports say instead."""
    if schedule is None:
        return ""
    resolved = f" ({schedule.due})" if schedule.due else ""
    revised = "".join(f", then {s.value}" for s in schedule.revisions)
    return f"{schedule.text}{resolved}{revised}"


def share_words(share: Share, names: Names) -> str:
    """Who gives what to whom, with sums and goods."""
    who = named(share.givers, names) or NOBODY
    to = f" to {named(share.takers, names)}" if share.takers else ""
    return f"{who}{to}: {things(_kind(share), share)}"


def _kind(share: Share) -> str | None:
    if share.instrument is None:
        return None
    if share.act == "REQUEST":  # told from the side of who would give
        return f"{_spaced(share.instrument)}, asked for"
    return act_words(share.act, share.instrument)


def things(kind: str | None, told: Share | Promise) -> str:
    """What it is about: its kind, sums and goods; its words where it has none of these."""
    goods: Iterable[Goods] = told.goods
    words = [*(a.text for a in told.amounts), *(g.text for g in goods)]
    return listed(dict.fromkeys(w for w in (kind or "", *words) if w))


def gift_words(gift: Gift, names: Names) -> str:
    """What stands beside a favour, in words."""
    deed = gift.deed
    what = [
        act_words(deed.act, deed.instrument),
        *(a.text for a in deed.amounts),
        *(g.text for g in deed.goods),
    ]
    who = f"from {named(gift.givers, names)}" if gift.givers and not gift.by_state else ""
    to = f"to {named(deed.recipients, names)}" if gift.by_state and deed.recipients else ""
    return " ".join(filter(None, (", ".join(dict.fromkeys(what)), who, to)))


def total_words(total: Total, names: Names) -> tuple[str, str, str, str, str]:
    """Who to whom, what it counts, of what, the sum, and what it holds and leaves out."""
    who = f"{named(total.givers, names) or NOBODY} to {named(total.takers, names) or NOBODY}"
    notes = [f"{len(total.sums)} sum" + ("s" if len(total.sums) != 1 else "")]
    if total.bounded:
        notes.append(f"{total.bounded} only a bound")
    notes += [f"left out: {t.amount.text} ({t.umbrella})" for t in total.left_out]
    amount = f"{total.currency} {number(total.total)}" if total.sums else "none"
    return who, total.counted, total.instrument or "", amount, "; ".join(notes)


def _spaced(word: str) -> str:
    return word.replace("_", " ")
