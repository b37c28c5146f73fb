"""How real an act is, where a word above it rules out what the model settled on.

The model reads the whole sentence and is mostly right. It errs where a single word decides: "mulls
sending", "dismissed claims that", "talks on the release of". Such words are data; each names the
statuses that it rules out, and a status it does not rule out stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from chancery.events.conditions import Condition, side_of
from chancery.events.moods import by_form
from chancery.events.sides import GIFTS
from chancery.knowledge.status_data import StatusCues, StatusWords
from chancery.records import Act, Reason, Status

_MOST_STEPS = 4
_NOMINAL = frozenset(("obj", "nsubj:pass"))
_SUBJECTS = frozenset(("nsubj", "nsubj:pass"))
_UNDER_NOUN = frozenset(("of", "for", "on", "about", "over"))
_BEHIND = frozenset(("for", "at"))
_VERBAL = frozenset(("VERB", "AUX"))
_DONE: frozenset[Status] = frozenset(("occurred", "ongoing"))
_DENIABLE: frozenset[Status] = _DONE | {"requested", "demanded", "promised", "offered"}
_NONE = frozenset(("nothing", "none", "nobody"))
_AHEAD: frozenset[Status] = frozenset(("planned", "promised", "offered", "expected"))
_WANTED = frozenset(("unless", "until"))
_IN_TURN = frozenset(("once", "as soon as"))  # say when, not whether: see moods.py


@dataclass(frozen=True, slots=True)
class Ruling:
    """A status, and the words that settle it."""

    status: Status
    words: str


def how_real(
    token: Token, act: Act, status: Status, cues: StatusCues, open_conditions: Sequence[Condition]
) -> tuple[Status, tuple[Reason, ...]]:
    """The status of the act that a word names, and the reason where it is not the model's."""
    ruling = _of_nothing(token, status) or _by_words(token, status, cues) or _by_form(token, act, status)
    if ruling is None:
        ruling = _by_condition(token, act, status, open_conditions, cues.light)
    if ruling is None or ruling.status == status:
        return status, ()
    return ruling.status, (Reason("status", "syntax", f"{ruling.status}: {ruling.words}"),)


def _of_nothing(token: Token, status: Status) -> Ruling | None:
    """ "We offered nothing": an act on nothing was none."""
    objects = (c for c in token.children if c.dep_ in _NOMINAL and c.lower_ in _NONE)
    found = next(objects, None) if _is_verb(token) and status in _DENIABLE else None
    return Ruling("not_occurred", repr(found.text)) if found is not None else None


def _by_form(token: Token, act: Act, status: Status) -> Ruling | None:
    told = by_form(token, act, status)
    return Ruling(*told) if told is not None else None


def _by_condition(
    token: Token, act: Act, status: Status, found: Sequence[Condition], light: frozenset[str]
) -> Ruling | None:
    """What depends on a condition is conditional; the condition is wanted, or feared."""
    sided = side_of(token, found, light)
    if sided is None or sided[1].cue in _IN_TURN:
        return None
    side, condition = sided
    if side == "depends":
        is_tied = status in _AHEAD and condition.cue != "until" and not _is_perfect(token)
        return Ruling("conditional", f"depends on {condition.cue!r}") if is_tied else None
    wanted = condition.cue in _WANTED
    if status not in (*_DONE, "planned") and not (wanted and status == "conditional"):
        return None
    wanted = wanted or act in GIFTS
    return Ruling("demanded" if wanted else "possible", f"is the condition of {condition.cue!r}")


def silent(doc: Doc, triggers: Collection[int], cues: StatusCues) -> frozenset[int]:
    """Triggers that only say how real the act under them is: "[promised] to send" is one line, on "send"."""
    return frozenset(
        i
        for i in triggers
        if _is_verb(doc[i]) and _words(doc[i]) & cues.silent
        for child in doc[i].children
        if child.i in triggers
        and _is_verb(child)
        and any(_governs(doc[i], child, child, w) for w in cues.words)
    )


def _by_words(token: Token, status: Status, cues: StatusCues) -> Ruling | None:
    """The ruling of the nearest word that rules; a word above that denies the act, before one beside it."""
    beside = next((r for words in cues.words if status in words.over for r in _beside(token, words)), None)
    if _words(token) & cues.denial.nouns:
        return beside
    above = _above(token, status, cues)
    denied = above is not None and above.status == "not_occurred"
    return above if beside is None or denied else beside


def _above(token: Token, status: Status, cues: StatusCues) -> Ruling | None:
    at = token
    for _ in range(_MOST_STEPS):
        above = at.head
        if above == at:
            return None
        governing = [words for words in cues.words if _governs(above, at, token, words)]
        for words in governing:
            ruling = _ruling(above, words, status)
            if ruling is not None:
                return ruling
        if governing:
            return None
        if status in _DENIABLE and _denied(above, at, cues):
            return Ruling("not_occurred", f"{above.text!r} {above.head.text!r}")
        if not _passes(above, at, cues):
            return None
        at = above
    return None


def _ruling(above: Token, words: StatusWords, status: Status) -> Ruling | None:
    if not _is_negated(above) or words.befalls:
        return Ruling(words.status, repr(above.text)) if status in words.over else None
    turned = words.unless_negated
    may = turned is not None and status in (*words.over, words.status)
    return Ruling(turned, f"'not {above.text}'") if turned is not None and may else None


