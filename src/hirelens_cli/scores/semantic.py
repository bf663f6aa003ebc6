"""Matching by meaning: exact integer products, calibrated against fixed lines and never against the pool."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hirelens_cli.model.tables import VECTOR_SCALE
from hirelens_cli.scores.rows import PoolRows

BEST = 3
"""Passages that are averaged: one line may match by chance, three show a habit."""

_BLOCK = 65_536
"""Passages multiplied at a time."""
_PLACE_BITS = 20
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
    rows: PoolRows, queries: NDArray[np.float32], allowed: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """For each candidate and query the cosines of the BEST most similar passages, and the row of the very best.

    The cosines are (BEST, candidates, queries), falling, 0 where there are fewer passages that are `allowed`; the rows are
    those of `Pool.passages`, -1 for none. Among equals the first passage.
    """
    cosine = np.zeros((BEST, rows.count, len(queries)))
    index = np.full((rows.count, len(queries)), -1, dtype=np.int32)
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
        products = (vectors[low:high] @ queries.T).astype(np.int64)
        products[~usable[low:high]] = 0
        # Product and place in one integer: the greatest is the best passage and, among equals, the first one.
        place = (1 << _PLACE_BITS) - 1 - np.arange(high - low, dtype=np.int64)
        keys = (np.maximum(products, 0) << _PLACE_BITS) + place[:, None]
        for turn in range(BEST):
            best = np.maximum.reduceat(keys, starts, axis=0)
            product = best >> _PLACE_BITS
            where = (1 << _PLACE_BITS) - 1 - (best & ((1 << _PLACE_BITS) - 1))
            cosine[turn, owners] = product / _UNIT
            if turn == 0:
                index[owners] = np.where(product > 0, low + where, -1)
            np.put_along_axis(keys, where, place[where], axis=0)
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
