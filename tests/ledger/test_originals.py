"""The bytes of pages beside the ledger: by their hash, once, bounded, checked when they are opened."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.errors import OriginalDamaged, OriginalsUnusable
from chancery.ledger import Originals, originals_of
from chancery.records import Report, Source
from tests.factories import make_report

PAGE = b"<html><body><script>alert(1)</script><p>Ruritania.</p></body></html>"


def taken(content: bytes, text: str = "Ruritania.", media_type: str = "text/html") -> Report:
    source = Source(hashlib.sha256(content).hexdigest(), media_type, "utf-8", content)
    return make_report(text, source=source)


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    return Originals(tmp_path / "l.db.originals")


@settings(deadline=None)  # files are written
@given(st.binary(max_size=300))
def test_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    originals = Originals(tmp_path_factory.mktemp("kept"))
    report = taken(content)
    assert originals.keep(report)
    (told,) = originals.of(report.id)
    assert (told.size, told.media_type, told.charset) == (len(content), "text/html", "utf-8")
    assert originals.content(told) == content


def test_what_several_reports_were_taken_from_is_there_once(originals: Originals) -> None:
    one, other = taken(PAGE, "Ruritania."), taken(PAGE, "Graustark.")
    assert all(originals.keep(each) for each in (one, other, one))
    assert len(list(originals.folder.glob("??/*"))) == 1
    assert originals.of(one.id) == originals.of(other.id)
    assert len(originals.of(one.id)) == 1


def test_a_page_that_changed_around_its_text_is_there_twice(originals: Originals) -> None:
    assert all(originals.keep(taken(page)) for page in (PAGE, PAGE + b"<!-- later -->"))
    first, latest = originals.of(taken(PAGE).id)
    assert originals.content(first) == PAGE
    assert originals.content(latest).endswith(b"later -->")


def test_what_is_not_kept(originals: Originals, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not originals.keep(make_report("Ruritania.")), "no source"
    assert not originals.keep(taken(PAGE, media_type="text/plain"))
    assert not originals.folder.exists(), "nothing to keep makes no folder"
    assert originals.of("../../etc/passwd") == ()
    assert originals.of("0123456789abcdef") == ()
    monkeypatch.setattr("chancery.ledger.originals.LARGEST", 10)
    assert not originals.keep(taken(PAGE))


def test_the_folder_is_bounded(tmp_path: Path) -> None:
    small = Originals(tmp_path / "kept", most=len(gzip.compress(PAGE, mtime=0)) + 5)
    assert small.keep(taken(PAGE))
    assert not small.keep(taken(PAGE + b"more", "Graustark."))
    assert small.keep(taken(PAGE, "Graustark.")), "what is there already takes no room"
    again = Originals(tmp_path / "kept", most=len(gzip.compress(PAGE, mtime=0)) + 5)
    assert not again.keep(taken(PAGE + b"more", "Graustark.")), "another program counts what it finds"


def test_damage_is_told(originals: Originals) -> None:
    report = taken(PAGE)
    originals.keep(report)
    (told,) = originals.of(report.id)
    (place,) = originals.folder.glob("??/*")
    place.write_bytes(gzip.compress(b"another"))
    with pytest.raises(OriginalDamaged, match="its hash is another"):
        originals.content(told)
    place.write_bytes(b"no gzip")
    with pytest.raises(OriginalDamaged):
        originals.content(told)
    (notes,) = originals.folder.glob("reports/*")
    for broken in (b"[", b'{"a": 1}', b'[{"sha256": 1}]', b"[1]", b"\xff"):
        notes.write_bytes(broken)
        with pytest.raises(OriginalDamaged):
            originals.of(report.id)
    notes.write_text(
        '[{"sha256": "../../x", "media_type": "a", "charset": null, "size": 1}]', encoding="utf8"
    )
    with pytest.raises(OriginalDamaged, match="a hash in it is none"):
        originals.content(originals.of(report.id)[0])


def test_a_bomb_in_its_place_is_not_unpacked(originals: Originals, monkeypatch: pytest.MonkeyPatch) -> None:
    report = taken(PAGE)
    originals.keep(report)
    (place,) = originals.folder.glob("??/*")
    place.write_bytes(gzip.compress(b"0" * 2_000_000))
    monkeypatch.setattr("chancery.ledger.originals.LARGEST", 1000)
    with pytest.raises(OriginalDamaged):
        originals.content(originals.of(report.id)[0])


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf8")
    with pytest.raises(OriginalsUnusable, match="--no-originals"):
        Originals(tmp_path / "file").keep(taken(PAGE))


def test_where_they_are(tmp_path: Path) -> None:
    beside = originals_of(str(tmp_path / "l.db"))
    assert beside is not None
    assert beside.folder == tmp_path / "l.db.originals"
    named = originals_of("postgresql://host/name", str(tmp_path))
    assert named is not None
    assert named.folder == tmp_path
    for place, setting in (("l.db", "none"), ("postgresql://host/name", ""), ("sqlite://", "")):
        assert originals_of(place, setting) is None


def test_copies(originals: Originals, tmp_path: Path) -> None:
    report = taken(PAGE)
    originals.keep(report)
    other = tmp_path / "copy"
    assert (originals.copy_to(other), originals.copy_to(other)) == (2, 0)
    assert Originals(other).content(Originals(other).of(report.id)[0]) == PAGE
