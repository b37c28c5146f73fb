"""Read-only questions to a ledger."""

from chancery.analysis.brief import (
    OPEN,
    Brief,
    Counts,
    InstrumentLine,
    Pair,
    Period,
    Promise,
    Totals,
    brief,
)
from chancery.analysis.dealings import Dealings, counterparts, dealings
from chancery.analysis.evidence import Evidence, Tie, alike, evidence
from chancery.analysis.picture import Picture, picture
from chancery.analysis.stages import STAGE_OF, Stage, Word, stage_of

__all__ = [
    "OPEN",
    "STAGE_OF",
    "Brief",
    "Counts",
    "Dealings",
    "Evidence",
    "InstrumentLine",
    "Pair",
    "Period",
    "Picture",
    "Promise",
    "Stage",
    "Tie",
    "Totals",
    "Word",
    "alike",
    "brief",
    "counterparts",
    "dealings",
    "evidence",
    "picture",
    "stage_of",
]
