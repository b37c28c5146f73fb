"""Spans of sources (S) and targets (T) of CAMEO events. CoNLL columns "word TAG", a blank line a sentence.

From the data of ConfliBERT (Hu et al. 2022). Sentences are put together as English writes them, read, and
the parties of their events compared with the annotated spans: right where role and some word agree.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from chancery.errors import WrongForm
from chancery.evaluation.figures import Outcome, paired, precision_recall
from chancery.evaluation.files import shown, some, text_of
from chancery.evaluation.reading import Drafts
from chancery.evaluation.roles import roles_of

WANTED = "'word TAG' with a tag of O, B-S, I-S, B-T, I-T, B-R or I-R"
ROLES = ("S", "T")
_TAGS = frozenset(("O", *(f"{p}-{r}" for p in "BI" for r in "STR")))
_NO_BLANK_BEFORE = frozenset((",", ".", ";", ":", "?", "!", ")", "'s", "’s", "'", "’", "n't", "%", "”"))
_NO_BLANK_BEHIND = frozenset(("(", "$", "“"))

Stretch = tuple[int, int]


@dataclass(slots=True)
class Sentence:
    """A sentence in the making: its text, and the characters of each role."""

    text: str = ""
    spans: dict[str, list[Stretch]] = field(default_factory=lambda: {r: [] for r in ROLES})

    def add(self, word: str, tag: str) -> None:
        """The next word."""
        if self.text and word not in _NO_BLANK_BEFORE and self.text[-1] not in _NO_BLANK_BEHIND:
            self.text += " "
        start = len(self.text)
        self.text += word
        kind, _, role = tag.partition("-")
        if role not in ROLES:
            return
        spans = self.spans[role]
        if kind == "I" and spans and spans[-1][1] >= start - 1:
            spans[-1] = (spans[-1][0], len(self.text))
        else:
            spans.append((start, len(self.text)))


def measure(file: str, drafts: Drafts) -> Outcome:
    """Precision, recall and F1 of both roles together, and F1 of each."""
    sentences = some(_sentences(file), file, WANTED)
    counts = {role: [0, 0, 0] for role in ROLES}
    misses: list[str] = []
    for sentence, draft in zip(sentences, drafts(s.text for s in sentences), strict=True):
        found = dict(zip(ROLES, roles_of(draft), strict=True))
        for role in ROLES:
            pairs = paired(found[role], sentence.spans[role])
            told = (len(pairs), len(found[role]), len(sentence.spans[role]))
            counts[role] = [a + b for a, b in zip(counts[role], told, strict=True)]
            if not told[0] == told[1] == told[2]:
                misses.append(_miss(sentence, role, found[role]))
    right, said, gold = (counts["S"][i] + counts["T"][i] for i in range(3))
    figures = precision_recall(right, said, gold)
    for role in ROLES:
        right, said, gold = counts[role]
        figures += precision_recall(right, said, gold, f"{role} ")[:3]
    return Outcome(figures, tuple(misses))


def _sentences(file: str) -> list[Sentence]:
    made, current = [], Sentence()
    for number, line in enumerate(text_of(file).split("\n"), 1):
        if not line.strip():
            if current.text:
                made.append(current)
            current = Sentence()
            continue
        word, _, tag = line.strip().rpartition(" ")
        if not word or tag not in _TAGS:
            raise WrongForm(f"{file}, line {number}", shown(line), WANTED)
        current.add(word.strip(), tag)
    return [*made, current] if current.text else made


def _miss(sentence: Sentence, role: str, found: list[Stretch]) -> str:
    gold = [sentence.text[a:b] for a, b in sentence.spans[role]]
    said = [sentence.text[a:b] for a, b in found]
    return f"{role} is {gold}, read {said}: {sentence.text}"
