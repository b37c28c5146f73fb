"""Dictionaries of actors for TABARI and PETRARCH: names, synonyms, and roles between days.

    KOFI_ANNAN_
    +K._ANNAN_
        [IGOUNO 970101-061231]
        [ELI]                     # where none of the dated ones holds

Also on one line, `NAME_ [CODE] [CODE >YYMMDD]`; `#` and `;` begin a comment. Names are in capitals
there: both `Kofi Annan` and, of a single short word, `UNO` itself are taken. A name with days is
taken for a person's.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from chancery.errors import InputError, WrongLine
from chancery.ingest.dictionaries.codes import WANTED, Coded, Meaning, bounded, coded, meaning
from chancery.ingest.dictionaries.imported import Entry, Imported, LeftOut
from chancery.knowledge import own
from chancery.knowledge.actor_data import actor_knowledge

_CODES = re.compile(r"\[([^\[\]]*)\]")
_CAPITAL = re.compile(r"(?:^|(?<=[/(.])|(?<=\b[od]['’]))\w")
_COMMENT = re.compile(r"\s*[#;].*")
_SMALL: Final = frozenset((
    *("of", "the", "and", "for", "in", "on", "to", "at", "by", "de", "del", "la", "el", "al", "bin", "ibn"),
    *("van", "von", "der", "den", "du", "des", "e", "y", "i", "da", "dos", "das", "di"),
))  # fmt: skip
_SHORT: Final = 6  # letters of a single word that may be an acronym
_WANTED_NAME: Final = "a name in capitals, its words joined by _, then codes in brackets"


@dataclass(slots=True)
class _Block:
    """A name, its synonyms, and its codes, as they are gathered line by line."""

    line: int
    names: list[str] = field(default_factory=list)
    codes: list[Coded] = field(default_factory=list)
    spoiled: bool = False


def imported_actors(text: str, where: str) -> Imported:
    """The names and people of a dictionary's text; `where` names it in messages."""
    wrong: list[InputError] = []
    left_out: list[LeftOut] = []
    entries: dict[str, list[Entry]] = {"names": [], "people": []}
    known = _known(own.folder_in_use())
    for block in _blocks(text.splitlines(), where, wrong):
        for concept, entry in _entries(block, left_out):
            if concept == "people" or _is_new(entry, known):
                entries[concept].append(entry)
    return Imported({k: tuple(v) for k, v in entries.items()}, tuple(left_out), tuple(wrong))


@cache
def _known(_folder: str | None) -> frozenset[tuple[str, str]]:
    """Names and whom they name, in the knowledge in use."""
    return frozenset((n.text, n.actor) for n in actor_knowledge().names)


def _is_new(entry: Entry, known: Container[tuple[str, str]]) -> bool:
    """Whether it says more than we know: a sector, days, or a name that is not among ours."""
    plain = "sector" not in entry and "from" not in entry and "until" not in entry
    said = (form for form in (entry["name"], *entry["names"]) if not form.isupper() or form == entry["name"])
    return not plain or any((form, entry["actor"]) not in known for form in said)


def _blocks(lines: Iterable[str], where: str, wrong: list[InputError]) -> Iterator[_Block]:
    block = _Block(0)
    for number, raw in enumerate(lines, 1):
        line = _COMMENT.sub("", raw)
        if not line.strip() or line.lstrip().startswith("<!--"):
            continue
        try:
            if not line[0].isspace() and line[0] != "+":
                yield block
                block = _Block(number)
            _take(line, block)
        except ValueError as fault:
            block.spoiled = True
            wrong.append(_wrong(f"{where}, line {number}", str(fault)))
    yield block


def _wrong(where: str, fault: str) -> WrongLine:
    named = fault.startswith("the name")
    return WrongLine(where, fault, _WANTED_NAME if named else WANTED)


def _take(line: str, block: _Block) -> None:
    """A line's name and codes into its block. Raises `ValueError`."""
    name, bracket, rest = line.partition("[")
    name = name.strip().removeprefix("+").strip()
    if name:
        if not re.search(r"[^\W\d_]", name) or "]" in name:
            raise ValueError(f"the name {name!r} has no letter" if "]" not in name else f"the name {name!r}")
        block.names.append(name)
    elif not block.names:
        raise ValueError("the name is missing before these codes")
    if bracket:
        found = _CODES.findall(bracket + rest)
        if _CODES.sub("", bracket + rest).strip(" \t{}()") or not found:
            raise ValueError(f"{(bracket + rest).strip()!r} is not codes in brackets")
        block.codes.extend(coded(words) for words in found)


def _entries(block: _Block, left_out: list[LeftOut]) -> Iterator[tuple[str, Entry]]:
    """A block's roles as entries; a person's where they have days."""
    if not block.names:
        return
    forms = list(dict.fromkeys(form for name in block.names for form in _forms(name)))
    if not block.codes and not block.spoiled:
        left_out.append(LeftOut(block.line, block.names[0], "it has no code"))
    dated = any(c.is_dated for c in block.codes)
    for each in bounded(block.codes):
        found = meaning(each.code)
        if found.actor is None:
            if each.code != "---":
                left_out.append(
                    LeftOut(block.line, block.names[0], f"code {each.code} names no actor known here")
                )
            continue
        yield (
            ("people", _person(forms, found, each))
            if dated and found.role
            else ("names", _name(forms, found, each))
        )


def _days(each: Coded) -> Entry:
    days = {"from": each.since, "until": each.until}
    return {key: day.isoformat() for key, day in days.items() if day is not None}


def _person(forms: Sequence[str], found: Meaning, each: Coded) -> Entry:
    assert found.role is not None
    return {
        "name": forms[0], "names": list(forms[1:]), "affiliation": found.actor, "sector": found.role.sector,
        "office": found.role.office, **_days(each),
    }  # fmt: skip


def _name(forms: Sequence[str], found: Meaning, each: Coded) -> Entry:
    role = {"sector": found.role.sector} if found.role is not None and found.role.sector != "IGO" else {}
    return {"name": forms[0], "names": list(forms[1:]), "actor": found.actor, **role, **_days(each)}


def _forms(name: str) -> Iterator[str]:
    """A name in capitals as news writes it; a short word, which may be an acronym, also as it is."""
    words = name.replace("_", " ").split()
    yield " ".join(_capital(word, first=i == 0) for i, word in enumerate(words))
    if len(words) == 1 and len(words[0]) <= _SHORT and words[0].isupper():
        yield words[0]


def _capital(word: str, *, first: bool) -> str:
    """One word; what is joined by hyphens or has dots in it, part by part."""
    if not word.isupper():
        return word
    if re.fullmatch(r"(?:\w\.)+\w?", word):
        return word
    lower = word.lower()
    if lower in _SMALL and not first:
        return lower
    parts = [
        p if i and p in _SMALL else _CAPITAL.sub(lambda m: m.group().upper(), p)
        for i, p in enumerate(lower.split("-"))
    ]
    return "-".join(parts)
