"""Renaming the states of annotated dealings: everywhere alike, and nothing else is touched."""

from __future__ import annotations

from training.examples import Example
from training.variants import states, with_other_states

WORDS = "Russia lent Norway money ; the Russians and Oslo said Norwegian banks would keep it".split()  # noqa: SIM905


def example(words: list[str]) -> Example:
    return Example(
        words, "ours", acts={1: ("AID", "loan", "occurred")}, roles=[(1, 0, "actor"), (1, 2, "recipient")]
    )


def test_states_have_three_different_words() -> None:
    known = {s.name: s for s in states()}
    assert (known["Norway"].demonym, known["Norway"].capital) == ("Norwegian", "Oslo")
    assert all(len({s.name, s.demonym, s.capital}) == 3 for s in known.values())
    assert "South Korea" not in known  # two words
    assert "Singapore" not in known  # its capital is called as the state is


def test_a_state_is_renamed_by_each_of_its_names() -> None:
    (varied,) = with_other_states([example(WORDS)], seed=1)
    by_name = {s.name: s for s in states()}
    lender, borrower = by_name[varied.words[0]], by_name[varied.words[2]]
    assert not {lender.name, borrower.name} & {"Russia", "Norway"}
    assert lender != borrower
    assert varied.words[6] == f"{lender.demonym}s"
    assert varied.words[8] == borrower.capital
    assert varied.words[10] == borrower.demonym


def test_all_but_the_names_stays() -> None:
    one = example(WORDS)
    (varied,) = with_other_states([one], seed=1)
    kept = [i for i in range(len(WORDS)) if i not in (0, 2, 6, 8, 10)]
    assert [varied.words[i] for i in kept] == [WORDS[i] for i in kept]
    assert (varied.acts, varied.roles, varied.source) == (one.acts, one.roles, one.source)
    assert one.words == WORDS  # the text itself is not changed


def test_no_state_is_put_where_it_stands_already() -> None:
    for seed in range(50):
        (varied,) = with_other_states([example([*WORDS, "for", "Chile"])], seed)
        assert len({varied.words[0], varied.words[2], varied.words[-1]}) == 3


def test_fewer_than_two_states_give_no_variant() -> None:
    assert with_other_states([example("Russia lent the bank money".split())], seed=1) == []  # noqa: SIM905
    assert with_other_states([], seed=1) == []


def test_the_seed_decides() -> None:
    once, again = (with_other_states([example(WORDS)], seed=7) for _ in range(2))
    assert once == again
    assert {with_other_states([example(WORDS)], seed)[0].words[0] for seed in range(20)} != {once[0].words[0]}
