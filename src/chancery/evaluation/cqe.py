"""Sums of money in the form of CQE's sets (Almasian et al. 2023): JSON, a list of texts with quantities.

Only quantities whose unit is a currency count, a rate ("dollar per share") among them. A sum is right
where value (or both ends of a range) and currency are; cents and pence count as hundredths.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from math import isclose
from typing import Any

from chancery.errors import WrongForm
from chancery.evaluation.figures import Outcome, precision_recall
from chancery.evaluation.files import shown, some, text_of
from chancery.evaluation.reading import Drafts
from chancery.events.amounts import amounts_in, currency_of

WANTED = '[{"text": "...", "quantities": [{"value": "5", "normalized_unit": "dollar"}, ...]}, ...]'
# currencies of the sets that our table does not name so; a miss, but not left out
_FURTHER = re.compile(
    r".*\b(?:dollar|franc|peso|rupee|krona|krone|crown|dinar|riyal|rial|pound sterling|yen|yuan|col[oó]n|sen"
    r"|lira|satoshi|peseta|mark|guilder?|kip|lari|shilling|real)",
    re.IGNORECASE,
)
_RATE = re.compile(r"\s+(?:per|a|an)\s+.*", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Money:
    """A sum as annotated or as read: lowest and highest value, and the currency."""

    low: float
    high: float
    currency: str

    def same(self, other: Money) -> bool:
        """Whether values and currency agree."""
        values = ((self.low, other.low), (self.high, other.high))
        return self.currency == other.currency and all(isclose(a, b, rel_tol=1e-3) for a, b in values)


def measure(file: str, _: Drafts) -> Outcome:
    """Precision, recall and F1 of sums of money. No model is needed."""
    rows = some(_rows(file), file, WANTED)
    right = said = gold = 0
    misses: list[str] = []
    for text, wanted in rows:
        found = [_as_money(a.value, a.low, a.high, a.currency) for a in amounts_in(text) if a.currency]
        free = list(wanted)
        extra = []
        for money in found:
            hit = next((g for g in free if g.same(money)), None)
            if hit is None:
                extra.append(money)
            else:
                free.remove(hit)
        right, said, gold = right + len(wanted) - len(free), said + len(found), gold + len(wanted)
        if free or extra:
            misses.append(f"missed {_told(free)}, read {_told(extra)}: {text}")
    return Outcome(precision_recall(right, said, gold), tuple(misses))


def _told(sums: list[Money]) -> str:
    return ", ".join(
        f"{m.low:g}{'' if m.low == m.high else f' to {m.high:g}'} {m.currency}" for m in sums
    ) or "none"  # fmt: skip


def _as_money(value: float, low: float | None, high: float | None, currency: str) -> Money:
    """A range has both ends; a bound ("over") leaves the value."""
    if low is not None and high is not None:
        return Money(low, high, currency)
    return Money(value, value, currency)


def _rows(file: str) -> list[tuple[str, list[Money]]]:
    try:
        listed = json.loads(text_of(file))
    except (json.JSONDecodeError, RecursionError) as broken:
        line = getattr(broken, "lineno", 1)
        raise WrongForm(f"{file}, line {line}", "text that is not JSON", WANTED) from None
    if not isinstance(listed, list):
        raise WrongForm(f"{file}, line 1", shown(listed), WANTED)
    return [_row(f"{file}, entry {number}", entry) for number, entry in enumerate(listed, 1)]


def _row(where: str, entry: Any) -> tuple[str, list[Money]]:
    try:
        text, quantities = entry["text"], entry["quantities"]
        if not isinstance(text, str):
            raise WrongForm(where, shown(entry), WANTED)
        made = [_money(str(q["value"]), str(q["normalized_unit"])) for q in quantities]
    except (KeyError, TypeError):
        raise WrongForm(where, shown(entry), WANTED) from None
    return text, [m for m in made if m is not None]


def _money(value: str, unit: str) -> Money | None:
    """An annotated quantity as money; None where it is something else."""
    unit = _RATE.sub("", unit.strip())
    known = currency_of(unit)
    if known is None and not _FURTHER.fullmatch(unit):
        return None
    code, factor = known or (unit, 1.0)
    numbers = [float(n) * factor for n in _NUMBER.findall(value)]
    return Money(numbers[0], numbers[-1], code) if numbers else None
