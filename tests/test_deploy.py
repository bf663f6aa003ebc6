"""What deploy/ starts, as far as that can be seen without a cluster."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import typer

from hirelens_cli.cli.main import app

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"


def submit(tmp_path: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the SLURM script with a `hirelens` that prints what it was told."""
    stub = tmp_path / "hirelens"
    stub.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    stub.chmod(0o755)
    return subprocess.run(
        ["bash", DEPLOY / "slurm" / "hirelens-array.sh", *words],
        env={"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def shard_run(words: list[str]) -> dict[str, object]:
    """The words as `hirelens shard run` understands them; raises where it does not."""
    command = typer.main.get_command(app)
    for name in words[:2]:
        command = command.commands[name]  # type: ignore[attr-defined]
    return command.make_context("run", words[2:]).params


def test_a_slurm_task_runs_the_shard_of_its_number(tmp_path: Path) -> None:
    done = submit(tmp_path, "/scratch/my plan", "--root", "/data", SLURM_ARRAY_TASK_ID="5", SLURM_CPUS_PER_TASK="4")
    assert done.returncode == 0, done.stderr
    told = shard_run(done.stdout.splitlines())
    assert (told["plan"], told["index"], told["workers"], told["root"]) == ("/scratch/my plan", 5, 4, "/data")
    assert told["allow_unscreened"] is True


def test_a_slurm_job_that_is_no_array_says_so(tmp_path: Path) -> None:
    assert "--array" in submit(tmp_path, "/scratch/plan").stderr
    assert "PLAN" in submit(tmp_path, SLURM_ARRAY_TASK_ID="5").stderr


def test_a_pod_runs_the_shard_of_its_index() -> None:
    text = (DEPLOY / "kubernetes" / "indexed-job.yaml").read_text()
    words: list[str] = []
    for key in ("command", "args"):
        line = re.search(rf"^ +{key}: \[(.*)\]$", text, re.M)
        assert line is not None
        words += [word.strip().strip('"') for word in line[1].split(",")]
    assert words[0] == "hirelens"
    assert words[words.index("--index") + 1] == "$(JOB_COMPLETION_INDEX)"
    told = shard_run([word.replace("$(JOB_COMPLETION_INDEX)", "5") for word in words[1:]])
    assert (told["plan"], told["index"], told["root"], told["allow_unscreened"]) == ("/plan", 5, "/resumes", True)
    mounted = set(re.findall(r"\{name: (\w+), mountPath", text))
    assert mounted == set(re.findall(r"^ {8}- name: (\w+)$", text, re.M)) - {"shard"}
    assert "completionMode: Indexed" in text