def _beside(token: Token, words: StatusWords) -> Iterator[Ruling]:
    """ "a possible sale", "ahead of the visit", "almost signed": what stands before the word itself."""
    for child in token.children:
        if (
            child.i < token.i
            and child.dep_ in ("amod", "compound", "advmod")
            and _words(child) & words.describing
        ):
            yield Ruling(words.status, repr(child.text))
    phrases = words.before if not _is_verb(token) or token.tag_ == "VBG" else frozenset()
    phrases |= words.before_verbs if _is_verb(token) else frozenset()
    for phrase in phrases:
        if _stands_before(token, phrase.split()):
            yield Ruling(words.status, repr(phrase))


def _stands_before(token: Token, phrase: list[str]) -> bool:
    """Whether a phrase stands before a word, its last word hanging on it."""
    last = next((c for c in token.children if c.i < token.i and c.lower_ == phrase[-1]), None)
    if last is None:  # the tree may keep a phrase's words together
        first = next((c for c in token.children if c.i < token.i and c.lower_ == phrase[0]), None)
        last = (
            next((c for c in first.children if c.lower_ == phrase[-1]), None) if first is not None else None
        )
    if last is None:
        return False
    return [t.lower_ for t in token.doc[max(0, last.i + 1 - len(phrase)) : last.i + 1]] == phrase


def _governs(above: Token, at: Token, token: Token, words: StatusWords) -> bool:
    """Whether a word tells how real the act at or below `at` is."""
    named = _words(above)
    if above.pos_ == "ADJ":
        return (
            at.dep_ in ("xcomp", "ccomp", "advcl", "acl")
            and at.tag_ == "VB"
            and bool(named & words.adjectives)
        )
    if not _is_verb(above):
        tied = (at.dep_ == "acl" and _case(at) is not None) or (
            at.dep_ == "nmod" and _case(at) in _UNDER_NOUN
        )
        return tied and bool(named & words.nouns) and not _words(token) & words.nouns and not _is_dated(at)
    if _is_verb(at):
        complement = at.dep_ in ("xcomp", "ccomp") or (at.tag_ == "VBG" and at.i == above.i + 1)
        return complement and bool(named & _of_form(at, words))
    if at.dep_ in _SUBJECTS and _happening(above, named) & words.befalls:
        return True
    case = _case(at)
    if at.dep_ in _NOMINAL or (at.dep_ == "obl" and case is None and at.i > above.i):
        return bool(named & words.things)
    return at.dep_ == "obl" and case in _BEHIND and bool(named & words.behind)


def _of_form(verb: Token, words: StatusWords) -> frozenset[str]:
    """The governing verbs that fit the form of the verb below: infinitive, gerund or finite clause."""
    if verb.tag_ == "VBG" or any(c.lower_ == "having" for c in verb.children):
        return words.ing
    return words.to if verb.tag_ == "VB" and _case(verb) == "to" else words.that


def _happening(verb: Token, named: frozenset[str]) -> frozenset[str]:
    """What befalls a subject, as the file words it."""
    if any(c.dep_ == "aux:pass" for c in verb.children):
        return frozenset(f"is {word}" for word in named)
    if not _is_negated(verb):
        return frozenset()
    place = " place" if any(c.lower_ == "place" for c in verb.children) else ""
    return frozenset(f"not {word}{place}" for word in named)


def _is_verb(token: Token) -> bool:
    return token.pos_ in _VERBAL and not token.tag_.startswith("N")


def _words(token: Token) -> frozenset[str]:
    """A word as the file may list it: its lemma, with its particle; as it stands; without a verb's "s"."""
    word = token.lower_
    particle = next((f" {c.lower_}" for c in token.children if c.dep_ == "compound:prt"), "")
    return frozenset((token.lemma_.lower() + particle, word + particle, word.removesuffix("s") + particle))


def _is_dated(noun: Token) -> bool:
    """ "plans for the 2003 invasion": a thing known by its year has happened."""
    return any(c.text.isdigit() and c.i < noun.i for c in noun.children)


def _is_perfect(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lemma_.lower() == "have" for c in verb.children)


def _case(token: Token) -> str | None:
    return next((c.lower_ for c in token.children if c.dep_ in ("case", "mark")), None)


def _is_negated(token: Token) -> bool:
    return any(c.lemma_.lower() in ("not", "n't", "never") for c in token.children)


def _denied(above: Token, at: Token, cues: StatusCues) -> bool:
    """ "dismissed claims that ...", "reports that ... are false": a noun of saying and its verdict."""
    denial = cues.denial
    if at.dep_ not in ("acl", "ccomp") or not _words(above) & denial.nouns or _is_negated(above.head):
        return False
    case = _case(at)
    told = case in ("that", "of") or (case is None and any(c.dep_ == "nsubj" for c in at.children))
    if above.dep_ in _NOMINAL and told:
        return bool(_words(above.head) & denial.verbs)
    return above.dep_ == "nsubj" and told and above.head.lower_ in denial.verdicts


def _passes(above: Token, at: Token, cues: StatusCues) -> bool:
    """Whether what governs the word above governs the act below too: "plans to hold talks"."""
    if at.dep_ == "conj":
        alike = above.tag_ == at.tag_ if at.pos_ in _VERBAL else above.pos_ == at.pos_
        return alike and not any(c.dep_ in ("nsubj", "nsubj:pass", "aux") for c in at.children)
    if at.dep_ in _NOMINAL or at.dep_ == "compound":
        return above.lemma_.lower() in cues.light
    return at.dep_ == "xcomp" and above.lemma_.lower() in cues.light
