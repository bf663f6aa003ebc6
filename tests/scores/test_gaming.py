"""Nothing is gained by saying a thing twice, hiding it, or repeating what the job says; true work is never lost."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from hirelens_cli.model.jobs import RequirementKind
from hirelens_cli.model.tables import ScoredJob

Score = Callable[..., ScoredJob]

JOB = """Backend Developer
Responsibilities
- Design and build services for the booking of ferry tickets
- Review the code of colleagues and help them grow
- Keep the services fast and safe in operation
Requirements
- 3 years of experience with Python
- PostgreSQL and Docker
- Kubernetes
- Good command of English
"""
HONEST = """Kim Example
Developer
Experience
Developer, Seeweg GmbH
April 2021 - present
- Built the ticket shop of a small museum in Python
- Looked after the PostgreSQL database
Shop Assistant, Laden & Co
May 2018 - March 2021
- Served customers and kept the shelves in order
Education
BSc Physics, 2018
Skills
Python, PostgreSQL, Git
"""
ADDED = {
    "a skill fifty times": "Skills\n" + ", ".join(["Python"] * 50),
    "the skills section twice": "Skills\nPython, PostgreSQL, Git",
    "a line of work twice": "Experience\n- Built the ticket shop of a small museum in Python",
    "the job pasted at the end": JOB,
    "the job pasted in one line": " ".join(JOB.split()),
    "the job pasted under a heading": "Additional information\n" + JOB,
}


def _points(scored: ScoredJob) -> dict[str, list[int]]:
    names = [f"{asked.kind.value}: {asked.text}" for asked in scored.job.requirements]
    return {name: scored.points[:, index].tolist() for index, name in enumerate(names)}


@pytest.mark.parametrize("added", ADDED.values(), ids=ADDED)
def test_repeats_and_copies_gain_nothing(score: Score, added: str) -> None:
    scored = score(JOB, HONEST, f"{HONEST}{added}\n")
    assert scored.scores[1] <= scored.scores[0], _points(scored)


def test_the_job_pasted_into_the_last_position_gains_nothing(score: Score) -> None:
    pasted = HONEST.replace(
        "- Looked after", JOB.replace("Responsibilities\n", "").replace("Requirements\n", "") + "- Looked after"
    )
    scored = score(JOB, HONEST, pasted)
    assert scored.scores[1] <= scored.scores[0], _points(scored)


def test_a_listed_skill_is_worth_less_than_one_shown_in_work(score: Score) -> None:
    listed = HONEST.replace("Git\n", "Git, Docker, Kubernetes\n")
    shown = HONEST.replace("in Python\n", "in Python with Docker and Kubernetes\n")
    scored = score(JOB, listed, shown)
    for name in ("Docker", "Kubernetes"):
        [index] = [at for at, asked in enumerate(scored.job.requirements) if asked.text == name]
        assert 0 < scored.values[0, index] < scored.values[1, index]


@pytest.mark.parametrize("skill", ["Docker", "Kubernetes", "Python", "PostgreSQL"])
@pytest.mark.parametrize("place", ["Built the ticket shop", "Served customers", "Looked after"])
def test_a_true_dated_skill_never_lowers_the_skill_parts(score: Score, skill: str, place: str) -> None:
    more = HONEST.replace(f"- {place}", f"- Used {skill} every day\n- {place}")
    scored = score(JOB, HONEST, more)
    skills = [asked.kind is RequirementKind.SKILL for asked in scored.job.requirements]
    assert sum(skills) >= 4
    assert (scored.values[1, skills] >= scored.values[0, skills]).all()


def test_more_of_the_asked_work_raises_the_score(score: Score) -> None:
    better = HONEST.replace(
        "- Looked after", "- Designed booking services with Docker and Kubernetes and kept them fast\n- Looked after"
    )
    scored = score(JOB, HONEST, better)
    assert scored.scores[1] > scored.scores[0] + 300


def test_words_of_ones_own_are_not_taken_for_copies(score: Score) -> None:
    """Using a phrase of the job within one's own sentence is how people write."""
    own = HONEST.replace("in Python\n", "in Python and reviewed the code of colleagues there every week\n")
    scored = score(JOB, HONEST, own)
    [index] = [at for at, asked in enumerate(scored.job.requirements) if asked.text.startswith("Review the code")]
    assert scored.values[1, index] > scored.values[0, index]
    assert np.array_equal(scored.points.sum(axis=1), scored.scores)
