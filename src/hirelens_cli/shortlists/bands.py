"""Tie bands: places that the scores cannot tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray


def bands(intervals: NDArray[np.int32], cuts: Sequence[int] = ()) -> NDArray[np.int32]:
    """(candidates, 2) first and last place, from 1, of each candidate's tie band; `intervals` come best score first.

    The candidates between two of `cuts` (row numbers, rising) are ordered apart from all others and share no band with them.
    A band reaches from its first candidate down to the last before one whose interval lies wholly below that of the first;
    the next band begins there.
    """
    edges = (0, *cuts, len(intervals))
    return np.concatenate([_bands(intervals[start:end]) + np.int32(start) for start, end in pairwise(edges)])


def _bands(intervals: NDArray[np.int32]) -> NDArray[np.int32]:
    count = len(intervals)
    places = np.empty((count, 2), dtype=np.int32)
    # Whoever stands above reaches at least as high as the score below, so the least reach so far tells who is cut off.
    least = np.minimum.accumulate(intervals[:, 1])
    beyond = np.searchsorted(-least, -intervals[:, 0], side="right")
    start = 0
    while start < count:
        end = max(int(beyond[start]), start + 1)
        places[start:end] = (start + 1, end)
        start = end
    return places
