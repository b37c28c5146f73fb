"""What is had in exchange makes an act of its own where the text names only a thing or a person."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from chancery.events.links import find_links
from chancery.events.returns import with_returns
from chancery.knowledge.code_data import code_tables
from chancery.knowledge.event_data import event_cues
from chancery.records import Event, Instrument, Status
from tests.events.test_links import act
from tests.trees import tree


def completed(doc: Doc, events: Iterable[Event]) -> dict[int, Event]:
    by_word = {int(e.id[1:]): e for e in events}
    return with_returns(
        doc, by_word, event_cues(), code_tables(), lambda span: f"made{span.start}", lambda _: ()
    )


def exchange(thing: str, pos: str = "NOUN") -> Doc:
    return tree(f"""
Quito 2 nsubj PROPN
lends 0 root VERB lend
Lima 2 iobj PROPN
ships 2 obj NOUN
in 6 case ADP
return 2 obl NOUN
for 8 case ADP
{thing} 6 nmod {pos} {thing}
""")


def had(thing: str, status: Status = "occurred", pos: str = "NOUN") -> Event | None:
    doc = exchange(thing, pos)
    return completed(doc, [act(doc, 1, "AID", "ECU>PER", "loan", status)]).get(7)


def test_goods_make_an_act_of_who_was_given_to() -> None:
    made = had("oil")
    assert made is not None
    assert (made.act, made.instrument, made.status) == ("COOPERATE", "energy", "occurred")
    assert [p.id for p in made.actors] == ["PER"]
    assert [p.id for p in made.recipients] == ["ECU"]
    assert made.reasons[0].detail == "had in exchange by 'recognized'"
    assert made.codes.plover_event == "COOPERATE"


def test_what_an_offer_is_for_is_asked() -> None:
    made = had("recognition", "offered")
    assert made is not None
    assert (made.act, made.instrument, made.status) == ("SUPPORT", "recognition", "requested")
    assert made.recipients == ()


def test_other_things_make_none() -> None:
    assert had("hope") is None
    assert had("Lima", pos="PROPN") is None


def test_an_act_named_there_stands() -> None:
    doc = exchange("recognition")
    events = [act(doc, 1, "AID", "ECU>PER", "loan"), act(doc, 7, "SUPPORT", "PER>ABK", "recognition")]
    assert set(completed(doc, events)) == {1, 7}


def freed(whom: str) -> Doc:
    return tree(f"""
Quito 2 nsubj PROPN
frees 0 root VERB free
sailors 2 obj NOUN
in 5 case ADP
exchange 2 obl NOUN
for 8 case ADP
two 8 nummod NUM
{whom} 5 nmod NOUN
""")


def test_in_a_swap_whoever_is_had_is_freed() -> None:
    doc = freed("shepherds")
    freeing: Instrument = "prisoners"
    made = completed(doc, [act(doc, 1, "RETREAT", "ECU>PER", freeing)])
    assert (made[7].act, made[7].instrument) == ("RETREAT", "prisoners")
    (link,) = find_links(doc, made, (), event_cues())
    assert (link.kind, link.give, link.take) == ("in_return_for", "e1", made[7].id)


def test_what_a_reward_is_for() -> None:
    doc = tree("""
Quito 2 nsubj PROPN
rewarded 0 root VERB reward
Lima 2 obj PROPN
for 5 case ADP
recognition 2 obl NOUN
""")
    made = completed(doc, [act(doc, 1, "AID", "ECU>PER")])
    assert made[4].act == "SUPPORT"
    assert [p.id for p in made[4].actors] == ["PER"]
