"""Page furniture is found at the end of a text, and only there."""

from __future__ import annotations

import pytest

from chancery.events.boilerplate import furniture
from chancery.knowledge.event_data import event_cues

BODY = "\n\n".join(
    ["Russia lent Nicaragua a billion dollars.", "The two presidents met in Moscow on Monday."] * 4
)
FURNITURE = [
    "Articles by: An Example Desk",
    "Disclaimer: The views in this article are the author's alone.",
    "All rights reserved.",
    "For media inquiries: desk@example.org",
    "Sign up for our daily newsletter.",
    "This article may be reproduced with permission; the site is not responsible for its content.",
]


@pytest.mark.parametrize("words", FURNITURE)
def test_furniture(words: str) -> None:
    """Each kind, as the last paragraph."""
    text = f"{BODY}\n\n{words}"
    assert [s.of(text) for s in furniture(text, event_cues().boilerplate)] == [words]


@pytest.mark.parametrize(
    "words",
    [
        "The minister disclaimed any responsibility for the attack.",
        "China asked for permission to land, and Japan granted it.",
        "The two sides signed a copyright treaty.",
    ],
)
def test_news_is_not_furniture(words: str) -> None:
    """Words that only look alike stay."""
    assert furniture(f"{BODY}\n\n{words}\n\n{BODY}", event_cues().boilerplate) == []
