"""One candidate's score, taken apart: a step per requirement, the steps of a criterion under its head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hirelens_cli.model import codec
from hirelens_cli.model.jobs import Criterion
from hirelens_cli.model.shortlists import CENTI, MILLI, JobShortlist, Part, Ranked
from hirelens_cli.rendering.records import (
    CandidateRecord,
    candidate_record,
    criterion_points,
    criterion_weights,
    stand_text,
)
from hirelens_cli.rendering.safe import safe_markdown
from hirelens_cli.rendering.to_markdown import table_lines

SCHEMA = "hirelens.explanation/1"


@dataclass(frozen=True, slots=True)
class Step:
    """One requirement's points."""

    requirement: str
    must: bool
    points: str
    weight: str
    lost: str
    value: float
    """0 to 1."""
    reason: str
    quotes: tuple[tuple[int, str], ...]
    """Page and redacted line."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One criterion: its steps sum to its points."""

    criterion: str
    points: str
    weight: str
    steps: tuple[Step, ...]


def waterfall(job: JobShortlist, ranked: Ranked) -> tuple[Stage, ...]:
    """The criteria that give points for this job, heaviest part first; all steps sum to the score."""
    points, weights = criterion_points(ranked), criterion_weights(job)
    stages = []
    for criterion in Criterion:
        parts = sorted((part for part in ranked.parts if part.criterion is criterion), key=lambda part: -part.weight)
        if parts:
            steps = tuple(_step(part, _weighed(job, part)) for part in parts)
            stages.append(Stage(criterion.value, _points(points[criterion]), _points(weights[criterion]), steps))
    return tuple(stages)


def _weighed(job: JobShortlist, part: Part) -> str:
    """What is added to the reason where the user weighed the requirement."""
    preferred = job.requirements[part.index].weight
    if preferred is None or not job.suggested:
        return ""
    return f"; weighed {preferred:g} by you, {_points(job.suggested[part.index])} points suggested"


def _step(part: Part, weighed: str) -> Step:
    return Step(
        part.requirement,
        part.must,
        _points(part.points),
        _points(part.weight),
        _points(part.weight - part.points),
        part.value / MILLI,
        part.reason + weighed,
        tuple((proof.page, proof.text) for proof in part.evidence),
    )


def _points(centi: int) -> str:
    return f"{centi / CENTI:.2f}"


def _facts(job: JobShortlist, ranked: Ranked) -> str:
    return (
        f"Rank {stand_text(job, ranked)}, percentile {ranked.percentile:.1f}, "
        f"confidence {ranked.confidence}, candidate `{ranked.candidate}`."
    )


@dataclass(frozen=True, slots=True)
class _ExplanationRecord:
    schema: str
    job: str
    title: str
    pool: int
    candidate: CandidateRecord
    lifts: Sequence[Mapping[str, object]]


def explanation_json(job: JobShortlist, ranked: Ranked, lifts: Sequence[Mapping[str, object]] = ()) -> bytes:
    """One indented JSON object: the job, the candidate as in a shortlist, and what would lift the candidate."""
    record = _ExplanationRecord(SCHEMA, job.job, job.title, job.pool, candidate_record(ranked), lifts)
    return codec.indented(codec.encode(record)) + b"\n"


def explanation_markdown(job: JobShortlist, ranked: Ranked, lifts: Sequence[str] = ()) -> bytes:
    """The whole waterfall with quotes, as Markdown."""
    words = ranked.explanation
    who = safe_markdown(ranked.name or ranked.resume or ranked.candidate)
    lines = [
        f"# {who} for {safe_markdown(job.title or job.job)}",
        "",
        _facts(job, ranked),
        "",
        safe_markdown(words.summary),
        "",
    ]
    for heading, texts in (
        ("Strengths", words.strengths),
        ("Gaps", words.gaps),
        ("To ask or check", words.recommendations),
        ("What would change it", lifts),
    ):
        if texts:
            lines += [f"**{heading}**", "", *(f"- {safe_markdown(text)}" for text in texts), ""]
    for stage in waterfall(job, ranked):
        lines += [f"## {stage.criterion}: {stage.points} of {stage.weight}", ""]
        rows = []
        for step in stage.steps:
            quotes = "; ".join(f"p.{page} “{text}”" for page, text in step.quotes)
            name = step.requirement + (" (must)" if step.must else "")
            rows.append((name, step.points, step.weight, step.reason, quotes))
        lines += [*table_lines(("Requirement", "Points", "of", "Why", "Evidence"), rows), ""]
    return "\n".join(lines).encode()
