"""Layouts that libraries of the field read: networkx, FollowTheMoney, rdflib; and by schema."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import networkx as nx
import pytest

from chancery.analysis.layouts import export
from chancery.analysis.layouts.chosen import Chosen, day_of, dyads
from chancery.analysis.layouts.dyadic import point_of
from chancery.deals import Dealings
from chancery.ingest.gold import Gold, gold_in
from chancery.knowledge.layout_data import LayoutName, layout
from chancery.ledger import EventQuery, Ledger, Ruling, open_ledger
from chancery.records import Event, Goods, Span, Time
from tests.factories import make_amount, make_event, make_reading, make_time

RDFLIBS_OWN = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
READERS = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_a_network_comes_back(name: LayoutName, gold: Ledger, chosen: Chosen, tmp_path: Path) -> None:
    done = export(gold, name, tmp_path / "net.xml")
    graph = READERS[name](tmp_path / "net.xml", node_type=str)
    pairs = [(line, a, b) for line in chosen.lines for a, b in dyads(line.event)]
    assert done.files["net.xml"] == graph.number_of_edges() == len(pairs)
    told = Counter((a.id, b.id, line.event.id, line.event.act, line.event.status) for line, a, b in pairs)
    back = Counter((a, b, d["event"], d["act"], d["status"]) for a, b, d in graph.edges(data=True))
    assert back == told
    assert {n: d["label"] for n, d in graph.nodes(data=True)} == {n: chosen.name(n) for n in graph}
    lines = {line.event.id: line for line in chosen.lines}
    for _, _, edge in graph.edges(data=True):
        line = lines[edge["event"]]
        assert edge["sentence"] == chosen.sentence(line)
        assert edge["date"] == str(day_of(line))
        assert edge["intensity"] == line.event.codes.intensity
        assert edge.get("instrument") == line.event.instrument
    columns = {column.name for column in layout(name).tables[0].columns}
    assert {key for _, _, edge in graph.edges(data=True) for key in edge} - {"id", "label"} <= columns


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_a_network_of_hostile_words_is_still_xml(name: LayoutName, nasty: Ledger, tmp_path: Path) -> None:
    export(nasty, name, tmp_path / "net.xml")
    graph = READERS[name](tmp_path / "net.xml", node_type=str)
    ((_, _, edge),) = graph.edges(data=True)
    assert "<b>" in edge["sentence"]
    assert "\N{REPLACEMENT CHARACTER}" in edge["sentence"]


POSITION = {
    "type": "array",
    "prefixItems": [
        {"type": "number", "minimum": -180, "maximum": 180},
        {"type": "number", "minimum": -90, "maximum": 90},
    ],
    "minItems": 2,
    "maxItems": 2,
}


def _geometry(kind: str, coordinates: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "coordinates"],
        "properties": {"type": {"const": kind}, "coordinates": coordinates},
    }


GEOJSON: dict[str, Any] = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "properties": {"type": "object"},
                    "geometry": {
                        "anyOf": [
                            {"type": "null"},
                            _geometry("Point", POSITION),
                            _geometry("LineString", {"type": "array", "items": POSITION, "minItems": 2}),
                        ]
                    },
                },
            },
        },
    },
}


def test_geojson_is_of_its_schema_and_lies_where_the_words_say(
    gold: Ledger, chosen: Chosen, tmp_path: Path
) -> None:
    done = export(gold, "geojson", tmp_path / "map.geojson")
    collection = json.loads((tmp_path / "map.geojson").read_text("utf8"))
    jsonschema.validate(collection, GEOJSON)
    features = collection["features"]
    lines = {line.event.id: line for line in chosen.lines}
    assert {f["properties"]["event"] for f in features} == {
        line.event.id for line in chosen.lines if line.event.place or any(True for _ in dyads(line.event))
    }
    assert sum(done.left_out.values()) == len(lines) - len({f["properties"]["event"] for f in features})
    kinds = Counter(f["geometry"]["type"] for f in features if f["geometry"])
    assert kinds["Point"] > 0
    assert kinds["LineString"] > 100
    for feature in features:
        told, event = feature["properties"], lines[feature["properties"]["event"]].event
        assert list(told) == [c.name for c in layout("geojson").tables[0].columns]
        assert set(told["actors"]) <= {p.id for p in event.actors}
        assert told["drawn"] == ("place" if event.place else "capitals")
        if feature["geometry"] and event.place:
            point = point_of(event.place)
            assert point is not None
            assert feature["geometry"]["coordinates"] == [point.longitude, point.latitude]
    (quito,) = {
        tuple(f["geometry"]["coordinates"][0])
        for f in features
        if f["properties"]["actors"] == ["ECU"] and f["properties"]["drawn"] == "capitals" and f["geometry"]
    }
    assert tuple(map(round, quito)) == (-79, 0)


def _entities(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf8").splitlines()]


def test_followthemoney_takes_every_entity_with_every_value(
    gold: Ledger, chosen: Chosen, tmp_path: Path
) -> None:
    ftm = pytest.importorskip("followthemoney")
    export(gold, "ftm", tmp_path / "e.ftm.json")
    rows = _entities(tmp_path / "e.ftm.json")
    assert len({row["id"] for row in rows}) == len(rows)
    ids = {row["id"] for row in rows}
    for row in rows:
        ftm.model.get(row["schema"]).validate(row)
        proxy = ftm.model.get_proxy(row, cleaned=False)  # drops what it takes for invalid
        kept = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
        assert kept == {name: sorted(set(values)) for name, values in row["properties"].items()}
        for name in ("involved", "proof", "payer", "beneficiary", "creditor", "debtor"):
            assert set(row["properties"].get(name, [])) <= ids
    events = {r["properties"]["recordId"][0]: r for r in rows if r["schema"] == "Event"}
    for line in chosen.lines:
        back = events[line.event.id]["properties"]
        parties = {p.id for p in (*line.event.actors, *line.event.recipients)}
        assert set(back.get("involved", [])) == {f"chancery-actor-{p.replace('_', '-')}" for p in parties}
        assert back["description"] == [chosen.sentence(line).strip()]


def test_followthemoney_holds_money_that_passed(tmp_path: Path) -> None:
    ftm = pytest.importorskip("followthemoney")
    done = {"act": "AID", "instrument": "loan", "amounts": (make_amount(2.2e9),)}
    events = [
        make_event("e1", ("RUS",), ("VEN",), **done),
        make_event("e2", ("RUS",), ("VEN",), status="promised", **done),
        make_event("e3", ("RUS",), ("NIC",), **(done | {"instrument": "grant"})),
    ]
    with open_ledger(str(tmp_path / "l.db"), create=True) as ledger:
        ledger.store(make_reading(events))
        export(ledger, "ftm", tmp_path / "e.json")
    money = [row for row in _entities(tmp_path / "e.json") if row["id"].startswith("chancery-money")]
    assert [(row["schema"], row["properties"]["recordId"]) for row in money] == [
        ("Debt", ["e1"]),
        ("Payment", ["e3"]),
    ]
    debt = ftm.model.get_proxy(money[0], cleaned=False)
    assert debt.get("creditor") == ["chancery-actor-RUS"]
    assert debt.get("debtor") == ["chancery-actor-VEN"]
    assert (debt.get("amount"), debt.get("currency")) == (["2200000000"], ["USD"])


@RDFLIBS_OWN
def test_rdflib_reads_the_provenance_of_every_line(gold: Ledger, chosen: Chosen, tmp_path: Path) -> None:
    rdflib = pytest.importorskip("rdflib")
    export(gold, "prov", tmp_path / "prov.jsonld")
    graph = rdflib.Graph().parse(tmp_path / "prov.jsonld", format="json-ld")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    urn = rdflib.Namespace("urn:chancery:")
    quoted = {(str(s), str(o)) for s, o in graph.subject_objects(prov.wasQuotedFrom)}
    assert quoted == {
        (f"urn:chancery:event:{line.event.id}", f"urn:chancery:report:{line.report.id}")
        for line in chosen.lines
    }
    for line in chosen.lines:
        node = urn[f"event:{line.event.id}"]
        assert str(graph.value(node, prov.value)) == chosen.sentence(line)
        activity = graph.value(node, prov.wasGeneratedBy)
        reader = graph.value(activity, prov.wasAssociatedWith)
        assert (reader, rdflib.RDF.type, prov.SoftwareAgent) in graph
        words = rdflib.collection.Collection(graph, graph.value(node, urn["term:onWordOf"]))
        if line.event.speakers:
            assert [str(word) for word in words] == [s.actor or s.text for s in line.event.speakers]
    days = {o.toPython() for o in graph.objects(None, rdflib.URIRef("http://purl.org/dc/terms/issued"))}
    assert days == {r.published for r in gold.reports()}


@RDFLIBS_OWN
def test_a_persons_line_is_theirs_in_prov_and_an_annotation_in_label_studio(tmp_path: Path) -> None:
    rdflib = pytest.importorskip("rdflib")
    with open_ledger(str(tmp_path / "l.db"), create=True) as ledger:
        ledger.store(make_reading([make_event("e1"), make_event("e2")]))
        ledger.judge(Ruling("accept", "Ann", ("e1",)))
        export(ledger, "prov", tmp_path / "prov.jsonld")
        export(ledger, "labelstudio", tmp_path / "tasks")
    graph = rdflib.Graph().parse(tmp_path / "prov.jsonld", format="json-ld")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    judged = graph.value(rdflib.URIRef("urn:chancery:event:e1"), prov.wasGeneratedBy)
    assert str(judged) == "urn:chancery:judgement:1"
    assert str(graph.value(judged, prov.wasAssociatedWith)) == "urn:chancery:person:Ann"
    (task,) = json.loads((tmp_path / "tasks/tasks.json").read_text("utf8"))
    (annotation,), (prediction,) = task["annotations"], task["predictions"]
    assert annotation["completed_by"] == {"first_name": "Ann"}
    assert {r["id"] for r in annotation["result"] if r["type"] == "labels"} == {"e1"}
    assert {r["id"] for r in prediction["result"] if r["type"] == "labels"} == {"e2"}


_SPAN = {"start": {"type": "integer", "minimum": 0}, "end": {"type": "integer"}}
_TEXTS = {"type": "array", "items": {"type": "string"}, "minItems": 1}


def _region(kind: str) -> dict[str, Any]:
    value = {**_SPAN, "text": _TEXTS if kind == "textarea" else {"type": "string"}}
    if kind != "textarea":
        value[kind] = _TEXTS
    return {
        "type": "object",
        "required": ["id", "from_name", "to_name", "type", "value"],
        "properties": {
            "type": {"const": kind},
            "value": {
                "type": "object",
                "required": list(value),
                "properties": value,
                "additionalProperties": False,
            },
        },
    }


RESULT = {
    "type": "array",
    "items": {
        "anyOf": [
            *(_region(kind) for kind in ("labels", "choices", "textarea")),
            {
                "type": "object",
                "required": ["type", "from_id", "to_id", "direction"],
                "properties": {
                    "type": {"const": "relation"},
                    "labels": _TEXTS,
                    "direction": {"const": "right"},
                },
            },
        ]
    },
}
TASKS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["data"],
        "properties": {
            "data": {"type": "object", "required": ["text"]},
            "predictions": {
                "type": "array",
                "items": {"type": "object", "required": ["result"], "properties": {"result": RESULT}},
            },
            "annotations": {
                "type": "array",
                "items": {"type": "object", "required": ["result"], "properties": {"result": RESULT}},
            },
        },
    },
}


def test_label_studio_tasks_fit_their_schema_and_configuration(
    gold: Ledger, chosen: Chosen, tmp_path: Path
) -> None:
    export(gold, "labelstudio", tmp_path / "ls")
    tasks = json.loads((tmp_path / "ls/tasks.json").read_text("utf8"))
    jsonschema.validate(tasks, TASKS)
    root = ET.fromstring((tmp_path / "ls/config.xml").read_text("utf8"))  # noqa: S314 (our own)
    controls = {c.get("name"): {v.get("value") for v in c} for c in root if c.get("toName")}
    relations = {r.get("value") for r in root.find("Relations") or ()}
    back: dict[str, dict[str, Any]] = {}
    for task in tasks:
        (prediction,) = task["predictions"]
        for part in prediction["result"]:
            if part["type"] == "relation":
                assert set(part["labels"]) <= relations
                back[part["from_id"]].setdefault(part["labels"][0], []).append(part["to_id"])
                continue
            value = part["value"]
            if part["type"] != "textarea":
                assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
                assert set(value.get("labels", value.get("choices"))) <= controls[part["from_name"]]
            back.setdefault(part["id"], {})[part["from_name"]] = value
    for line in chosen.lines:
        mine = back[line.event.id]
        assert mine["label"]["labels"] == [line.event.act]
        assert mine["status"]["choices"] == [line.event.status]
        for side, parties in (("actor", line.event.actors), ("recipient", line.event.recipients)):
            ids = [back[region]["id"]["text"][0] for region in mine.get(side, [])]
            assert ids == [p.id for p in parties if p.span]
    links = {(k.link.give, k.link.take, k.link.kind) for k in chosen.links}
    assert {(give, take, kind) for give, take, kind in links if take in back[give].get(kind, [])} == links


def test_what_people_confirm_in_label_studio_comes_back_as_gold(
    gold: Ledger, chosen: Chosen, tmp_path: Path
) -> None:
    """As `chancery gold` reads it, when the predictions are taken over as annotations."""
    export(gold, "labelstudio", tmp_path / "ls")
    tasks = json.loads((tmp_path / "ls/tasks.json").read_text("utf8"))
    for task in tasks:
        task["annotations"] = [{"completed_by": "Ann", "result": p["result"]} for p in task["predictions"]]
    (tmp_path / "confirmed.json").write_text(json.dumps(tasks))
    found = list(gold_in([str(tmp_path / "confirmed.json")]))
    rows = {each.report["text"]: each.row for each in found if isinstance(each, Gold)}
    assert len(rows) == len(found) == len(gold.reports())
    for report in gold.reports():
        lines = sorted(
            (line.event for line in chosen.lines if line.report.id == report.id), key=lambda e: e.trigger
        )
        back = rows[gold.text(report.id)]["events"]
        assert [(e.act, e.instrument, e.status) for e in lines] == [
            (b["act"], b["instrument"], b["status"]) for b in back
        ]
        for event, told in zip(lines, back, strict=True):
            assert [p.id for p in event.actors if p.span] == [p["id"] for p in told["actors"]]
            assert [(a.value, a.currency) for a in event.amounts] == [
                (a["value"], a["currency"]) for a in told["amounts"]
            ]
            assert [(g.count, g.item) for g in event.goods] == [
                (g["count"], g["item"]) for g in told["goods"]
            ]
            if event.time:
                assert event.time.start.isoformat().startswith(told["time"]["value"])


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf8", newline="") as file:
        return list(csv.reader(file))


def test_sipri_has_every_deal_once(gold: Ledger, tmp_path: Path) -> None:
    done = export(gold, "sipri", tmp_path / "arms.csv")
    head, *rows = _rows(tmp_path / "arms.csv")
    assert len(head) == 16
    assert [i for i, name in enumerate(head) if not name] == [3, 5, 9]
    deals = Dealings(gold).deals
    names = gold.actor_names()
    kept = {d.id: d.shares[0] for d in deals if f"deal {d.id}, " in "".join(row[12] for row in rows)}
    assert kept
    assert all(share.instrument == "arms" for share in kept.values())
    pairs = {(names[t], names[g], i) for i, s in kept.items() for g, t in product(s.givers, s.takers)}
    assert {(row[0], row[1], row[12].rsplit("deal ", 1)[1].partition(",")[0]) for row in rows} == pairs
    assert len(rows) == len(pairs)
    assert sum(done.left_out.values()) + len(kept) == len(deals)
    assert done.counted == "deal"


SHIPS = (Goods("two ferries", 2, "ferries", "ships", Span(83, 94)),)
YEAR = Time("in 2008", date(2008, 1, 1), date(2008, 12, 31), "year", Span(0, 6))


def _arms(id: str, parties: str = "RUS>VEN", **changes: Any) -> Event:
    givers, takers = parties.split(">")
    plain: dict[str, Any] = {"act": "AID", "instrument": "arms", "goods": SHIPS, "trigger_text": "gave"}
    return make_event(id, tuple(givers.split(",")), tuple(takers.split(",")), **{**plain, **changes})


def _exported(tmp_path: Path, name: LayoutName, *events: Event, query: Any = None) -> Any:
    with open_ledger(str(tmp_path / "l.db"), create=True) as ledger:
        ledger.store(make_reading(events))
        done = export(ledger, name, tmp_path / "out.csv", query or EventQuery())
    return done, _rows(tmp_path / "out.csv")[1:]


BOUGHT = _arms("e1", "VEN>RUS", act="COOPERATE", time=YEAR, trigger_text="bought")
GIVEN = _arms("e2", time=replace(YEAR, start=date(2009, 1, 1), end=date(2009, 12, 31)))


@pytest.mark.parametrize(
    ("events", "cells"),
    [
        ((BOUGHT,), ["2008", "", "2", "", "ferries", "ships", "", "", ""]),
        ((GIVEN,), ["", "", "", "", "ferries", "ships", "2", "", "2009"]),
        ((BOUGHT, GIVEN), ["2008", "", "2", "", "ferries", "ships", "2", "", "2009"]),
        ((_arms("e3", status="promised"),), ["(2009)", "?", "(2)", "?", "ferries", "ships", "", "", ""]),
        ((_arms("e4", status="ongoing"),), ["", "", "", "", "ferries", "ships", "(2)", "?", "(2009)"]),
        (
            (BOUGHT, replace(BOUGHT, id="e5", goods=(replace(SHIPS[0], count=3),))),
            ["2008", "", "(3)", "?", "ferries", "ships", "", "", ""],
        ),
        (
            (_arms("e6", act="AGREE"), _arms("e7", act="SANCTION", trigger_text="suspended")),
            ["(2009)", "?", "(2)", "?", "ferries", "ships", "", "", ""],
        ),
    ],
)
def test_a_deal_is_one_row_of_sipri(tmp_path: Path, events: tuple[Event, ...], cells: list[str]) -> None:
    _, (row,) = _exported(tmp_path, "sipri", *events)
    assert row[:2] == ["VEN", "RUS"]
    assert row[2:11] == cells


def test_what_several_have_together_is_unsure(tmp_path: Path) -> None:
    _, rows = _exported(tmp_path, "sipri", _arms("e1", "RUS,BLR>VEN", time=YEAR))
    assert [row[1] for row in rows] == ["RUS", "BLR"]
    assert [row[8:11] for row in rows] == [["(2)", "?", "2008"]] * 2


def test_what_sipri_leaves_out_is_counted(tmp_path: Path) -> None:
    done, rows = _exported(
        tmp_path, "sipri", _arms("e1", status="possible"),
        _arms("e2", "BOR>SYL", status="planned"),
        _arms("e3", "BOR>SYL", act="REJECT", trigger_text="cancelled"),
        replace(_arms("e4"), recipients=(), goods=(replace(SHIPS[0], item="rafts"),)),
        _arms("e5", "RUR>GRA", instrument="loan"),
    )  # fmt: skip
    assert rows == []
    assert done.left_out == {
        "neither ordered nor delivered": 1,
        "called off before anything was delivered": 1,
        "no giver or no taker told": 1,
        "not about arms": 1,
    }


def test_a_filter_chooses_whole_deals(tmp_path: Path) -> None:
    late = EventQuery(since=date(2009, 1, 1), until=date(2009, 5, 1))
    _, (row,) = _exported(tmp_path, "sipri", BOUGHT, GIVEN, _arms("e9", "BOR>SYL", time=YEAR), query=late)
    assert row[2:11] == ["2008", "", "2", "", "ferries", "ships", "2", "", "2009"]


STAGES = {
    "Pipeline: Pledge", "Pipeline: Commitment", "Implementation", "Completion", "Suspended", "Cancelled",
}  # fmt: skip


def test_aidata_has_every_flow_once(gold: Ledger, tmp_path: Path) -> None:
    done = export(gold, "aidata", tmp_path / "flows.csv")
    head, *rows = _rows(tmp_path / "flows.csv")
    told = [dict(zip(head, row, strict=True)) for row in rows]
    deals = {d.id: d for d in Dealings(gold).deals}
    assert told
    for row in told:
        gift = deals[row["AidData Record ID"]].shares[0]
        assert row["Recipient ISO-3"] in gift.takers
        assert gift.instrument in layout("aidata").words["flows"]
        if row["Amount (Original Currency)"]:
            assert float(row["Amount (Original Currency)"]) in {a.value for a in gift.amounts}
    assert {row["Status"] for row in told} <= STAGES
    assert set(layout("aidata").words["stages"].values()) | {"Pipeline: Commitment"} == STAGES
    kept = {row["AidData Record ID"] for row in told}
    assert len(
        {(row["AidData Record ID"], row["Financier Country"], row["Recipient"]) for row in told}
    ) == len(told)
    assert sum(done.left_out.values()) + len(kept) == len(deals)


def _lent(id: str, act: Any = "AID", status: Any = "occurred", word: str = "gave", **changes: Any) -> Event:
    sums = (make_amount(2e9),)
    return make_event(
        id, ("BOR",), ("RUR",), act=act, instrument="loan", status=status, trigger_text=word, amounts=sums,
        **changes,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("events", "stage"),
    [
        ([_lent("e1", status="promised")], "Pipeline: Pledge"),
        ([_lent("e1", status="offered")], "Pipeline: Pledge"),
        ([_lent("e1", "AGREE", word="agreed")], "Pipeline: Commitment"),
        ([_lent("e1", status="promised"), _lent("e2", "SUPPORT", word="signed")], "Pipeline: Commitment"),
        ([_lent("e1", word="lent")], "Implementation"),
        ([_lent("e1", status="ongoing", word="delivering")], "Implementation"),
        ([_lent("e1")], "Completion"),
        ([_lent("e1", word="lent"), _lent("e2", "SANCTION", word="froze")], "Suspended"),
        ([_lent("e1", status="promised"), _lent("e2", status="refused")], "Cancelled"),
        ([_lent("e1", status="refused")], None),
        ([_lent("e1", status="requested")], None),
        ([_lent("e1", status="not_occurred")], None),
    ],
)
def test_a_flow_is_one_row_at_its_stage(tmp_path: Path, events: list[Event], stage: str | None) -> None:
    done, rows = _exported(tmp_path, "aidata", *events)
    assert [row[10] for row in rows] == ([stage] if stage else [])
    assert bool(done.left_out) == (stage is None)


def test_a_flow_has_the_days_of_all_its_stages(tmp_path: Path) -> None:
    when = make_time(date(2008, 9, 1))
    pledged = _lent("e1", status="promised")
    lent = _lent("e2", word="lent", time=when)
    _exported(tmp_path, "aidata", pledged, lent)
    head, row = _rows(tmp_path / "out.csv")
    told = dict(zip(head, row, strict=True))
    assert (told["Commitment Year"], told["Commitment Date Estimated"]) == ("2009", "Yes")
    assert told["Actual Implementation Start Date (MM/DD/YYYY)"] == "09/01/2008"
    assert (told["Amount (Original Currency)"], told["Amount Estimated"]) == ("2000000000", "No")


def test_an_empty_answer_is_a_file_too(gold: Ledger, tmp_path: Path) -> None:
    nothing = EventQuery(since=date(1800, 1, 1), until=date(1800, 1, 2))
    for name in ("geojson", "prov", "labelstudio", "graphml", "csv", "panel", "ftm"):
        export(gold, name, tmp_path / name, nothing)  # type: ignore[arg-type]
    assert json.loads((tmp_path / "geojson").read_text("utf8"))["features"] == []
    assert json.loads((tmp_path / "prov").read_text("utf8"))["@graph"] == []
    assert json.loads((tmp_path / "labelstudio/tasks.json").read_text("utf8")) == []
    assert nx.read_graphml(tmp_path / "graphml").number_of_nodes() == 0
    assert (tmp_path / "ftm").read_text("utf8") == ""
