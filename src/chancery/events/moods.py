"""What a verb's own form says of how real its act is: modals with "have", "whether", a plain main verb."""

from __future__ import annotations

from spacy.tokens import Token

from chancery.records import Act, Status

Told = tuple[Status, str]

_DONE: frozenset[Status] = frozenset(("occurred", "ongoing"))
_MODALS = frozenset(
    (
        "will",
        "would",
        "'ll",
        "'d",
        "shall",
        "wo",
        "can",
        "ca",
        "could",
        "may",
        "might",
        "should",
        "must",
        "to",
    )
)
_NEGATIVE = frozenset(("not", "n't", "never", "no", "neither"))
_UNTRUE: frozenset[Status] = frozenset(("occurred", "ongoing", "not_occurred", "refused", "planned"))
_ASKED: frozenset[Status] = frozenset(("requested", "demanded"))
_AHEAD = frozenset(("once", "after", "when", "before"))  # conjunctions of what is still to come
_PRESENT = frozenset(("VBZ", "VBP"))


def by_form(token: Token, act: Act, status: Status) -> Told | None:
    """The status that the verb's own form settles over the given one, and the words that do."""
    if token.pos_ not in ("VERB", "AUX"):
        return None
    before = {c.lower_: c for c in token.children if c.i < token.i}
    bare = token.tag_ == "VBN" and not any(c.dep_.startswith("aux") for c in before.values())
    if "whether" in before and status in _UNTRUE and not bare:
        return "possible", "'whether'"
    if status in _DONE:
        return _perfect(token, before) or _awaited(token, before)
    plain = token.dep_ in ("root", "ROOT") and token.tag_ in ("VBZ", "VBD") and act != "REQUEST"
    if plain and status in _ASKED and not before.keys() & (_MODALS | _NEGATIVE):
        return "occurred", f"{token.text!r} is a plain main verb"
    return None


def _perfect(token: Token, before: dict[str, Token]) -> Told | None:
    """ "would have sent", "may have sent"; "had it signed, ..." is no deed either."""
    if "have" in before:
        if "would" in before:
            return "not_occurred", "'would have'"
        may = next((m for m in ("may", "might", "could") if m in before), None)
        return ("possible", f"'{may} have'") if may else None
    subject = next((c for c in before.values() if c.dep_.startswith("nsubj")), None)
    inverted = "had" in before and subject is not None and before["had"].i < subject.i
    if inverted and token.dep_ == "advcl" and _would(token.head):
        return "not_occurred", "'had' before its subject"
    return None


def _awaited(token: Token, before: dict[str, Token]) -> Told | None:
    """ "will pay once crews are trained": what is told for later has not been done."""
    mark = next((m for m in (*_AHEAD, "as") if m in before and before[m].dep_ == "mark"), None)
    if mark is None or token.dep_ != "advcl" or not _will(token.head):
        return None
    if mark == "as" and token.head.pos_ != "ADV":
        return None  # "as": at the same time; "as soon as" hangs on "soon"
    helper = next((c for c in token.children if c.dep_ in ("aux", "aux:pass")), None)
    present = (helper or token).tag_ in _PRESENT
    return ("expected", f"after {mark!r}, for later") if present else None


def _will(above: Token) -> bool:
    verb = above.head if above.pos_ == "ADV" else above
    return any(c.lower_ in ("will", "'ll", "shall") and c.dep_ == "aux" for c in verb.children)


def _would(verb: Token) -> bool:
    return any(c.lower_ in ("would", "could", "might") for c in verb.children)
