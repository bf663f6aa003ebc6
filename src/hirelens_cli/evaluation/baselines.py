"""What any ranking has to beat: plain methods over the same files, each giving one score per job and resume."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Counts = Mapping[str, int]
"""How often a text holds each term."""

K1, B = 1.2, 0.75
RRF_K = 60.0


class Corpus:
    """The resumes as counts of terms. Unlike our own scores, these methods take word rarity from the pool."""

    def __init__(self, resumes: Sequence[Counts]) -> None:
        columns: dict[str, list[tuple[int, int]]] = {}
        for row, counts in enumerate(resumes):
            for term, count in counts.items():
                columns.setdefault(term, []).append((row, count))
        self._count = len(resumes)
        # Sorted, so that sums are added in one order whatever the order of the words.
        self._columns = {term: np.array(columns[term], dtype=np.int64).T for term in sorted(columns)}
        self.lengths: Floats = np.array([float(sum(counts.values())) for counts in resumes])
        self._norms = np.zeros(self._count)
        for rows, counts in self._columns.values():
            self._norms[rows] += self._weights(rows, counts) ** 2
        self._norms = np.sqrt(self._norms)

    def bm25(self, job: Counts) -> Floats:
        """Okapi BM25 (Robertson et al. 1994) with k1 1.2, b 0.75."""
        mean = float(self.lengths.mean()) if self._count else 0.0
        norm = K1 * (1 - B + B * self.lengths / max(mean, 1.0))
        scores = np.zeros(self._count)
        for term in sorted(job):
            if (column := self._columns.get(term)) is None:
                continue
            rows, tf = column
            idf = math.log(1 + (self._count - len(rows) + 0.5) / (len(rows) + 0.5))
            scores[rows] += idf * tf * (K1 + 1) / (tf + norm[rows])
        return scores

    def tfidf(self, job: Counts) -> Floats:
        """Cosine of (1 + log tf) * idf vectors, idf smoothed by one."""
        products, square = np.zeros(self._count), 0.0
        for term in sorted(job):
            if (column := self._columns.get(term)) is None:
                continue
            rows, counts = column
            asked = (1 + math.log(job[term])) * self._idf(rows)
            products[rows] += asked * self._weights(rows, counts)
            square += asked * asked
        scores: Floats = products / np.maximum(self._norms * max(math.sqrt(square), 1e-9), 1e-9)
        return scores

    def _idf(self, rows: Ints) -> float:
        return math.log((1 + self._count) / (1 + len(rows))) + 1

    def _weights(self, rows: Ints, counts: Ints) -> Floats:
        weights: Floats = (1 + np.log(counts)) * self._idf(rows)
        return weights


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
