"""`chancery evaluate`: the reader measured on a file in the form of a published corpus."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from chancery.cli import values
from chancery.cli.screen import Column, note, safe, screen, table

NAMES = ("polnear", "cameo_ner", "cameo_class", "gum_dates", "cqe", "ecbplus", "meantime")


def evaluate_file(
    name: Annotated[str, typer.Argument(metavar="NAME", help=f"The measure: {', '.join(NAMES)}.")],
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A file in that corpus's form, plain or gzipped.")
    ],
    misses: Annotated[str, typer.Option(metavar="N", help="Print also the first N misses; 0 is none.")] = "0",
) -> None:
    """Measures the reader on a file in the form of a published corpus.

    polnear: sources of attributions. cameo_ner: spans of actors and recipients. cameo_class: sentences
    by class. gum_dates: values of dates. cqe: sums of money. ecbplus, meantime: one event in several
    documents. docs/evaluation.md says how each figure is counted. A file in another form ends with exit
    code 3 and a line that says what was wanted.
    """
    chosen = values.one_of("NAME", name, NAMES)
    shown = values.count("--misses", misses, least=0)
    threads = values.settings_with(None).threads
    from chancery.evaluation import evaluate

    outcome = evaluate(chosen, file, threads)
    out = screen()
    rows = [
        (f.name, f"{f.value:.3f}" if isinstance(f.value, float) else str(f.value)) for f in outcome.figures
    ]
    out.show(table((Column("figure", keep=True), Column(chosen, right=True)), rows))
    if shown:
        out.show(*(safe(miss) for miss in outcome.misses[:shown]))
    sys.stdout.flush()
    note(f"{len(outcome.misses)} misses" + ("" if shown else "; --misses N prints the first N"))
