"""What candidates are told in writing: before a tool is used, and after a decision that goes against them."""

from __future__ import annotations

from dataclasses import dataclass

from hirelens_cli.model.decisions import Decision
from hirelens_cli.model.jobs import Criterion, Requirement
from hirelens_cli.model.shortlists import Ranked


@dataclass(frozen=True, slots=True)
class Weighed:
    """One thing that a job asks, and what it can give."""

    requirement: Requirement
    criterion: Criterion | None
    weight: int
    """Hundredths of a point; 0 for a question, which is never scored."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told before the tool is used."""

    title: str
    """Of the job; empty for a notice about the tool as such."""
    criteria: tuple[tuple[Criterion, float], ...]
    """What each criterion weighs, summing to 100."""
    asked: tuple[Weighed, ...]
    contact: str
    retention: str


@dataclass(frozen=True, slots=True)
class Pack:
    """What one candidate is told about one job, and nothing of anybody else."""

    title: str
    run: str
    as_of: str
    ranked: Ranked
    decision: Decision | None
    """The last decision of a person; None where none is recorded."""
    contact: str
