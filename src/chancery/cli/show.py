"""`chancery show`: one event, its sentence, who says so, its links, and every reason."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from chancery.cli.opening import AsOfOption, LedgerOption, opened
from chancery.cli.page import page
from chancery.cli.screen import Column, is_plain, note, safe, screen, status_text, table
from chancery.errors import UsageError
from chancery.records import Event
from chancery.wording.facts import codes, facts, sections, source
from chancery.wording.lines import Names, in_words
from chancery.wording.marks import Kind, marks_in

if TYPE_CHECKING:
    from chancery.analysis import Evidence

_STYLES: Mapping[Kind, str] = {
    "act": "bold yellow",
    "by": "bold green",
    "to": "bold cyan",
    "says": "bold magenta",
    "when": "bold blue",
    "where": "bold blue",
    "sum": "bold red",
    "goods": "bold red",
}
_PAIRED = (Column("", width=20), Column("", ratio=1))


def show_event(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or how it begins.")],
    html: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write it as a page of its own, for a browser.")
    ] = None,
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Shows one event with its evidence.

    The event in words; its sentence with act and parties marked; on whose word; report and its
    hash, codes, links to other events, who else reports it, doubts, every reason of the reader and
    every judgement of a person. On a terminal marks are colours; in a pipe they are brackets that say
    what is marked.

    --html writes the same as one file that needs no other, with the words in their paragraph.
    Nothing of a report is taken for markup in it, and no script runs.
    """
    from chancery.analysis import evidence

    if not event.strip():
        raise UsageError("EVENT is empty; `chancery events` lists the ids")
    with opened(ledger, as_of) as book:
        found = evidence(book, event.strip())
        names = book.actor_names()
    if html is not None:
        _write(html, page(found, names))
    else:
        _print(found, names)


def _write(file: str, words: str) -> None:
    try:
        Path(file).write_text(words, encoding="utf8", errors="backslashreplace")
    except (OSError, ValueError) as error:
        raise UsageError(f"--html {file!r} cannot be written ({error})") from error
    note(f"{file}: the evidence, as a page for a browser")


def _print(found: Evidence, names: Names) -> None:
    line, out = found.line, screen()
    out.show(
        safe(f"{line.event.id}: {in_words(line.event, names)}", "bold"),
        "",
        marked(line.event, found.text, plain=is_plain(sys.stdout)),
        "",
    )
    rows = [*coloured_facts(line.event, names), *source(found, names), *codes(line.event.codes)]
    out.show(table(_PAIRED, rows))
    for heading, told in sections(found, names):
        out.show("", safe(heading, "bold"), table(_PAIRED, told))


def coloured_facts(event: Event, names: Names) -> Iterator[tuple[str, str | Text]]:
    """What the line says, its status in the colour of how far the act has come."""
    for label, words in facts(event, names):
        yield label, status_text(event.status) if label == "status" else words


def marked(event: Event, text: str, *, plain: bool) -> Text:
    """The event's sentence with its marks: colours, or `[words: what]` where `plain`."""
    made, at = Text("  "), event.sentence.start
    for mark in marks_in(event, event.sentence):
        words = _flat(mark.span.of(text))
        made.append(_flat(text[at : mark.span.start]))
        made.append(f"[{words}: {_flat(mark.what)}]" if plain else words, _STYLES[mark.kind])
        at = mark.span.end
    return made.append(_flat(text[at : event.sentence.end]))


def _flat(words: str) -> str:
    """Safe words that keep the blank at either end."""
    left = " " if words[:1].isspace() else ""
    right = " " if words[-1:].isspace() and words.strip() else ""
    return f"{left}{safe(words).plain}{right}"
