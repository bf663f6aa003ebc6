"""What two results have in common and where they part: runs, candidates, and an order under other weights."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hirelens_cli.model.jobs import Criterion
from hirelens_cli.model.results import RunRecord


@dataclass(frozen=True, slots=True)
class Execution:
    """One time that a run was carried out, as the ledger has it."""

    at: str
    """UTC, ISO 8601."""
    who: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a candidate came in a run, without the reasons."""

    job_id: str
    job: str
    candidate: str
    resume: str
    """Empty where the answer is blind."""
    rank: int
    of: int
    score: int
    """Hundredths of a point."""
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A finished run in one line."""

    record: RunRecord
    short: str
    """As much of the id as is unique in the workspace, at least eight digits."""
    jobs: tuple[str, ...]
    """Names."""
    executions: tuple[Execution, ...]


@dataclass(frozen=True, slots=True)
class Freed:
    """What of the caches no run that stays refers to, of one stage."""

    stage: str
    entries: int
    bytes: int
    """About."""


@dataclass(frozen=True, slots=True)
class Pruning:
    """Runs that are no longer wanted, with the bytes of each folder, and what goes with them."""

    runs: tuple[tuple[RunSummary, int], ...]
    """Oldest first."""
    staying: int
    """How many runs are left."""
    caches: tuple[Freed, ...]
    done: bool
    """False where this only says what would go."""


@dataclass(frozen=True, slots=True)
class RunJob:
    """One job of a run."""

    job: str
    title: str
    pool: int
    requirements: int
    best: int | None
    """The highest score, in hundredths of a point; None for an empty pool."""


@dataclass(frozen=True, slots=True)
class RunDetails:
    """A finished run and the terms under which it was made."""

    summary: RunSummary
    jobs: tuple[RunJob, ...]
    resumes: tuple[str, ...]
    """The paths that were given."""
    job_paths: tuple[str, ...]
    manifest: str | None
    settings: tuple[tuple[str, str], ...]
    """Those that are not the default."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one requirement gave one candidate: weight and points in hundredths of a point, value in thousandths."""

    weight: int
    value: int
    points: int


@dataclass(frozen=True, slots=True)
class PartChange:
    """One requirement on both sides; None where that side does not ask it."""

    requirement: str
    criterion: Criterion
    must: bool
    before: Share | None
    after: Share | None

    @property
    def change(self) -> int:
        """Hundredths of a point that the other side has more."""
        return (self.after.points if self.after else 0) - (self.before.points if self.before else 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate's place."""

    rank: int
    score: int
    """Hundredths of a point."""


@dataclass(frozen=True, slots=True)
class Move:
    """One candidate on both sides; None where the candidate was not scored there."""

    candidate: str
    resume: str
    name: str
    before: Standing | None
    after: Standing | None
    parts: tuple[PartChange, ...] = ()
    """Those that changed, the largest change first; they sum to the change of the score."""
    rewritten: bool = False
    """The file has other bytes now, under the same path."""

    @property
    def change(self) -> int:
        """Hundredths of a point gained; 0 where one side has no score."""
        return self.after.score - self.before.score if self.before and self.after else 0


@dataclass(frozen=True, slots=True)
class Reweighted:
    """A requirement whose weight changed, in hundredths of a point; None where that side does not ask it."""

    requirement: str
    criterion: Criterion
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class JobDiff:
    """One job in two runs."""

    job: str
    title: str
    requirements: tuple[Reweighted, ...]
    """Those whose weight changed."""
    moves: tuple[Move, ...]
    """Whose place or score changed, the largest change of score first; as many as were asked for."""
    moved: int
    """How many there are in all."""
    came: int
    """Scored only afterwards."""
    went: int
    """Scored only before."""
    unchanged: int


@dataclass(frozen=True, slots=True)
class Setting:
    """One term of a run that differs."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RunDiff:
    """Two runs, the jobs that both have, and what they were told differently."""

    before: str
    after: str
    equal: bool
    """The de-identified tables are the same."""
    settings: tuple[Setting, ...]
    jobs: tuple[JobDiff, ...]
    only_before: tuple[str, ...]
    """Jobs that the later run does not have."""
    only_after: tuple[str, ...]


class Result(StrEnum):
    """How one check of a run came out."""

    EQUAL = "equal"
    DIFFERS = "differs"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was verified, and what was found."""

    name: str
    result: Result
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A run, verified."""

    run: str
    checks: tuple[Check, ...]
    jobs: tuple[JobDiff, ...] = ()
    """What a replay scores differently."""
    erased: int = 0
    """Documents that were erased from the run since."""

    @property
    def holds(self) -> bool:
        """No check found a difference."""
        return all(check.result is not Result.DIFFERS for check in self.checks)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The order of one job under other weights, from the values that a run stored."""

    run: str
    job: str
    title: str
    pool: int
    requirements: tuple[Reweighted, ...]
    """Those whose weight would change."""
    moves: tuple[Move, ...]
    """In the new order, each with its old place; as many as were asked for."""
    moved: int
    """How many of the pool would have another rank."""


@dataclass(frozen=True, slots=True)
class Step:
    """One requirement that would have to be met better."""

    requirement: str
    criterion: Criterion
    must: bool
    gain: int
    """Hundredths of a point that are needed of it."""
    lost: int
    """Hundredths of a point that it lost."""


@dataclass(frozen=True, slots=True)
class Lift:
    """The fewest requirements that would bring a candidate to a better place, all else the same."""

    goal: str
    """`rank 3`, `the best quarter`."""
    rank: int
    needed: int
    """Hundredths of a point."""
    steps: tuple[Step, ...]
    """The largest loss first; empty where even all of them would not do."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one requirement does to a pool."""

    requirement: str
    criterion: Criterion
    must: bool
    weight: int
    """Hundredths of a point."""
    without: int
    """Candidates without any evidence for it."""
    alone: int
    """Candidates who have evidence for every other must; 0 where it is none."""
    mean: int
    """Mean points that it gave, in hundredths, rounded half up."""
    left: int | None
    """Candidates with evidence for this must and for those before it; None where it is none."""
    who: tuple[str, ...] = ()
    """The best of those that `alone` counts: resumes, or ids where names are not shown."""


@dataclass(frozen=True, slots=True)
class JobCost:
    """What the requirements of a job do to the pool of one run, musts first, the costliest first."""

    run: str
    job: str
    title: str
    pool: int
    costs: tuple[Cost, ...]
