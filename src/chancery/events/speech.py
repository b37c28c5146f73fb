"""On whose word: the speakers the model marks, completed by grammar, outermost first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from chancery.events.parties import mentions_in, near, runs
from chancery.knowledge.event_data import Speech
from chancery.language.mentions import Found
from chancery.records import Span, Speaker

_SUBJECT = ("nsubj", "nsubj:pass")
_CONTENT = ("ccomp", "xcomp", "parataxis", "obj", "obl", "csubj")
_NAMES = ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET")
_EMPTY = frozenset(
    ("i", "you", "we", "it's", "there", "that", "what", "this", "nobody", "anyone", "everyone")
)
_MODALS = frozenset(
    ("can", "could", "would", "should", "must", "may", "might", "will", "ca", "wo", "if", "to")
)
_REPORTED = ("ccomp", "parataxis", "obj", "xcomp", "root")


def speakers(
    doc: Doc, trigger: int, words: tuple[tuple[int, float], ...], found: list[Found], cues: Speech
) -> tuple[Speaker, ...]:
    """The model's speakers where it names any, else the subject of the verb of saying above."""
    marked = runs(doc, near(doc[trigger], words))
    spans = [(a, b, None) for a, b, _ in marked if not _beside(doc[trigger], doc[a:b].root, cues)]
    told: list[tuple[int, int, str | None]] = [*spans] or list(_above(doc[trigger], cues))
    made = [_speaker(doc, a, b, cue or _cue(doc, a, b, cues), found) for a, b, cue in told]
    return tuple(s for s in made if s is not None)


def _beside(trigger: Token, speaker: Token, cues: Speech) -> bool:
    """Whether the speaker speaks in a clause below the act: "A demands it after B said that ..."."""
    for verb in (speaker.head, speaker.head.head):
        below = verb.dep_ in ("advcl", "parataxis") and trigger in verb.ancestors
        if below and _conjoined(verb, cues):
            return True
    return False


def _conjoined(verb: Token, cues: Speech) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in cues.beside for c in verb.children)


def _speaker(doc: Doc, start: int, end: int, cue: str | None, found: list[Found]) -> Speaker | None:
    while start < end and (doc[start].is_punct or doc[start].lower_ in ("the", "a", "an")):
        start += 1
    if start >= end:
        return None
    hits = mentions_in(doc, start, end, found)
    words = doc[start:end]
    actors = list(dict.fromkeys(f.principal for f in hits))
    actor = actors[0] if actors else None
    return Speaker(words.text, actor, Span(words.start_char, words.end_char), cue)


def _cue(doc: Doc, start: int, end: int, cues: Speech) -> str | None:
    """The verb of saying whose subject stands here."""
    for token in doc[start:end]:
        head = token.head
        if not start <= head.i < end and head.lemma_.lower() in cues.verbs:
            return head.text
        if not start <= head.i < end and head.lower_ in cues.according:
            return "according to"
    return None


def _above(trigger: Token, cues: Speech) -> Iterator[tuple[int, int, str | None]]:
    """Subjects of reporting verbs that govern the trigger's clause, innermost found first."""
    found: list[tuple[int, int, str | None]] = []
    at, below = trigger.head, trigger
    for _ in range(12):
        if at.lemma_.lower() in cues.verbs and at.pos_ == "VERB" and below.dep_ in ("ccomp", "parataxis"):
            subject = next((c for c in at.children if c.dep_ in _SUBJECT), None)
            if subject is not None and subject.i != trigger.i:
                found.insert(0, (subject.left_edge.i, _end(subject), at.text))
        for child in at.children:  # a parenthetical clause: "..., said X" below the act
            says = child.dep_ == "parataxis" and child.lemma_.lower() in cues.verbs
            if says and child.i != below.i and not _conjoined(child, cues):
                subject = next((c for c in child.children if c.dep_ in _SUBJECT), None)
                if subject is not None:
                    found.insert(0, (subject.left_edge.i, _end(subject), child.text))
        if at.head == at:
            break
        at, below = at.head, at
    yield from dict.fromkeys(found)


