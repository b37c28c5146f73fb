"""The embedded ONNX model: words in, scores out. Loaded from the package, checked by hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from tokenizers import Tokenizer

from chancery.errors import ModelError
from chancery.language.lemmas import Lexicon
from chancery.language.trees import laid_out
from chancery.language.words import case_class

Scores = npt.NDArray[np.float32]

_MOST_KEPT = 100_000  # words whose pieces are remembered, some ten megabytes
_LONGEST_KEPT = 40  # characters; what is longer is an address or worse, and does not come again
BATCH_PIECES = 2048  # padded word pieces a run; larger gains nothing on a CPU
ALIKE_PIECES = 512  # the same without padding: what the second cache of a core holds
_PANEL = 64  # columns up to which the run time adds up a product of 256 in one go


@dataclass(frozen=True, slots=True)
class Encoded:
    """One chunk of words as the model takes it; position 0 is the root at [CLS]."""

    ids: list[int]
    first: list[int]
    case: list[int]


@dataclass(frozen=True, slots=True)
class ChunkScores:
    """The heads' outputs for one chunk of n words; axis 0 is the root and the n words."""

    of: dict[str, Scores]


class EmbeddedModel:
    """ONNX session, tokenizer, label lists and biaffine forms.

    `fixed_scales` tells whether a chunk's scores are the same whatever is scored beside it; else the
    scales of the whole numbers are those of the batch (see training/static.py).

    Raises `ModelError` where a file is missing or does not match its recorded hash, or there is no
    such provider.
    """

    def __init__(self, threads: int = 0, provider: str = "") -> None:
        folder = resources.files("chancery.language") / "model"
        described = _description(folder)
        self.version: str = described["version"]
        self.labels: dict[str, list[str]] = described["labels"]
        self.fixed_scales: bool = described.get("fixed_scales", False)
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = ort.InferenceSession(
            _checked(folder, "model.onnx", described), options, providers=_providers(provider)
        )
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._tokenizer = Tokenizer.from_str(_checked(folder, "tokenizer.json", described).decode("utf8"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._opening, self._closing = self._tokenizer.encode([], is_pretokenized=True).ids
        self._kept: dict[str, tuple[int, ...]] = {}
        words = json.loads(_checked(folder, "lemmas.json", described))
        self.lexicon = Lexicon(words["forms"], frozenset(words["verbs"]))
        with resources.as_file(folder / "forms.npz") as path, np.load(path) as forms:
            self.forms: dict[str, Scores] = {k: forms[k].astype(np.float32) for k in forms.files}
        self.forms["relation"] = laid_out(self.forms["relation"])

    def encode(self, chunks: Sequence[Sequence[str]]) -> list[Encoded]:
        """Word pieces of each chunk; a word without pieces points at [SEP].

        The tokenizer takes each word by itself, so the pieces of a chunk are those of its words.
        """
        encoded = []
        for words in chunks:
            ids, first = [self._opening], [0]
            for word in words:
                pieces = self.pieces(word)
                first.append(len(ids) if pieces else -1)
                ids.extend(pieces)
            first = [len(ids) if at < 0 else at for at in first]
            encoded.append(Encoded([*ids, self._closing], first, [0, *map(case_class, words)]))
        return encoded

    def piece_counts(self, words: Sequence[str]) -> list[int]:
        """Number of word pieces of each word."""
        return [len(self.pieces(word)) for word in words]

    def pieces(self, word: str) -> tuple[int, ...]:
        """Ids of a word's pieces; most words of a text were met before."""
        if len(word) > _LONGEST_KEPT:
            return self._pieces(word)
        found = self._kept.get(word)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[word] = self._pieces(word)
        return found

    def _pieces(self, word: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode([word], is_pretokenized=True, add_special_tokens=False).ids)

    def score(self, encoded: Sequence[Encoded]) -> list[ChunkScores]:
        """Scores of each chunk, in the order given; batched by length inside."""
        results: list[ChunkScores | None] = [None] * len(encoded)
        for batch in _alike(encoded) if self.fixed_scales else _batches(encoded):
            out = self._session.run(self._outputs, _padded([encoded[i] for i in batch]))
            for row, i in enumerate(batch):
                n = len(encoded[i].first)
                results[i] = ChunkScores(
                    {k: v[row, :n, :n] if k == "arc" else v[row, :n]
                     for k, v in zip(self._outputs, out, strict=True)}
                )  # fmt: skip
        return [r for r in results if r is not None]


def _alike(encoded: Sequence[Encoded]) -> Iterator[list[int]]:
    """Batches without padding, whose sums are then added up in the same order as those of one chunk.

    The words of a chunk may be fewer than those of another: within `_PANEL` of them their number
    does not change how the matrix product of arcs is added up.
    """
    groups: dict[tuple[int, int], list[int]] = {}
    for i, e in enumerate(encoded):
        groups.setdefault((len(e.ids), (len(e.first) - 1) // _PANEL), []).append(i)
    for (pieces, _), group in groups.items():
        most = max(1, ALIKE_PIECES // pieces)
        yield from (group[at : at + most] for at in range(0, len(group), most))


def _batches(encoded: Sequence[Encoded]) -> list[list[int]]:
    batches: list[list[int]] = []
    current: list[int] = []
    for i in sorted(range(len(encoded)), key=lambda i: len(encoded[i].ids)):
        if current and len(encoded[i].ids) * (len(current) + 1) > BATCH_PIECES:
            batches.append(current)
            current = []
        current.append(i)
    return [*batches, current] if current else batches


def _padded(batch: list[Encoded]) -> dict[str, npt.NDArray[np.int64]]:
    pieces, words = max(len(e.ids) for e in batch), max(len(e.first) for e in batch)
    out = {k: np.zeros((len(batch), pieces), np.int64) for k in ("ids", "mask")}
    out |= {k: np.zeros((len(batch), words), np.int64) for k in ("first", "case")}
    for i, e in enumerate(batch):
        out["ids"][i, : len(e.ids)] = e.ids
        out["mask"][i, : len(e.ids)] = 1
        out["first"][i, : len(e.first)] = e.first
        out["case"][i, : len(e.case)] = e.case
    return out


def _description(folder: Traversable) -> dict[str, Any]:
    try:
        text = (folder / "model.json").read_text(encoding="utf8")
    except FileNotFoundError as missing:
        raise ModelError(
            "the embedded model is missing from the package; install chancery again"
        ) from missing
    described: dict[str, Any] = json.loads(text)
    return described


def _checked(folder: Traversable, name: str, described: dict[str, Any]) -> bytes:
    try:
        content = (folder / name).read_bytes()
    except FileNotFoundError as missing:
        raise ModelError(f"the embedded model lacks {name}; install chancery again") from missing
    if hashlib.sha256(content).hexdigest() != described["sha256"][name]:
        raise ModelError(f"the embedded model's {name} is damaged; install chancery again")
    return content


_ENDING = "ExecutionProvider"


def _providers(provider: str) -> list[str]:
    """What ONNX Runtime is to run the graph on, first choice first; the processor does the rest."""
    there = {name.removesuffix(_ENDING).lower(): name for name in ort.get_available_providers()}
    if provider and provider.lower() not in there:
        raise ModelError(
            f"CHANCERY_PROVIDER: this ONNX Runtime has no {provider!r}, but {', '.join(sorted(there))}; "
            "others come with another package (onnxruntime-gpu, onnxruntime-openvino)"
        )
    first = [there[provider.lower()]] if provider else []
    return [*dict.fromkeys([*first, f"CPU{_ENDING}"])]


@cache
def embedded_model(threads: int = 0, provider: str = "") -> EmbeddedModel:
    """The model, loaded once for each number of threads and provider."""
    return EmbeddedModel(threads, provider)
