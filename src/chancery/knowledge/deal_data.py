"""Words for stages of dealings and for sums of sums, as typed data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass as plain_dataclass
from functools import cache

from pydantic.dataclasses import dataclass

from chancery.errors import KnowledgeError
from chancery.knowledge.loading import STRICT, Words, check, load_list, read_yaml
from chancery.records import INSTRUMENTS, DealStage, Instrument


@dataclass(config=STRICT, slots=True)
class StageWords:
    """Verbs (their regular forms follow) and other words that name one stage."""

    stage: DealStage
    verbs: Words = frozenset()
    words: Words = frozenset()


@dataclass(config=STRICT, slots=True)
class SourceWords:
    """Words of speakers nobody answers for, of governments that publish, that open a due day, of brokers."""

    vague: Words
    official: Words
    due: Words
    brokering: Words


@dataclass(config=STRICT, slots=True)
class RelationWords:
    """Beginnings of words by which recognition or relations begin, go on, end, or pass to another."""

    opening: Words
    closing: Words
    continuing: Words
    passing: Words
    stopping: Words
    about: Words
    answering: Words


@dataclass(config=STRICT, slots=True)
class BuyingWords:
    """Verbs (their regular forms follow) and other words whose subject takes."""

    verbs: Words
    words: Words


@plain_dataclass(frozen=True, slots=True)
class DealWords:
    """All words the deals room uses."""

    stages: Mapping[str, DealStage]
    umbrella: tuple[str, ...]
    sources: SourceWords
    relations: RelationWords
    buying: Words
    wares: Mapping[str, Instrument]


@cache
def deal_words() -> DealWords:
    """Loads and checks the files, once. Raises `KnowledgeError`."""
    name = "deals/stages.yaml"
    table: dict[str, DealStage] = {}
    for entry in load_list(name, StageWords):
        for word in sorted({*entry.words, *(form for verb in entry.verbs for form in _forms(verb))}):
            if table.setdefault(word, entry.stage) != entry.stage:
                raise KnowledgeError(name, word, f"stands for {table[word]} and for {entry.stage}")
    sources = check("deals/sources.yaml", "the file", read_yaml("deals/sources.yaml"), SourceWords)
    relations = check("deals/relations.yaml", "the file", read_yaml("deals/relations.yaml"), RelationWords)
    bought = check("deals/buying.yaml", "the file", read_yaml("deals/buying.yaml"), BuyingWords)
    buying = bought.words | {form for verb in bought.verbs for form in _forms(verb)}
    umbrella = load_list("deals/umbrella.yaml", str)
    return DealWords(table, umbrella, sources, relations, buying, _wares())


def _wares() -> Mapping[str, Instrument]:
    """The instrument by category of goods."""
    name = "deals/wares.yaml"
    found: dict[str, Instrument] = {}
    for word, categories in read_yaml(name).items():
        instrument = next((i for i in INSTRUMENTS if i == word), None)
        if instrument is None:
            raise KnowledgeError(name, str(word), f"is no instrument; allowed are {', '.join(INSTRUMENTS)}")
        for category in check(name, str(word), categories, list[str]):
            found[category] = instrument
    return found


def _forms(verb: str) -> Iterator[str]:
    """A verb's regular forms: "ratify", "ratifies", "ratified", "ratifying"."""
    yield verb
    if verb.endswith("e"):
        yield from (verb + "s", verb + "d", verb[:-1] + "ing")
    elif verb.endswith("y") and verb[-2] not in "aeou":
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    else:
        ending = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
        yield from (verb + ending, verb + "ed", verb + "ing")
        if verb[-1] in "lpt" and verb[-2] in "aeiou":
            yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")
