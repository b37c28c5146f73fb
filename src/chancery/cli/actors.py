"""`chancery actors`: who is in the ledger, and what reports taught of who held which office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from chancery.cli import values
from chancery.cli.opening import AsOfOption, LedgerOption, opened
from chancery.cli.screen import Column, note, safe, screen, table

if TYPE_CHECKING:
    from chancery.ledger import Title


def list_actors(
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="ID", help="Only this actor: an id or name.")
    ] = None,
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Lists the actors of the ledger, and the people whom reports introduced with a title.

    Of each person: the office, for whom, from which report's day to which it was told so, and on
    whose word. Later reports are read with this: a surname without a title is resolved where one
    holder fits the day.
    """
    with opened(ledger, as_of) as book:
        found = dict(book.actors())
        chosen = None if actor is None else values.actor_id("--actor", actor, book.actor_names())
        titles = [t for t in book.titles() if chosen in (None, t.actor)]
    if not found:
        note("the ledger names nobody yet; `chancery read FILE` adds reports")
        return
    out = screen()
    shown = [a for a in found.values() if chosen in (None, a.id)]
    rows = [
        (a.id, a.name, a.kind.replace("_", " "), a.affiliation or "")
        for a in sorted(shown, key=lambda a: a.id)
    ]
    columns = (Column("actor", keep=True), Column("name"), Column("kind"), Column("acts for"))
    out.show(table(columns, rows))
    if titles:
        out.show("", safe("PEOPLE as reports introduced them: office, for whom, when, on whose word", "bold"))
        heads = ("person", "office", "of", "told from", "to", "on whose word")
        out.show(table(tuple(Column(h) for h in heads), _people(titles)))


def _people(titles: Iterable[Title]) -> Iterator[tuple[str, ...]]:
    """One row a person, office and actor."""

    def who(title: Title) -> tuple[str, str, str]:
        return title.person, title.office, title.actor

    for (person, office, actor), group in groupby(sorted(titles, key=who), key=who):
        told = list(group)
        days = sorted(t.report.published for t in told if t.report.published)
        first, last = (days[0].isoformat(), days[-1].isoformat()) if days else ("", "")
        yield person, office, actor, first, last, "; ".join(dict.fromkeys(_word(t) for t in told))


def _word(title: Title) -> str:
    source = title.report.publisher or title.report.file
    return f"{source} > {title.speaker}" if title.speaker else source
