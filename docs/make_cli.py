"""Writes docs/cli.md from the program itself: `python docs/make_cli.py`."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from chancery.cli import app
from chancery.wording.deal_rows import DEAL_COLUMNS, EXCHANGE_COLUMNS, PROMISE_COLUMNS
from chancery.wording.rows import EVENT_COLUMNS, REPORT_COLUMNS

TARGET = Path(__file__).with_name("cli.md")
INTRODUCTION = """\
# The command line

<!-- Written by docs/make_cli.py; do not edit by hand. -->

Results go to standard output, notes and errors to standard error. On a terminal there are colours;
in a pipe, or with `NO_COLOR` set, plain text 100 columns wide. Characters of a report that do not
simply print (control characters, overrides of writing direction) are shown as escapes.

`CHANCERY_LEDGER` names the ledger where `--ledger` does not: a path, or the URL of a database.
`CHANCERY_ACCOUNTS` names the file of who may log in to the desk.
`CHANCERY_THREADS` limits the threads of the model; `CHANCERY_PROVIDER` runs it on something else than the
processor ([the model](model-card.md#on-other-hardware)). `CHANCERY_KNOWLEDGE` names a folder of your own
actors ([What it reads](inputs.md)). `CHANCERY_ORIGINALS` names the folder of pages' own bytes, or `none`
([the ledger](ledger.md#originals-of-pages)). `CHANCERY_SYNTAX` names another Universal
Dependencies pipeline, whose trees are then read instead of ours (see [the model](model-card.md)).

| Exit code | Meaning |
|---|---|
| 0 | all went well |
| 2 | a wrong option or argument; the message says what is allowed |
| 3 | an input could not be read; the others were |
| 4 | a data file or the model of the program is damaged |
| 5 | the ledger could not do what was asked |
| 6 | an archive could not be coded, or its dataset not be used |
| 7 | an export could not be written, or is there already |
| 8 | the desk could not be opened as asked, or an account not be changed |
| 130 | ended by Ctrl-C |
| 143 | ended by SIGTERM, while coding an archive |
| 141 | the reader of a pipe went away |
"""


def page() -> str:
    """The whole page."""
    parts = [INTRODUCTION, *("\n".join(_section(n, c)) for n, c in _commands(typer.main.get_command(app)))]
    parts.append("\n".join(_columns("Columns of `events --format csv`", EVENT_COLUMNS)))
    parts.append("\n".join(_columns("Columns of `reports --format csv`", REPORT_COLUMNS)))
    parts.append("\n".join(_columns("Columns of `promises --format csv`", PROMISE_COLUMNS)))
    parts.append("\n".join(_columns("Columns of `deals --format csv`", DEAL_COLUMNS)))
    parts.append("\n".join(_columns("Columns of `exchange --format csv`", EXCHANGE_COLUMNS)))
    return "\n".join(parts)


def _commands(group: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Each command with its name, those of a group under the group's."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def _section(name: str, command: Any) -> Iterator[str]:
    yield f"## chancery {name}"
    yield ""
    yield inspect.cleandoc(command.help)
    yield ""
    yield f"    {command.epilog.removeprefix('Example: ')}"
    yield ""
    yield "| Argument or option | Meaning |"
    yield "|---|---|"
    for parameter in command.params:
        yield f"| {_called(parameter)} | {_cell(parameter.help or '')}{_default(parameter)} |"
    yield ""


def _called(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar or parameter.name.upper()}`"
    metavar = "" if getattr(parameter, "is_flag", False) else f" {parameter.metavar}"
    return f"`{parameter.opts[0]}{_cell(metavar)}`"


def _default(parameter: Any) -> str:
    return f" Default: {parameter.default}." if isinstance(parameter.default, str) else ""


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def _columns(heading: str, columns: Mapping[str, str]) -> Iterator[str]:
    yield f"## {heading}"
    yield ""
    yield "| Column | Holds |"
    yield "|---|---|"
    for name, meaning in columns.items():
        yield f"| `{name}` | {meaning} |"
    yield ""


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf8")
