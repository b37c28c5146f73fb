"""What for what: cues in the tree, gifts told before, swaps, and what is no exchange."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from chancery.events.links import find_links
from chancery.knowledge.event_data import event_cues
from chancery.language import LinkProposal
from chancery.records import Act, Event, Instrument, Link, Span, Status
from tests.factories import make_event
from tests.trees import tree


def act(
    doc: Doc,
    at: int,
    act: Act,
    parties: str = "",
    instrument: Instrument | None = None,
    status: Status = "occurred",
) -> Event:
    """An act at a word (from 0); `parties` as "A>B"."""
    givers, _, takers = parties.partition(">")
    token = doc[at]
    sentence = token.sent
    return make_event(
        f"e{at}",
        act=act,
        status=status,
        instrument=instrument,
        trigger=Span(token.idx, token.idx + len(token.text)),
        sentence=Span(sentence.start_char, sentence.end_char),
        actors=tuple(i for i in givers.split(",") if i),
        recipients=tuple(i for i in takers.split(",") if i),
    )


def found(doc: Doc, *events: Event, proposals: tuple[LinkProposal, ...] = ()) -> list[Link]:
    by_word = {int(event.id[1:]): event for event in events}
    return list(find_links(doc, by_word, proposals, event_cues()))


def pairs(links: list[Link]) -> list[tuple[str, str, str]]:
    return [(link.kind, link.give, link.take) for link in links]


OFFERED = tree("""
Moscow 3 nsubj PROPN
may 3 aux AUX
supply 0 root VERB
jets 3 obj
to 6 case ADP
Quito 3 obl PROPN
. 3 punct PUNCT
In 9 case ADP
response 11 obl NOUN
, 11 punct PUNCT
expects 0 root VERB
Moscow 11 nsubj PROPN
Quito 15 nsubj PROPN
to 15 mark PART
recognize 11 xcomp VERB
Abkhazia 15 obj PROPN
""")


def test_a_favour_in_response_to_a_gift() -> None:
    supply = act(OFFERED, 2, "AID", "RUS>ECU", "arms", "possible")
    recognize = act(OFFERED, 14, "SUPPORT", "ECU>ABK", "recognition", "expected")
    assert pairs(found(OFFERED, supply, recognize)) == [("in_return_for", "e2", "e14")]


def test_a_reaction_is_no_exchange() -> None:
    supply = act(OFFERED, 2, "AID", "RUS>ECU", "arms")
    protest = act(OFFERED, 14, "ACCUSE", "ECU>RUS")
    assert found(OFFERED, supply, protest) == []
    elsewhere = act(OFFERED, 14, "SUPPORT", "BOL>ABK", "recognition")
    assert found(OFFERED, supply, elsewhere) == [], "who was given nothing answers nothing"


REWARDED = tree("""
Russia 2 nsubj PROPN
rewarded 0 root VERB reward
Nicaragua 2 obj PROPN
for 5 case ADP
recognition 2 obl NOUN
. 2 punct PUNCT
In 8 case ADP
December 10 obl PROPN
it 10 nsubj PRON
promised 0 root VERB promise
help 10 obj NOUN
""")


def test_the_reward_is_stated_and_what_it_was_is_implicit() -> None:
    rewarded = act(REWARDED, 1, "AID", "RUS>NIC")
    recognition = act(REWARDED, 4, "SUPPORT", "NIC>ABK", "recognition")
    help_ = act(REWARDED, 10, "AID", "RUS>NIC", "energy", "promised")
    links = found(REWARDED, rewarded, recognition, help_)
    assert pairs(links) == [("in_return_for", "e1", "e4"), ("in_return_for", "e10", "e4")]
    assert [link.explicit for link in links] == [True, False]


COST = tree("""
Recognition 2 nsubj NOUN
cost 0 root VERB cost
Moscow 2 obj PROPN
more 2 advmod ADV
. 2 punct PUNCT
Russia 7 nsubj PROPN
loaned 0 root VERB loan
Caracas 7 iobj PROPN
billions 7 obj NOUN
""")


def test_the_price_may_be_told_next() -> None:
    recognition = act(COST, 0, "SUPPORT", "VEN>ABK", "recognition")
    loaned = act(COST, 6, "AID", "RUS>VEN", "loan")
    assert pairs(found(COST, recognition, loaned)) == [("in_return_for", "e6", "e0")]
    to_another = act(COST, 6, "AID", "RUS>CUB", "loan")
    assert found(COST, recognition, to_another) == []


BUT = tree("""
Moscow 2 nsubj PROPN
lent 0 root VERB lend
money 2 obj
, 8 punct PUNCT
but 8 cc CCONJ
Caracas 8 nsubj PROPN
not 8 advmod PART
recognized 2 conj VERB recognize
them 8 obj PRON
""")


@pytest.mark.parametrize(
    ("status", "kinds"), [("not_occurred", ["unrequited"]), ("occurred", []), ("planned", [])]
)
def test_a_gift_unanswered(status: Status, kinds: list[str]) -> None:
    lent = act(BUT, 1, "AID", "RUS>VEN", "loan")
    recognized = act(BUT, 7, "SUPPORT", "VEN>ABK", "recognition", status)
    assert [k.kind for k in found(BUT, lent, recognized) if k.explicit] == kinds


SWAP = tree("""
Iran 2 nsubj PROPN
releases 0 root VERB release
Wang 2 obj PROPN
while 6 mark SCONJ
Washington 6 nsubj PROPN
frees 2 advcl VERB free
Soleimani 6 obj PROPN
in 10 case ADP
prisoner 10 compound NOUN
exchange 6 obl NOUN
""")


def test_two_releases_in_a_swap_are_for_each_other() -> None:
    one, other = act(SWAP, 1, "RETREAT", "IRN>", "prisoners"), act(SWAP, 5, "RETREAT", "USA>", "prisoners")
    assert pairs(found(SWAP, one, other)) == [("in_return_for", "e1", "e5")]
    same = act(SWAP, 5, "RETREAT", "IRN>", "prisoners")
    assert found(SWAP, one, same) == []


PAID = tree("""
Canberra 3 nsubj PROPN
will 3 aux AUX
pay 0 root VERB
Nauru 3 obj PROPN
to 6 mark PART
accept 3 xcomp VERB
deportees 6 obj
""")


def test_who_is_paid_to_do_a_thing() -> None:
    pay = act(PAID, 2, "AID", "AUS>NRU", "payment", "promised")
    accept = act(PAID, 5, "CONCEDE", "NRU>AUS", None, "planned")
    assert pairs(found(PAID, pay, accept)) == [("in_return_for", "e2", "e5")]


HELD = tree("""
Damascus 2 nsubj PROPN
returns 0 root VERB return
her 2 obj PRON
in 5 case ADP
exchange 2 obl NOUN
for 7 case ADP
shepherds 5 nmod NOUN
held 7 acl VERB hold
by 10 case ADP
Israel 8 obl:agent PROPN
""")


def test_what_only_describes_the_goods_is_no_side() -> None:
    returns, held = act(HELD, 1, "RETREAT", "SYR>"), act(HELD, 7, "COERCE", "ISR>")
    assert found(HELD, returns, held) == []
    exchange = act(HELD, 4, "RETREAT", "ISR>", "prisoners")
    assert pairs(found(HELD, returns, held, exchange)) == [("in_return_for", "e1", "e4")]


SWAPPED = tree("""
Caracas 2 nsubj PROPN
swaps 0 root VERB swap
men 2 obj NOUN
jailed 3 acl VERB jail
there 4 advmod ADV
in 7 case ADP
exchange 4 obl NOUN
for 9 case ADP
release 7 nmod NOUN
""")


def test_what_only_describes_the_goods_gives_nothing_either() -> None:
    swaps, jailed = act(SWAPPED, 1, "RETREAT", "VEN>USA"), act(SWAPPED, 3, "COERCE", "SLV>VEN")
    release = act(SWAPPED, 8, "RETREAT", "USA>VEN")
    assert pairs(found(SWAPPED, swaps, jailed, release)) == [("in_return_for", "e1", "e8")]


GRATEFUL = tree("""
Quito 2 nsubj PROPN
asked 0 root VERB ask
for 4 case ADP
credit 2 obl NOUN
. 2 punct PUNCT
Correa 8 nsubj PROPN
may 8 aux AUX
show 0 root VERB
gratitude 8 obj NOUN
and 11 cc CCONJ
recognize 8 conj VERB
Abkhazia 11 obj PROPN
""")


def test_gratitude_answers_what_was_asked_before() -> None:
    asked = act(GRATEFUL, 1, "REQUEST", "ECU>RUS", "loan", "possible")
    recognize = act(GRATEFUL, 10, "SUPPORT", "ECU>ABK", "recognition", "possible")
    assert pairs(found(GRATEFUL, asked, recognize)) == [("in_return_for", "e1", "e10")]


UNLESS = tree("""
They 2 nsubj PRON
warned 0 root VERB warn
of 4 case ADP
war 2 obl NOUN
unless 7 mark SCONJ
troops 7 nsubj NOUN
leave 2 advcl VERB
""")


def test_a_condition_hangs_on_the_act_that_is_conditional() -> None:
    warned, leave = act(UNLESS, 1, "THREATEN", "SYR>"), act(UNLESS, 6, "RETREAT", "USA>", status="demanded")
    war = act(UNLESS, 3, "ASSAULT", "SYR>", status="conditional")
    assert pairs(found(UNLESS, warned, war, leave)) == [("condition", "e3", "e6")]
    assert found(UNLESS, act(UNLESS, 1, "ASSAULT", "SYR>"), leave) == [], "what is done hangs on nothing"


def test_the_model_is_heard_where_no_rule_has_spoken() -> None:
    lent, buy = act(BUT, 1, "AID", "RUS>VEN", "loan"), act(BUT, 7, "COOPERATE", "VEN>RUS", "arms")
    said = (LinkProposal(1, 7, "in_return_for", 0.9), LinkProposal(7, 1, "in_return_for", 0.6))
    assert pairs(found(BUT, lent, buy, proposals=said)) == [("in_return_for", "e1", "e7")]
    doubtful = (LinkProposal(1, 7, "in_return_for", 0.3),)
    assert found(BUT, lent, buy, proposals=doubtful) == []
    assert found(BUT, lent, act(BUT, 7, "ASSAULT", "VEN>RUS"), proposals=said) == [], "retaliation"


def test_an_adverb_before_the_subject_opens_its_own_clause() -> None:
    """ "Quito lent ships, and in return Lima recognized": trees hang the adverb on the verb before."""
    doc = tree("""
