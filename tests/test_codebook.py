"""docs/codebook.md is what the data files say, and every word of the vocabularies is explained."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from chancery.cli import app
from chancery.errors import ExtraMissing
from chancery.knowledge.layout_data import LAYOUT_NAMES
from chancery.records import ACTS, INSTRUMENTS, LINK_KINDS, STATUSES
from chancery.wording.pdf import pdf_of

DOCS = Path(__file__).resolve().parents[1] / "docs"


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_codebook", DOCS / "make_codebook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date() -> None:
    written = (DOCS / "codebook.md").read_text(encoding="utf8")
    assert written == generator().page(), "run: make docs"


@pytest.mark.parametrize(
    ("table", "words"),
    [("ACTS", ACTS), ("INSTRUMENTS", INSTRUMENTS), ("STATUSES", STATUSES), ("LINKS", LINK_KINDS)],
)
def test_every_word_is_explained(table: str, words: Iterable[str]) -> None:
    assert set(getattr(generator(), table)) == set(words)


# The command


def test_the_command_prints_the_page_and_writes_it(tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("reportlab")
    run = CliRunner().invoke
    assert run(app, ["codebook"]).stdout.strip() == generator().page().strip()
    target = tmp_path / "codebook.pdf"
    assert run(app, ["codebook", "--pdf", str(target)]).exit_code == 0
    text = " ".join("".join(p.extract_text() for p in pypdf.PdfReader(target).pages).split())
    for word in (*ACTS, *STATUSES, *LINK_KINDS):
        assert word in text
    for instrument in INSTRUMENTS:
        assert instrument in text.replace(" ", "").replace("-", "")
    again = run(app, ["codebook", "--pdf", str(target)])
    assert again.exit_code == 7
    assert "is there already" in again.stderr


@pytest.mark.parametrize("name", LAYOUT_NAMES)
def test_the_command_tells_a_layouts_columns(name: str, tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    said = CliRunner().invoke(app, ["codebook", "--layout", name]).stdout
    assert said.startswith(f"## {name}: ")
    assert "Losses:" in said
    target = tmp_path / "layout.pdf"
    assert CliRunner().invoke(app, ["codebook", "--layout", name, "--pdf", str(target)]).exit_code == 0
    assert target.read_bytes().startswith(b"%PDF")


def test_the_same_page_is_the_same_pdf_and_escapes_what_it_holds() -> None:
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("reportlab")
    page = (
        "# A <b> & 'c'\n\n- one `<i>`\n- two\n\nand\n\n    code <x>\n\n| a | b |\n|---|---|\n| <font> | & |\n"
    )
    made = pdf_of(page, "T")
    assert made == pdf_of(page, "T")
    text = pypdf.PdfReader(BytesIO(made)).pages[0].extract_text()
    assert all(piece in text for piece in ("A <b> & 'c'", "one <i>", "code <x>", "<font>"))


def test_a_pdf_without_its_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "reportlab.lib.pagesizes", None)
    with pytest.raises(ExtraMissing, match="needs reportlab, which is not installed; pip install 'chancery"):
        pdf_of("# x", "x")
