"""One contract for every embedder; the transformer runs where its extra is installed."""

from __future__ import annotations

import importlib.util
import pickle
import socket
import sys
from pathlib import Path

import numpy as np
import pytest

from hirelens_cli.backends.embedders import factory, static, weights
from hirelens_cli.backends.embedders.factory import NAMES, embedder_factory, resolved
from hirelens_cli.embeddings.background import BACKGROUND
from hirelens_cli.errors import MissingExtraError, UsageError
from hirelens_cli.ports import Embedder

TEXTS = (
    "Prepared monthly financial statements",
    "Built data pipelines in Python and Spark",
    "Ran the kitchen of a small restaurant",
    "Entwickelte Webanwendungen für Kunden",
)

_EXTRAS = {"minilm": "sentence_transformers", "minilm-int8": "onnxruntime"}
"""What each needs that the base install has not."""
_MODELS: dict[str, Embedder] = {}


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.extras if name in _EXTRAS else ()) for name in NAMES])
def embedder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Embedder:
    name = request.param
    if name in _EXTRAS and importlib.util.find_spec(_EXTRAS[name]) is None:
        pytest.skip(f"{_EXTRAS[name]} is not installed")
    if name == "minilm-int8":
        monkeypatch.setenv("HIRELENS_MODELS", str(request.getfixturevalue("built_models")))
    if name not in _MODELS:
        _MODELS[name] = embedder_factory(name, "")()
    return _MODELS[name]


def test_rows_are_of_unit_length(embedder: Embedder) -> None:
    vectors = embedder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_a_text_without_words_is_zeros(embedder: Embedder) -> None:
    vectors = embedder.encode(["", "   ", "•••---", "\n\t", "x"])
    assert not vectors[:4].any()
    assert vectors[4].any()


def test_no_texts_no_rows(embedder: Embedder) -> None:
    assert embedder.encode([]).shape == (0, embedder.dimensions)


def test_a_row_depends_on_its_own_text_alone(embedder: Embedder) -> None:
    together = embedder.encode([*TEXTS, "word " * 300])
    alone = np.concatenate([embedder.encode([text]) for text in TEXTS])
    assert np.array_equal(together[: len(TEXTS)], alone)
    assert np.array_equal(embedder.encode(TEXTS[::-1])[::-1], alone)


def test_meaning_is_nearer_than_difference(embedder: Embedder) -> None:
    book, also_book, cook = embedder.encode(
        ["accountant who closes the books", "bookkeeping and financial reports", "cook who fries fish"]
    )
    assert book @ also_book > book @ cook + 0.1


def test_name_and_fingerprint_are_stable(embedder: Embedder) -> None:
    assert embedder.name in NAMES
    assert len(embedder.fingerprint) == 64
    assert embedder.fingerprint == embedder_factory(embedder.name, "")().fingerprint


def test_it_says_which_files_it_is_made_of(embedder: Embedder) -> None:
    assert embedder.made_of
    assert all(len(digest) == 64 for digest in embedder.made_of.values())


def test_what_comes_after_the_longest_passage_is_not_an_error(embedder: Embedder) -> None:
    assert np.linalg.norm(embedder.encode(["nurse on a surgical ward " * 400])[0]) == pytest.approx(1.0, abs=1e-5)


def test_odd_characters_do_no_harm(embedder: Embedder) -> None:
    vectors = embedder.encode(["\u0000a\ud7ff", "▁▁▁a", "🙂 smile", "ﬁ\u200bnance", "a" * 20_000])
    assert np.isfinite(vectors).all()


@pytest.mark.extras
def test_int8_is_close_to_the_model_that_it_was_built_from(built_models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIRELENS_MODELS", str(built_models))
    ours, theirs = embedder_factory("minilm-int8")().encode(BACKGROUND), embedder_factory("minilm")().encode(BACKGROUND)
    cosines = (ours * theirs).sum(axis=1)
    assert cosines.mean() > 0.985
    assert cosines.min() > 0.95


@pytest.mark.extras
def test_a_built_model_says_what_it_came_from(built_models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIRELENS_MODELS", str(built_models))
    made_of = embedder_factory("minilm-int8")().made_of
    assert made_of["model.safetensors (published)"] == weights.PINNED["model.safetensors"]
    assert made_of["tokenizer.json"] == weights.PINNED["tokenizer.json"]
    assert resolved("auto") == "minilm-int8"


def test_auto_is_static_where_nothing_is_built() -> None:
    assert resolved("auto") == "static"
    assert [resolved(name) for name in NAMES] == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_factory_is_picklable_before_anything_is_loaded(name: str) -> None:
    factory = embedder_factory(name, "")
    assert pickle.loads(pickle.dumps(factory)).args == factory.args


def test_unknown_names_are_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        embedder_factory("minilm6", "")
    assert "minilm" in caught.value.hint
    with pytest.raises(UsageError):
        embedder_factory("static", "some-model")
    with pytest.raises(UsageError, match="computes on the CPU"):
        embedder_factory("static", device="cuda")


def test_a_missing_model_names_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    for name in NAMES:
        factory._make.cache_clear()
        with pytest.raises(MissingExtraError) as caught:
            embedder_factory(name, "")()
        assert caught.value.hint.startswith("pip install")


def test_a_changed_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(static, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(MissingExtraError, match="not the pinned one"):
        static.StaticEmbedder().encode(["a"])


def test_weights_that_cannot_be_read_at_first_leave_no_word_without_a_vector(monkeypatch: pytest.MonkeyPatch) -> None:
    late = static.StaticEmbedder()
    with monkeypatch.context() as patched:
        patched.setattr(static, "WEIGHTS_SHA256", "0" * 64)
        with pytest.raises(MissingExtraError):
            late.encode(["nurse"])
    assert (late.encode(["nurse"]) == static.StaticEmbedder().encode(["nurse"])).all()


def test_the_static_embedder_neither_imports_its_package_nor_opens_a_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    static.StaticEmbedder().encode(TEXTS)
    assert "wordllama" not in sys.modules


def test_words_may_be_tokenised_one_by_one() -> None:
    embedder = static.StaticEmbedder()
    text = "Ran C++ & node.js services (24/7), naïve coöperation — don't e-mail 日本語 3.5% ∑x"
    tokens = embedder._tokenizer.encode(" ".join(text.split()), add_special_tokens=False).ids
    whole = np.rint(embedder._tokens[tokens].astype(np.float64) * 4096).sum(axis=0)
    assert np.array_equal(embedder.encode([text])[0], (whole / np.sqrt((whole * whole).sum())).astype(np.float32))


def test_the_static_embedder_starts_over_when_it_knows_too_many_words(monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = static.StaticEmbedder()
    before = embedder.encode(TEXTS)
    monkeypatch.setattr(static, "_MAX_WORDS", 8)
    after = np.concatenate([embedder.encode([text]) for text in TEXTS])
    assert np.array_equal(before, after)
