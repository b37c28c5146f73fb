"""The entries of the actor files, ours and users', as they are checked when they are loaded."""

from __future__ import annotations

from pydantic import Field
from pydantic.dataclasses import dataclass

from chancery.knowledge.loading import STRICT, From, Texts, Until, Words
from chancery.records import ActorKind, Sector


@dataclass(config=STRICT, slots=True)
class Member:
    """A member of an organization, with the dates between which it was one."""

    id: str
    since: From = Field(default=None, alias="from")
    until: Until = None


@dataclass(config=STRICT, slots=True)
class ActorEntry:
    """A state, organization, company, group or party with all it is called.

    `party` is false where an entry only keeps its words from naming another ("Latin American").
    """

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
    party: bool = True
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
class NameEntry:
    """A name that stands for an actor between two dates; with a sector it is a body or person of it."""

    name: str
    actor: str
    sector: Sector | None = None
    names: Texts = ()
    doubtful: bool = False
    since: From = Field(default=None, alias="from")
    until: Until = None


@dataclass(config=STRICT, slots=True)
class Half:
    """A part of a divided country, by the word that stands for it where the other part is named."""

    word: str
    state: str
    other: str


@dataclass(config=STRICT, slots=True)
class Reference:
    """Words by which news refers back without a name; lower case.

    `surname_first` are states where the family name leads.
    """

    title_modifiers: Words
    name_particles: Words
    breakaway_modifiers: Words
    breakaway_nouns: Words
    pair_nouns: Words
    country_nouns: Words
    ruling_nouns: Words
    other_country: Words
    of_others: Words
    commanding: Words
    halves: tuple[Half, ...]
    surname_first: Texts
