"""`hirelens cluster local` and the options that lead to a cluster."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from hirelens_cli.cli.main import main
from hirelens_cli.errors import ExitCode

RANK = ["rank", "nowhere", "--job", "nothing.txt"]


def test_other_machines_without_tls_are_refused_before_anything_is_read(
    tmp_path, monkeypatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*RANK, "--scheduler", "tcp://10.0.0.7:8786"]) == ExitCode.USAGE
    assert "tcp://10.0.0.7:8786 is refused" in capsys.readouterr().err
    assert main([*RANK, "--engine", "dask"]) == ExitCode.USAGE
    assert "needs the address of a scheduler" in capsys.readouterr().err
    assert main([*RANK, "--scheduler", "tls://10.0.0.7:8786", "--tls-ca", "ca.pem"]) == ExitCode.USAGE
    assert "no file ca.pem" in capsys.readouterr().err


def test_workers_below_zero_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cluster", "local", "--workers", "-1"]) == ExitCode.USAGE
    assert "--workers" in capsys.readouterr().err


@pytest.mark.extras
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_cluster_says_how_to_use_it_and_stops_when_it_is_told(how: signal.Signals) -> None:
    from distributed import Client

    command = [sys.executable, "-m", "hirelens_cli", "cluster", "local", "--workers", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("hirelens rank RESUMES --job JD --scheduler tcp://127.0.0.1:")
    with Client(line.split()[-1], set_as_default=False) as client:
        (worker,) = client.run(os.getpid).values()
    process.send_signal(how)
    _, err = process.communicate(timeout=30)
    assert process.returncode == ExitCode.DONE
    assert "Traceback" not in err
    assert "stopping" in err
    _gone(worker)


def _gone(pid: int) -> None:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError("a worker outlives its cluster")
