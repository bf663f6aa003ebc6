"""The graph of a BERT, by a small one with random weights and the plain formula of what it computes."""

from __future__ import annotations

import json
import math
import sys

import numpy as np
import pytest

from hirelens_cli.backends.embedders.bert import INPUT, Shape, bert_graph, quantised, shape_of
from hirelens_cli.errors import InputError, MissingExtraError

HIDDEN, HEADS, LAYERS, WIDE, WORDS, PLACES = 24, 3, 2, 48, 50, 12
CONFIG = {
    "model_type": "bert",
    "hidden_act": "gelu",
    "hidden_size": HIDDEN,
    "intermediate_size": WIDE,
    "num_hidden_layers": LAYERS,
    "num_attention_heads": HEADS,
    "layer_norm_eps": 1e-12,
    "max_position_embeddings": PLACES,
    "type_vocab_size": 2,
    "vocab_size": WORDS,
    "hidden_dropout_prob": 0.0,
    "attention_probs_dropout_prob": 0.0,
}


def tensors(seed: int = 7) -> dict[str, np.ndarray]:
    """Weights under the names of a published BERT."""
    chance = np.random.default_rng(seed)
    shapes = {
        "embeddings.word_embeddings.weight": (WORDS, HIDDEN),
        "embeddings.position_embeddings.weight": (PLACES, HIDDEN),
        "embeddings.token_type_embeddings.weight": (2, HIDDEN),
        "embeddings.LayerNorm": (HIDDEN,),
    }
    for layer in range(LAYERS):
        names = f"encoder.layer.{layer}"
        shapes |= {f"{names}.attention.self.{name}": (HIDDEN, HIDDEN) for name in ("query", "key", "value")}
        shapes |= {
            f"{names}.attention.output.dense": (HIDDEN, HIDDEN),
            f"{names}.attention.output.LayerNorm": (HIDDEN,),
            f"{names}.intermediate.dense": (WIDE, HIDDEN),
            f"{names}.output.dense": (HIDDEN, WIDE),
            f"{names}.output.LayerNorm": (HIDDEN,),
        }
    made = {}
    for name, shape in shapes.items():
        if name.endswith(".weight"):
            made[name] = chance.normal(0, 0.5, shape)
        else:
            centre = 1.0 if name.endswith("LayerNorm") else 0.0
            made[f"{name}.weight"] = chance.normal(centre, 0.3, shape)
            made[f"{name}.bias"] = chance.normal(0, 0.2, shape[:1])
    return {name: array.astype(np.float32) for name, array in made.items()}


