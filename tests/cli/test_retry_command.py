from __future__ import annotations

import json

from hirelens_cli.errors import ExitCode


def test_other_limits_reach_the_library(run, app):
    app.answers["retry"] = app.shortlist
    ended = run("retry", "--cpu-seconds", "60", "--memory-mb", "2048", "--max-pages", "9", "--accept-any", "-f", "json")
    assert ended.code == ExitCode.UNSCREENED
    assert json.loads(ended.out)["counts"]["found"] == 5
    name, (config,), _ = app.calls[0]
    assert name == "retry"
    assert (config.limits.cpu_seconds, config.limits.memory_mb, config.limits.max_pages) == (60, 2048, 9)
    assert config.accept_any


def test_impossible_limits(run, app):
    assert run("retry", "--cpu-seconds", "0").code == ExitCode.USAGE
