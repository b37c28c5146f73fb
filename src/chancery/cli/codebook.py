"""`chancery codebook`: the codebook, or a layout's columns, as Markdown or PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chancery.cli import values
from chancery.cli.screen import note


def show_codebook(
    layout: Annotated[
        str | None, typer.Option("--layout", metavar="NAME", help="The columns of this layout of exports.")
    ] = None,
    pdf: Annotated[
        str | None, typer.Option("--pdf", metavar="FILE", help="Write it as a PDF (needs the extra pdf).")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over what is there.")] = False,
) -> None:
    """Prints the codebook: acts, instruments, statuses, and how codes are derived.

    With --layout it prints the columns of an export, what they hold and what is lost. Both are made of
    the tables that the program itself codes and exports by.
    """
    from chancery.knowledge.layout_data import LAYOUT_NAMES
    from chancery.wording import codebook
    from chancery.wording.layouts import section

    if layout is None:
        title, page = "The chancery codebook", codebook.page()
    else:
        name = values.one_of("--layout", layout, LAYOUT_NAMES)
        title, page = f"chancery: the layout {name}", section(name)
    if pdf is None:
        typer.echo(page)
    else:
        _write(Path(pdf), page, title, replace=replace)


def _write(path: Path, page: str, title: str, *, replace: bool) -> None:
    from chancery.analysis.layouts.files import making
    from chancery.wording.pdf import pdf_of

    content = pdf_of(page, title)
    with making(path, replace=replace) as part:
        part.write_bytes(content)
    note(f"{path}: {len(content):,} bytes")
