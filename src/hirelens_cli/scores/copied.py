"""Passages whose wording is the job's own: a job description pasted into a resume earns nothing.

Which passages those are depends on the job, so it is told here and not when the resume is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hirelens_cli.scores.rows import PoolRows, sum_lengths

SHARE = 0.5
"""A passage is copied if at least so much of its wording is the job's, ..."""
LEAST = 4
"""... and so many runs of words: one phrase in common is chance, or the name of a thing."""
_LOW_BITS = 16


def without_copied(rows: PoolRows, shingles: Sequence[int]) -> PoolRows:
    """The pool without the passages that repeat the job's wording, and without the facts that rest on them."""
    copied = copied_passages(rows, shingles)
    if not copied.any():
        return rows
    usable = rows.first & ~copied
    lengths = rows.lengths.copy()
    touched = np.unique(rows.passage_rows[copied])
    lengths[touched] = sum_lengths(rows.pool.vectors, rows.passage_rows, usable, touched)
    spans = rows.pool.passages.select("index", "start", "end").with_columns(
        pl.Series("row", rows.passage_rows, dtype=pl.UInt32)
    )
    spans = spans.filter(copied)
    lines = spans.select("row", pl.col("index").alias("passage"))
    return replace(
        rows,
        first=usable,
        lengths=lengths,
        skills=_outside(rows.skills, spans),
        education=_outside(rows.education, spans),
        languages=_outside(rows.languages, spans),
        terms=rows.terms.join(lines, on=["row", "passage"], how="anti", maintain_order="left"),
    )


def copied_passages(rows: PoolRows, shingles: Sequence[int]) -> NDArray[np.bool_]:
    """(passages,) whether at least SHARE of a passage's shingles, and at least LEAST of them, are among the job's."""
    result = np.zeros(len(rows.passage_rows), dtype=np.bool_)
    if not len(shingles) or not len(rows.shingles):
        return result
    wanted = np.asarray(shingles, dtype=np.uint32)
    # A table of the low bits leaves one in hundreds to be looked up.
    low = np.zeros(1 << _LOW_BITS, dtype=np.bool_)
    low[wanted & ((1 << _LOW_BITS) - 1)] = True
    hits = np.flatnonzero(low[rows.shingles & ((1 << _LOW_BITS) - 1)])
    hits = hits[np.isin(rows.shingles[hits], wanted)]
    common = np.bincount(np.searchsorted(rows.shingle_ends, hits, side="right"), minlength=len(result))
    total = np.diff(rows.shingle_ends, prepend=0)
    result[:] = (common >= LEAST) & (common >= SHARE * total)
    return result


def _outside(table: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """The rows that do not begin inside one of their candidate's `spans`."""
    numbered = table.with_row_index("at")
    inside = numbered.join(spans.select("row", low="start", high="end"), on="row").filter(
        (pl.col("start") >= pl.col("low")) & (pl.col("start") < pl.col("high"))
    )
    return numbered.join(inside.select("at").unique(), on="at", how="anti", maintain_order="left").drop("at")
