"""Dictionaries of TABARI and PETRARCH and tables of office holders: what is taken, and what is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.errors import KnowledgeError
from chancery.ingest.dictionaries import (
    Imported,
    imported_actors,
    imported_agents,
    imported_file,
    imported_holders,
    write_into,
)
from chancery.ingest.dictionaries.codes import Coded, bounded, coded, meaning
from chancery.knowledge import own

ACTORS = """\
# a comment
KOFI_ANNAN_
+K._ANNAN_
+SECRETARY-GENERAL_KOFI_ANNAN
\t[IGOUNO 970101-061231]
\t[GHAELI]# IGOrulers.txt

ZENDA_NATIONAL_ARMY [ECUMIL] ; older comment
ZNDA [ECUBUS]
DANIEL_ORTEGA_ [NICGOV 850110-900425] [NICOPP 900425-070110] [NICGOV >20070110]
GRAND_DUCHY_OF_FENWICK_\t[XYZGOV]
NO_CODE_HERE
NOBODY_ [---]
BRAZIL_ [BRA]
"""


def entries(made: Imported, concept: str) -> list[dict[str, Any]]:
    return [dict(e) for e in made.entries[concept]]


def test_actors_and_their_roles_between_days() -> None:
    made = imported_actors(ACTORS, "a.txt")
    people = [
        (p["name"], p["affiliation"], p["sector"], p.get("from"), p.get("until"))
        for p in entries(made, "people")
    ]
    assert people == [
        ("Kofi Annan", "UNO", "IGO", "1997-01-01", "2006-12-31"),
        ("Kofi Annan", "GHA", "ELI", None, "1996-12-31"),
        ("Kofi Annan", "GHA", "ELI", "2007-01-01", None),
        ("Daniel Ortega", "NIC", "GOV", "1985-01-10", "1990-04-25"),
        ("Daniel Ortega", "NIC", "OPP", "1990-04-25", "2007-01-10"),
        ("Daniel Ortega", "NIC", "GOV", "2007-01-10", None),
    ]
    assert entries(made, "people")[0]["names"] == ["K. Annan", "Secretary-General Kofi Annan"]
    assert entries(made, "names") == [
        {"name": "Zenda National Army", "names": [], "actor": "ECU", "sector": "MIL"},
        {"name": "Znda", "names": ["ZNDA"], "actor": "ECU", "sector": "BUS"},
    ]
    left = {(each.line, each.why) for each in made.left_out}
    assert left == {(11, "code XYZGOV names no actor known here"), (12, "it has no code")}
    assert made.wrong == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("NAME_ [ECUGOV 2004017-20061201]", "'2004017' is no day"),
        ("NAME_ [ECUGOV 991301-000101]", "'19991301' is no day"),
        ("NAME_ [ECUGOV 050101-040101]", "ends before it begins"),
        ("NAME_ [ECUGOV 050101]", "'050101' are no days"),
        ("NAME_ [Ecuador]", "'Ecuador' is no code"),
        ("NAME_ [ECUGOV", "is not codes in brackets"),
        ("\t[ECUGOV]", "the name is missing"),
        ("NAME]_ [ECU]", "the name 'NAME]_'"),
        ("380_ [ECU]", "has no letter"),
    ],
)
def test_wrong_lines_are_told_and_the_others_taken(line: str, told: str) -> None:
    made = imported_actors(f"{line}\nZENDA_ARMY [ECUMIL]\n", "a.txt")
    (fault,) = made.wrong
    assert str(fault).startswith("a.txt, line 1: ")
    assert told in str(fault)
    assert "wanted is" in str(fault)
    assert [e["name"] for e in entries(made, "names")] == ["Zenda Army"]


@pytest.mark.parametrize(
    ("code", "actor", "sector"),
    [
        ("RUSGOVMIL", "RUS", "GOV"), ("RUS", "RUS", None), ("IGOUNO", "UNO", "IGO"),
        ("IGOUNODEVWBK", "WBK", "IGO"),
        ("MNCUSA", "USA", "BUS"), ("NGO", None, "NGO"), ("IMGMUSALQ", "ALQAEDA", None),
        ("NGOMUS", None, "NGO"),
        ("MUSGOV", "MUS", "GOV"), ("KSVGOV", "XKX", "GOV"), ("---", None, None), ("ELI", None, "ELI"),
    ],
)  # fmt: skip
def test_what_codes_mean(code: str, actor: str | None, sector: str | None) -> None:
    found = meaning(code)
    assert (found.actor, found.role and found.role.sector) == (actor, sector)


def test_days_of_codes() -> None:
    assert coded("AFGELI 320101-331108") == Coded("AFGELI", date(1932, 1, 1), date(1933, 11, 8))
    assert coded("USAGOV >090120") == Coded("USAGOV", since=date(2009, 1, 20))
    assert coded("USAGOV < 20090120") == Coded("USAGOV", until=date(2009, 1, 20))


@given(st.lists(st.tuples(st.dates(), st.dates()), max_size=5), st.dates())
def test_the_undated_code_holds_where_no_dated_one_does(spans: list[tuple[date, date]], day: date) -> None:
    dated = [Coded("USAGOV", min(s), max(s)) for s in spans]

    def at(codes: list[Coded], wanted: str) -> bool:
        return any(
            c.code == wanted and (c.since is None or c.since <= day) and (c.until is None or day <= c.until)
            for c in codes
        )

    made = bounded([*dated, Coded("USAELI")])
    assert at(made, "USAELI") != at(made, "USAGOV")
    assert at(made, "USAGOV") == at(dated, "USAGOV")


def test_agents() -> None:
    text = (
        "!MINIST! = MINISTER, MINISTRIES\n# comment\nBEEKEEPER [~AGR]\n"
        "POLICE_DOG_ {POLICE_DOGGIES} [~COP]\n"
        "BEE_!MINIST! [~GOVAGR]\nPARLIAMENT [~LEG]\nDRUID [~CHR]\n"
        "!NONE!_X [~GOV]\nWITHOUT CODE\nFAIRY [~BUS\n"
    )
    made = imported_agents(text, "a.txt")
    assert entries(made, "generic_bodies") == [
        {"noun": "beekeeper", "sector": "BUS", "plural": "beekeepers"},
        {"noun": "police dog", "sector": "COP", "plural": "police doggies"},
        {"noun": "bee minister", "sector": "GOV", "plural": "bee ministers"},
        {"noun": "bee ministries", "sector": "GOV", "plural": "bee ministries"},
    ]
    assert [(each.line, each.why) for each in made.left_out] == [
        (6, "it is known already"),
        (7, "code ~CHR is no role known here"),
    ]
    assert [str(w).partition(": ")[0] for w in made.wrong] == [f"a.txt, line {n}" for n in (8, 9, 10)]


def test_tables_of_office_holders() -> None:
    text = (
        "Leader;Country;Title;Start;End;Sector;Aliases\n"
        "Ana Zenda;Ecuador;President;2009-10-26;2010;;A. Zenda;\n"
        '"Zenda; Bruno";RUS;Defense Minister;;;MIL;\n'
        ";;;;;;\n"
        "Carla;Atlantis;President;;;;\n"
        ";RUS;President;;;;\n"
        "Dora;RUS;President;2010-13;;;\n"
        "Emil;RUS;President;;;KING;\n"
    )
    made = imported_holders(text, "h.csv")
    ana, bruno = entries(made, "people")
    assert ana == {
        "name": "Ana Zenda",
        "affiliation": "ECU",
        "office": "president",
        "from": "2009-10-26",
        "until": "2010",
        "sector": "GOV",
        "names": ["A. Zenda"],
    }
    assert (bruno["name"], bruno["sector"], bruno["office"]) == ("Zenda; Bruno", "MIL", "defense minister")
    told = [str(w) for w in made.wrong]
    assert [t.partition(": ")[0] for t in told] == [f"h.csv, line {n}" for n in (5, 6, 7, 8)]
    for words, fault in zip(
        ("'Atlantis' is no actor", "no name", "from", "'KING' is no sector"), told, strict=True
    ):
        assert words in fault
    (missing,) = imported_holders("who,what\nx,y\n", "h.csv").wrong
    assert "no column name or office or affiliation" in str(missing)


def test_what_is_imported_can_be_read_with_and_again_adds_nothing(tmp_path: Path) -> None:
    made = [
        imported_actors(ACTORS, "a"),
        imported_agents("BEEKEEPER [~AGR]\n", "b"),
        imported_holders("name,office,country,from\nAna Zenda,president,Ecuador,2009\n", "c"),
    ]
    first, again = write_into(tmp_path, made), write_into(tmp_path, made)
    assert first == {"names": 2, "people": 7, "generic_bodies": 1}
    assert again == dict.fromkeys(first, 0)
    theirs, faults = own.read_folder(str(tmp_path))
    assert faults == ()
    assert (len(theirs.names), len(theirs.people), len(theirs.nouns)) == (2, 7, 1)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    found, faults = imported_file(str(tmp_path / "none"), imported_actors)
    assert found is None
    assert "no such file" in str(faults[0])
    assert "it is a folder" in str(imported_file(str(tmp_path), imported_actors)[1][0])


LINES = st.text(st.sampled_from("AZ_+[]<>-#;!~{} \t\n0123456789É,=\"'"), max_size=200) | st.text(max_size=80)


@given(LINES)
def test_any_text_is_taken_or_told(text: str) -> None:
    for reader in (imported_actors, imported_agents, imported_holders):
        made = reader(text, "x")
        assert all("\n" not in str(w) for w in made.wrong)
        for people in made.entries.get("people", ()):
            try:
                own.check("x", "x", people, own.PersonEntry)
            except KnowledgeError as fault:
                raise AssertionError(people) from fault
