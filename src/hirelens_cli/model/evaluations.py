"""How good an order is, measured against what people said."""

from __future__ import annotations

from dataclasses import dataclass

FEW_JOBS = 5
"""Below so many jobs, resumes are resampled within each job, and no weights are proposed; from here on, jobs are resampled."""


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


@dataclass(frozen=True, slots=True)
class Tuning:
    """Weights proposed from labels, and what choosing them so gains on jobs that had no part in the choice.

    The estimates are NaN where the jobs are too few; then the present weights are proposed.
    """

    jobs: int
    """In which the metric is defined."""
    present: tuple[float, ...]
    """Weights of the criteria, in the order of Criterion."""
    proposed: tuple[float, ...]
    before: Estimate
    """The metric under the present weights."""
    after: Estimate
    """Under weights chosen without the job that is measured."""
    gain: Estimate
    """after minus before, paired."""

    @property
    def recommended(self) -> bool:
        """Whether the interval of the gain lies above 0."""
        return self.gain.low > 0


@dataclass(frozen=True, slots=True)
class TunedRun:
    """A tuning, and the run and labels that it rests on."""

    run: str
    embedder: str
    metric: str
    labels: LabelCounts
    tuning: Tuning
