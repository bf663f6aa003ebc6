"""Matching by words, weighed by a frozen table of rarity.

What counts is in how many passages a word stands, with diminishing returns: saying it twice in one line proves nothing
that saying it once does not.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hirelens_cli.scores.rarity import rarity
from hirelens_cli.scores.rows import PoolRows

K1 = 2.0
"""Saturation, as in BM25 (Robertson et al. 1994)."""
USUAL_TERMS, LEAST_TERMS = 450.0, 45.0
"""Terms of an ordinary resume, in place of the pool's average length, and of the shortest that is believed."""

ENOUGH = 40
"""Terms of a job that a resume can be expected to meet: a longer description does not ask for more words."""


def term_hash(term: str) -> int:
    """CRC-32 of a term. Of 50,000 different terms about one in 100,000 has the hash of another that a job asks for."""
    return zlib.crc32(term.encode("utf-8", "replace"))


class TermMatrix:
    """In how many passages of each candidate each of the job's terms stands."""

    def __init__(self, rows: PoolRows, terms: Sequence[str]) -> None:
        names = sorted(set(terms))
        self._column = {term: index for index, term in enumerate(names)}
        self._passages: NDArray[np.float64] = np.zeros((rows.count, len(names)))
        length = rows.pool.candidates["tokens"].fill_null(0).to_numpy().astype(np.float64)
        self._norm = np.sqrt(np.maximum(length, LEAST_TERMS) / USUAL_TERMS)
        self._rows = rows.passage_rows
        self._in_position = rows.pool.passages["position"].is_not_null().to_numpy()
        hashes = np.array([term_hash(term) for term in names], dtype=np.uint32)
        found, self._places = rows.terms.find(hashes)
        by_hash = np.argsort(hashes)
        self._columns = by_hash[np.searchsorted(hashes, found, sorter=by_hash)]
        """The column of each term that was found, and the passage where."""
        cells = self._rows[self._places] * len(names) + self._columns
        self._passages += np.bincount(cells, minlength=self._passages.size).reshape(self._passages.shape)

    def relevance(self, terms: Sequence[tuple[str, int]]) -> NDArray[np.float64]:
        """(candidates,) BM25 of the terms over the most that the ENOUGH weightiest could give, 0 to 1.

        Each term is weighed by its rarity and the root of its count in the job; the sum is divided by the root of the
        resume's length, as a cosine nearly would.
        """
        score = np.zeros(len(self._passages))
        weights: list[float] = []
        # Term by term, in order: a sum of products in one call may differ between CPUs in its last bit.
        for term, count in terms:
            weight = rarity(term) * float(np.sqrt(count))
            held = self._passages[:, self._column[term]]
            score += weight * held * (K1 + 1.0) / (held + K1)
            weights.append(weight)
        most = (K1 + 1.0) * sum(sorted(weights, reverse=True)[:ENOUGH])
        return np.minimum(score / (most * self._norm), 1.0) if most > 0.0 else score

    def coverage(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """(candidates,) the share of `terms` that stands anywhere, weighed by rarity, 0 to 1; 0 without terms."""
        score = np.zeros(len(self._passages))
        for term in terms:
            score += rarity(term) * (self._passages[:, self._column[term]] > 0)
        return score / max(sum(map(rarity, terms)), 1)

    def together(self, terms: Sequence[str]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """(candidates,) whether every one of `terms` stands in one and the same passage: in any, and in a position's.

        False where there are no terms.
        """
        held = np.zeros((2, len(self._passages)), dtype=np.bool_)
        if terms:
            beside = np.zeros(len(self._rows), dtype=np.int64)
            for term in terms:
                beside[self._places[self._columns == self._column[term]]] += 1
            whole = beside == len(terms)
            held[0, self._rows[whole]] = True
            held[1, self._rows[whole & self._in_position]] = True
        return held[0], held[1]
