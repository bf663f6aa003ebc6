from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hirelens_cli.shortlists.bands import bands


def of(*spans: tuple[int, int]) -> list[list[int]]:
    return bands(np.array(spans, dtype=np.int32).reshape(-1, 2)).tolist()


def test_whoever_overlaps_the_first_of_a_band_shares_it() -> None:
    assert of((80, 90), (70, 80), (60, 79), (50, 70), (10, 20)) == [[1, 2], [1, 2], [3, 4], [3, 4], [5, 5]]


def test_a_chain_of_overlaps_is_no_single_band() -> None:
    assert of((50, 60), (45, 55), (40, 50), (35, 49), (30, 39)) == [[1, 3], [1, 3], [1, 3], [4, 5], [4, 5]]


def test_touching_is_overlapping_and_nobody_is_a_band_of_nobody() -> None:
    assert of((50, 60), (40, 50)) == [[1, 2], [1, 2]]
    assert of((50, 60), (40, 49)) == [[1, 1], [2, 2]]
    assert of() == []


def test_those_knocked_out_share_no_band_with_those_above() -> None:
    spans = np.array([(80, 90), (70, 80), (85, 95), (84, 94)], dtype=np.int32)
    assert bands(spans, [2]).tolist() == [[1, 2], [1, 2], [3, 4], [3, 4]]
    assert bands(spans, [4]).tolist() == bands(spans, [0]).tolist() == bands(spans).tolist()


def slowly(spans: list[tuple[int, int]]) -> list[list[int]]:
    """By the definition, one after the other."""
    starts: list[int] = []
    for place, (_, high) in enumerate(spans):
        if not starts or high < spans[starts[-1]][0]:
            starts.append(place)
    ends = [*starts[1:], len(spans)][: len(starts)]
    return [[start + 1, end] for start, end in zip(starts, ends, strict=True) for _ in range(start, end)]


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 9), st.integers(0, 9)), max_size=40))
def test_bands_are_what_the_definition_says(people: list[tuple[int, int, int]]) -> None:
    spans = [(score - below, score + above) for score, below, above in sorted(people, reverse=True)]
    assert of(*spans) == slowly(spans)
