"""Pages from templates. Everything a template shows is escaped: markup, and what does not simply print.

The second is done by Jinja's `finalize`, which every value passes on its way into a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from chancery.analysis import stage_of
from chancery.web.desk import assets_are_built, desk_of
from chancery.web.visitors import TOKEN, LoginWanted, Visitor, keep_seed, token_for, visitor_of
from chancery.wording import deal_rows, facts, lines, occurrences
from chancery.wording.marks import Kind
from chancery.wording.shown import escaped

Values = Mapping[str, Any]

PARTS = (
    ("/", "Home"), ("/reports", "Reports"), ("/lines", "Lines"), ("/actors", "Actors"), ("/deals", "Deals"),
    ("/promises", "Promises"), ("/differences", "Differences"), ("/explore", "Explore"), ("/log", "Log"),
)  # fmt: skip
LEGEND: tuple[tuple[Kind, str], ...] = (
    ("act", "act"), ("by", "who"), ("to", "to or for whom"), ("sum", "amount"), ("goods", "what"),
    ("when", "when"), ("where", "where"), ("says", "on whose word"),
)  # fmt: skip


def _shown(value: object) -> object:
    """A value on its way into a page; markup of our own templates passes, and so do line ends."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return "\n".join(" ".join(escaped(word) for word in line.split(" ")) for line in value.split("\n"))


@cache
def environment() -> Environment:
    """The templates, with the words they use."""
    made = Environment(
        loader=PackageLoader("chancery.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "act_words": lambda event: lines.act_words(event.act, event.instrument),
        "address": lambda words: quote(str(words), safe=""),
        "codes": facts.codes,
        "day": _day,
        "deed": lines.deed,
        "facts": facts.facts,
        "in_words": lines.in_words,
        "instant": lambda at: f"{at:%Y-%m-%d %H:%M}",
        "judged_words": facts.judged_words,
        "named": lines.named,
        "number": lines.number,
        "on_whose_word": lines.on_whose_word,
        "period": lines.period,
        "plain": lambda words: str(words).replace("_", " "),
        "query": lambda values: urlencode(values, doseq=True),
        "schedule_words": deal_rows.schedule_words,
        "share_words": deal_rows.share_words,
        "sections": facts.sections,
        "side": lines.side,
        "source": facts.source,
        "subject_words": occurrences.subject_words,
        "tied": deal_rows.tied,
        "stage": stage_of,
    }
    made.globals |= {
        "LEGEND": LEGEND, "NOBODY": lines.NOBODY, "PARTS": PARTS, "TOKEN": TOKEN, "tie": lines.tie,
    }  # fmt: skip
    return made


def _day(day: date | datetime | None) -> str:
    return lines.day_words(day) if day else ""


def page(request: Request, template: str, values: Values, *, status: int = 200) -> Response:
    """A whole page."""
    visitor = _visitor(request)
    desk = desk_of(request)
    around = {
        "visitor": visitor,
        "path": request.url.path,
        "token": token_for(request, desk),
        "built": assets_are_built(),
        "names": values.get("names", {}),
        "place": desk.ledger.place,
    }
    made = HTMLResponse(environment().get_template(template).render({**around, **values}), status)
    keep_seed(request, made)
    return made


def fragment(request: Request, template: str, values: Values, *, status: int = 200) -> Response:
    """A part of a page, for htmx."""
    around = {"token": token_for(request, desk_of(request)), "visitor": _visitor(request)}
    return HTMLResponse(environment().get_template(template).render({**around, **values}), status)


def _visitor(request: Request) -> Visitor | None:
    """Who asks; pages of errors and the login are for nobody, too."""
    try:
        return visitor_of(request, desk_of(request))
    except LoginWanted:
        return None
