"""Measures of reading against published corpora: a name, a file in that corpus's form, figures out.

How each figure is counted is told in docs/evaluation.md; the corpora themselves are not ours to ship.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chancery.evaluation import cameo_class, cameo_ner, cqe, ecbplus, gum_dates, meantime, polnear
from chancery.evaluation.figures import Figure, Outcome
from chancery.evaluation.reading import Drafts

__all__ = ["MEASURES", "Drafts", "Figure", "Outcome", "evaluate"]

Measure = Callable[[str, Drafts], Outcome]

MEASURES: Mapping[str, Measure] = {
    "polnear": polnear.measure,
    "cameo_ner": cameo_ner.measure,
    "cameo_class": cameo_class.measure,
    "gum_dates": gum_dates.measure,
    "cqe": cqe.measure,
    "ecbplus": ecbplus.measure,
    "meantime": meantime.measure,
}


def evaluate(name: str, file: str, threads: int = 0) -> Outcome:
    """The figures of one measure on one file. Raises `InputError` where the file has another form."""
    return MEASURES[name](file, Drafts(threads))
