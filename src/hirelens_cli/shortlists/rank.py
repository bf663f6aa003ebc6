"""Scores to places. The order and the percentile are all that depends on who else is in the pool."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray


def order(scores: NDArray[np.int32], profile_hashes: pl.Series) -> NDArray[np.int64]:
    """Row numbers, best first; ties by the hash of the redacted profile, so that neither name nor file decides."""
    frame = pl.DataFrame({"score": scores, "hash": profile_hashes}).with_row_index("row")
    ranked = frame.sort(["score", "hash", "row"], descending=[True, False, False])
    return ranked["row"].to_numpy().astype(np.int64)


def percentiles(scores: NDArray[np.int32]) -> NDArray[np.float64]:
    """For each score the share of `scores` at or below it, 0 to 100, rounded half up to one decimal."""
    if not len(scores):
        return np.zeros(0)
    below = np.searchsorted(np.sort(scores), scores, side="right").astype(np.int64)
    tenths: NDArray[np.int64] = (2000 * below + len(scores)) // (2 * len(scores))
    return tenths / 10.0
