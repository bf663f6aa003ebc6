from __future__ import annotations

import json

from hirelens_cli.errors import ExitCode


def test_counts_and_reasons(run, app):
    ended = run("ingest", "resumes")
    assert ended.code == ExitCode.UNSCREENED
    assert "5 found: 3 read, 1 not screened, 1 duplicates" in ended.out
    assert "ruth.pdf  image_only" in ended.out


def test_json(run, app):
    record = json.loads(run("ingest", "a", "b", "--format", "json", "--allow-unscreened").out)
    assert record["counts"] == {"found": 5, "read": 3, "unscreened": 1, "duplicates": 1}
    assert app.calls[0][1][0] == ["a", "b"]


def test_stopping_says_what_is_kept(run, app):
    app.failure = KeyboardInterrupt()
    ended = run("ingest", "a")
    assert ended.code == ExitCode.INTERRUPTED
    assert "kept in .hirelens" in ended.err
