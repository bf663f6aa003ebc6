"""How good an order is, given what people said of each pair: rank metrics with bootstrap intervals.

Definitions: nDCG with linear gain and log2 discount (Järvelin & Kekäläinen 2002), average precision over all relevant
resumes, Spearman's rho as Pearson's r of average ranks, Kendall's tau-b. Intervals are percentiles of a bootstrap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hirelens_cli.model.evaluations import FEW_JOBS, Estimate

Floats = NDArray[np.float64]
Metric = Callable[[Floats, Floats], float]
"""(scores, relevance) of one job's resumes -> a number, NaN where it is not defined."""


def best_first(scores: Floats) -> NDArray[np.int64]:
    """Rows by falling score; equal scores keep their order, so whoever calls decides about ties."""
    return np.argsort(-scores, kind="stable").astype(np.int64)


def ndcg(k: int) -> Metric:
    """Normalised discounted cumulative gain of the best k."""

    def metric(scores: Floats, relevance: Floats) -> float:
        gains = np.maximum(relevance, 0.0)
        discounts = 1.0 / np.log2(np.arange(2, min(k, len(gains)) + 2))
        ideal = float((np.sort(gains)[::-1][:k] * discounts).sum())
        return float((gains[best_first(scores)][:k] * discounts).sum()) / ideal if ideal > 0 else float("nan")

    return metric


def relevant(relevance: Floats) -> NDArray[np.bool_]:
    """Relevant is at least half of the job's highest label: 1 of {0, 1}, and the upper part of a graded scale."""
    top = float(relevance.max()) if len(relevance) else 0.0
    result: NDArray[np.bool_] = relevance >= top / 2 if top > 0 else np.zeros(len(relevance), dtype=np.bool_)
    return result


def average_precision(scores: Floats, relevance: Floats) -> float:
    """Mean of the precisions at each relevant resume; its mean over jobs is MAP."""
    hits = relevant(relevance)[best_first(scores)]
    if not hits.any():
        return float("nan")
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(precision[hits].mean())


def precision(k: int) -> Metric:
    """Share of the best k that is relevant."""

    def metric(scores: Floats, relevance: Floats) -> float:
        hits = relevant(relevance)
        return float(hits[best_first(scores)][:k].sum()) / k if hits.any() else float("nan")

    return metric


def recall(k: int) -> Metric:
    """Share of the relevant that is among the best k."""

    def metric(scores: Floats, relevance: Floats) -> float:
        hits = relevant(relevance)
        return float(hits[best_first(scores)][:k].sum() / hits.sum()) if hits.any() else float("nan")

    return metric


def average_ranks(values: Floats) -> Floats:
    """Ranks from 1, equal values sharing the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    result: Floats = (ends - (counts - 1) / 2.0)[inverse]
    return result


def spearman(scores: Floats, relevance: Floats) -> float:
    """Spearman's rho; NaN where either side does not vary."""
    left, right = average_ranks(scores), average_ranks(relevance)
    left, right = left - left.mean(), right - right.mean()
    scale = float(np.sqrt((left * left).sum() * (right * right).sum()))
    return float((left * right).sum()) / scale if scale > 0 else float("nan")


def kendall(scores: Floats, relevance: Floats) -> float:
    """Kendall's tau-b by Knight's way (1966): NaN where either side does not vary."""
    left, right = _dense(scores), _dense(relevance)
    pairs = len(scores) * (len(scores) - 1) // 2
    tied_left, tied_right = _tied(left), _tied(right)
    tied_both = _tied(_dense(left * (len(right) + 1) + right))
    swapped = _inversions(right[np.lexsort((right, left))])
    agree = pairs - tied_left - tied_right + tied_both - 2 * swapped
    scale = float(np.sqrt(float(pairs - tied_left) * float(pairs - tied_right)))
    return agree / scale if scale > 0 else float("nan")


