"""The actor files as typed entries, and the names they give, each with how it names.

One file a concept under `knowledge/actors/`; see CONTRIBUTING.md for adding an entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass as plain_dataclass
from datetime import date
from functools import cache

from pydantic import Field
from pydantic.dataclasses import dataclass

from chancery.errors import KnowledgeError
from chancery.knowledge.loading import STRICT, From, Texts, Until, Words, check, load_list, read_yaml
from chancery.records import Actor, ActorKind, How, Sector

FOLDER = "actors"


@dataclass(config=STRICT, slots=True)
class Member:
    """A member of an organization, with the dates between which it was one."""

    id: str
    since: From = Field(default=None, alias="from")
    until: Until = None


@dataclass(config=STRICT, slots=True)
class ActorEntry:
    """A state, organization, company, group or party with all it is called."""

    id: str
    name: str
    kind: ActorKind
    names: Texts = ()
    acronyms: Texts = ()
    demonyms: Texts = ()
    capitals: Texts = ()
    seats: Texts = ()
    regions: Texts = ()
    nouns: Texts = ()
    doubtful: Texts = ()
    members: tuple[Member, ...] = ()
    claimed_by: str | None = None
    affiliation: str | None = None
    sector: Sector | None = None
    state_owned: bool = False
    since: From = Field(default=None, alias="from")
    until: Until = None

    @property
    def principal(self) -> str:
        """Whom it acts for; an armed group or party acts for itself, wherever it is at home."""
        return self.affiliation if self.affiliation and self.kind in ("company", "igo") else self.id


@dataclass(config=STRICT, slots=True)
class BodyEntry:
    """A named organ of one state ("Pentagon")."""

    name: str
    actor: str
    sector: Sector
    names: Texts = ()
    acronyms: Texts = ()
    doubtful: Texts = ()
    since: From = Field(default=None, alias="from")
    until: Until = None


@dataclass(config=STRICT, slots=True)
class PlaceEntry:
    """A city or region that stands for the state it lies in."""

    name: str
    state: str
    names: Texts = ()
    doubtful: bool = False


@dataclass(config=STRICT, slots=True)
class NounEntry:
    """A noun that names an organ or people of whatever actor stands beside it ("parliament")."""

    noun: str
    sector: Sector
    plural: str | None = None
    names: Texts = ()


@dataclass(config=STRICT, slots=True)
class OfficeEntry:
    """A title that introduces a person. `head` marks heads of state or government.

    `home` is the state whose title it is where nothing in the text says otherwise.
    """

    title: str
    sector: Sector
    head: bool = False
    home: str | None = None
    plural: str | None = None
    names: Texts = ()


@dataclass(config=STRICT, slots=True)
class PersonEntry:
    """A holder of an office between two dates."""

    name: str
    affiliation: str
    sector: Sector
    office: str
    names: Texts = ()
    since: From = Field(default=None, alias="from")
    until: Until = None


@dataclass(config=STRICT, slots=True)
class Reference:
    """Words by which news refers back without a name; lower case."""

    title_modifiers: Words
    name_particles: Words
    breakaway_modifiers: Words
    breakaway_nouns: Words
    pair_nouns: Words
    country_nouns: Words


@plain_dataclass(frozen=True, slots=True)
class Name:
    """One string that may name an actor. `doubtful` strings need support from their context."""

    text: str
    actor: str
    principal: str
    how: How
    sector: Sector | None
    since: date | None
    until: date | None
    doubtful: bool


@plain_dataclass(frozen=True, slots=True)
class ActorKnowledge:
    """Everything the actors room knows before it reads."""

    entries: Mapping[str, ActorEntry]
    names: tuple[Name, ...]
    bodies: Mapping[str, Sector]
    offices: Mapping[str, OfficeEntry]
    people: tuple[PersonEntry, ...]
    reference: Reference

    def actor(self, actor_id: str) -> Actor:
        """The record of an actor; an unknown id is its own name."""
        entry = self.entries.get(actor_id)
        if entry is None:
            return Actor(actor_id, actor_id, "other")
        return Actor(entry.id, entry.name, entry.kind, entry.affiliation, entry.sector)

    def principal(self, actor_id: str) -> str:
        """Whom an actor acts for: a company its state, an agency its organization, others themselves."""
        entry = self.entries.get(actor_id)
        return entry.principal if entry is not None else actor_id


_ENTRY_FILES = (
    "states.yaml", "organizations.yaml", "companies.yaml", "armed_groups.yaml", "parties.yaml",
)  # fmt: skip


@cache
def actor_knowledge() -> ActorKnowledge:
    """Loads and checks all actor files, once. Raises `KnowledgeError`."""
    entries: dict[str, ActorEntry] = {}
    for file in _ENTRY_FILES:
        for entry in load_list(f"{FOLDER}/{file}", ActorEntry):
            if entry.id in entries:
                raise KnowledgeError(file, entry.id, "stands twice; ids are unique over all files")
            entries[entry.id] = entry
    bodies = load_list(f"{FOLDER}/bodies.yaml", BodyEntry)
    for body in bodies:
        if body.actor not in entries:
            raise KnowledgeError("bodies.yaml", body.name, f"no actor has the id {body.actor}")
    places = load_list(f"{FOLDER}/places.yaml", PlaceEntry)
    for place in places:
        if place.state not in entries:
            raise KnowledgeError("places.yaml", place.name, f"no actor has the id {place.state}")
    offices = load_list(f"{FOLDER}/offices.yaml", OfficeEntry)
    nouns = load_list(f"{FOLDER}/generic_bodies.yaml", NounEntry)
    return ActorKnowledge(
        entries,
        (*_entry_names(entries), *_body_names(bodies), *_place_names(places)),
        {form.lower(): n.sector for n in nouns for form in _forms(n)},
        {form.lower(): o for o in offices for form in _forms(o)},
        load_list(f"{FOLDER}/people.yaml", PersonEntry),
        check("reference.yaml", "the file", read_yaml(f"{FOLDER}/reference.yaml"), Reference),
    )


def _forms(entry: NounEntry | OfficeEntry) -> Iterator[str]:
    yield entry.noun if isinstance(entry, NounEntry) else entry.title
    yield from entry.names
    if entry.plural:
        yield entry.plural


def _entry_names(entries: Mapping[str, ActorEntry]) -> Iterator[Name]:
    for e in entries.values():
        doubtful = set(e.doubtful)
        told: tuple[tuple[How, tuple[str, ...]], ...] = (
            ("name", (e.name, *e.names)), ("acronym", e.acronyms), ("demonym", e.demonyms),
            ("capital", e.capitals), ("seat", e.seats),
        )  # fmt: skip
        for how, texts in told:
            for text in texts:
                yield Name(text, e.id, e.principal, how, e.sector, e.since, e.until, text in doubtful)
                plural = f"{text}s"
                if how == "demonym" and not text.endswith(("s", "sh", "ch", "ese", "men")):
                    yield Name(plural, e.id, e.principal, how, e.sector, e.since, e.until, text in doubtful)


def _body_names(bodies: tuple[BodyEntry, ...]) -> Iterator[Name]:
    for b in bodies:
        for text in (b.name, *b.names, *b.acronyms):
            yield Name(text, b.actor, b.actor, "body", b.sector, b.since, b.until, text in b.doubtful)


def _place_names(places: tuple[PlaceEntry, ...]) -> Iterator[Name]:
    for p in places:
        for text in (p.name, *p.names):
            yield Name(text, p.state, p.state, "place", None, None, None, p.doubtful)
