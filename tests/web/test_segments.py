"""A report's text cut at its marks: nothing is lost, and each character stays one."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from chancery.records import Party, Span
from chancery.web.segments import as_text, segments
from chancery.wording.shown import UNSHOWN
from tests.factories import TEXT, full_reading, make_event


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


@given(st.text())
def test_each_character_is_one_character_and_nothing_is_markup(words: str) -> None:
    words = words.replace("\r", "")  # HTML takes it for a line end
    parser = Words()
    parser.feed(str(as_text(words)))
    parser.close()
    hidden = {c for c in words if unicodedata.category(c) in UNSHOWN} - {"\n", "\t"}
    assert parser.words == "".join("\ufffd" if c in hidden else c for c in words)
    assert parser.tags <= {"span"}


def test_an_override_of_direction_is_shown_by_its_name() -> None:
    made = str(as_text("pay \u202e100"))
    assert "\u202e" not in made
    assert "U+202E RIGHT-TO-LEFT OVERRIDE" in made


def test_the_segments_are_the_text_and_bear_the_marks_of_the_lines() -> None:
    events = full_reading().events
    made = list(segments(TEXT, events))
    assert "".join(part.words for part in made) == TEXT
    act = next(part for part in made if part.words == "recognized" and part.acts)
    assert "a1" in act.acts
    assert "a1:in" in act.lines
    place = next(part for part in made if part.words == "Zenda")
    assert place.kind == "where"


spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda two: Span(min(two), max(two)))


@given(st.lists(spans, max_size=8), spans)
def test_marks_may_overlap_in_any_way(parties: list[Span], trigger: Span) -> None:
    told = tuple(Party("RUR", None, None, "x", span) for span in parties)
    event = replace(make_event("a1", trigger=trigger, sentence=Span(0, 50)), actors=told)
    made = list(segments(TEXT, (event,)))
    assert "".join(part.words for part in made) == TEXT
    for part in made:
        inside = any(s.start <= part.start < s.end for s in parties)
        assert inside == any(kind == "by" for _, kind in part.marks)


def test_names_of_characters_are_escaped() -> None:
    assert unescape(str(as_text("<b>&"))) == "<b>&"
    assert "<b>" not in str(as_text("<b>&"))
