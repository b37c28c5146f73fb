"""A user's own knowledge: checked with line numbers, and read with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from spacy.language import Language

from chancery.actors import find_mentions
from chancery.errors import KnowledgeError
from chancery.knowledge import own
from chancery.knowledge.actor_data import actor_knowledge
from chancery.pipeline import Reader
from chancery.settings import Settings

STATES = """\
# states of our own
- id: RTN
  name: Ruritania
  kind: state
  demonyms: [Ruritanian]
  capitals: [Strelsau]
"""
PEOPLE = (
    '{"name": "Rudolf Elphberg", "affiliation": "RTN", "sector": "GOV", "office": "king", "until": "2010"}\n'
)


@pytest.fixture(autouse=True)
def _ours_again() -> Iterator[None]:
    yield
    own.use(None)


def folder(path: Path, **files: str) -> str:
    for name, text in files.items():
        (path / name.replace("_yaml", ".yaml").replace("_jsonl", ".jsonl")).write_text(text, encoding="utf8")
    return str(path)


def faults(path: Path, **files: str) -> list[str]:
    theirs, found = own.read_folder(folder(path, **files))
    return [str(f).removeprefix(f"{path}/") for f in (*found, *own.strays(theirs, actor_knowledge().entries))]


def test_it_is_read_with(tmp_path: Path, nlp: Language) -> None:
    names = "- {name: Black Tower, actor: RTN, sector: MIL}\n- {name: Georgia, actor: RTN, from: 2000}\n"
    own.use(folder(tmp_path, states_yaml=STATES, people_jsonl=PEOPLE, names_yaml=names))
    doc = nlp(
        "Ruritanian troops left on Monday. The Black Tower and Rudolf Elphberg thanked Georgia and Brazil."
    )
    found, _findings = find_mentions(doc, date(2009, 10, 26))
    told = {(doc[f.start : f.end].text, f.principal, f.sector) for f in found}
    assert {("Ruritanian", "RTN", None), ("Rudolf Elphberg", "RTN", "GOV"), ("Georgia", "RTN", None)} <= told
    assert ("The Black Tower", "RTN", "MIL") in told
    assert ("Brazil", "BRA", None) in told
    own.use(None)
    again = {f.principal for f in find_mentions(doc, date(2009, 10, 26))[0]}
    assert "RTN" not in again
    assert {"GEO", "BRA"} & again


def test_another_folder_is_another_version_of_the_reader(tmp_path: Path) -> None:
    plain = Reader(Settings(threads=1)).version
    place = folder(tmp_path, states_yaml=STATES)
    with_own = Reader(Settings(threads=1, knowledge=place)).version
    folder(tmp_path, people_jsonl=PEOPLE)
    assert len({plain, with_own, Reader(Settings(threads=1, knowledge=place)).version}) == 3
    assert Reader(Settings(threads=1)).version == plain


def test_every_fault_has_its_line(tmp_path: Path) -> None:
    states = f"{STATES}- {{id: RTN, name: Again, kind: state}}\n"
    states += "- {id: FRA, name: France, kind: state}\n- {id: X, kind: planet}\n"
    told = faults(
        tmp_path,
        states_yaml=states,
        people_jsonl=f'{PEOPLE}\n{{"name": 5}}\nno JSON\n{PEOPLE.replace("RTN", "ZZZ")}',
        names_yaml="name: not a list\n",
        places_yaml="- {name: Zenda\n",
        verbs_yaml="[]",
        empty_yaml="",
    )
    for words in (
        "states.yaml, line 7: RTN: stands twice",
        "states.yaml, line 8: FRA: is known already; give it further names in names.yaml",
        "states.yaml, line 9: X: ",
        "people.jsonl, line 3: 5: ",
        "people.jsonl, line 4: the entry: is not JSON",
        "people.jsonl, line 5: Rudolf Elphberg: no actor has the id ZZZ",
        "names.yaml: the file: should be a list of entries",
        "places.yaml: the file: ",
        "verbs.yaml: the file: its name is none of states, organizations",
        "empty.yaml: the file: its name is none of",
    ):
        assert [t for t in told if t.startswith(words)], (words, told)
    assert len(told) == 10
    assert all("\n" not in t for t in told)


def test_reading_with_faults_is_refused(tmp_path: Path) -> None:
    own.use(folder(tmp_path, names_yaml="- {name: Zenda, actor: ZZZ}"))
    with pytest.raises(KnowledgeError, match=r"names\.yaml, line 1: Zenda: no actor has the id ZZZ"):
        actor_knowledge()
    own.use(str(tmp_path / "none"))
    with pytest.raises(KnowledgeError, match="there is no such folder"):
        actor_knowledge()
