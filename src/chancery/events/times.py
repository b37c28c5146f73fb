"""News time expressions against the report's date, and against times told before.

Precision says how exact the words are; the interval is kept whole. Where neither report nor sentence gives
a year, nothing is resolved. The tense of the governing verb decides whether a weekday or a month without
its year lies behind the report or ahead of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from chancery.events.numbers import alternatives
from chancery.events.time_grammar import Rule, resolved, rules
from chancery.events.time_values import Anchor, Direction, Resolved, spanned
from chancery.knowledge.quantity_data import quantities
from chancery.records import Span, Time

_RANGE = re.compile(r"\s*[-–—]\s*|\s+(?:to|until|till|through)\s+", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_AHEAD_WORDS = re.compile(
    r"\b(?:will|shall|won['’]t|scheduled|due|expected|planned|plans|set|slated|going)\b|['’]ll\b|\bto be\b",
    re.IGNORECASE,
)
_FUTURE_AUX = frozenset(("will", "shall", "'ll", "’ll", "wo", "would"))
_MODIFIERS = frozenset(("nummod", "compound", "nmod", "nmod:unmarked", "amod"))
_REACH = 2  # sentences that "the following month" may look back over


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A rule's match in a sentence."""

    rule: Rule
    match: re.Match[str]

    @property
    def at(self) -> tuple[int, int]:
        """The characters of the expression."""
        core = "core" if "core" in self.match.groupdict() and self.match["core"] else 0
        return self.match.span(core)


def find_times(doc: Doc, published: date | None) -> tuple[Time, ...]:
    """Resolved time expressions in reading order, the longest at each place."""
    made: list[Time] = []
    narrative: list[tuple[int, Resolved]] = []
    for place, sentence in enumerate(doc.sents):
        near = [r for n, r in narrative if place - n < _REACH]
        found = _in_sentence(sentence, published, near[-1] if near else None)
        narrative += [(place, r) for _, r in found]
        for (start, end), r in _ranges(sentence.text, found):
            span = Span(sentence.start_char + start, sentence.start_char + end)
            made.append(Time(sentence.text[start:end], r.start, r.end, r.precision, span))
    return tuple(made)


def read_time(words: str, published: date | None, told: Time | None = None) -> Time | None:
    """The value of words known to be a time; `told` is the one told before them in the text."""
    text = re.sub(r"\s+", " ", words).strip()
    narrative = Resolved(told.start, told.end, told.precision) if told else None
    anchor = Anchor(published, None, narrative)
    found = [
        (c.at, r) for c in _chosen(text, rules()) if (r := resolved(c.rule, c.match, anchor)) is not None
    ]
    joined = _ranges(text, found)
    if not joined:
        return None
    (start, end), r = max(joined, key=lambda j: j[0][1] - j[0][0])
    return Time(text[start:end], r.start, r.end, r.precision, Span(start, end))


def _in_sentence(
    sentence: Words, published: date | None, narrative: Resolved | None
) -> list[tuple[tuple[int, int], Resolved]]:
    if not _cue().search(sentence.text):
        return []
    made: list[tuple[tuple[int, int], Resolved]] = []
    told: date | None = None
    for candidate in _chosen(sentence.text, (r for r in rules() if not r.loose)):
        start, end = candidate.at
        if candidate.rule.before_noun and not _modifies_noun(sentence, start, end):
            continue
        direction = _direction(sentence, start, end)
        anchor = Anchor(published, _reached(told, published, direction), narrative, direction)
        r = resolved(candidate.rule, candidate.match, anchor)
        if r is None:
            continue
        made.append(((start, end), r))
        narrative = r
        told = r.start if r.explicit else told
    return made


def _chosen(text: str, among: Iterable[Rule]) -> list[_Candidate]:
    """Matches that do not overlap, the longest taken first, in reading order."""
    found = [_Candidate(rule, m) for rule in among for m in rule.find(text)]
    found.sort(key=lambda c: (c.at[0] - c.at[1], c.at[0]))
    chosen: list[_Candidate] = []
    for candidate in found:
        start, end = candidate.at
        if start < end and all(end <= c.at[0] or c.at[1] <= start for c in chosen):
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.at)


