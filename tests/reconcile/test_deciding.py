"""Which tellings are one act: what speaks for it, what forbids it, and who has the last word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.errors import KnowledgeError
from chancery.knowledge import reconcile_data as data
from chancery.reconcile import Book, Rulings, Telling
from chancery.reconcile.blocking import keys
from chancery.reconcile.contradictions import contradiction
from chancery.reconcile.features import scored
from chancery.records import Span
from tests.factories import make_amount, make_time
from tests.reconcile.made import DAY, lent, told, told_of_all

MAY = make_time(date(2009, 5, 1), date(2009, 5, 31))
LATER = date(2009, 6, 12)


def homes(*tellings: Telling, rulings: Rulings | None = None) -> list[set[str]]:
    """The ids of events that ended up together, in the order of their occurrences."""
    book = Book(rulings)
    book.join(tellings)
    return [{p.telling.event.id for p in placed} for placed in book.of.values()]


def test_two_reports_of_one_loan_are_one_act() -> None:
    one = lent("a", "Borduria lent Ruritania a billion crowns in May.", time=MAY)
    two = lent("b", "The loan that Borduria gave was of a billion crowns.", on=LATER)
    assert homes(one, two) == [{"a", "b"}]


def test_every_decision_has_its_reasons_and_they_add_up() -> None:
    one, two = lent("a", "a loan of crowns", time=MAY), lent("b", "a loan of crowns", time=MAY)
    score, reasons = scored(one, two)
    assert score == pytest.approx(sum(r.score or 0 for r in reasons))
    assert {"both_sides", "act", "instrument", "month", "often"} <= {r.source for r in reasons}
    book = Book()
    founder, joined = book.join([one, two])
    assert (founder.score, founder.reasons) == (None, ())
    assert joined.score == pytest.approx(score)
    assert joined.reasons == reasons


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"recipients": ("SYL",)}, "to RUR or SYL"),
        ({"actors": ("SYL",)}, "by BOR or SYL"),
        ({"actors": ("RUR",), "recipients": ("BOR",)}, "by BOR or RUR"),
        ({"actors": (), "recipients": ("BOR",)}, "to RUR or BOR"),
        ({"status": "not_occurred"}, "not done or refused"),
        ({"status": "requested"}, "asking for it"),
        ({"status": "possible"}, "possible only"),
        ({"act": "ASSAULT", "instrument": "force"}, "AID is not ASSAULT"),
        ({"amounts": (make_amount(1e9),)}, "that much"),
        ({"time": make_time(date(2008, 9, 1), date(2008, 9, 30))}, "days apart"),
    ],
)
def test_what_forbids_it(other: dict[str, Any], says: str) -> None:
    words = "Borduria lent Ruritania crowns for its railway in May."
    one = lent("a", words, time=MAY, amounts=(make_amount(2.2e9),))
    two = lent("b", words, **({"time": MAY} | other))
    said = contradiction(one, two)
    assert said is not None
    assert says in said
    assert contradiction(two, one) is not None
    assert homes(one, two) == [{"a"}, {"b"}]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (make_amount(2.2e9), make_amount(2.25e9)),
        (make_amount(200e6, bound="over"), make_amount(230e6)),
        (make_amount(1e9), make_amount(9e8, "EUR")),
        (make_amount(1e9, low=9e8, high=12e8), make_amount(1.15e9)),
    ],
)
def test_sums_that_may_be_one(a: Any, b: Any) -> None:
    assert contradiction(lent("a", amounts=(a,)), lent("b", amounts=(b,))) is None


def test_each_its_own_act_in_a_compound_event() -> None:
    both = told_of_all("b", "Ruritania and Borduria recognized it.", actors=("RUR", "BOR"))
    assert [t.part for t in both] == ["RUR", "BOR"]
    one = told("r", "Ruritania recognized Graustark.", on=LATER)
    two = told("s", "Borduria recognized Graustark.", actors=("BOR",), on=LATER)
    assert homes(*both, one, two) == [{"b", "r"}, {"b", "s"}]


def test_a_visit_is_not_split() -> None:
    assert len(told_of_all("v", act="CONSULT", instrument="visit", actors=("RUR", "BOR"))) == 1


def test_a_cluster_is_not_a_chain() -> None:
    """b fits a and c, but a and c contradict each other: b joins one of them only."""
    words = "Borduria lent crowns for a railway to the sea."
    a = lent("a", words, recipients=("RUR",))
    b = lent("b", words, recipients=())
    c = lent("c", words, recipients=("SYL",))
    assert sorted(map(len, homes(a, b, c))) == [1, 2]


def test_meetings_have_no_direction() -> None:
    change: dict[str, Any] = {"act": "CONSULT", "instrument": "talks"}
    one = told("a", "Talks on the ferry were held.", actors=("RUR",), recipients=("BOR",), **change)
    two = told("b", "They held talks on the ferry.", actors=("BOR", "RUR"), recipients=(), **change)
    assert homes(one, two) == [{"a", "b"}]


@pytest.mark.parametrize(("whom", "together"), [("ABK", True), ("VEN", False)])
def test_a_disputed_state_is_recognized_once(whom: str, together: bool) -> None:
    to: dict[str, Any] = {"recipients": (whom,)}
    first = told("a", "Ruritania recognized it in May 2008.", time=make_time(date(2008, 5, 3)), **to)
    later = told("b", "Ruritania, which recognized it, will send an envoy.", on=date(2014, 1, 1), **to)
    assert (homes(first, later) == [{"a", "b"}]) is together


def test_other_days_other_attacks() -> None:
    raid: dict[str, Any] = {"act": "ASSAULT", "instrument": "force"}
    one = told("a", "Bombers raided the harbour at night.", **raid)
    two = told("b", "Bombers raided the harbour at night.", on=DAY + timedelta(days=9), **raid)
    assert homes(one, two) == [{"a"}, {"b"}]


def seen(one: Telling, two: Telling) -> set[str]:
    """The features that gave or took points, in either order alike."""
    found = {reason.source for reason in scored(one, two)[1]}
    assert found == {reason.source for reason in scored(two, one)[1]}
    return found


@pytest.mark.parametrize(
    ("first", "second", "more"),
    [
        ("Borduria frees prisoners.", "Borduria frees another group.", True),
        ("Borduria frees prisoners.", "Borduria frees 3 more captives.", True),
        ("Borduria frees 400 prisoners.", "Borduria frees another 400 captives.", False),
        ("Borduria frees prisoners.", "Borduria frees the men of its second largest prison.", False),
        ("Borduria frees another group.", "Borduria frees another man.", True),
    ],
)
def test_one_more_of_its_kind_is_another_act(first: str, second: str, more: bool) -> None:
    freed: dict[str, Any] = {"act": "RETREAT", "instrument": "prisoners"}
    freed |= {"trigger": Span(9, 14), "sentence": Span(0, 60)}
    one, two = told("a", first, **freed), told("b", second, on=DAY + timedelta(days=4), **freed)
    assert ("anew" in seen(one, two)) is more


def test_talks_that_are_only_offered_are_not_talks_that_are_held() -> None:
    talks: dict[str, Any] = {"act": "CONSULT", "instrument": "talks", "recipients": ("BOR",)}
    held = told("a", "They talk about the ferry.", status="ongoing", **talks)
    offered = told("b", "They would talk about the ferry.", status="offered", **talks)
    again = told("c", "They may talk about the ferry.", status="possible", on=LATER, **talks)
    assert contradiction(held, offered) == contradiction(offered, held) == "one only offers it"
    assert "loose" in seen(offered, again)


@pytest.mark.parametrize(("days", "apart"), [(1, False), (6, True)])
def test_a_visit_is_known_by_where_it_goes(days: int, apart: bool) -> None:
    visit: dict[str, Any] = {"act": "CONSULT", "instrument": "visit"}
    one = told("a", "The king visits it.", recipients=("BOR",), **visit)
    two = told("b", "The king was on a visit.", recipients=(), on=DAY + timedelta(days=days), **visit)
    assert ("open_side" in seen(one, two)) is apart


def test_of_one_party_alone_other_names_tell_acts_apart() -> None:
    bought: dict[str, Any] = {"act": "COOPERATE", "instrument": "investment", "recipients": ()}
    one = told("a", "It is said that Klow Mines buys Zileheroum Steel.", **bought)
    two = told("b", "It is said that Szohod Ferries buys Wadesdah Oil.", **bought)
    assert "names_apart" in seen(one, two)
    whole = dict(bought, recipients=("BOR",))
    assert "names_apart" not in seen(replace_sides(one, whole), replace_sides(two, whole))


def replace_sides(telling: Telling, changes: dict[str, Any]) -> Telling:
    return told(telling.event.id, telling.sentence, **changes)


def test_sums_in_two_currencies_that_cannot_be_one() -> None:
    euros, dollars = make_amount(22.5e9, "EUR"), make_amount(2e9)
    one, two = lent("a", amounts=(euros,)), lent("b", amounts=(dollars,))
    assert None not in (contradiction(one, two), contradiction(two, one))
    both = lent("c", amounts=(euros, make_amount(2e9)))
    assert contradiction(both, two) is None


def test_talks_that_are_over_in_a_day_are_not_looked_for_in_months() -> None:
    talks: dict[str, Any] = {"act": "CONSULT", "instrument": "talks", "recipients": ("BOR",)}
    ahead = told("a", "They will talk.", status="planned", **talks)
    held = told("b", "They talk.", on=DAY + timedelta(days=60), **talks)
    assert contradiction(ahead, held) is not None
    loan = lent("c", "They will lend it.", status="planned")
    assert contradiction(loan, lent("d", "They lent it.", on=DAY + timedelta(days=60))) is None


def test_people_have_the_last_word() -> None:
    one, two = lent("a", "a loan of crowns", time=MAY), lent("b", "a loan of crowns", time=MAY)
    other = lent("c", recipients=("SYL",))
    rulings = Rulings()
    rulings.add(("a", "b"), "Ann", merge=False)
    rulings.add(("a", "c"), "Ann", merge=True)
    assert homes(one, two, other, rulings=rulings) == [{"a", "c"}, {"b"}]
    rulings.add(("a", "b"), "Bob", merge=True)
    assert homes(one, two, other, rulings=rulings) == [{"a", "b", "c"}]


def test_a_merge_says_whose_it_is() -> None:
    rulings = Rulings()
    rulings.add(("a", "c"), "Ann", merge=True)
    book = Book(rulings)
    placed = book.join([lent("a"), lent("c", recipients=("SYL",))])
    assert placed[1].reasons[0].source == "person Ann"


def test_joining_again_changes_nothing() -> None:
    book = Book()
    tellings = [lent("a", time=MAY), lent("b", time=MAY), told("c")]
    book.join(tellings)
    before = {id: [p.telling.key for p in placed] for id, placed in book.of.items()}
    assert book.join(tellings) == []
    assert {id: [p.telling.key for p in placed] for id, placed in book.of.items()} == before


days = st.dates(date(2009, 1, 1), date(2009, 3, 1))
sides = st.lists(st.sampled_from(["RUR", "BOR", "SYL", "GRA"]), max_size=2, unique=True)
kinds = st.sampled_from(
    [
        ("AID", "loan"),
        ("CONSULT", "talks"),
        ("SUPPORT", "recognition"),
        ("ASSAULT", "force"),
        ("REQUEST", None),
    ]
)


@st.composite
def some_tellings(draw: st.DrawFn) -> list[Telling]:
    made: list[Telling] = []
    for number in range(draw(st.integers(1, 8))):
        act, instrument = draw(kinds)
        at = draw(st.none() | days)
        made += told_of_all(
            f"e{number}",
            draw(st.sampled_from(["crowns for a railway", "the harbour burns", ""])),
            on=draw(days),
            act=act,
            instrument=instrument,
            actors=tuple(draw(sides)),
            recipients=tuple(draw(sides)),
            time=make_time(at) if at else None,
        )
    return made


@given(some_tellings())
def test_nothing_merges_across_a_contradiction(tellings: list[Telling]) -> None:
    book = Book()
    placed = book.join(tellings)
    assert sorted(p.telling.key for p in placed) == sorted({t.key for t in tellings})
    for members in book.of.values():
        for i, one in enumerate(members):
            for other in members[:i]:
                assert contradiction(one.telling, other.telling) is None


@given(some_tellings())
def test_scores_have_no_order(tellings: list[Telling]) -> None:
    for one in tellings:
        for other in tellings:
            assert scored(one, other)[0] == pytest.approx(scored(other, one)[0])


@given(some_tellings())
def test_tellings_come_one_by_one_or_together(tellings: list[Telling]) -> None:
    """In the order of their days it is the same, whether they come at once or one after another."""
    together, apart = Book(), Book()
    together.join(tellings)
    order = [p.telling for p in together.placed.values()]
    for telling in order:
        apart.join([telling])
    assert {k: p.occurrence for k, p in apart.placed.items()} == {
        k: p.occurrence for k, p in together.placed.items()
    }


def test_who_may_meet_shares_a_key() -> None:
    dated, undated = lent("a", time=MAY), lent("b", on=date(2009, 6, 2))
    assert set(keys(dated)) & set(keys(undated))
    years = lent("c", on=date(2012, 6, 2))
    assert not set(keys(dated)) & set(keys(years))


def test_the_data_files_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> Any:
        return {"near_acts": [["AID", "HELP"]]} if name.endswith("acts.yaml") else {}

    monkeypatch.setattr(data, "read_yaml", broken)
    with pytest.raises(KnowledgeError, match="'HELP' is not one of AGREE"):
        data.reconcile_data.__wrapped__()


def test_a_telling_is_its_event_and_part() -> None:
    telling = told("a")
    assert telling.key == ("a", "")
    assert replace(telling, part="RUR").key == ("a", "RUR")
