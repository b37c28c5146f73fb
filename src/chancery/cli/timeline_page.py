"""A timeline as a page for a browser: one file, no script, nothing fetched; under each act its passages.

Reports are hostile input: their words reach the page only through `_safe`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from chancery.records import Occurrence
from chancery.wording.lines import Names, on_whose_word
from chancery.wording.occurrences import occurrence_words, origins_words, when
from chancery.wording.shown import escaped

if TYPE_CHECKING:
    from chancery.ledger import LedgerEvent

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 Georgia, serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; }
ol { list-style: none; padding: 0; border-left: .15rem solid #999; }
li { margin: 0 0 1.2rem; padding-left: 1rem; overflow-wrap: anywhere; }
time { font-weight: bold; } small { opacity: .75; font-family: sans-serif; }
blockquote { margin: .4rem 0; padding-left: .8rem; border-left: .2rem solid #bbb; }
summary { cursor: pointer; font: .85rem sans-serif; }
"""


def timeline_page(
    title: str,
    found: Sequence[Occurrence],
    lines: Mapping[str, LedgerEvent],
    texts: Mapping[str, str],
    names: Names,
) -> str:
    """The whole page, as HTML; `texts` are the reports' by id."""
    head = _safe(f"{title}: a timeline")
    items = "".join(_item(o, lines, texts, names) for o in found)
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n',
            '<meta name="referrer" content="no-referrer">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{head}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{head}</h1>\n",
            f"<ol>\n{items}</ol>\n" if items else "<p>No act of this ledger fits.</p>\n",
            "<footer><small>Written by chancery. Each act stands once; reports that go back to one source ",
            "are one origin.</small></footer>\n</body>\n</html>\n",
        )
    )


def _safe(words: str) -> str:
    """Words as text and nothing else."""
    return escape(escaped(words), quote=True)


def _item(
    occurrence: Occurrence, lines: Mapping[str, LedgerEvent], texts: Mapping[str, str], names: Names
) -> str:
    status = occurrence.status.replace("_", " ")
    told = "".join(_passages(occurrence, lines, texts, names))
    words = _safe(occurrence_words(occurrence, lines, names))
    return (
        f"<li><time>{_safe(when(occurrence, lines))}</time> {words} "
        f"<small>{_safe(status)}; {_safe(origins_words(occurrence))}; {_safe(occurrence.lead)}</small>\n"
        f"<details><summary>passages</summary>\n{told}</details></li>\n"
    )


def _passages(
    occurrence: Occurrence, lines: Mapping[str, LedgerEvent], texts: Mapping[str, str], names: Names
) -> Iterator[str]:
    for event in dict.fromkeys(m.event for m in occurrence.members):
        line = lines.get(event)
        if line is not None:
            words = line.event.sentence.of(texts[line.report.id])
            day = f", {line.report.published}" if line.report.published else ""
            source = _safe(f"{on_whose_word(line, names)}{day}, {event}")
            yield f"<blockquote>{_safe(words)}<br><small>{source}</small></blockquote>\n"
