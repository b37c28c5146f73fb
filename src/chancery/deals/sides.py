"""Who gives and who gets in an act, whichever of them does it: who buys gets, and who asks would get."""

from __future__ import annotations

from chancery.deals.deeds import Deed
from chancery.knowledge.deal_data import deal_words
from chancery.records import Act, Status

ASKED: frozenset[Status] = frozenset(("requested", "demanded"))
_DEALING: frozenset[Act] = frozenset(("AID", "COOPERATE", "AGREE", "SUPPORT"))


def sides(deed: Deed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of who gives, and of who gets; an agreement on goods does not say who of its parties gives them."""
    if deed.kind != deed.instrument:
        return (), (*deed.actors, *deed.recipients)
    if is_asking(deed) or buys(deed):
        return deed.recipients, deed.actors
    return deed.actors, deed.recipients


def is_asking(deed: Deed) -> bool:
    """Whether its actors ask for it ("applied for a loan"): a request, or aid sought that goes to nobody."""
    return deed.act == "REQUEST" or (deed.act == "AID" and deed.status in ASKED and not deed.recipients)


def buys(deed: Deed) -> bool:
    """Whether its word is one of buying."""
    return deed.act in _DEALING and deed.lead.trigger_text.casefold() in deal_words().buying
