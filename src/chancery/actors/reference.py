"""Mentions without a name of their own: "both countries", "the government", "the two breakaway republics"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from chancery.actors.phrases import PhraseBook
from chancery.knowledge.actor_data import ActorKnowledge
from chancery.language.mentions import Found, is_subject, sentences_until

_TERRITORIAL = frozenset(("state", "partly_recognized_state", "territory", "former_state"))
_OF_STATE = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))
_ARGUMENTS = frozenset(("nsubj", "nsubj:pass", "obj", "iobj"))
_MOST_MODIFIERS = 4
_BACK = 3  # sentences a reference may look back, its own counted


def descriptions(doc: Doc, found: list[Found], knowledge: ActorKnowledge) -> list[Found]:
    """Definite descriptions of several actors, or of one by its kind."""
    made: list[Found] = []
    for token in doc:
        if token.lower_ in knowledge.reference.breakaway_nouns:
            made.extend(_breakaways(doc, token, found, knowledge))
    taken = {i for f in (*found, *made) for i in range(f.start, f.end)}
    for token in doc:
        if token.i in taken or token.i == 0:
            continue
        if token.lower_ in knowledge.reference.pair_nouns or _is_both(token):
            made.extend(_pair(doc, token, [*found, *made], knowledge))
        elif token.lower_ in knowledge.reference.country_nouns:
            made.extend(_country(doc, token, found, knowledge))
        elif doc[token.i - 1].lower_ in ("the", "this"):
            made.extend(_by_noun(token, found, knowledge))
    return made


def halves(doc: Doc, found: list[Found], knowledge: ActorKnowledge) -> list[Found]:
    """ "the North", "North and South Korea": a divided country's part, where the other one is named."""
    named = {f.principal for f in found}
    made = []
    for token in doc[:-1]:
        for half in knowledge.reference.halves:
            if (
                token.text.lower() != half.word
                or half.other not in named
                or _covered(found, token.i, token.i + 1)
            ):
                continue
            following = doc[token.i + 1]
            joined = following.lower_ in ("and", "or") and any(
                f.start == token.i + 2 and f.actor == half.other for f in found
            )
            alone = (
                token.is_title
                and token.i > 0
                and doc[token.i - 1].lower_ == "the"
                and not _goes_on(following)
            )
            if joined or alone:
                start = token.i if joined else token.i - 1
                made.append(Found(start, token.i + 1, half.state, half.state, "description"))
                break
    return made


def _goes_on(token: Token) -> bool:
    """Whether a name goes on here: "the South China Sea", "the North-West"."""
    return token.text == "-" or (token.pos_ in ("PROPN", "NOUN", "ADJ") and token.text[:1].isupper())


def _breakaways(doc: Doc, noun: Token, found: list[Found], knowledge: ActorKnowledge) -> list[Found]:
    """ "the two breakaway Georgian republics": all that the named state claims, as far as named here."""
    start = noun.i
    while start > noun.left_edge.i and noun.i - start < 5 and not doc[start - 1].is_punct:
        start -= 1
    span = range(start, noun.i)
    if noun.i + 1 < len(doc) and doc[noun.i + 1].lower_ == "of" and _named_behind(noun.i + 2, found):
        return []  # "the disputed territories of X and Y": named themselves
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


def _is_both(token: Token) -> bool:
    """ "Both have agreed", "the two met": the word stands for the pair by itself."""
    alone = token.lower_ == "both" or (
        token.lower_ == "two" and token.i > 0 and token.nbor(-1).lower_ == "the"
    )
    return (
        alone
        and token.dep_ in ("nsubj", "nsubj:pass")
        and token.i + 1 < len(token.doc)
        and not any(c.dep_ == "nmod" for c in token.children)
    )


def _named_behind(at: int, found: Iterable[Found]) -> bool:
    return any(f.start in (at, at + 1) and f.start < f.end for f in found)


def _pair(doc: Doc, noun: Token, found: list[Found], knowledge: ActorKnowledge) -> list[Found]:
    """ "both countries", "the two sides": the two named last; of republics, partly recognized ones."""
    start = noun.i if _is_both(noun) else noun.i - 1
    if doc[start].lower_ not in ("both", "two"):
        return []
    if start and doc[start - 1].lower_ in ("the", "these", "those"):
        start -= 1
    partly = noun.lower_ in ("republics", "regions", "provinces", "territories")
    last: list[str] = []
    apart = _called_on(doc[start : noun.i + 1], found)
    for f in sorted(found, key=lambda f: -f.end):
        entry = knowledge.entries.get(f.principal)
        wanted = entry is not None and (
            entry.kind == "partly_recognized_state" if partly else entry.kind in _TERRITORIAL
        )
        if f.end <= start and wanted and f.principal not in (*last, *apart):
            last.append(f.principal)
        if len(last) == 2:
            return [Found(start, noun.i + 1, a, a, "description", None) for a in reversed(last)]
    return []


def _country(doc: Doc, noun: Token, found: list[Found], knowledge: ActorKnowledge) -> list[Found]:
    """ "his country", "the country": the owner's state, or the state named last as a subject."""
    start = _phrase_start(noun, knowledge.reference.other_country)
    before = doc[start]
    if before.lower_ not in ("his", "her", "their", "its", "our", "the", "my", "that", "this"):
        return []
    if noun.i + 1 < len(doc) and doc[noun.i + 1].lower_ == "of":
        return []
    people_only = before.lower_ in ("his", "her", "my", "our")
    found = [f for f in found if (not people_only or f.agent) and not _subject_of_same(doc, noun, f)]
    state = last_before(doc, before, [f for f in found if _is_state(f, knowledge)])
    return [Found(start, noun.i + 1, state.principal, state.principal, "description")] if state else []


