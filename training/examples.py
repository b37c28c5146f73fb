"""Training examples: one chunk of words with whatever its corpus annotates, nothing guessed.

Fields a corpus does not annotate are None and masked in the loss. Indices count words from 0;
`heads` uses 0 for the root and i+1 for word i, as CoNLL-U does.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from chancery.language.words import is_space, make_tokenizer
from chancery.records import ACTS, INSTRUMENTS, STATUSES

ROLES = ("actor", "recipient", "speaker", "holder", "time", "amount", "goods")
LINKS = ("in_return_for", "condition", "purpose", "unrequited")
NAMES = ("O", *(f"{p}-{t}" for t in ("PER", "ORG", "LOC", "MISC") for p in "BI"))
ACT_LABELS = ("_", *ACTS)
INSTRUMENT_LABELS = ("_", *INSTRUMENTS)
STATUS_LABELS = tuple(STATUSES)


@dataclass(slots=True)
class Example:
    """One training sequence; see the module's words on None."""

    words: list[str]
    source: str
    starts: list[int] | None = None
    heads: list[int] | None = None
    relations: list[str] | None = None
    upos: list[str] | None = None
    xpos: list[str] | None = None
    lemmas: list[str] | None = None
    names: list[str] | None = None
    names_lack_misc: bool = False
    acts: dict[int, tuple[str, str, str]] | None = None
    roles: list[tuple[int, int, str]] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)
    arguments: dict[int, list[tuple[int, str]]] | None = None  # by predicate: heads of its arguments


TREEBANKS = ("ud_english_ewt/en_ewt-ud-train.conllu", "ud_english_gum/en_gum_open-ud-train.conllu")


def lemma_script(word: str, lemma: str) -> str:
    """How to make the lemma of a word: case rule, letters to cut at the end, letters to add.

    Edit scripts as in UDPipe 2 (Straka 2018): "l2|y" lower-cases, cuts two, adds "y".
    """
    lower = lemma == lemma.lower() and word != word.lower()
    base = word.lower() if lower else word
    shared = 0
    while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
        shared += 1
    return f"{'l' if lower else 'k'}{len(base) - shared}|{lemma[shared:]}"


def conllu_documents(path: Path) -> Iterator[list[list[list[str]]]]:
    """Documents of sentences of rows; multiword ranges and empty nodes left out."""
    document: list[list[list[str]]] = []
    for block in path.read_text(encoding="utf8").strip().split("\n\n"):
        lines = block.split("\n")
        if any(line.startswith("# newdoc") for line in lines) and document:
            yield document
            document = []
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        rows = [row for row in rows if row[0].isdigit()]
        if rows:
            document.append(rows)
    if document:
        yield document


Frames = dict[tuple[str, ...], list[dict[str, Any]]]


def propbank(path: Path) -> Frames:
    """PropBank's frames of a treebank's sentences, by the sentence's words."""
    with path.open(encoding="utf8") as lines:
        return {tuple(row["tokens"]): row["frames"] for row in map(json.loads, lines)}


def treebank(
    path: Path, source: str, seed: int, frames: Frames | None = None, longest: int = 90
) -> list[Example]:
    """Runs of one to four neighbouring sentences, so that sentence starts are learned as well.

    With `frames`, a run whose every sentence has its frames gets PropBank arguments too.
    """
    draw = random.Random(seed)  # noqa: S311 (a reproducible shuffle, no secret)
    examples = []
    for document in conllu_documents(path):
        run: list[list[list[str]]] = []
        wanted = draw.choice((1, 1, 2, 3, 4))
        for sentence in document:
            if run and (len(run) >= wanted or sum(map(len, run)) + len(sentence) > longest):
                examples.append(_with_arguments(_from_rows(run, source), run, frames))
                run, wanted = [], draw.choice((1, 1, 2, 3, 4))
            run.append(sentence)
        examples.append(_with_arguments(_from_rows(run, source), run, frames))
    return examples


def _with_arguments(example: Example, run: list[list[list[str]]], frames: Frames | None) -> Example:
    known = [(frames or {}).get(tuple(row[1] for row in rows)) for rows in run]
    if any(found is None for found in known):
        return example
    arguments: dict[int, list[tuple[int, str]]] = {}
    base = 0
    for rows, found in zip(run, known, strict=True):
        for frame in found or ():
            arguments[base + frame["pred"]] = [
                (base + head_of(rows, start, end), label)
                for label, start, end in frame["args"]
                if label != "V"
            ]
        base += len(rows)
    return replace(example, arguments=arguments)


def head_of(rows: list[list[str]], start: int, end: int) -> int:
    """The first word of a span whose head lies outside it; rows as CoNLL-U, words from 0."""
    return next((i for i in range(start, end) if not start < int(rows[i][6]) <= end), start)


