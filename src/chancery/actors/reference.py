"""Mentions without a name of their own: "both countries", "the government", "the two breakaway republics"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from chancery.actors.phrases import PhraseBook
from chancery.knowledge.actor_data import ActorKnowledge
from chancery.language.mentions import Found, is_subject, sentences_until

_TERRITORIAL = frozenset(("state", "partly_recognized_state", "territory", "former_state"))
_OF_STATE = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))
_BACK = 3  # sentences a reference may look back, its own counted


def descriptions(doc: Doc, found: list[Found], knowledge: ActorKnowledge) -> list[Found]:
    """Definite descriptions of several actors, or of one by its kind."""
    made: list[Found] = []
    for token in doc:
        if token.lower_ in knowledge.reference.breakaway_nouns:
            made.extend(_breakaways(doc, token, found, knowledge))
    taken = {i for f in made for i in range(f.start, f.end)}
    for token in doc:
        if token.i in taken or token.i == 0:
            continue
        if token.lower_ in knowledge.reference.pair_nouns:
            made.extend(_pair(doc, token, [*found, *made], knowledge))
        elif token.lower_ in knowledge.reference.country_nouns:
            made.extend(_country(doc, token, found, knowledge))
        elif doc[token.i - 1].lower_ in ("the", "this"):
            made.extend(_by_noun(token, found, knowledge))
    return made


def _breakaways(doc: Doc, noun: Token, found: list[Found], knowledge: ActorKnowledge) -> list[Found]:
    """ "the two breakaway Georgian republics": all that the named state claims, as far as named here."""
    start = noun.i
    while start > noun.left_edge.i and noun.i - start < 5 and not doc[start - 1].is_punct:
        start -= 1
    span = range(start, noun.i)
    if not any(doc[i].lower_ in knowledge.reference.breakaway_modifiers for i in span):
        return []
    owner = next((f for f in found if f.start in span and f.how in ("demonym", "name")), None)
    named = {f.actor for f in found}
    claimed = [
        e.id for e in knowledge.entries.values()
        if e.claimed_by and e.id in named and (owner is None or e.claimed_by == owner.actor)
    ]  # fmt: skip
    first = next(
        i
        for i in span
        if doc[i].lower_ in knowledge.reference.breakaway_modifiers or (owner and i == owner.start)
    )
    while first - 1 >= start and doc[first - 1].lower_ in ("the", "two", "three", "both"):
        first -= 1
    plural = noun.text.endswith("s")
    if (plural and len(claimed) < 2) or (not plural and len(claimed) != 1):
        return []
    return [Found(first, noun.i + 1, a, a, "description", None) for a in claimed]


def _pair(doc: Doc, noun: Token, found: list[Found], knowledge: ActorKnowledge) -> list[Found]:
    """ "both countries", "the two sides": the two named last; of republics, partly recognized ones."""
    start = noun.i - 1
    if doc[start].lower_ not in ("both", "two"):
        return []
    if start and doc[start - 1].lower_ in ("the", "these", "those"):
        start -= 1
    partly = noun.lower_ in ("republics", "regions", "provinces", "territories")
    last: list[str] = []
    for f in sorted(found, key=lambda f: -f.end):
        entry = knowledge.entries.get(f.principal)
        wanted = entry is not None and (
            entry.kind == "partly_recognized_state" if partly else entry.kind in _TERRITORIAL
        )
        if f.end <= start and wanted and f.principal not in last:
            last.append(f.principal)
        if len(last) == 2:
            return [Found(start, noun.i + 1, a, a, "description", None) for a in reversed(last)]
    return []


def _country(doc: Doc, noun: Token, found: list[Found], knowledge: ActorKnowledge) -> list[Found]:
    """ "his country", "the country": the owner's state, or the state named last as a subject."""
    before = doc[noun.i - 1]
    if before.lower_ not in ("his", "her", "their", "its", "our", "the", "my"):
        return []
    people_only = before.lower_ in ("his", "her", "my", "our")
    found = [f for f in found if (not people_only or f.agent) and not _subject_of_same(doc, noun, f)]
    state = last_before(doc, before, [f for f in found if _is_state(f, knowledge)])
    return [Found(noun.i - 1, noun.i + 1, state.principal, state.principal, "description")] if state else []


