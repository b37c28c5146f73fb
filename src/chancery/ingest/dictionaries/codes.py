"""CAMEO's codes of actors as ours: an actor's id, a sector, and the days between which they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from pydantic.dataclasses import dataclass as checked

from chancery.knowledge.actor_data import ActorKnowledge, actor_knowledge
from chancery.knowledge.loading import STRICT, check, read_yaml
from chancery.records import Sector

_FILE: Final = "imports/cameo.yaml"
_CODE = re.compile(r"[A-Z]{3,24}|---")
_PIVOT: Final = 30  # two digits of a year above it are of the last century, as PETRARCH reads them
_STATES: Final = ("state", "partly_recognized_state", "territory", "former_state")
WANTED: Final = (
    "[CODE], [CODE >YYMMDD], [CODE <YYMMDD] or [CODE YYMMDD-YYMMDD], years with two or four digits"
)


@checked(config=STRICT, slots=True)
class Role:
    """What a role of CAMEO's is here."""

    sector: Sector
    office: str


@checked(config=STRICT, slots=True)
class CodeTable:
    """The file `imports/cameo.yaml`."""

    roles: dict[str, Role]
    kinds: tuple[str, ...]
    religions: tuple[str, ...]
    countries: dict[str, str]
    groups: dict[str, str]


@cache
def code_table() -> CodeTable:
    """What codes mean, checked. Raises `KnowledgeError`."""
    return check(_FILE, "the file", read_yaml(_FILE), CodeTable)


@dataclass(frozen=True, slots=True)
class Coded:
    """One code of a dictionary with its days, both inclusive; None is open."""

    code: str
    since: date | None = None
    until: date | None = None

    @property
    def is_dated(self) -> bool:
        """Whether it holds between days."""
        return self.since is not None or self.until is not None


@dataclass(frozen=True, slots=True)
class Meaning:
    """Whom a code names, and in what role; a role alone has no actor."""

    actor: str | None
    role: Role | None


def coded(words: str) -> Coded:
    """The code between brackets. Raises `ValueError` that says what is wrong."""
    code, _, days = words.strip().partition(" ")
    if not _CODE.fullmatch(code):
        raise ValueError(f"{code!r} is no code")
    days = days.replace(" ", "")
    if not days:
        return Coded(code)
    if days[0] in "<>":
        day = _day(days[1:])
        return Coded(code, since=day) if days[0] == ">" else Coded(code, until=day)
    start, stroke, end = days.partition("-")
    if not stroke:
        raise ValueError(f"{days!r} are no days")
    since, until = _day(start), _day(end)
    if until < since:
        raise ValueError(f"{days!r} ends before it begins")
    return Coded(code, since, until)


def _day(digits: str) -> date:
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (6, 8):
        raise ValueError(f"{digits!r} is no day")
    if len(digits) == 6:
        digits = ("19" if int(digits[:2]) > _PIVOT else "20") + digits
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise ValueError(f"{digits!r} is no day") from None


def meaning(code: str) -> Meaning:
    """Whom a code names: its country, else the last group of it that is known here."""
    table, knowledge = code_table(), actor_knowledge()
    parts = [code[i : i + 3] for i in range(0, len(code), 3)]
    actor = _actor(parts, table, knowledge)
    roles = [table.roles[p] for p in parts if p in table.roles and p != actor]
    return Meaning(actor, roles[0] if roles else None)


def _actor(parts: Sequence[str], table: CodeTable, knowledge: ActorKnowledge) -> str | None:
    country = _country(parts[0], table, knowledge)
    if country is not None:
        return country
    if parts[0] not in table.kinds:
        return None
    known = [g for p in parts[1:] if (g := table.groups.get(p)) is not None and g in knowledge.entries]
    if known:
        return known[-1]
    rest = (_country(p, table, knowledge) for p in parts[1:] if p not in table.religions)
    return next((c for c in rest if c is not None), None)


def _country(code: str, table: CodeTable, knowledge: ActorKnowledge) -> str | None:
    ours = table.countries.get(code, code)
    entry = knowledge.entries.get(ours)
    return ours if entry is not None and entry.kind in _STATES else None


def bounded(codes: Sequence[Coded]) -> list[Coded]:
    """Codes with the undated one, which holds where no dated one does, given those days."""
    dated = sorted((c for c in codes if c.is_dated), key=lambda c: (c.since or date.min, c.until or date.max))
    plain = [c for c in codes if not c.is_dated]
    if not dated or not plain:
        return list(codes)
    gaps, free = [], date.min
    for each in dated:
        if each.since is not None and each.since > free:
            gaps.append(
                Coded(plain[0].code, None if free == date.min else free, each.since - date.resolution)
            )
        free = max(free, _after(each.until))
    if free < date.max:
        gaps.append(Coded(plain[0].code, free, None))
    return [*dated, *gaps]


def _after(day: date | None) -> date:
    return date.max if day is None or day == date.max else day + timedelta(days=1)
