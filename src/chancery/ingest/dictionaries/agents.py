"""Dictionaries of agents for TABARI and PETRARCH: nouns for what stands beside an actor's name.

!MINIST! = MINISTER, MINISTERS, MINISTRY, MINISTRIES
FARM_WORKER [~AGR]
POLICEMAN {POLICEMEN} [~COP]
CATTLE!MINIST! [~GOV]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from chancery.errors import InputError, WrongLine
from chancery.ingest.dictionaries.codes import code_table
from chancery.ingest.dictionaries.imported import Entry, Imported, LeftOut
from chancery.knowledge.actor_data import actor_knowledge

_COMMENT = re.compile(r"\s*[#;].*")
_SET = re.compile(r"!(\w+)!\s*=\s*(.+)")
_LINE = re.compile(r"\+?([^\[\]{}]+?)\s*(?:\{([^{}]*)\}\s*)?\[([A-Z]*~[A-Z]*|~?[A-Z]+)\]\s*")
_USED = re.compile(r"!(\w+)!")
_WANTED: Final = "NOUN [~CODE], NOUN {PLURAL} [~CODE], or !SET! = WORD, WORD"


def imported_agents(text: str, where: str) -> Imported:
    """The nouns of a dictionary's text that we do not know; `where` names it in messages."""
    wrong: list[InputError] = []
    left_out: list[LeftOut] = []
    sets: dict[str, list[str]] = {}
    entries: dict[str, Entry] = {}
    knowledge = actor_knowledge()
    known = knowledge.bodies.keys() | knowledge.offices.keys()
    for number, raw in enumerate(text.splitlines(), 1):
        line = _COMMENT.sub("", raw).strip()
        if not line:
            continue
        try:
            for entry in _entries(line, sets):
                if entry["noun"] in known:
                    left_out.append(LeftOut(number, str(entry["noun"]), "it is known already"))
                else:
                    entries.setdefault(str(entry["noun"]), entry)
        except LookupError as useless:
            left_out.append(LeftOut(number, line, str(useless.args[0])))
        except ValueError as fault:
            wrong.append(WrongLine(f"{where}, line {number}", str(fault), _WANTED))
    return Imported({"generic_bodies": tuple(entries.values())}, tuple(left_out), tuple(wrong))


def _entries(line: str, sets: dict[str, list[str]]) -> Iterator[Entry]:
    """The entries of a line; a set of words is remembered. Raises `ValueError`, `LookupError`."""
    defined = _SET.fullmatch(line)
    if defined:
        sets[defined.group(1)] = [w.strip() for w in defined.group(2).split(",") if w.strip()]
        return
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"{line!r} is not a noun with a code")
    noun, plural, code = found.groups()
    roles = code.replace("~", "")
    parts = [roles[i : i + 3] for i in range(0, len(roles), 3)]
    sector = next((code_table().roles[p].sector for p in parts if p in code_table().roles), None)
    if sector is None:
        raise LookupError(f"code {code} is no role known here")
    for word in _spelled(noun, sets):
        entry = {"noun": _plain(word), "sector": sector}
        several = _plain(plural) if plural else None
        yield {**entry, "plural": several or _plural(str(entry["noun"]))}


def _spelled(noun: str, sets: Mapping[str, list[str]]) -> list[str]:
    """The noun with each word of the set it uses. Raises `ValueError` on a set that is not defined."""
    used = _USED.search(noun)
    if used is None:
        if "!" in noun:
            raise ValueError(f"{noun!r} has half a set in it")
        return [noun]
    if used.group(1) not in sets:
        raise ValueError(f"the set !{used.group(1)}! is not defined above")
    return [noun.replace(used.group(), word, 1) for word in sets[used.group(1)]]


def _plain(words: str) -> str:
    return " ".join(words.replace("_", " ").split()).lower()


def _plural(noun: str) -> str:
    """The regular plural, as PETRARCH makes it."""
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es" if not noun.endswith("s") else noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"
