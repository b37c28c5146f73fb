"""Measures the shipped model: `python -m training.measure CORPORA [--limit N]`.

With gold words, through the same pipeline users load. Prints one line a set; the figures of the
model card come from here. Test sets are read here only and never trained on.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from chancery.language import load, proposals_of
from chancery.language.decode import CANDIDATE
from training.corpus import is_dev
from training.corpus import load as load_dealings
from training.examples import Example, bio, conllu_documents, dealings


def parsed(nlp: Language, sentences: list[list[str]]) -> list[Doc]:
    """Documents of one gold-tokenized sentence or text each."""
    docs = (Doc(nlp.vocab, words=words) for words in sentences)
    return list(nlp.pipe(docs, batch_size=128))


def trees(nlp: Language, path: Path, limit: int) -> dict[str, float]:
    """LAS, UAS, UPOS, lemma accuracy; a word's head must be right inside the gold sentence."""
    rows = [s for d in conllu_documents(path) for s in d][:limit]
    tally: Counter[str] = Counter()
    for doc, gold in zip(parsed(nlp, [[r[1] for r in s] for s in rows]), rows, strict=True):
        for token, row in zip(doc, gold, strict=True):
            head = int(row[6])
            right = token.head == token if head == 0 else token.head.i == head - 1 and token.head != token
            tally["n"] += 1
            tally["uas"] += right
            tally["las"] += right and token.dep_ == row[7]
            tally["upos"] += token.pos_ == row[3]
            tally["lemma"] += token.lemma_ == row[2]
    return {k: round(100 * tally[k] / tally["n"], 2) for k in ("las", "uas", "upos", "lemma")}


def names(nlp: Language, examples: list[Example], kinds: tuple[str, ...]) -> dict[str, float]:
    """Exact-span F1 of names of the given kinds."""
    hit = said = asked = 0
    for doc, example in zip(parsed(nlp, [e.words for e in examples]), examples, strict=True):
        gold = {s for s in _spans(example.names or []) if s[2] in kinds}
        found = {(e.start, e.end, e.label_) for e in doc.ents if e.label_ in kinds}
        hit, said, asked = hit + len(gold & found), said + len(found), asked + len(gold)
    return {"f1": _f1(hit, said, asked), "precision": _percent(hit, said), "recall": _percent(hit, asked)}


def _spans(labels: list[str]) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    for i, label in enumerate(labels):
        if label.startswith("B-"):
            spans.append((i, i + 1, label[2:]))
        elif label.startswith("I-") and spans and spans[-1][1] == i:
            spans[-1] = (spans[-1][0], i + 1, spans[-1][2])
    return spans


def acts(nlp: Language, rows: list[dict[str, Any]]) -> dict[str, float]:
    """Triggers F1, then accuracy of act, instrument, status on found ones, and F1 of role words."""
    examples = dealings(rows)
    tally: Counter[str] = Counter()
    for doc, example in zip(parsed(nlp, [e.words for e in examples]), examples, strict=True):
        gold = example.acts or {}
        found = {p.token: p for p in proposals_of(doc).acts if p.score >= 0.5}
        tally["said"] += len(found)
        tally["asked"] += len(gold)
        for at in gold.keys() & found.keys():
            act, instrument, status = gold[at]
            p = found[at]
            tally["hit"] += 1
            tally["act"] += p.acts[0].label == act
            tally["instrument"] += p.instruments[0].label == instrument
            tally["status"] += p.statuses[0].label == status
            for role in ("actor", "recipient", "speaker", "holder"):
                wanted = {w for t, w, r in example.roles if t == at and r == role}
                told = {w for w, s in p.roles[role] if s >= 0.5}
                tally[f"{role} hit"] += len(wanted & told)
                tally[f"{role} said"] += len(told)
                tally[f"{role} asked"] += len(wanted)
    result = {"trigger_f1": _f1(tally["hit"], tally["said"], tally["asked"])}
    result |= {k: _percent(tally[k], tally["hit"]) for k in ("act", "instrument", "status")}
    for role in ("actor", "recipient", "speaker", "holder"):
        result[role] = _f1(tally[f"{role} hit"], tally[f"{role} said"], tally[f"{role} asked"])
    return result


def _f1(hit: int, said: int, asked: int) -> float:
    return _percent(2 * hit, said + asked)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--limit", type=int, default=100_000, help="sentences a set")
    options = parser.parse_args()
    nlp = load(threads=1)
    print(f"candidates from {CANDIDATE}; acts from 0.5; gold words")
    where = options.corpora / "dep_parsing"
    print("UD PUD", trees(nlp, where / "ud_english_pud/en_pud-ud-test.conllu", options.limit))
    print("UD EWT test", trees(nlp, where / "ud_english_ewt/en_ewt-ud-test.conllu", options.limit))
    kinds = ("PER", "ORG", "LOC")
    ner = options.corpora / "ner"
    politics = bio(ner / "crossner_politics/test.txt", "politics")[: options.limit]
    print("CrossNER politics test", names(nlp, politics, (*kinds, "MISC")))
    pud = bio(ner / "uner_english_pud/en_pud-ud-test.iob2", "pud", column=2)[: options.limit]
    print("UNER PUD", names(nlp, pud, kinds))
    rows = [r for r in load_dealings(options.corpora / "raw_news") if is_dev(r["key"])][: options.limit]
    print("dealings dev", acts(nlp, rows))


if __name__ == "__main__":
    main()
