"""Deals across reports: one ware, one deal; returns by links; sums by stage, umbrellas never added."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chancery.deals.gathering import deals
from chancery.deals.sums import told_sums, totals
from chancery.deals.wares import is_same_ware
from chancery.ledger import LedgerEvent, LedgerLink
from chancery.records import Deal, Span
from tests.deals.lines import TEXT, acts, goods, line, text, tied
from tests.factories import make_amount, make_speaker

READ_TO = date(2012, 1, 1)


def gathered(*lines: LedgerEvent, links: tuple[LedgerLink, ...] = ()) -> list[Deal]:
    return list(deals(acts(*lines), links, (), text, READ_TO))


def sale(id: str, told: str, *wares: str, **changes: object) -> LedgerEvent:
    things = tuple(goods(w, 2) for w in wares)
    return line(id, told, "BOR>RUR", "COOPERATE", "arms", goods=things, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mi-17", "MI-171", True),
        ("Su-30MK2 fighters", "SU 30", True),
        ("Mi-17", "Su-30", False),
        ("helicopters", "helicopters", True),
        ("helicopters", "Mi-17", False),
    ],
)
def test_wares(one: str, other: str, same: bool) -> None:
    assert is_same_ware(goods(one), goods(other)) is same


def test_two_reports_of_one_ware_are_one_deal_with_a_difference() -> None:
    signed = sale("a", "2009-10-20", "Mi-17", status="planned", trigger_text="sign")
    delivered = sale("b", "2010-03-01", "MI-171", trigger_text="deliveries")
    (deal,) = gathered(signed, delivered)
    assert deal.stage == "delivering"
    assert [s.value for s in deal.shares[0].stages] == ["agreed_in_principle", "delivering"]
    assert any("Mi-17 (ra.txt)" in d and "MI-171 (rb.txt)" in d for d in deal.differs)
    assert (deal.first_told, deal.last_told) == (date(2009, 10, 20), date(2010, 3, 1))


def test_another_ware_in_the_same_breath_is_another_deal() -> None:
    both = sale("a", "2009-10-20", "Mi-17", "Su-30", status="possible", amounts=(make_amount(2e8),))
    again = sale("b", "2009-11-01", "Su-30MK2")
    found = gathered(both, again)
    assert sorted(len(d.shares[0].events) for d in found) == [1, 2]
    assert [d.shares[0].amounts for d in found if len(d.shares[0].events) == 1] == [()], "the sum is of both"


def test_the_same_ware_years_later_or_to_another_is_another_deal() -> None:
    old = sale("a", "2001-10-20", "Mi-17")
    other = line("c", "2009-10-21", "BOR>SYL", "COOPERATE", "arms", goods=(goods("Mi-17", 2),))
    assert len(gathered(old, sale("b", "2009-10-20", "Mi-17"), other)) == 3


def test_returns_stand_in_the_deal_and_threats_do_not() -> None:
    loan = line("g", "2009-12-10", "BOR>RUR", "AID", "loan", trigger_text="loan")
    recognized = line("f", "2009-09-10", "RUR>GRA")
    (deal,) = gathered(loan, recognized, links=(tied(loan, recognized),))
    assert [s.events for s in deal.shares] == [("g",), ("f",)]
    assert deal.fulfilment == "kept"
    attack = line("h", "2009-12-10", "BOR>RUR", "ASSAULT", "force", "conditional")
    leave = line("l", "2009-12-10", "RUR>BOR", "RETREAT", "troops", "demanded")
    assert gathered(attack, leave, links=(tied(attack, leave, "condition"),)) == []


def test_an_end_joins_what_it_ends_and_makes_no_deal() -> None:
    lent = line("a", "2009-01-01", "BOR>RUR", "AID", "loan", "promised")
    froze = line("b", "2009-03-01", "BOR>RUR", "SANCTION", "loan", trigger_text="froze")
    assert gathered(froze) == []
    (deal,) = gathered(lent, froze)
    assert (deal.stage, deal.fulfilment, deal.shares[0].id) == ("suspended", "stalled", "a")
    another = line("c", "2009-02-01", "BOR>RUR", "AID", "loan", "promised", amounts=(make_amount(1e6),))
    assert [d.stage for d in gathered(lent, another, froze)] == ["agreed_in_principle"] * 2, "of which?"
    other = line("d", "2009-03-01", "BOR>SYL", "SANCTION", "loan", trigger_text="froze")
    assert [d.stage for d in gathered(lent, other)] == ["agreed_in_principle"]


def test_who_buys_or_asks_gets() -> None:
    bought = line("a", "2009-01-01", "RUR>BOR", "COOPERATE", "arms", trigger_text="Bought")
    asked = line("b", "2009-01-01", "RUR>BOR", "REQUEST", "loan", "requested", trigger_text="asked")
    applied = line("c", "2009-01-01", "RUR", "AID", "grant", "requested", amounts=(make_amount(1e6),))
    gifts = {d.shares[0].id: d.shares[0] for d in gathered(bought, asked, applied)}
    assert {id: (g.givers, g.takers) for id, g in gifts.items()} == {
        "a": (("BOR",), ("RUR",)), "b": (("BOR",), ("RUR",)), "c": ((), ("RUR",)),
    }  # fmt: skip
    paid = line(
        "e", "2009-01-01", "RUR>BOR", "COOPERATE", "arms", trigger_text="bought", amounts=(make_amount(1e6),)
    )
    (total,) = totals(told_sums(acts(paid), text))
    assert (total.givers, total.takers) == (("BOR",), ("RUR",))


def test_an_agreement_on_named_goods_is_a_deal_in_them_whoever_gives() -> None:
    mi17 = replace(goods("Mi-17", 2), category="helicopters")
    signed = line("a", "2009-10-20", "RUR>BOR", "SUPPORT", "agreement", trigger_text="signed", goods=(mi17,))
    (deal,) = gathered(signed)
    gift = deal.shares[0]
    assert (gift.instrument, gift.givers, gift.takers, deal.stage) == ("arms", (), ("RUR", "BOR"), "signed")
    given = line("b", "2010-10-20", "BOR>RUR", "AID", "arms", goods=(mi17,), trigger_text="delivered")
    (deal,) = gathered(signed, given)
    assert (deal.shares[0].givers, deal.stage) == (("BOR",), "delivering")
    unnamed = line(
        "c", "2009-10-20", "RUR>BOR", "AGREE", "agreement", goods=(goods("weapons-grade material"),)
    )
    assert gathered(unnamed) == []


def test_who_only_brings_others_together_is_no_party() -> None:
    words = "Ruritania frees ten Bordurians in an exchange mediated by the Kingdom of Syldavia and Graustark."
    at = words.index("Kingdom")
    told = line(
        "a", "2009-10-20", "RUR>BOR,SYL,GRA", "RETREAT", "prisoners", trigger=Span(10, 15),
        trigger_text="frees", sentence=Span(0, len(words)),
    )  # fmt: skip
    bor, syl, gra = told.event.recipients
    syl = replace(syl, span=Span(at, words.index(" and")))
    gra = replace(gra, span=Span(words.index("Graustark"), len(words) - 1))
    named = replace(told.event, recipients=(bor, syl, gra))
    (deal,) = deals(acts(replace(told, event=named)), (), (), lambda _: words, READ_TO)
    assert (deal.shares[0].givers, deal.shares[0].takers) == (("RUR",), ("BOR",))


def test_what_is_exchanged_goes_to_the_other() -> None:
    freed = line("a", "2009-10-20", "RUR>", "RETREAT", "prisoners", trigger_text="frees")
    freed_too = line("b", "2009-10-20", "BOR>", "RETREAT", "prisoners", trigger_text="frees")

    def sides(
        give: LedgerEvent, take: LedgerEvent, *, explicit: bool = True
    ) -> list[tuple[tuple[str, ...], ...]]:
        (deal,) = gathered(give, take, links=(tied(give, take, explicit=explicit),))
        return [(share.givers, share.takers) for share in deal.shares]

    assert sides(freed, freed_too) == [(("RUR",), ("BOR",)), (("BOR",), ("RUR",))]
    assert sides(freed, freed_too, explicit=False) == [(("RUR",), ()), (("BOR",), ())], "only inferred"
    elsewhere = line("a", "2009-10-20", "RUR>SYL", "RETREAT", "prisoners", trigger_text="frees")
    assert sides(elsewhere, freed_too) == [(("RUR",), ("SYL",)), (("BOR",), ())], "told otherwise"
    nobody = line("b", "2009-10-20", ">GRA", "RETREAT", "prisoners", trigger_text="freed")
    assert sides(freed, nobody) == [(("RUR",), ()), ((), ("GRA",))], "by whom?"


def test_evidence_of_both_sides() -> None:
    one = sale("a", "2009-10-20", "Mi-17", speakers=(make_speaker("Minister Zog", "BOR"),))
    other = sale("b", "2009-10-21", "Mi-17", speakers=(make_speaker("President Rudolf", "RUR"),))
    assert gathered(one)[0].evidence == "one_source"
    assert gathered(one, other)[0].evidence == "confirmed_by_both"
    vague = sale("b", "2009-10-21", "Mi-17", speakers=(make_speaker("a source", "RUR"),))
    assert gathered(one, vague)[0].evidence == "same_origin"


def test_sums_are_counted_by_stage_and_umbrellas_left_out() -> None:
    at = TEXT.index("paid")
    whole = make_amount(2e8, span=Span(at, at + 4), bound="over")  # "... for that in all"
    part = make_amount(1e8, span=Span(0, 2))
    lent = line("a", "2009-01-01", "BOR>RUR", "AID", "loan", amounts=(part,), trigger_text="lent")
    more = line("b", "2009-02-01", "BOR>RUR", "AID", "loan", amounts=(whole,), trigger_text="lent")
    promised = line("c", "2009-02-01", "BOR>RUR", "AID", "loan", "promised", amounts=(part,))
    found = {t.counted: t for t in totals(told_sums(acts(lent, more, promised), text))}
    assert (found["paid"].total, len(found["paid"].sums)) == (1e8, 1)
    assert [t.umbrella for t in found["paid"].left_out] == ["in all"]
    assert found["promised"].total == 1e8
