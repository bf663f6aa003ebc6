"""Reports made by hand, for everything that shows one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hirelens_cli.model.comparisons import Cost, JobCost
from hirelens_cli.model.jobs import CRITERION_OF
from hirelens_cli.model.pictures import Picture
from hirelens_cli.model.reports import Dossier, Held, JobReport, Mark, MarkedPage, Report
from hirelens_cli.model.results import RunRecord
from hirelens_cli.model.shortlists import JobShortlist, SamePerson, Shortlist

HELD = (
    Held("Senior Engineer", "Tidewater Freight", "2021-03", "2026-11", True, 69),
    Held("Engineer", "Larkspur Payments", "2017-06", "2021-02", False, 45),
    Held("Volunteer", "", "", "", False, 0),
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010400000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)


def job_report(job: JobShortlist) -> JobReport:
    costs = tuple(
        Cost(item.text, CRITERION_OF[item.kind], item.must, weight, 1, int(item.must), 500, 2 if item.must else None)
        for item, weight in zip(job.requirements, job.weights, strict=True)
        if CRITERION_OF[item.kind] is not None
    )
    scores = tuple(ranked.score for ranked in job.candidates)
    dossiers = tuple(Dossier(ranked, HELD) for ranked in job.candidates)
    return JobReport(job, dossiers, scores, JobCost("r" * 16, job.job, job.title, job.pool, costs))


def report_of(shortlist: Shortlist, *, blind: bool = False) -> Report:
    record = RunRecord(
        shortlist.run,
        shortlist.as_of,
        shortlist.config,
        shortlist.embedder,
        "e" * 16,
        "s" * 16,
        "1.0",
        20,
        shortlist.counts,
        tuple(job.job_id for job in shortlist.jobs),
        "d" * 64,
    )
    same = SamePerson(("1" * 16, "2" * 16), ("amara.pdf", "tomas.pdf"), ("same e-mail",), ())
    return Report(
        record,
        tuple(map(job_report, shortlist.jobs)),
        shortlist.unscreened,
        (same,),
        (("weights.skills", "50.0"),),
        blind,
    )


@pytest.fixture
def report(shortlist: Shortlist) -> Report:
    """Three candidates with names, the first with a page on which one line is marked."""
    made = report_of(shortlist)
    page = MarkedPage(Picture(1, 612.0, 792.0, PIXEL), (Mark((72.0, 100.0, 300.0, 112.5), ("Python", "5+ years")),))
    first, *rest = made.jobs[0].dossiers
    job = replace(made.jobs[0], dossiers=(replace(first, pages=(page,)), *rest))
    return replace(made, jobs=(job,))
