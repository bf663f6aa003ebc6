"""Proposed weights as a panel, as JSON (schema hirelens.tune/1), and as a configuration to be reviewed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hirelens_cli.model import codec
from hirelens_cli.model.evaluations import FEW_JOBS, Estimate, TunedRun
from hirelens_cli.model.jobs import Criterion
from hirelens_cli.rendering.panels import Panel, some

SCHEMA = "hirelens.tune/1"


def tune_panels(found: TunedRun) -> tuple[Panel, ...]:
    """Present and proposed weights, and below what is to be thought of them."""
    tuning = found.tuning
    rows = tuple(
        (criterion.value, f"{before:g}", f"{after:g}" if _told(found) else "-")
        for criterion, before, after in zip(Criterion, tuning.present, tuning.proposed, strict=True)
    )
    return (Panel(f"Weights for run {found.run}", ("", "present", "proposed"), rows, _notes(found)),)


def _told(found: TunedRun) -> bool:
    return not math.isnan(found.tuning.gain.value)


def _notes(found: TunedRun) -> tuple[str, ...]:
    tuning, labels = found.tuning, found.labels
    used = (
        f"{labels.used} of {labels.given} labels used, {some(tuning.jobs, 'job')} in which {found.metric} is defined."
    )
    if not _told(found):
        return (
            used,
            f"Too few to conclude anything: labels of at least {FEW_JOBS} jobs are needed. Nothing is proposed.",
        )
    held_out = (
        f"On jobs that had no part in the choice: {found.metric} {_text(tuning.before)} with the present weights, "
        f"{_text(tuning.after)} with chosen ones, difference {_text(tuning.gain, signed=True)} (95% intervals)."
    )
    if tuning.recommended:
        return (used, held_out, "The interval excludes 0: worth a trial. Nothing has been changed.")
    return (used, held_out, "The interval includes 0: keep the present weights. Nothing has been changed.")


def _text(estimate: Estimate, *, signed: bool = False) -> str:
    value, low, high = (
        f"{number:+.3f}" if signed else f"{number:.3f}" for number in (estimate.value, estimate.low, estimate.high)
    )
    return f"{value} [{low}, {high}]"


def tuned_config(found: TunedRun) -> bytes:
    """The proposed weights as a configuration, with what they rest on."""
    why = " ".join(_notes(found))
    lines = [f"# Proposed by `hirelens tune` from run {found.run}, embedder {found.embedder}.", f"# {why}", "[weights]"]
    lines += [f"{criterion.value} = {value}" for criterion, value in zip(Criterion, found.tuning.proposed, strict=True)]
    return ("\n".join(lines) + "\n").encode()


@dataclass(frozen=True, slots=True)
class _Interval:
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class _Weight:
    criterion: str
    present: float
    proposed: float | None


@dataclass(frozen=True, slots=True)
class _Record:
    schema: str
    run: str
    embedder: str
    metric: str
    jobs: int
    labels_given: int
    labels_used: int
    weights: tuple[_Weight, ...]
    before: _Interval
    after: _Interval
    gain: _Interval
    recommended: bool


def tune_json(found: TunedRun) -> bytes:
    """One indented JSON object, UTF-8, with a newline at its end; what is not known is null."""
    tuning, told = found.tuning, _told(found)
    weights = tuple(
        _Weight(criterion.value, before, after if told else None)
        for criterion, before, after in zip(Criterion, tuning.present, tuning.proposed, strict=True)
    )
    record = _Record(
        SCHEMA,
        found.run,
        found.embedder,
        found.metric,
        tuning.jobs,
        found.labels.given,
        found.labels.used,
        weights,
        _interval(tuning.before),
        _interval(tuning.after),
        _interval(tuning.gain),
        tuning.recommended,
    )
    return codec.indented(codec.encode(record)) + b"\n"


def _interval(estimate: Estimate) -> _Interval:
    return _Interval(*(None if math.isnan(n) else round(n, 6) for n in (estimate.value, estimate.low, estimate.high)))
