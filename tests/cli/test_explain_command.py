from __future__ import annotations

import json

from hirelens_cli.errors import ExitCode
from hirelens_cli.model.comparisons import Lift, Step
from hirelens_cli.model.jobs import Criterion

LIFTS = (
    Lift(
        "rank 2",
        2,
        500,
        (Step("Python", Criterion.SKILLS, True, 400, 400), Step("Go", Criterion.SKILLS, False, 100, 250)),
    ),
    Lift("the best quarter", 1, 9000, ()),
)


def test_the_waterfall(run, app):
    ended = run("explain", "amara.pdf", "--job", "job.txt", "--workspace", "ws", "--blind")
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    assert "Score 86.76 = 40.00 skills + 25.00 experience + 14.26 projects + 7.50 domain" in ended.out
    assert "p.1 “Designed REST APIs in Python”" in ended.out
    name, (candidate, job, config), _ = app.calls[0]
    assert (name, candidate, job, config.workspace, config.blind) == ("explain", "amara.pdf", "job.txt", "ws", True)


def test_other_formats(run, app):
    assert json.loads(run("explain", "a", "--job", "j", "-f", "json").out)["candidate"]["score"] == 86.76
    assert run("explain", "a", "--job", "j", "-f", "md").out.startswith("# Amara Okonjo for Senior Backend Engineer")


def test_a_job_is_needed(run, app):
    ended = run("explain", "a")
    assert ended.code == ExitCode.USAGE
    assert "--job" in ended.err


def test_what_would_change_it(run, app):
    app.answers["lifts"] = LIFTS
    out = " ".join(run("explain", "a", "--job", "j").out.split())
    assert (
        "Rank 2 needs 5.00 points more: Python (all 4.00 that it lost) and Go (1.00 of the 2.50 that it lost)." in out
    )
    assert "The best quarter needs 90.00 points more: more than all requirements together lost." in out
    assert "**What would change it**" in run("explain", "a", "--job", "j", "-f", "md").out
    lifts = json.loads(run("explain", "a", "--job", "j", "-f", "json").out)["lifts"]
    assert (lifts[0]["needed"], lifts[0]["steps"][1]["gain"], lifts[1]["possible"]) == (5.0, 1.0, False)


def test_two_candidates_part_by_part(run, app, shortlist, monkeypatch):
    job = shortlist.jobs[0]
    answers = {"amara": (job, job.candidates[0]), "tomas": (job, job.candidates[1])}
    app.answers["explain"] = None
    monkeypatch.setattr(app.__class__, "explain", lambda _self, who, *_rest, **_more: answers[who], raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    out = run("explain", "amara", "--job", "j", "--against", "tomas").out
    assert "Amara Okonjo (A, rank 1) against Tomas Lindqvist (B, rank 2)" in out
    rows = [line.split("  ")[0] for line in out.splitlines() if "+" in line]
    assert rows.index("5+ years of experience (must)") < rows.index("Build services")
    assert "Equal in: Python" in out
    assert "+25.00" in out
    record = json.loads(run("explain", "amara", "--job", "j", "--against", "tomas", "-f", "json").out)
    assert record["difference"] == round(sum(item["difference"] for item in record["differences"]), 2)
    assert record["differences"][0]["reasons"] == ["used for 38 months", "no evidence"]
    assert "| 5+ years" in run("explain", "amara", "--job", "j", "--against", "tomas", "-f", "md").out
