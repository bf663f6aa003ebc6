"""An evaluation as rows of texts and as JSON (schema hirelens.eval/1)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hirelens_cli.model import codec
from hirelens_cli.model.evaluations import Estimate, Evaluation, Gate

SCHEMA = "hirelens.eval/1"
OURS = "hirelens"
_ROUND = 6
"""Decimals in JSON: the last bits of a mean may differ between machines."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a head per column, a system per row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sheets(evaluation: Evaluation) -> tuple[Sheet, Sheet]:
    """The means of all systems, and hirelens minus each of the others: a lead whose interval excludes 0 has a `*`."""
    by_place = {(item.system, item.metric): item for item in evaluation.measured}
    means, leads = [], []
    for system in evaluation.systems:
        items = [by_place[system, metric] for metric in evaluation.metrics]
        means.append((system, *(_text(item.mean, signed=False) for item in items)))
        if system != OURS:
            leads.append((system, *("" if item.lead is None else _text(item.lead, signed=True) for item in items)))
    over = f"{len(evaluation.jobs)} job{'s' * (len(evaluation.jobs) != 1)}, {evaluation.pairs} candidates judged"
    columns = ("", *evaluation.metrics)
    return (
        Sheet(f"Mean over {over}, 95% interval", columns, tuple(means)),
        Sheet("hirelens minus each, paired; * where the interval excludes 0", columns, tuple(leads)),
    )


def notes(evaluation: Evaluation) -> tuple[str, ...]:
    """What must be known to read the tables: whose labels were used, what was resampled, which gates were passed."""
    labels = evaluation.labels
    lost = [
        f"{count} of {what}"
        for count, what in (
            (labels.unscreened, "documents without a score"),
            (labels.unknown, "jobs or resumes that are not in the run"),
        )
        if count
    ]
    told = [f"{labels.used} of {labels.given} labels used" + (f"; left out: {', '.join(lost)}" if lost else "")]
    if evaluation.resampled == "candidates":
        told.append(
            "Too few jobs to resample: the intervals resample each job's candidates and say nothing of other jobs."
        )
    told += [
        f"{'passed' if gate.passed else 'FAILED'}: {gate.metric} {_number(gate.value)}, at least {gate.least:g} wanted"
        for gate in evaluation.gates
    ]
    return tuple(told)


def _text(estimate: Estimate, *, signed: bool) -> str:
    """`.465 [.389,.541]`, a difference as `+.090* [+.013,+.166]`."""
    if math.isnan(estimate.value):
        return "-"
    value, low, high = (_short(number, signed) for number in (estimate.value, estimate.low, estimate.high))
    if math.isnan(estimate.low):
        return value
    star = "*" if signed and (estimate.low > 0 or estimate.high < 0) else ""
    return f"{value}{star} [{low},{high}]"


def _short(number: float, signed: bool) -> str:
    text = f"{number:+.3f}" if signed else f"{number:.3f}"
    return text.replace("0.", ".", 1) if abs(number) < 0.9995 else text


def _number(value: float) -> str:
    return "is not defined for these labels" if math.isnan(value) else f"is {value:.4f}"


@dataclass(frozen=True, slots=True)
class _EstimateRecord:
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class _MetricRecord:
    metric: str
    mean: _EstimateRecord
    lead: _EstimateRecord | None
    """hirelens minus the system."""


@dataclass(frozen=True, slots=True)
class _SystemRecord:
    system: str
    metrics: tuple[_MetricRecord, ...]


@dataclass(frozen=True, slots=True)
class _LabelsRecord:
    given: int
    used: int
    unscreened: int
    unknown: int


@dataclass(frozen=True, slots=True)
class _GateRecord:
    metric: str
    least: float
    value: float | None
    passed: bool


@dataclass(frozen=True, slots=True)
class _EvaluationRecord:
    schema: str
    run: str
    embedder: str
    jobs: tuple[str, ...]
    pairs: int
    labels: _LabelsRecord
    resampled: str
    systems: tuple[_SystemRecord, ...]
    gates: tuple[_GateRecord, ...]


def evaluation_json(evaluation: Evaluation) -> bytes:
    """One indented JSON object, UTF-8, with a newline at its end; what is not defined is null."""
    labels = evaluation.labels
    systems = []
    for system in evaluation.systems:
        items = [item for item in evaluation.measured if item.system == system]
        metrics = tuple(
            _MetricRecord(item.metric, _estimate(item.mean), None if item.lead is None else _estimate(item.lead))
            for item in items
        )
        systems.append(_SystemRecord(system, metrics))
    record = _EvaluationRecord(
        SCHEMA,
        evaluation.run,
        evaluation.embedder,
        evaluation.jobs,
        evaluation.pairs,
        _LabelsRecord(labels.given, labels.used, labels.unscreened, labels.unknown),
        evaluation.resampled,
        tuple(systems),
        tuple(_gate(gate) for gate in evaluation.gates),
    )
    return codec.indented(codec.encode(record)) + b"\n"


def _estimate(estimate: Estimate) -> _EstimateRecord:
    return _EstimateRecord(_plain(estimate.value), _plain(estimate.low), _plain(estimate.high))


def _gate(gate: Gate) -> _GateRecord:
    return _GateRecord(gate.metric, gate.least, _plain(gate.value), gate.passed)


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else round(value, _ROUND)
