"""On whose word: the speakers the model marks, completed by grammar, outermost first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

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
_RELATIVE = frozenset(("which", "that", "who", "it", "this"))
SUSPECTED = 0.15  # probability of a role from which the tree may decide

_LABEL = re.compile(r"[ \t]*(?P<name>[A-Z][A-Z.'’ -]{3,60}):\s")
_Stretch = tuple[int, int, str | None]


def speakers(
    doc: Doc, trigger: int, words: tuple[tuple[int, float], ...], found: list[Found], cues: Speech
) -> tuple[Speaker, ...]:
    """The model's speakers where it names any, else the subject of the verb of saying above.

    A speaker of another sentence counts only for what stands in quotation marks, and a word the model
    only suspects only where it is the subject of a verb of saying over the act.
    """
    word = doc[trigger]
    for told in (
        _here(word, words, cues),
        list(_above(word, cues)),
        _suspected(word, words, cues),
        _labelled(word, found),
        _before(word, words),
    ):
        made = tuple(
            s for a, b, cue in told for s in _speakers(doc, a, b, cue or _cue(doc, a, b, cues), found)
        )
        if made:
            return made
    return ()


def _here(trigger: Token, words: Sequence[tuple[int, float]], cues: Speech) -> list[_Stretch]:
    """The model's speakers in the sentence of the act."""
    sent = trigger.sent
    inside = [(i, s) for i, s in near(trigger, words) if sent.start <= i < sent.end]
    spans = [(a, b) for a, b, _ in runs(trigger.doc, inside)]
    return [(a, b, None) for a, b in spans if _may_speak(trigger, trigger.doc[a:b].root, cues)]


def _may_speak(trigger: Token, speaker: Token, cues: Speech) -> bool:
    """Not whom something is told to, nor who only wants the act or tells somebody to do it."""
    if any(c.dep_ == "case" and c.lower_ == "to" for c in speaker.children):
        return False
    verb = speaker.head
    wants = verb.lemma_.lower() in cues.stances - cues.verbs
    below = _below(trigger, verb) if speaker.dep_ == "nsubj" else None
    if below is not None and (wants or below.dep_ == "xcomp"):
        return False
    return not _beside(trigger, speaker, cues)


def _below(trigger: Token, verb: Token) -> Token | None:
    """The word right below a verb on the way down to an act under it."""
    at = trigger
    while at.head not in (at, verb):
        at = at.head
    return at if at.head == verb and at != verb else None


def _suspected(trigger: Token, words: Sequence[tuple[int, float]], cues: Speech) -> list[_Stretch]:
    """Subjects of verbs of saying over the act that the model half believes to speak."""
    likely = {i for i, score in words if score >= SUSPECTED}
    made: list[_Stretch] = []
    below = trigger
    for verb in trigger.ancestors:
        inside = below.dep_ in ("advcl", "ccomp", "conj") or (below.dep_ == "obl" and below.i < verb.i)
        if inside and verb.lemma_.lower() in cues.verbs and not _conjoined(verb, cues):
            subjects = (c for c in verb.children if c.dep_ == "nsubj" and c.i in likely)
            made += [(c.left_edge.i, _end(c), verb.text) for c in subjects]
        below = verb
    return made[::-1]


def _before(trigger: Token, words: Sequence[tuple[int, float]]) -> list[_Stretch]:
    """The model's speakers in other sentences, for an act within quotation marks."""
    if not _is_quoted(trigger):
        return []
    return [(a, b, None) for a, b, _ in runs(trigger.doc, near(trigger, words))]


def _labelled(trigger: Token, found: Sequence[Found]) -> list[_Stretch]:
    """Who speaks in a paragraph of a transcript: "MINISTER ROJAS: We ...", where the name is known."""
    text, doc = trigger.doc.text, trigger.doc
    label = _LABEL.match(text, text.rfind("\n", 0, trigger.idx) + 1)
    if label is None or label.end() > trigger.idx:
        return []
    words = doc.char_span(*label.span("name"), alignment_mode="expand")
    if words is None or not any(words.start <= f.start and f.end <= words.end for f in found):
        return []
    return [(words.start, words.end, None)]


def _is_quoted(token: Token) -> bool:
    """Whether a quotation is open at a word, by the marks of its paragraph before it."""
    text = token.doc.text
    ahead = text[text.rfind("\n\n", 0, token.idx) + 1 : token.idx]
    curled = ahead.count("“") - ahead.count("”")
    return curled > 0 or (ahead.count('"') + ahead.count("``") + ahead.count("''")) % 2 == 1


