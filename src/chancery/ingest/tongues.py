"""What language a text is in, by py3langid's character n-grams (Lui & Baldwin 2012), offline.

Short texts and unsure answers count as "und" (undetermined, ISO 639-3) and are read like English:
a headline of six words is no evidence against English, and keeping a report out is the worse fault.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

_FEWEST_LETTERS: Final = 60
_STILL_ENGLISH: Final = 0.01  # probability of English from which another answer is not believed
_ENGLISH: Final = ("en", "pcm", "sco")  # Nigerian Pidgin and Scots are what English headlines pass for
_SAMPLE: Final = 20_000  # characters are plenty, and bound the time


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str:
    """ISO 639-1 code of the language, "und" where the text is too short or the answer unsure."""
    sample = text[:_SAMPLE]
    if sum(c.isalpha() for c in sample) < _FEWEST_LETTERS:
        return "und"
    ranked = _identifier().rank(sample)
    best = str(ranked[0][0])
    if best in _ENGLISH:
        return "en"
    english = sum(float(p) for language, p in ranked if language in _ENGLISH)
    return "und" if english >= _STILL_ENGLISH else best