def _from_rows(run: list[list[list[str]]], source: str) -> Example:
    example = Example([], source, [], [], [], [], [], [])
    for rows in run:
        base = len(example.words)
        for i, row in enumerate(rows):
            example.words.append(row[1])
            for values, value in (
                (example.starts, int(i == 0)),
                (example.heads, int(row[6]) + base if row[6] != "0" else 0),
                (example.relations, row[7]),
                (example.upos, row[3]),
                (example.xpos, row[4]),
                (example.lemmas, lemma_script(row[1], row[2])),
            ):
                values.append(value)  # type: ignore[union-attr,arg-type]
    return example


_POLITICS = {
    "country": "LOC", "location": "LOC", "politician": "PER", "person": "PER",
    "organisation": "ORG", "politicalparty": "ORG", "election": "MISC", "event": "MISC",
    "misc": "MISC", "PER": "PER", "LOC": "LOC", "ORG": "ORG", "MISC": "MISC",
    "group": "ORG", "corporation": "ORG", "product": "MISC", "work": "MISC",  # WNUT 2017's own
}  # fmt: skip


def bio(path: Path, source: str, *, column: int = -1, names_lack_misc: bool = False) -> list[Example]:
    """A BIO or IO file: one word a line, blank lines between sentences."""
    examples = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf8").strip()):
        rows = [re.split(r"[\t ]+", line) for line in block.split("\n") if line and line[0] != "#"]
        rows = [row for row in rows if len(row) >= 2]
        if not rows:
            continue
        word_at = 1 if column == 2 else 0  # UNER's files number their words
        labels = [_POLITICS.get(row[column].split("-")[-1], "O") for row in rows]
        if names_lack_misc:
            labels = ["O" if label == "MISC" else label for label in labels]
        begins = [row[column].startswith("B") for row in rows]
        examples.append(
            Example(
                [row[word_at] for row in rows],
                source,
                names=_bio_of(labels, begins),
                names_lack_misc=names_lack_misc,
            )
        )
    return examples


def _bio_of(labels: list[str], begins: list[bool]) -> list[str]:
    out: list[str] = []
    for i, (label, begin) in enumerate(zip(labels, begins, strict=True)):
        fresh = begin or i == 0 or labels[i - 1] != label
        out.append("O" if label == "O" else f"{'B' if fresh else 'I'}-{label}")
    return out


_GUM_NAMES = {"person": "PER", "organization": "ORG", "place": "LOC"}


def gum_names(path: Path) -> list[Example]:
    """GUM's named mentions of people, organizations and places in the openly licensed genres.

    GUM marks whole noun phrases; only those made of proper nouns alone (a leading determiner cut)
    are names as the other sets mark them. Words of every other named phrase are left unlabelled
    (empty label), not guessed.
    """
    examples = []
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for row in map(json.loads, lines):
            if row["open"]:
                labels = _gum_labels(row)
                examples.append(Example(row["tokens"], "gum names", names=labels, names_lack_misc=True))
    return examples


def _gum_labels(row: dict[str, Any]) -> list[str]:
    upos = row["upos"]
    labels = ["" if tag == "PROPN" else "O" for tag in upos]
    for entity in sorted(row["entities"], key=lambda e: e["s"] - e["e"]):
        start, end, kind = entity["s"], entity["e"], _GUM_NAMES.get(entity["etype"])
        start += upos[start] == "DET"
        if kind is None or not entity["named"] or start >= end:
            continue
        if all(tag == "PROPN" for tag in upos[start:end]):
            labels[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return labels


_DEFENCE_NAMES = {"Person": "PER", "Organisation": "ORG", "Location": "LOC"}
_NO_NAMES = frozenset(
    "we they he she it i you us our his its secretary president mr mrs ms minister ambassador general "  # noqa: SIM905
    "spokesperson representative question government".split()
)


def defence_names(folder: Path) -> list[Example]:
    """re3d's persons, organisations and locations; its BBC part is not openly licensed and left out.

    re3d marks descriptions ("coalition forces") as well: only spans whose every word but a leading
    article begins with a capital, and no title or pronoun among them, are names as the other sets
    mark them. Words of the other spans and of the kinds that have no match here are left unlabelled.
    """
    tokenizer = make_tokenizer()
    examples = []
    for source in sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("BBC")):
        marked: dict[str, list[dict[str, Any]]] = {}
        for entity in _json_lines(source / "entities.json"):
            marked.setdefault(entity["documentId"], []).append(entity)
        for document in _json_lines(source / "documents.json"):
            examples += _defence_document(document["text"], marked.get(document["_id"], []), tokenizer)
    return examples


def _json_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]


