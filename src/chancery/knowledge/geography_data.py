"""Where states and places lie, and the codes of other catalogues for states."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic.dataclasses import dataclass

from chancery.errors import KnowledgeError
from chancery.knowledge.actor_data import actor_knowledge
from chancery.knowledge.actor_entries import PlaceEntry
from chancery.knowledge.loading import STRICT, check, load_list, read_yaml

_PLACES = "geography/places.yaml"
_COW = "geography/cow.yaml"


@dataclass(config=STRICT, slots=True)
class Point:
    """Degrees north and east (WGS 84) of a city's middle, and its GeoNames id."""

    latitude: float
    longitude: float
    geonames: int

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError(f"{self.latitude}, {self.longitude} is nowhere on earth")


@dataclass(config=STRICT, slots=True)
class StateEntry:
    """A state or territory: its capital and where that is; ISO alpha-2 and FIPS 10-4 codes, if any."""

    id: str
    iso2: str | None
    fips: str | None
    capital: str
    at: tuple[float, float, int]


@dataclass(config=STRICT, slots=True)
class State:
    """A state as other catalogues know it; `cow` is its Correlates of War code."""

    iso2: str | None
    fips: str | None
    cow: int | None
    capital: str | None
    point: Point | None


_NOWHERE = State(None, None, None, None, None)


def state(actor: str) -> State:
    """What is known of the state or territory of that id; of any other actor, nothing."""
    return _states().get(actor, _NOWHERE)


def place_point(words: str, country: str | None) -> Point | None:
    """Where a place of that name lies, in that state if one is given; `None` where that is not known.

    Without a state, a name that lies in several states is nowhere. The middle of a city is where the city is;
    "eastern" parts of anything are not.
    """
    name = words.casefold().removeprefix("the ")
    found = _places().get(name.removeprefix("downtown ").removeprefix("central "), {})
    if country is not None:
        return found.get(country)
    return next(iter(found.values())) if len(found) == 1 else None


@cache
def _states() -> Mapping[str, State]:
    cow = _cow()
    listed = {entry.id: entry for entry in load_list("geography/states.yaml", StateEntry)}
    found = {id: State(None, None, code, None, None) for id, code in cow.items()}
    for id, entry in listed.items():
        found[id] = State(entry.iso2, entry.fips, cow.get(id), entry.capital, Point(*entry.at))
    return found


def _cow() -> Mapping[str, int]:
    raw = read_yaml(_COW)
    known = actor_knowledge().entries
    for id in raw:
        if id not in known:
            raise KnowledgeError(_COW, str(id), "is no actor of ours")
    return {id: check(_COW, id, code, int) for id, code in raw.items()}


@cache
def _places() -> Mapping[str, Mapping[str, Point]]:
    """Points by name and state: capitals, and the listed places under all their names."""
    found: dict[str, dict[str, Point]] = {}
    for id, one in _states().items():
        entry = actor_knowledge().entries[id]
        for name in (*entry.capitals, *((one.capital,) if one.capital else ())):
            if one.point:
                found.setdefault(name.casefold(), {})[id] = one.point
    raw: Mapping[str, Mapping[str, Any]] = read_yaml(_PLACES)
    for place in load_list("actors/places.yaml", PlaceEntry):
        at = raw.get(place.state, {}).get(place.name)
        if at is None:
            continue
        point = Point(*check(_PLACES, place.name, at, tuple[float, float, int]))
        for name in (place.name, *place.names):
            found.setdefault(name.casefold(), {}).setdefault(place.state, point)
    return found