def _is_state(found: Found, knowledge: ActorKnowledge) -> bool:
    entry = knowledge.entries.get(found.principal)
    return entry is not None and entry.kind in _TERRITORIAL


def _subject_of_same(doc: Doc, noun: Token, found: Found) -> bool:
    """A state as subject earlier in the noun's own sentence: it goes on with "its", not "the country".

    Its officials may well say "the country".
    """
    if doc[noun.i - 1].lower_ != "the" or found.agent:
        return False
    return noun.sent.start <= found.start < noun.i and is_subject(doc[found.end - 1])


def _by_noun(noun: Token, found: list[Found], knowledge: ActorKnowledge) -> list[Found]:
    """ "the alliance": the organization named last that is called so."""
    for f in sorted(found, key=lambda f: -f.end):
        entry = knowledge.entries.get(f.actor)
        if f.end < noun.i and entry is not None and entry.kind == "igo" and noun.lower_ in entry.nouns:
            return [Found(noun.i - 1, noun.i + 1, f.actor, f.principal, "description", f.sector)]
    return []


def last_before(doc: Doc, at: Token, found: Iterable[Found]) -> Found | None:
    """The nearest mention before `at` within a few sentences, subjects first within a sentence."""
    found = list(found)
    for first, end in reversed(sentences_until(doc, at.i, _BACK)):
        here = [f for f in found if first <= f.start < end and f.end <= at.i]
        subjects = [f for f in here if is_subject(doc[f.end - 1]) or is_subject(doc[f.start])]
        if subjects:
            return subjects[-1] if end > at.i else subjects[0]
        if here:
            return here[-1]
    return None


def bare_offices(doc: Doc, found: list[Found], book: PhraseBook) -> list[Found]:
    """ "the president", "the minister": the holder of that office named last in this report."""
    made = []
    for start, end, office in book.offices.matches([t.lower_ for t in doc]):
        if not start or doc[start - 1].lower_ not in ("the", "this", "that") or _covered(found, start, end):
            continue
        before = [f for f in found if f.end < start and f.role and f.agent]
        fits = [f for f in before if f.role == office.title] or _shortened(before, office.title)
        if fits:
            f = max(fits, key=lambda f: f.end)
            made.append(Found(start - 1, end, f.actor, f.principal, "description", f.sector, f.agent, f.role))
    return made


def _shortened(before: list[Found], title: str) -> list[Found]:
    """Holders of the only longer title that has these words: "the Deputy" for a deputy secretary."""
    words = set(title.split())
    longer = [f for f in before if f.role and words < set(f.role.split())]
    return longer if len({f.role for f in longer}) == 1 else []


def bare_bodies(doc: Doc, found: list[Found], book: PhraseBook, knowledge: ActorKnowledge) -> list[Found]:
    """ "the government", "authorities": the only state named in this sentence and the two before it."""
    made = []
    for start, end, sector in book.bodies.matches([t.lower_ for t in doc]):
        if sector not in _OF_STATE or _covered(found, start, end):
            continue
        near = sentences_until(doc, start, _BACK)
        window = (near[0][0], near[-1][1])
        states = {f.principal for f in found if window[0] <= f.start < window[1] and _is_state(f, knowledge)}
        if len(states) == 1:
            state = states.pop()
            first = start - 1 if start and doc[start - 1].lower_ == "the" else start
            made.append(Found(first, end, state, state, "description", sector, doc[start:end].text))
    return made


def _covered(found: Iterable[Found], start: int, end: int) -> bool:
    return any(f.start < end and start < f.end for f in found)
