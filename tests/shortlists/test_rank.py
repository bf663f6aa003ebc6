from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from hirelens_cli.model.jobs import Requirement, RequirementKind
from hirelens_cli.shortlists.rank import knocked_out, order, percentiles


def test_best_first_and_ties_by_the_redacted_hash() -> None:
    scores = np.array([50, 90, 50, 10], dtype=np.int32)
    assert order(scores, pl.Series(["ff", "aa", "0a", "bb"])).tolist() == [1, 2, 0, 3]


def test_who_is_knocked_out_comes_after_all_others_and_keeps_the_order_of_scores() -> None:
    scores = np.array([50, 90, 80, 10], dtype=np.int32)
    below = np.array([False, True, True, False])
    assert order(scores, pl.Series(["a", "b", "c", "d"]), below).tolist() == [0, 3, 1, 2]


def test_only_what_the_user_marked_and_what_is_scored_knocks_out() -> None:
    kinds = (RequirementKind.CERTIFICATE, RequirementKind.YEARS, RequirementKind.SKILL)
    asked = tuple(Requirement("x", kind, True, None, knockout=kind is not RequirementKind.SKILL) for kind in kinds)
    values = np.array([[1000, 1, 0], [250, 1000, 0], [1000, 0, 1000]], dtype=np.int16)
    weights = np.array([5000, 2000, 3000], dtype=np.int32)
    assert knocked_out(asked, weights, values).tolist() == [False, True, True]
    assert knocked_out(asked, np.array([5000, 0, 5000]), values).tolist() == [False, True, False]
    unmarked = tuple(Requirement("x", kind, True, None) for kind in kinds)
    assert not knocked_out(unmarked, weights, values * 0).any(), "a must-have alone sends nobody down"


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 10**6)), min_size=1, max_size=40, unique_by=lambda p: p[1])
)
def test_the_order_of_the_pool_does_not_matter(pairs: list[tuple[int, int]]) -> None:
    def ranked(rows: list[tuple[int, int]]) -> list[int]:
        scores = np.array([score for score, _ in rows], dtype=np.int32)
        hashes = pl.Series([f"{name:08x}" for _, name in rows])
        return [rows[row][1] for row in order(scores, hashes)]

    assert ranked(pairs) == ranked(pairs[::-1]) == ranked(sorted(pairs))


def test_percentile_is_the_share_at_or_below() -> None:
    assert percentiles(np.array([90, 50, 50, 10], dtype=np.int32)).tolist() == [100.0, 75.0, 75.0, 25.0]
    assert percentiles(np.array([3, 2, 1], dtype=np.int32)).tolist() == [100.0, 66.7, 33.3]
    assert percentiles(np.array([7], dtype=np.int32)).tolist() == [100.0]
    assert percentiles(np.zeros(0, dtype=np.int32)).tolist() == []
