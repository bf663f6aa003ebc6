"""A run's scores beside plain methods, by the metrics that were asked for and the gates that were set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hirelens_cli.errors import UsageError
from hirelens_cli.evaluation.compare import OURS
from hirelens_cli.evaluation.metrics import METRICS, Judged, Metric, evaluate, metric_named
from hirelens_cli.model.evaluations import FEW_JOBS, Evaluation, Gate, LabelCounts, Measured
from hirelens_cli.model.results import RunRecord


def chosen(metrics: Sequence[str], gates: Mapping[str, float]) -> dict[str, Metric]:
    """The metrics by name, METRICS where none is asked for, and those of the gates; raises UsageError for an unknown one."""
    names = dict.fromkeys([*(metrics or METRICS), *gates])
    try:
        return {name: metric_named(name) for name in names}
    except KeyError as error:
        raise UsageError(
            f"there is no metric {error.args[0]!r}", "ndcg@10, p@5, recall@20 (any number), map, spearman, kendall"
        ) from error


def judge(
    judged: Sequence[Judged],
    record: RunRecord,
    labels: LabelCounts,
    metrics: dict[str, Metric],
    gates: Mapping[str, float],
    rounds: int,
) -> Evaluation:
    """The means of every system with their intervals, our paired leads, and whether the gates are passed.

    A gate on a metric that is not defined for these labels is not passed.
    """
    means, leads = evaluate(judged, metrics, OURS, rounds=rounds)
    systems = tuple(judged[0].scores) if judged else ()
    return Evaluation(
        run=record.run,
        embedder=record.embedder,
        jobs=tuple(item.job for item in judged),
        pairs=sum(len(item.relevance) for item in judged),
        labels=labels,
        resampled="jobs" if len(judged) >= FEW_JOBS else "candidates",
        metrics=tuple(metrics),
        systems=systems,
        measured=tuple(
            Measured(system, name, means[system, name], leads.get((system, name)))
            for system in systems
            for name in metrics
        ),
        gates=tuple(
            Gate(name, least, means[OURS, name].value, means[OURS, name].value >= least)
            for name, least in gates.items()
        ),
    )
