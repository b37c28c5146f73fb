"""Turns examples into padded tensors, bucketed by length."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from chancery.language.words import case_class
from training.examples import (
    ACT_LABELS,
    INSTRUMENT_LABELS,
    LINKS,
    NAMES,
    ROLES,
    STATUS_LABELS,
    Example,
)

LONGEST = 320  # word pieces; longer training texts are left out


@dataclass(slots=True)
class Labels:
    """The label lists, in the order of the heads' outputs."""

    upos: list[str]
    xpos: list[str]
    lemma: list[str]
    relation: list[str]
    argument: list[str]

    def counts(self) -> dict[str, int]:
        """Number of labels of every head."""
        return {
            "start": 2, "upos": len(self.upos), "xpos": len(self.xpos), "lemma": len(self.lemma),
            "relation": len(self.relation), "name": len(NAMES), "act": len(ACT_LABELS),
            "instrument": len(INSTRUMENT_LABELS), "status": len(STATUS_LABELS),
            "role": len(ROLES), "link": len(LINKS), "predicate": 2, "argument": len(self.argument),
        }  # fmt: skip

    def as_json(self) -> dict[str, list[str]]:
        """Every list by the name of its head, as shipped beside the model."""
        return {
            "upos": self.upos, "xpos": self.xpos, "lemma": self.lemma, "relation": self.relation,
            "name": list(NAMES), "act": list(ACT_LABELS), "instrument": list(INSTRUMENT_LABELS),
            "status": list(STATUS_LABELS), "role": list(ROLES), "link": list(LINKS),
            "argument": self.argument,
        }  # fmt: skip


ARGUMENT_AT_LEAST = 40  # rarer labels of PropBank are left out, as in CoNLL-2012 systems' practice


def labels_of(examples: list[Example], lemma_at_least: int = 3) -> Labels:
    """Label lists from the treebanks; rare lemma scripts fall back to the word as it stands."""
    from collections import Counter

    def all_of(name: str) -> Counter[str]:
        return Counter(v for e in examples for v in (getattr(e, name) or ()))

    lemma = [k for k, n in all_of("lemmas").most_common() if n >= lemma_at_least]
    argued = Counter(a for e in examples for held in (e.arguments or {}).values() for _, a in held)
    argument = ["_", *sorted(k for k, n in argued.items() if n >= ARGUMENT_AT_LEAST)]
    return Labels(
        sorted(all_of("upos")), sorted(all_of("xpos")), lemma, sorted(all_of("relations")), argument
    )


def encode(examples: list[Example], labels: Labels, tokenizer: Any) -> list[dict[str, Any]]:
    """Examples as index lists; word 0 is the root at [CLS]. Texts over `LONGEST` pieces drop out."""
    index = {name: {v: i for i, v in enumerate(vs)} for name, vs in labels.as_json().items()}
    pieces = tokenizer([e.words for e in examples], is_split_into_words=True)
    encoded = []
    for i, example in enumerate(examples):
        if len(pieces["input_ids"][i]) <= LONGEST:
            item = _encode(example, pieces["input_ids"][i], pieces.word_ids(i), index)
            encoded.append(item)
    return encoded


def _encode(e: Example, ids: list[int], word_ids: list[int | None], index: Any) -> dict[str, Any]:
    first = [0] + [len(ids) - 1] * len(e.words)
    for position, word in reversed(list(enumerate(word_ids))):
        if word is not None:
            first[word + 1] = position
    item: dict[str, Any] = {
        "ids": ids, "first": first, "case": [0, *map(case_class, e.words)],
        "lower": [0, *(case_class(w.lower()) for w in e.words)],
        "lack_misc": e.names_lack_misc, "source": e.source, "example": e,
    }  # fmt: skip
    if e.heads is not None:
        item |= {"head": [-1, *e.heads], "start": [-1, *(e.starts or ())]}
    for name, values in (
        ("relation", e.relations), ("upos", e.upos), ("xpos", e.xpos),
        ("lemma", e.lemmas), ("name", e.names),
    ):  # fmt: skip
        if values is not None:
            item[name] = [-1, *(index[name].get(v, -1) for v in values)]
    if e.arguments is not None:
        item["predicate"] = [-1, *(int(i in e.arguments) for i in range(len(e.words)))]
        item["arguments"] = [
            (p + 1, [(w + 1, index["argument"][a]) for w, a in held if a in index["argument"]])
            for p, held in e.arguments.items()
        ]
    if e.acts is not None:
        n = len(e.words)
        item["act"], item["instrument"], item["status"] = [-1] + [0] * n, [-1] * (n + 1), [-1] * (n + 1)
        for at, (act, instrument, status) in e.acts.items():
            item["act"][at + 1] = index["act"][act]
            item["instrument"][at + 1] = index["instrument"][instrument]
            item["status"][at + 1] = index["status"][status]
        item["roles"] = [(t + 1, w + 1, index["role"][r]) for t, w, r in e.roles]
        item["links"] = [(g + 1, t + 1, index["link"][k]) for g, t, k in e.links]
    return item


