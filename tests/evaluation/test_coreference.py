"""The scores of coreference on worked examples, and the measures on tiny files of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.errors import WrongForm
from chancery.evaluation import ecbplus, meantime
from chancery.evaluation.coreference import groups, scores
from chancery.evaluation.figures import Outcome
from chancery.evaluation.reading import Drafts

NOBODY = Drafts()


def figures(gold: list[str], said: list[str]) -> dict[str, float]:
    made = [[frozenset(group) for group in side] for side in (gold, said)]
    return {f.name: f.value for f in scores(*made)}


def test_the_worked_example_of_the_reference_scorer() -> None:
    """Pradhan et al. 2014, section 4."""
    found = figures(["abc", "defg"], ["ab", "cd", "fghi"])
    assert found["MUC"] == pytest.approx(0.40)
    assert found["B3"] == pytest.approx(0.4545, abs=1e-3)
    assert found["CEAFe"] == pytest.approx(0.52)
    assert found["CoNLL F1"] == pytest.approx((0.40 + 0.4545 + 0.52) / 3, abs=1e-3)


def test_two_groups_thrown_together() -> None:
    """Bagga and Baldwin 1998, figure 4: twelve mentions, the second and third group joined."""
    found = figures(["12345", "67", "89abc"], ["12345", "6789abc"])
    assert found["MUC"] == pytest.approx(2 * 0.9 / 1.9)
    assert found["B3"] == pytest.approx(2 * 0.7619 / 1.7619, abs=1e-3)


def test_singletons_have_no_links() -> None:
    assert figures(["a", "b"], ["a", "b"]) == {
        "CoNLL F1": pytest.approx(2 / 3),
        "MUC": 0.0,
        "B3": 1.0,
        "CEAFe": 1.0,
    }


partitions = st.lists(st.integers(0, 4), min_size=2, max_size=12)


@given(partitions, partitions)
def test_scores_are_shares_and_have_no_side(gold: list[int], said: list[int]) -> None:
    both = min(len(gold), len(said))
    one, two = (groups(dict(enumerate(side[:both]))) for side in (gold, said))
    there, back = scores(one, two), scores(two, one)
    for a, b in zip(there, back, strict=True):
        assert 0 <= a.value <= 1 + 1e-9
        assert a.value == pytest.approx(b.value)
    assert all(f.value == pytest.approx(1) for f in scores(one, one) if f.name in ("B3", "CEAFe"))


def written(path: Path, *rows: Any) -> str:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf8")
    return str(path)


def document(doc: str, words: str, *chains: tuple[int, str | None], subtopic: str = "1") -> dict[str, Any]:
    mentions = [
        {"type": "ACTION_OCCURRENCE", "tok": [at], "valid": True} | ({"chain": chain} if chain else {})
        for at, chain in chains
    ]
    tokens = [[word, 0] for word in words.split()]
    person = {"type": "HUMAN_PART_PER", "tok": [0], "chain": "P", "valid": True}
    return {
        "doc": doc, "topic": 1, "subtopic": subtopic, "tokens": tokens, "valid_sentences": [0],
        "mentions": [*mentions, person],
    }  # fmt: skip


FIRE = "Syldavia mourns the fire that burned the royal palace of Klow on Monday"


def ecb(tmp_path: Path) -> Outcome:
    rows = (
        document("a", FIRE, (3, "FIRE"), (5, "BURN")),
        document("b", FIRE.replace("mourns", "rues"), (3, "FIRE"), (5, "BURN")),
        document("c", "Ruritania crowned Rudolf after fires on ferries and piers", (1, None), subtopic="2"),
    )
    return ecbplus.measure(written(tmp_path / "e.jsonl", *rows), NOBODY)


def test_ecbplus(tmp_path: Path) -> None:
    outcome = ecb(tmp_path)
    assert (outcome["mentions"], outcome["events"]) == (5, 3)
    assert outcome["documents given: CoNLL F1"] == pytest.approx(1)
    assert outcome["documents not given: CoNLL F1"] == pytest.approx(1)
    assert outcome["groups of documents found"] == 2


def test_meantime(tmp_path: Path) -> None:
    rows = [
        {
            "corpus": "trade", "doc_id": doc, "tokens": [[word, 0] for word in FIRE.split()],
            "mentions": [{"tag": "EVENT_MENTION", "m_id": "1", "tok": [3]},
                         {"tag": "EVENT_MENTION", "m_id": "2", "tok": [5]}],
            "instances": [{"tag": "EVENT", "m_id": "9", "instance_id": "F"}, {"tag": "EVENT", "m_id": "8"}],
            "relations": [{"tag": "REFERS_TO", "src": ["1"], "tgt": ["9"]},
                          {"tag": "REFERS_TO", "src": ["2"], "tgt": ["8"]}],
        }
        for doc in ("a", "b")
    ]  # fmt: skip
    other = [[word, 0] for word in ["Ruritania", "crowned", "Rudolf", "on", "a", "ferry"]]
    rows.append({**rows[0], "doc_id": "c", "tokens": other, "mentions": []})
    outcome = meantime.measure(written(tmp_path / "m.jsonl", *rows), NOBODY)
    assert (outcome["mentions"], outcome["events"]) == (2, 1)
    assert outcome["documents given: MUC"] == 1


@pytest.mark.parametrize("measure", [ecbplus.measure, meantime.measure])
@pytest.mark.parametrize("row", [{}, {"doc": "a", "doc_id": "a", "tokens": 3}, {"doc": "a", "tokens": [[1]]}])
def test_another_form(tmp_path: Path, measure: Any, row: Any) -> None:
    with pytest.raises(WrongForm, match=r"line 1|wanted"):
        measure(written(tmp_path / "x.jsonl", row), NOBODY)
