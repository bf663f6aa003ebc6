from __future__ import annotations

import json

import pytest

from hirelens_cli.errors import ExitCode
from hirelens_cli.model.decisions import Choice, Decision

KEPT = Decision(
    3,
    "2026-11-23T10:00:00+00:00",
    "kim",
    "r" * 16,
    "job.txt",
    "j" * 64,
    "a" * 16,
    "hold",
    "ask first",
    2,
    5100,
    "d" * 64,
)


@pytest.fixture
def history(app):
    """The looking back, replaced."""
    app.answers["decide"] = KEPT
    return app


def test_what_was_kept_is_shown(run, history):
    ended = run("decide", "amara.pdf", "hold", "--job", "j", "--reason", "ask first", "--by", "kim", "--run", "latest")
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    assert all(text in ended.out for text in ("hold", "ask first", "rank 2, score 51.00", "kim"))
    _, (candidate, job, choice, reason, _), more = history.calls[0]
    assert (candidate, job, choice, reason) == ("amara.pdf", "j", Choice.HOLD, "ask first")
    assert more == {"run": "latest", "who": "kim"}
    record = json.loads(run("decide", "a", "hold", "--job", "j", "--reason", "x", "-f", "json").out)
    assert (record["score"], record["digest"], record["sequence"]) == (51.0, "d" * 64, 3)


@pytest.mark.parametrize("arguments", [("a", "maybe", "-j", "j", "--reason", "x"), ("a", "hold", "-j", "j")])
def test_what_cannot_be_meant(run, history, arguments):
    assert run("decide", *arguments).code == ExitCode.USAGE
    assert history.calls == []
