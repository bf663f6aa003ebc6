"""Passages whose wording is the job's own: a job description pasted into a resume earns nothing.

Which passages those are depends on the job, so it is told here and not when the resume is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hirelens_cli.scores.lexical import term_hash
from hirelens_cli.scores.rows import PoolRows, sum_lengths

SHARE = 0.5
"""A passage is copied if at least so much of its wording is the job's, ..."""
LEAST = 4
"""... and so many runs of words: one phrase in common is chance, or the name of a thing."""
_END = 2**31 - 1


def without_copied(rows: PoolRows, shingles: Sequence[int], title_terms: Sequence[str] = ()) -> PoolRows:
    """The pool without the passages that repeat the job's wording, and without the facts that rest on them.

    What stands between a copied passage and its neighbours (headings, titles) falls with it, but for dated positions.
    """
    copied = copied_passages(rows, shingles, title_terms)
    if not copied.any():
        return rows
    usable = rows.first & ~copied
    lengths = rows.lengths.copy()
    touched = np.unique(rows.passage_rows[copied])
    lengths[touched] = sum_lengths(rows.pool.vectors, rows.passage_rows, rows.sizes * usable, touched)
    passages = rows.pool.passages.select("start", "end").with_columns(
        pl.Series("row", rows.passage_rows, dtype=pl.UInt32)
    )
    spans = passages.with_columns(
        low=pl.col("end").shift(1).over("row").fill_null(0),
        high=pl.col("start").shift(-1).over("row").fill_null(_END),
    ).filter(copied)
    return replace(
        rows,
        first=usable,
        lengths=lengths,
        skills=_outside(rows.skills, spans),
        positions=_outside(rows.positions, spans, kept=pl.col("months") > 0),
        education=_outside(rows.education, spans),
        languages=_outside(rows.languages, spans),
        terms=rows.terms.without(copied),
    )


def copied_passages(rows: PoolRows, shingles: Sequence[int], title_terms: Sequence[str] = ()) -> NDArray[np.bool_]:
    """(passages,) whether at least SHARE of a passage's shingles, and at least LEAST of them, are among the job's.

    A shorter passage is copied where all its shingles are the job's and one beside it is copied; so is one beside a copied
    one that holds the job's title, with which a description begins.
    """
    if not len(shingles) or not len(rows.pool.shingles.values):
        return np.zeros(len(rows.passage_rows), dtype=np.bool_)
    _, found = rows.pool.shingles.find(np.asarray(shingles, dtype=np.uint32))
    common, total = np.bincount(found, minlength=len(rows.passage_rows)), rows.pool.shingles.counts
    copied: NDArray[np.bool_] = (common >= LEAST) & (common >= SHARE * total)
    if not copied.any():
        return copied
    likely = ((common == total) & (total > 0)) | _holding(rows, title_terms, np.unique(rows.passage_rows[copied]))
    same = np.diff(rows.passage_rows) == 0
    while True:
        beside = np.zeros_like(copied)
        beside[1:] |= copied[:-1] & same
        beside[:-1] |= copied[1:] & same
        found = beside & likely & ~copied
        if not found.any():
            return copied
        copied |= found


def _holding(rows: PoolRows, terms: Sequence[str], people: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which passages of some people hold all of the terms."""
    if not terms:
        return np.zeros(len(rows.passage_rows), dtype=np.bool_)
    wanted = np.array([term_hash(term) for term in terms], dtype=np.uint32)
    _, found = rows.terms.find(wanted)
    whole = np.bincount(found, minlength=len(rows.passage_rows)) == len(terms)
    return np.asarray(whole & np.isin(rows.passage_rows, people), dtype=np.bool_)


def _outside(table: pl.DataFrame, spans: pl.DataFrame, kept: pl.Expr | None = None) -> pl.DataFrame:
    """The rows that do not begin inside one of their candidate's `spans`, and those that are `kept` in any case."""
    numbered = table.with_row_index("at")
    inside = numbered.join(spans.select("row", "low", "high"), on="row").filter(
        (pl.col("start") >= pl.col("low")) & (pl.col("start") < pl.col("high"))
    )
    if kept is not None:
        inside = inside.filter(~kept)
    return numbered.join(inside.select("at").unique(), on="at", how="anti", maintain_order="left").drop("at")
