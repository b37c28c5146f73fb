"""Annotations of three tools become the same row of the corpus; what is wrong is told with its place."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import cassis
import pytest

from chancery.errors import InputError
from chancery.ingest.gold import Gold, gold_in
from training.corpus import faults

TEXT = (
    "Russia promised to lend Nicaragua $1 billion in May, an official said. "
    "In return Nicaragua recognized Abkhazia."
)


def at(words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def span(words: str, nth: int = 0) -> list[int]:
    return list(at(words, nth))


ROW: dict[str, Any] = {
    "events": [
        {
            "trigger": span("lend"), "act": "AID", "instrument": "loan", "status": "promised",
            "actors": [{"id": "RUS", "span": span("Russia")}],
            "recipients": [{"id": "NIC", "span": span("Nicaragua")}],
            "held_by": [], "speakers": [{"actor": None, "span": span("an official")}],
            "time": {"value": "2009-05", "span": span("May")},
            "amounts": [{"value": 1e9, "currency": "USD", "span": span("$1 billion")}], "goods": [],
        },
        {
            "trigger": span("recognized"), "act": "SUPPORT", "instrument": "recognition",
            "status": "occurred",
            "actors": [{"id": "NIC", "span": span("Nicaragua", 1)}],
            "recipients": [{"id": "ABK", "span": span("Abkhazia")}],
            "held_by": [], "speakers": [], "time": None, "amounts": [], "goods": [],
        },
    ],
    "links": [{"kind": "in_return_for", "give": 0, "take": 1, "cue": None}],
}  # fmt: skip
# key, label, words, which of them, attributes
MARKS = (
    ("t1", "AID", "lend", 0, {"instrument": "loan", "status": "promised"}),
    ("t2", "actor", "Russia", 0, {"id": "RUS"}),
    ("t3", "recipient", "Nicaragua", 0, {}),
    ("t4", "speaker", "an official", 0, {}),
    ("t5", "time", "May", 0, {"value": "2009-05"}),
    ("t6", "amount", "$1 billion", 0, {"value": "1000000000 USD"}),
    ("t7", "SUPPORT", "recognized", 0, {"instrument": "recognition"}),
    ("t8", "actor", "Nicaragua", 1, {"id": "NIC"}),
    ("t9", "recipient", "Abkhazia", 0, {"id": "ABK"}),
)
RELATIONS = (
    ("t1", "t2", "actor"), ("t1", "t3", "recipient"), ("t1", "t4", "speaker"), ("t1", "t5", "time"),
    ("t1", "t6", "amount"),
    ("t7", "t8", "actor"), ("t7", "t9", "recipient"), ("t1", "t7", "in_return_for"),
)  # fmt: skip


def task() -> dict[str, Any]:
    """As Label Studio exports it."""
    results: list[dict[str, Any]] = []
    for key, label, words, nth, attributes in MARKS:
        start, end = at(words, nth)
        where = {"id": key, "to_name": "text"}
        value = {"start": start, "end": end, "text": words}
        results.append(where | {"from_name": "label", "type": "labels", "value": value | {"labels": [label]}})
        for name, told in attributes.items():
            kind, form = ("choices", "choices") if name in ("instrument", "status") else ("textarea", "text")
            results.append(where | {"from_name": name, "type": kind, "value": value | {form: [told]}})
    results += [{"type": "relation", "from_id": a, "to_id": b, "labels": [r]} for a, b, r in RELATIONS]
    annotation = {"completed_by": {"first_name": "Ann"}, "result": results}
    return {
        "data": {"text": TEXT, "file": "a.txt", "publisher": "P"},
        "annotations": [annotation],
        "predictions": [],
    }


def brat(folder: Path) -> None:
    """As brat keeps it."""
    lines = []
    for key, label, words, nth, attributes in MARKS:
        start, end = at(words, nth)
        lines.append(f"{key.upper()}\t{label} {start} {end}\t{words}")
        for name, told in attributes.items():
            if name in ("instrument", "status"):
                lines.append(f"A{len(lines)}\t{name} E{key[1]} {told}")
            elif name == "id":
                lines.append(f"N{len(lines)}\tReference {key.upper()} actor:{told}\t{words}")
            else:
                lines.append(f"#{len(lines)}\tAnnotatorNotes {key.upper()}\t{told}")
    lines += [
        "E1\tAID:T1 actor:T2 recipient:T3 speaker:T4 time:T5 amount:T6",
        "E7\tSUPPORT:T7 actor:T8 recipient:T9",
        "R1\tin_return_for Arg1:E1 Arg2:E7\t",
        "*\tEquiv T2 T8",
    ]
    (folder / "a.ann").write_text("\n".join(lines), encoding="utf8")
    (folder / "a.txt").write_text(TEXT, encoding="utf8")


def cas() -> cassis.Cas:
    """As INCEpTION's layers are, in UIMA's form."""
    system = cassis.TypeSystem()
    mark = system.create_type("webanno.custom.Dealing", "uima.tcas.Annotation")
    for name in ("label", "instrument", "status", "id", "value"):
        system.create_feature(mark, name, "uima.cas.String")
    relation = system.create_type("webanno.custom.DealingRelation", "uima.tcas.Annotation")
    system.create_feature(relation, "label", "uima.cas.String")
    system.create_feature(relation, "Governor", "uima.tcas.Annotation")
    system.create_feature(relation, "Dependent", "uima.tcas.Annotation")
    made = cassis.Cas(system)
    made.sofa_string = TEXT
    made.sofa_mime = "text/plain"
    marks = {}
    for key, label, words, nth, attributes in MARKS:
        start, end = at(words, nth)
        marks[key] = mark(begin=start, end=end, label=label, **attributes)
    relations = [
        relation(begin=marks[b].begin, end=marks[b].end, Governor=marks[a], Dependent=marks[b], label=r)
        for a, b, r in RELATIONS
    ]
    made.add_all([*marks.values(), *relations])
    return made


def zipped(made: cassis.Cas) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("TypeSystem.xml", made.typesystem.to_xml())
        file.writestr("a.xmi", made.to_xmi())
    return packed.getvalue()


def inputs(folder: Path) -> dict[str, Path]:
    (folder / "brat").mkdir()
    brat(folder / "brat")
    (folder / "tasks.json").write_text(json.dumps([task()]))
    (folder / "a.zip").write_bytes(zipped(cas()))
    (folder / "cas.json").write_text(cas().to_json())
    return {"brat": folder / "brat", "ann": folder / "brat" / "a.ann", "tasks": folder / "tasks.json",
            "zip": folder / "a.zip", "json": folder / "cas.json"}  # fmt: skip


@pytest.mark.parametrize("tool", ["brat", "ann", "tasks", "zip", "json"])
def test_each_tool_gives_the_same_row(tmp_path: Path, tool: str) -> None:
    (gold,) = gold_in([str(inputs(tmp_path)[tool])])
    assert isinstance(gold, Gold), gold
    assert {key: gold.row[key] for key in ROW} == ROW
    assert gold.row["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert gold.row["reader"] == (
        "Ann" if tool == "tasks" else "brat" if tool in ("brat", "ann") else "INCEpTION"
    )
    assert gold.report["text"] == TEXT
    assert list(faults(gold.row | {"text": TEXT})) == []


def told(path: Path) -> str:
    (item,) = gold_in([str(path)])
    assert isinstance(item, InputError), item
    assert "\n" not in str(item)
    return str(item)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("T1\tAID 0 6\tRusland", "line 1: found the words 'Rusland' where the text has 'Russia'"),
        ("T1\tAID 0 6000\tRussia", "found the span 0 to 6000"),
        ("T1\tAID 0 6;8 9\tRussia", "the span 'AID 0 6;8 9'"),
        ("T1\tEAT 0 6\tRussia", "found the label 'EAT'; wanted is one of AGREE"),
        ("T1\tAID 0 6\tRussia\nA1\tstatus T1 dreamt", "found the status 'dreamt'"),
        ("T1\tAID 0 6\tRussia\nA1\tinstrument T1 spoon", "found the instrument 'spoon'"),
        ("T1\tAID 0 6\tRussia\nE1\tAID:T1 actor:T9", "a relation that does not lead"),
        ("T1\tAID 0 6\tRussia\nT2\tactor 7 15\tpromised\nE1\tAID:T1 actor:T2", "found the actor 'promised'"),
        (
            "T1\tAID 0 6\tRussia\nT2\tactor 0 6\tRussia\nE1\tAID:T1 eats:T2",
            "found a relation 'eats' to 'actor'",
        ),
        (
            "T1\tAID 0 6\tRussia\nT2\tamount 0 6\tRussia\n#1\tN T2\tmuch\nE1\tAID:T1 amount:T2",
            "the value 'much'",
        ),
        ("what is this", "line 1: 'what is this' cannot be read"),
    ],
)
def test_wrong_brat_is_told(tmp_path: Path, line: str, wanted: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.ann").write_text(line)
    assert wanted in told(tmp_path / "a.ann")


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("{", "found no JSON"),
        ("{}", "found a JSON dict"),
        ("[{}]", "task 1: found KeyError at 'data'"),
        ('[{"data": {"text": ""}, "annotations": []}]', "found no text"),
        (
            '[{"data": {"text": "x"}, "annotations": [{"result": [{"type": "labels", "id": "r"}]}]}]',
            "the span None to None",
        ),
        ("[5]", "task 1: found TypeError"),
        ('[{"data": {"text": "\\ud800"}, "annotations": [{"result": []}]}]', "half a surrogate pair"),
    ],
)
def test_wrong_tasks_are_told(tmp_path: Path, content: str, wanted: str) -> None:
    (tmp_path / "t.json").write_text(content)
    assert wanted in told(tmp_path / "t.json")


def test_wrong_tasks_do_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(json.dumps([{}, task()]))
    wrong, right = gold_in([str(tmp_path / "t.json")])
    assert isinstance(wrong, InputError)
    assert isinstance(right, Gold)


def test_wrong_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name, content in (("a.zip", b"PK\3\4 no"), ("b.xmi", b"<x/>"), ("c.doc", b"x"), ("d.ann", b"")):
        (tmp_path / name).write_bytes(content)
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as file:
        file.writestr("readme.txt", "x")
    with zipfile.ZipFile(tmp_path / "f.zip", "w") as file:
        file.writestr("TypeSystem.xml", "<no/>")
        file.writestr("a.xmi", "<no/>")
    (tmp_path / "g.json").write_text('{"%TYPES": 1}')
    for name, wanted in (
        ("empty", "a folder without .ann"), ("a.zip", "found a broken zip"),
        ("b.xmi", "XMI without its type system"),
        ("c.doc", "the ending '.doc'"), ("d.ann", "d.txt: no such file"), ("e.zip", "a zip with 0 .xmi"),
        ("f.zip", "found no CAS"), ("g.json", "found no CAS"), ("none", "no such file"),
    ):  # fmt: skip
        assert wanted in told(tmp_path / name)
