"""People: by the title that introduces them, then by surname; office holders from the knowledge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc, Token

from chancery.actors.names import NameIndex, holds, surname_first, without_initials
from chancery.actors.phrases import PhraseBook, left_owner, lowered, right_owners
from chancery.knowledge.actor_entries import OfficeEntry, PersonEntry, Reference
from chancery.language.mentions import Found, by_start, ending_at, is_subject, starting_at
from chancery.records import How, Sector

_MOST_NAME_WORDS = 5
_REACH = 12  # words after a name within which its apposition must name a state


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody this report has introduced: for whom they act, and in what office."""

    name: tuple[str, ...]
    principal: str
    sector: Sector
    role: str | None

    @property
    def text(self) -> str:
        """The name as one string."""
        return " ".join(self.name)

    @property
    def called(self) -> tuple[str, ...]:
        """The single words the person may be called by later."""
        if len(self.name) > 1 and surname_first(self.name, self.principal):
            return self.name[:1]
        return self.name[-2:] if len(self.name) > 2 else self.name[-1:]


@dataclass(frozen=True, slots=True)
class _Title:
    start: int
    end: int
    office: OfficeEntry
    owner: Found | None
    more: tuple[Found, ...] = ()  # "the presidents of X and Y": the others whose it is


def people(
    doc: Doc, found: list[Found], day: date | None, index: NameIndex, book: PhraseBook, words: Reference
) -> list[Found]:
    """Titled persons, untitled ones known from here or elsewhere, and offices without a name."""
    titles = [_title(doc, m, found, words) for m in book.offices.matches(lowered(doc))]
    made: list[Found] = []
    known: list[Person] = []
    used: set[int] = set()
    for title in titles:
        met = _introduced(doc, title, [*found, *made], known, (day, index), words)
        if met:
            made.append(met[0])
            known.append(met[1])
            used.update(range(met[0].start, met[0].end))
        elif title.owner is not None and not used & set(range(title.start, title.end)):
            made += _offices_alone(title)
    for start, end in _person_names(doc):
        if not used & set(range(start, end)):
            told = _told_after(doc, start, end, titles)
            person = told or _holder(doc, start, end, day, index)
            if person:
                known.append(person)
                made.append(_mention(start, end, person, "apposition" if told else "person"))
                used.update(range(start, end))
    return [*made, *_by_surname(doc, known, used, found, day, index)]


def _title(doc: Doc, match: tuple[int, int, OfficeEntry], found: list[Found], words: Reference) -> _Title:
    """A title with the actor beside it, its span widened to that actor."""
    start, end, office = match
    owner = left_owner(doc, start, found, words.title_modifiers)
    if owner is not None:
        return _Title(owner.start, end, office, owner)
    begin = start
    while begin and doc[begin - 1].lower_ in words.title_modifiers:
        begin -= 1
    owners = right_owners(doc, end, found)
    if owners:
        return _Title(begin, owners[-1].end, office, owners[0], tuple(owners[1:]))
    return _Title(begin, end, office, None)


def _name_from(doc: Doc, at: int, found: Iterable[Found], words: Reference) -> int:
    """Where the person's name that begins at `at` ends; `at` itself if none does."""
    if at >= len(doc) or starting_at(found, at):
        return at
    whole = next((end for start, end in _person_names(doc) if start == at), None)
    if whole is not None:
        return whole
    end = at
    while end < len(doc) and end - at < _MOST_NAME_WORDS:
        token = doc[end]
        particle = end > at and token.lower_ in words.name_particles
        capital = token.text[:1].isupper() and token.pos_ == "PROPN" and token.is_alpha
        if not (capital or particle) or (end > at and starting_at(found, end)):
            break
        end += 1
    return hyphened(doc, end) if end > at else end


def hyphened(doc: Doc, end: int) -> int:
    """The end of a name with its hyphened rest, which the tokenizer splits off: "Moon Jae[-in]"."""
    while end + 1 < len(doc) and doc[end].text == "-" and doc[end + 1].is_alpha:
        joined = not doc[end - 1].whitespace_ and not doc[end].whitespace_
        if not joined and doc[end + 1].ent_type_ != "PER":
            break
        end += 2
    return end


