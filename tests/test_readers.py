"""Who reads while runs are made: never a lock error, never half a snapshot."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from hirelens_cli import app
from hirelens_cli.config import RunConfig

RUNS = 10
JOB = "Welder\n\nRequirements\n- MIG welding\n- 2 years of experience as a welder\n"
WHOLE = """SELECT (SELECT count(*) FROM v1_runs), (SELECT count(DISTINCT run) FROM v1_scores), (SELECT sum(scored) FROM v1_runs),
    (SELECT count(*) FROM v1_scores),
    (SELECT count(*) FROM v1_scores s WHERE score <> (SELECT sum(points) FROM v1_parts p
      WHERE (p.run, p.job, p.candidate) = (s.run, s.job, s.candidate)))"""
DIRECT = f"import duckdb; print(*duckdb.connect({{path!r}}, read_only=True).execute('''{WHOLE}''').fetchone(), sep=',')"


def reader(ask: Callable[[], str], done: threading.Event, seen: list[str], failures: list[str]) -> None:
    while not done.is_set() or not seen:
        try:
            seen.append(ask())
        except Exception as error:
            failures.append(repr(error))
            return


@pytest.mark.slow
def test_three_readers_see_whole_snapshots_through_ten_runs(tmp_path: Path) -> None:
    """The command line, the library, and DuckDB itself in a process of its own."""
    (tmp_path / "job.txt").write_text(JOB)
    config = RunConfig(as_of="2026-11-23", workers=1, workspace=str(tmp_path / "w"))

    def run(number: int) -> None:
        folder = tmp_path / "resumes"
        folder.mkdir(exist_ok=True)
        text = f"Person {number}\n\nExperience\nWelder, Works {number}\n01/2015 - Present\n- MIG welding every day\n"
        (folder / f"{number}.txt").write_text(text)
        app.rank([str(folder)], [str(tmp_path / "job.txt")], config)

    def program(*words: str) -> str:
        finished = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
        assert finished.returncode == 0, finished.stderr
        return finished.stdout.splitlines()[-1]

    run(0)
    asks = (
        lambda: program("-m", "hirelens_cli", "sql", WHOLE, "--workspace", config.workspace, "--format", "csv"),
        lambda: ",".join(map(str, app.query(WHOLE, config).rows[0])),
        lambda: program("-c", DIRECT.format(path=str(tmp_path / "w" / "hirelens.duckdb"))),
    )
    done, failures = threading.Event(), []
    seen: list[list[str]] = [[] for _ in asks]
    threads = [
        threading.Thread(target=reader, args=(ask, done, answers, failures))
        for ask, answers in zip(asks, seen, strict=True)
    ]
    for thread in threads:
        thread.start()
    try:
        for number in range(1, RUNS):
            run(number)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert failures == []
    for answers in seen:
        for answer in answers:
            runs, with_scores, scored, scores, wrong = (int(number) for number in answer.split(","))
            assert runs == with_scores
            # Run n scores n people: 1 + 2 + ... + runs.
            assert scored == scores == runs * (runs + 1) // 2
            assert wrong == 0
        assert [int(answer.split(",")[0]) for answer in answers] == sorted(
            int(answer.split(",")[0]) for answer in answers
        )
    assert {len(answers) > 1 for answers in seen} == {True}
