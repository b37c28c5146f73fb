"""Who and to whom: words the model puts into a role, resolved to actors; syntax where it is silent.

`found` is throughout the outermost mentions of the document, worked out once by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from chancery.knowledge.event_data import Doers
from chancery.language import ActProposal
from chancery.language.mentions import Found
from chancery.records import Party, Span

ROLE_AT = 0.5  # probability from which a word is in a role
LIKELY_AT = {"actor": 0.35, "recipient": 0.25}  # from which the likeliest is taken where none reaches that
_GLUE = frozenset(("of", "the", "'s", "’s", "-", "'", "’", "a", "an", "for", "at", "in"))
_RECIPROCAL = frozenset(("each other", "one another"))
WHERE = frozenset(("in", "at", "near", "off", "over", "around", "inside", "outside", "along"))
_MODIFIES = ("amod", "compound", "nmod:poss", "nmod", "appos")


def runs(
    doc: Doc, words: Sequence[tuple[int, float]], at_least: float = ROLE_AT
) -> list[tuple[int, int, float]]:
    """Stretches of role words as (start, end, mean score); small words between are bridged."""
    kept = [(i, s) for i, s in words if s >= at_least]
    grouped: list[list[tuple[int, float]]] = []
    for i, s in kept:
        if grouped and _bridged(doc, grouped[-1][-1][0] + 1, i):
            grouped[-1].append((i, s))
        else:
            grouped.append([(i, s)])
    return [(g[0][0], g[-1][0] + 1, sum(s for _, s in g) / len(g)) for g in grouped]


def _bridged(doc: Doc, start: int, end: int) -> bool:
    between = doc[start:end]
    return end - start <= 3 and all(
        t.lower_ in _GLUE or (t.dep_ in ("amod", "compound") and t.text != ",") for t in between
    )


def mentions_in(doc: Doc, start: int, end: int, found: Iterable[Found]) -> list[Found]:
    """The mentions a stretch of words names: whole ones, heads rather than their modifiers."""
    hits = [f for f in found if f.start < end and start < f.end]
    heads = [f for f in hits if not _is_modifier(doc, f, start, end)]
    return heads or hits


def _is_modifier(doc: Doc, found: Found, start: int, end: int) -> bool:
    """Whether it only modifies another word of the stretch ("Russian" in "Russian arms exporter")."""
    head = _root_of(doc, found.start, found.end)
    return (
        head.dep_ in _MODIFIES and start <= head.head.i < end and not (found.start <= head.head.i < found.end)
    )


def _root_of(doc: Doc, start: int, end: int) -> Token:
    return next((t for t in doc[start:end] if not start <= t.head.i < end or t.head == t), doc[end - 1])


def party(doc: Doc, found: Found) -> Party:
    """The mention as one side of an event."""
    words = doc[found.start : found.end]
    return Party(
        found.principal, found.sector, found.agent, words.text, Span(words.start_char, words.end_char)
    )  # fmt: skip


def merged(parties: Iterable[Party]) -> tuple[Party, ...]:
    """One party an id, in order."""
    kept: dict[str, Party] = {}
    for p in parties:
        kept.setdefault(p.id, p)
    return tuple(kept.values())


def others(actors: Sequence[Party], patients: Iterable[Party]) -> list[Party]:
    """The patients that are not the actors again; a state's own bodies and people, named apart, stay."""
    ids, spans, agents = {a.id for a in actors}, {a.span for a in actors}, {a.agent for a in actors}

    def apart(p: Party) -> bool:
        own = p.agent is not None and p.agent not in agents
        return p.span not in spans and (own or p.text.lower() in _RECIPROCAL)

    return [p for p in patients if p.id not in ids or apart(p)]


