"""How far a score moves when what nobody knows exactly is shaken: the weights, the demands, the likeness of texts.

In each draw every weight is multiplied by 1/2 to 2, every demand is left out once in eight times, and every value is moved
by up to a part of its distance from 0 and 1. The draws belong to the job's demands alone: every candidate meets the same
ones, so an interval depends neither on the pool nor on its order. All sums are of whole numbers below 2^53, so they are the same
on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hirelens_cli.model.jobs import Requirement, RequirementKind
from hirelens_cli.model.shortlists import MILLI
from hirelens_cli.scores.weights import TOTAL

DRAWS = 100
OUTSIDE = 10
"""Draws that lie below the interval, and above it: it holds the middle 80%."""
BATCH = 8_192
"""Candidates at a time: 7 MB of drawn scores."""

_SEED = 20_261_123
_STEPS = 15
_FACTORS = np.array([round(1024 * 2 ** (step / _STEPS)) for step in range(-_STEPS, _STEPS + 1)], dtype=np.int64)
"""From 1/2 to 2, even in the logarithm."""
_LEFT_OUT = 8
_EXACT, _ALIKE = 200, 400
"""Thousandths of v * (1 - v) by which a value moves at most: what was found exactly, and what was told by likeness."""
_BY_LIKENESS = frozenset({RequirementKind.TITLE, RequirementKind.RESPONSIBILITY, RequirementKind.DOMAIN})


def intervals(
    values: NDArray[np.int16],
    weights: NDArray[np.int32],
    requirements: Sequence[Requirement],
    scores: NDArray[np.int32],
) -> NDArray[np.int32]:
    """(candidates, 2) lowest and highest score, in hundredths, of the middle draws; `scores` lie inside in any case.

    `values` are (candidates, requirements) thousandths, `weights` hundredths as applied.
    """
    asked = np.flatnonzero(weights)
    result = np.stack([scores, scores], axis=1).astype(np.int32)
    if not len(asked):
        return result
    shaken, moves = _draws(weights[asked].astype(np.int64), [requirements[index].kind for index in asked.tolist()])
    whole = shaken.sum(axis=0).astype(np.float64)
    low, high = OUTSIDE, DRAWS - 1 - OUTSIDE
    for start in range(0, len(values), BATCH):
        part = values[start : start + BATCH, asked].astype(np.int64)
        room = part * (MILLI - part) // MILLI
        sums = (part * MILLI).astype(np.float64) @ shaken.astype(np.float64) + room.astype(np.float64) @ moves
        drawn = np.partition(np.floor(sums / whole * (TOTAL / MILLI**2) + 0.5).astype(np.int32), (low, high), axis=1)
        inside = scores[start : start + BATCH]
        result[start : start + BATCH, 0] = np.minimum(drawn[:, low], inside)
        result[start : start + BATCH, 1] = np.maximum(drawn[:, high], inside)
    return result


def _draws(
    weights: NDArray[np.int64], kinds: Sequence[RequirementKind]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """(requirements, DRAWS) shaken weights, and those times how far a value moves, in thousandths of its room."""
    bits = np.random.Philox(key=_SEED).random_raw((len(weights), DRAWS)).astype(np.uint64)
    step = (bits & np.uint64(15)).astype(np.int64) + (bits >> np.uint64(4) & np.uint64(15)).astype(np.int64)
    kept = (bits >> np.uint64(8) & np.uint64(_LEFT_OUT - 1)) > 0
    kept |= ~kept.any(axis=0)
    shaken = weights[:, None] * _FACTORS[step] * kept
    reach = np.array([_ALIKE if kind in _BY_LIKENESS else _EXACT for kind in kinds], dtype=np.int64)
    turn = (bits >> np.uint64(16) & np.uint64(1023)).astype(np.int64) * 2 - 1023
    moves = turn * reach[:, None] // 1023
    return shaken, (shaken * moves).astype(np.float64)
