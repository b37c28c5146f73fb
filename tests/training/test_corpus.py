"""The corpus of dealings: what the repository holds of it keeps its own rules."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from training import corpus
from training.texts import WRITTEN, key_of

RAW_NEWS = Path(__file__).parents[3] / "shared" / "corpora" / "raw_news"
ROW = {
    "key": key_of("2009-06-10", "Borduria aids Ruritania."),
    "published": "2009-06-10",
    "source": "written",
    "text": "Borduria aids Ruritania.",
}
LINE = f"# {ROW['key']}\naids ; AID ;  ; BOR[Borduria] ; RUR[Ruritania] ; occurred\n"


def test_keys_are_unique_and_no_text_is_kept() -> None:
    rows = corpus.annotations()
    assert max(Counter(row["key"] for row in rows).values()) == 1
    assert all(set(row) == {"key", "source", "sha256", "reader", "events", "links"} for row in rows)


def test_vocabularies_and_links_hold_in_every_row() -> None:
    for path in (corpus.ANNOTATIONS, corpus.DOUBLE):
        for row in corpus.annotations(path):
            row["text"] = "x" * 100_000  # only offsets inside words need the true text
            assert list(corpus.faults(row)) == [] or all("words do" in f for f in corpus.faults(row))


def test_a_tenth_is_read_twice_by_different_readers_and_settled() -> None:
    kept = {row["key"]: row["reader"] for row in corpus.annotations()}
    readers: dict[str, list[str]] = {}
    for row in corpus.annotations(corpus.DOUBLE):
        readers.setdefault(row["key"], []).append(row["reader"])
    assert len(readers) >= len(kept) / 10
    assert all(len(set(pair)) == 2 and len(pair) == 2 for pair in readers.values())
    assert set(readers) <= set(kept)


def test_written_texts_carry_their_keys() -> None:
    for row in map(json.loads, WRITTEN.read_text(encoding="utf8").splitlines()):
        assert row["key"] == key_of(row["published"], row["text"])


@pytest.mark.skipif(not RAW_NEWS.exists(), reason="the raw news are not on this machine")
def test_every_offset_against_its_text() -> None:
    for path in (corpus.ANNOTATIONS, corpus.DOUBLE):
        assert [fault for row in corpus.load(RAW_NEWS, path) for fault in corpus.faults(row)] == []


def test_lines_are_added_whole_or_not_at_all(tmp_path: Path) -> None:
    lines, place = tmp_path / "lines.txt", tmp_path / "dealings.jsonl"
    lines.write_text(LINE)
    assert corpus.add(lines, [ROW], "reader x", place) == 1
    with pytest.raises(ValueError, match="stands in the corpus already"):
        corpus.add(lines, [ROW], "reader x", place)
    lines.write_text(LINE.replace("AID", "GIFT"))
    with pytest.raises(ValueError, match="act 'GIFT' is unknown"):
        corpus.add(lines, [ROW], "reader x", tmp_path / "other.jsonl")
    assert not (tmp_path / "other.jsonl").exists()
    assert len(place.read_text().splitlines()) == 1


def test_another_text_is_not_taken_for_the_annotated_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "dealings.jsonl"
    (tmp_path / "lines.txt").write_text(LINE)
    corpus.add(tmp_path / "lines.txt", [ROW], "reader x", place)
    monkeypatch.setattr(corpus, "texts", lambda *_: {})
    with pytest.raises(ValueError, match="no such text"):
        corpus.load(tmp_path, place)
    monkeypatch.setattr(corpus, "texts", lambda *_: {ROW["key"]: ("2009-06-10", "Borduria aids nobody.")})
    with pytest.raises(ValueError, match="not the one that was annotated"):
        corpus.load(tmp_path, place)


def test_the_split_is_fixed() -> None:
    assert corpus.is_dev("000000ffff")
    assert not corpus.is_dev("00000fffff")
