"""What goes to the terminal. Reports are hostile input: nothing of theirs steers a terminal.

Rich's markup, emoji codes and highlighting are off everywhere; text reaches Rich only as `Text`
made by `safe`, which shows control characters, overrides of writing direction and other
invisible characters as escapes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from chancery.records import Status
from chancery.wording.shown import escaped

PIPED_WIDTH = 100
_STYLES = {"done": "green", "ahead": "yellow", "sought": "cyan", "refused": "red"}


class Screen(Console):
    """A console without colours or trailing blanks in a pipe, wherever the pipe ends."""

    def show(self, *parts: RenderableType) -> None:
        """Print each part on lines of its own."""
        if self.is_terminal:
            self.print(*parts, sep="\n")
            return
        with self.capture() as captured:
            self.print(*parts, sep="\n")
        lines = captured.get().split("\n")
        self.file.write("\n".join(line.rstrip() for line in lines))

    def on_broken_pipe(self) -> None:
        """Called by Rich inside its `except BrokenPipeError`."""
        raise BrokenPipeError


def safe(text: str, style: str = "") -> Text:
    """Text that Rich prints as it stands."""
    return Text(escaped(text), style=style)


def is_plain(stream: TextIO) -> bool:
    """Whether to print without colours and frames: into a pipe or file, or where it is asked."""
    return not stream.isatty() or bool(os.environ.get("NO_COLOR")) or _is_dumb()


def _is_dumb() -> bool:
    return os.environ.get("TERM") == "dumb"


def screen() -> Screen:
    """Standard output as it is now; 100 columns wide where it is not a terminal."""
    return _screen_on(sys.stdout)


def _screen_on(stream: TextIO) -> Screen:
    plain = is_plain(stream)
    return Screen(
        file=stream,
        width=None if stream.isatty() else PIPED_WIDTH,
        color_system=None if plain else "auto",
        no_color=plain,
        force_terminal=None if stream.isatty() else False,
        markup=False,
        emoji=False,
        highlight=False,
    )


def complain(problem: str) -> None:
    """One line on standard error: what is wrong."""
    note(f"chancery: {problem}")


def note(words: str) -> None:
    """One line on standard error, where it does not mix with results."""
    print(escaped(words), file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and how it behaves: ids `keep` their width, numbers stand to the right.

    `width` is fixed; columns with a `ratio` share what is left of the screen.
    """

    heading: str
    keep: bool = False
    right: bool = False
    width: int | None = None
    ratio: int | None = None


def table(columns: Sequence[Column], rows: Iterable[Sequence[str | Text]]) -> Table:
    """A table for `screen()`: framed lightly on a terminal, bare columns elsewhere."""
    plain = is_plain(sys.stdout)
    made = Table(
        box=None,
        pad_edge=False,
        expand=any(c.ratio for c in columns),
        padding=(0, 2, 0, 0),
        header_style="" if plain else "bold",
        show_header=any(c.heading for c in columns),
    )
    for column in columns:
        made.add_column(
            safe(column.heading),
            no_wrap=column.keep,
            justify="right" if column.right else "left",
            width=column.width,
            ratio=column.ratio,
            overflow="fold",
        )
    for row in rows:
        made.add_row(*(safe(cell) if isinstance(cell, str) else cell for cell in row))
    return made


def status_text(status: Status) -> Text:
    """A status in the colour of how far the act has come."""
    from chancery.analysis import STAGE_OF

    return safe(status.replace("_", " "), _STYLES[STAGE_OF[status]])
