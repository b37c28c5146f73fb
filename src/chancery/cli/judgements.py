"""`chancery judgements` and `chancery agreement`: what people judged, and how far they agree."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from chancery.cli import values
from chancery.cli.log import SHAPES
from chancery.cli.opening import AsOfOption, LedgerOption, opened
from chancery.cli.rows import write_jsonl
from chancery.cli.screen import Column, note, safe, screen, table
from chancery.errors import UsageError
from chancery.wording.facts import judged_words


def list_judgements(
    export: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Write judged lines in the form of the corpus; - is standard output."
        ),
    ] = None,
    partly: Annotated[
        bool, typer.Option("--partly", help="Export reports too of which only some lines are judged.")
    ] = False,
    format: Annotated[
        str, typer.Option("--format", metavar="table|jsonl", help="How to print them.")
    ] = "table",
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Lists the judgements that hold, or exports judged lines for training.

    The export has one JSON object a report, as the corpus of dealings keeps them: key, source, sha256 of
    the text, reader (who judged), events, links, with spans into the text. The corpus says all that
    is in a text, so reports are left out of which some line is not judged, unless --partly.
    """
    from chancery.review import corpus_rows
    from chancery.wording.objects import judgement_object

    shape = values.one_of("--format", format, SHAPES)
    with opened(ledger, as_of) as book:
        if export is not None:
            _export(export, list(corpus_rows(book, partly=partly)))
            return
        found = book.judgements()
    if not found:
        note("no judgement holds; `chancery review` makes some")
    elif shape == "jsonl":
        write_jsonl(judgement_object(each) for each in found)
    else:
        columns = (
            Column("judgement", right=True),
            Column("made (UTC)", keep=True),
            Column("on"),
            Column("what"),
        )
        rows = [
            (str(j.id), f"{j.made_at:%Y-%m-%d %H:%M}", ", ".join(j.events), judged_words(j)) for j in found
        ]
        screen().show(table(columns, rows))


def _export(file: str, rows: list[dict[str, object]]) -> None:
    import json

    if file == "-":
        write_jsonl(rows)
        sys.stdout.flush()
    else:
        made = "".join(json.dumps(row, ensure_ascii=True) + "\n" for row in rows)
        try:
            Path(file).write_text(made, encoding="ascii")
        except (OSError, ValueError) as error:
            raise UsageError(f"--export {file!r} cannot be written ({error})") from error
    note(f"{len(rows)} judged reports exported")


def show_agreement(
    reviewers: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME...", help="Only these reviewers; without, all."),
    ] = None,
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Lists what reviewers disagree on, and how far they agree, field by field.

    Krippendorff's alpha (nominal) over the lines that two of them have judged: 1 is agreement, 0 what
    chance would give. "line" is whether there is an act at all. `chancery review --second` lets
    a second person judge without seeing the first one's work.
    """
    from chancery.review import agreement

    with opened(ledger, as_of) as book:
        found = agreement(book.judgements(), tuple(reviewers or ()))
    if not found.lines:
        note("no line was judged by two people; `chancery review --second` lets another judge the same")
        return
    out = screen()
    out.show(safe(f"{found.lines} lines judged by two or more of {', '.join(found.reviewers)}", "bold"), "")
    alphas = [
        (field.replace("_", " "), "" if alpha is None else f"{alpha:.3f}", str(found.compared[field]))
        for field, alpha in found.alpha.items()
    ]
    out.show(table((Column("field"), Column("alpha", right=True), Column("lines", right=True)), alphas), "")
    rows = [
        (d.event, d.field.replace("_", " "), f"{d.one}: {d.one_says}", f"{d.other}: {d.other_says}")
        for d in found.disagreements
    ]
    if rows:
        columns = (Column("event", keep=True), Column("field"), Column("one says"), Column("another says"))
        out.show(table(columns, rows))
    else:
        note("they agree in everything")
