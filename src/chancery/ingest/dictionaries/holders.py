"""Tables of office holders (CSV with a heading): who held which office for whom, from when, until when."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Final

from chancery.errors import InputError, KnowledgeError, WrongLine
from chancery.ingest.dictionaries.imported import Entry, Imported
from chancery.knowledge.actor_data import ActorKnowledge, actor_knowledge
from chancery.knowledge.actor_entries import PersonEntry
from chancery.knowledge.loading import check
from chancery.records import SECTORS

# Our name of a column, and others under which tables have it
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name", "person", "leader", "holder"),
    "office": ("office", "title", "position", "role"),
    "affiliation": ("affiliation", "country", "actor", "state", "organization"),
    "from": ("from", "start", "since", "start_date", "begin"),
    "until": ("until", "end", "to", "end_date"),
    "sector": ("sector",),
    "names": ("names", "aliases", "other_names"),
}
_NEEDED: Final = ("name", "office", "affiliation")
_WANTED: Final = (
    "a heading with name, office, affiliation and, if known, from, until, sector, names; "
    "days as YYYY, YYYY-MM or YYYY-MM-DD"
)


def imported_holders(text: str, where: str) -> Imported:
    """The people of a table's text; `where` names it in messages."""
    rows = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    people: list[Entry] = []
    wrong: list[InputError] = []
    try:
        heading = next(rows, [])
        places = _places(heading)
        missing = [column for column in _NEEDED if column not in places]
        if missing:
            return Imported(
                {}, wrong=(WrongLine(f"{where}, line 1", f"no column {' or '.join(missing)}", _WANTED),)
            )
        for row in rows:
            if any(cell.strip() for cell in row):
                _take(row, places, f"{where}, line {rows.line_num}", (people, wrong))
    except csv.Error as broken:
        wrong.append(WrongLine(f"{where}, line {rows.line_num}", str(broken), _WANTED))
    return Imported({"people": tuple(people)}, wrong=tuple(wrong))


def _take(
    row: Sequence[str], places: Mapping[str, int], where: str, made: tuple[list[Entry], list[InputError]]
) -> None:
    people, wrong = made
    try:
        people.append(_person(dict(_cells(row, places)), where))
    except (KnowledgeError, ValueError) as fault:
        problem = str(fault).removeprefix(f"{where}: ")
        wrong.append(WrongLine(where, problem, _WANTED))


def _delimiter(text: str) -> str:
    """The one of comma, semicolon and tab that the heading has most of."""
    heading = text.partition("\n")[0]
    return max((",", ";", "\t"), key=heading.count)


def _places(heading: Sequence[str]) -> dict[str, int]:
    told = [cell.strip().lower().replace(" ", "_") for cell in heading]
    found = (
        (ours, next((told.index(t) for t in theirs if t in told), None)) for ours, theirs in COLUMNS.items()
    )
    return {ours: place for ours, place in found if place is not None}


def _cells(row: Sequence[str], places: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for column, place in places.items():
        cell = " ".join(row[place].split()) if place < len(row) else ""
        if cell:
            yield column, cell


def _person(cells: dict[str, str], where: str) -> Entry:
    """A row as an entry, checked. Raises `ValueError`, `KnowledgeError`."""
    missing = [column for column in _NEEDED if column not in cells]
    if missing:
        raise ValueError(f"no {' and no '.join(missing)}")
    knowledge = actor_knowledge()
    entry = {
        **cells,
        "affiliation": _actor(cells["affiliation"], knowledge),
        "office": cells["office"].lower(),
        "sector": cells.get("sector") or _sector(cells["office"], knowledge),
        "names": [name.strip() for name in cells.get("names", "").split(";") if name.strip()],
    }
    if entry["sector"] not in SECTORS:
        raise ValueError(f"{entry['sector']!r} is no sector; they are {', '.join(SECTORS)}")
    check(where, cells["name"], entry, PersonEntry)
    return entry


def _actor(words: str, knowledge: ActorKnowledge) -> str:
    """An id, or the one actor of that name."""
    if words in knowledge.entries:
        return words
    fits = {n.actor for n in knowledge.names if n.text == words and n.how in ("name", "acronym")}
    if len(fits) != 1:
        raise ValueError(f"{words!r} is {'no actor' if not fits else 'several actors'} known here")
    return fits.pop()


def _sector(office: str, knowledge: ActorKnowledge) -> str:
    found = knowledge.offices.get(office.lower())
    return found.sector if found is not None else "GOV"