def _beside(trigger: Token, speaker: Token, cues: Speech) -> bool:
    """Whether the speaker speaks in a clause below the act: "A demands it after B said that ..."."""
    for verb in (speaker.head, speaker.head.head):
        below = verb.dep_ in ("advcl", "parataxis") and trigger in verb.ancestors
        if below and _conjoined(verb, cues):
            return True
    return False


def _conjoined(verb: Token, cues: Speech) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in cues.beside for c in verb.children)


def _speakers(doc: Doc, start: int, end: int, cue: str | None, found: list[Found]) -> Iterator[Speaker]:
    """Who is named by some words: several at once where they are named side by side."""
    while start < end and (doc[start].is_punct or doc[start].lower_ in ("the", "a", "an")):
        start += 1
    if (
        start >= end
        or doc[start:end].text.lower() in _RELATIVE
        or not any(t.pos_ in _NAMES for t in doc[start:end])
    ):
        return
    words = doc[start:end]
    span = Span(words.start_char, words.end_char)
    hits = mentions_in(doc, start, end, found)
    beside = [f for f in hits if _is_beside(doc, hits[0], f)]
    for actor in dict.fromkeys(f.principal for f in beside) or [None]:
        yield Speaker(words.text, actor, span, cue)


def _is_beside(doc: Doc, first: Found, other: Found) -> bool:
    """Whether a mention is the first one, names others with the same words, or is joined to it by "and"."""
    if (first.start, first.end) == (other.start, other.end):
        return True
    inside = range(first.start, first.end)
    return any(t.dep_ == "conj" and t.head.i in inside for t in doc[other.start : other.end])


def _cue(doc: Doc, start: int, end: int, cues: Speech) -> str | None:
    """The verb of saying whose subject stands here."""
    for token in doc[start:end]:
        head = token.head
        if not start <= head.i < end and head.lemma_.lower() in cues.verbs:
            return head.text
        if any(c.lower_ in cues.according for c in (head, *token.children) if not start <= c.i < end):
            return "according to"
    return None


def _above(trigger: Token, cues: Speech) -> Iterator[tuple[int, int, str | None]]:
    """Subjects of reporting verbs that govern the trigger's clause, innermost found first."""
    found: list[tuple[int, int, str | None]] = []
    at, below = trigger.head, trigger
    for _ in range(12):
        if (
            at.lemma_.lower() in cues.verbs | cues.findings
            and at.pos_ == "VERB"
            and _is_content(below, at, cues)
        ):
            subject = _subject(at)
            if subject is not None and subject.i != trigger.i:
                found.insert(0, (subject.left_edge.i, _end(subject), at.text))
        for child in at.children:  # a parenthetical clause: "..., said X" below the act
            says = (
                child.dep_ == "parataxis" and child.lemma_.lower() in cues.verbs and not _has_content(child)
            )
            if says and child.i != below.i and not _conjoined(child, cues):
                subject = next((c for c in child.children if c.dep_ in _SUBJECT), None)
                if subject is not None:
                    found.insert(0, (subject.left_edge.i, _end(subject), child.text))
        if at.head == at:
            break
        at, below = at.head, at
    yield from dict.fromkeys(found)


def _subject(verb: Token) -> Token | None:
    """A verb's subject, or the one it shares with the verb it is joined to or goes with as a participle."""
    at = verb
    for _ in range(3):
        subject = next((c for c in at.children if c.dep_ in _SUBJECT), None)
        if subject is not None and (at != verb or subject.pos_ != "NOUN" or not _is_participle(verb)):
            return subject
        if not (at.dep_ in ("conj", "xcomp") or _is_participle(at)) or at.head == at:
            return None
        at = at.head
    return None


def _is_participle(verb: Token) -> bool:
    return verb.dep_ == "advcl" and verb.tag_ == "VBG"


def _is_content(clause: Token, verb: Token, cues: Speech) -> bool:
    """Whether a clause below a verb of saying is what it says, and not beside what it says."""
    if clause.dep_ == "parataxis":
        return not _has_content(verb) and not _conjoined(verb, cues)
    return clause.dep_ == "ccomp"


def _has_content(verb: Token) -> bool:
    return any(c.dep_ == "ccomp" for c in verb.children)


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
