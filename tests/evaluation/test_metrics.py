"""Against numbers worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirelens_cli.evaluation.metrics import (
    METRICS,
    Judged,
    average_precision,
    average_ranks,
    evaluate,
    kendall,
    metric_named,
    ndcg,
    precision,
    recall,
    relevant,
    spearman,
)


def floats(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


SCORES = floats(0.9, 0.8, 0.7, 0.6, 0.5)
BINARY = floats(1, 0, 1, 0, 0)


def test_ndcg() -> None:
    assert ndcg(10)(SCORES, BINARY) == pytest.approx((1 + 0.5) / (1 + 1 / math.log2(3)))
    assert ndcg(1)(SCORES, BINARY) == 1.0
    assert ndcg(2)(SCORES, floats(0, 3, 1, 0, 0)) == pytest.approx((3 / math.log2(3)) / (3 + 1 / math.log2(3)))
    assert math.isnan(ndcg(10)(SCORES, floats(0, 0, 0, 0, 0)))


def test_average_precision() -> None:
    assert average_precision(SCORES, BINARY) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(-SCORES, BINARY) == pytest.approx((1 / 3 + 2 / 5) / 2)


def test_precision_and_recall() -> None:
    assert precision(2)(SCORES, BINARY) == 0.5
    assert precision(10)(SCORES, BINARY) == 0.2
    assert recall(2)(SCORES, BINARY) == 0.5
    assert recall(3)(SCORES, BINARY) == 1.0


def test_graded_labels_are_relevant_from_half_of_the_highest() -> None:
    assert relevant(floats(69, 35, 34, 5)).tolist() == [True, True, False, False]
    assert not relevant(floats(0, 0)).any()


def test_rank_correlations_with_ties() -> None:
    assert average_ranks(floats(3, 1, 3, 2)).tolist() == [3.5, 1, 3.5, 2]
    assert spearman(floats(1, 2, 3, 4), floats(1, 3, 2, 4)) == pytest.approx(0.8)
    assert spearman(floats(1, 2, 3), floats(3, 2, 1)) == pytest.approx(-1)
    assert kendall(floats(1, 2, 3, 4), floats(1, 3, 2, 4)) == pytest.approx(4 / 6)
    assert kendall(floats(1, 2, 2), floats(1, 2, 3)) == pytest.approx(2 / math.sqrt(2 * 3))
    for metric in (spearman, kendall):
        assert math.isnan(metric(floats(1, 1, 1), floats(1, 2, 3)))


def tau_b(pairs: list[tuple[int, int]]) -> float:
    """By its definition, pair by pair."""
    signs = [((a > c) - (a < c), (b > d) - (b < d)) for place, (a, b) in enumerate(pairs) for c, d in pairs[:place]]
    left, right = sum(x != 0 for x, _ in signs), sum(y != 0 for _, y in signs)
    return sum(x * y for x, y in signs) / math.sqrt(left * right) if left and right else math.nan


@given(st.lists(st.tuples(st.integers(-5, 20), st.integers(0, 3)), max_size=40))
def test_kendall_is_what_its_definition_says(pairs: list[tuple[int, int]]) -> None:
    found = kendall(floats(*(pair[0] for pair in pairs)), floats(*(pair[1] for pair in pairs)))
    assert found == pytest.approx(tau_b(pairs), nan_ok=True)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3)), min_size=1, max_size=30))
def test_metrics_stay_in_their_bounds(pairs: list[tuple[int, int]]) -> None:
    scores, relevance = floats(*(pair[0] for pair in pairs)), floats(*(pair[1] for pair in pairs))
    for name, metric in METRICS.items():
        value = metric(scores, relevance)
        low = -1.0 if name in {"spearman", "kendall"} else 0.0
        assert math.isnan(value) or low - 1e-9 <= value <= 1 + 1e-9


def judged(count: int, jobs: int) -> list[Judged]:
    generator = np.random.default_rng(3)
    result = []
    for number in range(jobs):
        relevance = (generator.random(count) < 0.3).astype(float)
        noise = generator.random(count)
        result.append(
            Judged(f"j{number}", relevance, {"good": relevance + 0.8 * noise, "bad": generator.random(count)})
        )
    return result


@pytest.mark.parametrize("jobs", [1, 12])
def test_intervals_hold_the_value_and_paired_differences_tell_good_from_bad(jobs: int) -> None:
    means, differences = evaluate(judged(60, jobs), METRICS, "good", rounds=200)
    for estimate in means.values():
        assert estimate.low <= estimate.value <= estimate.high
    assert differences["bad", "map"].low > 0
    assert set(differences) == {("bad", name) for name in METRICS}


def test_the_same_seed_gives_the_same_intervals() -> None:
    first, second = (evaluate(judged(30, 6), METRICS, "good", rounds=50, seed=7) for _ in range(2))
    assert first == second


def test_metrics_by_name() -> None:
    assert metric_named("ndcg@3")(SCORES, BINARY) == ndcg(3)(SCORES, BINARY)
    assert metric_named("p@1")(SCORES, BINARY) == 1.0
    for wrong in ("ndcg@", "ndcg@0", "f1", "p@x"):
        with pytest.raises(KeyError):
            metric_named(wrong)
