"""ninjs, the JSON that news agencies send (IPTC, versions 1 to 3), and single reports in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from chancery.ingest.fragments import text_of_fragment
from chancery.ingest.raw import Told

_BODIES: Final = ("body_text", "body_html", "body_xhtml", "body")
_DAYS: Final = (
    "firstcreated", "contentcreated", "versioncreated", "firstCreated", "contentCreated", "versionCreated",
)  # fmt: skip


def is_ninjs(item: Mapping[str, Any]) -> bool:
    """Whether an object is a story in ninjs, and not a report in our own form."""
    return "text" not in item and any(k in item for k in (*_BODIES, "bodies", "headline", "headlines"))


def told_in_ninjs(item: Mapping[str, Any]) -> Told:
    """What a story says; the text is its headline and its body, empty where it has neither.

    Raises `ValueError` where a part of it is too long.
    """
    title = _words(item.get("headline")) or _first(item.get("headlines"), "main")
    body = next((b for key in _BODIES if (b := _text(item.get(key)))), "") or _bodies(item.get("bodies"))
    text = "\n\n".join(part for part in (title, body) if part)
    return Told(text, title, _publisher(item), _day(item), _words(item.get("uri")))


def _text(value: Any) -> str:
    return text_of_fragment(value) if isinstance(value, str) else ""


def _words(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _first(values: Any, role: str) -> str | None:
    """The `value` of a list's object of that role, else of its first."""
    found = [v for v in values if isinstance(v, Mapping)] if isinstance(values, list) else []
    found.sort(key=lambda v: v.get("role") != role)
    return _words(found[0].get("value")) if found else None


def _bodies(values: Any) -> str:
    """Plain text before HTML, the main one first."""
    found = [v for v in values if isinstance(v, Mapping)] if isinstance(values, list) else []
    found.sort(key=lambda v: (v.get("role") not in ("main", None), v.get("contenttype") != "text/plain"))
    return next((text for v in found if (text := _text(v.get("value")))), "")


def _publisher(item: Mapping[str, Any]) -> str | None:
    sources = item.get("infosources") or item.get("infosource") or ()
    named = [s.get("name") for s in sources if isinstance(s, Mapping)] if isinstance(sources, list) else []
    told = (item.get("provider"), *named, item.get("copyrightholder"), item.get("copyrightHolder"))
    return next((words for value in told if (words := _words(value))), None)


def _day(item: Mapping[str, Any]) -> date | None:
    for key in _DAYS:
        value = item.get(key)
        if isinstance(value, str):
            try:
                return date.fromisoformat(value[:10])
            except ValueError:
                continue
    return None
