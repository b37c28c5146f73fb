"""Int8 with fixed scales: what a text scores does not hang on what is read beside it.

Dynamic quantization takes the scale of its numbers from all that is in a batch. Here each scale is
fixed when the model is exported, from texts of the training corpora, and channels that are far
larger than the others are evened out against the weights (SmoothQuant, Xiao et al. 2023), so that
fixed scales cost no accuracy.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from chancery.language.words import case_class
from training.corpus import is_dev, load
from training.examples import TREEBANKS, dealings, treebank

Array = npt.NDArray[np.float32]
Feed = dict[str, npt.NDArray[np.int64]]

EASED = (0.5, 0.7, 0.85)  # how much of the unevenness goes over into the weights; 1 would be all
KEPT = (1.0, 0.9999)  # share of the numbers inside the range; the few beyond are cut to it
TOP = 63  # weights take seven bits: products of eight and eight overflow on AVX2 without VNNI
TRIED = 300  # rows on which these are tried out
TEXTS = 150  # of the treebanks, and as many of the dealings


def texts(corpora: Path, seed: int) -> list[list[str]]:
    """Words of some texts that were trained on."""
    draw = random.Random(seed)  # noqa: S311
    trees = [e for name in TREEBANKS for e in treebank(corpora / "dep_parsing" / name, name, seed)]
    told = dealings([row for row in load(corpora / "raw_news") if not is_dev(row["key"])])
    return [e.words for part in (trees, told) for e in draw.sample(part, TEXTS)]


def feeds(texts: Sequence[Sequence[str]], tokenizer: Any) -> list[Feed]:
    """Each text by itself as the graph takes it; `tokenizer` is of the library of that name."""
    made = []
    opening, closing = tokenizer.encode([], is_pretokenized=True).ids
    for words in texts:
        ids, first = [opening], [0]
        for word in words:
            first.append(len(ids))
            ids += tokenizer.encode([word], is_pretokenized=True, add_special_tokens=False).ids
        row = np.array([[*ids, closing]], np.int64)
        case = np.array([[0, *map(case_class, words)]], np.int64)
        made.append(
            {"ids": row, "mask": np.ones_like(row), "first": np.array([first], np.int64), "case": case}
        )
    return made


def weighted(graph: Any) -> dict[str, list[Any]]:
    """Nodes that multiply by constant weights, by the name of their input."""
    constant = {i.name for i in graph.initializer}
    found: dict[str, list[Any]] = {}
    for node in graph.node:
        if node.op_type in ("MatMul", "Attention") and node.input[1] in constant:
            found.setdefault(node.input[0], []).append(node)
    return found


def watched(fused: Path, feeds: Sequence[Feed]) -> dict[str, Array]:
    """The rows that reach each weighted node over all feeds, by the name of the input."""
    import onnx
    import onnxruntime as ort

    model = onnx.load(str(fused))
    names = list(weighted(model.graph))
    for name in names:
        model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    options = ort.SessionOptions()
    options.log_severity_level = 3
    session = ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    rows: dict[str, list[Array]] = {name: [] for name in names}
    for feed in feeds:
        for name, value in zip(names, session.run(names, feed), strict=True):
            rows[name].append(value.reshape(-1, value.shape[-1]))
    return {name: np.concatenate(parts) for name, parts in rows.items()}


@dataclass(frozen=True, slots=True)
class Fixed:
    """How the numbers that reach some weights are rounded: divided by channel, then by `scale`."""

    factor: Array
    scale: np.float32
    zero: np.uint8

    def cut(self, rows: Array) -> Array:
        """The numbers as they are after rounding."""
        whole = np.round(rows / self.factor / self.scale) + float(self.zero)
        return np.asarray((np.clip(whole, 0, 255) - float(self.zero)) * self.scale, np.float32)


def fixed(rows: Array, weights: Sequence[Array]) -> Fixed:
    """Of the ways to round the rows that which changes the products with the weights least."""
    some = rows[:: max(1, len(rows) // TRIED)]
    exact = [some @ w for w in weights]

    def error(way: Fixed) -> float:
        cut = way.cut(some)
        changed = zip(exact, weights, strict=True)
        return sum(float(((e - cut @ _cut(w, way.factor)) ** 2).mean() / e.var()) for e, w in changed)

    factors = [easing(rows, weights, share) for share in EASED]
    return min((way for f in factors for way in ranges(rows, f)), key=error)


def easing(rows: Array, weights: Sequence[Array], share: float) -> Array:
    """By what each channel is divided before it is rounded, and its weights multiplied."""
    large = np.maximum(np.abs(rows).max(axis=0), 1e-4)
    heavy = np.maximum(np.max([np.abs(w).max(axis=1) for w in weights], axis=0), 1e-4)
    factor = large**share / heavy ** (1 - share)
    return np.asarray(np.maximum(factor / factor.mean(), 1e-3), np.float32)


def ranges(rows: Array, factor: Array) -> Iterator[Fixed]:
    """Scales and zero points of eight bits without sign."""
    even = rows[:: max(1, len(rows) // (10 * TRIED))] / factor
    least, most = (rows.min(axis=0) / factor).min(), (rows.max(axis=0) / factor).max()
    for kept in KEPT:
        ends = np.quantile(even, [(1 - kept) / 2, (1 + kept) / 2]) if kept < 1 else (least, most)
        low, high = min(float(ends[0]), 0.0), max(float(ends[1]), 0.0)
        scale = np.float32((high - low) / 255)
        yield Fixed(factor, scale, np.uint8(round(-low / float(scale))))


def _cut(weights: Array, factor: Array) -> Array:
    whole, scale = rounded(weights * factor[:, None])
    return np.asarray(whole * scale, np.float32)


def rounded(weights: Array) -> tuple[npt.NDArray[np.int8], Array]:
    """Weights in seven bits with a scale a column."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-8).astype(np.float32) / TOP
    return np.clip(np.round(weights / scale), -TOP, TOP).astype(np.int8), scale


