"""Review: lines as people leave them, what two people disagree on, and judgements for training."""

from chancery.review.agreement import Agreement, Disagreement, agreement
from chancery.review.doubts import DOUBTFUL_BELOW, doubtful, judged_by_others, latest_doubtful
from chancery.review.editing import EDITABLE, edited, new_line, new_line_on
from chancery.review.export import corpus_rows
from chancery.review.sheet import Sheet, SheetLine, sheet
from chancery.review.typed import retyped, typed

__all__ = [
    "DOUBTFUL_BELOW",
    "EDITABLE",
    "Agreement",
    "Disagreement",
    "Sheet",
    "SheetLine",
    "agreement",
    "corpus_rows",
    "doubtful",
    "edited",
    "judged_by_others",
    "latest_doubtful",
    "new_line",
    "new_line_on",
    "retyped",
    "sheet",
    "typed",
]
