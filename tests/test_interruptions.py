"""A run that was killed anywhere is finished by running it again, and nobody can tell from the result."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hirelens_cli.engine.parts import Receipt
from hirelens_cli.errors import ExitCode
from hirelens_cli.governance import ledger
from hirelens_cli.model.codec import decode

KILLS = int(os.environ.get("HIRELENS_KILLS", "8"))
"""Moments at which a run is killed; 100 for a long check."""

TRADES = ("nurse", "welder", "teacher", "accountant", "driver", "engineer")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "resumes").mkdir()
    for number in range(24):
        trade = TRADES[number % len(TRADES)]
        text = (
            f"Person Number{number}\nnumber{number}@mail.example\n\nExperience\n{trade.title()}, Company {number}\n"
            f"01/20{number % 10 + 10} - Present\n- Worked as a {trade} for {number + 1} customers every week\n"
        )
        (folder / "resumes" / f"{number}.txt").write_text(text)
    (folder / "job.txt").write_text(
        "Welder\n\nRequirements\n- 3 years of experience as a welder\n- MIG and TIG welding\n"
    )
    return folder


def command(inputs: Path, workspace: Path) -> list[str]:
    line = ["-m", "hirelens_cli", "rank", str(inputs / "resumes"), "--job", str(inputs / "job.txt"), "--format", "json"]
    return [sys.executable, *line, "--as-of", "2026-11-23", "--workers", "2", "--workspace", str(workspace)]


def environment() -> dict[str, str]:
    return {**os.environ, "HIRELENS_CHUNK": "2"}


def finish(inputs: Path, workspace: Path) -> bytes:
    done = subprocess.run(command(inputs, workspace), env=environment(), capture_output=True, timeout=120, check=False)
    assert done.returncode == ExitCode.DONE, done.stderr.decode()
    return done.stdout


def kill_after(inputs: Path, workspace: Path, seconds: float, sign: signal.Signals) -> int:
    with subprocess.Popen(
        command(inputs, workspace), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            return process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(sign)
            return process.wait(timeout=30)


@pytest.mark.slow
def test_kill_at_random_moments(inputs: Path, tmp_path: Path) -> None:
    started = time.monotonic()
    expected = finish(inputs, tmp_path / "undisturbed")
    seconds = time.monotonic() - started
    moments = random.Random(2026)
    for number in range(KILLS):
        workspace = tmp_path / f"killed{number}"
        acknowledged: set[str] = set()
        for _ in range(2):
            kill_after(inputs, workspace, moments.uniform(0.3, seconds), signal.SIGKILL)
            there = keys(workspace)
            assert acknowledged <= there, "an acknowledged part was lost"
            acknowledged = there
        assert finish(inputs, workspace) == expected
        assert ledger.broken_at(ledger.read(workspace / "ledger.jsonl")) is None
        assert len(list(workspace.rglob("*.tmp"))) <= 4, "what was in flight is all that may be left half-written"


def keys(workspace: Path) -> set[str]:
    """What the receipts say is there."""
    found = set()
    for path in (workspace / "parts").rglob("*.json"):
        if path.parent.parent.name in {"documents", "profiles", "vectors"}:
            receipt = decode(path.read_bytes(), Receipt)
            found |= {f"{receipt.stage}:{receipt.fingerprint}:{key}" for key in receipt.keys}
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sign", "code"), [(signal.SIGINT, ExitCode.INTERRUPTED), (signal.SIGTERM, ExitCode.TERMINATED)]
)
def test_a_polite_stop_ends_within_five_seconds_and_goes_on_later(
    inputs: Path, tmp_path: Path, sign: signal.Signals, code: ExitCode
) -> None:
    expected = finish(inputs, tmp_path / "undisturbed")
    workspace = tmp_path / "stopped"
    with subprocess.Popen(command(inputs, workspace), env=environment(), stdout=subprocess.PIPE) as process:
        deadline = time.monotonic() + 30
        while not keys_or_none(workspace) and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(sign)
        asked = time.monotonic()
        assert process.wait(timeout=30) in {code, ExitCode.DONE}
        assert time.monotonic() - asked < 5
    assert finish(inputs, workspace) == expected


def keys_or_none(workspace: Path) -> set[str]:
    return keys(workspace) if (workspace / "parts").is_dir() else set()
