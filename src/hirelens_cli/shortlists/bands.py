"""Tie bands: places that the scores cannot tell apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def bands(intervals: NDArray[np.int32], above: int | None = None) -> NDArray[np.int32]:
    """(candidates, 2) first and last place, from 1, of each candidate's tie band; `intervals` come best score first.

    The first `above` (all where None) and those below them are ordered apart and share no band. A band reaches from its first candidate down to the last before one whose interval lies wholly below that of the first;
    the next band begins there.
    """
    count = len(intervals)
    if above is not None and 0 < above < count:
        return np.concatenate([bands(intervals[:above]), bands(intervals[above:]) + np.int32(above)])
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
