"""Weights for the criteria, proposed from labels by nested cross-validation over jobs.

Within a job the order under other weights needs only the points that each criterion gave: multiplied by new weight over
old, they sum to a score in the same order, because a criterion's requirements keep their shares. Weights are tried on a
grid around the present ones and held to them by a penalty, whose strength the inner folds choose.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hirelens_cli.evaluation.metrics import Floats, Metric
from hirelens_cli.model.evaluations import FEW_JOBS, Estimate, Tuning

STEPS = (0.0, 0.5, 2**-0.5, 1.0, 2**0.5, 2.0)
"""What a weight is multiplied by."""
PENALTIES = (0.0, 0.005, 0.02, 0.08)
"""What the metric must gain for each doubling or halving, averaged over the criteria; none counts as two halvings."""
FOLDS, INNER = 5, 4
_HALVINGS_OF_NONE = 2.0


@dataclass(frozen=True, slots=True)
class Trial:
    """One labelled job: what each criterion gave each candidate, and what people said."""

    points: Floats
    """(candidates, criteria), under the present weights."""
    relevance: Floats


def tune(
    trials: Sequence[Trial], present: Sequence[float], metric: Metric, *, rounds: int = 1000, seed: int = 1
) -> Tuning:
    """The weights that do best without going far from the `present` ones, and what such a choice gains on unseen jobs.

    Weights sum to what the present ones do, to a tenth; a criterion without weight keeps none. Fewer than FEW_JOBS jobs
    in which the metric is defined are too few to propose anything. Same input and seed, same answer.
    """
    tried = _multipliers(present)
    gained = np.array([[metric(trial.points @ row, trial.relevance) for row in tried] for trial in trials])
    gained = gained[~np.isnan(gained).any(axis=1)] if len(gained) else np.zeros((0, len(tried)))
    same = int(np.flatnonzero((tried == 1.0).all(axis=1))[0])
    jobs = len(gained)
    if jobs < FEW_JOBS:
        nothing = Estimate(float("nan"), float("nan"), float("nan"))
        return Tuning(jobs, tuple(present), tuple(present), nothing, nothing, nothing)
    distance = _distances(tried, present)
    order = np.random.default_rng(seed).permutation(jobs)
    chosen = np.full(jobs, same)
    for test in _folds(order, FOLDS):
        chosen[test] = _fitted(gained, np.setdiff1d(order, test, assume_unique=True), distance)
    held_out, before = gained[np.arange(jobs), chosen], gained[:, same]
    best = tried[_fitted(gained, order, distance)] * np.array(present)
    proposed = np.round(best * sum(present) / best.sum(), 1)
    draws = np.random.default_rng(seed).integers(0, jobs, (rounds, jobs))
    return Tuning(
        jobs,
        tuple(present),
        tuple(proposed.tolist()),
        _estimate(before, draws),
        _estimate(held_out, draws),
        _estimate(held_out - before, draws),
    )


def _multipliers(present: Sequence[float]) -> Floats:
    """(tries, criteria) every combination of STEPS that leaves some weight, 1 for what has none; no two in proportion."""
    free = [STEPS if weight > 0 else (1.0,) for weight in present]
    some = np.array(present) > 0
    rows = np.array([row for row in itertools.product(*free) if any(np.array(row)[some] > 0)])
    # Of rows in proportion one is kept: the one nearest to the present weights.
    shape = np.where(some, rows, 0.0)
    shape = np.round(shape / shape.sum(axis=1, keepdims=True), 9)
    order = np.argsort(_distances(rows, present), kind="stable")
    _, first = np.unique(shape[order], axis=0, return_index=True)
    result: Floats = rows[order[np.sort(first)]]
    return result


def _distances(tried: Floats, present: Sequence[float]) -> Floats:
    """(tries,) doublings and halvings, averaged over the criteria that have weight."""
    some = np.array(present) > 0
    steps = np.where(tried > 0, np.abs(np.log2(np.where(tried > 0, tried, 1.0))), _HALVINGS_OF_NONE)
    result: Floats = np.round(steps[:, some].mean(axis=1), 9)
    return result


def _fitted(gained: Floats, jobs: NDArray[np.int64], distance: Floats) -> int:
    """The row of the best try for some jobs, under the penalty that does best on the inner folds; the strongest of equals."""
    penalties = PENALTIES[::-1]
    worth = []
    for penalty in penalties:
        scores = [
            gained[test, _best(gained, np.setdiff1d(jobs, test, assume_unique=True), penalty * distance)].mean()
            for test in _folds(jobs, INNER)
        ]
        worth.append(round(float(np.mean(scores)), 9))
    return _best(gained, jobs, penalties[int(np.argmax(worth))] * distance)


def _best(gained: Floats, jobs: NDArray[np.int64], cost: Floats) -> int:
    return int(np.argmax(np.round(gained[jobs].mean(axis=0) - cost, 9)))


def _folds(jobs: NDArray[np.int64], count: int) -> list[NDArray[np.int64]]:
    return [np.sort(jobs[start::count]) for start in range(min(count, len(jobs)))]


def _estimate(values: Floats, draws: NDArray[np.int64]) -> Estimate:
    low, high = np.percentile(values[draws].mean(axis=1), [2.5, 97.5])
    return Estimate(float(values.mean()), float(low), float(high))
