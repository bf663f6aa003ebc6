from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from hirelens_cli.model.jobs import Requirement, RequirementKind
from hirelens_cli.scores.intervals import BATCH, intervals
from hirelens_cli.scores.weights import apportion

KINDS = [RequirementKind.SKILL] * 6 + [RequirementKind.RESPONSIBILITY] * 5 + [RequirementKind.DOMAIN]
ASKED = tuple(Requirement(f"asked {index}", kind, True, None) for index, kind in enumerate(KINDS))
WEIGHTS = apportion([4.0, 3.0, 2.0, 1.0, 1.0, 1.0, 2.0, 2.0, 1.0, 1.0, 0.0, 3.0], 10_000)
VALUES = (np.arange(60 * len(ASKED)) * 7919 % 1001).astype(np.int16).reshape(60, len(ASKED))

EXPECTED = [[3322, 4945], [5920, 7265], [5247, 6590]]
"""Of the first three candidates."""


def scores_of(values: NDArray[np.int16]) -> NDArray[np.int32]:
    points = (WEIGHTS.astype(np.int64) * values + 500) // 1000
    return points.sum(axis=1).astype(np.int32)


def spans(values: NDArray[np.int16]) -> NDArray[np.int32]:
    return intervals(values, WEIGHTS, ASKED, scores_of(values))


def test_the_score_lies_inside_and_all_within_the_scale() -> None:
    found, scores = spans(VALUES), scores_of(VALUES)
    assert (found[:, 0] <= scores).all()
    assert (scores <= found[:, 1]).all()
    assert found.min() >= 0
    assert found.max() <= 10_000
    assert 200 < (found[:, 1] - found[:, 0]).mean() < 2_000


def test_an_interval_depends_on_nobody_else() -> None:
    found = spans(VALUES)
    assert (spans(VALUES[::-1])[::-1] == found).all()
    for row in (0, 17, 59):
        assert (spans(VALUES[row : row + 1]) == found[row]).all()
    many = np.tile(VALUES, (BATCH // len(VALUES) + 1, 1))
    assert (spans(many)[-len(VALUES) :] == found).all(), "nor on where a batch ends"


def test_what_everyone_would_agree_on_has_no_width() -> None:
    extremes = np.array([[1000] * len(ASKED), [0] * len(ASKED)], dtype=np.int16)
    assert spans(extremes).tolist() == [[10_000, 10_000], [0, 0]]


def test_a_lopsided_candidate_is_less_certain_than_an_even_one() -> None:
    even = np.full((1, len(ASKED)), 500, dtype=np.int16)
    lopsided = np.where(np.arange(len(ASKED)) < 3, 1000, 0).astype(np.int16)[None]
    widths = [int(np.diff(spans(values))[0, 0]) for values in (even, lopsided)]
    assert widths[0] < widths[1]


def test_more_is_never_taken_to_be_less() -> None:
    better = np.minimum(VALUES.astype(np.int64) + 100, 1000).astype(np.int16)
    assert (spans(better) >= spans(VALUES)).all()


def test_these_are_the_same_on_every_machine() -> None:
    assert spans(VALUES[:3]).tolist() == EXPECTED


@pytest.mark.parametrize("weight", [0, 10_000])
def test_one_demand_or_none(weight: int) -> None:
    values = np.array([[400]], dtype=np.int16)
    scores = np.array([weight * 400 // 1000], dtype=np.int32)
    low, high = intervals(values, np.array([weight], dtype=np.int32), ASKED[:1], scores)[0]
    assert low <= scores[0] <= high
    assert (high - low > 0) == (weight > 0)
