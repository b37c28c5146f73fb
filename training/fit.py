"""Fits the network: `python -m training.fit CORPORA OUT --minutes 60`.

CORPORA is the folder of corpora (see docs/model-card.md for what is read from it); the annotations
of the corpus of dealings are in this repository and find their texts there. Writes OUT/labels.json
and OUT/network.pt (averaged weights), every 100 steps and at the end, OUT/state.pt, from which
`--resume` goes on after an interruption as if there had been none, and OUT/run.json: options, seed,
checksums of what was read and written, words seen. `--start-from` begins with an earlier fit's
weights.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from training.batches import batches, collate, encode, labels_of
from training.corpus import is_dev, load
from training.examples import (
    TREEBANKS,
    Example,
    bio,
    dealings,
    defence_names,
    gum_names,
    propbank,
    treebank,
    with_curly_quotes,
)
from training.export import sha256
from training.network import Network, biaffine, encoder_folder, load_encoder, pairwise_bce
from training.variants import with_other_states

SEED = 20261124


NAME_SETS = (
    "ner/uner_english_ewt/en_ewt-ud-dev.iob2",
    "ner/crossner_politics/train.txt",
    "ner/crossner_politics/dev.txt",
    "ner/wikigold/wikigold.conll.txt",
    "ner/wnut17/wnut17train.conll",
    "ner/gum_entities/train.jsonl.gz",
)
DEFENCE = "ner/re3d/original"


def corpora(folder: Path, seed: int) -> tuple[list[Example], list[Example], list[Example]]:
    """Treebanks, name sets and dealings, train parts only."""
    frames = propbank(folder / "srl/propbank_ewt/train.jsonl")
    trees = [
        e for name in TREEBANKS for e in treebank(folder / "dep_parsing" / name, name[:14], seed, frames)
    ]
    uner, *plain, gum = NAME_SETS
    names = bio(folder / uner, "uner", column=2, names_lack_misc=True)
    for path in plain:
        names += bio(folder / path, Path(path).parent.name)
    names += gum_names(folder / gum)
    names += defence_names(folder / DEFENCE)
    trees, names = with_curly_quotes(trees, seed), with_curly_quotes(names, seed)
    rows = [row for row in load(folder / "raw_news") if not is_dev(row["key"])]
    acts = dealings(rows)
    return trees, names, acts + with_other_states(acts, seed)


def token_loss(scores: Tensor, target: Tensor) -> Tensor:
    """Cross-entropy over annotated words; 0 where a batch has none."""
    if not bool((target >= 0).any()):
        return scores.new_zeros(())
    return F.cross_entropy(scores.float().flatten(0, 1), target.flatten(), ignore_index=-1)


def name_loss(scores: Tensor, target: Tensor, lack_misc: Tensor) -> Tensor:
    """As `token_loss`, but where a corpus marks no MISC its O may be MISC."""
    known = target >= 0
    if not bool(known.any()):
        return scores.new_zeros(())
    logp = F.log_softmax(scores.float(), -1)
    gold = logp.gather(-1, target.clamp(min=0).unsqueeze(-1)).squeeze(-1)
    outside = torch.logsumexp(logp[..., [0, 7, 8]], -1)
    gold = torch.where((target == 0) & lack_misc[:, None], outside, gold)
    return -(gold * known).sum() / known.sum()


LOST_CASE, LOST_PIECES = 0.05, 0.04  # shares of texts without case, of word pieces masked

WEIGHTS = {
    "start": 0.5, "upos": 0.5, "xpos": 0.5, "lemma": 0.5, "arc": 1.5, "relation": 1.5, "name": 2.0,
    "act": 4.0, "instrument": 0.7, "status": 1.0, "role": 6.0, "link": 1.0,
    "predicate": 1.0, "argument": 2.0,
}  # fmt: skip


def losses(network: Network, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """The weighted loss of each head on one batch."""
    out = network(batch["ids"], batch["mask"], batch["first"], batch["case"])
    found = {
        k: token_loss(out[k], batch[k])
        for k in ("start", "upos", "xpos", "lemma", "act", "instrument", "status", "predicate")
    }
    found["name"] = name_loss(out["name"], batch["name"], batch["lack_misc"])
    if bool((batch["head"] >= 0).any()):
        arc = out["arc"].float().masked_fill(~batch["word_mask"][:, None, :], -1e4)
        found["arc"] = token_loss(arc, batch["head"])
        rel = network.relation_scores(out, batch["head"].clamp(min=0))
        found["relation"] = token_loss(rel, batch["relation"])
    if len(batch["trigger_word"]):
        b, t = batch["trigger_batch"], batch["trigger_word"]
        mask = batch["word_mask"][b].float()
        roles = biaffine(out["role_trigger"][b, t], out["role_word"][b], network.role_form)
        found["role"] = pairwise_bce(roles, batch["role"], mask)
        linked = biaffine(out["link_give"][b, t], out["link_take"][b], network.link_form)
        triggers = (batch["act"][b] > 0).float()
        found["link"] = pairwise_bce(linked, batch["link"], triggers)
    if len(batch["predicate_word"]):
        b, p = batch["predicate_batch"], batch["predicate_word"]
        scores = biaffine(out["argument_predicate"][b, p], out["argument_word"][b], network.argument_form)
        found["argument"] = token_loss(scores, batch["argument"])
    return {k: WEIGHTS[k] * v for k, v in found.items()}


class Average:
    """Exponential moving average of the weights, which is what ships."""

    def __init__(self, network: Network, decay: float = 0.999) -> None:
        self.decay = decay
        self.kept = {k: v.detach().clone() for k, v in network.state_dict().items()}
        self.steps = 0

    def update(self, network: Network) -> None:
        """After each step; early steps weigh more, so that the start is forgotten."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for k, v in network.state_dict().items():
            if v.dtype.is_floating_point:
                self.kept[k].lerp_(v, 1 - decay)


