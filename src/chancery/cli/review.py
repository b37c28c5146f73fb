"""`chancery review`: one doubtful line after another, judged by a key, kept at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from chancery.cli import values
from chancery.cli.beside import set_beside
from chancery.cli.opening import LedgerOption, opened
from chancery.cli.screen import Column, complain, is_plain, note, safe, screen, table
from chancery.cli.show import coloured_facts, marked
from chancery.errors import EventUnknown, JudgementRefused, UsageError
from chancery.records import Event
from chancery.wording.lines import Names, in_words, on_whose_word

if TYPE_CHECKING:
    from chancery.ledger import Ledger, LedgerEvent, Verdict

KEYS = "a accept, e edit, r reject, n next, q quit"
ReviewerOption = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Who judges (default CHANCERY_REVIEWER, else who is logged in)."),
]


def review_lines(
    reviewer: ReviewerOption = None,
    below: Annotated[
        str, typer.Option(metavar="X", help="Ask about lines less sure than this, and those with doubts.")
    ] = "0.8",
    second: Annotated[
        bool, typer.Option("--second", help="Judge what others have judged, without seeing how.")
    ] = False,
    report: Annotated[
        str | None, typer.Option(metavar="ID", help="Only lines of this report: id or its start.")
    ] = None,
    limit: Annotated[str | None, typer.Option(metavar="N", help="At most N lines.")] = None,
    ledger: LedgerOption = None,
) -> None:
    """Shows doubtful lines one after another and takes a judgement on each.

    Keys: a accepts the line, e edits it, r rejects it (and asks why), n goes on without a word, q
    ends. Each judgement is on record as soon as it is made, so that a review can stop anywhere. Lines
    with doubts come first, then those the reader was least sure of.

    Editing takes FIELD=VALUE, one a line, until an empty line; `chancery judge --help` says how values
    are written. Keys and values may come from a pipe.
    """
    from chancery.ledger import EventQuery
    from chancery.review import doubtful, judged_by_others

    who = values.reviewer(reviewer)
    least, most = values.share("--below", below), values.count("--limit", limit)
    with opened(ledger) as book:
        first = EventQuery(report=report)
        lines = judged_by_others(book, who) if second else doubtful(book, first, least)
        session = _Session(book, who, dict(book.actor_names()), as_read=second)
        session.run(lines[:most])
        set_beside(book)


@dataclass(slots=True)
class _Session:
    """One person at work on one ledger."""

    book: Ledger
    reviewer: str
    names: Names
    as_read: bool
    made: int = 0

    def run(self, lines: tuple[LedgerEvent, ...]) -> None:
        if not lines:
            note("no line is left to be judged")
            return
        for number, line in enumerate(lines, 1):
            if not self._on(line, f"{number} of {len(lines)}"):
                break
        note(f"{self.made} judged by {self.reviewer}; `chancery log` lists what was done")

    def _on(self, line: LedgerEvent, place: str) -> bool:
        """Show a line and take a judgement; whether to go on."""
        self._show(line, place)
        while True:
            match _key(f"{KEYS}: "):
                case "a":
                    done = self._judge(line, "accept")
                case "r":
                    done = self._judge(line, "reject", why=_typed("why: "))
                case "e":
                    done = self._edit(line)
                case "n":
                    return True
                case "q" | "":
                    return False
                case _:
                    done = False
            if done:
                return True

    def _show(self, line: LedgerEvent, place: str) -> None:
        text = self.book.text(line.report.id)
        out = screen()
        out.show(safe(f"{place}  {line.event.id}: {in_words(line.event, self.names)}", "bold"))
        out.show(marked(line.event, text, plain=is_plain(sys.stdout)))
        doubts = (f for f in self.book.findings_on(line.report.id) if f.finding.event == line.event.id)
        rows = [
            *coloured_facts(line.event, self.names),
            ("on whose word", on_whose_word(line, self.names)),
            ("confidence", f"{line.event.confidence:.2f}"),
            *((f.finding.kind.replace("_", " "), f.finding.message) for f in doubts),
        ]
        out.show(table((Column("", width=20), Column("", ratio=1)), rows), "")

    def _edit(self, line: LedgerEvent) -> bool:
        """Take fields until an empty line, then judge; a wrong one is told and can be typed again."""
        from chancery.review import edited

        text, after = self.book.text(line.report.id), line.event
        for typed in _lines("field=value, empty to keep: "):
            field, equals, value = typed.partition("=")
            if not equals:
                complain(f"{typed!r} is no FIELD=VALUE")
                continue
            try:
                after = edited(after, field, value, text)
            except UsageError as error:
                complain(str(error))
        if after == line.event:
            note("nothing was changed")
            return False
        return self._judge(line, "correct", after=after)

    def _judge(
        self, line: LedgerEvent, verdict: Verdict, *, after: Event | None = None, why: str | None = None
    ) -> bool:
        """Put it on record; a refusal is told and the line asked about again."""
        from chancery.ledger import Ruling

        ruling = Ruling(verdict, self.reviewer, (line.event.id,), after, None, why, as_read=self.as_read)
        try:
            self.book.judge(ruling)
        except JudgementRefused as refused:
            complain(str(refused))
            return False
        except EventUnknown:
            note(f"{line.event.id} is no longer there; somebody else was quicker")
            return True
        self.made += 1
        return True


def _key(prompt: str) -> str:
    """One key, lower case; nothing at the end of the input."""
    if sys.stdin.isatty():
        print(prompt, end="", file=sys.stderr, flush=True)
        key = typer.getchar()
        print(key, file=sys.stderr)
        return key.lower()
    while (character := sys.stdin.read(1)).isspace():
        pass
    return character.lower()


def _typed(prompt: str) -> str:
    """One line, without blanks around it; nothing at the end of the input."""
    if sys.stdin.isatty():
        print(prompt, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if line.strip() or not line or sys.stdin.isatty():
        return line.strip()
    return sys.stdin.readline().strip()  # the end of the line that a key stood on


def _lines(prompt: str) -> Iterator[str]:
    """Lines until an empty one."""
    while line := _typed(prompt):
        yield line
