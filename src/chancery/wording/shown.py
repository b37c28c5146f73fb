"""Reports are hostile input: what does not simply print is shown as an escape, wherever it is shown."""

from __future__ import annotations

import unicodedata

# Control, format (bidi, zero width, tags), surrogate, private, and line and paragraph separators
UNSHOWN = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))


def escaped(text: str) -> str:
    """The text on one line, with every character that does not simply print as an escape."""
    line = " ".join(text.split()) if any(c.isspace() for c in text) else text
    return "".join(_escape(c) if unicodedata.category(c) in UNSHOWN else c for c in line)


def _escape(character: str) -> str:
    if ord(character) < 0x80:
        return f"\\x{ord(character):02x}"
    return character.encode("ascii", "backslashreplace").decode()
