"""Names out of re3d's entities, on rows of our own in its form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from training.examples import Example, defence_names

TEXT = "The Bordurian Relief Fund paid Mr Kerr in Port Haven and the coalition forces left."


def entity(words: str, kind: str, text: str = TEXT, document: str = "d1") -> dict[str, Any]:
    begin = text.index(words)
    return {"documentId": document, "begin": begin, "end": begin + len(words), "type": kind}


def written(folder: Path, source: str, text: str, entities: list[dict[str, Any]]) -> None:
    (folder / source).mkdir()
    rows = {"documents.json": [{"_id": "d1", "text": text}], "entities.json": entities}
    for name, made in rows.items():
        lines = "\n".join(json.dumps(row) for row in made)
        (folder / source / name).write_text(lines + "\n\n", encoding="utf8")


def read(folder: Path, *entities: dict[str, Any], text: str = TEXT) -> Example:
    written(folder, "Our source", text, list(entities))
    (example,) = defence_names(folder)
    return example


def labels(example: Example) -> dict[str, str]:
    assert example.names is not None
    return dict(zip(example.words, example.names, strict=True))


def test_names_are_marked_without_their_article(tmp_path: Path) -> None:
    found = labels(
        read(
            tmp_path,
            entity("The Bordurian Relief Fund", "Organisation"),
            entity("Kerr", "Person"),
            entity("Port Haven", "Location"),
        )
    )
    assert found["The"] == "O"
    assert [found[w] for w in ("Bordurian", "Relief", "Fund")] == ["B-ORG", "I-ORG", "I-ORG"]
    assert (found["Kerr"], found["Port"], found["Haven"]) == ("B-PER", "B-LOC", "I-LOC")
    assert found["paid"] == "O"


def test_descriptions_and_titles_are_left_open(tmp_path: Path) -> None:
    found = labels(
        read(tmp_path, entity("the coalition forces", "Organisation"), entity("Mr Kerr", "Person"))
    )
    assert [found[w] for w in ("the", "coalition", "forces", "Mr", "Kerr")] == [""] * 5
    assert found["left"] == "O"


def test_kinds_without_a_match_are_left_open_but_names_inside_are_kept(tmp_path: Path) -> None:
    whole, inside = entity("Kerr in Port Haven", "Weapon"), entity("Port Haven", "Location")
    found = labels(read(tmp_path, inside, whole))
    assert [found[w] for w in ("Kerr", "in", "Port", "Haven")] == ["", "", "B-LOC", "I-LOC"]


def test_the_set_marks_no_other_names(tmp_path: Path) -> None:
    example = read(tmp_path)
    assert example.names_lack_misc
    assert set(example.names or ()) == {"O"}


def test_the_part_without_an_open_licence_is_not_read(tmp_path: Path) -> None:
    written(tmp_path, "BBC Online", TEXT, [])
    assert defence_names(tmp_path) == []


def test_long_texts_are_cut_behind_full_stops(tmp_path: Path) -> None:
    text = " ".join(f"Delegate number {i} spoke for a while in the hall of Port Haven ." for i in range(40))
    written(tmp_path, "Our source", text, [])
    examples = defence_names(tmp_path)
    assert len(examples) > 1
    assert all(e.words[-1] == "." and len(e.words) <= 160 for e in examples)
    assert [w for e in examples for w in e.words] == text.split()