def optimizer_of(network: Network, encoder_rate: float, head_rate: float) -> torch.optim.AdamW:
    """AdamW with layer-wise rates: lower layers of the encoder move less (x0.9 a layer)."""
    groups: list[dict[str, Any]] = []
    layers = len(network.encoder.encoder.layer)
    for depth, layer in enumerate(network.encoder.encoder.layer):
        groups.append({"params": list(layer.parameters()), "lr": encoder_rate * 0.9 ** (layers - 1 - depth)})
    groups.append({"params": list(network.encoder.embeddings.parameters()), "lr": encoder_rate * 0.9**layers})
    inside = {id(p) for g in groups for p in g["params"]}
    groups.append({"params": [p for p in network.parameters() if id(p) not in inside], "lr": head_rate})
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))


def learning_rate(share: float, hold: float) -> float:
    """Full until `hold` of the time is over, then in a straight line down to a fiftieth."""
    return max(0.02, 1 - max(0.0, share - hold) / max(1e-6, 1 - hold))


def keep(value: dict[str, Any], path: Path) -> None:
    """Whole or as it was: a fit may be ended while it writes."""
    partial = path.with_suffix(".partial")
    torch.save(value, partial)
    partial.replace(path)


def fit(
    network: Network,
    parts: dict[str, tuple[list[dict[str, Any]], int]],
    out: Path,
    options: argparse.Namespace,
) -> int:
    """Runs for `options.minutes`; each round draws every part as often as its weight says.

    Gives the number of words seen.
    """
    draw = random.Random(SEED)  # noqa: S311
    optimizer = optimizer_of(network, options.encoder_rate, options.head_rate)
    base = [g["lr"] for g in optimizer.param_groups]
    average = Average(network)
    begun, step, words, tally = time.monotonic(), 0, 0, Counter[str]()
    if options.resume:
        state = torch.load(out / "state.pt", weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average.kept, average.steps = state["average"], state["step"]
        step, words = state["step"], state["words"]
        begun -= state["seconds"]
        draw.seed(SEED + step)  # another order than the rounds before
    network.train()
    while True:
        data = [item for items, weight in parts.values() for item in items * weight]
        for group in batches(data, options.cap, draw):
            share = (time.monotonic() - begun) / 60 / options.minutes
            if share >= 1:
                keep(average.kept, out / "network.pt")
                return words
            rate = min(1.0, (step + 1) / 200) * learning_rate(share, options.hold)
            for param_group, value in zip(optimizer.param_groups, base, strict=True):
                param_group["lr"] = value * rate
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not options.full_precision):
                found = losses(network, collate(group, LOST_CASE, LOST_PIECES, draw))
                total = torch.stack([v.float() for v in found.values()]).sum()
            optimizer.zero_grad()
            total.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            average.update(network)
            step, words = step + 1, words + sum(len(o["first"]) for o in group)
            tally.update({k: float(v) for k, v in found.items()})
            if step % 50 == 0:
                speed = words / (time.monotonic() - begun)
                told = " ".join(f"{k} {v / 50:.3f}" for k, v in tally.items())
                print(f"{share:.1%} step {step} {speed:.0f} words/s {told}", flush=True)
                tally.clear()
            if step % 100 == 0:
                keep(average.kept, out / "network.pt")
                kept = {
                    "network": network.state_dict(), "optimizer": optimizer.state_dict(),
                    "average": average.kept, "step": step, "words": words,
                    "seconds": time.monotonic() - begun,
                }  # fmt: skip
                keep(kept, out / "state.pt")


