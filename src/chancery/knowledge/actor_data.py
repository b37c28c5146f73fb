"""The actor files as typed entries, and the names they give, each with how it names.

One file a concept under `knowledge/actors/`; see CONTRIBUTING.md for adding an entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from chancery.errors import KnowledgeError
from chancery.knowledge import own
from chancery.knowledge.actor_entries import (
    ActorEntry,
    BodyEntry,
    NameEntry,
    NounEntry,
    OfficeEntry,
    PersonEntry,
    PlaceEntry,
    Reference,
)
from chancery.knowledge.loading import check, load_list, read_yaml
from chancery.records import Actor, How, Sector

FOLDER = "actors"


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


def actor_knowledge() -> ActorKnowledge:
    """All actor files, and those of the user's folder in use, checked. Raises `KnowledgeError`."""
    folder = own.folder_in_use()
    return _ours() if folder is None else _with_own(folder)


@cache
def _ours() -> ActorKnowledge:
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


@cache
def _with_own(folder: str) -> ActorKnowledge:
    """Ours and the user's: what the user says of a name goes before what we say of it."""
    ours, (theirs, faults) = _ours(), own.read_folder(folder)
    faults = (*faults, *own.strays(theirs, ours.entries))
    if faults:
        raise faults[0]
    entries = {**ours.entries, **{e.id: e for e in theirs.actors}}
    added = (
        *_own_names(theirs.names),
        *_entry_names({e.id: e for e in theirs.actors}),
        *_body_names(theirs.bodies),
        *_place_names(theirs.places),
    )
    meant = {(n.text, n.actor) for n in added}
    others = {n.text for n in added}
    kept = (n for n in ours.names if n.text not in others or (n.text, n.actor) in meant)
    return ActorKnowledge(
        entries,
        (*added, *kept),
        {**ours.bodies, **{form.lower(): n.sector for n in theirs.nouns for form in _forms(n)}},
        {**ours.offices, **{form.lower(): o for o in theirs.offices for form in _forms(o)}},
        (*theirs.people, *ours.people),
        ours.reference,
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


def _own_names(names: tuple[NameEntry, ...]) -> Iterator[Name]:
    for n in names:
        for text in (n.name, *n.names):
            how: How = "name" if n.sector is None else "body"
            yield Name(text, n.actor, n.actor, how, n.sector, n.since, n.until, n.doubtful)


def _place_names(places: tuple[PlaceEntry, ...]) -> Iterator[Name]:
    for p in places:
        for text in (p.name, *p.names):
            yield Name(text, p.state, p.state, "place", None, None, None, p.doubtful)
