"""The line format of annotators: words to offsets and back, and every fault named."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.lines import lines_of, parse

TEXT = "Borduria, which owes Ruritania $2 million, said on Monday it would return two ferries if paid."
KNOWN = {"k1": {"key": "k1", "published": "2009-06-10", "source": "written", "text": TEXT}}
LINES = """# k1
return ; RETREAT ;  ; BOR[Borduria] ; RUR[Ruritania] ; conditional ; BOR ; Borduria=BOR ; \
2009-06-08[on Monday] ;  ; 2 ferries[two ferries]
paid ; AID ; payment ; - [x] ; BOR[it@2] ; possible
link condition 1 2 "if"
"""


def read(lines: str) -> tuple[list[dict[str, Any]], list[str]]:
    return parse(lines.splitlines(), KNOWN)


def test_words_become_offsets() -> None:
    rows, faults = read(LINES.replace("- [x]", "RUR[Ruritania]"))
    assert faults == []
    (row,) = rows
    first = row["events"][0]
    assert TEXT[slice(*first["trigger"])] == "return"
    assert first["held_by"] == ["BOR"]
    assert first["speakers"] == [{"actor": "BOR", "span": [0, 8]}]
    assert first["time"] == {"value": "2009-06-08", "span": [48, 57]}
    assert first["goods"][0]["count"] == 2
    assert row["links"] == [{"kind": "condition", "give": 0, "take": 1, "cue": [86, 88]}]


def test_a_text_without_an_act_is_kept() -> None:
    rows, faults = read("# k1\n")
    assert (rows[0]["events"], faults) == ([], [])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("# k2", "no text has this key"),
        ("# k1\nsold ; AID ;  ;  ;  ; occurred", "trigger 'sold' does not stand in the text"),
        ("# k1\nfer ; AID ;  ;  ;  ; occurred", "cuts a word"),
        ("# k1\nreturn ; GIVE ;  ;  ;  ; occurred", "act 'GIVE' is unknown; allowed are AGREE"),
        ("# k1\nreturn ; AID ; gift ;  ;  ; occurred", "instrument 'gift' is unknown"),
        ("# k1\nreturn ; AID ;  ;  ;  ; done", "status 'done' is unknown"),
        ("# k1\nreturn ; AID ;  ; Borduria ;  ; occurred", "a party is ID[words]"),
        ("# k1\nreturn ; AID ;  ;  ;  ; occurred ;  ; Borduria", "a speaker is words=ID"),
        ("# k1\nreturn ; AID ;  ;  ;  ; occurred ;  ;  ; Monday", "a time is"),
        ("# k1\nlink swap 1 2", "is no link"),
        ("# k1\nreturn ; AID ;  ;  ;  ; occurred\nlink condition 1 2 if", "line 2, which is not there"),
    ],
)
def test_faults_say_what_was_found(line: str, told: str) -> None:
    assert any(told in fault for fault in read(line)[1])


def test_the_second_place_of_a_word() -> None:
    known = {"k": {"key": "k", "published": "2009-06-10", "source": "written", "text": "Aid for aid: Aid."}}
    rows, faults = parse(["# k", "Aid@2 ; AID ;  ;  ;  ; occurred"], known)
    assert faults == []
    assert rows[0]["events"][0]["trigger"] == [13, 16]
    assert "Aid@2 ;" in lines_of(rows[0])


@given(st.data())
def test_what_is_written_reads_the_same(data: st.DataObject) -> None:
    """Any annotation over whole words survives writing it as lines and reading it again."""
    words = data.draw(st.lists(st.sampled_from(["Ruritania", "aid", "gave", "its", "Borduria"]), min_size=3))
    text = " ".join(words)
    bounds, at = [], 0
    for word in words:
        bounds.append([at, at + len(word)])
        at += len(word) + 1
    span = st.sampled_from(bounds)
    party = st.fixed_dictionaries({"id": st.sampled_from(["RUR", None]), "span": st.one_of(st.none(), span)})
    event = st.fixed_dictionaries(
        {
            "trigger": span,
            "act": st.just("AID"),
            "instrument": st.sampled_from([None, "loan"]),
            "actors": st.lists(party, max_size=2),
            "recipients": st.lists(party, max_size=2),
            "status": st.sampled_from(["occurred", "promised"]),
            "held_by": st.lists(st.just("RUR"), max_size=1),
            "speakers": st.lists(st.fixed_dictionaries({"actor": st.just("RUR"), "span": span}), max_size=1),
            "time": st.just(None),
            "amounts": st.just([]),
            "goods": st.just([]),
        }
    )
    row = {"key": "k", "published": "2009-06-10", "source": "written", "text": text}
    row |= {"events": data.draw(st.lists(event, max_size=3)), "links": []}
    again, faults = parse(lines_of(row).splitlines(), {"k": row})
    assert faults == []
    assert again == [row]
