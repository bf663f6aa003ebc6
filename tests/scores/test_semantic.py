"""Best passages and whole resumes, against plain loops."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hirelens_cli.model.tables import (
    CANDIDATES,
    EDUCATION,
    LANGUAGES,
    PASSAGES,
    POSITIONS,
    SKILLS,
    VECTOR_SCALE,
    Pool,
)
from hirelens_cli.scores import semantic
from hirelens_cli.scores.rows import PoolRows, pool_rows
from hirelens_cli.scores.semantic import alike, calibration

UNIT = VECTOR_SCALE**2
NOTHING = np.zeros((0, 16), np.float32)


def pool_of(vectors: np.ndarray, owners: list[int], count: int) -> PoolRows:
    people = [(f"d{i:04d}", f"h{i}", "en", 0, 0, 0, "", [], 0, [], 0, "high") for i in range(count)]
    passages = [
        (f"d{owner:04d}", at, "experience", None, at, at + 1 + at % 7, True, 0, 0) for at, owner in enumerate(owners)
    ]
    return pool_rows(
        Pool(
            candidates=pl.DataFrame(people, schema=CANDIDATES, orient="row"),
            passages=pl.DataFrame(passages, schema=PASSAGES, orient="row"),
            skills=pl.DataFrame(schema=SKILLS),
            positions=pl.DataFrame(schema=POSITIONS),
            education=pl.DataFrame(schema=EDUCATION),
            languages=pl.DataFrame(schema=LANGUAGES),
            vectors=vectors.astype(np.float32),
        )
    )


def random_pool(seed: int, count: int = 40, most: int = 6) -> PoolRows:
    generator = np.random.default_rng(seed)
    owners = sorted(int(owner) for owner in generator.integers(0, count, count * most // 2))
    return pool_of(generator.integers(-300, 300, (len(owners), 16)), owners, count)


@pytest.mark.parametrize("block", [1, 7, 65_536])
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000))
def test_best_passages_equal_those_of_a_plain_loop_in_any_block(block: int, seed: int) -> None:
    rows = random_pool(seed)
    generator = np.random.default_rng(seed + 1)
    queries = generator.integers(-300, 300, (3, 16)).astype(np.float32)
    allowed = generator.random(len(rows.passage_rows)) < 0.8
    before, semantic._BLOCK = semantic._BLOCK, block
    try:
        found = alike(rows, queries, NOTHING, allowed)
    finally:
        semantic._BLOCK = before
    assert np.array_equal(alike(rows, queries, NOTHING, allowed, places=False).best, found.best)
    products = (rows.pool.vectors @ queries.T).astype(int)
    for person in range(rows.count):
        mine = [at for at in np.flatnonzero(rows.passage_rows == person) if allowed[at]]
        for query in range(3):
            most = max([0, *(products[at, query] for at in mine)])
            assert found.best[person, query] == most / UNIT
            best = [at for at in mine if products[at, query] == most > 0]
            assert found.places[person, query] == (best[0] if best else -1)


def test_a_repeated_passage_counts_once() -> None:
    vector = np.arange(1, 17)
    rows = pool_of(np.stack([vector, vector, vector, vector + 1, vector]), [0, 0, 0, 0, 1], 2)
    assert rows.first.tolist() == [True, False, False, True, True]
    found = alike(rows, vector[None].astype(np.float32), NOTHING, np.ones(5, bool))
    assert found.best[0, 0] > 0
    assert found.places[:, 0].tolist() == [3, 4]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_whole_cosine_is_that_of_the_summed_passages(seed: int) -> None:
    rows = random_pool(seed)
    query = np.random.default_rng(seed + 2).integers(-300, 300, 16).astype(np.float32)
    found = alike(rows, NOTHING, query[None], rows.first).whole[:, 0]
    for person in range(rows.count):
        mine = (rows.passage_rows == person) & rows.first
        total = (rows.pool.vectors[mine] * rows.sizes[mine, None]).sum(axis=0, dtype=np.float64)
        length = np.sqrt(total @ total)
        expected = total @ query / max(length, 1.0) / VECTOR_SCALE if length else 0.0
        assert found[person] == pytest.approx(expected)


def test_no_passages_no_queries() -> None:
    rows = pool_of(np.zeros((0, 16)), [], 3)
    found = alike(rows, np.ones((2, 16), np.float32), np.ones((1, 16), np.float32), np.zeros(0, bool))
    assert not found.best.any()
    assert (found.places == -1).all()
    assert found.whole.tolist() == [[0.0]] * 3
    assert alike(random_pool(1), NOTHING, NOTHING, np.ones(120, bool)).places.shape == (40, 0)


def test_calibration_spans_from_the_background_towards_a_perfect_match() -> None:
    background = np.zeros((4, 8), np.float32)
    background[:, 0] = [200, 400, 600, 800]
    query = np.zeros((1, 8), np.float32)
    query[0, 0] = VECTOR_SCALE
    scale = calibration(background, query, 0.5)
    mean = 500 / VECTOR_SCALE
    assert scale.low[0] == pytest.approx(mean)
    assert scale.high[0] == pytest.approx(mean + 0.5 * (1 - mean))
    values = scale.value(
        np.array([[0.0], [scale.low[0]], [(scale.low[0] + scale.high[0]) / 2], [scale.high[0]], [1.0]])
    )
    assert values[:, 0] == pytest.approx([0, 0, 0.5, 1, 1])


def test_without_background_the_cosine_is_the_value() -> None:
    scale = calibration(None, np.ones((2, 8), np.float32), 0.5)
    assert scale.value(np.array([[0.25, -1.0]])).tolist() == [[0.25, 0.0]]
