from __future__ import annotations

import json
import socket
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


def test_ocr_that_is_not_there_is_no_problem_and_has_a_fix(run, monkeypatch):
    monkeypatch.setattr("hirelens_cli.documents.ocr.installed", lambda: False)
    ended = run("doctor", "--format", "json")
    assert ended.code == 0
    assert findings(ended)["ocr"]["state"] == "absent"
    assert findings(ended)["ocr"]["fix"] == "pip install 'hirelens[ocr]'"


def test_a_damaged_store_is_found(run):
    run("--version")
    Path("ws").mkdir(mode=0o700)
    Path("ws/hirelens.duckdb").write_bytes(b"no database")
    ended = run("doctor", "--workspace", "ws", "--format", "json")
    assert ended.code == ExitCode.MISSING_EXTRA
    assert findings(ended)["store"]["state"] == "problem"
    assert findings(ended)["store"]["fix"]


def test_a_scheduler_is_asked_where_one_is_named(run):
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        there = run("doctor", "--scheduler", address, "--format", "json")
    gone = run("doctor", "--scheduler", address, "--format", "json")
    open_to_all = run("doctor", "--scheduler", "tcp://10.0.0.1:8786", "--format", "json")
    assert [findings(ended)["cluster"]["state"] for ended in (there, gone, open_to_all)] == ["ok", "problem", "problem"]
    assert "cluster" not in findings(run("doctor", "--format", "json"))
