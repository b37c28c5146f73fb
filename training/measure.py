"""Measures the shipped model: `python -m training.measure CORPORA [--limit N]`.

With gold words but where raw text is said, through the same pipeline users load. Prints one line a
set; the figures of the model card come from here. Test sets are read here only and never trained on.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from chancery.language import load, predicates_of, proposals_of
from chancery.language.decode import CANDIDATE
from training.corpus import is_dev
from training.corpus import load as load_dealings
from training.examples import Example, bio, conllu_documents, dealings, head_of, propbank


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


def raw_trees(nlp: Language, path: Path, limit: int) -> dict[str, float]:
    """From raw text, each document one line: F1 of sentences, of words, and of LAS.

    As the CoNLL 2018 shared task scores: units are equal where their characters are, blanks aside;
    contractions that the treebank splits ("don't") are compared by their words' characters.
    """
    tally: Counter[str] = Counter()
    for document in text_documents(path, limit):
        doc = nlp(" ".join(text for text, _ in document))
        gold, sentences, at = {}, set(), 0
        for _, rows in document:
            places = []
            for row in rows:
                places.append((at, at + len(row[1].replace(" ", ""))))
                at = places[-1][1]
            sentences.add((places[0][0], at))
            for place, row in zip(places, rows, strict=True):
                gold[place] = ("root" if row[6] == "0" else places[int(row[6]) - 1], row[7])
        found, said = _unblanked(doc)
        tally["asked"] += len(gold)
        tally["said"] += len(found)
        tally["words"] += len(gold.keys() & found.keys())
        tally["las"] += sum(found.get(place) == value for place, value in gold.items())
        tally["sentences"] += len(sentences & said)
        tally["sentences said"] += len(said)
        tally["sentences asked"] += len(sentences)
    return {
        "sentences": _f1(tally["sentences"], tally["sentences said"], tally["sentences asked"]),
        "words": _f1(tally["words"], tally["said"], tally["asked"]),
        "las": _f1(tally["las"], tally["said"], tally["asked"]),
    }


Places = dict[tuple[int, int], tuple[object, str]]


def _unblanked(doc: Doc) -> tuple[Places, set[tuple[int, int]]]:
    """Head and relation by the place of a word, and the places of sentences; blanks not counted."""
    begins = {}
    at = 0
    for token in doc:
        begins[token.i] = (at, at + len("".join(token.text.split())))
        at = begins[token.i][1]
    words = [t for t in doc if not t.is_space]
    found: Places = {begins[t.i]: ("root" if t.head == t else begins[t.head.i], t.dep_) for t in words}
    return found, {(begins[s.start][0], begins[s.end - 1][1]) for s in doc.sents}


def text_documents(path: Path, limit: int) -> Iterator[list[tuple[str, list[list[str]]]]]:
    """Documents of sentences, each with its text as written and its rows."""
    document: list[tuple[str, list[list[str]]]] = []
    for block in path.read_text(encoding="utf8").strip().split("\n\n")[:limit]:
        lines = block.split("\n")
        if document and any(line.startswith("# newdoc") for line in lines):
            yield document
            document = []
        text = next(line.removeprefix("# text = ") for line in lines if line.startswith("# text = "))
        rows = [line.split("\t") for line in lines if line[:1].isdigit()]
        document.append((text, [row for row in rows if row[0].isdigit()]))
    yield document


def arguments(path: Path, trees_at: Path, limit: int) -> dict[str, float]:
    """PropBank on gold words: F1 of predicates, and of labelled arguments by their head word."""
    nlp = load(threads=1, arguments=True)
    rows = {tuple(r[1] for r in s): s for d in conllu_documents(trees_at) for s in d}
    kept = [(words, frames) for words, frames in propbank(path).items() if words in rows][:limit]
    tally: Counter[str] = Counter()
    for doc, (words, frames) in zip(parsed(nlp, [list(w) for w, _ in kept]), kept, strict=True):
        gold = {
            (frame["pred"], head_of(rows[words], start, end), label)
            for frame in frames
            for label, start, end in frame["args"]
            if label != "V"
        }
        found = {(p.token, a.token, a.label) for p in predicates_of(doc) for a in p.arguments}
        at, told = {f["pred"] for f in frames}, {p.token for p in predicates_of(doc)}
        tally.update(
            {"hit": len(gold & found), "said": len(found), "asked": len(gold), "predicates": len(at & told),
             "told": len(told), "there": len(at)}
        )  # fmt: skip
    return {
        "predicates": _f1(tally["predicates"], tally["told"], tally["there"]),
        "arguments": _f1(tally["hit"], tally["said"], tally["asked"]),
    }


def worldwide(path: Path, limit: int) -> list[Example]:
    """Sentences of the worldwide newswire, its kinds mapped to PER, ORG and LOC; the rest unscored."""
    kinds = {"Person": "PER", "Organization": "ORG", "Location": "LOC"}
    examples = []
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for block in lines.read().split("\n\n"):
            rows = [line.split("\t") for line in block.split("\n") if "\t" in line]
            if rows:
                labels = [label.partition("-")[::2] for _, label in rows]
                named = [f"{iob}-{kinds[kind]}" if kind in kinds else "O" for iob, kind in labels]
                examples.append(Example([word for word, _ in rows], "worldwide", names=named))
    return examples[:limit]


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
    print("UD PUD raw text", raw_trees(nlp, where / "ud_english_pud/en_pud-ud-test.conllu", options.limit))
    print(
        "UD EWT test raw text", raw_trees(nlp, where / "ud_english_ewt/en_ewt-ud-test.conllu", options.limit)
    )
    ewt = where / "ud_english_ewt/en_ewt-ud-test.conllu"
    print("PropBank EWT test", arguments(options.corpora / "srl/propbank_ewt/test.jsonl", ewt, options.limit))
    kinds = ("PER", "ORG", "LOC")
    ner = options.corpora / "ner"
    politics = bio(ner / "crossner_politics/test.txt", "politics")[: options.limit]
    print("CrossNER politics test", names(nlp, politics, (*kinds, "MISC")))
    pud = bio(ner / "uner_english_pud/en_pud-ud-test.iob2", "pud", column=2)[: options.limit]
    print("UNER PUD", names(nlp, pud, kinds))
    news = worldwide(ner / "worldwide_newswire/all.conll.gz", min(options.limit, 4000))
    print(f"worldwide newswire, first {len(news)} sentences", names(nlp, news, kinds))
    rows = [r for r in load_dealings(options.corpora / "raw_news") if is_dev(r["key"])][: options.limit]
    print("dealings dev", acts(nlp, rows))


if __name__ == "__main__":
    main()
