from __future__ import annotations

import json
from pathlib import Path

import pytest

from hirelens_cli.backends.embedders import factory, static
from hirelens_cli.errors import ExitCode


def findings(ended):
    return {item["check"]: item for item in json.loads(ended.out)}


def test_a_sound_installation(run):
    ended = run("doctor", "--format", "json")
    found = findings(ended)
    assert ended.code == 0
    assert {"hirelens", "python", "duckdb", "embedder static", "embedder minilm", "workspace", "disk"} <= set(found)
    assert any(name.startswith("sandbox") for name in found)
    assert found["embedder static"]["state"] == "ok"


def test_a_damaged_model_is_a_problem_with_a_fix(run, monkeypatch):
    factory._make.cache_clear()
    monkeypatch.setattr(static, "WEIGHTS_SHA256", "0" * 64)
    ended = run("doctor", "--format", "json")
    assert ended.code == ExitCode.MISSING_EXTRA
    assert findings(ended)["embedder static"]["fix"]


def test_a_workspace_that_others_can_read(run):
    run("--version")
    Path("ws").mkdir(mode=0o755)
    Path("ws").chmod(0o755)
    ended = run("doctor", "--workspace", "ws")
    assert ended.code == ExitCode.MISSING_EXTRA
    assert "chmod 700 ws" in ended.out


@pytest.mark.parametrize("width", ["80", "140"])
def test_a_table_for_people(run, monkeypatch, width):
    run("--version")
    monkeypatch.setenv("COLUMNS", width)
    ended = run("doctor")
    assert max(map(len, ended.out.splitlines())) <= int(width)
