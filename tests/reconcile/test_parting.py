"""Where accounts part, of what kind, and which reports are one origin."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chancery.reconcile import Book, Telling, differences, near_duplicates, occurrence, origins, rosters
from chancery.reconcile.parting import partings
from chancery.reconcile.rosters import parted
from chancery.reconcile.wares import parted as wares_parted
from chancery.reconcile.wares import wares
from chancery.records import Difference, Event, Link, Mention, Span
from tests.factories import make_amount, make_event, make_link, make_speaker, make_time
from tests.reconcile.made import lent, told

LATER = date(2009, 6, 14)


@pytest.mark.parametrize(
    ("one", "two", "found"),
    [
        ({"status": "planned"}, {"status": "occurred"}, ("status", "update")),
        ({"status": "occurred"}, {"status": "planned"}, ("status", "misreading")),
        ({"recipients": ("RUR", "SYL")}, {}, ("recipients", "scope")),
        ({}, {"recipients": ("SYL",)}, ("recipients", "misreading")),
        ({"amounts": (make_amount(1e9),)}, {"amounts": (make_amount(1.02e9),)}, ("amounts", "rounding")),
        ({"amounts": (make_amount(1e9),)}, {"amounts": (make_amount(9e8, "EUR"),)}, ("amounts", "rounding")),
        ({"amounts": (make_amount(1e9),)}, {"amounts": (make_amount(1e10),)}, ("amounts", "misreading")),
        ({"amounts": (make_amount(1e9),)}, {"amounts": (make_amount(3e9),)}, ("amounts", "update")),
        ({"time": make_time(date(2009, 5, 1))}, {"time": make_time(date(2009, 5, 2))}, ("time", "rounding")),
        (
            {"time": make_time(date(2009, 5, 1))},
            {"time": make_time(date(2009, 5, 9))},
            ("time", "misreading"),
        ),
        (
            {"status": "planned", "time": make_time(date(2009, 7, 1))},
            {"status": "planned", "time": make_time(date(2009, 8, 1))},
            ("time", "update"),
        ),
        (
            {"amounts": (make_amount(1e9),), "speakers": (make_speaker("Rudolf", "RUR"),)},
            {"amounts": (make_amount(3e9),), "speakers": (make_speaker("Ottokar", "BOR"),)},
            ("amounts", "dispute"),
        ),
        ({}, {}, None),
        ({"amounts": (make_amount(1e9),)}, {}, None),
        (
            {"time": make_time(date(2009, 5, 1), date(2009, 5, 31))},
            {"time": make_time(date(2009, 5, 4))},
            None,
        ),
    ],
)
def test_kinds(one: dict[str, Any], two: dict[str, Any], found: tuple[str, str] | None) -> None:
    parts = list(partings(lent("a", **one), lent("b", on=LATER, **two)))
    assert [(p.field, p.kind) for p in parts] == ([] if found is None else [found])
    assert all(p.reason for p in parts)


def told_apart(*tellings: Telling, **more: Any) -> tuple[Difference, ...]:
    book = Book()
    book.join(tellings)
    (members,) = book.of.values()
    texts = more.get("texts", {})
    return differences(
        occurrence(members, texts), members, texts, more.get("events", {}), more.get("links", {})
    )


def test_a_difference_has_both_sides_with_their_passages() -> None:
    one = lent("a", "a loan for a railway", status="planned")
    two = lent("b", "a loan for a railway", on=LATER)
    (found,) = told_apart(one, two)
    assert [(s.report, s.event, s.value) for s in found.sides] == [
        ("desk a", "a", "planned"),
        ("desk b", "b", "occurred"),
    ]
    assert found.sides[0].span == one.event.sentence


def test_a_third_report_that_agrees_adds_nothing() -> None:
    words = "a loan for a railway"
    two = [lent(i, words, amounts=(make_amount(1.02e9),), on=LATER) for i in ("b", "c")]
    found = told_apart(lent("a", words, amounts=(make_amount(1e9),)), *two)
    assert [d.field for d in found] == ["amounts"]


def test_copies_that_differ_are_of_one_origin() -> None:
    words = "Borduria lends Ruritania crowns for railways, harbours, schools, bridges and roads"
    one = lent("a", words, amounts=(make_amount(1e9),))
    two = lent("b", words, amounts=(make_amount(1.02e9),))
    (found,) = told_apart(one, two)
    assert found.kind == "same_origin"


ARMS = (
    "Ruritania will buy six Su-30MK2 fighters, two Mi-17 helicopters and air defense systems.",
    "The contract is on MI-171 helicopters, SU-30 aircraft and Igla launchers.",
)


def test_goods_that_are_only_listed_count_too() -> None:
    deal: dict[str, Any] = {"act": "AGREE", "instrument": "arms", "actors": ("RUR",), "recipients": ("BOR",)}
    spans = [Span(0, len(text)) for text in ARMS]
    one = told("a", ARMS[0], by="a", sentence=spans[0], **deal)
    two = told("b", ARMS[1], by="b", sentence=spans[1], **deal)
    found = told_apart(one, two, texts=dict(zip("ab", ARMS, strict=True)))
    assert {(d.kind, *(s.value for s in d.sides)) for d in found} == {
        ("misreading", "two Mi-17", "MI-171 (no number)"),
        ("scope", "six Su-30MK2", "SU-30 (no number)"),
        ("scope", "air defense systems (no number)", "Igla (no number)"),
    }


@pytest.mark.parametrize(
    ("one", "two", "kinds"),
    [
        ("four F-16 jets", "six F-16 jets", ["misreading"]),
        ("four F-16 jets", "F-16 jets", []),
        ("F-16 jets", "Rafale jets", []),
        ("F-16 jets", "S-300 batteries", []),
        ("tanks", "tanks", []),
    ],
)
def test_which_goods_part(one: str, two: str, kinds: list[str]) -> None:
    found = [wares(text, Span(0, len(text))) for text in (one, two)]
    assert [kind for _, _, kind, _ in wares_parted(*found)] == kinds


def test_returns_of_which_only_one_report_tells() -> None:
    one, two = told("r1", "Ruritania recognized it", by="a"), told("r2", "Ruritania recognized it", by="b")
    events: dict[str, list[Event]] = {
        "a": [one.event, make_event("l", ("BOR",), ("RUR",), act="AID", instrument="loan")],
        "b": [two.event, make_event("p", ("BOR",), ("RUR",), act="AGREE", instrument="energy")],
    }
    links: dict[str, list[Link]] = {"a": [make_link("l", "r1")], "b": [make_link("p", "r2")]}
    (found,) = told_apart(one, two, events=events, links=links)
    assert (found.kind, found.field) == ("scope", "in return")
    links["b"] = [make_link("q", "r2")]
    events["b"].append(make_event("q", ("BOR",), ("RUR",), act="AID", instrument="loan"))
    assert told_apart(one, two, events=events, links=links) == ()


STORY = (
    "The envoys of both states met in the old town hall on Monday and agreed that the ferry across the "
    "strait shall run again, that its fare shall be paid in crowns, and that nobody need show papers."
)


@pytest.mark.parametrize(
    ("one", "two", "reason"),
    [
        ({}, {}, None),
        ({"publisher": "The Gazette"}, {"publisher": "The Gazette"}, "both are by The Gazette"),
        ({"words": STORY}, {"words": STORY.replace("old", "new")}, "the same words"),
        ({"speaker": "a Reuters correspondent"}, {"speaker": "Reuters"}, "back to Reuters"),
        ({"speaker": "officials", "words": "crowns"}, {"speaker": "officials", "words": "crowns"}, None),
        (
            {"speaker": "Rudolf", "words": "the loan is spent on ferries"},
            {"speaker": "President Rudolf", "words": "the loan was spent on a ferry"},
            "from Rudolf",
        ),
    ],
)
def test_origins(one: dict[str, str], two: dict[str, str], reason: str | None) -> None:
    made = []
    for id, told_so in (("a", one), ("b", two)):
        speakers = (make_speaker(told_so["speaker"]),) if "speaker" in told_so else ()
        telling = lent(id, told_so.get("words", ""), by=told_so.get("publisher", ""), speakers=speakers)
        from dataclasses import replace

        made.append(replace(telling, source=replace(telling.source, report=id)))
    found = origins(made, {})
    assert len(found) == (1 if reason else 2)
    assert not reason or reason in found[0].reason
    assert sorted(r for o in found for r in o.reports) == ["a", "b"]


def test_copied_texts_are_found_without_comparing_all() -> None:
    texts = {"a": STORY, "b": STORY.replace("Monday", "Tuesday"), "c": "Nothing was agreed; they went home."}
    assert near_duplicates(texts) == (("a", "b"),)
    assert near_duplicates({"a": STORY}) == ()
    found = origins([lent("x", by="a"), lent("y", by="b"), lent("z", by="c")], texts)
    assert [o.reports for o in found] == [("a", "b"), ("c",)]


def roster_of(report: str, text: str, *names: tuple[str, str]) -> Any:
    mentions = []
    for words, actor in names:
        at = text.index(words)
        mentions.append(Mention(Span(at, at + len(words)), words, actor, actor, "name"))
    return rosters(report, date(2009, 10, 20), text, mentions)


MEMBERS = (("ALBA", "ALBA"), ("Venezuela", "VEN"), ("Cuba", "CUB"), ("Bolivia", "BOL"))


def test_lists_of_members_part() -> None:
    one = roster_of(
        "a", "ALBA comprises Venezuela, Cuba, Bolivia and Dominica.", *MEMBERS, ("Dominica", "DMA")
    )
    other = "ALBA (Venezuela, Cuba, Bolivia, and the Dominican Republic) met."
    two = roster_of("b", other, *MEMBERS, ("Dominican Republic", "DOM"))
    found = parted(one[0], two[0])
    assert found is not None
    assert (found.kind, found.subject) == ("misreading", "members:ALBA")
    assert "DMA as a member" in found.reason
    assert parted(one[0], one[0]) is None


@pytest.mark.parametrize(
    "text",
    [
        "ALBA met. Venezuela, Cuba, Bolivia and Dominica have coasts.",
        "ALBA envoys toured Venezuela, Cuba, Bolivia and Dominica.",
    ],
)
def test_other_lists_are_no_members(text: str) -> None:
    assert roster_of("a", text, *MEMBERS, ("Dominica", "DMA")) == ()
