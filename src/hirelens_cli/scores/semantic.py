"""Matching by meaning: exact integer products, calibrated against fixed lines and never against the pool."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hirelens_cli.model.tables import VECTOR_SCALE
from hirelens_cli.scores.rows import PoolRows

_BLOCK = 32_768
"""Passages multiplied at a time."""
_UNIT = float(VECTOR_SCALE) ** 2


@dataclass(frozen=True, slots=True)
class Calibration:
    """Cosine `low` is worth 0, `high` is worth 1, per query."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def value(self, cosine: NDArray[np.float64]) -> NDArray[np.float64]:
        """0 to 1, straight between the two ends; `cosine` has one column per query."""
        return np.clip((cosine - self.low) / (self.high - self.low), 0.0, 1.0)


def calibration(background: NDArray[np.float32] | None, queries: NDArray[np.float32], high: float) -> Calibration:
    """What a query's similarity must beat: the mean of its own with ordinary lines of all trades.

    `high` is the share of the way from there to a perfect match. Without a background, the cosine itself.
    """
    if background is None or not len(background):
        return Calibration(np.zeros(len(queries)), np.ones(len(queries)))
    products = (background @ queries.T).astype(np.float64)
    # A sum of integers below 2^53: the same on any CPU.
    mean = products.sum(axis=0) / len(background) / _UNIT
    return Calibration(mean, mean + high * (1.0 - mean))


def best_passages(
    rows: PoolRows, queries: NDArray[np.float32], allowed: NDArray[np.bool_], *, places: bool = True
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """For each candidate and query the cosine of the most similar passage, and that passage's row.

    Both are (candidates, queries): 0 and -1 where no passage that is `allowed` is alike at all, and -1 throughout without
    `places`. Rows are those of `Pool.passages`; among equals the first.
    """
    cosine = np.zeros((rows.count, len(queries)))
    index = np.full(cosine.shape, -1, dtype=np.int32)
    vectors = rows.pool.vectors
    if not len(queries) or not len(rows.starts):
        return cosine, index
    bounds = np.append(rows.starts, len(vectors))
    usable = allowed & rows.first
    at = 0
    while at < len(rows.starts):
        last = max(at + 1, int(np.searchsorted(bounds, bounds[at] + _BLOCK, side="right")) - 1)
        low, high = bounds[at], bounds[last]
        owners, starts = rows.owners[at:last], rows.starts[at:last] - low
        products = vectors[low:high] @ queries.T
        products[~usable[low:high]] = 0
        best = np.maximum(np.maximum.reduceat(products, starts, axis=0), 0)
        cosine[owners] = best.astype(np.float64) / _UNIT
        if places:
            lengths = np.diff(bounds[at : last + 1])
            hit = (products == np.repeat(best, lengths, axis=0)) & (products > 0)
            after = np.arange(high - low, 0, -1, dtype=np.int32)[:, None] * hit
            first = np.maximum.reduceat(after, starts, axis=0)
            index[owners] = np.where(first > 0, high - first, -1)
        at = last
    return cosine, index


def whole_cosine(rows: PoolRows, queries: NDArray[np.float32]) -> NDArray[np.float64]:
    """(candidates, queries) cosine of the mean of a candidate's passages, by their size, with each query; 0 without passages."""
    result = np.zeros((rows.count, len(queries)))
    if len(rows.starts):
        products = (rows.pool.vectors @ queries.T).astype(np.float64) * (rows.sizes * rows.first)[:, None]
        sums = np.add.reduceat(products, rows.starts, axis=0)
        result[rows.owners] = sums / np.maximum(rows.lengths[rows.owners, None], 1.0) / VECTOR_SCALE
    return result
