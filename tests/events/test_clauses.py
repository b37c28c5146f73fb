"""Links that the tree shows: conditions, exchanges in one phrase, purposes."""

from __future__ import annotations

from chancery.events.links import find_links
from chancery.knowledge.event_data import event_cues
from chancery.records import Act, Event, Instrument, Span, Status
from tests.factories import make_event
from tests.trees import tree

RESUME = tree("""
Talks 2 nsubj
resume 0 root VERB
if 5 mark SCONJ
shelling 5 nsubj
stops 2 advcl VERB
""")
HALT = tree("""
Quito 2 nsubj PROPN
asked 0 root VERB ask
Bogota 2 obj PROPN
to 5 mark PART
leave 2 xcomp VERB
in 7 case ADP
exchange 5 obl NOUN
for 9 case ADP
loans 7 nmod NOUN loan
""")
LENT = tree("""
Moscow 2 nsubj PROPN
lent 0 root VERB lend
money 2 obj
to 5 mark PART
buy 2 advcl VERB
arms 5 obj
""")


def at(
    doc: object, i: int, act: Act, status: Status = "occurred", instrument: Instrument | None = None
) -> Event:
    token = doc[i]  # type: ignore[index]
    span = Span(token.idx, token.idx + len(token.text))
    return make_event(f"e{i}", act=act, status=status, instrument=instrument, trigger=span)


def links(doc: object, *events: Event) -> list[tuple[str, str, str]]:
    by_word = {int(event.id[1:]): event for event in events}
    found = find_links(doc, by_word, (), event_cues())  # type: ignore[arg-type]
    return [(link.kind, link.give, link.take) for link in found]


def test_a_condition_hangs_below_what_depends_on_it() -> None:
    resume, stop = at(RESUME, 1, "CONSULT", "conditional"), at(RESUME, 4, "RETREAT", "possible")
    assert links(RESUME, resume, stop) == [("condition", "e1", "e4")]


def test_no_act_in_the_clause_no_link() -> None:
    assert links(RESUME, at(RESUME, 1, "CONSULT")) == []


def test_what_is_asked_for_is_the_return_and_the_request_is_no_side() -> None:
    asked, leave = at(HALT, 1, "REQUEST", "requested"), at(HALT, 4, "RETREAT", "requested")
    loans = at(HALT, 8, "AID", "offered", "loan")
    assert links(HALT, asked, leave, loans) == [("in_return_for", "e8", "e4")]


def test_means_given_for_a_named_deed() -> None:
    lent, buy = at(LENT, 1, "AID", instrument="loan"), at(LENT, 4, "COOPERATE", "planned", "arms")
    assert links(LENT, lent, buy) == [("purpose", "e1", "e4")]
    assert links(LENT, at(LENT, 1, "CONSULT"), buy) == []
