from __future__ import annotations

import json

from hirelens_cli.errors import ExitCode


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