def _phrase_start(noun: Token, barred: frozenset[str]) -> int:
    """Where "the war-torn country" begins; the noun itself where a word makes it another country."""
    doc, at = noun.doc, noun.i - 1
    while at > 0 and noun.i - at <= _MOST_MODIFIERS and doc[at].head.i <= noun.i and _describes(doc[at]):
        if doc[at].lower_ in barred:
            return noun.i
        at -= 1
    return at


def _describes(token: Token) -> bool:
    describing = ("amod", "compound", "punct", "advmod", "obl:unmarked")  # the last: "oil-rich"
    return token.dep_ in describing and token.text not in (",", ".", ";")


def _is_state(found: Found, knowledge: ActorKnowledge) -> bool:
    entry = knowledge.entries.get(found.principal)
    return entry is not None and entry.kind in _TERRITORIAL


def _subject_of_same(doc: Doc, noun: Token, found: Found) -> bool:
    """A state as subject earlier in the noun's own sentence: it goes on with "its", not "the country".

    Its officials may well say "the country".
    """
    if doc[noun.left_edge.i].lower_ != "the" or found.agent:
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
    leading = [
        f for f in longer if f.role and f.role.startswith(f"{title} ")
    ]  # "deputy" of "deputy secretary"
    longer = leading or longer
    return longer if len({f.role for f in longer}) == 1 else []


def bare_bodies(doc: Doc, found: list[Found], book: PhraseBook, knowledge: ActorKnowledge) -> list[Found]:
    """ "the government", "authorities": the only state named in this sentence and the two before it."""
    made, apart_from_state = [], knowledge.reference.of_others
    for start, end, sector in book.bodies.matches([t.lower_ for t in doc]):
        if (
            sector not in _OF_STATE
            or _covered(found, start, end)
            or (start and (doc[start - 1].tag_ == "PRP$" or doc[start - 1].lower_ in apart_from_state))
        ):
            continue
        near = sentences_until(doc, start, _BACK)
        window = (near[0][0], near[-1][1])
        near_by = [f for f in found if window[0] <= f.start < window[1] and _is_state(f, knowledge)]
        apart = _dealing_with(doc, (start, end), found, knowledge.reference.commanding)
        state = _only(near_by, apart)
        if state is None and sector == "GOV" and start and doc[start - 1].lower_ == "the":
            state = _colleagues(doc, start, near_by, apart)
        if state is not None:
            first = start - 1 if start and doc[start - 1].lower_ == "the" else start
            made.append(Found(first, end, state, state, "description", sector, doc[start:end].text))
    return made


def _only(found: Iterable[Found], apart: set[str]) -> str | None:
    """The one state named; of several the one that is no other party of the same deed."""
    states = {f.principal for f in found}
    left = states if len(states) == 1 else states - apart
    return left.pop() if len(left) == 1 else None


def _colleagues(doc: Doc, start: int, found: Iterable[Found], apart: set[str]) -> str | None:
    """The state whose organ or official was the last to do something before."""
    acted = [
        f for f in found
        if f.end <= start and f.agent and f.sector in _OF_STATE and is_subject(doc[f.end - 1])
        and f.principal not in apart
    ]  # fmt: skip
    return acted[-1].principal if acted else None


def _over(head: Token) -> Token | None:
    """ "urged [the government to pay]": the verb over an infinitive that has its own subject."""
    verb = head.head
    open_clause = (
        head.dep_ == "nsubj" and verb.dep_ == "xcomp" and any(c.lower_ == "to" for c in verb.children)
    )
    return verb.head if open_clause else None


def _called_on(pair: Words, found: Iterable[Found]) -> set[str]:
    """ "X called on both nations": the subject is neither of them."""
    head = pair.root
    verb = _over(head)
    if verb is None and head.dep_ not in ("obj", "iobj", "obl"):
        return set()
    subjects = {c.i for c in (verb or head.head).children if c.dep_ == "nsubj"}
    return {f.principal for f in found if subjects & set(range(f.start, f.end))}


def _dealing_with(
    doc: Doc, at: tuple[int, int], found: Iterable[Found], commanding: frozenset[str] = frozenset()
) -> set[str]:
    """Whom a phrase stands over against as subject or object of one verb: nobody presses himself.

    An opposition may press its own government, so those of no state's organs do not count.
    """
    head = doc[at[0] : at[1]].root
    over = _over(head)
    verb = over or head.head
    if verb.pos_ != "VERB" or head.dep_ not in _ARGUMENTS or verb.lemma_.lower() in commanding:
        return set()
    others = {c.i for c in verb.children if c.dep_ in _ARGUMENTS and not at[0] <= c.i < at[1]}
    if over is not None or not head.dep_.startswith("nsubj"):
        others = {i for i in others if doc[i].dep_.startswith("nsubj")}
    return {
        f.principal
        for f in found
        if (f.sector is None or f.sector in _OF_STATE) and others & set(range(f.start, f.end))
    }


def _covered(found: Iterable[Found], start: int, end: int) -> bool:
    return any(f.start < end and start < f.end for f in found)
