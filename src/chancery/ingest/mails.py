"""E-mail: one report a message, and one for each message, page, paper or text attached to it.

The subject is the title, the sender's name the publisher, the day of sending that of publication.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any, Final

from chancery.errors import BrokenInput, InputError, TextlessInput
from chancery.ingest.charsets import decode
from chancery.ingest.kinds import by_name
from chancery.ingest.pages import page_text, told_in_page
from chancery.ingest.raw import Raw, Told, report_of, source_of
from chancery.records import Finding, Report
from chancery.settings import Settings

DEEPEST: Final = 5  # mails in mails
MOST_PARTS: Final = 200
_KIND: Final = "an e-mail"
_HINT: Final = "its text may be a picture or an attachment of a kind that is not read"
_FROM_LINE = re.compile(rb"^From [^\n]*\n", re.MULTILINE)

Opener = Callable[[Raw, Settings, int], Iterator[Report | InputError]]


def reports_in_mail(
    raw: Raw, settings: Settings, opener: Opener, depth: int = 0
) -> Iterator[Report | InputError]:
    """The message's own text, then what is attached and can be read, by `opener`.

    Raises `BrokenInput`, `TextlessInput`, `TooLargeInput`.
    """
    message = _parsed(raw)
    own = _own(message, raw)
    attached = list(_attached(message, raw)) if depth < DEEPEST else []
    if own is None and not attached:
        raise TextlessInput(raw.where, _KIND, _HINT)
    if own is not None:
        yield report_of(raw, own[0], settings, source_of(raw, "message/rfc822", own[1]))
    for part in attached:
        yield from opener(part, settings, depth + 1)


def messages_in(raw: Raw) -> Iterator[Raw]:
    """The messages of a mailbox (mbox)."""
    starts = [m.start() for m in _FROM_LINE.finditer(raw.content)] or [0]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], None], strict=True), 1):
        content = _FROM_LINE.sub(b"", raw.content[start:end], count=1)
        if content.strip():
            yield replace(
                raw, content=content, name=f"{raw.name}#{number}", where=f"{raw.where}, mail {number}",
                media_type="message/rfc822",
            )  # fmt: skip


def _parsed(raw: Raw) -> EmailMessage:
    try:
        message = message_from_bytes(raw.content, policy=policy.default)
        count = sum(1 for _ in message.walk())
    except Exception as odd:  # the standard library's parser is not proof against every header
        raise BrokenInput(raw.where, _KIND, type(odd).__name__) from odd
    if count > MOST_PARTS:
        raise BrokenInput(raw.where, _KIND, f"{count} parts, {MOST_PARTS} are allowed")
    assert isinstance(message, EmailMessage)
    if not message.keys():
        raise BrokenInput(raw.where, _KIND, "no header")
    return message


def _own(message: EmailMessage, raw: Raw) -> tuple[Told, str] | None:
    """What the message itself says, and its character set; plain text before HTML."""
    bodies = [p for p in message.walk() if _is_body(p)]
    plain = [p for p in bodies if p.get_content_type() == "text/plain"]
    for part in plain or bodies[:1]:
        content = _bytes(part)
        if content.strip():
            return _text(part, content, message, raw)
    return None


def _is_body(part: Message) -> bool:
    is_text = part.get_content_type() in ("text/plain", "text/html")
    return is_text and part.get_content_disposition() != "attachment" and not part.get_filename()


def _text(part: Message, content: bytes, message: EmailMessage, raw: Raw) -> tuple[Told, str]:
    told_set = str(part.get_content_charset("") or "") or None
    page = Raw(content, raw.where, raw.name, charset=told_set)
    if part.get_content_type() == "text/html":
        found = page_text(page)
        told = next(told_in_page(found, page))
        text, doubts = told.text, told.doubts
    else:
        found = decode(content, raw.where, told_set)
        text, doubts = found.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n"), found.doubts
    sender, day, late = _header(message, "from"), *_sent(message)
    name, address = parseaddr(sender)
    told = Told(
        text,
        title=_header(message, "subject") or None,
        publisher=name or address.partition("@")[2] or None,
        published=day,
        doubts=(*doubts, *late),
    )
    return told, found.charset


def _bytes(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001 (a transfer encoding may be broken in any way)
        return b""
    return content if isinstance(content, bytes) else b""


def _header(message: Message, name: str) -> str:
    """A header's words; what the standard library cannot take apart counts as not told."""
    try:
        value: Any = message.get(name)
        return " ".join(str(value or "").split())
    except Exception:  # noqa: BLE001 (as above)
        return ""


def _sent(message: Message) -> tuple[date | None, tuple[Finding, ...]]:
    words = _header(message, "date")
    if not words:
        return None, ()
    try:
        sent: datetime | None = parsedate_to_datetime(words)
    except (ValueError, TypeError, OverflowError, IndexError):
        sent = None
    if sent is None:
        return None, (Finding("unknown_date", f"the mail's date {words!r} is no date; it was left out"),)
    return sent.date(), ()


def _attached(message: EmailMessage, raw: Raw) -> Iterator[Raw]:
    """Attachments of kinds that are read, and mails in the mail."""
    number = 0
    for part in _outer(message):
        name = part.get_filename() or ""
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            content = inner[0].as_bytes() if isinstance(inner, list) and inner else b""
        elif name and by_name(name):
            content = _bytes(part)
        else:
            continue
        if content.strip():
            number += 1
            label = name or f"mail {number}"
            yield Raw(
                content, f"{raw.where}, {label}", f"{raw.name}#{label}",
                part.get_content_type(), published=raw.published,
            )  # fmt: skip


def _outer(message: Message) -> Iterator[Any]:
    """The parts, without going into mails in the mail."""
    for part in message.iter_parts() if isinstance(message, EmailMessage) and message.is_multipart() else ():
        if part.get_content_maintype() == "multipart":
            yield from _outer(part)
        else:
            yield part
