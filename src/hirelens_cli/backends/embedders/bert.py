"""BERT as an ONNX graph, written from its tensors without torch: weights as they are, or as int8 with a scale per channel.

The graph takes the token ids of one passage, neither padded nor batched, and gives the mean of its last layer. So it needs no
mask: every token counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hirelens_cli.errors import InputError, MissingExtraError

INSTALL = "pip install 'hirelens[minilm]'"
INPUT, OUTPUT = "ids", "mean"
OPSET, IR_VERSION = 20, 9
"""Gelu is an operator from opset 20 on; onnxruntime 1.18 and later read both."""

_HIGHEST = 127
"""int8 without -128, so that a weight and its opposite are both there."""

Floats = NDArray[np.float32]
Tensors = Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a BERT's config.json says of its graph."""

    layers: int
    heads: int
    epsilon: float


def shape_of(config: bytes) -> Shape:
    """The shape that a config.json gives; raises InputError for a model of another kind."""
    try:
        given = json.loads(config)
        shape = Shape(given["num_hidden_layers"], given["num_attention_heads"], given["layer_norm_eps"])
        kind = (given["model_type"], given["hidden_act"], given.get("position_embedding_type", "absolute"))
    except (ValueError, KeyError, TypeError) as error:
        raise InputError("config.json does not describe a BERT", "all-MiniLM-L6-v2 is one") from error
    if kind != ("bert", "gelu", "absolute"):
        raise InputError(f"config.json describes another kind of model: {', '.join(map(str, kind))}")
    return shape


def bert_graph(tensors: Tensors, shape: Shape, longest: int, *, int8: bool) -> bytes:
    """The model as an ONNX file: INPUT is (n,) int64 of 1 to `longest` ids, OUTPUT is (hidden,) float32.

    Where `int8`, the word vectors have a scale per word and the other matrices one per output channel, all symmetric; their
    inputs are scaled when they come (DynamicQuantizeLinear). Raises MissingExtraError without onnx, InputError where a
    tensor is missing.
    """
    try:
        writer = _Writer(int8=int8)
        mean = writer.mean(_encoder(writer, tensors, shape, longest))
        return writer.model(mean, longest, tensors["embeddings.LayerNorm.weight"].size)
    except KeyError as error:
        raise InputError(f"the weights hold no {error.args[0]}", "take those of all-MiniLM-L6-v2") from error


def _encoder(writer: _Writer, tensors: Tensors, shape: Shape, longest: int) -> str:
    """Embeddings and layers; the name of the (n, hidden) result."""
    names = "embeddings"
    # Every token is of the first of the two types, so its vector belongs to that of the place.
    places = tensors[f"{names}.position_embeddings.weight"] + tensors[f"{names}.token_type_embeddings.weight"][0]
    words = writer.looked_up(tensors[f"{names}.word_embeddings.weight"])
    here = writer.add("Add", words, writer.first_rows(places[:longest]))
    here = writer.normalised(here, tensors, f"{names}.LayerNorm", shape.epsilon)
    for layer in range(shape.layers):
        names = f"encoder.layer.{layer}"
        mixed = _attention(writer, here, tensors, f"{names}.attention.self", shape.heads)
        mixed = writer.linear(mixed, *_dense(tensors, f"{names}.attention.output.dense"))
        here = writer.add("Add", mixed, here)
        here = writer.normalised(here, tensors, f"{names}.attention.output.LayerNorm", shape.epsilon)
        wide = writer.add("Gelu", writer.linear(here, *_dense(tensors, f"{names}.intermediate.dense")))
        here = writer.add("Add", writer.linear(wide, *_dense(tensors, f"{names}.output.dense")), here)
        here = writer.normalised(here, tensors, f"{names}.output.LayerNorm", shape.epsilon)
    return here


def _attention(writer: _Writer, here: str, tensors: Tensors, names: str, heads: int) -> str:
    """Queries, keys and values in one product; the name of the (n, hidden) mixture of values."""
    parts = [_dense(tensors, f"{names}.{name}") for name in ("query", "key", "value")]
    hidden = parts[0][0].shape[0]
    width = hidden // heads
    weights, biases = (np.concatenate([part[index] for part in parts], axis=-1) for index in (0, 1))
    # The usual division of the products by the root of the width, done once and for all.
    scale = np.ones(3 * hidden, np.float32)
    scale[:hidden] = 1.0 / np.sqrt(width)
    mixed = writer.linear(here, weights * scale, biases * scale)
    split = writer.add("Transpose", writer.reshaped(mixed, (-1, 3 * heads, width)), perm=[1, 0, 2])
    query, key, value = writer.split(split, 3)
    products = writer.add("MatMul", query, writer.add("Transpose", key, perm=[0, 2, 1]))
    mixture = writer.add("MatMul", writer.add("Softmax", products, axis=-1), value)
    return writer.reshaped(writer.add("Transpose", mixture, perm=[1, 0, 2]), (-1, hidden))


