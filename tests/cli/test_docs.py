"""docs/cli.md is what the program says of itself, and each command has help with an example."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
import typer

from chancery.cli import app
from tests.cli.conftest import Run

DOCS = Path(__file__).resolve().parents[2] / "docs"
COMMANDS = tuple(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_cli", DOCS / "make_cli.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date() -> None:
    written = (DOCS / "cli.md").read_text(encoding="utf8")
    assert written == generator().page(), "run: python docs/make_cli.py"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_and_an_example_of_one_line(run: Run, command: str) -> None:
    ended = run(command, "--help")
    assert ended.exit_code == 0
    (example,) = [n for n in ended.stdout.splitlines() if n.strip().startswith("Example:")]
    assert example.strip().startswith(f"Example: chancery {command}")


def test_the_program_has_help_and_an_example(run: Run) -> None:
    ended = run("--help")
    assert ended.exit_code == 0
    assert "Example: chancery demo" in ended.stdout
    assert all(command in ended.stdout for command in COMMANDS)
    assert {"read", "brief", "events", "show", "reports", "demo"} <= set(COMMANDS)
