"""Review: lines as people leave them, what two people disagree on, and judgements for training."""

from chancery.review.agreement import Agreement, Disagreement, agreement
from chancery.review.doubts import doubtful, judged_by_others
from chancery.review.editing import EDITABLE, edited, new_line
from chancery.review.export import corpus_rows

__all__ = [
    "EDITABLE",
    "Agreement",
    "Disagreement",
    "agreement",
    "corpus_rows",
    "doubtful",
    "edited",
    "judged_by_others",
    "new_line",
]