def _end(subject: Token) -> int:
    """The end of the noun phrase, without what follows its first comma."""
    end = subject.right_edge.i + 1
    comma = next((t.i for t in subject.subtree if t.i > subject.i and t.text == ","), end)
    return min(end, comma)


def sources(doc: Doc, cues: Speech, told: Iterable[Span] = ()) -> tuple[Span, ...]:
    """Sources of any speech or stance a text reports, in reading order; `told` are those known already.

    Found by the tree: subjects of reporting verbs and of verbs of stance with something to report, agents of
    their passives, the noun a clause of report hangs on, and "according to". One source a place.
    """
    found = {(s.start, s.end) for s in told}
    for token in doc:
        for start, end in _sources_at(token, cues):
            first = next((i for i in range(start, end) if not doc[i].is_punct), end)
            if first < end:
                words = doc[first:end]
                found.add((words.start_char, words.end_char))
    kept: list[Span] = []
    for start, end in sorted(found):
        if not kept or start >= kept[-1].end:
            kept.append(Span(start, end))
    return tuple(kept)


def _sources_at(token: Token, cues: Speech) -> Iterator[tuple[int, int]]:
    """Stretches of words that are the source of what a verb, a noun or "according" reports."""
    if token.lower_ in cues.according and token.dep_ in ("case", "mark", "fixed", "advmod"):
        yield _from_case(token.head), _end(token.head)
    elif token.pos_ == "VERB" and _reports(token, cues):
        source = _source_of(token)
        if source is not None and source.pos_ in _NAMES and source.lower_ not in _EMPTY:
            yield _from_case(source), _end(source)
    elif token.pos_ == "NOUN" and token.lemma_.lower() in cues.nouns:
        told = any(c.dep_ in ("acl", "ccomp") for c in token.children)
        yield from ((c.left_edge.i, c.i + 1) for c in token.children if told and c.dep_ == "nmod:poss")


def _from_case(noun: Token) -> int:
    """Where a noun phrase begins behind its prepositions."""
    cases = [c.i for c in noun.children if c.dep_ in ("case", "mark") and c.i < noun.i]
    fixed = [g.i for c in noun.children if c.i in cases for g in c.children if g.dep_ == "fixed"]
    return max([noun.left_edge.i - 1, *cases, *fixed]) + 1


def _reports(verb: Token, cues: Speech) -> bool:
    """Whether a verb of saying or of stance has something that it reports."""
    word = verb.lemma_.lower()
    if word in cues.stances:
        return _is_told(verb) and any(c.dep_.partition(":")[0] in _CONTENT for c in verb.children)
    if word not in cues.verbs:
        return False
    return (
        verb.dep_ in ("parataxis", "advcl", "root", "ROOT", "conj", "acl:relcl")
        or any(c.dep_.partition(":")[0] in _CONTENT for c in verb.children)
    )  # fmt: skip


def _is_told(verb: Token) -> bool:
    """Whether a verb tells a fact: a finite form or participle, without a modal."""
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "mark")}
    return not helpers & _MODALS and verb.tag_ != "VB"


def _source_of(verb: Token) -> Token | None:
    """Its subject, or the one it shares with a verb above; the agent of a passive."""
    at = verb
    for _ in range(4):
        if any(c.dep_ in ("nsubj:pass", "aux:pass") for c in at.children):
            return next((c for c in at.children if c.dep_ == "obl:agent" or _by(c)), None)
        subject = next((c for c in at.children if c.dep_ in ("nsubj", "nsubj:outer")), None)
        if subject is not None:
            return subject
        if at.dep_ == "acl" and at.tag_ == "VBG":
            return at.head
        if at.dep_ not in ("conj", "xcomp", "advcl", "parataxis", "ccomp") or at.head == at:
            return None
        at = at.head
    return None


def _by(child: Token) -> bool:
    return child.dep_.startswith("obl") and any(g.lower_ == "by" and g.dep_ == "case" for g in child.children)
