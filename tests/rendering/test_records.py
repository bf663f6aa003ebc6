from __future__ import annotations

from hirelens_cli.model.jobs import Criterion
from hirelens_cli.rendering.records import criterion_points, criterion_weights


def test_criteria_share_the_score_and_the_hundred_points(shortlist):
    job = shortlist.jobs[0]
    assert sum(criterion_weights(job).values()) == 10_000
    for ranked in job.candidates:
        assert sum(criterion_points(ranked).values()) == ranked.score
    assert criterion_points(job.candidates[0])[Criterion.PROJECTS] == 1426
