from __future__ import annotations

import json

import pytest

from hirelens_cli.errors import ExitCode
from hirelens_cli.model.comparisons import Cost, JobCost, Move, PartChange, Reweighted, Share, Standing, WhatIf
from hirelens_cli.model.jobs import Criterion

from .test_tables import check_snapshot

PART = PartChange("Python", Criterion.SKILLS, True, Share(4000, 900, 3600), Share(5000, 900, 4500))
FOUND = WhatIf(
    "ab" * 8,
    "job.txt",
    "Engineer",
    3,
    (Reweighted("Python", Criterion.SKILLS, 4000, 5000),),
    (
        Move("1" * 16, "amara.pdf", "Amara", Standing(2, 5000), Standing(1, 5900), (PART,)),
        Move("2" * 16, "tomas.pdf", "", Standing(1, 5500), Standing(2, 5500)),
    ),
    2,
)
COST = JobCost(
    "ab" * 8,
    "job.txt",
    "Engineer",
    4,
    (
        Cost("Python", Criterion.SKILLS, True, 4000, 3, 1, 1234, 1, ("[bold]a.pdf",)),
        Cost("Go", Criterion.SKILLS, False, 500, 4, 0, 0, None),
    ),
)


@pytest.fixture
def history(app):
    """The looking back, replaced."""
    app.answers |= {"what_if": FOUND, "job_cost": COST}
    return app


def test_the_new_order_beside_the_old(run, history, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    arguments = ("--job", "j", "--weight", "skills=50", "--without", "Go", "--run", "abab", "--top", "2", "--blind")
    ended = run("whatif", *arguments)
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    assert "2 of 3 would change places" in ended.out
    assert [cell.strip() for cell in ended.out.splitlines()[3].split("  ") if cell.strip()] == [
        "1",
        "2 ↑",
        "59.00",
        "+9.00",
        "Amara, amara.pdf",
        "Python +9.00",
    ]
    assert "Weights: Python 40.00 → 50.00" in ended.out
    assert "The best 2 of 3" in ended.out
    (_, (job, weights, without, settings), more) = history.calls[0]
    assert (job, weights, without, more) == ("j", {"skills": 50.0}, ["Go"], {"run": "abab"})
    assert (settings.top, settings.blind) == (2, True)


@pytest.mark.parametrize("width", [80, 120, 200])
def test_the_new_order_looks_like_this(run, history, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    check_snapshot(f"whatif-{width}.txt", run("whatif", "--job", "j", "--weight", "skills=50").out)


def test_whatif_as_json(run, history, tmp_path):
    record = json.loads(run("whatif", "--job", "j", "--without", "Go", "-f", "json").out)
    assert record["candidates"][0]["before"] == {"rank": 2, "score": 50.0}
    assert record["weights"][0]["after"] == 50.0
    assert run("whatif", "--job", "j", "--without", "Go", "-o", "x.txt").out == ""
    assert "Amara" in (tmp_path / "x.txt").read_text()


@pytest.mark.parametrize("arguments", [(), ("--weight", "skills"), ("--weight", "skill=3"), ("--weight", "skills=-1")])
def test_what_cannot_be_meant(run, history, arguments):
    ended = run("whatif", "--job", "j", *arguments)
    assert ended.code == ExitCode.USAGE
    assert "hint" in ended.err
    assert history.calls == []


def test_job_cost(run, history):
    ended = run("job", "cost", "j", "--run", "latest")
    assert ended.code == ExitCode.DONE
    assert ended.out.splitlines()[3].split() == ["must", "Python", "40.00", "12.34", "3", "75%", "1", "1"]
    assert history.calls[0][2] == {"run": "latest"}
    first, second = json.loads(run("job", "cost", "j", "-f", "json").out)["requirements"]
    assert (first["share_without"], first["alone"], first["left"]) == (0.75, 1, 1)
    assert (second["share_without"], second["alone"], second["left"]) == (1.0, None, None)


def test_job_cost_names_whom_one_must_leaves_out(run, history):
    assert "Python  [bold]a.pdf" in run("job", "cost", "j").out
    record = json.loads(run("job", "cost", "j", "-f", "json").out)
    assert [item["alone_candidates"] for item in record["requirements"]] == [["[bold]a.pdf"], []]


def test_job_cost_of_a_pool_ranks_it_first(run, history):
    ended = run("job", "cost", "j", "resumes/", "more/", "--blind", "--as-of", "2026-11-01", "--quiet")
    assert (ended.code, ended.err) == (ExitCode.UNSCREENED, "")
    (ranked, (resumes, jobs, settings), _), (priced, (job, same), more) = history.calls
    assert (ranked, resumes, jobs, settings.blind) == ("rank", ["resumes/", "more/"], ["j"], True)
    assert (priced, job, same, more) == ("job_cost", "j", settings, {"run": history.shortlist.run})
    assert run("job", "cost", "j", "resumes/", "--allow-unscreened").code == ExitCode.DONE


def test_job_cost_of_two_pools_cannot_be_meant(run, history):
    ended = run("job", "cost", "j", "resumes/", "--run", "latest")
    assert (ended.code, history.calls) == (ExitCode.USAGE, [])
