"""`chancery watch --once`, against a server on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from chancery.ledger import open_ledger
from tests.cli.conftest import FakeReader, Run
from tests.ingest.fetching.hostile import hostile_site

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Zenda Post</title>
<item><title>Envoy leaves</title><guid>1</guid>
<description>The envoy of Ruritania left Strelsau.</description></item></channel></rss>"""


def test_once(run: Run, reader: type[FakeReader], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chancery.ingest.watching.manners.time.sleep", lambda _seconds: None)
    with hostile_site(**{"/feed": lambda talk: talk.answer(FEED.encode())}) as site:
        (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{site.url("/feed")}"\n')
        refused = run("watch", "feeds.toml", "--once", "--ledger", "l.db")
        assert refused.exit_code == 3
        assert "1 failed" in refused.stderr
        (tmp_path / "feeds.toml.memory.json").unlink()
        first = run("watch", "feeds.toml", "--once", "--ledger", "l.db", "--allow-private")
        again = run("watch", "feeds.toml", "--once", "--ledger", "l.db", "--allow-private")
    assert (first.exit_code, again.exit_code) == (0, 0), first.stderr + again.stderr
    assert (
        "1 feeds (0 unchanged, 0 resting, 0 failed), 1 new entries, 1 reports, 1 of them new in l.db"
        in first.stderr
    )
    assert "0 new entries" in again.stderr
    with open_ledger("l.db") as ledger:
        assert [r.title for r in ledger.reports()] == ["Envoy leaves"]


def test_a_wrong_file(run: Run) -> None:
    ended = run("watch", "none.toml", "--once")
    assert ended.exit_code == 3
    assert "no such file" in ended.stderr
