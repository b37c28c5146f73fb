"""Actors as nodes and their dealings as edges, written by networkx."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import networkx as nx

from chancery.analysis.layouts.chosen import Chosen, day_of, dyads, precision_of
from chancery.analysis.layouts.flows import first_money
from chancery.analysis.stages import STAGE_OF
from chancery.ledger import LedgerEvent

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACED = "\N{REPLACEMENT CHARACTER}"

Value = str | int | float


def write_graphml(chosen: Chosen, path: Path) -> int:
    """A GraphML file; how many edges."""
    return _write(chosen, path, nx.write_graphml_xml)


def write_gexf(chosen: Chosen, path: Path) -> int:
    """A GEXF file; how many edges."""
    return _write(chosen, path, nx.write_gexf)


def _write(chosen: Chosen, path: Path, write: Callable[[nx.MultiDiGraph, Path], None]) -> int:
    graph = network(chosen)
    write(graph, path)
    return int(graph.number_of_edges())


def network(chosen: Chosen) -> nx.MultiDiGraph:
    """The graph; an edge's key is its event's id and, from the second pair on, a number."""
    graph = nx.MultiDiGraph()
    for line in chosen.lines:
        for i, (one, other) in enumerate(dyads(line.event)):
            for actor in (one.id, other.id):
                if not graph.has_node(actor):
                    graph.add_node(actor, **_node(actor, chosen))
            key = f"{line.event.id}-{i}" if i else line.event.id
            graph.add_edge(one.id, other.id, key=key, **_edge(line, chosen))
    return graph


def _node(actor: str, chosen: Chosen) -> Mapping[str, Value]:
    found = chosen.actors.get(actor)
    told = {"kind": found.kind, "affiliation": found.affiliation} if found else {}
    return _clean({"label": chosen.name(actor), **told})


def _edge(line: LedgerEvent, chosen: Chosen) -> Mapping[str, Value]:
    event, day, money = line.event, day_of(line), first_money(line.event)
    return _clean(
        {
            "event": event.id,
            "act": event.act,
            "instrument": event.instrument,
            "status": event.status,
            "stage": STAGE_OF[event.status],
            "date": day.isoformat() if day else None,
            "date_precision": precision_of(line),
            "plover_event": event.codes.plover_event,
            "cameo": event.codes.cameo,
            "quad": event.codes.quad,
            "intensity": event.codes.intensity,
            "confidence": event.confidence,
            "amount": money.value if money else None,
            "currency": money.currency if money else None,
            "report": line.report.id,
            "sentence": chosen.sentence(line),
        }
    )


def _clean(values: Mapping[str, Value | None]) -> Mapping[str, Value]:
    """Without what is missing, and without what XML cannot hold."""
    return {
        name: _NOT_XML.sub(_REPLACED, value) if isinstance(value, str) else value
        for name, value in values.items()
        if value is not None
    }
