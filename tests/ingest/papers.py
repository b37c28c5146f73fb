"""PDFs made for tests."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate


def paper(title: str, paragraphs: Sequence[str], *, password: str | None = None) -> bytes:
    """A PDF with a running head and page numbers, its text set in lines."""
    made, styles = BytesIO(), getSampleStyleSheet()
    lock = StandardEncryption(password) if password else None
    document = SimpleDocTemplate(made, title=title, encrypt=lock, pagesize=(420, 300))
    parts = [Paragraph(title, styles["Heading1"]), *(Paragraph(p, styles["Normal"]) for p in paragraphs)]
    document.build(parts, onFirstPage=_edges, onLaterPages=_edges)
    return made.getvalue()


def _edges(canvas: Canvas, document: Any) -> None:
    canvas.drawString(30, 280, "The Strelsau Gazette, foreign desk")
    canvas.drawString(200, 15, str(document.page))


def pictures() -> bytes:
    """A PDF without text."""
    made = BytesIO()
    canvas = Canvas(made)
    canvas.rect(10, 10, 100, 100)
    canvas.showPage()
    canvas.save()
    return made.getvalue()
