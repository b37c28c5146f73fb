"""`chancery deals` and `chancery deal ID`: what was given for what, across reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from chancery.cli import values
from chancery.cli.opening import AsOfOption, LedgerOption, opened
from chancery.cli.rows import FORMATS, FormatOption, write_csv, write_jsonl
from chancery.cli.screen import Column, note, safe, screen, table
from chancery.errors import DealUnknown
from chancery.records import DEAL_STAGES, INSTRUMENTS, Deal, Share, Step
from chancery.wording.deal_rows import (
    DEAL_COLUMNS,
    deal_row,
    schedule_words,
    share_words,
    step_words,
    tied,
    total_words,
)
from chancery.wording.lines import Names, named, on_whose_word

if TYPE_CHECKING:
    from chancery.deals import Dealings

Several = list[str] | None
_FACTS = (Column("", width=14), Column("", ratio=1))


ActorOption = Annotated[
    Several, typer.Option("--actor", metavar="ID", help="A party to it: an id or name. May be repeated.")
]
InstrumentOption = Annotated[
    Several,
    typer.Option("--instrument", metavar="WORD", help="What is given: loan, arms ... May be repeated."),
]
StageOption = Annotated[
    Several, typer.Option("--stage", metavar="WORD", help="signed, delivering ... May be repeated.")
]
AmountOption = Annotated[bool, typer.Option("--with-amount", help="Only those with a sum of money.")]
ReturnOption = Annotated[bool, typer.Option("--with-return", help="Only those whose return is told.")]
SumsOption = Annotated[
    bool, typer.Option("--sums", help="Print totals by stage, and what they leave out, instead.")
]


def list_deals(
    actor: ActorOption = None,
    instrument: InstrumentOption = None,
    stage: StageOption = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Told on or after YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Told on or before YYYY-MM-DD.")] = None,
    with_amount: AmountOption = False,
    with_return: ReturnOption = False,
    sums: SumsOption = False,
    limit: Annotated[str | None, typer.Option(metavar="N", help="At most N deals.")] = None,
    format: FormatOption = "table",
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Lists deals: dealings in goods, money, land and people, with what was given in return.

    Acts of several reports are one deal where they have the same parties and the same ware or sum. With
    --sums, what is promised, ordered, licensed, delivered and paid is counted apart, and sums of sums
    are named but never added.
    """
    from chancery.deals import Dealings

    shape = values.one_of("--format", format, FORMATS)
    about = values.each_of("--instrument", instrument, INSTRUMENTS)
    stages = values.each_of("--stage", stage, DEAL_STAGES)
    first, last = values.days(since, until)
    most = values.count("--limit", limit)
    with opened(ledger, as_of) as book:
        names = book.actor_names()
        who = {values.actor_id("--actor", a, names) for a in actor or ()}
        dealings = Dealings(book)
        found = [
            d
            for d in dealings.deals
            if (not about or d.shares[0].instrument in about)
            and (not stages or d.stage in stages)
            and (not who or who & set(d.parties))
            and _told_within(d, first, last)
            and not (with_amount and not any(a.currency for a in d.shares[0].amounts))
            and not (with_return and not d.links)
        ][:most]
        if not found:
            note("no deal of this ledger fits")
        elif sums:
            _print_sums(found, dealings, names)
        else:
            _print(found, names, shape)


def _told_within(deal: Deal, first: date | None, last: date | None) -> bool:
    if first is not None and (deal.last_told is None or deal.last_told < first):
        return False
    return last is None or (deal.first_told is not None and deal.first_told <= last)


def _print(found: Sequence[Deal], names: Names, shape: str) -> None:
    if shape == "csv":
        write_csv(DEAL_COLUMNS, (deal_row(d) for d in found))
    elif shape == "jsonl":
        write_jsonl(deal_row(d) for d in found)
    else:
        columns = (
            Column("deal", keep=True), Column("told", keep=True), Column("what is given"),
            Column("in return"), Column("stage"), Column("became"), Column("evidence"),
        )  # fmt: skip
        screen().show(table(columns, [_row(d, names) for d in found]))


