from __future__ import annotations

import json
from decimal import Decimal

from hirelens_cli.rendering.waterfall import explanation_json, explanation_markdown, waterfall


def test_steps_sum_to_the_score(shortlist):
    job = shortlist.jobs[0]
    for ranked in job.candidates:
        stages = waterfall(job, ranked)
        assert sum(Decimal(step.points) for stage in stages for step in stage.steps) == Decimal(ranked.score) / 100
        assert all(sum(Decimal(step.points) for step in stage.steps) == Decimal(stage.points) for stage in stages)
        assert sum(Decimal(stage.weight) for stage in stages) == 100


def test_json_and_markdown(shortlist):
    job = shortlist.jobs[0]
    record = json.loads(explanation_json(job, job.candidates[0]))
    assert (record["schema"], record["candidate"]["rank"]) == ("hirelens.explanation/1", 1)
    text = explanation_markdown(job, job.candidates[0]).decode()
    assert "## projects: 14.26 of 20.00" in text
    assert "p.1 “Designed REST APIs in Python”" in text
