"""Words and sums in a ledger: by stems, as they stand, by their beginnings; hostile ones find nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chancery.ledger import AmountQuery, Ledger, Ruling
from chancery.records import Span
from tests.factories import full_reading, make_amount, make_event, make_reading, make_report

TOLD = "Borduria is lending Ruritania 30 million euros. Syldavia's loans to Graustark were refused in Zürich."


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    report = replace(make_report(TOLD, publisher="The Times"), title="Two banks")
    cut = TOLD.index(". ") + 1
    one = make_event("c3", ("BOR",), ("RUR",), act="AID", trigger=Span(12, 19), trigger_text="lending",
                     sentence=Span(0, cut), amounts=(make_amount(3e7, currency="EUR"),))  # fmt: skip
    other = make_event("d4", ("SYL",), ("GRA",), act="AID", trigger=Span(59, 64), trigger_text="loans",
                       sentence=Span(cut + 1, len(TOLD)))  # fmt: skip
    ledger.store(full_reading())
    ledger.store(make_reading([one, other], report=report))
    return ledger


def lines(ledger: Ledger, words: str, amount: AmountQuery | None = None) -> list[str]:
    return [line.event.id for line in ledger.saying(words, 5, amount)]


def test_words_are_found_in_any_form(filled: Ledger) -> None:
    assert lines(filled, "lend") == ["c3"]
    assert lines(filled, "LOAN refuse") == ["d4"]
    assert lines(filled, "loan lending") == []
    assert lines(filled, "graustark recognizing") == ["a1", "b2"]


def test_words_in_quotation_marks_stand_together_and_an_asterisk_ends_a_beginning(filled: Ledger) -> None:
    assert lines(filled, '"lending Ruritania"') == ["c3"]
    assert lines(filled, '"Ruritania lending"') == []
    assert lines(filled, "grau* loans") == ["d4"]
    assert lines(filled, "grau") == []


def test_reports_are_found_by_text_and_title(filled: Ledger) -> None:
    assert [r.title for r in filled.reports_saying("banks", 5)] == ["Two banks"]
    assert [r.publisher for r in filled.reports_saying("envoy ferry", 5)] == ["The Strelsau Gazette"]
    assert filled.reports_saying("envoy Syldavia", 5) == ()


@pytest.mark.parametrize(
    ("amount", "found"),
    [
        (AmountQuery(low=1e7), ["c3", "b2"]),
        (AmountQuery(low=1e9, high=1e9), ["b2"]),
        (AmountQuery(high=1e8, currency="EUR"), ["c3"]),
        (AmountQuery(high=1e8, currency="USD"), []),
        (AmountQuery(low=1e7, unit="tonnes"), []),
    ],
)
@pytest.mark.parametrize("few", [0, 5000])
def test_sums_are_found_as_numbers(
    filled: Ledger, amount: AmountQuery, found: list[str], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chancery.ledger.searching.FEW", few)  # both ways of finding them
    assert lines(filled, "", amount) == found
    assert lines(filled, "ruritania", amount) == found
    assert lines(filled, "refused", amount) == []


def test_a_judged_line_is_found_as_it_stands(filled: Ledger) -> None:
    now = filled.event("d4")
    filled.judge(Ruling("correct", "Ann", ("d4",), replace(now.event, act="SUPPORT")))
    (found,) = filled.saying("refused", 5)
    assert found.event.act == "SUPPORT"
    filled.judge(Ruling("reject", "Ann", ("d4",), why="no"))
    assert lines(filled, "refused") == []
    assert lines(filled.at(now.report.read_at), "refused") == ["d4"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=40) | st.text(alphabet="\"'*:()^-+{}&|!<>\\ \0aN_NEAR\ud800é", max_size=40))
def test_whatever_is_searched_for_does_no_harm(filled: Ledger, words: str) -> None:
    assert len(lines(filled, words)) <= 4
    assert len(filled.reports_saying(words, 5)) <= 2


def test_a_search_for_nothing_finds_nothing(filled: Ledger) -> None:
    assert lines(filled, "") == lines(filled, ' "" * -') == []
    assert filled.reports_saying("?!", 5) == ()
