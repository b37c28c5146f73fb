"""brat's standoff format: `NAME.txt` and `NAME.ann`.

    T1  AID 9 13    lend              E1  AID:T1 actor:T2 recipient:T3
    A1  status E1 promised            N1  Reference T2 actor:ECU Ecuador
    R1  in_return_for Arg1:E1 Arg2:E2 #1  AnnotatorNotes T4 1000000 USD

An actor's id is a normalization (N) or a note (#) on its words; a note on a time, a sum or goods is its
value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from chancery.errors import WrongLine
from chancery.ingest.gold.marks import Mark, Marked, Relation
from chancery.ingest.gold.rows import checked_mark
from chancery.records import Span

_SPAN = re.compile(r"(\S+) (\d+) (\d+)")
_WANTED = "a line of brat's standoff format, its parts kept apart by tabs"


@dataclass(slots=True)
class _Standoff:
    """An .ann file while its lines are gathered."""

    spans: dict[str, tuple[Span, str]] = field(default_factory=dict)
    events: dict[str, tuple[str, list[tuple[str, str]]]] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)


def standoff(annotations: str, text: str, where: str, name: str) -> Marked:
    """The marks of an .ann file on its text. Raises `WrongLine`, `WrongForm`."""
    found = _Standoff()
    for number, line in enumerate(annotations.splitlines(), 1):
        if line.strip():
            here = f"{where}, line {number}"
            try:
                _take(line, text, here, found)
            except (ValueError, IndexError) as odd:
                raise WrongLine(here, f"{line[:60]!r} cannot be read", _WANTED) from odd
    return _marked(found, text, where, name)


def _take(line: str, text: str, where: str, found: _Standoff) -> None:
    id, rest, *words = line.split("\t")
    match id[0]:
        case "T":
            parts = _SPAN.fullmatch(rest)
            if parts is None:
                raise WrongLine(
                    where, f"the span {rest!r}", "a label and one stretch of text: LABEL START END"
                )
            start, end = checked_mark(text, int(parts[2]), int(parts[3]), where, words[0] if words else None)
            found.spans[id] = (Span(start, end), parts[1])
        case "E":
            trigger, *parts_ = rest.split()
            roles = [(role.rstrip("0123456789"), to) for role, _, to in (p.partition(":") for p in parts_)]
            found.events[id] = (trigger.partition(":")[2], roles)
        case "A" | "M":
            name, target, *value = rest.split(" ", 2)
            found.attributes.setdefault(target, {})[name.lower()] = value[0] if value else "true"
        case "R":
            label, one, other = rest.split()
            found.relations.append(Relation(one.partition(":")[2], other.partition(":")[2], label))
        case "N":
            _kind, target, reference = rest.split(" ", 2)
            found.attributes.setdefault(target, {})["id"] = reference.rpartition(":")[2]
        case "#":
            _kind, target = rest.split(" ", 1)
            note = words[0].strip()
            told = found.attributes.setdefault(target, {})
            told.setdefault("id", note)
            told["value"] = note
        case "*":
            pass  # equivalences say nothing of acts
        case _:
            raise ValueError(id)


def _marked(found: _Standoff, text: str, where: str, name: str) -> Marked:
    """Events stand for their triggers."""
    key_of = {event: trigger for event, (trigger, _) in found.events.items()}
    attributes: dict[str, dict[str, str]] = {}
    for target, told in found.attributes.items():
        attributes.setdefault(key_of.get(target, target), {}).update(told)
    marks = {key: Mark(span, label, attributes.get(key, {})) for key, (span, label) in found.spans.items()}
    relations = [*_roles(found, key_of), *(_between(r, key_of) for r in found.relations)]
    return Marked(where, name, text, "brat", marks, tuple(relations))


def _roles(found: _Standoff, key_of: dict[str, str]) -> Iterator[Relation]:
    for trigger, roles in found.events.values():
        for role, target in roles:
            yield Relation(trigger, key_of.get(target, target), role.lower())


def _between(relation: Relation, key_of: dict[str, str]) -> Relation:
    return Relation(
        key_of.get(relation.one, relation.one), key_of.get(relation.other, relation.other), relation.label
    )
