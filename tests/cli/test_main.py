"""The whole program, as a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hirelens_cli import __version__
from hirelens_cli.errors import ExitCode

HIRELENS = [sys.executable, "-m", "hirelens_cli"]
STUB = """
import sys, time, types, os
import hirelens_cli
fake = types.ModuleType("hirelens_cli.app")
def rank(*args, **kwargs):
    print("ready", flush=True)
    time.sleep(60)
fake.rank = rank
sys.modules["hirelens_cli.app"] = hirelens_cli.app = fake
sys.argv = ["hirelens", "rank", "a", "--job", "j"]
from hirelens_cli.cli.main import run
run()
"""


def test_version(run):
    ended = run("--version")
    assert (ended.code, ended.out) == (0, f"hirelens {__version__}\n")


@pytest.mark.parametrize("arguments", [(), ("config",)])
def test_a_group_alone_shows_its_help(run, arguments):
    ended = run(*arguments)
    assert (ended.code, ended.out) == (ExitCode.USAGE, "")
    assert ended.err.startswith("Usage: hirelens")


def test_help_goes_to_stdout(run):
    ended = run("rank", "--help")
    assert (ended.code, ended.err) == (0, "")
    assert "Examples:" in ended.out


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_end_with_their_codes(number, code):
    process = subprocess.Popen([sys.executable, "-c", STUB], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.05)
    process.send_signal(number)
    _, err = process.communicate(timeout=20)
    assert process.returncode == code
    assert "is kept in .hirelens" in err
    assert "Traceback" not in err


@pytest.mark.slow
def test_a_closed_pipe_ends_quietly(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*HIRELENS, "config", "show"], stdout=writing, stderr=subprocess.PIPE, cwd=tmp_path)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_an_output_error(tmp_path):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*HIRELENS, "config", "show"], stdout=full, stderr=subprocess.PIPE, cwd=tmp_path)
    assert done.returncode == ExitCode.OUTPUT
    assert b"Traceback" not in done.stderr


@pytest.mark.slow
def test_an_ascii_terminal_shows_escapes(tmp_path):
    (tmp_path / "hirelens.toml").write_text('workspace = "Zoë"\n', encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run([*HIRELENS, "config", "show"], capture_output=True, cwd=tmp_path, env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Zo\\xeb" in done.stdout
