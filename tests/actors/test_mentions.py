"""Table: words of a text -> who they name, for whom they act, and how that was told."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from chancery.actors import find_mentions

DAY = date(2009, 10, 26)
CORREA = "President Rafael Correa of Ecuador arrived. "

# text, words asked for, principals in order, how
TABLE = [
    ("Nicaragua recognized Abkhazia.", "Abkhazia", ["ABK"], "name"),
    ("Georgian officials met in Tbilisi.", "Georgian", ["GEO"], "demonym"),
    ("Ministers from Quito arrived in Bogota.", "Quito", ["ECU"], "capital"),
    ("The Kremlin declined to comment.", "The Kremlin", ["RUS"], "seat"),
    ("Russia attended the ALBA summit.", "ALBA", ["ALBA"], "acronym"),
    ("The European Union lifted sanctions.", "The European Union", ["EUR"], "name"),
    ("The UN Security Council met.", "The UN Security Council", ["UNSC"], "name"),
    ("Officials of UNHCR met in Amman.", "UNHCR", ["UNO"], "acronym"),
    ("The Ecuadorian president will visit Russia.", "The Ecuadorian president", ["ECU"], "office"),
    ("The Ecuadorian Defense Ministry bought two boats.", "The Ecuadorian Defense Ministry", ["ECU"], "body"),
    ("Russia's foreign ministry denied it.", "Russia's foreign ministry", ["RUS"], "body"),
    ("U.S. troops left Iraq.", "U.S. troops", ["USA"], "body"),
    (
        "Peru will lend Chad grain, Finance Minister Joe Poe said.",
        "Finance Minister Joe Poe",
        ["PER"],
        "office",
    ),
    ("Defense Minister Javier Ponce of Ecuador came.", "Defense Minister Javier Ponce", ["ECU"], "office"),
    (CORREA + "Correa met Medvedev.", "Correa", ["ECU"], "person"),
    (CORREA + "He met the press.", "He", ["ECU"], "pronoun"),
    (CORREA + "His country needs credit.", "His country", ["ECU"], "description"),
    ("Russia and Ecuador met. Both countries signed.", "Both countries", ["ECU", "RUS"], "description"),
    (
        "Abkhazia and South Ossetia were named. Georgia lost the two breakaway republics.",
        "the two breakaway republics",
        ["ABK", "OST"],
        "description",
    ),
    ("The Taliban attacked Kabul.", "The Taliban", ["TALIBAN"], "name"),
    ("A contract with Rosoboronexport was signed in Moscow.", "Rosoboronexport", ["RUS"], "name"),
    ("Shells fell on Aleppo.", "Aleppo", ["SYR"], "place"),
    ("Officials in Gaza denied it.", "Gaza", ["PSE"], "name"),
    (
        "Secretary of State Antony J. Blinken arrived.",
        "Secretary of State Antony J. Blinken",
        ["USA"],
        "office",
    ),
    ("ECUADOR RECOGNIZES ABKHAZIA", "ECUADOR", ["ECU"], "name"),
    (
        "South Korean President Lee Myung-bak arrived.",
        "South Korean President Lee Myung-bak",
        ["KOR"],
        "office",
    ),
    ("Envoys met South Korean President Lee Myung-bak. Lee thanked them.", "Lee", ["KOR"], "person"),
    ("Shells fell on Sydney in New South Wales.", "New South Wales", ["AUS"], "place"),
    ("Ecuadorian officials said the country would pay.", "the country", ["ECU"], "description"),
    ("The presidents of Peru and Chile met.", "The presidents of Peru and Chile", ["CHL", "PER"], "office"),
    (
        "The governments of Peru and Chile agreed.",
        "The governments of Peru and Chile",
        ["CHL", "PER"],
        "body",
    ),
    ("Japan recognizes the government in Lima.", "the government in Lima", ["PER"], "body"),
    ("Peru and Chile met. President Ana Sosa of Peru spoke.", "President Ana Sosa", ["PER"], "office"),
    ("South Korea protested. The North fired a missile.", "The North", ["PRK"], "description"),
    ("North and South Korea met.", "North", ["PRK"], "description"),
    ("Russia named the disputed territories of Abkhazia.", "Abkhazia", ["ABK"], "name"),
    ("Al-Shabaab attacked a base.", "Al-Shabaab", ["ALSHABAAB"], "name"),
    (
        "Ecuadorian officials said the oil-rich country would pay.",
        "the oil-rich country",
        ["ECU"],
        "description",
    ),
    ("Fighters of the Assad regime attacked Aleppo.", "the Assad regime", ["SYR"], "body"),
    ("Peru and Chile met. Both have accepted the plan.", "Both", ["CHL", "PER"], "description"),
    ("ALBA members had no objections.", "ALBA members", ["ALBA"], "body"),
]


@pytest.mark.parametrize(("text", "words", "principals", "how"), TABLE, ids=[row[0][:40] for row in TABLE])
def test_mention(nlp: Language, text: str, words: str, principals: list[str], how: str) -> None:
    doc = nlp(text)
    found, _ = find_mentions(doc, DAY)
    hits = [f for f in found if doc[f.start : f.end].text == words]
    assert sorted(f.principal for f in hits) == principals, [
        (doc[f.start : f.end].text, f.principal) for f in found
    ]
    assert {f.how for f in hits} == {how}


SILENT = [
    ("Michael Jordan scored twice.", "JOR"),
    ("He asked us to wait.", "USA"),
]


@pytest.mark.parametrize(("text", "actor"), SILENT)
def test_no_mention(nlp: Language, text: str, actor: str) -> None:
    found, _ = find_mentions(nlp(text), DAY)
    assert actor not in {f.principal for f in found}


@pytest.mark.parametrize(
    ("text", "word", "could"),
    [("Talks about Georgia went on.", "Georgia", "GEO"), ("The army of Congo left.", "Congo", "COD, COG")],
)
def test_what_is_ambiguous_is_left_open_and_told(nlp: Language, text: str, word: str, could: str) -> None:
    found, findings = find_mentions(nlp(text), DAY)
    assert found == []
    (finding,) = findings
    assert finding.kind == "ambiguous_actor"
    assert f"{word!r} could be {could}" in finding.message


def test_an_ambiguous_name_is_settled_by_its_company(nlp: Language) -> None:
    found, _ = find_mentions(nlp("Russia and Georgia signed a ceasefire."), DAY)
    assert {f.principal for f in found} == {"RUS", "GEO"}


def test_names_are_of_their_time(nlp: Language) -> None:
    doc = nlp("The Soviet Union signed the treaty.")
    assert {f.principal for f in find_mentions(doc, date(1985, 1, 1))[0]} == {"SUN"}
    assert find_mentions(doc, date(2020, 1, 1))[0] == []


def test_we_is_the_signers_of_a_statement(nlp: Language) -> None:
    text = "France, Germany and Italy welcome the agreement. We call on all parties to respect it."
    doc = nlp(text)
    found, _ = find_mentions(doc, DAY)
    assert {f.principal for f in found if doc[f.start].lower_ == "we"} == {"FRA", "DEU", "ITA"}


def test_them_is_not_the_subject_of_its_own_verb(nlp: Language) -> None:
    doc = nlp(
        "Officials in Abkhazia and South Ossetia hoped. Nicaragua and Venezuela recognized them in Quito."
    )
    found, _ = find_mentions(doc, DAY)
    assert {f.principal for f in found if doc[f.start].text == "them"} == {"ABK", "OST"}


@pytest.mark.parametrize(
    ("text", "principals"),
    [
        ("Kyiv battled pro-Russian rebels.", {"UKR"}),
        ("Egypt regrets the anti-American protests.", {"EGY"}),
        ("Saudi Arabian officials visited the other country.", {"SAU"}),  # not the one named
        ("World leaders arrived in Japan.", {"JPN"}),
        ("Iran fined Refah Bank.", {"IRN"}),  # a party of Turkey only where Turkey is told of
    ],
)
def test_what_names_nobody(nlp: Language, text: str, principals: set[str]) -> None:
    doc = nlp(text)
    found, _ = find_mentions(doc, DAY)
    assert {f.principal for f in found} == principals
    assert not any({"country", "leaders"} & set(doc[f.start : f.end].text.split()) for f in found)


def of_word(nlp: Language, text: str, word: str, nth: int = 0) -> set[str]:
    """Whom the nth use of a word names, by real trees."""
    doc = nlp(text)
    at = [t.i for t in doc if t.text == word][nth]
    return {f.principal for f in find_mentions(doc, DAY)[0] if f.start <= at < f.end}


# text, word, whom it names
REFERENCES = [
    # the object of a verb is not its subject
    ("Peru and Chile met in Lima. Chile lent it a ship.", "it", {"PER"}),
    # a clause put first has its main clause's subject
    (
        "President Luis Arce of Bolivia spoke. When he was in Lima, President Gabriel Boric of Chile smiled.",
        "he",
        {"CHL"},
    ),
    # who is warned, not who warns
    ("Chile will impose tariffs on Peru if it does not yield.", "it", {"PER"}),
    ("Chile warned Peru of tariffs unless it yields.", "it", {"PER"}),
    # nobody presses his own government
    ("Envoys of Peru came to Chile. Peru urged the government to pay.", "government", {"CHL"}),
    # who calls on both is neither
    ("Peru and Chile quarrelled. Japan called on both countries to talk.", "both", {"PER", "CHL"}),
]


@pytest.mark.parametrize(("text", "word", "whom"), REFERENCES, ids=[row[0][:40] for row in REFERENCES])
def test_reference(text: str, word: str, whom: set[str], nlp: Language) -> None:
    assert of_word(nlp, text, word) == whom


def test_a_second_mention_keeps_the_first_ones_state(nlp: Language) -> None:
    text = (
        "Deputy Secretary of State Wendy Sherman of the United States met Hun Sen in Cambodia, "
        "where Prime Minister Hun Sen of Cambodia smiled. "
        "Deputy Secretary Sherman thanked him."
    )
    doc = nlp(text)
    found, _ = find_mentions(doc, date(2021, 6, 1))
    (second,) = [f for f in found if doc[f.start : f.end].text == "Deputy Secretary Sherman"]
    assert second.principal == "USA"
