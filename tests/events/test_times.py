"""Time expressions against a report's date: words -> first day, last day, precision."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from chancery.events.time_values import easter_sunday
from chancery.events.times import find_times, read_time
from tests.trees import tree

PUBLISHED = date(2009, 10, 26)  # a Monday

TABLE = [
    ("in September 2008", "2008-09-01", "2008-09-30", "month"),
    ("on 9 April 2003", "2003-04-09", "2003-04-09", "day"),
    ("on April 9, 2003", "2003-04-09", "2003-04-09", "day"),
    ("on 2003-04-09", "2003-04-09", "2003-04-09", "day"),
    ("on October 24", "2009-10-24", "2009-10-24", "day"),
    ("on December 30", "2008-12-30", "2008-12-30", "day"),
    ("last December", "2008-12-01", "2008-12-31", "month"),
    ("this April", "2009-04-01", "2009-04-30", "month"),
    ("next January", "2010-01-01", "2010-01-31", "month"),
    ("in August", "2009-08-01", "2009-08-31", "month"),
    ("by December", "2009-12-01", "2009-12-31", "month"),
    ("in September this year", "2009-09-01", "2009-09-30", "month"),
    ("in August and November last year", "2008-08-01", "2008-11-30", "range"),
    ("last week", "2009-10-19", "2009-10-25", "week"),
    ("next week", "2009-11-02", "2009-11-08", "week"),
    ("a week ago", "2009-10-19", "2009-10-25", "week"),
    ("three days ago", "2009-10-23", "2009-10-23", "day"),
    ("two months ago", "2009-08-01", "2009-08-31", "month"),
    ("five years ago", "2004-01-01", "2004-12-31", "year"),
    ("earlier this month", "2009-10-01", "2009-10-31", "month"),
    ("last year", "2008-01-01", "2008-12-31", "year"),
    ("last quarter", "2009-07-01", "2009-09-30", "quarter"),
    ("yesterday", "2009-10-25", "2009-10-25", "day"),
    ("on Friday", "2009-10-23", "2009-10-23", "day"),
    ("on Monday", "2009-10-26", "2009-10-26", "day"),
    ("next Friday", "2009-10-30", "2009-10-30", "day"),
    ("in 2004", "2004-01-01", "2004-12-31", "year"),
    ("on Friday, July 21, 2006", "2006-07-21", "2006-07-21", "day"),
    ("on the 9th of April 2003", "2003-04-09", "2003-04-09", "day"),
    ("on 08/19/2008", "2008-08-19", "2008-08-19", "day"),
    ("in early May", "2009-05-01", "2009-05-10", "range"),
    ("in mid-August", "2009-08-11", "2009-08-20", "range"),
    ("in late 2008", "2008-09-01", "2008-12-31", "range"),
    ("early next year", "2010-01-01", "2010-04-30", "range"),
    ("in the 1990s", "1990-01-01", "1999-12-31", "range"),
    ("in the early 1990s", "1990-01-01", "1993-12-31", "range"),
    ("in the nineties", "1990-01-01", "1999-12-31", "range"),
    ("in the 19th century", "1800-01-01", "1899-12-31", "range"),
    ("between 2004 and 2008", "2004-01-01", "2008-12-31", "range"),
    ("from 1998 through 2003", "1998-01-01", "2003-12-31", "range"),
    ("from May to September 2008", "2008-05-01", "2008-09-30", "range"),
    ("from November to February", "2008-11-01", "2009-02-28", "range"),
    ("in May 2008-July 2009", "2008-05-01", "2009-07-31", "range"),
    ("on May 3-5, 2009", "2009-05-03", "2009-05-05", "range"),
    ("from 3 to 5 May", "2009-05-03", "2009-05-05", "range"),
    ("from 28 April to 3 May 2009", "2009-04-28", "2009-05-03", "range"),
    ("in the first half of 2009", "2009-01-01", "2009-06-30", "range"),
    ("in the second quarter of 2008", "2008-04-01", "2008-06-30", "quarter"),
    ("in Q3 2009", "2009-07-01", "2009-09-30", "quarter"),
    ("in fiscal 2010", "2009-10-01", "2010-09-30", "range"),
    ("by the end of 2010", "2010-12-31", "2010-12-31", "day"),
    ("last summer", "2009-06-01", "2009-08-31", "range"),
    ("in the summer of 2008", "2008-06-01", "2008-08-31", "range"),
    ("this weekend", "2009-10-24", "2009-10-25", "range"),
    ("on Tuesday of last week", "2009-10-20", "2009-10-20", "day"),
    ("by Friday", "2009-10-30", "2009-10-30", "day"),
    ("over the past three years", "2006-10-26", "2009-10-26", "range"),
    ("twenty-five years ago", "1984-01-01", "1984-12-31", "year"),
    ("on Christmas Day", "2008-12-25", "2008-12-25", "day"),
    ("at Easter 2008", "2008-03-23", "2008-03-23", "day"),
]


@pytest.mark.parametrize(("words", "start", "end", "precision"), TABLE)
def test_expression(blank: Language, words: str, start: str, end: str, precision: str) -> None:
    """One expression in a plain sentence."""
    doc = blank(f"The minister signed the contract {words}.")
    (time,) = find_times(doc, PUBLISHED)
    assert (str(time.start), str(time.end), time.precision) == (start, end, precision)
    assert time.span.of(doc.text) == time.text


def test_narrative_year(blank: Language) -> None:
    """A bare month follows the year told before it in the sentence."""
    doc = blank("He announced it in September 2008, and in December the loan came.")
    assert [str(t.start) for t in find_times(doc, PUBLISHED)] == ["2008-09-01", "2008-12-01"]


NARRATIVE = [
    ("He came on May 3, 2009. Two days later he left.", "2009-05-05", "2009-05-05"),
    ("He came in May 2009, and the following month he left.", "2009-06-01", "2009-06-30"),
    ("He came on 3 June 2008; the same day he left.", "2008-06-03", "2008-06-03"),
    ("He came on 3 June 2008, and left the next year.", "2009-01-01", "2009-12-31"),
    ("He fell in May 2005; a year earlier he had won.", "2004-01-01", "2004-12-31"),
]


@pytest.mark.parametrize(("words", "start", "end"), NARRATIVE)
def test_narrative(blank: Language, words: str, start: str, end: str) -> None:
    """What is counted from the time told before."""
    time = find_times(blank(words), PUBLISHED)[-1]
    assert (str(time.start), str(time.end)) == (start, end)


@pytest.mark.parametrize(
    "words", ["two days later", "the following month", "the same day", "the year before"]
)
def test_no_narrative_no_guess(blank: Language, words: str) -> None:
    """Without a time told before, nothing is counted from it."""
    assert find_times(blank(f"They met {words}."), PUBLISHED) == ()


TENSES = [
    ("The two will meet on Tuesday.", "2009-10-27"),
    ("The two met on Tuesday.", "2009-10-20"),
    ("The loan is due in May.", "2010-05-01"),
    ("The loan came in May.", "2009-05-01"),
    ("They will sign on January 5.", "2010-01-05"),
    ("They signed on January 5.", "2009-01-05"),
]


@pytest.mark.parametrize(("words", "start"), TENSES)
def test_tense_without_a_tree(blank: Language, words: str, start: str) -> None:
    """Weekdays and months without a year look ahead where the words do."""
    (time,) = find_times(blank(words), PUBLISHED)
    assert str(time.start) == start


def test_tense_by_the_tree() -> None:
    """Of two weekdays each follows the verb above it."""
    doc = tree("""
        Borduria 2 nsubj PROPN
        said 0 root VERB
        on 4 case ADP
        Tuesday 2 obl PROPN
        envoys 7 nsubj NOUN
        will 7 aux AUX
        arrive 2 ccomp VERB
        on 9 case ADP
        Thursday 7 obl PROPN
    """)
    assert [str(t.start) for t in find_times(doc, PUBLISHED)] == ["2009-10-20", "2009-10-29"]


@pytest.mark.parametrize(
    ("words", "told", "start", "end"),
    [
        ("2022", None, "2022-01-01", "2022-12-31"),
        ("Monday , October 26 , 2009", None, "2009-10-26", "2009-10-26"),
        ("[ Ten ] years ago", None, "1999-01-01", "1999-12-31"),
        ("November 20", None, "2009-11-20", "2009-11-20"),
        ("the year before", "2005", "2004-01-01", "2004-12-31"),
        ("weekend", None, "2009-10-24", "2009-10-25"),
    ],
)
def test_words_given_as_a_time(words: str, told: str | None, start: str, end: str) -> None:
    """Words known to be a time need no preposition."""
    time = read_time(words, PUBLISHED, read_time(told, PUBLISHED) if told else None)
    assert time is not None
    assert (str(time.start), str(time.end)) == (start, end)


@pytest.mark.parametrize("year", [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2009, 4, 12), (2038, 4, 25)])
def test_easter(year: tuple[int, int, int]) -> None:
    """Against the dates of the calendar."""
    assert easter_sunday(year[0]) == date(*year)


@pytest.mark.parametrize("words", ["last week", "on Friday", "in August", "yesterday", "on October 24"])
def test_no_date_no_guess(blank: Language, words: str) -> None:
    """Without the report's date nothing relative is resolved."""
    assert find_times(blank(f"They met {words}."), None) == ()


