"""`chancery gold`: annotations made with other tools, in the form of the corpus of dealings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from chancery.cli.rows import write_jsonl
from chancery.cli.screen import complain, note
from chancery.errors import InputError, UsageError


def import_gold(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Label Studio .json; brat .ann or folder; INCEpTION .zip."),
    ],
    out: Annotated[str, typer.Option(metavar="FILE", help="The annotations; - is standard output.")] = "-",
    texts: Annotated[
        str | None, typer.Option(metavar="FILE", help="The reports themselves, as JSONL for `chancery read`.")
    ] = None,
) -> None:
    """Turns gold from Label Studio, brat or INCEpTION into the form of the corpus of dealings.

    One JSON object a report: key, source, sha256 of the text, reader (who annotated it), events, links, with
    spans into the text, as `judgements --export` writes them. docs/inputs.md has the labels. Every span,
    label and id is checked; what is wrong is told with its place, the others are written, and the program
    ends with exit code 3.
    """
    from chancery.ingest.gold import gold_in

    found, code = [], 0
    for item in gold_in(files):
        if isinstance(item, InputError):
            complain(str(item))
            code = item.exit_code
        else:
            found.append(item)
    _write(out, [gold.row for gold in found], "--out")
    if texts is not None:
        _write(texts, [gold.report for gold in found], "--texts")
    note(f"{len(found)} annotated reports with {sum(len(g.row['events']) for g in found)} acts")
    if code:
        raise typer.Exit(code)


def _write(file: str, rows: list[dict[str, Any]], option: str) -> None:
    if file == "-":
        write_jsonl(rows)
        return
    try:
        Path(file).write_text(
            "".join(json.dumps(row, ensure_ascii=True) + "\n" for row in rows), encoding="ascii"
        )
    except (OSError, ValueError) as error:
        raise UsageError(f"{option} {file!r} cannot be written ({error})") from error
