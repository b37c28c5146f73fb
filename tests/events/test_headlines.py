"""A headline's line agrees with the sentence that tells it in full."""

from __future__ import annotations

from typing import Any

from spacy.lang.en import English
from spacy.tokens import Doc

from chancery.events.headlines import headline_end, with_headline
from chancery.knowledge.code_data import code_tables
from chancery.records import Event, Span
from tests.factories import make_event, make_party


def paged(headline: str, *body: str) -> Doc:
    """A headline, a blank line, and sentences below it."""
    words = [*headline.split(), "\n\n", *" ".join(body).split()]
    starts = {0, len(headline.split()) + 1}
    at = len(headline.split()) + 1
    for sentence in body:
        starts.add(at)
        at += len(sentence.split())
    return Doc(
        English().vocab,
        words=words,
        pos=["SPACE" if w.isspace() else "VERB" if w.startswith("recogni") else "NOUN" for w in words],
        sent_starts=[i in starts for i in range(len(words))],
    )


def at(doc: Doc, i: int, **changes: Any) -> Event:
    token = doc[i]
    span = Span(token.idx, token.idx + len(token.text))
    return make_event(f"e{i}", trigger=span, trigger_text=token.text, **changes)


PAGE = paged("Ruritania recognizes Graustark", "Ruritania will recognize Graustark in June .", "More .")


def agreed(doc: Doc, *events: Event) -> dict[int, Event]:
    return with_headline(doc, {int(e.id[1:]): e for e in events}, code_tables())


def test_the_full_sentence_says_how_real_it_is() -> None:
    made = agreed(PAGE, at(PAGE, 1), at(PAGE, 6, status="planned", held_by=("RUR",)))
    assert (made[1].status, made[1].held_by) == ("planned", ("RUR",))
    assert made[1].codes.plover_mode == code_tables().statuses["planned"].mode
    assert made[1].reasons[-1].detail == "as 'recognize' below the headline tells it"
    assert made[6].status == "planned"


def test_the_headline_gets_the_parties_it_left_out() -> None:
    made = agreed(PAGE, at(PAGE, 1, recipients=()), at(PAGE, 6))
    assert [p.id for p in made[1].recipients] == ["GRA"]


def test_another_act_party_or_thing_is_not_the_same() -> None:
    for other in (
        at(PAGE, 6, status="planned", act="AID"),
        at(PAGE, 6, status="planned", instrument="visit"),
        at(PAGE, 6, status="planned", actors=("BOR",)),
        at(PAGE, 6, status="planned", recipients=("SYL",)),
    ):
        assert agreed(PAGE, at(PAGE, 1), other)[1] == at(PAGE, 1)


def test_a_sentence_or_a_lone_line_is_no_headline() -> None:
    assert headline_end(paged("Ruritania recognizes Graustark .", "It will .")) is None
    assert headline_end(Doc(English().vocab, words=["Ruritania", "recognizes", "Graustark"])) is None
    assert headline_end(Doc(English().vocab, words=["Ruritania", "pays", "\n"])) is None
    assert headline_end(Doc(English().vocab, words=["word"] * 30 + ["\n", "It", "will"])) is None
    assert headline_end(PAGE) == 3


def test_what_stands_far_below_is_another_telling() -> None:
    page = paged(
        "Ruritania recognizes Graustark",
        "He recognizes it .",
        "She recognizes it .",
        "Ruritania will recognize Graustark .",
    )
    later = at(page, 14, status="planned", actors=())
    later = make_event("e14", status="planned", trigger=later.trigger)
    assert agreed(page, at(page, 1), later)[1].status == "occurred"
    assert make_party("GRA") in later.recipients
