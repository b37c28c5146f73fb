"""The evidence for one line as a page for a browser: one file, no script, nothing fetched.

Reports are hostile input: their words reach the page only through `_safe`, which escapes markup and,
as on a terminal, characters that do not simply print. A policy in the page itself forbids scripts,
frames, forms and every address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from chancery.records import Span
from chancery.wording.facts import Row, codes, facts, sections, source, taken_from
from chancery.wording.lines import Names, in_words
from chancery.wording.marks import Mark, marks_in
from chancery.wording.shown import escaped

if TYPE_CHECKING:
    from chancery.analysis import Evidence
    from chancery.ledger import Original

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 Georgia, serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; } h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
blockquote { margin: 1rem 0; padding: .5rem 1rem; border-left: .25rem solid #999; overflow-wrap: anywhere; }
mark { padding: 0 .15em; border-radius: .2em; color: #000; background: #ddd; }
mark.act { background: #ffe08a; } mark.by { background: #bfe5bf; } mark.to { background: #b8e0ea; }
mark.says { background: #e6c8ee; } mark.when, mark.where { background: #c9d4f5; }
mark.sum, mark.goods { background: #f3d6c4; }
mark small { font: .7rem sans-serif; }
strong { font-weight: bold; }
table { border-collapse: collapse; width: 100%; } td { vertical-align: top; padding: .1rem .8rem .1rem 0; }
th { text-align: left; font-weight: normal; opacity: .7; vertical-align: top; width: 11rem; }
td { overflow-wrap: anywhere; }
footer { margin-top: 2rem; font-size: .85rem; opacity: .7; }
"""


def page(found: Evidence, names: Names, kept: Iterable[Original] = ()) -> str:
    """The whole page, as HTML; `kept` are the originals of its report."""
    line = found.line
    beside = (*taken_from(kept), *codes(line.event.codes))
    title = _safe(f"{line.event.id}: {in_words(line.event, names)}")
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n',
            '<meta name="referrer" content="no-referrer">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
            f"<blockquote>{_paragraph(found)}</blockquote>\n",
            _table((*facts(line.event, names), *source(found, names), *beside)),
            *(f"<h2>{_safe(heading)}</h2>\n{_table(rows)}" for heading, rows in sections(found, names)),
            "<footer>Written by chancery. The words above are the report's, character for character; ",
            "the hash is of its whole text.</footer>\n</body>\n</html>\n",
        )
    )


def _safe(words: str) -> str:
    """Words as text and nothing else."""
    return escape(escaped(words), quote=True)


def _paragraph(found: Evidence) -> str:
    """The paragraph with the sentence set off and the line's words marked."""
    text, whole, sentence = found.text, found.paragraph, found.line.event.sentence
    if not whole.covers(sentence):
        whole = sentence
    marks = marks_in(found.line.event, sentence)
    before, after = text[whole.start : sentence.start], text[sentence.end : whole.end]
    inner = "".join(_marked(text, sentence, marks))
    return f"{_flat(before)}<strong>{inner}</strong>{_flat(after)}"


def _marked(text: str, sentence: Span, marks: list[Mark]) -> Iterator[str]:
    at = sentence.start
    for mark in marks:
        yield _flat(text[at : mark.span.start])
        label = f" <small>{_safe(mark.what)}</small>"
        yield f'<mark class="{mark.kind}">{_flat(mark.span.of(text))}{label}</mark>'
        at = mark.span.end
    yield _flat(text[at : sentence.end])


def _flat(words: str) -> str:
    """Safe words that keep the blank at either end."""
    left = " " if words[:1].isspace() else ""
    right = " " if words[-1:].isspace() and words.strip() else ""
    return f"{left}{_safe(words)}{right}"


def _table(rows: Iterable[Row]) -> str:
    made = (f"<tr><th>{_safe(label)}</th><td>{_safe(value)}</td></tr>\n" for label, value in rows)
    return f"<table>\n{''.join(made)}</table>\n"
