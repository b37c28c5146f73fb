"""Sentences by CAMEO class: 0 neutral, 1 and 2 verbal and material cooperation, 3 and 4 conflict.

TSV "sentence, label", from the data of ConfliBERT. The classes group CAMEO's roots as the penta classes of
event data do: 01 and 02 are neutral, then 03 to 05, 06 to 08, 09 to 13 with 16 (reduced relations,
sanctions), and 14, 15, 17 to 20. The event nearest to the root of its sentence speaks for it; a
sentence without events is neutral.
"""

from __future__ import annotations

from collections import Counter

from chancery.errors import WrongForm
from chancery.evaluation.figures import Figure, Outcome, accuracy, share
from chancery.evaluation.files import lines_of, shown, some
from chancery.evaluation.reading import Drafts
from chancery.evaluation.roles import main_event
from chancery.pipeline import Draft

WANTED = "'sentence<TAB>label' with a label from 0 to 4"
CLASSES = ("0", "1", "2", "3", "4")
_LAST_ROOTS = (2, 5, 8, 13, 20)
_REDUCED = 16  # counted as verbal conflict


def measure(file: str, drafts: Drafts) -> Outcome:
    """Accuracy, macro F1, and F1 of each class."""
    rows = some([_row(where, line) for where, line in lines_of(file)], file, WANTED)
    met: Counter[tuple[str, str]] = Counter()
    misses: list[str] = []
    for (sentence, label), draft in zip(rows, drafts(s for s, _ in rows), strict=True):
        said = class_of(draft)
        met[label, said] += 1
        if said != label:
            misses.append(f"is {label}, read {said}: {sentence}")
    right = sum(met[c, c] for c in CLASSES)
    each = [Figure(f"F1 of class {c}", _f1(c, met)) for c in CLASSES]
    macro = Figure("macro F1", sum(f.value for f in each) / len(each))
    return Outcome((*accuracy(right, len(rows)), macro, *each), tuple(misses))


def class_of(draft: Draft) -> str:
    """The class of a text of one sentence."""
    event = main_event(draft)
    if event is None or event.codes.cameo is None:
        return "0"
    root = int(event.codes.cameo[:2])
    if root == _REDUCED:
        return "3"
    return str(next(i for i, last in enumerate(_LAST_ROOTS) if root <= last))


def _row(where: str, line: str) -> tuple[str, str]:
    sentence, tab, label = line.rpartition("\t")
    if not tab or not sentence.strip() or label.strip() not in CLASSES:
        raise WrongForm(where, shown(line), WANTED)
    return sentence.strip(), label.strip()


def _f1(label: str, met: Counter[tuple[str, str]]) -> float:
    gold = sum(n for (g, _), n in met.items() if g == label)
    said = sum(n for (_, s), n in met.items() if s == label)
    return share(2 * met[label, label], gold + said)
