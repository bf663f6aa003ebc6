"""Matching by meaning: exact integer products, calibrated against fixed lines and never against the pool."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hirelens_cli.model.tables import VECTOR_SCALE
from hirelens_cli.scores.rows import PoolRows

_BLOCK = 2_048
"""Passages multiplied at a time: 2 MB of floats stay in the processor's cache."""
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


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike the candidates are to some queries, and their whole resumes to some others."""

    best: NDArray[np.float64]
    """(candidates, queries) cosine of the most similar passage; 0 where none is alike at all."""
    places: NDArray[np.int32]
    """(candidates, queries) that passage's row in `Pool.passages`, the first among equals; -1 where there is none."""
    whole: NDArray[np.float64]
    """(candidates, whole queries) cosine of the mean of a candidate's passages, by their size; 0 without passages."""


def alike(
    rows: PoolRows,
    queries: NDArray[np.float32],
    about: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    *,
    places: bool = True,
) -> Alike:
    """Compare the pool with `queries`, passage by passage where that is `allowed`, and whole resumes with `about`.

    Without `places` those stay -1. Both in one pass: what it takes is to turn the vectors into floats, block by block.
    """
    count = len(queries)
    best, whole = np.zeros((rows.count, count)), np.zeros((rows.count, len(about)))
    index = np.full(best.shape, -1, dtype=np.int32)
    asked = np.concatenate([queries, about]).T
    bounds = np.append(rows.starts, len(rows.pool.vectors))
    usable, sizes = allowed & rows.first, rows.sizes * rows.first
    floats = np.empty((0, asked.shape[0]), dtype=np.float32)
    at = 0
    while at < len(rows.starts):
        last = max(at + 1, int(np.searchsorted(bounds, bounds[at] + _BLOCK, side="right")) - 1)
        low, high = bounds[at], bounds[last]
        owners, starts = rows.owners[at:last], rows.starts[at:last] - low
        if len(floats) < high - low:
            floats = np.empty((max(high - low, _BLOCK), asked.shape[0]), dtype=np.float32)
        block = floats[: high - low]  # one piece of memory for all blocks: new memory takes as long as the product
        block[:] = rows.pool.vectors[low:high]
        products = block @ asked
        whole[owners] = np.add.reduceat(products[:, count:] * sizes[low:high, None].astype(np.float64), starts, axis=0)
        products = products[:, :count]
        products[~usable[low:high]] = 0
        most = np.maximum(np.maximum.reduceat(products, starts, axis=0), 0)
        best[owners] = most.astype(np.float64) / _UNIT
        if places:
            hit = (products == np.repeat(most, np.diff(bounds[at : last + 1]), axis=0)) & (products > 0)
            after = np.arange(high - low, 0, -1, dtype=np.int32)[:, None] * hit
            first = np.maximum.reduceat(after, starts, axis=0)
            index[owners] = np.where(first > 0, high - first, -1)
        at = last
    return Alike(best, index, whole / np.maximum(rows.lengths[:, None], 1.0) / VECTOR_SCALE)
