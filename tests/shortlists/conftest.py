"""One resume and one job, understood by hand, so that every span is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
import pytest

from hirelens_cli.config import Weights
from hirelens_cli.engine.columns import pool_of, profile_rows
from hirelens_cli.model.documents import Span
from hirelens_cli.model.jobs import Job, Requirement, RequirementKind
from hirelens_cli.model.profiles import (
    Education,
    Identity,
    Known,
    LanguageSkill,
    Passage,
    Position,
    Profile,
    Quality,
    SectionKind,
    SkillUse,
    month_of,
)
from hirelens_cli.model.tables import JobVectors, Pool, ScoredJob
from hirelens_cli.scores.combine import score_job

TEXT = """[name]
Experience
Data Engineer, Kornhaus GmbH, 2020-03 to present
- Built nightly pipelines in Python and Airflow for 300 shops
- Watched data quality
Developer, Murmel AG, 2017-01 to 2020-02
- Wrote reports in SQL
Education
BSc Computer Science, 2016
Skills
Python, SQL, Docker
German (B2)"""
NOW = month_of(2026, 11)


def at(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def spanning(first: str, last: str) -> Span:
    return Span(at(first).start, at(last).end)


_HEADS = ("Data Engineer, Kornhaus GmbH, 2020-03 to present", "Developer, Murmel AG, 2017-01 to 2020-02")
_PASSAGES = (
    ("- Built nightly pipelines in Python and Airflow for 300 shops", SectionKind.EXPERIENCE, 0),
    ("- Watched data quality", SectionKind.EXPERIENCE, 0),
    ("- Wrote reports in SQL", SectionKind.EXPERIENCE, 1),
    ("Python, SQL, Docker", SectionKind.SKILLS, None),
)
PROFILE = Profile(
    doc_id="d" * 64,
    text=TEXT,
    page_starts=(0, at("Education").start),
    language="en",
    identity=Identity(),
    sections=(),
    titles=("Data Engineer", "Developer"),
    skills=(
        SkillUse("Airflow", Known.USED, (at("Airflow"),), (0,), 81, NOW),
        SkillUse("Docker", Known.STATED, (at("Docker"),)),
        SkillUse("Python", Known.USED, (at("Python", 1), at("Python")), (0,), 81, NOW),
        SkillUse("SQL", Known.USED, (at("SQL"), at("SQL", 1)), (1,), 38, month_of(2020, 2)),
    ),
    positions=(
        Position(
            "Data Engineer",
            "Kornhaus GmbH",
            month_of(2020, 3),
            NOW,
            True,
            81,
            spanning(_HEADS[0], "quality"),
            at(_HEADS[0]),
        ),
        Position(
            "Developer",
            "Murmel AG",
            month_of(2017, 1),
            month_of(2020, 2),
            False,
            38,
            spanning(_HEADS[1], "in SQL"),
            at(_HEADS[1]),
        ),
    ),
    education=(Education("BSc", 3, "Computer Science", "", 2016, at("BSc Computer Science, 2016")),),
    certificates=(),
    projects=(),
    languages=(LanguageSkill("German", "B2", at("German (B2)")),),
    passages=tuple(Passage(text, at(text), section, position) for text, section, position in _PASSAGES),
    months_total=119,
    quality=Quality("high"),
)


def _asked(text: str, kind: RequirementKind, *, must: bool = True, **more: object) -> Requirement:
    return Requirement(text, kind, must, None, **more)  # type: ignore[arg-type]


_K = RequirementKind
JOB = Job(
    job_id="j" * 64,
    name="job.txt",
    title="Data Engineer",
    seniority=4,
    text="Build pipelines and watch the quality of data",
    source_text="Build pipelines and watch the quality of data",
    requirements=(
        _asked("Data Engineer", _K.TITLE, must=False),
        _asked("5+ years of experience", _K.YEARS, minimum=60),
        _asked("Senior level", _K.SENIORITY, must=False, minimum=4),
        _asked("Bachelor's degree", _K.DEGREE, minimum=3, fields=("computer science",)),
        _asked("Python", _K.SKILL, any_of=("Python",)),
        _asked("SQL or Perl", _K.SKILL, any_of=("SQL", "Perl")),
        _asked("Docker", _K.SKILL, must=False, any_of=("Docker",)),
        _asked("Kubernetes", _K.SKILL, any_of=("Kubernetes",)),
        _asked("German C1", _K.LANGUAGE, any_of=("German",), level="C1"),
        _asked("Watch the quality of data", _K.RESPONSIBILITY, must=False),
        _asked("The job as a whole", _K.DOMAIN, must=False),
        _asked("Can you travel?", _K.QUESTION),
    ),
)


@dataclass(frozen=True)
class Case:
    profile: Profile
    job: Job
    pool: Pool
    scored: ScoredJob


def _vectors(count: int) -> np.ndarray:
    """Passage i points along axis i."""
    return (np.eye(count, 8) * 2047).astype(np.float32)


@pytest.fixture
def case() -> Case:
    pool = pool_of(profile_rows([(PROFILE.doc_id, PROFILE, NOW)]), _vectors(len(PROFILE.passages)))
    requirements = np.zeros((len(JOB.requirements), 8), np.float32)
    requirements[9, 1] = 2047  # the second passage says exactly this
    requirements[10, 0] = 2047
    whole = np.full(8, 700, np.float32)
    vectors = JobVectors(requirements, whole, whole, requirement_terms=((),) * 12, terms=(("pipelin", 1),))
    assert isinstance(pool.candidates, pl.DataFrame)
    return Case(PROFILE, JOB, pool, score_job(pool, JOB, vectors, Weights()))
