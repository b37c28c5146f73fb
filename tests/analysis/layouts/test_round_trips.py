"""What is exported comes back from the field's own readers as it went out, but for the stated losses."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.analysis.layouts import Style, export, unguarded
from chancery.analysis.layouts.cells import guarded, written
from chancery.analysis.layouts.chosen import Chosen, day_of, dyads, number_of
from chancery.contract import event_from_json
from chancery.errors import OutputExists, OutputUnwritable
from chancery.knowledge.layout_data import LAYOUT_NAMES, LayoutName, layout
from chancery.ledger import EventQuery, Ledger
from chancery.tables import reading_of
from tests.analysis.layouts.gold import gold_readings


def loaded(path: Path, name: LayoutName, part: int = 0) -> pd.DataFrame:
    """A table as pandas users load it: everything text, nothing taken for a missing value."""
    shape, table = layout(name).shape, layout(name).tables[part]
    names = [column.name for column in table.columns]
    bare = {"header": None, "names": names} if shape == "bare_tsv" else {}
    plain = {} if shape == "csv" else {"sep": "\t", "quoting": csv.QUOTE_NONE}
    return pd.read_csv(path, dtype=str, keep_default_na=False, **bare, **plain)


def test_csv_holds_every_event(gold: Ledger, chosen: Chosen, tmp_path: Path) -> None:
    done = export(gold, "csv", tmp_path / "e.csv")
    frame = loaded(tmp_path / "e.csv", "csv")
    assert done.files == {"e.csv": 397}
    assert not done.left_out
    for row, line in zip(frame.to_dict("records"), chosen.lines, strict=True):
        event = line.event
        assert (row["event"], row["act"], row["status"]) == (event.id, event.act, event.status)
        assert (row["instrument"] or None) == event.instrument
        assert row["actors"].split("; ") == [p.id for p in event.actors] or not event.actors
        assert row["recipients"].split("; ") == [p.id for p in event.recipients] or not event.recipients
        assert unguarded(row["sentence"]) == chosen.sentence(line)
        assert row["date"] == (day_of(line) or date.min).isoformat()
        assert [float(v) for v in row["amount_values"].split("; ") if v] == [a.value for a in event.amounts]
        assert row["cameo"] == event.codes.cameo


def test_parquet_holds_every_reading_whole(gold: Ledger, tmp_path: Path) -> None:
    export(gold, "parquet", tmp_path / "all")
    frames = {path.stem: pd.read_parquet(path) for path in (tmp_path / "all").iterdir()}
    tables: dict[str, list[dict[str, Any]]] = {
        name: json.loads(frame.to_json(orient="records")) for name, frame in frames.items()
    }
    assert {name: len(rows) for name, rows in tables.items()}["events"] == 397
    from pyarrow import parquet

    rows = {path.stem: parquet.read_table(path).to_pylist() for path in (tmp_path / "all").iterdir()}
    for reading in gold_readings():
        mine = {name: [r for r in each if r["report"] == reading.report.id] for name, each in rows.items()}
        assert reading_of(mine) == reading  # type: ignore[arg-type]


def test_jsonl_gives_the_events_back_and_its_selectors_find_the_words(
    gold: Ledger, chosen: Chosen, tmp_path: Path
) -> None:
    export(gold, "jsonl", tmp_path / "e.jsonl")
    lines = (tmp_path / "e.jsonl").read_text("utf8").splitlines()
    for annotation, line in zip(map(json.loads, lines), chosen.lines, strict=True):
        assert event_from_json(annotation["body"]["value"]) == line.event
        text = chosen.text(line.report.id)
        _, _, position, quote = annotation["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"] == line.event.trigger_text
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_plover_records_have_the_gold_standards_keys(gold: Ledger, chosen: Chosen, tmp_path: Path) -> None:
    export(gold, "plover", tmp_path / "e.jsonl")
    records = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text("utf8").splitlines()]
    for record, line in zip(records, chosen.lines, strict=True):
        event = line.event
        assert list(record) == [column.name for column in layout("plover").tables[0].columns]
        assert record["event"] == event.codes.plover_event
        assert [p["code"] for p in record["source"]] == [p.id for p in event.actors]
        assert [p["code"] for p in record["target"]] == [p.id for p in event.recipients]
        for role in ("SRC/TAR", "SRC", "TAR", "EVT"):
            record["markup"] = record["markup"].replace(f"({role}: ", "\1").replace("\1", "(~")
        assert record["markup"].replace("(~", "").replace(")", "") == record["text"].replace(")", "")


def test_our_plover_records_are_like_the_gold_standards() -> None:
    file = Path(__file__).resolve().parents[4] / "shared/corpora/events/plover_gsr/dev.jsonl"
    if not file.exists():
        pytest.skip("the gold standard records are not here")
    first = json.loads(file.read_text("utf8").splitlines()[0])
    assert set(first) == {column.name for column in layout("plover").tables[0].columns}


def test_polecat_comes_back(gold: Ledger, chosen: Chosen, tmp_path: Path) -> None:
    export(gold, "polecat", tmp_path / "e.txt", style=Style(guard=False))
    frame = loaded(tmp_path / "e.txt", "polecat")
    assert len(frame.columns) == 40
    for row, line in zip(frame.to_dict("records"), chosen.lines, strict=True):
        event = line.event
        assert (row["Event ID"], row["Event Type"]) == (event.id, event.codes.plover_event)
        assert row["Event Date"] == str(day_of(line))
        assert row["Actor Name Raw"] == (
            "; ".join(p.text for p in event.actors) if any(p.text for p in event.actors) else ""
        )
        assert float(row["Intensity"]) == event.codes.intensity
    russians = frame[frame["Actor Country"] == "RUS"]
    assert len(russians) > 20
    assert set(russians["Actor COW"]) == {"365"}


@pytest.mark.parametrize("name", ["icews", "cameo"])
def test_dyads_come_back(name: LayoutName, gold: Ledger, chosen: Chosen, tmp_path: Path) -> None:
    done = export(gold, name, tmp_path / "e.tsv", style=Style(guard=False))
    frame = loaded(tmp_path / "e.tsv", name)
    pairs = [(line, a, b) for line in chosen.lines for a, b in dyads(line.event)]
    assert done.files["e.tsv"] == len(frame) == len(pairs)
    alone = sum(1 for line in chosen.lines if not any(True for _ in dyads(line.event)))
    assert done.left_out == {"one party only": alone}
    for row, (line, one, other) in zip(frame.to_dict("records"), pairs, strict=True):
        if name == "icews":
            assert row["CAMEO Code"] == line.event.codes.cameo
            assert int(row["Event ID"]) // 1000 == number_of(line.event.id)
            assert (row["Source Name"], row["Target Name"]) == (chosen.name(one.id), chosen.name(other.id))
            assert row["Event Text"]
        else:
            assert (row["source"], row["target"]) == (one.id, other.id)
            assert row["event"] == line.event.id


def test_gdelt_has_its_two_files(gold: Ledger, chosen: Chosen, tmp_path: Path) -> None:
    done = export(gold, "gdelt", tmp_path / "g")
    events = loaded(tmp_path / "g/export.CSV", "gdelt")
    mentions = loaded(tmp_path / "g/mentions.CSV", "gdelt", part=1)
    assert events.shape[1] == 61
    assert mentions.shape[1] == 16
    assert done.files == {"g/export.CSV": len(events), "g/mentions.CSV": len(mentions)}
    assert list(events["GlobalEventID"]) == list(mentions["GlobalEventID"])
    assert events["GlobalEventID"].is_unique
    told = {str(number_of(line.event.id)): line for line in chosen.lines}
    for row, mention in zip(events.to_dict("records"), mentions.to_dict("records"), strict=True):
        line = told[row["GlobalEventID"][:-3]]
        assert row["EventCode"] == line.event.codes.cameo
        assert row["Day"] == f"{day_of(line):%Y%m%d}"
        assert int(mention["ActionCharOffset"]) == line.event.trigger.start
        assert row["SOURCEURL"] == line.report.url == mention["MentionIdentifier"]
    ecuador = events[events["Actor1CountryCode"] == "ECU"]
    assert set(ecuador["Actor1Geo_CountryCode"]) == {"EC"}


def test_panel_is_balanced_and_counts_every_dated_dyad(gold: Ledger, chosen: Chosen, tmp_path: Path) -> None:
    export(gold, "panel", tmp_path / "p.csv")
    frame = pd.read_csv(tmp_path / "p.csv", keep_default_na=False)
    months = frame.groupby(["actor", "recipient"])["month"].nunique()
    assert (months == months.iloc[0]).all()
    assert len(frame) == len(months) * months.iloc[0]
    counted = sum(len({(a.id, b.id) for a, b in dyads(line.event)}) for line in chosen.lines)
    assert frame["events"].sum() == counted
    quads = frame[["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]]
    assert (quads.sum(axis=1) == frame["events"]).all()
    assert (frame[["done", "ahead", "sought", "refused"]].sum(axis=1) == frame["events"]).all()
    some = frame[frame["events"] > 0]
    assert (some["intensity_sum"] / some["events"]).sub(
        some["intensity_mean"].astype(float)
    ).abs().max() < 1e-5


@pytest.mark.parametrize("name", LAYOUT_NAMES)
def test_hostile_words_break_no_layout(name: LayoutName, nasty: Ledger, tmp_path: Path) -> None:
    export(nasty, name, tmp_path / "out")
    shape, tables = layout(name).shape, layout(name).tables
    if shape in ("csv", "tsv", "bare_tsv"):
        for i, table in enumerate(tables):
            path = tmp_path / "out" / table.file if table.file else tmp_path / "out"
            frame = loaded(path, name, i)
            assert frame.shape[1] == table.count
            assert not any(str(cell).startswith(("=", "+", "@", "\t")) for cell in frame.to_numpy().ravel())
            assert not any(c in "\0\x1b" for c in path.read_text("utf8"))


def test_a_mark_is_written_and_read(gold: Ledger, tmp_path: Path) -> None:
    export(gold, "csv", tmp_path / "m.csv", EventQuery(limit=2), style=Style(mark=True))
    assert (tmp_path / "m.csv").read_bytes().startswith(b"\xef\xbb\xbfevent,")
    assert pd.read_csv(tmp_path / "m.csv").columns[0] == "event"


@given(st.text())
def test_guarding_is_undone(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))))
def test_csv_cells_come_back(text: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerow([written(text, guard=True, one_line=False)])
    assert unguarded(next(csv.reader(io.StringIO(out.getvalue(), newline="")))[0] if text else "") == text


def test_nothing_is_written_over_unless_asked(gold: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "e.csv"
    target.write_text("mine")
    with pytest.raises(OutputExists, match="is there already"):
        export(gold, "csv", target)
    assert target.read_text() == "mine"
    export(gold, "csv", target, EventQuery(limit=1), replacing=True)
    assert len(target.read_text("utf8").splitlines()) >= 2
    export(gold, "gdelt", target, EventQuery(limit=1), replacing=True)  # a folder in its place
    export(gold, "gdelt", target, EventQuery(limit=1), replacing=True)
    assert {p.name for p in target.iterdir()} == {"export.CSV", "mentions.CSV"}
    assert [p.name for p in tmp_path.iterdir()] == ["e.csv"]
    (target / "mine.txt").write_text("mine")
    with pytest.raises(OutputUnwritable, match=r"a folder with other files in it: mine\.txt"):
        export(gold, "gdelt", target, EventQuery(limit=1), replacing=True)
    assert (target / "mine.txt").read_text() == "mine"
    assert [p.name for p in tmp_path.iterdir()] == ["e.csv"]


def test_a_folder_that_is_not_there_is_told(gold: Ledger, tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritable, match="No such file or directory"):
        export(gold, "csv", tmp_path / "no" / "e.csv")


def test_filters_leave_out_reports_and_links_too(gold: Ledger, tmp_path: Path) -> None:
    query = EventQuery(instrument=("recognition",), actor=("RUS",))
    export(gold, "parquet", tmp_path / "some", query)
    frames = {path.stem: pd.read_parquet(path) for path in (tmp_path / "some").iterdir()}
    assert set(frames["events"]["instrument"]) == {"recognition"}
    assert set(frames["reports"]["report"]) == set(frames["events"]["report"])
    kept = set(frames["events"]["event"])
    assert set(frames["links"]["give"]) | set(frames["links"]["take"]) <= kept


def test_events_without_any_party_or_day_go_where_they_can(tmp_path: Path) -> None:
    from chancery.ledger import open_ledger
    from tests.factories import make_event, make_reading, make_report

    with open_ledger(str(tmp_path / "l.db"), create=True) as ledger:
        ledger.store(make_reading([make_event("e1", (), ())], report=make_report(published=None)))
        done = {name: export(ledger, name, tmp_path / name) for name in LAYOUT_NAMES}
    assert done["gdelt"].left_out == {"no day, nor has the report": 1}
    assert done["icews"].left_out == done["panel"].left_out == {"one party only": 1}
    assert sum(done["csv"].files.values()) == sum(done["polecat"].files.values()) == 1
