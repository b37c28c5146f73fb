"""Options as typed values. A wrong one is a `UsageError` of one line that says what is allowed."""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from typing import TypeVar

from chancery.errors import UsageError
from chancery.settings import Settings, from_environment

Word = TypeVar("Word", bound=str)
_DAY = re.compile(r"[0-9-]*")
LISTED = 40  # more ids than this do not help anybody on one line


def settings_with(ledger: str | None, knowledge: str | None = None) -> Settings:
    """The settings of the environment, with what options name; the user's knowledge comes into use.

    Raises `UsageError`.
    """
    settings = from_environment()
    if knowledge is not None:
        settings = replace(settings, knowledge=knowledge)
    if settings.knowledge:
        from chancery.knowledge import own

        own.use(settings.knowledge)
    if ledger is None:
        return settings
    if not ledger.strip():
        raise UsageError("--ledger names no file; give a path such as chancery.db")
    return replace(settings, ledger=ledger)


def one_of(option: str, given: str, allowed: Sequence[Word]) -> Word:
    """The allowed word that was meant; case and `-` for `_` do not matter. Raises `UsageError`."""
    wanted = _folded(given)
    for word in allowed:
        if _folded(word) == wanted:
            return word
    raise UsageError(
        f"{option} {given!r} is unknown{meant(given, allowed)}; allowed are {', '.join(allowed)}"
    )


def each_of(option: str, given: Iterable[str] | None, allowed: Sequence[Word]) -> tuple[Word, ...]:
    """`one_of` for an option that may be repeated."""
    return tuple(one_of(option, word, allowed) for word in given or ())


def day(option: str, given: str | None) -> date | None:
    """A day as YYYY-MM-DD. Raises `UsageError`."""
    if given is None:
        return None
    try:
        found = date.fromisoformat(given)
    except ValueError:
        found = None
    # fromisoformat also takes 20091026 and 2009-W43-1, which nobody types on purpose
    if found is None or found.isoformat() != given:
        raise UsageError(f"{option} {given!r} is not a day as YYYY-MM-DD, for instance 2009-10-26")
    return found


def days(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The days of --since and --until. Raises `UsageError`, also where nothing lies between them."""
    first, last = day("--since", since), day("--until", until)
    if first and last and first > last:
        raise UsageError(f"--since {since} is later than --until {until}; nothing lies between")
    return first, last


def instant(option: str, given: str | None) -> datetime | None:
    """The end of a day given as YYYY-MM-DD, or an instant as YYYY-MM-DDTHH:MM[:SS]; both UTC.

    Raises `UsageError`.
    """
    if given is None:
        return None
    if _DAY.fullmatch(given):
        of = day(option, given)
        assert of is not None
        return datetime.combine(of, time.max, UTC)
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        raise UsageError(
            f"{option} {given!r} is neither a day as YYYY-MM-DD nor an instant as YYYY-MM-DDTHH:MM, in UTC"
        ) from None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def reviewer(given: str | None) -> str:
    """Who judges: as an option says, else `CHANCERY_REVIEWER`, else who is logged in.

    Raises `UsageError` where nobody is named.
    """
    found = given if given is not None else os.environ.get("CHANCERY_REVIEWER") or _user()
    if not found.strip():
        raise UsageError("nobody is named as reviewer; give --reviewer NAME")
    return found.strip()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def share(option: str, given: str) -> float:
    """A number from 0 to 1. Raises `UsageError`."""
    try:
        number = float(given)
    except ValueError:
        number = -1.0
    if not 0.0 <= number <= 1.0:
        raise UsageError(f"{option} {given!r} is not a number from 0 to 1, for instance 0.5")
    return number


def count(option: str, given: str | None, *, least: int = 1) -> int | None:
    """A whole number of at least `least`. Raises `UsageError`."""
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 10 and int(given) >= least):
        raise UsageError(f"{option} {given!r} is not a whole number of {least} or more")
    return int(given)


def actor_id(option: str, given: str, names: Mapping[str, str]) -> str:
    """The actor meant by an id or a full name: of the ledger, else of the codebook.

    Raises `UsageError` where neither knows it.
    """
    by_word = {_folded(name): id for id, name in names.items()} | {_folded(i): i for i in names}
    found = by_word.get(_folded(given)) or _in_codebook(given)
    if found is None:
        words = {**{name: f"{id} ({name})" for id, name in names.items()}, **{i: i for i in names}}
        raise UsageError(
            f"{option} {given!r} is no actor known here{meant(given, words)}; "
            f"this ledger names {_few(sorted(names))}"
        )
    return found


def _in_codebook(given: str) -> str | None:
    from chancery.knowledge.actor_data import actor_knowledge

    entries = actor_knowledge().entries
    wanted = _folded(given)
    return next((e.id for e in entries.values() if wanted in (_folded(e.id), _folded(e.name))), None)


def _folded(word: str) -> str:
    return word.strip().casefold().replace("-", "_").replace(" ", "_")


def meant(given: str, allowed: Iterable[str]) -> str:
    """` (did you mean ...?)`, if an allowed word is near; a mapping says how to show it."""
    shown = allowed if isinstance(allowed, Mapping) else {}
    words = {_folded(word): word for word in allowed}
    near = get_close_matches(_folded(given), words, n=1, cutoff=0.6)
    return f" (did you mean {shown.get(words[near[0]], words[near[0]])}?)" if near else ""


def _few(ids: Sequence[str]) -> str:
    if not ids:
        return "nobody yet"
    more = f" and {len(ids) - LISTED} more" if len(ids) > LISTED else ""
    return ", ".join(ids[:LISTED]) + more
