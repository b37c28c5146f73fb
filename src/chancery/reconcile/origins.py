"""Which reports of one occurrence go back to one source: corroboration counts origins, not addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

from datasketch import MinHash, MinHashLSH

from chancery.knowledge.reconcile_data import reconcile_data
from chancery.reconcile.features import copied
from chancery.reconcile.tellings import Telling
from chancery.reconcile.words import shared
from chancery.records import Origin, Speaker

_SHINGLE = 4  # words
_PERMUTATIONS = 64
_BANDS = (16, 4)  # of the permutations: texts of half their shingles alike meet, and are then compared
_NEAR = 0.6  # the share of shingles from which on two texts are copies of one story
_SAME_WORDS = 0.4  # of two sentences on one speaker's word
_MOST_PAIRS = 60  # of more reports each is compared with this many before it
_WORD = re.compile(r"\w+")

Pair = tuple[str, str]


def origins(tellings: Sequence[Telling], texts: Mapping[str, str]) -> tuple[Origin, ...]:
    """The reports in groups of one origin each; `texts` holds their texts by id, as far as they are known."""
    reports = list(dict.fromkeys(t.source.report for t in tellings))
    if len(reports) == 1:
        return (Origin((reports[0],), "the only report"),)
    groups = {report: [report] for report in reports}
    why: dict[str, str] = {}
    for (one, other), reason in _ties(tellings, reports, texts):
        if groups[one] is groups[other]:
            continue
        kept, gone = groups[one], groups[other]
        why[kept[0]] = why.get(kept[0]) or why.get(gone[0]) or reason
        kept.extend(gone)
        for report in gone:
            groups[report] = kept
    found = {id(group): group for group in groups.values()}
    return tuple(Origin(tuple(g), why.get(g[0], "nothing ties it to another")) for g in found.values())


def _ties(
    tellings: Sequence[Telling], reports: list[str], texts: Mapping[str, str]
) -> Iterator[tuple[Pair, str]]:
    """Pairs of reports of one origin, and the reason."""
    known = {report: texts[report] for report in reports if report in texts}
    for pair in near_duplicates(known):
        yield pair, "their texts are nearly the same"
    for i, j in combinations(range(len(tellings)), 2):
        one, two = tellings[i], tellings[j]
        if one.source.report == two.source.report or j - i > _MOST_PAIRS:
            continue
        reason = _same_source(one, two)
        if reason is not None:
            yield (one.source.report, two.source.report), reason


def _same_source(one: Telling, two: Telling) -> str | None:
    a, b = one.source.publisher, two.source.publisher
    if a is not None and a == b:
        return f"both are by {a}"
    if copied(one, two):
        return "both tell it in the same words"
    agencies = _agencies(one) & _agencies(two)
    if agencies:
        return f"both go back to {', '.join(sorted(agencies))}"
    speaker = _same_speaker(one, two)
    return f"both have it from {speaker}, in the same words" if speaker else None


def _agencies(telling: Telling) -> frozenset[str]:
    """Agencies that the telling names as its source, or that publish it."""
    data = reconcile_data()
    words = [s.text for s in telling.event.speakers] + [telling.source.publisher or ""]
    return frozenset(agency for text in words for name, agency in data.agencies.items() if _names(name, text))


def _names(name: str, text: str) -> bool:
    return name in text and _whole(name).search(text) is not None


@cache
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name)}\b")


def _same_speaker(one: Telling, two: Telling) -> str | None:
    for a in one.event.speakers:
        for b in two.event.speakers:
            if _is_named(a) and _folded(a) == _folded(b) and shared(one.words, two.words) >= _SAME_WORDS:
                return a.text
    return None


def _folded(speaker: Speaker) -> str:
    return speaker.text.split()[-1].casefold() if speaker.text.split() else ""


def _is_named(speaker: Speaker) -> bool:
    """Whether the words name somebody: "Gvindzhia", not "officials" or "he"."""
    last = speaker.text.split()[-1:] or [""]
    return last[0][:1].isupper() and len(last[0]) > 2


def near_duplicates(texts: Mapping[str, str]) -> tuple[Pair, ...]:
    """Pairs of ids whose texts are copies of one story but for some words; near linear in their number."""
    if len(texts) < 2:
        return ()
    index = MinHashLSH(params=_BANDS, num_perm=_PERMUTATIONS)
    hashes: dict[str, MinHash] = {}
    pairs: list[Pair] = []
    for id, text in texts.items():
        made = _hash(text)
        near = [str(other) for other in index.query(made)]
        pairs.extend((other, id) for other in sorted(near) if hashes[other].jaccard(made) >= _NEAR)
        index.insert(id, made)
        hashes[id] = made
    return tuple(pairs)


def _hash(text: str) -> MinHash:
    words = _WORD.findall(text.casefold())
    made = MinHash(num_perm=_PERMUTATIONS)
    count = max(1, len(words) - _SHINGLE + 1)
    made.update_batch([" ".join(words[i : i + _SHINGLE]).encode() for i in range(count)])
    return made