def _dense(values: Floats | NDArray[np.int64]) -> NDArray[np.int64]:
    """Equal values as equal small integers, in their order."""
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def _tied(dense: NDArray[np.int64]) -> int:
    """How many pairs are equal."""
    counts = np.bincount(dense)
    return int((counts * (counts - 1) // 2).sum())


def _inversions(values: NDArray[np.int64]) -> int:
    """How many pairs stand in falling order: halves of blocks of 2, 4, 8, ... are compared, each level in one sort."""
    places, top = np.arange(len(values)), int(values.max(initial=0)) + 1
    total, width = 0, 1
    while width < len(values):
        block, later = places // (2 * width), (places // width) % 2 == 1
        by_value = np.argsort(block * top + values, kind="stable")
        # Of a block with a later half the earlier is full, and so are all blocks before it.
        not_above = np.cumsum(~later[by_value]) - block[by_value] * width
        total += int((width - not_above)[later[by_value]].sum())
        width *= 2
    return total


METRICS: dict[str, Metric] = {
    "ndcg@10": ndcg(10),
    "map": average_precision,
    "p@5": precision(5),
    "recall@20": recall(20),
    "spearman": spearman,
    "kendall": kendall,
}
"""What is reported when nothing is asked for."""


def metric_named(name: str) -> Metric:
    """`ndcg@10`, `p@5`, `recall@20`, `map`, `spearman`, `kendall`; raises KeyError for anything else."""
    head, _, tail = name.partition("@")
    makers = {"ndcg": ndcg, "p": precision, "recall": recall}
    if head in makers and tail.isdigit() and int(tail) > 0:
        return makers[head](int(tail))
    return METRICS[name]


@dataclass(frozen=True, slots=True)
class Judged:
    """One job's resumes: what people said, and what each system says. All arrays share one order of resumes."""

    job: str
    relevance: Floats
    scores: dict[str, Floats]


def evaluate(
    judged: Sequence[Judged], metrics: dict[str, Metric], against: str, *, rounds: int = 1000, seed: int = 1
) -> tuple[dict[tuple[str, str], Estimate], dict[tuple[str, str], Estimate]]:
    """By (system, metric): the means over jobs, and the differences of `against` minus each other system, paired.

    A job in which a metric is not defined is left out of its mean. Same seed, same intervals.
    """
    systems = list(judged[0].scores) if judged else []
    drawn = _resampled(judged, metrics, systems, rounds, seed)
    means: dict[tuple[str, str], Estimate] = {}
    differences: dict[tuple[str, str], Estimate] = {}
    for number, name in enumerate(metrics):
        for place, system in enumerate(systems):
            means[system, name] = _estimate(drawn[:, place, number])
            if system != against and against in systems:
                differences[system, name] = _estimate(
                    drawn[:, systems.index(against), number] - drawn[:, place, number]
                )
    return means, differences


def _estimate(drawn: Floats) -> Estimate:
    """The first draw is the whole sample, the others resample it."""
    known = drawn[1:][~np.isnan(drawn[1:])]
    if len(known) < 20:
        return Estimate(float(drawn[0]), float("nan"), float("nan"))
    low, high = np.percentile(known, [2.5, 97.5])
    return Estimate(float(drawn[0]), float(low), float(high))


def _resampled(
    judged: Sequence[Judged], metrics: dict[str, Metric], systems: Sequence[str], rounds: int, seed: int
) -> Floats:
    """(1 + rounds, systems, metrics): means over jobs, of the sample and of its resamples."""
    generator = np.random.default_rng(seed)
    whole = np.array([_of_job(item, metrics, systems, None) for item in judged])
    result = np.full((rounds + 1, len(systems), len(metrics)), np.nan)
    if not len(whole):
        return result
    result[0] = _mean(whole)
    for draw in range(1, rounds + 1):
        if len(judged) >= FEW_JOBS:
            result[draw] = _mean(whole[generator.integers(0, len(judged), len(judged))])
        else:
            rows = [generator.integers(0, len(item.relevance), len(item.relevance)) for item in judged]
            result[draw] = _mean(
                np.array([_of_job(item, metrics, systems, row) for item, row in zip(judged, rows, strict=True)])
            )
    return result


def _mean(values: Floats) -> Floats:
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    result: Floats = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return result


def _of_job(
    item: Judged, metrics: dict[str, Metric], systems: Sequence[str], rows: NDArray[np.int64] | None
) -> list[list[float]]:
    relevance = item.relevance if rows is None else item.relevance[rows]
    return [
        [
            metric(item.scores[system] if rows is None else item.scores[system][rows], relevance)
            for metric in metrics.values()
        ]
        for system in systems
    ]
