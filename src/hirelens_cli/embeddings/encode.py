"""Unit vectors as integers: products of them are exact, whatever the shape of the block they are computed in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hirelens_cli.model.tables import VECTOR_SCALE


def quantise(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors times VECTOR_SCALE, rounded half to even to integers that are kept as float32.

    Rounding lengthens a row of d dimensions by at most sqrt(d) / 2, so for d up to 4096 every product and every partial
    sum stays below (VECTOR_SCALE + 32)^2 < 2^24 and is exact in float32.
    """
    return np.rint(vectors.astype(np.float64) * VECTOR_SCALE).astype(np.float32)


def to_bytes(vectors: NDArray[np.float32]) -> bytes:
    """Quantised vectors as little-endian int16, row after row."""
    return vectors.astype("<i2").tobytes()


def from_bytes(data: bytes | NDArray[np.uint8], dimensions: int) -> NDArray[np.int16]:
    """The (rows, dimensions) quantised vectors that `to_bytes` wrote; raises ValueError where the length does not fit."""
    return np.frombuffer(data, dtype="<i2").reshape(-1, dimensions).astype(np.int16, copy=False)
