"""Typed fields: each value in the annotators' form, and what is said of wrong ones."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.errors import UsageError
from chancery.records import Span
from chancery.review import EDITABLE, edited, new_line
from chancery.review.editing import sentence_around
from tests.factories import TEXT, full_reading, make_event

LOAN = full_reading().events[1]


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


@pytest.mark.parametrize(
    ("field", "typed", "seen"),
    [
        ("act", "REJECT", "REJECT"),
        ("instrument", "visit", "visit"),
        ("instrument", "none", None),
        ("status", "planned", "planned"),
        ("held_by", "BOR, RUR", ("BOR", "RUR")),
        ("held_by", "", ()),
        ("time", "none", None),
        ("place", "none", None),
        ("amounts", "none", ()),
        ("goods", "none", ()),
        ("speakers", "none", ()),
    ],
)
def test_plain_values(field: str, typed: str, seen: object) -> None:
    assert getattr(edited(LOAN, field, typed, TEXT), field) == seen


def test_codes_follow_the_act_and_its_status() -> None:
    assert edited(LOAN, "act", "REJECT", TEXT).codes.plover_event == "REJECT"
    assert edited(LOAN, "status", "promised", TEXT).codes.plover_event == "AGREE"


def test_parties_keep_their_words_or_get_those_in_brackets() -> None:
    made = edited(make_event("a"), "actors", "RUR, BOR[Borduria]", TEXT)
    assert [(p.id, p.text, p.span) for p in made.actors] == [
        ("RUR", "", None),
        ("BOR", "Borduria", span("Borduria")),
    ]


@pytest.mark.parametrize(
    ("typed", "start", "end", "precision"),
    [
        ("2009", date(2009, 1, 1), date(2009, 12, 31), "year"),
        ("2008-02[in May]", date(2008, 2, 1), date(2008, 2, 29), "month"),
        ("2009-05-03", date(2009, 5, 3), date(2009, 5, 3), "day"),
        ("2009-05/2009-06", date(2009, 5, 1), date(2009, 6, 30), "range"),
    ],
)
def test_times(typed: str, start: date, end: date, precision: str) -> None:
    time = edited(LOAN, "time", typed, TEXT).time
    assert time is not None
    assert (time.start, time.end, time.precision) == (start, end, precision)


def test_speakers_places_sums_and_things() -> None:
    line = edited(LOAN, "speakers", "its envoy=BOR", TEXT)
    assert line.speakers == LOAN.speakers
    line = edited(line, "place", "Zenda=RUR", TEXT)
    assert line.place == LOAN.place
    (amount,) = edited(line, "amounts", "1e9 USD[$1 billion]", TEXT).amounts
    assert (amount.value, amount.currency, amount.span) == (1e9, "USD", span("$1 billion"))
    (goods,) = edited(line, "goods", "2 ferries[two ferries]", TEXT).goods
    assert (goods.count, goods.item, goods.category) == (2, "ferries", "ships")


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("colour", "red", "'colour' is no field; fields are act, instrument"),
        ("act", "HELP", "act 'HELP' is unknown; allowed are AGREE"),
        ("actors", "RUR[Atlantis]", "'Atlantis' does not stand in the report's text"),
        ("actors", "RUR[Ruri]", "does not stand"),
        ("actors", "RUR] BOR", "are not understood from"),
        ("time", "soon", "is not understood"),
        ("time", "2009-13", "is no day, month or year"),
        ("time", "2009-06/2009-05", "ends before it begins"),
        ("speakers", "somebody", "a speaker is words=ID"),
        ("amounts", "much money", "are not understood"),
        ("goods", "two ferries", "are not understood"),
    ],
)
def test_wrong_values_are_told(field: str, typed: str, told: str) -> None:
    with pytest.raises(UsageError, match="(?s)" + told.replace("[", r"\[")):
        edited(LOAN, field, typed, TEXT)


def test_every_field_of_a_line_can_be_edited() -> None:
    from chancery.ledger import FIELDS

    assert set(EDITABLE) == set(FIELDS)


def test_a_new_line_stands_on_its_words() -> None:
    line = new_line("AID", "lent", TEXT)
    assert (line.trigger, line.sentence.of(TEXT)) == (span("lent"), TEXT[39:])
    with pytest.raises(UsageError, match="'gave' does not stand"):
        new_line("AID", "gave", TEXT)


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("One. Two here. Three.", "here", "Two here."),
        ("Title\n\nIt said so", "said", "It said so"),
        ('He said: "Go." She went!', "went", "She went!"),
        ("alone", "alone", "alone"),
    ],
)
def test_sentences_around_words(text: str, words: str, sentence: str) -> None:
    at = text.index(words)
    assert sentence_around(text, Span(at, at + len(words))).of(text) == sentence