def near(trigger: Token, words: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """The role words of the trigger's own sentence; others only where it has none."""
    sentence = trigger.sent
    strong = [(i, s) for i, s in words if s >= ROLE_AT]
    here = [(i, s) for i, s in strong if sentence.start <= i < sentence.end]
    return here or strong


def in_role(
    trigger: Token, words: Sequence[tuple[int, float]], found: list[Found]
) -> tuple[list[Party], list[tuple[int, int]]]:
    """Parties of a role, and the stretches that name no actor we know."""
    doc = trigger.doc
    parties: list[Party] = []
    unknown: list[tuple[int, int]] = []
    for start, end, _ in runs(doc, near(trigger, words)):
        hits = mentions_in(doc, start, end, found)
        parties.extend(party(doc, f) for f in hits)
        if not hits:
            unknown.append((start, end))
    return parties, unknown


def by_syntax(doc: Doc, trigger: Token, found: list[Found], cues: Doers) -> list[Party]:
    """The agent by grammar: subject, "by" phrase, possessor or demonym beside a noun."""
    for token in _agents(trigger, cues.directing):
        hits = [f for f in found if f.start <= token.i < f.end]
        if hits:
            return [party(doc, f) for f in hits]
    return []


def _agents(trigger: Token, directing: frozenset[str]) -> Iterable[Token]:
    at = trigger
    for _ in range(4):
        passive = any(c.dep_ in ("nsubj:pass", "aux:pass") for c in at.children)
        for child in at.children:
            by = any(g.lower_ == "by" for g in child.children if g.dep_ == "case")
            if (child.dep_ == "nsubj" and not passive) or child.dep_ in ("nmod:poss", "obl:agent") or by:
                yield child
                yield from (c for c in child.children if c.dep_ == "conj")
        if at.pos_ == "NOUN":
            yield from (c for c in at.children if c.dep_ in ("amod", "compound"))
        if (
            passive
            or at.dep_ not in ("xcomp", "conj", "advcl", "obj", "obl", "acl", "ccomp")
            or at.head == at
        ):
            return
        if at.dep_ == "xcomp" and at.head.lemma_.lower() in directing:  # "expects him to speak"
            yield from (c for c in at.head.children if c.dep_ in ("obj", "iobj"))
            return
        at = at.head


def by_frame(
    trigger: Token,
    frame: frozenset[str],
    hints: Sequence[tuple[int, float]],
    found: list[Found],
    at_least: float,
) -> list[Party]:
    """Recipients where the act's frame puts them, if the model at least suspects so.

    `hints` are the model's words and scores for the role; one of a phrase must reach `at_least`.
    """
    doc = trigger.doc
    suspected = {i for i, score in hints if score >= at_least}
    parties: list[Party] = []
    for child in trigger.children:
        if slot(child) not in frame:
            continue
        first = antecedent(child) or child
        for head in (first, *(c for c in first.children if c.dep_ == "conj")):
            hits = [f for f in found if f.start <= head.i < f.end]
            told = first is not child  # by a relative pronoun, which no model marks
            if hits and (told or suspected & set(range(hits[0].start, hits[0].end))):
                parties.extend(party(doc, f) for f in hits)
    return parties


def likeliest(
    trigger: Token, act: ActProposal, role: str, found: Sequence[Found], others: Iterable[Party]
) -> list[Party]:
    """The mention of the sentence that the model holds likeliest in a role, where it is sure of none.

    A mention is as likely as its likeliest word; none that stands on the other side, or is likelier there.
    """
    doc, sentence = trigger.doc, trigger.sent
    other = "recipient" if role == "actor" else "actor"
    apart = {p.id for p in others}
    best: list[Found] = []
    most = LIKELY_AT[role]
    for f in found:
        score = _likelihood(f, act.roles.get(role, ()))
        fits = sentence.start <= f.start < sentence.end and not f.start <= trigger.i < f.end
        if (
            not fits
            or f.principal in apart
            or score < most
            or score < _likelihood(f, act.roles.get(other, ()))
        ):
            continue
        best = [*best, f] if best and (best[0].start, best[0].end) == (f.start, f.end) else [f]
        most = score
    return [party(doc, f) for f in best]


def _likelihood(of: Found, words: Sequence[tuple[int, float]]) -> float:
    return max((score for i, score in words if of.start <= i < of.end), default=0.0)


def antecedent(pronoun: Token) -> Token | None:
    """What a relative pronoun takes up: "a ministry [which] Riga opposes"."""
    if pronoun.tag_ not in ("WDT", "WP"):
        return None
    at = pronoun.head
    while at.dep_ in ("xcomp", "ccomp") and at.head != at:
        at = at.head
    return at.head if at.dep_.startswith("acl") else None


def slot(child: Token) -> str:
    """The relation as frames write it: with its preposition, where it has one."""
    case = next((c.lower_ for c in child.children if c.dep_ == "case"), None)
    relation = child.dep_ if child.dep_ == "nsubj:pass" else child.dep_.partition(":")[0]
    return f"{relation}:{case}" if case else relation


def _partners(verb: Token, found: Iterable[Found]) -> list[Party]:
    """Those with whom a verb, or what it has for object, is done."""
    heads = (verb, *(c for c in verb.children if c.dep_ == "obj"))
    along = [
        c
        for h in heads
        for c in h.children
        if any(g.lower_ == "with" and g.dep_ == "case" for g in c.children)
    ]
    return [party(verb.doc, f) for c in along for f in found if f.start <= c.i < f.end]


def given(
    trigger: Token, agents: list[Party], patients: list[Party], found: list[Found], receiving: frozenset[str]
) -> tuple[list[Party], list[Party]]:
    """Givers and receivers of a gift: "obtained credit from Moscow" has its subject for receiver.

    Nobody gives to themselves: who stands on both sides is the receiver.
    """
    doc = trigger.doc
    if trigger.lemma_.lower() in receiving and not any(c.dep_ == "nsubj:pass" for c in trigger.children):
        givers = [
            party(doc, f)
            for child in trigger.subtree
            if any(c.lower_ == "from" and c.dep_ == "case" for c in child.children)
            for f in found
            if f.start <= child.i < f.end
        ]
        if not givers and agents:  # "signs with Paris to receive jets": who else is told gives
            takers = {a.id for a in agents}
            partners = patients or _partners(trigger.head, found)
            return [p for p in partners if p.id not in takers], agents
        receivers = [a for a in agents if a.id not in {g.id for g in givers}]
        return givers, [*receivers, *(p for p in patients if p.id not in {g.id for g in givers})]
    both = {p.id for p in patients}
    return [a for a in agents if a.id not in both], patients


def from_whom(doc: Doc, thing: Token, found: list[Found]) -> tuple[Party, ...]:
    """Who is named as the giver of a thing: "helicopters from Quito", "Quito's helicopters"."""
    return merged(
        party(doc, f)
        for c in thing.children
        if c.dep_ == "nmod:poss"
        or (c.dep_ in ("nmod", "obl") and any(k.lower_ == "from" for k in c.children))
        for f in mentions_in(doc, c.left_edge.i, c.right_edge.i + 1, found)
    )
