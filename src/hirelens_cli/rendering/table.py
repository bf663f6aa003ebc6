"""A shortlist as rows of texts, for whoever draws the table."""

from __future__ import annotations

from dataclasses import dataclass

from hirelens_cli.model.jobs import Criterion
from hirelens_cli.model.shortlists import CENTI, JobShortlist, Ranked
from hirelens_cli.rendering.records import (
    criterion_points,
    criterion_weights,
    musts,
    rank_text,
    regions_text,
    remarks,
    score_text,
    stages_text,
    ties_text,
)

HEADS = {
    Criterion.SKILLS: "Skills",
    Criterion.EXPERIENCE: "Exper.",
    Criterion.PROJECTS: "Proj.",
    Criterion.DOMAIN: "Domain",
}
"""Column heads short enough for 80 columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate, every cell a text. Nothing in it is safe to print yet: names and paths come from files."""

    rank: str
    score: str
    share: float
    """Score over 100, for a bar."""
    name: str
    """The candidate's name, or the id where no name is known or wanted."""
    paths: tuple[str, ...]
    """Path below the input folder, and `also` with each further path of the same bytes; when blind, the regions at most."""
    criteria: tuple[str, ...]
    """Points per criterion, in the order of Criterion."""
    must: str
    """`5/6`: must-haves with any evidence of those asked; empty where none is asked."""
    confidence: str
    flags: str
    summary: str


@dataclass(frozen=True, slots=True)
class JobTable:
    """The rows of one job and its column heads."""

    title: str
    job: str
    heading: str
    """`12 scored, 5 shown`."""
    criteria: tuple[str, ...]
    """`Skills /40` and so on."""
    rows: tuple[Row, ...]
    ties: str = ""
    """Which of the places shown are not distinguishable."""
    stages: str = ""
    """What `*` at a score means, where one has it."""


def job_table(job: JobShortlist) -> JobTable:
    """The table of one job."""
    weights = criterion_weights(job)
    shown = len(job.candidates)
    heading = f"{job.pool} scored" + (f", the best {shown} shown" if shown < job.pool else "")
    heads = tuple(f"{HEADS[item]} /{weights[item] / CENTI:.0f}" for item in Criterion)
    rows = tuple(_row(ranked) for ranked in job.candidates)
    return JobTable(job.title, job.job, heading, heads, rows, ties_text(job), stages_text(job))


def _row(ranked: Ranked) -> Row:
    points = criterion_points(ranked)
    met, asked = musts(ranked)
    return Row(
        rank_text(ranked),
        score_text(ranked),
        ranked.score / (100 * CENTI),
        ranked.name or ranked.candidate[:12],
        tuple(filter(None, (ranked.resume, *(f"also {path}" for path in ranked.also), regions_text(ranked)))),
        tuple(f"{points[item] / CENTI:.1f}" for item in Criterion),
        f"{met}/{asked}" if asked else "",
        ranked.confidence,
        remarks(ranked),
        ranked.explanation.summary,
    )
