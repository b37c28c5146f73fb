"""`chancery show`: one event, its sentence, who says so, its links, and every reason."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from chancery.cli import values
from chancery.cli.opening import AsOfOption, LedgerOption, opened, originals_for
from chancery.cli.page import page
from chancery.cli.screen import Column, is_plain, note, safe, screen, status_text, table
from chancery.errors import OutputExists, OutputUnwritable, UsageError
from chancery.records import Event
from chancery.wording.facts import codes, facts, sections, source, taken_from
from chancery.wording.lines import Names, in_words
from chancery.wording.marks import Kind, marks_in
from chancery.wording.shown import escaped

if TYPE_CHECKING:
    from chancery.analysis import Evidence
    from chancery.ledger import Original, Originals

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
    original: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Save what its report was taken from; - prints its characters, escaped."
        ),
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

    --original saves the page, paper or mail that the report was taken from, byte for byte, where it was
    kept. It comes from strangers: a browser that opens it runs what is in it.
    """
    from chancery.analysis import evidence

    if not event.strip():
        raise UsageError("EVENT is empty; `chancery events` lists the ids")
    if html is not None and original is not None:
        raise UsageError("--html and --original exclude each other; give one of them")
    with opened(ledger, as_of) as book:
        found = evidence(book, event.strip())
        names = book.actor_names()
    originals = originals_for(values.settings_with(ledger))
    kept = originals.of(found.line.report.id) if originals else ()
    if original is not None:
        _open_original(originals, kept, original)
    elif html is not None:
        _write(html, page(found, names, kept))
    else:
        _print(found, names, kept)


def _write(file: str, words: str) -> None:
    try:
        Path(file).write_text(words, encoding="utf8", errors="backslashreplace")
    except (OSError, ValueError) as error:
        raise UsageError(f"--html {file!r} cannot be written ({error})") from error
    note(f"{file}: the evidence, as a page for a browser")


def _open_original(originals: Originals | None, kept: Sequence[Original], file: str) -> None:
    """Print or save the latest."""
    if not kept or originals is None:
        raise UsageError("--original: what this report was taken from was plain text, or was not kept")
    told = kept[-1]
    content = originals.content(told)
    if file == "-":
        for line in _characters(content, told.charset).splitlines():
            print(escaped(line))
        return
    try:
        with Path(file).open("xb") as out:
            out.write(content)
    except FileExistsError as there:
        raise OutputExists(file) from there
    except (OSError, ValueError) as error:
        raise OutputUnwritable(file, str(error)) from error
    note(f"{file}: {told.media_type}, {told.size:,} bytes, as they came; a browser would run what is in it")


def _characters(content: bytes, charset: str | None) -> str:
    try:
        return content.decode(charset or "utf8", "backslashreplace")
    except LookupError:
        return content.decode("utf8", "backslashreplace")


def _print(found: Evidence, names: Names, kept: Sequence[Original]) -> None:
    line, out = found.line, screen()
    out.show(
        safe(f"{line.event.id}: {in_words(line.event, names)}", "bold"),
        "",
        marked(line.event, found.text, plain=is_plain(sys.stdout)),
        "",
    )
    rows = [
        *coloured_facts(line.event, names), *source(found, names), *taken_from(kept),
        *codes(line.event.codes),
    ]  # fmt: skip
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
