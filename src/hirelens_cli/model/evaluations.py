"""How good an order is, measured against what people said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its 95% interval.

    `low` and `high` are NaN where there is too little to resample, all three where the number is not defined.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One system by one metric."""

    system: str
    metric: str
    mean: Estimate
    """Over the jobs."""
    lead: Estimate | None
    """hirelens minus this system, paired; None for hirelens itself."""


@dataclass(frozen=True, slots=True)
class Gate:
    """The least that a metric of hirelens had to reach, and what it did."""

    metric: str
    least: float
    value: float
    passed: bool


@dataclass(frozen=True, slots=True)
class LabelCounts:
    """given == used + unscreened + unknown."""

    given: int
    used: int
    unscreened: int
    """Of documents in the run that have no score for that job."""
    unknown: int
    """Of jobs or resumes that the run does not have."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One run beside plain methods over the same candidates."""

    run: str
    embedder: str
    jobs: tuple[str, ...]
    """Names of the jobs that have labels."""
    pairs: int
    """Of a job and a candidate that were judged."""
    labels: LabelCounts
    resampled: str
    """What the intervals resample: `jobs`, or `candidates` where the jobs are too few."""
    metrics: tuple[str, ...]
    systems: tuple[str, ...]
    measured: tuple[Measured, ...]
    """By system, then by metric."""
    gates: tuple[Gate, ...]

    @property
    def failed(self) -> tuple[Gate, ...]:
        """The gates that were not passed."""
        return tuple(gate for gate in self.gates if not gate.passed)
