"""What reports taught of people, as what a later report may be read with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from chancery.knowledge.actor_data import actor_knowledge
from chancery.ledger.entries import Title
from chancery.records import Holder

# For how long after a report last said so somebody is taken to hold an office still
REMEMBERED = timedelta(days=366)
_CAPITALIZED = re.compile(r"\b[^\W\d_a-z][\w'’-]+")


def capitalized(text: str) -> set[str]:
    """The words of a text that could be surnames."""
    return set(_CAPITALIZED.findall(text))


def holders(titles: Iterable[Title], successors: Iterable[Title]) -> tuple[Holder, ...]:
    """Persons with the days between which they may be taken to hold their office.

    From the first report that says so to a year after the last, or to the day before a report
    introduces another head of the same state or government. `successors` are the titles in which such a
    one would be found. A title in an undated report teaches nothing.
    """
    told: dict[tuple[str, str, str], list[Title]] = defaultdict(list)
    for title in titles:
        if title.report.published is not None:
            told[title.surname, title.actor, title.office].append(title)
    later = [t for t in successors if t.report.published is not None]
    found = (h for group in told.values() for h in _of_one_office(group, later))
    return tuple(dict.fromkeys(found))


def _of_one_office(titles: Sequence[Title], later: list[Title]) -> Iterable[Holder]:
    """One holder a person: "Correa" and "Rafael Correa" are one where no other bears the surname."""
    names = sorted({t.person for t in titles}, key=lambda n: (-len(n.split()), n))
    one = all(names[0].split()[-len(n.split()) :] == n.split() for n in names)
    for name in names[:1] if one else names:
        its = [t for t in titles if one or t.person == name]
        days = sorted(t.report.published for t in its if t.report.published)
        yield Holder(name, its[0].actor, its[0].sector, its[0].office, days[0], _until(days, its[0], later))


def _until(days: list[date], title: Title, later: list[Title]) -> date:
    """The last day on which the office may be taken to be held."""
    office = actor_knowledge().offices.get(title.office.lower())
    ends = days[-1] + REMEMBERED
    if office is None or not office.head:
        return ends
    followed = [
        t.report.published
        for t in later
        if (t.actor, t.office) == (title.actor, title.office) and t.surname != title.surname
        if t.report.published and t.report.published > days[-1]
    ]
    return min([ends, *(day - timedelta(days=1) for day in followed)])