def _defence_document(text: str, entities: list[dict[str, Any]], tokenizer: Any) -> list[Example]:
    tokens = [t for t in tokenizer(text) if not is_space(t.text)]
    labels = ["O"] * len(tokens)
    for entity in sorted(entities, key=lambda e: e["begin"] - e["end"]):
        inside = [
            i for i, t in enumerate(tokens)
            if entity["begin"] < t.idx + len(t.text) and t.idx < entity["end"]
        ]  # fmt: skip
        kind = _DEFENCE_NAMES.get(entity["type"])
        named = inside[1:] if inside and tokens[inside[0]].text.lower() == "the" else inside
        words = [tokens[i].text for i in named]
        if kind and words and all(w[0].isupper() and w.lower() not in _NO_NAMES for w in words):
            for i in named:
                labels[i] = f"{'B' if i == named[0] else 'I'}-{kind}"
        else:
            for i in inside:
                labels[i] = labels[i] if labels[i] != "O" else ""
    return [
        Example([t.text for t in tokens[a:b]], "re3d", names=labels[a:b], names_lack_misc=True)
        for a, b in _runs([t.text for t in tokens])
    ]


def _runs(words: list[str], longest: int = 80) -> list[tuple[int, int]]:
    """Runs of words that end at a full stop, of `longest` words or a sentence more."""
    runs, begun = [], 0
    for i, word in enumerate(words):
        if (word == "." and i + 1 - begun >= longest) or i + 1 == len(words):
            runs.append((begun, i + 1))
            begun = i + 1
    return [(a, b) for a, b in runs if b - a <= 2 * longest]


_CURLY = {'"': "“”", "'": "‘’"}


def with_curly_quotes(examples: list[Example], seed: int, share: float = 0.5) -> list[Example]:
    """A share of the texts that have quotation marks gets them curly, as newspapers print them.

    The treebanks write straight marks; a pair alternates between opening and closing.
    """
    draw = random.Random(seed)  # noqa: S311
    return [
        replace(e, words=_curly(e.words))
        if any("'" in w or '"' in w for w in e.words) and draw.random() < share
        else e
        for e in examples
    ]


def _curly(words: list[str]) -> list[str]:
    seen = dict.fromkeys(_CURLY, 0)
    made = []
    for word in words:
        if word in _CURLY:
            made.append(_CURLY[word][seen[word] % 2])
            seen[word] += 1
        else:
            made.append(word.replace("'", "’"))
    return made


def dealings(rows: list[dict[str, Any]]) -> list[Example]:
    """Annotated short texts: triggers with act, instrument and status, roles and links by word."""
    tokenizer = make_tokenizer()
    return [_dealing(row, tokenizer) for row in rows]


def _dealing(row: dict[str, Any], tokenizer: Any) -> Example:
    doc = tokenizer(row["text"])
    tokens = [t for t in doc if not is_space(t.text)]
    spans = [(t.idx, t.idx + len(t.text)) for t in tokens]

    def words_in(span: list[int] | None) -> list[int]:
        return [] if not span else [
            i for i, (a, b) in enumerate(spans) if a < span[1] and span[0] < b
        ]  # fmt: skip

    acts: dict[int, tuple[str, str, str]] = {}
    example = Example([t.text for t in tokens], "dealings", acts=acts)
    trigger_of: list[int | None] = []
    for event in row["events"]:
        at = words_in(event["trigger"])
        trigger_of.append(at[0] if at else None)
        if not at:
            continue
        acts.setdefault(at[0], (event["act"], event["instrument"] or "_", event["status"]))
        _add_roles(example, row, event, at[0], words_in)
    for link in row["links"]:
        give, take = trigger_of[link["give"]], trigger_of[link["take"]]
        if give is not None and take is not None and link["kind"] in LINKS and give != take:
            example.links.append((give, take, link["kind"]))
    return example


def _add_roles(example: Example, row: dict[str, Any], event: dict[str, Any], at: int, words_in: Any) -> None:
    def add(spans: list[list[int] | None], role: str) -> None:
        example.roles.extend((at, i, role) for s in spans for i in words_in(s) if i != at)

    add([p["span"] for p in event["actors"]], "actor")
    add([p["span"] for p in event["recipients"]], "recipient")
    add([p["span"] for p in event["speakers"]], "speaker")
    add([a["span"] for a in event["amounts"]], "amount")
    add([g["span"] for g in event["goods"]], "goods")
    add([_nearest(row, event, holder) for holder in event["held_by"]], "holder")
    add([(event["time"] or {}).get("span")], "time")


def _nearest(row: dict[str, Any], event: dict[str, Any], actor: str) -> list[int] | None:
    """Where the holder is named: the annotation gives ids only, so the span nearest the trigger."""
    spans = [
        party["span"]
        for other in row["events"]
        for party in (*other["actors"], *other["recipients"], *other["speakers"])
        if (party.get("id") or party.get("actor")) == actor and party["span"]
    ]
    return min(spans, key=lambda s: abs(s[0] - event["trigger"][0]), default=None)
