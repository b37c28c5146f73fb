"""What the model's heads for dealings propose: acts at words, parties of acts, links of acts.

Proposals are scores at token positions of a spaCy `Doc`; the events room decides what becomes an
event. They travel in `doc.user_data`, so that no extension attribute is forced on others' Docs.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

_KEY = "chancery.proposals"


@dataclass(frozen=True, slots=True)
class Scored:
    """A label with its probability."""

    label: str
    score: float


@dataclass(frozen=True, slots=True)
class ActProposal:
    """An act at a word. `score` is the probability that the word names any act at all.

    `acts` are the likeliest acts given that it does; `roles` maps a role to words and scores.
    """

    token: int
    score: float
    acts: tuple[Scored, ...]
    instruments: tuple[Scored, ...]
    statuses: tuple[Scored, ...]
    roles: dict[str, tuple[tuple[int, float], ...]]


@dataclass(frozen=True, slots=True)
class LinkProposal:
    """That the act at `give` is the price, condition or purpose of the act at `take`."""

    give: int
    take: int
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class Proposals:
    """All proposals of one document."""

    acts: tuple[ActProposal, ...] = ()
    links: tuple[LinkProposal, ...] = ()


def set_proposals(doc: Doc, proposals: Proposals) -> None:
    """Attaches proposals to a document."""
    doc.user_data[_KEY] = proposals


def proposals_of(doc: Doc) -> Proposals:
    """The document's proposals; none where another pipeline made the document."""
    found = doc.user_data.get(_KEY)
    return found if isinstance(found, Proposals) else Proposals()
