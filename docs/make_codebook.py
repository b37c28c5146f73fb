"""Writes docs/codebook.md from the data files of the codebook: `python docs/make_codebook.py`."""

from __future__ import annotations

from pathlib import Path

from chancery.wording.codebook import ACTS, INSTRUMENTS, LINKS, STATUSES, page

__all__ = ["ACTS", "INSTRUMENTS", "LINKS", "STATUSES", "page"]

TARGET = Path(__file__).with_name("codebook.md")

if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf8")