def _reached(told: date | None, published: date | None, direction: Direction) -> date | None:
    """A day told in the sentence counts for what comes behind it, unless that lies ahead of the report."""
    behind = told is not None and published is not None and told.year < published.year
    return None if behind and direction == "future" else told


def _modifies_noun(sentence: Words, start: int, end: int) -> bool:
    """Whether a year stands before a noun and tells which is meant; "2000 troops" is a number of them."""
    words = sentence.doc.char_span(sentence.start_char + start, sentence.start_char + end)
    if words is None or not sentence.doc.has_annotation("DEP"):
        return False
    year, noun = words.root, words.root.head
    if year.dep_ not in _MODIFIERS or noun.i <= year.i or noun.pos_ not in ("NOUN", "PROPN"):
        return False
    return noun.tag_ != "NNS" or year.text[2:] != "00"


@cache
def _cue() -> re.Pattern[str]:
    """Words without one of which a sentence tells no time."""
    words = quantities().times
    every = [*words.months, *words.month_short, *words.weekdays, *words.seasons, *words.decades]
    every += [*words.holidays, *words.easter, "day", "week", "month", "quarter", "year", "decade", "hour"]
    every += [
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "night",
        "morning",
        "afternoon",
        "evening",
        "century",
        "then",
    ]
    return re.compile(rf"\d|\b(?:{alternatives(every)})", re.IGNORECASE)


def _ranges(
    text: str, found: list[tuple[tuple[int, int], Resolved]]
) -> list[tuple[tuple[int, int], Resolved]]:
    """The same times, with "X to Y" and "between X and Y" as one."""
    made: list[tuple[tuple[int, int], Resolved]] = []
    for at, r in found:
        both = None
        if made:
            (start, end), first = made[-1]
            gap = text[end : at[0]]
            ahead = text[max(0, start - 20) : start]
            if _RANGE.fullmatch(gap) or (_AND.fullmatch(gap) and _BETWEEN.search(ahead)):
                both = spanned(first, r)
        if both is not None:
            made[-1] = ((made[-1][0][0], at[1]), both)
        else:
            made.append((at, r))
    return made


def _direction(sentence: Words, start: int, end: int) -> Direction:
    """Whether what happens at a time lies ahead: by the tree, else by the words before and behind."""
    if not sentence.doc.has_annotation("DEP"):
        return "future" if _AHEAD_WORDS.search(sentence.text) else "past"
    offset = sentence.start_char
    words = sentence.doc.char_span(offset + start, offset + end, alignment_mode="expand")
    return _tense(words.root) if words is not None else "unknown"


def _tense(token: Token) -> Direction:
    """The tense of the first verb above a word, or of what governs it where it has none of its own."""
    at = token
    for _ in range(12):
        if at.pos_ in ("VERB", "AUX") or any(c.dep_ in ("aux", "cop") for c in at.children):
            found = _tense_of(at)
            if found is not None:
                return found
        if at.lemma_.lower() in quantities().times.ahead and at is not token:
            return "future"
        if at.head == at:
            break
        at = at.head
    return "unknown"


def _tense_of(verb: Token) -> Direction | None:
    """None for a verb without a tense of its own: what governs it decides."""
    helpers = [c.lower_ for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop")]
    if _FUTURE_AUX & set(helpers):
        return "future"
    if verb.tag_ == "VBG" and {"is", "are", "am", "'s", "’s", "'re"} & set(helpers):
        return "future"
    if verb.tag_ == "VBN" and verb.dep_ == "acl" and not helpers:
        return None if verb.lemma_.lower() in quantities().times.ahead else "past"
    if verb.tag_ == "VBD" or {"was", "were", "had", "has", "have", "did", "been"} & set(helpers):
        return (
            None if verb.lemma_.lower() in quantities().times.ahead and verb.tag_ in ("VBN", "JJ") else "past"
        )
    return None