def inputs(folder: Path) -> dict[str, str]:
    """SHA-256 of every file that `corpora` reads, by its path inside the folder."""
    read = [folder / "dep_parsing" / name for name in TREEBANKS]
    read += [folder / name for name in NAME_SETS]
    read += [folder / "srl/propbank_ewt/train.jsonl", *sorted((folder / "raw_news").rglob("*.jsonl*"))]
    read += sorted((folder / DEFENCE).rglob("*.json"))
    return {str(path.relative_to(folder)): sha256(path) for path in read}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--cap", type=int, default=1600, help="padded word pieces a batch")
    parser.add_argument("--encoder-rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--hold", type=float, default=0.0, help="share of the time at the full rate")
    parser.add_argument("--full-precision", action="store_true")
    parser.add_argument(
        "--weights", default="1,1,3", help="how often trees, names, dealings are drawn a round"
    )
    parser.add_argument("--without", default="", help="sources of names to leave out: wnut17,re3d")
    parser.add_argument("--start-from", type=Path, help="network.pt of an earlier fit, same labels")
    parser.add_argument("--resume", action="store_true", help="go on from OUT/state.pt")
    options = parser.parse_args()
    if options.resume and not (options.out / "state.pt").exists():
        parser.error(f"--resume: {options.out} holds no state.pt; a fit writes it every 100 steps")
    options.out.mkdir(parents=True, exist_ok=True)
    random.seed(SEED)
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    trees, names, acts = corpora(options.corpora, SEED)
    names = [e for e in names if e.source not in options.without.split(",")]
    labels = labels_of(trees)
    (options.out / "labels.json").write_text(json.dumps(labels.as_json()), encoding="utf8")
    from transformers import BertTokenizerFast

    tokenizer = BertTokenizerFast.from_pretrained(encoder_folder())
    weights = [int(w) for w in options.weights.split(",")]
    parts = {
        name: (encode(part, labels, tokenizer), weight)
        for name, part, weight in zip(
            ("trees", "names", "dealings"), (trees, names, acts), weights, strict=True
        )
    }
    print({k: (len(v), sum(len(o["first"]) for o in v), w) for k, (v, w) in parts.items()}, flush=True)
    network = Network(load_encoder(), labels.counts())
    if options.start_from:
        fresh = network.load_state_dict(torch.load(options.start_from, weights_only=True), strict=False)
        print("starts anew:", *fresh.missing_keys, flush=True)
    words = fit(network, parts, options.out, options)
    run = {
        "options": {k: str(v) for k, v in vars(options).items()}, "seed": SEED, "words": words,
        "read": inputs(options.corpora),
        "written": {name: sha256(options.out / name) for name in ("labels.json", "network.pt")},
    }  # fmt: skip
    (options.out / "run.json").write_text(json.dumps(run, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
