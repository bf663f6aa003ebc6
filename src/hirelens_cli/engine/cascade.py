"""A cascade: everyone scored by a fast embedder, and then the best of each job once more by a better one.

Who comes to the second stage depends on the pool. A score does not: within a stage it is that resume's alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hirelens_cli.engine.jobs import Wanted
from hirelens_cli.engine.results import Standing
from hirelens_cli.engine.scoring import Opening, explain_top, score_all
from hirelens_cli.engine.stages import Bench, Prepared, StageCount, embed_profiles
from hirelens_cli.model.shortlists import Ranked
from hirelens_cli.shortlists.bands import bands
from hirelens_cli.shortlists.rank import percentiles

LEAST, SHARE = 50, 5
"""The best max(50, one in 5) of each job. Measured on two sets with this rule and with fewer: 20% kept nDCG@10 of the better
embedder alone (-.001) at a quarter of its cost, 10% lost .008, and a fifth of a small pool is too few."""

_BEYOND = 20_000
"""More than any score: for the percentile everyone at the second stage stands above everyone at the first."""

K = TypeVar("K", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Wave:
    """One stage: a bench with its embedder, and the jobs as that embedder sees them."""

    bench: Bench
    jobs: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """Everyone's place for every job, and the shortlisted explained."""

    standings: tuple[Standing, ...]
    shortlisted: dict[tuple[str, str], Ranked]
    counts: tuple[StageCount, ...]
    """What the second stage embedded."""


def finalists(standing: Standing) -> tuple[str, ...]:
    """The doc_ids of those who come to the second stage, best first."""
    count = len(standing.doc_ids)
    return standing.doc_ids[: max(LEAST, -(-count // SHARE))]


def judge(
    first: Bench, prepared: Prepared, openings: Sequence[Opening], standings: Sequence[Standing], wave: Wave | None
) -> Judged:
    """Explain the shortlisted; with a second stage the finalists of `standings` are scored once more before that.

    Raises DamagedPartError.
    """
    if wave is None:
        return Judged(tuple(standings), explain_top(first, prepared, openings, standings, first.config.top), ())
    chosen = [frozenset(prepared.keys[doc_id] for doc_id in finalists(standing)) for standing in standings]
    everyone = sorted(frozenset[str]().union(*chosen))
    profiles = {key: prepared.profiles[key] for key in everyone}
    vectors, count = embed_profiles(wave.bench, wave.bench.profiles.linked(everyone))
    again = replace(prepared, profiles=profiles, vectors=vectors)
    later = tuple(Opening(wanted.job, wanted.vectors, keys) for wanted, keys in zip(wave.jobs, chosen, strict=True))
    scored = score_all(wave.bench, again, later)
    both = tuple(joined(one, two) for one, two in zip(standings, scored, strict=True))
    top = first.config.top
    shortlisted = explain_top(first, prepared, openings, both, top, stage=1)
    shortlisted |= explain_top(wave.bench, again, later, both, top, stage=2)
    return Judged(both, shortlisted, (replace(count, stage="second_vectors"),))


def joined(first: Standing, second: Standing) -> Standing:
    """One order of both: whoever came to the second stage before all others, and last, in the same order, who was knocked out.

    `second` holds some of the candidates of `first`, scored again.
    """
    reached = frozenset(second.doc_ids)
    rest = np.array([row for row, doc_id in enumerate(first.doc_ids) if doc_id not in reached], dtype=np.int64)
    kept = int((rest < first.above).sum())

    def both(of_first: NDArray[K], of_second: NDArray[K]) -> NDArray[K]:
        left = of_first[rest]
        parts = (of_second[: second.above], left[:kept], of_second[second.above :], left[kept:])
        return np.concatenate(parts)

    scores = both(first.scores, second.scores)
    stages = both(np.full(len(first.scores), 1, np.int16), np.full(len(second.scores), 2, np.int16))
    intervals = both(first.intervals, second.intervals)
    above = second.above + kept
    return Standing(
        first.job,
        first.weights,
        tuple(both(np.array(first.doc_ids, np.object_), np.array(second.doc_ids, np.object_)).tolist()),
        scores,
        percentiles(scores + np.int32(_BEYOND) * (stages == 2)),
        intervals,
        bands(intervals, (second.above, above, above + len(second.scores) - second.above)),
        above,
        both(first.values, second.values),
        both(first.points, second.points),
        stages,
        first.suggested,
    )