@pytest.mark.parametrize(
    "words",
    [
        "He may march on.",
        "on February 30, 2009",
        "in 15,000 cases",
        "5,000 years ago",
        "of 2000 troops",
        "on 5/6/2009",
        "a Su-30 in 100 parts",
        "Resolution 1973",
        "between 2008 and 2004 cases",
    ],
)
def test_not_a_time(blank: Language, words: str) -> None:
    """Modals, impossible days and numbers are no times."""
    assert find_times(blank(words), PUBLISHED) == ()


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("in the next year", "2009-10-26", "2010-10-26"),
        ("over the past month", "2009-09-26", "2009-10-26"),
        ("within the coming week", "2009-10-26", "2009-11-02"),
    ],
)
def test_a_stretch_of_one(blank: Language, words: str, start: str, end: str) -> None:
    """One unit from the report's day on, or up to it, not the calendar's next or last."""
    (time,) = find_times(blank(f"They held talks {words}."), PUBLISHED)
    assert (str(time.start), str(time.end), time.precision) == (start, end, "range")


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("He came in May 2008, but did not sign then.", "2008-05-01", "2008-05-31"),
        ("He came in May 2008. They have not met since then.", "2008-05-01", "2009-10-26"),
        ("The two met on 3 June 2008. By then the loan was paid.", "2008-06-03", "2008-06-03"),
    ],
)
def test_then(blank: Language, words: str, start: str, end: str) -> None:
    """Then is the time told before."""
    time = find_times(blank(words), PUBLISHED)[-1]
    assert (str(time.start), str(time.end)) == (start, end)


