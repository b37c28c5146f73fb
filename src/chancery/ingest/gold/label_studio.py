"""Label Studio's JSON: tasks with annotations; predictions of a model are no gold and left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from chancery.errors import InputError, WrongForm
from chancery.ingest.gold.marks import Mark, Marked, Relation
from chancery.ingest.gold.rows import checked_mark
from chancery.records import Span

_WANTED: Final = "tasks as Label Studio exports them (JSON, not JSON-MIN)"


def tasks_in(text: str, where: str) -> Iterator[Marked | InputError]:
    """Each annotation of each task. Raises `WrongForm` where the file is none of Label Studio's."""
    try:
        tasks = json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise WrongForm(where, "no JSON", _WANTED) from broken
    if not isinstance(tasks, list):
        raise WrongForm(where, f"a JSON {type(tasks).__name__}", _WANTED)
    for number, task in enumerate(tasks, 1):
        try:
            yield from _marked(task, f"{where}, task {number}", f"{where}#{number}")
        except InputError as error:
            yield error
        except (KeyError, TypeError, AttributeError, IndexError, ValueError) as odd:
            yield WrongForm(f"{where}, task {number}", f"{type(odd).__name__} at {odd}", _WANTED)


def _marked(task: dict[str, Any], where: str, name: str) -> Iterator[Marked]:
    data = task["data"]
    text = data["text"]
    if not isinstance(text, str) or not text.strip():
        raise WrongForm(where, "no text", 'data with "text"')
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise WrongForm(where, "half a surrogate pair in the text", "text that can be kept")
    for annotation in task["annotations"]:
        if annotation.get("was_cancelled"):
            continue
        marks, relations = _results(annotation["result"], text, where)
        yield Marked(
            where, str(data.get("file") or name), text, _reader(annotation.get("completed_by")), marks,
            relations, data.get("published"), data.get("publisher"),
        )  # fmt: skip


def _reader(told: Any) -> str:
    if isinstance(told, dict):
        names = (told.get("first_name"), told.get("last_name"))
        return " ".join(str(n) for n in names if n) or str(told.get("email") or told.get("id") or "unknown")
    return str(told) if told is not None else "unknown"


def _results(
    results: list[dict[str, Any]], text: str, where: str
) -> tuple[dict[str, Mark], tuple[Relation, ...]]:
    """Regions by id, their attributes gathered from the results of the same id."""
    spans: dict[str, tuple[Span, str]] = {}
    attributes: dict[str, dict[str, str]] = {}
    relations = []
    for result in results:
        kind, value = result["type"], result.get("value", {})
        if kind == "relation":
            label = (result.get("labels") or ["?"])[0]
            relations.append(Relation(result["from_id"], result["to_id"], str(label)))
        elif kind == "labels":
            here = f"{where}, {result['id']}"
            start, end = checked_mark(text, value.get("start"), value.get("end"), here, value.get("text"))
            spans[result["id"]] = (Span(start, end), str(value["labels"][0]))
        elif kind in ("choices", "textarea"):
            told = value.get("choices") or value.get("text") or [""]
            attributes.setdefault(result["id"], {})[str(result["from_name"])] = str(told[0]).strip()
    marks = {id: Mark(span, label, attributes.get(id, {})) for id, (span, label) in spans.items()}
    return marks, tuple(relations)
