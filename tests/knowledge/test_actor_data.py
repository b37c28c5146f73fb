"""The actor files load, are large enough, and point only to what exists."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from chancery.errors import KnowledgeError
from chancery.knowledge.actor_data import ActorEntry, ActorKnowledge, PersonEntry, actor_knowledge
from chancery.knowledge.loading import check, load_list
from chancery.records import ActorKind

AT_LEAST = [
    (("state", "partly_recognized_state", "territory", "former_state"), 200),
    (("igo", "company", "other"), 250),
    (("company",), 230),
    (("armed_group", "party"), 150),
    (("party",), 230),
]
KNOWN = [
    ("Rosoboronexport", "ROSOBORONEXPORT", "RUS"),
    ("Russian Technologies", "ROSTEC", "RUS"),
    ("PDVSA", "PDVSA", "VEN"),
    ("China Development Bank", "CHINA_DEVELOPMENT_BANK", "CHN"),
    ("United Russia", "UNITED_RUSSIA", "UNITED_RUSSIA"),
    ("Hamas", "HAMAS", "HAMAS"),
    ("Ecuadorian", "ECU", "ECU"),
]
COMPANY = {"id": "ACME", "name": "Acme", "kind": "company", "affiliation": "USA"}
PERSON = {"name": "Ann Other", "affiliation": "USA", "sector": "GOV", "office": "president"}
WRONG = [
    ("companies.yaml", ActorEntry, COMPANY | {"kind": "firm"}, "ACME", "kind"),
    ("companies.yaml", ActorEntry, COMPANY | {"sector": "TRADE"}, "ACME", "sector"),
    ("companies.yaml", ActorEntry, COMPANY | {"nickname": ["Acmy"]}, "ACME", "nickname"),
    ("companies.yaml", ActorEntry, {"id": "ACME", "kind": "company"}, "ACME", "name"),
    ("people.yaml", PersonEntry, PERSON | {"from": "last year"}, "Ann Other", "from"),
    ("people.yaml", PersonEntry, PERSON | {"office": ["president"]}, "Ann Other", "office"),
]


@pytest.fixture(scope="module")
def knowledge() -> ActorKnowledge:
    return actor_knowledge()


@pytest.mark.parametrize(("kinds", "least"), AT_LEAST)
def test_enough_of_each_kind(knowledge: ActorKnowledge, kinds: tuple[ActorKind, ...], least: int) -> None:
    """Counts the README may promise."""
    found = Counter(e.kind for e in knowledge.entries.values())
    assert sum(found[k] for k in kinds) >= least


@pytest.mark.parametrize(("text", "actor", "principal"), KNOWN)
def test_known_names(knowledge: ActorKnowledge, text: str, actor: str, principal: str) -> None:
    """A company acts for its state, a group or party for itself."""
    found = {(n.actor, n.principal) for n in knowledge.names if n.text == text}
    assert found == {(actor, principal)}


def test_every_reference_exists(knowledge: ActorKnowledge) -> None:
    """Affiliations, members, claimants, and the affiliations of people."""
    told = [(e.id, r) for e in knowledge.entries.values() for r in _references(e)]
    told += [(p.name, p.affiliation) for p in knowledge.people]
    assert [(who, r) for who, r in told if r not in knowledge.entries] == []


def _references(entry: ActorEntry) -> list[str]:
    return [r for r in (entry.affiliation, entry.claimed_by, *(m.id for m in entry.members)) if r is not None]


def test_nothing_ends_before_it_begins(knowledge: ActorKnowledge) -> None:
    """Offices, memberships, entries, and the names of bodies."""
    spans: list[tuple[str, Any, Any]] = [(p.name, p.since, p.until) for p in knowledge.people]
    spans += [(n.text, n.since, n.until) for n in knowledge.names]
    for entry in knowledge.entries.values():
        spans += [(f"{entry.id}/{m.id}", m.since, m.until) for m in entry.members]
    assert [s for s in spans if s[1] and s[2] and s[2] < s[1]] == []


def test_short_names_are_acronyms(knowledge: ActorKnowledge) -> None:
    """One or two letters name somebody only in capitals."""
    short = [n.text for n in knowledge.names if sum(c.isalpha() for c in n.text) <= 2]
    assert [t for t in short if not t.isupper()] == []


def test_doubtful_texts_are_names(knowledge: ActorKnowledge) -> None:
    """A mistyped doubtful name would count as a sure one."""
    for e in knowledge.entries.values():
        called = {e.name, *e.names, *e.acronyms, *e.demonyms, *e.capitals, *e.seats}
        assert set(e.doubtful) <= called, e.id


def test_no_name_twice_in_an_entry(knowledge: ActorKnowledge) -> None:
    """Twice the same string of the same kind is a slip."""
    twice = [
        (e.id, text)
        for e in knowledge.entries.values()
        for texts in ((e.name, *e.names), e.acronyms, e.demonyms)
        for text, n in Counter(texts).items()
        if n > 1
    ]
    assert twice == []


@pytest.mark.parametrize(("file", "kind"), [("companies.yaml", "company"), ("parties.yaml", "party")])
def test_files_hold_their_kind(knowledge: ActorKnowledge, file: str, kind: str) -> None:
    """Each with a home state."""
    entries = load_list(f"actors/{file}", ActorEntry)
    assert {e.kind for e in entries} == {kind}
    homes = {e.affiliation: knowledge.entries[e.affiliation].kind for e in entries if e.affiliation}
    assert all(e.affiliation for e in entries)
    assert set(homes.values()) <= {"state", "partly_recognized_state", "territory", "former_state"}


@pytest.mark.parametrize(("file", "kind", "entry", "called", "field"), WRONG)
def test_a_wrong_entry_is_named(
    file: str, kind: type, entry: dict[str, Any], called: str, field: str
) -> None:
    """The message says file, entry and field."""
    with pytest.raises(KnowledgeError) as error:
        check(file, called, entry, kind)
    assert str(error.value).startswith(f"{file}: {called}: {field}: ")
