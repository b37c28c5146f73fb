"""Exports a fitted network: `python -m training.export FITTED OUT CORPORA`.

FITTED holds labels.json and network.pt (training/fit.py). Writes the int8 ONNX model, the label
lists with checksums, the tokenizer, the treebanks' lemmas and the biaffine forms, as
`chancery/language/model/` ships them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.examples import TREEBANKS, conllu_documents
from training.network import Network, encoder_folder
from training.static import feeds, quantize, texts

SEED = 20261127  # which texts fix the scales

INPUTS = ("ids", "mask", "first", "case")
OUTPUTS = (
    "start", "upos", "xpos", "lemma", "name", "act", "instrument", "status", "arc",
    "rel_dep", "rel_head", "role_trigger", "role_word", "link_give", "link_take",
    "predicate", "argument_predicate", "argument_word",
)  # fmt: skip


class _Flat(nn.Module):
    """ONNX wants a tuple of outputs, in a fixed order."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor, first: Tensor, case: Tensor) -> tuple[Tensor, ...]:
        out = self.network(ids, mask, first, case)
        return tuple(out[name] for name in OUTPUTS)


def load(folder: Path) -> tuple[Network, dict[str, list[str]]]:
    """The fitted network in evaluation mode, and its label lists."""
    from transformers import AutoModel

    labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf8"))
    encoder = AutoModel.from_pretrained(
        encoder_folder(), add_pooling_layer=False, attn_implementation="eager"
    )
    network = Network(encoder, {k: len(v) for k, v in labels.items()} | {"start": 2, "predicate": 2})
    network.load_state_dict(torch.load(folder / "network.pt", weights_only=True))
    return network.eval(), labels


def to_onnx(network: Network, path: Path) -> None:
    """Traces the network with free batch, piece and word counts."""
    size, pieces, words = 3, 12, 8
    arguments = (
        torch.randint(5, 999, (size, pieces)),
        torch.ones(size, pieces, dtype=torch.long),
        torch.arange(words).repeat(size, 1),
        torch.ones(size, words, dtype=torch.long),
    )
    axes = {k: {0: "batch", 1: "pieces" if k in ("ids", "mask") else "words"} for k in INPUTS}
    axes |= {k: {0: "batch", 1: "words"} for k in OUTPUTS}
    axes["arc"][2] = "words"
    torch.onnx.export(
        _Flat(network).eval(), arguments, str(path), input_names=list(INPUTS),
        output_names=list(OUTPUTS), dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


def fused(raw: Path) -> Path:
    """The graph with attention and layer norms fused, written beside the raw one."""
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    graph = optimizer.optimize_model(
        str(raw), model_type="bert", num_heads=12, hidden_size=384,
        optimization_options=FusionOptions("bert"), opt_level=0,
    )  # fmt: skip
    middle = raw.with_name("fused.onnx")
    graph.save_model_to_file(str(middle))
    return middle


def lexicon(treebanks: list[Path]) -> dict[str, Any]:
    """The commonest lemma of each form and tag that occurs, as chancery/language/lemmas.py reads it."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path in treebanks:
        for row in (row for document in conllu_documents(path) for rows in document for row in rows):
            if row[3] in ("VERB", "AUX", "NOUN", "ADJ", "ADV", "PRON", "DET") and row[2] != "_":
                seen[row[3], row[1].lower()][row[2]] += 1
    forms: dict[str, dict[str, str]] = defaultdict(dict)
    for (tag, form), lemmas in sorted(seen.items()):
        forms[tag][form] = lemmas.most_common(1)[0][0]
    verbs = sorted({lemma for lemma in forms["VERB"].values() if lemma.isalpha() and lemma.islower()})
    return {"forms": forms, "verbs": verbs}


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def export(fitted: Path, out: Path, corpora: Path, version: str) -> None:
    """Writes everything the run time loads."""
    network, labels = load(fitted)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.onnx"
        with torch.no_grad():
            to_onnx(network, raw)
        tokenizer = Tokenizer.from_file(str(Path(encoder_folder()) / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        quantize(fused(raw), out / "model.onnx", feeds(texts(corpora, SEED), tokenizer))
    forms = {
        "relation": network.rel_form, "role": network.role_form, "link": network.link_form,
        "argument": network.argument_form,
    }  # fmt: skip
    np.savez_compressed(
        out / "forms.npz", **{k: v.detach().numpy().astype(np.float16) for k, v in forms.items()}
    )
    shutil.copy(Path(encoder_folder()) / "tokenizer.json", out / "tokenizer.json")
    words = lexicon([corpora / "dep_parsing" / name for name in TREEBANKS])
    (out / "lemmas.json").write_text(json.dumps(words, ensure_ascii=False) + "\n", encoding="utf8")
    files = ("model.onnx", "forms.npz", "tokenizer.json", "lemmas.json")
    described = {
        "version": version,
        "licence": "CC BY-SA 4.0",
        "fixed_scales": True,  # of the whole numbers: training/static.py
        "labels": labels,
        "sha256": {name: sha256(out / name) for name in files},
    }
    (out / "model.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf8")
    print({name: (out / name).stat().st_size for name in files})


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fitted", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--version", default="1")
    options = parser.parse_args()
    export(options.fitted, options.out, options.corpora, options.version)


if __name__ == "__main__":
    main()
