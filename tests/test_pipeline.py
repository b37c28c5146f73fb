"""Table: a sentence -> the line it makes, through every room; and what the reader owes its users."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from chancery.pipeline import Reader
from chancery.records import Event, Reading, Report, report_id
from chancery.settings import Settings

DAY = date(2009, 10, 26)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings(threads=1))


def read(reader: Reader, text: str, language: str = "en") -> Reading:
    return reader.read(Report(report_id(text, None), text, "a.txt", None, None, DAY, None, language))


@dataclass(frozen=True, slots=True)
class Line:
    """What a sentence must yield at one trigger; None where it does not matter."""

    text: str
    trigger: str
    act: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...] | None
    status: str
    instrument: str | None = None


LINES = (
    Line(
        "Nicaragua recognized Abkhazia in September 2008.",
        "recognized",
        "SUPPORT",
        ("NIC",),
        ("ABK",),
        "occurred",
        "recognition",
    ),
    Line(
        "The United States condemned the attack by Russia on Ukraine.",
        "condemned",
        "ACCUSE",
        ("USA",),
        None,
        "occurred",
    ),
    Line(
        "China accused Japan of interfering in its affairs.",
        "accused",
        "ACCUSE",
        ("CHN",),
        ("JPN",),
        "occurred",
    ),
    Line(
        "Iran will not negotiate with the United States.",
        "negotiate",
        "CONSULT",
        ("IRN",),
        ("USA",),
        "refused",
    ),
    Line("Turkey may send troops to Libya.", "send", "MOBILIZE", ("TUR",), None, "possible"),
    Line(
        "Israel released 20 Palestinian prisoners on Monday.",
        "released",
        "RETREAT",
        ("ISR",),
        None,
        "occurred",
        "prisoners",
    ),
    Line(
        "The European Union imposed sanctions on Belarus.",
        "imposed",
        "SANCTION",
        ("EUR",),
        ("BLR",),
        "occurred",
        "sanctions",
    ),
    Line(
        "German Chancellor Angela Merkel visited China on Tuesday.",
        "visited",
        "CONSULT",
        ("DEU",),
        ("CHN",),
        "occurred",
        "visit",
    ),
    Line("North Korea tested a missile.", "tested", "MOBILIZE", ("PRK",), None, "occurred"),
    Line("Pakistan urged India to resume talks.", "urged", "REQUEST", ("PAK",), ("IND",), "requested"),
    Line(
        "The Taliban killed ten Afghan soldiers.",
        "killed",
        "ASSAULT",
        ("TALIBAN",),
        None,
        "occurred",
        "force",
    ),
    Line(
        "Egypt signed an agreement with Ethiopia.",
        "signed",
        "SUPPORT",
        ("EGY",),
        ("ETH",),
        "occurred",
        "agreement",
    ),
    Line(
        "Saudi Arabia expelled the Canadian ambassador.",
        "expelled",
        "SANCTION",
        ("SAU",),
        ("CAN",),
        "occurred",
        "relations",
    ),
    Line("Greece rejected the proposal of Turkey.", "rejected", "REJECT", ("GRC",), None, "occurred"),
)


@pytest.mark.parametrize("line", LINES, ids=[line.text[:45] for line in LINES])
def test_line(reader: Reader, line: Line) -> None:
    events = {e.trigger_text: e for e in read(reader, line.text).events}
    assert line.trigger in events, list(events)
    event = events[line.trigger]
    told = (event.act, tuple(p.id for p in event.actors), event.status)
    assert told == (line.act, line.actors, line.status)
    if line.recipients is not None:
        assert tuple(p.id for p in event.recipients) == line.recipients
    if line.instrument is not None:
        assert event.instrument == line.instrument


SILENT = (
    "Russia is rich in oil and gas.",
    "The president was born in Quito in 1963.",
    "Heavy rain fell on Bangkok.",
    "Written by the evening shift of desk A.",
)


@pytest.mark.parametrize("text", SILENT)
def test_background_makes_no_line(reader: Reader, text: str) -> None:
    assert read(reader, text).events == ()


def event_in(reader: Reader, text: str, trigger: str) -> Event:
    return next(e for e in read(reader, text).events if e.trigger_text == trigger)


def test_speaker_money_and_time(reader: Reader) -> None:
    text = "Russia lent Venezuela $2.2 billion in September 2009, a Kremlin official said."
    event = event_in(reader, text, "lent")
    assert [s.actor for s in event.speakers] == ["RUS"]
    (amount,) = event.amounts
    assert (amount.value, amount.currency) == (2.2e9, "USD")
    assert event.time is not None
    assert (event.time.start, event.time.precision) == (date(2009, 9, 1), "month")


def test_a_sum_of_another_clause_is_not_this_acts(reader: Reader) -> None:
    text = "Nicaragua recognized Abkhazia; three months later, its leaders obtained $1 billion from Russia."
    assert event_in(reader, text, "recognized").amounts == ()


def test_every_line_has_its_words_and_its_reasons(reader: Reader) -> None:
    text = " ".join(line.text for line in LINES)
    reading = read(reader, text)
    for event in reading.events:
        assert event.trigger.of(text) == event.trigger_text
        assert event.sentence.covers(event.trigger)
        assert event.codes.cameo
        assert {"trigger", "act", "status"} <= {reason.field for reason in event.reasons}
        for party in (*event.actors, *event.recipients):
            assert party.span is None or party.span.of(text) == party.text
    for mention in reading.mentions:
        assert mention.span.of(text) == mention.text


def test_reading_is_the_same_twice_and_in_company(reader: Reader) -> None:
    first, second = LINES[0].text, LINES[2].text
    reports = [
        Report(report_id(t, None), t, "a.txt", None, None, DAY, None, "en") for t in (first, second, first)
    ]
    readings = list(reader.read_many(reports))
    assert readings[0] == readings[2] == reader.read(reports[0])


def test_another_language_is_kept_and_not_read(reader: Reader) -> None:
    reading = read(reader, "Le président a signé un accord avec la Russie.", "fr")
    assert reading.events == ()
    assert [f.kind for f in reading.findings] == ["other_language"]


def test_only_sure_lines_when_asked(reader: Reader) -> None:
    text = " ".join(line.text for line in LINES)
    strict = Reader(Settings(threads=1, min_confidence=0.9))
    kept = {e.id for e in read(strict, text).events}
    assert kept == {e.id for e in read(reader, text).events if e.confidence >= 0.9}


def test_the_version_names_model_and_knowledge(reader: Reader) -> None:
    assert reader.version.startswith("model-")
    assert len(reader.version.rpartition("+")[2]) == 8
