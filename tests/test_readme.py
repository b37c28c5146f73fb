"""What README and docs tell people to type, follow and install works, from the project's files alone."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from chancery.cli import app

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
LARGEST = 30_000_000  # bytes; what is larger has no place in a repository
NOT_OURS = shutil.ignore_patterns(
    ".git",
    ".venv",
    ".*_cache",
    ".hypothesis",
    "__pycache__",
    "*.egg-info",
    "node_modules",
    "build",
    "dist",
    "site",
    "*.db*",
)


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# Commands


def code_lines(page: Path) -> Iterator[str]:
    """Lines of code: fenced as sh, or indented by four."""
    fence: str | None = None
    for line in page.read_text(encoding="utf8").splitlines():
        if line.startswith("```"):
            fence = line.removeprefix("```") if fence is None else None
        elif fence == "sh":
            yield line
        elif fence is None and line.startswith("    "):
            yield line[4:]


def words_of(line: str) -> list[str]:
    """The words of a shell line up to its first pipe or redirection, comments left out."""
    found = shlex.split(line, comments=True)
    return found[: next((i for i, word in enumerate(found) if word in ("|", ">", "&&")), len(found))]


def commands(program: str) -> list[tuple[str, list[str]]]:
    lines = ((page, line) for page in PAGES for line in code_lines(page))
    return [(named(page), words_of(line)) for page, line in lines if line.startswith(f"{program} ")]


@pytest.mark.parametrize(("page", "words"), commands("chancery"), ids=str)
def test_commands_are_ones_the_program_takes(page: str, words: list[str]) -> None:
    ended = CliRunner().invoke(app, [*words[1:], "--help"])  # options are checked before help is given
    assert ended.exit_code == 0, f"{page}: {ended.output}"


@pytest.mark.parametrize(("page", "words"), commands("make"), ids=str)
def test_targets_are_in_the_makefile(page: str, words: list[str]) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf8")
    assert re.search(rf"^{words[1]}:", makefile, re.MULTILINE), page


def test_the_readme_shows_its_two_commands_and_every_command_of_the_program() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf8")
    assert "\nmake demo" in text
    assert "\nmake test" in text
    assert all(f"chancery {name}" in text for name in typer.main.get_command(app).commands)  # type: ignore[attr-defined]


# Links

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def relative_links() -> list[tuple[Path, str]]:
    found = ((page, m.group(1)) for page in PAGES for m in LINK.finditer(page.read_text(encoding="utf8")))
    return [(page, link) for page, link in found if "://" not in link and not link.startswith("mailto:")]


def anchors(page: Path) -> set[str]:
    """Anchors of a page's headings, as Markdown's table of contents makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf8"), re.MULTILINE)
    plain = (re.sub(r"[^\w\s-]", "", h).strip().lower() for h in headings)
    return {re.sub(r"[-\s]+", "-", h) for h in plain}


@pytest.mark.parametrize(
    ("page", "link"), relative_links(), ids=lambda v: v if isinstance(v, str) else named(v)
)
def test_links_lead_somewhere(page: Path, link: str) -> None:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    assert target.exists()
    assert not anchor or anchor in anchors(target)


# Files


def project_files() -> list[Path]:
    """What git tracks or would track; without git, all but what is built. Relative to the root."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(asked, cwd=ROOT, capture_output=True, check=False)
        if listed.returncode == 0:
            names = (Path(os.fsdecode(name)) for name in listed.stdout.split(b"\0") if name)
            return [name for name in names if (ROOT / name).is_file()]
    return [path.relative_to(ROOT) for path in _walked(ROOT)]


def _walked(folder: Path) -> Iterator[Path]:
    names = sorted(path.name for path in folder.iterdir())
    barred = NOT_OURS(str(folder), names)
    for path in (folder / name for name in names if name not in barred):
        if path.is_dir():
            yield from _walked(path)
        else:
            yield path


def test_no_file_is_too_large_for_a_repository() -> None:
    files = project_files()
    assert Path("pyproject.toml") in files
    assert [f for f in files if (ROOT / f).stat().st_size > LARGEST] == []


# Installing


@dataclass(frozen=True)
class Installed:
    """The package in an environment of its own, and an empty folder to work in."""

    folder: Path
    program: Path
    python: Path

    def run(self, *words: str) -> str:
        ended = subprocess.run(
            words, cwd=self.folder, env=environment(), capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr[-4000:]
        return ended.stdout


def environment() -> dict[str, str]:
    """Ours, without what would lead to this checkout or another ledger."""
    barred = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "CHANCERY_LEDGER")
    return {k: v for k, v in os.environ.items() if k not in barred} | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """`pip install .`, not editable, of a copy of the project's files."""
    base = tmp_path_factory.mktemp("installed")
    source, venv, work = base / "source", base / "venv", base / "work"
    for file in project_files():
        (source / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, source / file)
    work.mkdir()
    bin_ = venv / ("Scripts" if os.name == "nt" else "bin")
    made = Installed(work, bin_ / "chancery", bin_ / "python")
    made.run(sys.executable, "-m", "venv", str(venv))
    made.run(str(made.python), "-m", "pip", "install", "--quiet", str(source))
    shutil.copytree(source / "examples", work / "examples")
    shutil.rmtree(source)  # nothing may lean on it any more
    return made


@pytest.mark.slow
def test_an_installed_demo_tells_of_the_market_in_recognitions(installed: Installed) -> None:
    brief = installed.run(str(installed.program), "demo", "--ledger", "demo.db", "--rows", "0")
    assert {"Nicaragua", "Venezuela", "Abkhazia"} <= set(re.findall(r"\w+", brief))
    assert (installed.folder / "demo.db").is_file()
    assert installed.run(str(installed.program), "brief", "--ledger", "demo.db", "--rows", "0") == brief


@pytest.mark.slow
def test_an_installed_program_reads_a_file(installed: Installed) -> None:
    file = "examples/01-recognition-market-quito.txt"
    output = installed.run(str(installed.program), "read", file, "--format", "jsonl", "--no-ledger")
    (line,) = output.splitlines()
    reading = json.loads(line)
    assert reading["events"]
    assert {"NIC", "VEN", "ABK"} <= {actor["id"] for actor in reading["actors"]}
    assert {"Nicaragua", "Venezuela", "Abkhazia"} <= {actor["name"] for actor in reading["actors"]}


@pytest.mark.slow
def test_the_package_brings_its_data_and_licences(installed: Installed) -> None:
    told = "from importlib import metadata; print(*metadata.files('chancery'), sep='\\n')"
    files = set(installed.run(str(installed.python), "-c", told).split("\n"))
    ours = {f.relative_to("src").as_posix() for f in project_files() if f.is_relative_to("src/chancery")}
    examples = {f"chancery/{f.as_posix()}" for f in project_files() if f.is_relative_to("examples")}
    assert {f for f in ours | examples if not f.endswith(".pyc")} <= files
    assert {Path(f).name for f in files if ".dist-info/licenses/" in f} == {"LICENSE", "LICENSE-MODEL"}
