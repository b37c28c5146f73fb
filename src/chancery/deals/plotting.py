"""The price list drawn: a row a state, favours and gifts along time, gifts tied by words with a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from chancery.deals.markets import Market

ENDINGS = (".png", ".svg", ".html")
_SCALE = 2  # dots a point in a PNG
_MASK, _MASK_IN_JSON = "\ue000", "\\ue000"  # stands for "<" until the page is made
_HOW = {"favour": "#1b5e20", "stated": "#0d47a1", "together": "#6a1b9a", "near": "#9e9e9e"}


def draw(found: Market, names: Mapping[str, str], place: Path) -> None:
    """Write the drawing to a file; its ending says how. HTML carries its own libraries."""
    ending = place.suffix.casefold()
    if ending == ".html":
        page = _chart(found, names, _masked).to_html(inline=True)
        place.write_text(page.replace(_MASK_IN_JSON, "\\u003c").replace(_MASK, "\\u003c"), encoding="utf8")
    else:
        _chart(found, names, str).save(str(place), format=ending[1:], scale_factor=_SCALE)


def _masked(text: str) -> str:
    """Text in which no tag begins: a page holds it inside a script, which "</script>" would end."""
    return text.replace(_MASK, "").replace("<", _MASK)


def _chart(found: Market, names: Mapping[str, str], shown: Callable[[str], str]) -> Any:
    import altair as alt  # loading takes a second; only who draws waits for it

    points = [_shown(p, shown) for p in _points(found, names)]
    ties = [_shown(t, shown) for t in _ties(found, names)]
    order = list(dict.fromkeys(p["state"] for p in sorted(points, key=lambda p: str(p["first"]))))
    when = alt.X("day:T", title=None)
    who = alt.Y("state:N", sort=order, title=None)
    colour = alt.Color("how:N", title=None, scale=alt.Scale(domain=list(_HOW), range=list(_HOW.values())))
    marks = (
        alt.Chart(alt.InlineData(values=points))
        .mark_point(filled=True, size=70, opacity=0.85)
        .encode(
            x=when, y=who, color=colour, shape=alt.Shape("what:N", title=None),
            tooltip=["state:N", "day:T", "what:N", "words:N", "how:N", "stage:N"],
        )
    )  # fmt: skip
    lines = (
        alt.Chart(alt.InlineData(values=ties))
        .mark_rule(strokeWidth=1.5, opacity=0.6)
        .encode(x=when, x2="until:T", y=who, color=colour)
    )
    return (lines + marks).properties(width=720, title="Favours and what stands beside them, by day")


def _shown(point: dict[str, str], shown: Callable[[str], str]) -> dict[str, str]:
    return {key: shown(value) for key, value in point.items()}


def _points(found: Market, names: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for exchange in found.exchanges:
        favour = exchange.favour
        state = names.get(favour.state, favour.state)
        first = favour.day or favour.withdrawn
        for day, what in ((favour.day, favour.instrument), (favour.withdrawn, "withdrawn")):
            if day is not None:
                whom = ", ".join(names.get(i, i) for i in favour.whom)
                yield _point(state, day, first, what, whom, "favour", favour.stage)
        for gift in exchange.gifts:
            if gift.deed.day is not None:
                words = ", ".join([*(a.text for a in gift.deed.amounts), *(g.text for g in gift.deed.goods)])
                what = gift.deed.instrument or ""
                yield _point(state, gift.deed.day, first, what, words, gift.how, gift.stage)


def _point(state: str, day: object, first: object, *rest: str) -> dict[str, str]:
    what, words, how, stage = rest
    return {
        "state": state, "day": str(day), "first": str(first or day), "what": what, "words": words, "how": how,
        "stage": stage,
    }  # fmt: skip


def _ties(found: Market, names: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for exchange in found.exchanges:
        favour = exchange.favour
        for gift in exchange.gifts:
            if gift.how != "near" and gift.days:
                yield {
                    "state": names.get(favour.state, favour.state), "day": str(favour.day),
                    "until": str(gift.deed.day), "how": gift.how,
                }  # fmt: skip
