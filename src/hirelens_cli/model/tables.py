"""Work on resumes x jobs is columns: the schemas of the tables, and the two bundles that scoring takes and gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hirelens_cli.model.jobs import Job

VECTOR_SCALE = 2047
"""Unit vectors are rounded to integers of at most this, so that products of up to 4096 dimensions are exact in float32:
|a . b| <= 2047^2 < 2^24 (Cauchy-Schwarz bounds the partial sums too)."""

CANDIDATES = pl.Schema(
    {
        "doc_id": pl.String(),
        "profile_hash": pl.String(),  # SHA-256 of the redacted profile: ties break by it
        "language": pl.String(),
        "as_of": pl.Int32(),  # Month
        "months_total": pl.Int32(),
        "seniority": pl.Int8(),  # of the latest title, levels as in Job.seniority; 0 unknown
        "headline": pl.String(),  # the title at the head of the resume, else that of the latest position
        "headline_families": pl.List(pl.String()),  # its family, then those close to it; empty where unknown
        "degree_level": pl.Int8(),  # highest, 0-5
        "fields": pl.List(pl.String()),  # fields of study, normalised
        "tokens": pl.Int32(),  # terms in the redacted text
        "confidence": pl.String(),
    }
)
"""One row per candidate."""

SKILLS = pl.Schema(
    {
        "doc_id": pl.String,
        "skill": pl.String,
        "how": pl.String,
        "months": pl.Int32,
        "last_used": pl.Int32,
        "fuzzy": pl.Boolean,
        "start": pl.Int32,
        "end": pl.Int32,
    }
)
"""One row per candidate and skill; start and end are its best mention: in a dated position where there is one."""

POSITIONS = pl.Schema(
    {
        "doc_id": pl.String,
        "index": pl.Int16,
        "title": pl.String,
        "family": pl.String,
        "seniority": pl.Int8,
        "employer": pl.String,
        "start_month": pl.Int32,
        "end_month": pl.Int32,
        "current": pl.Boolean,
        "months": pl.Int32,
        "start": pl.Int32,
        "end": pl.Int32,
    }
)
"""One row per position; start and end are its head lines."""

EDUCATION = pl.Schema(
    {
        "doc_id": pl.String,
        "degree": pl.String,
        "level": pl.Int8,
        "field": pl.String,
        "institution": pl.String,
        "year": pl.Int32,
        "start": pl.Int32,
        "end": pl.Int32,
    }
)
"""One row per degree or course."""

LANGUAGES = pl.Schema(
    {"doc_id": pl.String, "language": pl.String, "level": pl.String, "start": pl.Int32, "end": pl.Int32}
)
"""One row per human language that the candidate names."""

PASSAGES = pl.Schema(
    {
        "doc_id": pl.String(),
        "index": pl.Int16(),
        "section": pl.String(),
        "position": pl.Int16(),  # null outside positions
        "start": pl.Int32(),
        "end": pl.Int32(),
        "tells": pl.Boolean(),  # of work: not a list, a headline, a title or a word or two
        "terms": pl.Int32(),  # how many different terms it says; none where it repeats an earlier passage
        "shingles": pl.Int32(),  # how many different runs of words it has, to tell what was copied from the job
    }
)
"""One row per redacted passage, in the order of the document."""


Vectors = NDArray[np.float32] | NDArray[np.int16]
"""Whole numbers either way. Those of many passages stay as narrow as they are stored."""


@dataclass(frozen=True, slots=True)
class Hashes:
    """Words, or runs of words, of all passages as CRC-32, one passage after the other."""

    values: NDArray[np.uint32]
    ends: NDArray[np.int64]
    """(passages,) where in `values` each passage's end."""

    @property
    def counts(self) -> NDArray[np.int64]:
        """(passages,) how many each passage has."""
        return np.diff(self.ends, prepend=0)

    def find(self, wanted: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """Those of `values` that are among `wanted`, in their order, and the passage of each."""
        # A table of the low bits leaves one in hundreds to be looked up.
        low = np.zeros(1 << _LOW_BITS, dtype=np.bool_)
        low[wanted & _LOW] = True
        hits = np.flatnonzero(low[self.values & _LOW])
        hits = hits[np.isin(self.values[hits], wanted)]
        return self.values[hits], np.searchsorted(self.ends, hits, side="right")

    def without(self, gone: NDArray[np.bool_]) -> Hashes:
        """The same with nothing in the passages that are `gone`."""
        counts = self.counts
        return Hashes(self.values[np.repeat(~gone, counts)], np.cumsum(counts * ~gone))


NO_HASHES = Hashes(np.zeros(0, np.uint32), np.zeros(0, np.int64))

_LOW_BITS = 16
_LOW = np.uint32((1 << _LOW_BITS) - 1)


@dataclass(frozen=True, slots=True)
class Pool:
    """The candidates as scoring sees them; every table is sorted by doc_id and then by its own order."""

    candidates: pl.DataFrame
    skills: pl.DataFrame
    positions: pl.DataFrame
    education: pl.DataFrame
    languages: pl.DataFrame
    passages: pl.DataFrame
    vectors: Vectors
    """(passages, d): the passage vectors times VECTOR_SCALE, rounded to integers; row i belongs to row i of `passages`."""
    first: NDArray[np.bool_] | None = None
    """(passages,) false where an earlier passage of the same candidate has the same vector; None: not told yet."""
    lengths: NDArray[np.float64] | None = None
    """(candidates,) length of the sum of a candidate's `first` vectors, each times the characters of its passage."""
    terms: Hashes = NO_HASHES
    """The different terms of each passage."""
    shingles: Hashes = NO_HASHES
    """The different runs of words of each passage."""


@dataclass(frozen=True, slots=True)
class JobVectors:
    """The vectors of one job, rounded like the pool's."""

    requirements: NDArray[np.float32]
    """(requirements, d): row i is requirement i's text; zeros for kinds that are not matched by meaning."""
    title: NDArray[np.float32]
    """(d,)"""
    whole: NDArray[np.float32]
    """(d,): the job's matched text."""
    background: NDArray[np.float32] | None = None
    """(n, d): ordinary resume lines of all walks of life, by which similarities are calibrated."""
    lines: NDArray[np.float32] | None = None
    """(n, d): the sentences of the job's matched text, one by one."""
    requirement_terms: tuple[tuple[str, ...], ...] = ()
    """The distinct lexical terms of each requirement."""
    title_terms: tuple[str, ...] = ()
    terms: tuple[tuple[str, int], ...] = ()
    """The lexical terms of the job's matched text and how often each occurs."""
    shingles: tuple[int, ...] = ()
    """Hashes of the runs of words of the job's whole text, sorted."""


@dataclass(frozen=True, slots=True)
class ScoredJob:
    """Every candidate of a pool scored for one job; row i belongs to row i of `Pool.candidates`."""

    job: Job
    weights: NDArray[np.int32]
    """(requirements,) hundredths of a point, summing to 10000; 0 for what is not scored."""
    suggested: NDArray[np.int32]
    """As `weights`, had the user weighed no requirement."""
    values: NDArray[np.int16]
    """(n, requirements) thousandths, 0 to 1000."""
    points: NDArray[np.int32]
    """(n, requirements) hundredths: (weight * value + 500) // 1000."""
    scores: NDArray[np.int32]
    """(n,) hundredths: the row sums of `points`."""
    passages: NDArray[np.int32]
    """(n, requirements) row in `Pool.passages` of the passage that earned the value by meaning; -1 for none."""
    intervals: NDArray[np.int32]
    """(n, 2) hundredths: the lowest and the highest that a score is taken to be; it lies inside."""