def _introduced(
    doc: Doc,
    title: _Title,
    found: list[Found],
    known: list[Person],
    register: tuple[date | None, NameIndex],
    words: Reference,
) -> tuple[Found, Person] | None:
    """The person a title introduces: "President X", "the president of Ecuador, X"."""
    at = title.end
    comma = at < len(doc) and doc[at].text == ","
    if comma and title.owner is not None and doc[title.start - 1].lower_ != ",":
        at += 1
    end = _name_from(doc, at, found, words)
    if end == at or (at != title.end and not _closes(doc, end)):
        return None
    name = _words(doc, at, end)
    behind = right_owners(doc, end, found) if title.owner is None and doc[end - 1].pos_ == "PROPN" else []
    if len(behind) == 1 and doc[end].lower_ == "of":  # "President X of Ecuador"
        title = replace(title, owner=behind[0])
    served = _served(doc, title, name, found, known, register)
    if served is None:
        return None
    principal, sector = served
    person = Person(name, principal, sector, title.office.title)
    return Found(title.start, end, principal, principal, "office", sector, person.text, person.role), person


def _served(
    doc: Doc,
    title: _Title,
    name: tuple[str, ...],
    found: list[Found],
    known: list[Person],
    register: tuple[date | None, NameIndex],
) -> tuple[str, Sector] | None:
    """Whom a titled person acts for: who stands beside the title, else by name, else by the company kept."""
    day, index = register
    if title.owner is not None:
        return title.owner.principal, title.owner.sector or title.office.sector
    namesakes = {p.principal: p for p in known if name[-1] in p.called}
    person = next(iter(namesakes.values())) if len(namesakes) == 1 else None
    if person is None:
        bearers = (
            index.people.get(without_initials(name), ())
            if len(name) > 1
            else _in_office(name[-1], title, day, index)
        )
        person = _one(bearers, day)
    if person is not None:
        return person.principal, person.sector
    beside = title.office.home or _beside(doc, title.start, found)
    return (beside, title.office.sector) if beside else None


def _in_office(surname: str, title: _Title, day: date | None, index: NameIndex) -> list[PersonEntry]:
    """Bearers of a surname who held the very office on the day: "President Obama"."""
    return [
        e
        for e in index.surnames.get(surname, ())
        if _fits(title.office.title, e.office) and holds(e.since, e.until, day)
    ]


def _fits(title: str, office: str) -> bool:
    """Whether a title is an office, or short for it: "Secretary" for a secretary of state."""
    return title == office or set(title.split()) < set(office.split())


def _closes(doc: Doc, end: int) -> bool:
    """Whether an apposition ends here."""
    return end >= len(doc) or doc[end].text in {",", ".", ";", ")"} or doc[end].pos_ in {"VERB", "AUX"}


def _beside(doc: Doc, at: int, found: list[Found]) -> str | None:
    """Colleagues stand together: the principal of the person or organ named last in this sentence.

    Of bare names the subject is taken: "Peru will lend Chad grain, Finance Minister X said".
    """
    sentence = doc[at].sent
    before = [f for f in found if sentence.start <= f.start < at and (f.agent or f.how == "demonym")]
    if not before:
        named = [f for f in found if sentence.start <= f.start < at and f.how in ("name", "seat")]
        before = [f for f in named if is_subject(doc[f.end - 1])] or named
    return max(before, key=lambda f: f.end).principal if before else None


def _offices_alone(title: _Title) -> list[Found]:
    """ "the Ecuadorian president": the office stands for its holder, or for each of several."""
    return [
        Found(
            title.start, title.end, owner.actor, owner.principal, "office",
            owner.sector or title.office.sector, title.office.title, title.office.title,
        )
        for owner in (title.owner, *title.more)
        if owner is not None
    ]  # fmt: skip


def _person_names(doc: Doc) -> list[tuple[int, int]]:
    """Stretches the model marks as a person, with the rest of the name by tree and hyphen."""
    found: list[tuple[int, int]] = []
    for e in doc.ents:
        if e.label_ != "PER" or not e[0].text[:1].isupper() or (found and e.start < found[-1][1]):
            continue
        end = e.end
        while end < len(doc) and doc[end].dep_ == "flat" and e.start <= doc[end].head.i < end:
            end += 1
        found.append((e.start, hyphened(doc, end)))
    return found