Quito 2 nsubj PROPN
lent 0 root VERB lend
ships 2 obj NOUN
, 9 punct PUNCT
and 9 cc CCONJ
in 7 case ADP
return 2 obl NOUN
Lima 9 nsubj PROPN
recognized 2 conj VERB recognize
Abkhazia 9 obj PROPN
""")
    events = [act(doc, 1, "AID", "ECU>PER", "loan"), act(doc, 8, "SUPPORT", "PER>ABK", "recognition")]
    assert pairs(found(doc, *events)) == [("in_return_for", "e1", "e8")]


def test_what_hangs_on_what() -> None:
    """ "Quito tied the sale to the extradition", "aid depends on reforms", "the loan is tied to cuts"."""
    tied = tree("""
Quito 2 nsubj PROPN
tied 0 root VERB tie
the 4 det DET
sale 2 obj NOUN
to 7 case ADP
the 7 det DET
extradition 2 obl NOUN
""")
    events = [act(tied, 3, "COOPERATE", "ECU>PER"), act(tied, 6, "COERCE", "PER>", "prisoners", "demanded")]
    assert pairs(found(tied, *events)) == [("condition", "e3", "e6")]
    depends = tree("""
aid 2 nsubj NOUN
depends 0 root VERB depend
on 4 case ADP
reforms 2 obl NOUN
""")
    events = [act(depends, 0, "AID", ">PER", "grant", "conditional"), act(depends, 3, "CONCEDE", "PER>")]
    assert pairs(found(depends, *events)) == [("condition", "e0", "e3")]
    is_tied = tree("""