def batches(data: list[dict[str, Any]], cap: int, draw: random.Random) -> list[list[dict[str, Any]]]:
    """Batches of at most `cap` padded pieces, of like length, in random order."""
    ordered = sorted(data, key=lambda o: len(o["ids"]) + draw.random() * 8)
    out: list[list[dict[str, Any]]] = []
    current: list[dict[str, Any]] = []
    for item in ordered:
        if current and len(item["ids"]) * (len(current) + 1) > cap:
            out.append(current)
            current = []
        current.append(item)
    out.append(current)
    draw.shuffle(out)
    return out


TOKEN_FIELDS = (
    "start", "upos", "xpos", "lemma", "name", "act", "instrument", "status", "head", "relation", "predicate",
)  # fmt: skip


MASK = 103  # [MASK] in the encoder's vocabulary


def collate(
    batch: list[dict[str, Any]], lower: float, masked: float, draw: random.Random
) -> dict[str, Tensor]:
    """Padded tensors; -1 marks what is not annotated.

    A share of the texts loses its case, and of the word pieces their form.
    """
    size, pieces, words = len(batch), max(len(o["ids"]) for o in batch), max(len(o["first"]) for o in batch)
    out = {k: torch.zeros(size, pieces, dtype=torch.long) for k in ("ids", "mask")}
    out |= {k: torch.zeros(size, words, dtype=torch.long) for k in ("first", "case")}
    out |= {k: torch.full((size, words), -1, dtype=torch.long) for k in TOKEN_FIELDS}
    out["word_mask"] = torch.zeros(size, words, dtype=torch.bool)
    out["lack_misc"] = torch.tensor([o["lack_misc"] for o in batch])
    for i, o in enumerate(batch):
        out["ids"][i, : len(o["ids"])] = torch.tensor(o["ids"])
        out["mask"][i, : len(o["ids"])] = 1
        n = len(o["first"])
        out["first"][i, :n] = torch.tensor(o["first"])
        out["case"][i, :n] = torch.tensor(o["lower"] if draw.random() < lower else o["case"])
        out["word_mask"][i, :n] = True
        for name in TOKEN_FIELDS:
            if name in o:
                out[name][i, :n] = torch.tensor(o[name])
    inner = (out["ids"] > 0) & (out["ids"] != 101) & (out["ids"] != 102)  # not [PAD], [CLS], [SEP]
    out["ids"][inner & (torch.rand(inner.shape) < masked)] = MASK
    return out | _pairs(batch, words) | _arguments(batch, words)


def _arguments(batch: list[dict[str, Any]], words: int) -> dict[str, Tensor]:
    """Rows of PropBank predicates with the label of every word of their text; -1 outside it."""
    rows = [(i, p, held) for i, o in enumerate(batch) for p, held in o.get("arguments", ())]
    target = torch.full((len(rows), words), -1, dtype=torch.long)
    for row, (i, _, held) in enumerate(rows):
        target[row, 1 : len(batch[i]["first"])] = 0
        for word, label in held:
            target[row, word] = label
    return {
        "predicate_batch": torch.tensor([i for i, _, _ in rows], dtype=torch.long),
        "predicate_word": torch.tensor([p for _, p, _ in rows], dtype=torch.long),
        "argument": target,
    }


def _pairs(batch: list[dict[str, Any]], words: int) -> dict[str, Tensor]:
    """Rows of triggers with their role and link targets over all words."""
    where = [
        (i, t)
        for i, o in enumerate(batch)
        for t in range(1, len(o["first"]))
        if o.get("act", [0] * 999)[t] > 0
    ]
    row_of = {pair: row for row, pair in enumerate(where)}
    role = torch.zeros(len(where), words, len(ROLES))
    link = torch.zeros(len(where), words, len(LINKS))
    for i, o in enumerate(batch):
        for trigger, word, label in o.get("roles", ()):
            role[row_of[i, trigger], word, label] = 1
        for give, take, label in o.get("links", ()):
            link[row_of[i, give], take, label] = 1
    return {
        "trigger_batch": torch.tensor([i for i, _ in where], dtype=torch.long),
        "trigger_word": torch.tensor([t for _, t in where], dtype=torch.long),
        "role": role,
        "link": link,
    }
