"""Deals and promises: what was given for what across reports, and what became of what was promised.

Everything here is worked out of lines, links and occurrences when it is asked for; nothing is stored, so
that it never lags behind a judgement. `Dealings` does it for a ledger.
"""

from chancery.deals.book import Dealings
from chancery.deals.chance import Closeness, closeness
from chancery.deals.deeds import Deed, deeds
from chancery.deals.favours import Favour, favours, lines_of
from chancery.deals.gathering import deals
from chancery.deals.markets import Exchange, Gift, Market, MarketQuery, market
from chancery.deals.promises import is_overdue, promises, silent_for
from chancery.deals.sides import sides
from chancery.deals.stages import stage_of
from chancery.deals.sums import Told, Total, told_sums, totals
from chancery.deals.wares import is_same_sum, is_same_ware

__all__ = [
    "Closeness",
    "Dealings",
    "Deed",
    "Exchange",
    "Favour",
    "Gift",
    "Market",
    "MarketQuery",
    "Told",
    "Total",
    "closeness",
    "deals",
    "deeds",
    "favours",
    "is_overdue",
    "is_same_sum",
    "is_same_ware",
    "lines_of",
    "market",
    "promises",
    "sides",
    "silent_for",
    "stage_of",
    "told_sums",
    "totals",
]