@pytest.mark.parametrize("words", ["Then they signed.", "They signed and then left.", "They met then."])
def test_then_without_a_time_before_is_none(blank: Language, words: str) -> None:
    assert find_times(blank(words), PUBLISHED) == ()


def test_a_year_before_a_noun() -> None:
    """It is a time where it modifies the noun; "2000 troops" are counted."""
    doc = tree("""
        the 3 det DET
        2008 3 nummod NUM
        war 0 root NOUN
        with 7 case ADP
        some 6 advmod ADV
        2000 7 nummod NUM
        troops 3 nmod NOUN troop
    """)
    doc[2].tag_, doc[6].tag_ = "NN", "NNS"
    assert [t.text for t in find_times(doc, PUBLISHED)] == ["2008"]


def test_a_year_behind_does_not_hold_for_what_lies_ahead() -> None:
    """ "Leader since 2005, he will step down after November 1": the coming one."""
    doc = tree("""
        Leader 6 advcl NOUN
        since 3 case ADP
        2005 1 nmod NUM
        he 6 nsubj PRON
        will 6 aux AUX
        resign 0 root VERB
        after 8 case ADP
        November 6 obl PROPN
        1 8 nummod NUM
    """)
    assert [str(t.start) for t in find_times(doc, PUBLISHED)] == ["2005-01-01", "2009-11-01"]


def test_what_was_due_lies_ahead_and_what_was_inflicted_behind() -> None:
    doc = tree("""
        He 3 nsubj PRON
        was 3 cop AUX be
        due 0 root ADJ
        to 5 mark PART
        attend 3 xcomp VERB
        talks 5 obj NOUN talk
        on 8 case ADP
        Tuesday 5 obl PROPN
    """)
    doc[2].tag_ = "JJ"
    assert [str(t.start) for t in find_times(doc, PUBLISHED)] == ["2009-10-27"]
    doc = tree("""
        Donors 2 nsubj NOUN donor
        pledge 0 root VERB
        aid 2 obj NOUN
        for 5 case ADP
        damage 2 obl NOUN
        inflicted 5 acl VERB inflict
        in 8 case ADP
        November 6 obl PROPN
    """)
    doc[5].tag_ = "VBN"
    assert [str(t.start) for t in find_times(doc, PUBLISHED)] == ["2008-11-01"]