loan 3 nsubj NOUN
is 3 cop AUX
tied 0 root ADJ tied
to 5 case ADP
cuts 3 obl NOUN
""")
    events = [
        act(is_tied, 0, "AID", ">PER", "loan", "planned"),
        act(is_tied, 4, "CONCEDE", "PER>", None, "demanded"),
    ]
    assert pairs(found(is_tied, *events)) == [("condition", "e0", "e4")]


def test_the_object_of_getting_is_a_means() -> None:
    """ "Lima received a loan to buy ships"."""
    doc = tree("""
Lima 2 nsubj PROPN
received 0 root VERB receive
loan 2 obj NOUN
to 5 mark PART
buy 2 advcl VERB
ships 5 obj NOUN
""")
    events = [act(doc, 2, "AID", "ECU>PER", "loan"), act(doc, 4, "COOPERATE", "PER>", "arms", "planned")]
    assert pairs(found(doc, *events)) == [("purpose", "e2", "e4")]


def test_violence_done_is_no_price() -> None:
    """ "Deaths of those released in exchange for a captive"."""
    doc = tree("""
killed 0 root VERB kill
sailors 1 obj NOUN
in 4 case ADP
exchange 1 obl NOUN
for 6 case ADP
loan 4 nmod NOUN
""")
    events = [act(doc, 0, "ASSAULT", "ECU>PER", "force"), act(doc, 5, "AID", "PER>", "loan")]
    assert found(doc, *events) == []


def test_no_objections_let_pass_what_was_told_before() -> None:
    """ "Quito recognizes. Lima had no objections, as long as Moscow lent it money"."""
    doc = tree("""
Quito 2 nsubj PROPN
recognizes 0 root VERB recognize
. 2 punct PUNCT
Lima 5 nsubj PROPN
had 0 root VERB have
objections 5 obj NOUN objection
as 8 advmod ADV
long 5 advmod ADV
as 11 mark SCONJ
Moscow 11 nsubj PROPN
lent 8 advcl VERB lend
""")
    events = [
        act(doc, 1, "SUPPORT", "ECU>ABK", "recognition", "planned"),
        act(doc, 5, "REJECT", "PER>", None, "not_occurred"),
        act(doc, 10, "AID", "RUS>PER", "loan", "demanded"),
    ]
    assert pairs(found(doc, *events)) == [("condition", "e1", "e10")]


def test_a_licence_is_no_means() -> None:
    """ "Quito licensed Lima to drill for oil"."""
    doc = tree("""
Quito 2 nsubj PROPN
licensed 0 root VERB license
Lima 2 obj PROPN
to 5 mark PART
drill 2 advcl VERB drill
""")
    events = [
        act(doc, 1, "AID", "ECU>PER", "technology"),
        act(doc, 4, "COOPERATE", "PER>", "energy", "planned"),
    ]
    assert found(doc, *events) == []
