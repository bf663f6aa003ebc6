from __future__ import annotations

import json
from dataclasses import replace
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


def test_a_requirement_that_the_user_weighed_shows_what_was_suggested(shortlist):
    job = shortlist.jobs[0]
    ranked = job.candidates[0]
    assert not any("by you" in step.reason for stage in waterfall(job, ranked) for step in stage.steps)
    index = ranked.parts[0].index
    asked = tuple(replace(item, weight=2.0) if at == index else item for at, item in enumerate(job.requirements))
    told = waterfall(replace(job, requirements=asked, suggested=(1234,) * len(asked)), ranked)
    reasons = [step.reason for stage in told for step in stage.steps if "by you" in step.reason]
    assert len(reasons) == 1
    assert reasons[0].endswith("; weighed 2 by you, 12.34 points suggested")