def _row(deal: Deal, names: Names) -> tuple[str | Text, ...]:
    gift, *returns = deal.shares
    back = "; ".join(share_words(s, names) for s in returns)
    return (
        deal.id, str(deal.first_told or ""), share_words(gift, names),
        f"{back} ({tied(deal)})" if back else "", _spaced(deal.stage), _spaced(deal.fulfilment),
        _spaced(deal.evidence),
    )  # fmt: skip


def _print_sums(found: Sequence[Deal], dealings: Dealings, names: Names) -> None:
    from chancery.deals import totals

    events = {event for deal in found for event in deal.shares[0].events}
    sums = [t for t in dealings.sums if any(n.event.id in events for n in t.deed.lines)]
    columns = (
        Column("from and to"), Column("counted as"), Column("what"), Column("sum", right=True),
        Column("of what"),
    )  # fmt: skip
    screen().show(
        table(columns, [total_words(total, names) for total in totals(sums)]),
        safe("Sums as reports tell them; those of different stages are never added.", "dim"),
    )


def show_deal(
    deal: Annotated[str, typer.Argument(metavar="ID", help="The deal's id, or its beginning.")],
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Shows one deal: its sides, its four axes with their dates, and every telling of it."""
    from chancery.deals import Dealings

    with opened(ledger, as_of) as book:
        dealings = Dealings(book)
        names = book.actor_names()
        found = _one(deal, dealings.deals)
        out = screen()
        out.show(safe(share_words(found.shares[0], names), "bold"), table(_FACTS, _facts(found, names)))
        for number, share in enumerate(found.shares):
            heading = "GIVEN" if number == 0 else "IN RETURN"
            out.show("", safe(f"{heading}: {share_words(share, names)}", "bold"))
            out.show(table(_FACTS, _share_facts(share)))
            out.show(table(_FACTS, _tellings(share, dealings, names)))


def _one(wanted: str, found: Iterable[Deal]) -> Deal:
    fitting = [d for d in found if wanted and d.id.startswith(wanted)]
    exact = [d for d in fitting if d.id == wanted]
    if len(exact or fitting) != 1:
        raise DealUnknown(wanted, tuple(d.id for d in fitting[:8]))
    return (exact or fitting)[0]


def _facts(deal: Deal, names: Names) -> Iterator[tuple[str, str]]:
    yield "parties", named(deal.parties, names)
    yield "stage", _spaced(deal.stage)
    yield "fulfilment", _spaced(deal.fulfilment)
    yield "evidence", _spaced(deal.evidence)
    yield "schedule", schedule_words(deal.schedule) or "no day is told"
    for link in deal.links:
        how = "stated" if link.explicit else "inferred"
        yield "tied by", f"{_spaced(link.kind)}, {how}: {link.reason} ({link.give} for {link.take})"
    for words in deal.differs:
        yield "reports part", words
    yield "told", f"{deal.first_told or 'undated'} to {deal.last_told or 'undated'}"
    yield "read to", f"{deal.read_to or 'undated'}; what no report tells is not rated"


def _share_facts(share: Share) -> Iterator[tuple[str, str]]:
    yield "how far", _spaced(share.stage)
    yield from (("", _step(step)) for step in share.stages)
    for amount in share.amounts:
        yield "amount", amount.text
    for goods in share.goods:
        yield "goods", goods.text


def _step(step: Step) -> str:
    return step_words(step)


def _tellings(share: Share, dealings: Dealings, names: Names) -> Iterator[tuple[str, str]]:
    """Each telling's own words, so that both sides' versions stand beside each other."""
    for id in dict.fromkeys(share.events):
        line = dealings.lines[id]
        words = line.event.sentence.of(dealings.text(line.report.id))
        yield (
            id,
            f"{on_whose_word(line, names)}, {line.report.published or 'undated'}: {' '.join(words.split())}",
        )


def _spaced(word: str) -> str:
    return word.replace("_", " ")
