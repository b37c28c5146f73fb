"""What annotation tools have in common: marked spans with a label and attributes, and their relations.

The labels are those that `export --layout labelstudio` writes: an act's name marks the word that names it,
with the attributes `instrument` and `status`; `actor`, `recipient`, `speaker`, `time`, `amount`, `goods` mark
its parts, with `id` (of an actor) or `value`; relations lead from an act to its parts, named as they
are, and from what is given to what comes in return, named as links are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chancery.records import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled stretch of the text."""

    span: Span
    label: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Relation:
    """From one mark to another, by their keys."""

    one: str
    other: str
    label: str


@dataclass(frozen=True, slots=True)
class Marked:
    """An annotated text. `where` names it in messages, `reader` is who annotated it."""

    where: str
    name: str
    text: str
    reader: str
    marks: Mapping[str, Mark]
    relations: tuple[Relation, ...] = ()
    published: str | None = None
    publisher: str | None = None
