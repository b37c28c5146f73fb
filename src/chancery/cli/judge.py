"""`chancery judge`: one judgement, from the command line or a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from chancery.cli import values
from chancery.cli.beside import set_beside
from chancery.cli.opening import LedgerOption, opened
from chancery.cli.review import ReviewerOption
from chancery.cli.screen import note
from chancery.errors import UsageError
from chancery.records import ACTS, Event
from chancery.wording.facts import judged_words

if TYPE_CHECKING:
    from chancery.ledger import Judgement, Ledger

WITHDRAW = "withdraw"


def judge_line(
    verdict: Annotated[
        str,
        typer.Argument(metavar="VERDICT", help="accept, correct, reject, add, merge, split or withdraw."),
    ],
    on: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...", help="An event; for add a report; for withdraw a judgement's number."
        ),
    ],
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="What it should say. May be repeated."),
    ] = None,
    trigger: Annotated[
        str | None, typer.Option(metavar="WORDS", help="For add: the words that name the act.")
    ] = None,
    why: Annotated[
        str | None, typer.Option(metavar="WORDS", help="The reason; a rejection needs one.")
    ] = None,
    reviewer: ReviewerOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Puts one judgement on record.

    accept, correct and reject judge one line; add brings a line that the reader missed; merge says
    that events are one act, split that each is an act of its own; withdraw closes a judgement.
    Nothing is overwritten: `chancery show` tells the whole story of a line.

    Fields: act, instrument, status, actors, recipients, held_by, speakers, time, place, amounts, goods.
    Parties are ids, with the words that name them in brackets: "RUS[Moscow], VEN". Times are
    "2009-10[next month]", speakers "the envoy=RUS", places "Zenda=RUR", amounts "2e9 USD[$2 billion]",
    goods "2 ferry[two ferries]", and "none" empties a field.
    """
    from chancery.ledger import Verdict

    asked = values.one_of("VERDICT", verdict, (*get_args(Verdict), WITHDRAW))
    if asked not in ("correct", "add") and (set_ or trigger):
        raise UsageError(f"--set and --trigger go with correct and add, not with {asked}")
    with opened(ledger) as book:
        if asked == WITHDRAW:
            for number in on:
                book.withdraw(values.count("judgement", number) or 0)
            set_beside(book)
            note(f"{len(on)} withdrawn")
            return
        who = values.reviewer(reviewer)
        made = _judged(book, asked, (who, why), tuple(on), (tuple(set_ or ()), trigger))
        set_beside(book)
    note(f"judgement {made.id} on {', '.join(made.events)}: {judged_words(made)}")


def _judged(
    book: Ledger,
    asked: str,
    by: tuple[str, str | None],
    on: tuple[str, ...],
    told: tuple[tuple[str, ...], str | None],
) -> Judgement:
    from chancery.ledger import Ruling

    (who, why), (fields, trigger) = by, told
    match asked:
        case "add":
            report = _only(on, "report")
            after = _added(book.text(report), fields, trigger)
            return book.judge(Ruling("add", who, (), after, report, why))
        case "merge" | "split":
            ids = tuple(book.event(each).event.id for each in on)
            return book.judge(Ruling(asked, who, ids, why=why))
        case "accept" | "correct" | "reject":
            line = book.event(_only(on, "event"))
            changed = _with(line.event, fields, book.text(line.report.id)) if asked == "correct" else None
            return book.judge(Ruling(asked, who, (line.event.id,), changed, None, why))
    raise AssertionError(asked)


def _only(on: tuple[str, ...], what: str) -> str:
    if len(on) != 1:
        raise UsageError(f"{len(on)} ids are given; name one {what}")
    return on[0]


def _added(text: str, fields: tuple[str, ...], trigger: str | None) -> Event:
    from chancery.review import new_line

    given = dict(_split(each) for each in fields)
    if trigger is None or "act" not in given:
        raise UsageError("add needs --trigger WORDS and --set act=ACT")
    return _with(new_line(values.one_of("act", given["act"], ACTS), trigger, text), fields, text)


def _with(event: Event, fields: tuple[str, ...], text: str) -> Event:
    from chancery.review import edited

    for each in fields:
        event = edited(event, *_split(each), text)
    return event


def _split(given: str) -> tuple[str, str]:
    field, equals, value = given.partition("=")
    if not equals:
        raise UsageError(f"--set {given!r} is no FIELD=VALUE")
    return field.strip(), value.strip()
