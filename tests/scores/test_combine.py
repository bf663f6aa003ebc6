"""What holds for the scores of any pool and job."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest

from hirelens_cli.config import Weights
from hirelens_cli.model.jobs import CRITERION_OF, Criterion, Job, Requirement, RequirementKind
from hirelens_cli.model.tables import JobVectors, Pool, ScoredJob
from hirelens_cli.scores.combine import score_job
from hirelens_cli.scores.rows import pool_rows
from hirelens_cli.scores.weights import TOTAL
from hirelens_cli.shortlists.rank import least_evidence

JOB = """Data Engineer
We look after the figures of a chain of bakeries.
Responsibilities
- Build and run data pipelines that bring sales figures of all shops together every night
- Model the warehouse so that planners find what they need
- Watch the quality of the data and mend what breaks
Requirements
- At least 4 years of experience
- Python and SQL
- Apache Airflow
- Bachelor's degree in computer science or similar
Nice to have
- Kafka
- German
"""
ENGINEER = """Rosa Beispiel
rosa@example.org
Data Engineer
Experience
Data Engineer, Kornhaus GmbH
March 2020 - present
- Built nightly data pipelines in Python and Apache Airflow that collect the sales of 300 shops
- Modelled the data warehouse in SQL with the planners
- Set up alerts on data quality
Junior Developer, Murmel AG
January 2017 - February 2020
- Wrote reports in SQL
Education
BSc Computer Science, 2016
Skills
Python, SQL, Apache Airflow, Docker
"""
ANALYST = """Ben Muster
Analyst
Experience
Business Analyst, Rasch Ltd
May 2019 - April 2024
- Prepared weekly sales reports in Excel and SQL
- Presented figures to the board
Education
BA Economics, 2018
Skills
Excel, SQL, Python
"""
COOK = """Ida Sample
Cook
Experience
Cook, Gasthaus Linde
June 2015 - present
- Prepared lunch for 120 guests and ordered the ingredients
- Trained two apprentices
Education
Vocational training as a cook, 2014
Languages
German (native), English (B2)
"""


@pytest.fixture(scope="module")
def scored(score: Callable[..., ScoredJob]) -> ScoredJob:
    return score(JOB, ENGINEER, ANALYST, COOK)


def test_the_order_is_the_one_a_person_would_choose(scored: ScoredJob) -> None:
    assert scored.scores[0] > scored.scores[1] + 1000 > scored.scores[2] + 1000


def test_points_are_exact_integers_in_their_bounds(scored: ScoredJob) -> None:
    assert scored.weights.sum() == TOTAL
    assert scored.values.min() >= 0
    assert scored.values.max() <= 1000
    assert np.array_equal(scored.points, (scored.weights.astype(np.int64) * scored.values + 500) // 1000)
    assert np.array_equal(scored.scores, scored.points.sum(axis=1))
    assert scored.points[:, scored.weights == 0].sum() == 0


def test_every_criterion_orders_the_extremes(scored: ScoredJob) -> None:
    for criterion in Criterion:
        mine = [CRITERION_OF[asked.kind] is criterion for asked in scored.job.requirements]
        points = scored.points[:, mine].sum(axis=1)
        assert points[0] > points[2], criterion


def test_passages_belong_to_their_candidate(
    pool: Callable[..., Pool], job: Callable[[str], tuple[Job, JobVectors]]
) -> None:
    people = pool(ENGINEER, ANALYST, COOK)
    scored = score_job(people, *job(JOB), Weights())
    rows = pool_rows(people).passage_rows
    used = scored.passages >= 0
    assert used.any()
    owners = np.broadcast_to(np.arange(3)[:, None], used.shape)
    assert np.array_equal(rows[scored.passages[used]], owners[used])
    assert (scored.values[used] > 0).all()


def test_a_score_depends_neither_on_the_pool_nor_on_its_order(
    score: Callable[..., ScoredJob], scored: ScoredJob
) -> None:
    alone = [int(score(JOB, resume).scores[0]) for resume in (ENGINEER, ANALYST, COOK)]
    assert alone == scored.scores.tolist()
    turned = score(JOB, COOK, ENGINEER, ANALYST, *[COOK.replace("120", str(n)) for n in range(130, 160)])
    assert turned.scores[[1, 2, 0]].tolist() == alone
    assert np.array_equal(turned.values[[1, 2, 0]], scored.values)


def test_rows_made_once_serve_many_jobs(
    pool: Callable[..., Pool], job: Callable[[str], tuple[Job, JobVectors]]
) -> None:
    people = pool(ENGINEER, COOK)
    rows = pool_rows(people)
    for text in (JOB, "Cook\nPrepare lunch for our guests and order the ingredients"):
        parsed, vectors = job(text)
        once, again = score_job(people, parsed, vectors, Weights()), score_job(people, parsed, vectors, Weights(), rows)
        assert np.array_equal(once.points, again.points)
        assert np.array_equal(once.passages, again.passages)


def test_an_empty_pool_and_a_candidate_without_anything(
    pool: Callable[..., Pool], job: Callable[[str], tuple[Job, JobVectors]]
) -> None:
    parsed, vectors = job(JOB)
    people = pool(ENGINEER)
    tables = [field.name for field in dataclasses.fields(Pool) if field.default is dataclasses.MISSING]
    none = Pool(*(getattr(people, name)[:0] for name in tables))
    assert score_job(none, parsed, vectors, Weights()).scores.shape == (0,)
    empty = Pool(people.candidates, *(getattr(people, name)[:0] for name in tables if name != "candidates"))
    scored = score_job(empty, parsed, vectors, Weights())
    assert 0 <= scored.scores[0] < 4000
    assert (scored.passages == -1).all()


def test_a_job_that_asks_nothing_gives_noughts(score: Callable[..., ScoredJob], pool: Callable[..., Pool]) -> None:
    asks = (Requirement("Can you travel?", RequirementKind.QUESTION, True, None),)
    job = Job("j", "j.txt", "", 0, "", "", asks)
    vectors = JobVectors(*(np.zeros(shape, np.float32) for shape in ((1, 256), (256,), (256,))))
    scored = score_job(pool(COOK), job, vectors, Weights())
    assert scored.scores.tolist() == [0]
    assert scored.weights.tolist() == [0]


def test_weights_move_points_between_criteria(
    pool: Callable[..., Pool], job: Callable[[str], tuple[Job, JobVectors]]
) -> None:
    people = pool(ENGINEER, COOK)
    only = score_job(people, *job(JOB), Weights(skills=100, experience=0, projects=0, domain=0))
    skills = [CRITERION_OF[asked.kind] is Criterion.SKILLS for asked in only.job.requirements]
    assert only.weights[skills].sum() == TOTAL
    assert np.array_equal(only.points[:, skills].sum(axis=1), only.scores)


def test_a_licence_that_is_prepared_for_is_no_evidence_of_one_and_more_than_none(
    score: Callable[..., ScoredJob],
) -> None:
    described = "Staff Accountant\nRequirements\n- CPA\n- Excel\n"
    resume = "Kim Lee\nSummary\nCareful with figures. {said}\nSkills\nExcel\n"
    said = ("CPA since 2015.", "Preparing for the CPA examination.", "Fond of boats.")
    values = score(described, *[resume.format(said=line) for line in said])
    at = next(index for index, asked in enumerate(values.job.requirements) if asked.kind is RequirementKind.CERTIFICATE)
    held, pursued, neither = values.values[:, at]
    assert held == 1000
    assert 0 == neither < pursued <= least_evidence(RequirementKind.CERTIFICATE)


def test_what_a_resume_denies_earns_nothing_by_its_words(score: Callable[..., ScoredJob]) -> None:
    described = "Software Engineer\nRequirements\n- Python\n- Terraform\n"
    resume = "Kim Lee\nSummary\nWrites services. {said}\nSkills\nPython\n"
    values = score(
        described, *[resume.format(said=line) for line in ("I have never used Terraform.", "Terraform.", "")]
    )
    at = next(index for index, asked in enumerate(values.job.requirements) if "Terraform" in asked.any_of)
    assert values.values[:, at].tolist()[::2] == [0, 0]
    assert values.values[1, at] > 250