def mean_of(weights: dict[str, np.ndarray], ids: list[int]) -> np.ndarray:
    """The mean of the last layer, by the formulas of the paper in float64."""
    given = {name: array.astype(np.float64) for name, array in weights.items()}

    def normed(x: np.ndarray, name: str) -> np.ndarray:
        spread = np.sqrt(x.var(axis=-1, keepdims=True) + CONFIG["layer_norm_eps"])
        return (x - x.mean(axis=-1, keepdims=True)) / spread * given[f"{name}.weight"] + given[f"{name}.bias"]

    def dense(x: np.ndarray, name: str) -> np.ndarray:
        return x @ given[f"{name}.weight"].T + given[f"{name}.bias"]

    x = given["embeddings.word_embeddings.weight"][ids] + given["embeddings.position_embeddings.weight"][: len(ids)]
    x = normed(x + given["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    width = HIDDEN // HEADS
    for layer in range(LAYERS):
        names = f"encoder.layer.{layer}"
        query, key, value = (dense(x, f"{names}.attention.self.{part}") for part in ("query", "key", "value"))
        mixed = []
        for head in range(HEADS):
            here = slice(head * width, (head + 1) * width)
            products = np.exp(query[:, here] @ key[:, here].T / math.sqrt(width))
            mixed.append(products / products.sum(axis=1, keepdims=True) @ value[:, here])
        x = normed(
            dense(np.concatenate(mixed, axis=1), f"{names}.attention.output.dense") + x,
            f"{names}.attention.output.LayerNorm",
        )
        wide = dense(x, f"{names}.intermediate.dense")
        wide = wide * 0.5 * (1.0 + np.vectorize(math.erf)(wide / math.sqrt(2.0)))
        x = normed(dense(wide, f"{names}.output.dense") + x, f"{names}.output.LayerNorm")
    return x.mean(axis=0)


PASSAGES = ([3], [1, 2, 3, 4, 5], [49, 0, 7, 7, 7, 12, 30, 2], list(range(PLACES)))
SHAPE = shape_of(json.dumps(CONFIG).encode())


def outputs(graph: bytes) -> list[np.ndarray]:
    from hirelens_cli.backends.embedders.minilm_int8 import open_session

    session = open_session(graph)
    return [session.run(None, {INPUT: np.array(ids, np.int64)})[0] for ids in PASSAGES]


def cosine(left: np.ndarray, right: np.ndarray) -> float:
    return float(left @ right / np.linalg.norm(left) / np.linalg.norm(right))


@pytest.mark.extras
@pytest.mark.parametrize("seed", [7, 8])
def test_the_graph_computes_what_the_formula_says(seed: int) -> None:
    weights = tensors(seed)
    found = outputs(bert_graph(weights, SHAPE, PLACES, int8=False))
    for ids, mean in zip(PASSAGES, found, strict=True):
        assert np.allclose(mean, mean_of(weights, ids), atol=1e-5)


@pytest.mark.extras
def test_int8_is_close_to_the_formula_and_smaller() -> None:
    weights = tensors()
    whole, small = (bert_graph(weights, SHAPE, PLACES, int8=int8) for int8 in (False, True))
    assert len(small) < len(whole)
    for ids, mean in zip(PASSAGES, outputs(small), strict=True):
        assert 0.98 < cosine(mean, mean_of(weights, ids)) < 1.0 - 1e-9


@pytest.mark.extras
def test_the_graph_agrees_with_the_library_that_defined_it() -> None:
    import torch
    from transformers import BertConfig, BertModel

    weights = tensors()
    model = BertModel(BertConfig(**CONFIG), add_pooling_layer=False).eval()
    missing, unknown = model.load_state_dict(
        {name: torch.tensor(array) for name, array in weights.items()}, strict=False
    )
    assert [name for name in missing if not name.endswith("_ids")] == unknown == []
    found = outputs(bert_graph(weights, SHAPE, PLACES, int8=False))
    for ids, mean in zip(PASSAGES, found, strict=True):
        with torch.no_grad():
            theirs = model(torch.tensor([ids])).last_hidden_state[0].mean(dim=0).numpy()
        assert np.allclose(mean, theirs, atol=1e-5)


@pytest.mark.extras
def test_the_same_weights_give_the_same_bytes() -> None:
    first, second = (bert_graph(tensors(), SHAPE, PLACES, int8=True) for _ in range(2))
    assert first == second
    assert first != bert_graph(tensors(8), SHAPE, PLACES, int8=True)


@pytest.mark.extras
def test_a_missing_tensor_is_named() -> None:
    weights = tensors()
    del weights["encoder.layer.1.intermediate.dense.bias"]
    with pytest.raises(InputError, match=r"encoder\.layer\.1\.intermediate\.dense\.bias"):
        bert_graph(weights, SHAPE, PLACES, int8=True)


def test_without_onnx_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(MissingExtraError) as caught:
        bert_graph(tensors(), SHAPE, PLACES, int8=True)
    assert caught.value.hint == "pip install 'hirelens[minilm]'"


def test_each_channel_has_its_own_scale() -> None:
    matrix = np.array([[1.0, 100.0], [-0.5, 25.4], [0.0, -127.0]], np.float32)
    whole, scale = quantised(matrix, 0)
    assert whole.dtype == np.int8
    assert whole.tolist() == [[127, 100], [-64, 25], [0, -127]]
    assert np.abs(whole * scale - matrix).max(axis=0) == pytest.approx(scale[0] / 2, rel=0.5)


def test_a_channel_of_noughts_stays_nought() -> None:
    whole, scale = quantised(np.zeros((3, 2), np.float32), 0)
    assert not whole.any()
    assert np.isfinite(scale).all()


@pytest.mark.parametrize("given", [b"no json", b"[]", b"{}", json.dumps(CONFIG | {"hidden_act": "relu"}).encode()])
def test_a_model_of_another_kind_is_refused(given: bytes) -> None:
    with pytest.raises(InputError, match=r"config\.json"):
        shape_of(given)


def test_the_shape_is_read_from_the_configuration() -> None:
    assert Shape(LAYERS, HEADS, 1e-12) == SHAPE
