"""The pool's tables tied to row numbers of its candidates, once for all jobs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hirelens_cli.model.tables import Hashes, Pool, Vectors

_SUMMED, _HASHED = 128, 16_384
"""Candidates whose vectors are summed, and passages that are compared, at a time."""


@dataclass(frozen=True, slots=True)
class PoolRows:
    """A pool whose tables say `row`, the candidate's row in `Pool.candidates`, in place of doc_id."""

    pool: Pool
    count: int
    skills: pl.DataFrame
    """In lower case."""
    positions: pl.DataFrame
    education: pl.DataFrame
    languages: pl.DataFrame
    terms: Hashes
    passage_rows: NDArray[np.int64]
    """(passages,) the candidate of each passage, ascending."""
    first: NDArray[np.bool_]
    """(passages,) false for a passage that earns nothing, such as one that says the same as an earlier one."""
    starts: NDArray[np.int64]
    """First passage of each candidate that has any."""
    owners: NDArray[np.int64]
    """The candidates that have any passage, ascending."""
    sizes: NDArray[np.int64]
    """(passages,) characters: a line counts for as much as it says."""
    lengths: NDArray[np.float64]
    """(candidates,) length of the sum of a candidate's passage vectors times their sizes."""


def pool_rows(pool: Pool) -> PoolRows:
    """The pool made ready for scoring."""
    index = pool.candidates.select("doc_id").with_row_index("row")
    passage_rows = _rows(pool.passages.select("doc_id"), index)["row"].to_numpy().astype(np.int64)
    starts = np.flatnonzero(np.diff(passage_rows, prepend=-1))
    owners = passage_rows[starts]
    sizes = (pool.passages["end"] - pool.passages["start"]).to_numpy().astype(np.int64)
    first = first_of_kind(pool.vectors, passage_rows) if pool.first is None else pool.first
    lengths = np.zeros(pool.candidates.height)
    if pool.lengths is None:
        lengths[owners] = sum_lengths(pool.vectors, passage_rows, sizes * first, owners)
    else:
        lengths[:] = pool.lengths
    return PoolRows(
        pool=pool,
        count=pool.candidates.height,
        skills=_rows(pool.skills, index).with_columns(pl.col("skill").str.to_lowercase()),
        positions=_rows(pool.positions, index),
        education=_rows(pool.education, index),
        languages=_rows(pool.languages, index),
        terms=pool.terms,
        passage_rows=passage_rows,
        first=first,
        starts=starts,
        owners=owners,
        sizes=sizes,
        lengths=lengths,
    )


def sum_lengths(
    vectors: Vectors, owners: NDArray[np.int64], sizes: NDArray[np.int64], wanted: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Length of the sum of the vectors, times their sizes, of each of the `wanted` owners, who are ascending and have some."""
    lows, highs = np.searchsorted(owners, wanted), np.searchsorted(owners, wanted, side="right")
    lengths = np.zeros(len(wanted))
    for at in range(0, len(wanted), _SUMMED):
        block = slice(lows[at], highs[min(at + _SUMMED, len(wanted)) - 1])
        # A product with sizes and noughts sums rows several times as fast as reduceat; below 2^53 it is exact.
        whose = (owners[block] == wanted[at : at + _SUMMED, None]) * sizes[block]
        sums = whose.astype(np.float64) @ vectors[block].astype(np.float64)
        lengths[at : at + _SUMMED] = np.sqrt((sums * sums).sum(axis=1))
    return lengths


def first_of_kind(vectors: Vectors, owners: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether no earlier passage of the same owner has the same vector, judged by two exact digests of it."""
    first = np.ones(len(owners), dtype=np.bool_)
    if not len(owners):
        return first
    # Products of integers with fixed pseudo-random ones below 2^24 are exact in float64: 2079 * 64 * 2^24 < 2^53.
    keys = np.random.default_rng(2047).integers(1, 1 << 24, (vectors.shape[1], 2)).astype(np.float64)
    digests = np.empty((len(owners), 2))
    for low in range(0, len(owners), _HASHED):
        digests[low : low + _HASHED] = vectors[low : low + _HASHED].astype(np.float64) @ keys
    order = np.lexsort((np.arange(len(owners)), digests[:, 1], digests[:, 0], owners))
    same = (np.diff(owners[order]) == 0) & (np.diff(digests[order], axis=0) == 0).all(axis=1)
    first[order[1:][same]] = False
    return first


def _rows(table: pl.DataFrame, index: pl.DataFrame) -> pl.DataFrame:
    """The table with `row` for `doc_id`, in its own order."""
    return table.join(index, on="doc_id", how="left", maintain_order="left").drop("doc_id")