def _words(doc: Doc, start: int, end: int) -> tuple[str, ...]:
    """The words of a name, hyphened ones whole."""
    words: list[str] = []
    for i, token in enumerate(doc[start:end]):
        glued = i and (token.text == "-" or doc[start + i - 1].text == "-")
        plain = token.text.replace("’", "'")
        if glued:
            words[-1] += plain
        else:
            words.append(plain)
    return tuple(words)


def _told_after(doc: Doc, start: int, end: int, titles: list[_Title]) -> Person | None:
    """ "Maxim Gvindzhia, deputy foreign minister of Abkhazia": the title follows the comma."""
    if end >= len(doc) or doc[end].text not in {",", "(", "-", "–", "—"} or end - start < 2:
        return None
    for title in titles:
        near = end < title.start <= end + 4 and title.end <= end + _REACH
        plain = all(doc[i].text not in {",", ".", "and"} for i in range(end + 1, title.start))
        if near and plain and title.owner is not None:
            sector = title.owner.sector or title.office.sector
            return Person(_words(doc, start, end), title.owner.principal, sector, title.office.title)
    return None


def _holder(doc: Doc, start: int, end: int, day: date | None, index: NameIndex) -> Person | None:
    """Somebody the knowledge lists in full."""
    return (
        _one(index.people.get(without_initials(_words(doc, start, end)), ()), day)
        if end - start > 1
        else None
    )


def _one(entries: Iterable[PersonEntry], day: date | None) -> Person | None:
    """The holder on the day, or the only state ever held for; nothing where they differ."""
    entries = list(entries)
    now = [e for e in entries if holds(e.since, e.until, day)] or entries
    if len({e.affiliation for e in now}) != 1:
        return None
    entry = now[0]
    return Person(tuple(entry.name.split()), entry.affiliation, entry.sector, entry.office)


def _mention(start: int, end: int, person: Person, how: How = "person") -> Found:
    return Found(
        start, end, person.principal, person.principal, how, person.sector, person.text, person.role
    )  # fmt: skip


def _by_surname(
    doc: Doc, known: list[Person], used: set[int], found: list[Found], day: date | None, index: NameIndex
) -> list[Found]:
    """Later mentions by surname; a surname nobody here bears only if one office holder fits."""
    surnames: dict[str, dict[str, Person]] = {}
    for person in known:
        for part in person.called:
            surnames.setdefault(part, {})[person.principal] = person
    named_states = {f.principal for f in found}
    made = []
    for token in doc:
        if token.i in used or not token.text[:1].isupper() or len(token.text) < 3:
            continue
        if ending_at(found, token.i + 1) or starting_at(found, token.i):
            continue
        bearer = _bearer(token, surnames.get(token.text), named_states, day, index)
        if bearer is not None:
            entity = next((e for e in doc.ents if e.start <= token.i < e.end and e.label_ == "PER"), None)
            start = entity.start if entity and entity.end == token.i + 1 else token.i
            made.append(_mention(start, token.i + 1, bearer))
    return by_start(made)


def _goes_on(token: Token) -> bool:
    """Whether it is but the first word of a longer name."""
    return token.i + 1 < len(token.doc) and token.nbor(1).ent_iob_ == "I"


def _bearer(
    token: Token, fits: dict[str, Person] | None, states: set[str], day: date | None, index: NameIndex
) -> Person | None:
    """The one person of this report with the surname, else its one office holder of a state named here.

    A head of state or government needs no state beside him where nobody else of note bears the name.
    """
    if fits:
        return next(iter(fits.values())) if len(fits) == 1 else None
    if token.text not in index.surnames:
        return None
    rules = token.i + 1 < len(token.doc) and token.nbor(1).lower_ in index.ruling  # "the Assad regime"
    if token.ent_type_ != "PER" and not rules:
        return None
    holders = [e for e in index.surnames[token.text] if holds(e.since, e.until, day)]
    holder = _one(holders, day) if holders else None
    if holder is None or holder.principal in states:
        return holder
    if not rules and (token.ent_iob_ != "B" or _goes_on(token)):
        return None
    everybody = {e.affiliation for e in index.surnames[token.text]}
    ruling = any(e.office in index.heads for e in holders)
    return holder if ruling and everybody == {holder.principal} else None
