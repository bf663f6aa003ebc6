"""Weights from labels: found where there is something to find, and not where there is nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hirelens_cli.evaluation.metrics import ndcg, spearman
from hirelens_cli.evaluation.tuning import Trial, tune
from hirelens_cli.model.evaluations import FEW_JOBS

PRESENT = (40.0, 25.0, 20.0, 15.0)


def trials(truth: tuple[float, ...], jobs: int, seed: int = 7, noise: float = 0.1) -> list[Trial]:
    """Jobs of 40 candidates whose relevance is a sum of what the criteria gave, by `truth`."""
    generator = np.random.default_rng(seed)
    made = []
    for _ in range(jobs):
        values = generator.random((40, 4))
        relevance = values @ np.array(truth) + noise * generator.random(40)
        made.append(Trial(values * np.array(PRESENT), relevance))
    return made


@pytest.mark.slow
def test_a_criterion_that_says_nothing_loses_its_weight() -> None:
    found = tune(trials((0.0, 1.0, 1.0, 1.0), 12), PRESENT, spearman)
    assert found.recommended
    assert found.gain.value == pytest.approx(found.after.value - found.before.value)
    assert found.proposed[0] < 0.5 * PRESENT[0]
    assert min(found.proposed) >= 0
    assert sum(found.proposed) == pytest.approx(100, abs=0.3)


@pytest.mark.slow
def test_weights_that_are_right_stay() -> None:
    found = tune(trials(PRESENT, 12, noise=0.0), PRESENT, spearman)
    assert not found.recommended
    assert found.proposed == PRESENT


@pytest.mark.slow
def test_labels_by_chance_recommend_nothing() -> None:
    recommended = [tune(trials((0, 0, 0, 0), 12, seed, 1.0), PRESENT, ndcg(10)).recommended for seed in range(8)]
    assert sum(recommended) <= 1


def test_few_jobs_propose_nothing() -> None:
    found = tune(trials((0.0, 1.0, 1.0, 1.0), FEW_JOBS - 1), PRESENT, spearman)
    assert found.proposed == found.present == PRESENT
    assert math.isnan(found.gain.value)
    assert not found.recommended
    assert tune([], PRESENT, spearman).jobs == 0


def test_jobs_in_which_the_metric_is_not_defined_do_not_count() -> None:
    given = trials((0.0, 1.0, 1.0, 1.0), 6)
    flat = Trial(given[0].points, np.zeros(40))
    assert tune([*given, flat], PRESENT, ndcg(10)).jobs == 6


def test_a_criterion_without_weight_keeps_none_and_the_same_labels_say_the_same() -> None:
    given = trials((1.0, 1.0, 0.0, 1.0), 8)
    given = [Trial(item.points * np.array([1, 1, 1, 0]), item.relevance) for item in given]
    present = (40.0, 25.0, 20.0, 0.0)
    found = tune(given, present, spearman)
    assert found.proposed[3] == 0
    assert found == tune(given, present, spearman)
