"""The text of a piece of HTML that is known to be text: of a feed's entry, of a wire story's body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

LONGEST: Final = 4_000_000  # characters of HTML
_BLOCKS: Final = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "table",
     "section", "article", "header", "footer", "pre", "figure", "figcaption", "hr", "dd", "dt", "body")
)  # fmt: skip
_SILENT: Final = frozenset(("script", "style", "template", "noscript", "head", "title"))


def text_of_fragment(fragment: str) -> str:
    """Paragraphs with a blank line after each; plain text comes back as it is.

    Raises `ValueError` where it is longer than one may be.
    """
    if len(fragment) > LONGEST:
        raise ValueError(f"more than {LONGEST:,} characters of HTML")
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    from lxml import etree, html

    try:
        tree = html.document_fromstring(f"<body>{fragment.replace(chr(0), '')}</body>")
    except (etree.LxmlError, ValueError):
        return ""
    lines = (" ".join(line.split()) for line in "".join(_pieces(tree)).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _pieces(root: Any) -> Iterator[str]:
    """Texts in the order of the page, a newline at each border of a block."""
    from lxml import etree

    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        border = "\n" if tag in _BLOCKS else ""
        hushed = tag in _SILENT
        if event == "start":
            silent += hushed
            yield border
            if not silent and tag and element.text:
                yield " ".join(f".{element.text}.".split())[1:-1]
        else:
            silent -= hushed
            yield border
            if not silent and element.tail:
                yield " ".join(f".{element.tail}.".split())[1:-1]
