"""Rebuilds fitted weights from the shipped model: `python -m training.restore MODEL OUT`.

MODEL is `src/chancery/language/model`. Writes OUT/network.pt and OUT/labels.json, so that
`training.fit --start-from` can go on wherever the repository is. The shipped weights are rounded to
int8 (and float16 in the forms): what comes back is a starting point, not the fit itself.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from training.export import fused, to_onnx
from training.network import Network
from training.static import eased

Array = npt.NDArray[np.float32]


def initializers(path: Path) -> dict[str, Array]:
    """Every constant tensor of an ONNX graph, dequantized, under its name before quantization."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    raw = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    by = dict(eased(graph))
    found = {}
    for name, value in raw.items():
        if name.endswith("_quantized"):
            base = name.removesuffix("_quantized")
            zero = raw.get(f"{base}_zero_point", np.zeros(1, np.int8))
            found[base] = (value.astype(np.float32) - zero.astype(np.float32)) * raw[f"{base}_scale"]
            if name in by:
                found[base] *= raw[by[name]][:, None]
        elif name.endswith("_rooted"):
            found[name.removesuffix("_rooted")] = value / np.float32(np.sqrt(len(value)))
        elif not name.endswith(("_scale", "_zero_point")):
            found[name] = value.astype(np.float32)
    return found


def _places(network: Network, graph: dict[str, Array]) -> dict[str, tuple[str, bool]]:
    """For each parameter the graph's tensor that holds it, and whether transposed.

    Found by value: `graph` must come from an export of this very network.
    """
    places = {}
    for name, value in network.state_dict().items():
        array = value.detach().numpy()
        if f"network.{name}" in graph:
            places[name] = (f"network.{name}", False)
            continue
        for other, held in graph.items():
            if held.shape == array.T.shape and np.array_equal(held, array.T):
                places[name] = (other, True)
                break
    return places


def _attention(graph: dict[str, Array], layers: int) -> dict[str, Array]:
    """Query, key and value weights and biases out of the fused attention's single tensor."""
    found = {}
    for layer in range(layers):
        for kind in ("weight", "bias"):
            joined = graph[f"Attention_{layer}_qkv_{kind}"]
            for part, value in zip(("query", "key", "value"), np.split(joined, 3, axis=-1), strict=True):
                found[f"encoder.encoder.layer.{layer}.attention.self.{part}.{kind}"] = value.T
    return found


def restore(model: Path, out: Path) -> None:
    """Writes labels.json and network.pt.

    Raises ValueError where a parameter of the network has no place in the shipped graph.
    """
    from transformers import AutoModel

    from training.network import encoder_folder

    described: dict[str, Any] = json.loads((model / "model.json").read_text(encoding="utf8"))
    labels: dict[str, list[str]] = described["labels"]
    encoder = AutoModel.from_pretrained(
        encoder_folder(), add_pooling_layer=False, attn_implementation="eager"
    )
    network = Network(encoder, {k: len(v) for k, v in labels.items()} | {"start": 2, "predicate": 2}).eval()
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        raw = Path(folder) / "raw.onnx"
        to_onnx(network, raw)
        places = _places(network, initializers(fused(raw)))
    shipped = initializers(model / "model.onnx")
    with np.load(model / "forms.npz") as forms:
        known = {f"{_FORMS[k]}": forms[k].astype(np.float32) for k in forms.files if k in _FORMS}
    known |= _attention(shipped, encoder.config.num_hidden_layers)
    state = network.state_dict()
    for name, value in state.items():
        if name not in known and name in places and places[name][0] in shipped:
            held, turned = places[name]
            known[name] = shipped[held].T if turned else shipped[held]
        if name not in known or known[name].shape != tuple(value.shape):
            raise ValueError(f"no place for {name} {tuple(value.shape)} in {model / 'model.onnx'}")
        state[name] = torch.from_numpy(np.ascontiguousarray(known[name])).to(value.dtype)
    out.mkdir(parents=True, exist_ok=True)
    torch.save(state, out / "network.pt")
    (out / "labels.json").write_text(json.dumps(labels), encoding="utf8")


_FORMS = {"relation": "rel_form", "role": "role_form", "link": "link_form", "argument": "argument_form"}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    restore(options.model, options.out)


if __name__ == "__main__":
    main()
