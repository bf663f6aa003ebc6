from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirelens_cli.embeddings.encode import from_bytes, quantise, to_bytes
from hirelens_cli.model.tables import VECTOR_SCALE


def unit(rows: int, dimensions: int, seed: int = 1) -> np.ndarray:
    vectors = np.random.default_rng(seed).standard_normal((rows, dimensions)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_quantised_vectors_are_integers_near_the_scale() -> None:
    quantised = quantise(unit(50, 384))
    assert quantised.dtype == np.float32
    assert np.array_equal(quantised, np.rint(quantised))
    assert np.abs(np.linalg.norm(quantised, axis=1) - VECTOR_SCALE).max() < 10
    assert not quantise(np.zeros((2, 8), np.float32)).any()
    assert quantise(np.zeros(8, np.float32)).shape == (8,)


def test_bytes_round_trip() -> None:
    quantised = quantise(unit(5, 256))
    assert np.array_equal(from_bytes(to_bytes(quantised), 256), quantised)
    assert from_bytes(b"", 256).shape == (0, 256)
    with pytest.raises(ValueError, match="reshape"):
        from_bytes(b"\0\0\0\0", 256)


@given(st.integers(1, 40), st.integers(1, 7), st.sampled_from([16, 256, 384]))
def test_products_are_exact_in_every_block_shape(rows: int, queries: int, dimensions: int) -> None:
    """Float32 products of integer vectors equal those of integers, however they are cut into blocks."""
    left, right = quantise(unit(rows, dimensions, rows)), quantise(unit(queries, dimensions, 99 + queries))
    exact = left.astype(np.int64) @ right.astype(np.int64).T
    assert np.array_equal(left @ right.T, exact)
    assert np.array_equal(np.stack([row @ right.T for row in left]), exact)
    assert np.array_equal(np.stack([left @ query for query in right], axis=1), exact)