def quantize(fused: Path, out: Path, feeds: Sequence[Feed]) -> None:
    """Writes the int8 graph; its scales are fixed by the feeds."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    rows = watched(fused, feeds)
    quantize_dynamic(  # the table of word pieces: what is looked up needs no scale of a batch
        fused, out, weight_type=QuantType.QInt8, op_types_to_quantize=["EmbedLayerNormalization"]
    )
    model = onnx.load(str(out))
    made = _Rewriting(model.graph)
    made.weights(rows)
    made.norms()
    made.finish()
    onnx.save(model, str(out))


@dataclass(slots=True)
class _Rewriting:
    """Nodes of a graph with others in their place."""

    graph: Any
    held: dict[str, Any] = field(init=False)
    made: dict[str, Any] = field(default_factory=dict)
    instead: dict[str, list[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from onnx import numpy_helper

        self.held = {i.name: numpy_helper.to_array(i) for i in self.graph.initializer}

    def keep(self, name: str, value: Any) -> str:
        """A constant by a name."""
        from onnx import numpy_helper

        self.made[name] = numpy_helper.from_array(np.asarray(value), name)
        return name

    def weights(self, rows: dict[str, Array]) -> None:
        """Inputs are evened out and rounded once; all nodes that read them take whole numbers."""
        from onnx.helper import make_node

        for name, nodes in weighted(self.graph).items():
            way = fixed(rows[name], [self.held[n.input[1]] for n in nodes])
            by = self.keep(f"{name}_eased", 1 / way.factor)
            at = self.keep(f"{name}_fixed_scale", way.scale), self.keep(f"{name}_fixed_zero", way.zero)
            self.instead[nodes[0].name] = [
                make_node("Mul", [name, by], [f"{name}_even"], name=f"{name}_even"),
                make_node("QuantizeLinear", [f"{name}_even", *at], [f"{name}_int8"], name=f"{name}_int8"),
            ]
            for node in nodes:
                weights, each = rounded(self.held[node.input[1]] * way.factor[:, None])
                w = self.keep(f"{node.input[1]}_quantized", weights)
                w_scale = self.keep(f"{node.input[1]}_scale", each)
                whole = _whole(node, [f"{name}_int8", w], at, w_scale)
                self.instead.setdefault(node.name, []).append(whole)

    def norms(self) -> None:
        """Layer norms in steps that the run time does eight or sixteen numbers at a time."""
        from onnx.helper import make_node

        for node in self.graph.node:
            if node.op_type != "SkipLayerNormalization":
                continue
            left, right, scale, shift, bias = node.input
            root = np.float32(np.sqrt(len(self.held[scale])))
            rooted = self.keep(f"{scale}_rooted", self.held[scale] * root)
            steps: list[Any] = []

            def step(
                op: str, *inputs: str, to: str = "", node: Any = node, steps: list[Any] = steps, **given: Any
            ) -> str:
                name = to or f"{node.name}_{len(steps)}"
                steps.append(make_node(op, inputs, [name], name=f"{node.name}_{len(steps)}", **given))
                return name

            both = step("Add", step("Add", left, bias), right)
            centred = step("Sub", both, step("ReduceMean", both, axes=[-1], keepdims=1))
            even = step("Div", centred, step("ReduceL2", centred, axes=[-1], keepdims=1))
            step("Add", step("Mul", even, rooted), shift, to=node.output[0])
            self.instead[node.name] = steps

    def finish(self) -> None:
        """Puts the new nodes and their constants into the graph."""
        nodes = [made for node in self.graph.node for made in self.instead.get(node.name, [node])]
        used = {name for node in nodes for name in node.input}
        constants = [i for i in [*self.graph.initializer, *self.made.values()] if i.name in used]
        del self.graph.node[:], self.graph.initializer[:]
        self.graph.node.extend(nodes)
        self.graph.initializer.extend(constants)


def _whole(node: Any, data: list[str], fixed: tuple[str, str], w_scale: str) -> Any:
    """The node that multiplies whole numbers."""
    from onnx.helper import make_node

    scale, zero = fixed
    name, out, domain = f"{node.name}_quant", list(node.output), "com.microsoft"
    if node.op_type == "MatMul":
        return make_node("MatMulIntegerToFloat", [*data, scale, w_scale, zero], out, name=name, domain=domain)
    bias, mask = node.input[2:4]
    made = make_node("QAttention", [*data, bias, scale, w_scale, mask, zero], out, name=name, domain=domain)
    made.attribute.extend(a for a in node.attribute if a.name in ("num_heads", "unidirectional"))
    return made


def eased(graph: Any) -> Iterator[tuple[str, str]]:
    """Of a graph made here: each constant of whole numbers, and that by which its rows were divided."""
    makes = {output: node for node in graph.node for output in node.output}
    for node in graph.node:
        if node.op_type in ("MatMulIntegerToFloat", "QAttention"):
            yield node.input[1], makes[makes[node.input[0]].input[0]].input[1]
