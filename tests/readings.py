"""Hypothesis's readings: any that the types allow, with numbers and offsets that JSON and tables hold."""

from __future__ import annotations

from hypothesis import strategies as st

from chancery.records import Amount, Codes, Event, Goods, Reading, Reason, Span

numbers = st.floats(allow_nan=False, allow_infinity=False)
spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(lambda p: Span(*sorted(p)))
st.register_type_strategy(Span, spans)

amounts = st.builds(Amount, value=numbers, low=st.none() | numbers, high=st.none() | numbers)
counts = st.none() | st.integers(-(2**63) + 1, 2**63 - 1)
goods = st.builds(Goods, count=counts)
codes = st.builds(Codes, intensity=numbers, quad=st.integers(1, 4))
reasons = st.builds(Reason, score=st.none() | numbers)
events = st.builds(
    Event,
    amounts=st.lists(amounts, max_size=2).map(tuple),
    goods=st.lists(goods, max_size=2).map(tuple),
    codes=codes,
    confidence=numbers,
    reasons=st.lists(reasons, max_size=2).map(tuple),
)
readings = st.builds(
    Reading, events=st.lists(events, max_size=2, unique_by=lambda event: event.id).map(tuple)
)
