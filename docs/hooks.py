"""The page contributing.md shows CONTRIBUTING.md, which stands where people look for it: on top."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def on_page_markdown(markdown: str, page: Any, **_rest: Any) -> str:
    """MkDocs' hook: called with each page's text before it becomes HTML."""
    if page.file.src_uri != "contributing.md":
        return markdown
    return (ROOT / "CONTRIBUTING.md").read_text(encoding="utf8").replace("](docs/", "](")
