"""Scores to places. The order and the percentile are all that depends on who else is in the pool."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hirelens_cli.model.jobs import Requirement, RequirementKind

GUESS = 250
"""Thousandths: a skill at or below this was not named at all; a passage of like meaning earned it."""
_NAMED = frozenset({RequirementKind.SKILL, RequirementKind.CERTIFICATE})


def least_evidence(kind: RequirementKind) -> int:
    """Thousandths: a value up to this is no evidence; for a skill, a passage of merely like meaning is none."""
    return GUESS if kind in _NAMED else 0


def knocked_out(
    requirements: Sequence[Requirement],
    weights: NDArray[np.int32] | NDArray[np.int64],
    values: NDArray[np.int16] | NDArray[np.int64],
) -> NDArray[np.bool_]:
    """(candidates,) who shows no evidence of something that the user marked as a knockout and that is scored."""
    marked = [index for index, asked in enumerate(requirements) if asked.knockout and weights[index] > 0]
    least = np.array([least_evidence(requirements[index].kind) for index in marked], dtype=np.int64)
    return np.asarray((values[:, marked] <= least).any(axis=1), dtype=np.bool_)


def order(
    scores: NDArray[np.int32], profile_hashes: pl.Series, below: NDArray[np.bool_] | None = None
) -> NDArray[np.int64]:
    """Row numbers, best first, those who are `below` after all others.

    Ties by the hash of the redacted profile, so that neither name nor file decides.
    """
    out = np.zeros(len(scores), dtype=np.bool_) if below is None else below
    frame = pl.DataFrame({"below": out, "score": scores, "hash": profile_hashes}).with_row_index("row")
    ranked = frame.sort(["below", "score", "hash", "row"], descending=[False, True, False, False])
    return ranked["row"].to_numpy().astype(np.int64)


def percentiles(scores: NDArray[np.int32]) -> NDArray[np.float64]:
    """For each score the share of `scores` at or below it, 0 to 100, rounded half up to one decimal."""
    if not len(scores):
        return np.zeros(0)
    below = np.searchsorted(np.sort(scores), scores, side="right").astype(np.int64)
    tenths: NDArray[np.int64] = (2000 * below + len(scores)) // (2 * len(scores))
    return tenths / 10.0
