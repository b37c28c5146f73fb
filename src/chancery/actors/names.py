"""Names from the knowledge files: the longest match at each place, as of the report's date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from spacy.tokens import Doc

from chancery.knowledge import own
from chancery.knowledge.actor_data import ActorKnowledge, Name, actor_knowledge
from chancery.knowledge.actor_entries import PersonEntry
from chancery.language.mentions import Found
from chancery.language.words import splitter
from chancery.records import Finding, Span

_LEANING = frozenset(("pro", "anti", "non"))
_SHORT = 3  # capitals this short are not folded: "US" is not "us"


def _plain(word: str) -> str:
    return word.replace("’", "'").replace("‑", "-")


def holds(since: date | None, until: date | None, day: date | None) -> bool:
    """Whether something valid from `since` until `until` held on `day` (unknown days always)."""
    return day is None or ((since is None or since <= day) and (until is None or day <= until))


def without_initials(name: tuple[str, ...]) -> tuple[str, ...]:
    """ "Antony J. Blinken" as "Antony Blinken": middle initials come and go in the news."""
    kept = tuple(w for i, w in enumerate(name) if not (i > 0 and len(w.rstrip(".")) <= 1))
    return kept if len(kept) > 1 else name


def surname_first(name: tuple[str, ...], state: str) -> bool:
    """Whether the family name leads: "Xi Jinping", and hyphened names of East Asia as "Ban Ki-moon"."""
    return len(name) > 1 and (
        state in actor_knowledge().reference.surname_first
        or ("-" in name[-1] and name[-1].rpartition("-")[2].islower())
    )


def _with_article_forms(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """ "al-Shabaab" also as "Al-Shabaab", "al Shabaab" and "Al Shabaab"."""
    if words[0].lower() != "al" or len(words) < 2:
        return [words]
    rest = words[2:] if words[1] == "-" else words[1:]
    return [(first, *hyphen, *rest) for first in ("al", "Al") for hyphen in (("-",), ())]


class NameIndex:
    """Names by their first word; built once from the knowledge files."""

    def __init__(self, knowledge: ActorKnowledge) -> None:
        split = splitter()
        # entries that only keep their words from naming another
        self.no_parties = frozenset(e.id for e in knowledge.entries.values() if not e.party)
        self.ruling = knowledge.reference.ruling_nouns
        self.heads = frozenset(title for title, office in knowledge.offices.items() if office.head)
        self._by_first: dict[str, list[tuple[tuple[str, ...], Name]]] = defaultdict(list)
        for name in knowledge.names:
            for words in _with_article_forms(tuple(map(_plain, split(name.text)))):
                self._by_first[words[0]].append((words, name))
        self.people: dict[tuple[str, ...], list[PersonEntry]] = defaultdict(list)
        self.surnames: dict[str, list[PersonEntry]] = defaultdict(list)
        for person in knowledge.people:
            for text in dict.fromkeys((person.name, *person.names)):
                words = tuple(map(_plain, text.split()))
                self.people[without_initials(words)].append(person)
                at = 0 if surname_first(words, person.affiliation) else -1
                self.surnames[words[at]].append(person)

    def longest(self, words: Sequence[str], at: int, day: date | None) -> tuple[int, list[Name]]:
        """Length of the longest name at `at`, and the names of that length valid on the day."""
        best, names = 0, list[Name]()
        for pattern, name in self._by_first.get(words[at], ()):
            n = len(pattern)
            if n < best or tuple(words[at : at + n]) != pattern:
                continue
            if not holds(name.since, name.until, day):
                continue
            if n > best:
                best, names = n, []
            names.append(name)
        return best, names


def name_index() -> NameIndex:
    """The index over the knowledge in use."""
    return _index(own.folder_in_use())


@cache
def _index(_folder: str | None) -> NameIndex:
    return NameIndex(actor_knowledge())


def _folded(doc: Doc) -> list[str]:
    """Words with headline capitals folded ("ECUADOR" -> "Ecuador") where their neighbours shout too."""
    words = [_plain(t.text) for t in doc]
    shouting = [w.isupper() and len(w) > _SHORT for w in words]
    return [
        w.title() if shouting[i] and (any(shouting[max(0, i - 2) : i]) or any(shouting[i + 1 : i + 3])) else w
        for i, w in enumerate(words)
    ]


def named(doc: Doc, day: date | None, index: NameIndex) -> tuple[list[Found], list[Finding]]:
    """All names of the knowledge in the document; doubtful ones only with support."""
    words, found, doubtful, at = _folded(doc), [], [], 0
    while at < len(words):
        length, names = index.longest(words, at, day)
        if not length:
            at += 1
            continue
        actors = {n.actor: n for n in names}
        span = (at, at + length)
        at += length
        if _inside_person(doc, *span) or _only_leaning(words, at - length):
            continue
        if len(actors) > 1 or any(n.doubtful for n in actors.values()):
            doubtful.append((span, list(actors.values())))
        else:
            name = names[0]
            found.append(_found(span, name))
    supported, findings = _with_supported(doc, found, doubtful)
    return [f for f in supported if f.actor not in index.no_parties], findings


def _found(span: tuple[int, int], name: Name) -> Found:
    return Found(span[0], span[1], name.actor, name.principal, name.how, name.sector)


def _only_leaning(words: Sequence[str], start: int) -> bool:
    """ "pro-Russian rebels", "anti-American protests": nothing that Russia or America does."""
    return start > 1 and words[start - 1] in ("-", "–") and words[start - 2].lower() in _LEANING


def _inside_person(doc: Doc, start: int, end: int) -> bool:
    """Part of a longer person's name ("Michael Jordan"), by the model."""
    first = doc[start]
    if first.ent_type_ != "PER":
        return False
    person = next((e for e in doc.ents if e.start <= start < e.end), None)
    if person is None or (person.start, person.end) == (start, end):
        return False
    outside = [t for t in person if not start <= t.i < end]
    return all(t.text[:1].isupper() and t.pos_ == "PROPN" for t in outside) and end == person.end


def _speaks_for(name: Name, sure: set[str]) -> bool:
    """Whether other states may back it: a place, company or party needs its own state."""
    entry = actor_knowledge().entries.get(name.actor)
    home = name.actor if name.how == "place" else entry.affiliation if entry is not None else None
    return home is None or home in sure


def _with_supported(
    doc: Doc, found: list[Found], doubtful: Iterable[tuple[tuple[int, int], list[Name]]]
) -> tuple[list[Found], list[Finding]]:
    """A doubtful name counts where its actor is named plainly too, or other states are."""
    sure = {f.actor for f in found}
    findings = []
    for span, names in doubtful:
        backed = [n for n in names if n.actor in sure]
        alone = names if len(names) == 1 and sure - {"USA"} and _speaks_for(names[0], sure) else []
        fits = backed or alone
        if len(fits) == 1:
            found.append(_found(span, fits[0]))
        else:
            words = doc[span[0] : span[1]]
            could = ", ".join(sorted(n.actor for n in names))
            findings.append(
                Finding(
                    "ambiguous_actor",
                    f"{words.text!r} could be {could} or something else; left open",
                    Span(words.start_char, words.end_char),
                )
            )
    return found, findings
