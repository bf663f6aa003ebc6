"""Two candidates for one job, part by part, where they differ most first."""

from __future__ import annotations

from dataclasses import dataclass

from hirelens_cli.model import codec
from hirelens_cli.model.jobs import Criterion
from hirelens_cli.model.shortlists import CENTI, JobShortlist, Part, Ranked
from hirelens_cli.rendering.panels import Panel, points, signed
from hirelens_cli.rendering.records import CandidateRecord, candidate_record, criterion_points, criterion_weights
from hirelens_cli.rendering.safe import safe_markdown
from hirelens_cli.rendering.to_markdown import table_lines

SCHEMA = "hirelens.comparison/1"


@dataclass(frozen=True, slots=True)
class _Difference:
    requirement: str
    criterion: str
    must: bool
    weight: float
    points: tuple[float, float]
    difference: float
    reasons: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _ComparisonRecord:
    schema: str
    job: str
    title: str
    pool: int
    candidates: tuple[CandidateRecord, CandidateRecord]
    difference: float
    differences: tuple[_Difference, ...]


def versus_json(job: JobShortlist, one: Ranked, other: Ranked) -> bytes:
    """Both candidates as in a shortlist, and every requirement; differences are the first's points less the second's."""
    rows = tuple(
        _Difference(
            left.requirement,
            left.criterion.value,
            left.must,
            left.weight / CENTI,
            (left.points / CENTI, right.points / CENTI),
            (left.points - right.points) / CENTI,
            (left.reason, right.reason),
        )
        for left, right in _pairs(one, other)
    )
    both = (candidate_record(one), candidate_record(other))
    difference = (one.score - other.score) / CENTI
    record = _ComparisonRecord(SCHEMA, job.job, job.title, job.pool, both, difference, rows)
    return codec.indented(codec.encode(record)) + b"\n"


def versus_panels(job: JobShortlist, one: Ranked, other: Ranked) -> tuple[Panel, ...]:
    """Totals per criterion, then the requirements that one of them meets better."""
    left, right, most = criterion_points(one), criterion_points(other), criterion_weights(job)
    totals = tuple(
        (item.value, points(most[item]), points(left[item]), points(right[item]), signed(left[item] - right[item]))
        for item in Criterion
        if most[item]
    )
    totals += (("score", "100.00", points(one.score), points(other.score), signed(one.score - other.score)),)
    pairs = _pairs(one, other)
    rows = tuple(
        (
            f"{first.requirement} (must)" if first.must else first.requirement,
            points(first.weight),
            points(first.points),
            points(second.points),
            signed(first.points - second.points),
            _why(first, second),
        )
        for first, second in pairs
        if first.points != second.points
    )
    equal = [first.requirement for first, second in pairs if first.points == second.points]
    notes = (f"Equal in: {', '.join(equal)}",) if equal else ()
    heading = f"{_who(one)} (A, rank {one.rank}) against {_who(other)} (B, rank {other.rank})"
    heading += f" for {job.title or job.job} ({job.job})"
    return (
        Panel(heading, ("Criterion", "of", "A", "B", "A - B"), totals),
        Panel("", ("Requirement", "of", "A", "B", "A - B", "Why"), rows, notes),
    )


def versus_markdown(job: JobShortlist, one: Ranked, other: Ranked) -> bytes:
    """The same as Markdown."""
    lines: list[str] = []
    for panel in versus_panels(job, one, other):
        lines += [f"# {safe_markdown(panel.heading)}", ""] if panel.heading else []
        lines += [*table_lines(panel.columns, panel.rows), ""] if panel.rows else []
        lines += [*map(safe_markdown, panel.notes), ""] if panel.notes else []
    return "\n".join(lines).encode()


def _pairs(one: Ranked, other: Ranked) -> list[tuple[Part, Part]]:
    """The parts of both for each requirement, where they differ most first, then in the order of the job."""
    second = {part.index: part for part in other.parts}
    pairs = [(part, second[part.index]) for part in one.parts if part.index in second]
    return sorted(pairs, key=lambda pair: (-abs(pair[0].points - pair[1].points), pair[0].index))


def _why(first: Part, second: Part) -> str:
    if first.reason == second.reason:
        return f"both: {first.reason}" if first.reason else ""
    return f"A: {first.reason or 'no evidence'}; B: {second.reason or 'no evidence'}"


def _who(ranked: Ranked) -> str:
    return ranked.name or ranked.resume or ranked.candidate[:12]