def _dense(tensors: Tensors, name: str) -> tuple[Floats, Floats]:
    """(in, out) weights and (out,) bias."""
    return tensors[f"{name}.weight"].T, tensors[f"{name}.bias"]


def quantised(matrix: Floats, axis: int) -> tuple[NDArray[np.int8], Floats]:
    """A matrix as int8, and the scale of each channel along `axis` (kept as a dimension of 1): matrix ~ int8 * scale."""
    largest = np.abs(matrix).max(axis=axis, keepdims=True)
    scale = np.where(largest > 0, largest / _HIGHEST, 1.0).astype(np.float32)
    return np.rint(matrix / scale).astype(np.int8), scale


class _Writer:
    """An ONNX graph that grows node by node; every method returns the name of what it adds."""

    def __init__(self, *, int8: bool) -> None:
        try:
            import onnx
            from onnx import helper, numpy_helper
        except ImportError as error:
            raise MissingExtraError("building a model needs onnx", INSTALL) from error
        self._onnx, self._helper, self._to_array = onnx, helper, numpy_helper.from_array
        self._int8 = int8
        self._nodes: list[object] = []
        self._kept: list[object] = []

    def add(self, operator: str, *inputs: str, **attributes: object) -> str:
        return self._several(operator, *inputs, count=1, **attributes)[0]

    def _several(self, operator: str, *inputs: str, count: int, **attributes: object) -> list[str]:
        names = [f"n{len(self._nodes)}_{number}" for number in range(count)]
        self._nodes.append(self._helper.make_node(operator, list(inputs), names, **attributes))
        return names

    def split(self, name: str, count: int) -> list[str]:
        return self._several("Split", name, count=count, axis=0, num_outputs=count)

    def keep(self, array: NDArray[np.generic]) -> str:
        name = f"k{len(self._kept)}"
        self._kept.append(self._to_array(np.ascontiguousarray(array), name))
        return name

    def linear(self, name: str, weights: Floats, bias: Floats) -> str:
        if not self._int8:
            product = self.add("MatMul", name, self.keep(weights))
        else:
            values, scale, zero = self._several("DynamicQuantizeLinear", name, count=3)
            whole, channels = quantised(weights, 0)
            sums = self.add("MatMulInteger", values, self.keep(whole), zero)
            both = self.add("Mul", scale, self.keep(channels[0]))
            product = self.add("Mul", self.add("Cast", sums, to=self._onnx.TensorProto.FLOAT), both)
        return self.add("Add", product, self.keep(bias))

    def looked_up(self, table: Floats) -> str:
        if not self._int8:
            return self.add("Gather", self.keep(table), INPUT, axis=0)
        whole, scale = quantised(table, 1)
        rows = self.add("Cast", self.add("Gather", self.keep(whole), INPUT, axis=0), to=self._onnx.TensorProto.FLOAT)
        return self.add("Mul", rows, self.add("Gather", self.keep(scale), INPUT, axis=0))

    def first_rows(self, table: Floats) -> str:
        nought = self.keep(np.zeros(1, np.int64))
        return self.add("Slice", self.keep(table), nought, self.add("Shape", INPUT), nought)

    def normalised(self, name: str, tensors: Tensors, layer: str, epsilon: float) -> str:
        weight, bias = self.keep(tensors[f"{layer}.weight"]), self.keep(tensors[f"{layer}.bias"])
        return self.add("LayerNormalization", name, weight, bias, epsilon=epsilon)

    def reshaped(self, name: str, shape: tuple[int, ...]) -> str:
        return self.add("Reshape", name, self.keep(np.array(shape, np.int64)))

    def mean(self, name: str) -> str:
        return self.add("ReduceMean", name, self.keep(np.zeros(1, np.int64)), keepdims=0)

    def model(self, result: str, longest: int, hidden: int) -> bytes:
        """The whole as a file; it says how many ids it takes."""
        kind = self._onnx.TensorProto
        given = self._helper.make_tensor_value_info(INPUT, kind.INT64, ["n"])
        wanted = self._helper.make_tensor_value_info(OUTPUT, kind.FLOAT, [hidden])
        self._nodes.append(self._helper.make_node("Identity", [result], [OUTPUT]))
        graph = self._helper.make_graph(self._nodes, "bert", [given], [wanted], self._kept)
        model = self._helper.make_model(
            graph, opset_imports=[self._helper.make_opsetid("", OPSET)], ir_version=IR_VERSION, producer_name="hirelens"
        )
        self._helper.set_model_props(model, {"longest": str(longest)})
        self._onnx.checker.check_model(model)
        data: bytes = model.SerializeToString(deterministic=True)
        return data
