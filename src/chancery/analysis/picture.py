"""The lines a query asks for as marks: over time, between actors, and on the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from chancery.knowledge.geography_data import Point, place_point, state
from chancery.ledger import By, EventQuery, Ledger
from chancery.records import Actor, ActorKind, Stage

MOST_TIES = 150
MOST_PLACES = 200
_MOMENTS: tuple[By, ...] = ("year", "month", "stage")


@dataclass(frozen=True, slots=True)
class Moment:
    """How many lines of one stage began in a month."""

    year: int
    month: int
    stage: Stage
    lines: int


@dataclass(frozen=True, slots=True)
class PictureTie:
    """How many lines go from one actor to another."""

    giver: str
    taker: str
    lines: int


@dataclass(frozen=True, slots=True)
class PictureActor:
    """An actor, in how many of the ties' lines it stands, and where its capital lies if it has one."""

    id: str
    name: str
    kind: ActorKind
    lines: int
    point: Point | None


@dataclass(frozen=True, slots=True)
class PicturePlace:
    """Where lines took place, as worded, and where that lies if it is known: a state is no point."""

    text: str
    country: str | None
    lines: int
    point: Point | None


@dataclass(frozen=True, slots=True)
class Picture:
    """The most frequent `ties` and `places`, at most `MOST_TIES` and `MOST_PLACES`; `actors` of the ties."""

    total: int
    moments: tuple[Moment, ...]
    ties: tuple[PictureTie, ...]
    actors: tuple[PictureActor, ...]
    places: tuple[PicturePlace, ...]


def picture(ledger: Ledger, query: EventQuery, actors: Mapping[str, Actor]) -> Picture:
    """The picture of the lines a query asks for."""
    counts = ledger.tally(query, _MOMENTS)
    moments = [Moment(int(y), int(m), s, number) for (y, m, s), number in counts.items() if y]
    ties = [PictureTie(one, other, number) for (one, other), number in ledger.ties(query, MOST_TIES).items()]
    weights: Counter[str] = Counter()
    for tie in ties:
        weights[tie.giver] += tie.lines
        weights[tie.taker] += tie.lines
    shown = [
        PictureActor(id, actors[id].name, actors[id].kind, number, state(id).point)
        for id, number in weights.most_common()
        if id in actors
    ]
    told = ledger.places(query, MOST_PLACES).items()
    places = [PicturePlace(text, land, number, place_point(text, land)) for (text, land), number in told]
    ordered = sorted(moments, key=lambda m: (m.year, m.month, m.stage))
    return Picture(sum(counts.values()), tuple(ordered), tuple(ties), tuple(shown), tuple(places))
