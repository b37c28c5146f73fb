"""A page of Markdown as a PDF: headings, paragraphs, lists, tables, code. Needs the extra `pdf`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from chancery.errors import ExtraMissing

_MARKS = {"em_open": "<i>", "em_close": "</i>", "strong_open": "<b>", "strong_close": "</b>"}
_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_WIDTH = 170  # millimetres of A4 between the margins


def pdf_of(markdown: str, title: str) -> bytes:
    """The PDF's bytes, the same for the same page. Raises `ExtraMissing`."""
    try:
        from reportlab.lib.pagesizes import A4
        from reportlab.platypus import SimpleDocTemplate
    except ImportError as error:
        raise ExtraMissing("pdf", "reportlab") from error
    out = BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, title=title, author="chancery", leftMargin=57, rightMargin=57, invariant=1
    )
    document.build(list(_Page().flowables(markdown)))
    return out.getvalue()


class _Page:
    """Markdown's tokens as reportlab's flowables."""

    def __init__(self) -> None:
        from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet

        self._styles = getSampleStyleSheet()
        self._cell = ParagraphStyle("cell", parent=self._styles["BodyText"], fontSize=8, leading=10)

    def flowables(self, markdown: str) -> Iterator[Any]:
        """What a page is made of, from top to bottom."""
        tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(_COMMENT.sub("", markdown))
        at = 0
        while at < len(tokens):
            end = _closing(tokens, at)
            yield from self._block(tokens[at : end + 1])
            at = end + 1

    def _block(self, tokens: Sequence[Token]) -> Iterator[Any]:
        first = tokens[0]
        if first.type == "table_open":
            yield from self._table(tokens)
        elif first.type == "bullet_list_open":
            for token in tokens:
                if token.type == "inline":
                    yield self._paragraph("\N{BULLET} " + inline(token), self._styles["BodyText"])
        elif first.type in ("fence", "code_block"):
            from reportlab.platypus import Preformatted

            yield Preformatted(first.content, self._styles["Code"])
        elif first.type in ("heading_open", "paragraph_open"):
            style = "Heading" + first.tag[1:] if first.tag.startswith("h") else "BodyText"
            yield self._paragraph(inline(tokens[1]), self._styles[style])

    @staticmethod
    def _paragraph(text: str, style: Any) -> Any:
        from reportlab.platypus import Paragraph

        return Paragraph(text, style)

    def _table(self, tokens: Sequence[Token]) -> Iterator[Any]:
        from reportlab.lib.colors import grey
        from reportlab.lib.units import mm
        from reportlab.platypus import Spacer, Table

        texts: list[list[str]] = []
        for token in tokens:
            if token.type == "tr_open":
                texts.append([])
            elif token.type == "inline":
                texts[-1].append(inline(token))
        widths = [part * mm for part in _widths(texts)]
        rows = [[self._paragraph(text, self._cell) for text in row] for row in texts]
        style = [("GRID", (0, 0), (-1, -1), 0.25, grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        yield Table(rows, colWidths=widths, repeatRows=1, style=style)
        yield Spacer(1, 4 * mm)


def _closing(tokens: Sequence[Token], start: int) -> int:
    """Where the block that begins at `start` ends."""
    depth = 0
    for i in range(start, len(tokens)):
        depth += tokens[i].nesting
        if depth == 0:
            return i
    return len(tokens) - 1


def inline(token: Token) -> str:
    """The text of a line as reportlab's markup, everything else of it escaped."""
    parts = []
    for child in token.children or ():
        if child.type == "code_inline":
            parts.append(f'<font name="Courier">{escape(child.content)}</font>')
        elif child.type == "text":
            parts.append(escape(child.content))
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        else:
            parts.append(_MARKS.get(child.type, ""))
    return "".join(parts)


def _widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """Millimetres for each column: by its longest word at least, the rest by how much there is to say."""
    columns = list(zip(*rows, strict=True))
    words = [max(len(w) for cell in c for w in (cell.split() or [""])) for c in columns]
    needed = [min(14 + 0.6 * w, 60) for w in words]
    wanted = [sum(map(len, c)) ** 0.7 for c in columns]
    spare = max(_WIDTH - sum(needed), 0)
    return [n + spare * w / (sum(wanted) or 1) for n, w in zip(needed, wanted, strict=True)]
