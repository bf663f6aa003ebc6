from __future__ import annotations

import json
from dataclasses import replace

import pytest

from hirelens_cli.errors import ExitCode
from hirelens_cli.model.comparisons import (
    Check,
    Execution,
    JobDiff,
    Move,
    PartChange,
    Result,
    Reweighted,
    RunDetails,
    RunDiff,
    RunJob,
    RunSummary,
    Setting,
    Share,
    Standing,
    Verdict,
)
from hirelens_cli.model.jobs import Criterion
from hirelens_cli.model.results import RunRecord
from hirelens_cli.model.shortlists import Counts

from .test_tables import check_snapshot

RUN = "ab" * 8
RECORD = RunRecord(
    RUN, "2026-11-23", "c" * 16, "static", "e" * 64, "f" * 16, "0.1.0", 20, Counts(5, 3, 1, 1), ("j" * 64,), "d" * 64
)
SUMMARY = RunSummary(RECORD, RUN[:8], ("job.txt", "other.txt"), (Execution("2026-11-23T10:11:12+00:00", "kim", 4.2),))
DETAILS = RunDetails(
    SUMMARY, (RunJob("job.txt", "Engineer", 3, 5, 8676),), ("resumes",), ("jobs",), "m.csv", (("top", "0"),)
)
PART = PartChange("Python", Criterion.SKILLS, True, Share(4000, 500, 2000), Share(5000, 1000, 5000))
MOVE = Move("1" * 16, "amara.pdf", "Amara [red]O", Standing(3, 4000), Standing(1, 7000), (PART,))
GONE = Move("2" * 16, "tomas.pdf", "", Standing(1, 6000), None)
JOB = JobDiff(
    "job.txt", "Engineer", (Reweighted("Python", Criterion.SKILLS, 4000, 5000),), (MOVE, GONE), 4, 0, 1, unchanged=2
)
DIFF = RunDiff(RUN, "cd" * 8, False, (Setting("weights.skills", "40.0", "50.0"),), (JOB,), ("gone.txt",), ())
HOLDS = Verdict(RUN, (Check("ledger", Result.EQUAL, "all 2 lines follow"), Check("replay", Result.EQUAL, "equal")))


@pytest.fixture
def history(app):
    """The looking back, replaced."""
    app.answers |= {"list_runs": (SUMMARY,), "show_run": DETAILS, "diff_runs": DIFF, "verify_run": HOLDS}
    return app


def test_list(run, history):
    ended = run("runs", "list", "--workspace", "ws")
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    assert "abababab" in ended.out
    assert "2026-11-23 10:11" in ended.out
    assert history.calls[0][1][0].workspace == "ws"
    (record,) = json.loads(run("runs", "list", "-f", "json").out)["runs"]
    assert (record["run"], record["jobs"], record["executions"][0]["who"]) == (RUN, ["job.txt", "other.txt"], "kim")


def test_an_empty_list_says_what_to_do(run, history):
    history.answers["list_runs"] = ()
    assert "hirelens rank" in run("runs", "list").out


def test_show(run, history):
    ended = run("runs", "show", "abab")
    assert ended.code == ExitCode.DONE
    assert all(text in ended.out for text in (RUN, "d" * 16, "2026-11-23 10:11 UTC by kim", "86.76", "m.csv"))
    record = json.loads(run("runs", "show", "latest", "-f", "json").out)
    assert (record["schema"], record["settings"], record["jobs"][0]["best"]) == ("hirelens.run/1", {"top": "0"}, 86.76)
    assert history.calls[1][1][0] == "latest"


def test_diff(run, history, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    ended = run("runs", "diff", "abab", "latest", "--top", "2", "--blind")
    assert ended.code == ExitCode.DONE
    for text in (
        "Engineer (job.txt): 3 changed, 1 gone, 2 unchanged",
        "3 → 1",
        "70.00 (+30.00)",
        "Python +30.00 (value 0.50 → 1.00, weight 40.00 → 50.00)",
        "Amara [red]O",
        "not scored any more",
        "Weights: Python 40.00 → 50.00",
        "The 2 largest changes of 4",
        "gone.txt",
    ):
        assert text in ended.out
    settings = history.calls[0][1][2]
    assert (settings.top, settings.blind) == (2, True)
    move = json.loads(run("runs", "diff", "a", "b", "-f", "json").out)["jobs"][0]["moves"][0]
    assert move["after"] == {"rank": 1, "score": 70.0}
    assert move["parts"][0]["before"] == {"weight": 40.0, "value": 0.5, "points": 20.0}
    assert "name" not in move


@pytest.mark.parametrize("width", [80, 120, 200])
def test_a_diff_looks_like_this(run, history, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    check_snapshot(f"diff-{width}.txt", run("runs", "diff", "cdcd", "abab").out)


def test_a_diff_of_equals(run, history):
    history.answers["diff_runs"] = replace(DIFF, equal=True, settings=(), jobs=())
    assert "are equal" in run("runs", "diff", "a", "b").out


def test_verify(run, history):
    ended = run("runs", "verify", "latest", "--workers", "1")
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    assert f"Run {RUN}: equal" in ended.out
    assert json.loads(run("runs", "verify", "latest", "-f", "json").out)["holds"] is True


def test_verify_ends_with_8_where_it_differs(run, history):
    differs = Check("tables", Result.DIFFERS, "the tables have another digest")
    history.answers["verify_run"] = Verdict(RUN, (differs,), (JOB,))
    ended = run("runs", "verify", "latest")
    assert ended.code == ExitCode.GATE
    assert "differs" in ended.out
    assert "✗" in ended.out
    assert "is not what it was" in ended.err


def test_verify_does_not_claim_what_it_did_not_do(run, history):
    skipped = Check("replay", Result.SKIPPED, "not replayed: no documents found")
    history.answers["verify_run"] = Verdict(RUN, (*HOLDS.checks[:1], skipped))
    ended = run("runs", "verify", "latest")
    assert ended.code == ExitCode.DONE
    assert "as far as it was checked, equal" in ended.out
