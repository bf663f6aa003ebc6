"""What any ranking has to beat: plain methods over the same files, each giving one score per job and resume."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = Mapping[str, int]
"""How often a text holds each term."""

K1, B = 1.2, 0.75
RRF_K = 60.0


class Corpus:
    """The resumes as counts of terms. Unlike our own scores, these methods take word rarity from the pool."""

    def __init__(self, resumes: Sequence[Counts]) -> None:
        names = sorted({term for counts in resumes for term in counts})
        self._column = {term: index for index, term in enumerate(names)}
        self._counts = np.zeros((len(resumes), len(names)), dtype=np.float32)
        for row, counts in enumerate(resumes):
            for term, count in counts.items():
                self._counts[row, self._column[term]] = count
        self.lengths: Floats = self._counts.sum(axis=1, dtype=np.float64)
        self._holding: Floats = (self._counts > 0).sum(axis=0).astype(np.float64)

    def bm25(self, job: Counts) -> Floats:
        """Okapi BM25 (Robertson et al. 1994) with k1 1.2, b 0.75."""
        count = len(self._counts)
        norm = K1 * (1 - B + B * self.lengths / max(float(self.lengths.mean()), 1.0))
        scores = np.zeros(count)
        for term in sorted(job):
            if (column := self._column.get(term)) is None:
                continue
            holding = float(self._holding[column])
            tf = self._counts[:, column].astype(np.float64)
            scores += math.log(1 + (count - holding + 0.5) / (holding + 0.5)) * tf * (K1 + 1) / (tf + norm)
        return scores

    def tfidf(self, job: Counts) -> Floats:
        """Cosine of (1 + log tf) * idf vectors."""
        idf = np.log((1 + len(self._counts)) / (1 + self._holding)) + 1
        weights = np.where(self._counts > 0, 1 + np.log(np.maximum(self._counts, 1)), 0) * idf
        query = np.zeros(len(idf))
        for term, count in job.items():
            if (column := self._column.get(term)) is not None:
                query[column] = (1 + math.log(count)) * idf[column]
        lengths = np.sqrt((weights * weights).sum(axis=1)) * max(float(np.sqrt((query * query).sum())), 1e-9)
        scores: Floats = weights @ query / np.maximum(lengths, 1e-9)
        return scores


def reciprocal_rank_fusion(*systems: Floats) -> Floats:
    """Reciprocal rank fusion (Cormack et al. 2009) with k = 60; equal scores share the mean of their ranks."""
    total = np.zeros(len(systems[0]))
    for scores in systems:
        _, inverse, counts = np.unique(-scores, return_inverse=True, return_counts=True)
        ranks = (np.cumsum(counts) - (counts - 1) / 2.0)[inverse]
        total += 1.0 / (RRF_K + ranks)
    return total


def random_order(count: int, job: int, seed: int = 1) -> Floats:
    """A shuffled order, another one for each job."""
    return np.random.default_rng([seed, job]).permutation(count).astype(np.float64)


def constant_order(count: int) -> Floats:
    """The same order for every job: that of the files."""
    return -np.arange(count, dtype=np.float64)
