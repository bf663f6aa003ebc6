"""What goes wrong under a run: full and read-only disks, flipped bits, two runs at once. Never a wrong shortlist."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hirelens_cli import app, history
from hirelens_cli.backends.duckdb.describe import described
from hirelens_cli.backends.duckdb.publish import finished_runs, publish
from hirelens_cli.config import RunConfig
from hirelens_cli.engine.workspace import Workspace
from hirelens_cli.errors import ExitCode, InputError, StoreError
from hirelens_cli.governance import ledger
from hirelens_cli.rendering.to_json import shortlist_json

FLIPS = 60
TRADES = ("nurse", "welder", "teacher")
JOB = "Welder\n\nRequirements\n- MIG welding\n- 2 years of experience as a welder\n"


def make_inputs(folder: Path, count: int) -> None:
    (folder / "resumes").mkdir(parents=True)
    for number in range(count):
        trade = TRADES[number % len(TRADES)]
        text = (
            f"Person Number{number}\n\nExperience\n{trade.title()}, Company {number}\n01/20{number % 10 + 10} - Present\n"
            f"- Worked as a {trade} for {number + 1} customers every week\n\nSkills\nMIG welding, Triage\n"
        )
        (folder / "resumes" / f"{number}.txt").write_text(text)
    (folder / "job.txt").write_text(JOB)


def settings(folder: Path) -> RunConfig:
    return RunConfig(as_of="2026-11-23", workers=1, workspace=str(folder / "w"), chunk=2)


def rank(folder: Path) -> bytes:
    return shortlist_json(app.rank([str(folder / "resumes")], [str(folder / "job.txt")], settings(folder)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    make_inputs(folder, 6)
    rank(folder)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy with a finished run, to be broken."""
    shutil.copytree(made / "w", tmp_path / "w")
    for name in ("resumes", "job.txt"):
        (tmp_path / name).symlink_to(made / name)
    return tmp_path


def flipped(path: Path, chance: random.Random) -> Callable[[], None]:
    """Turn one bit over; what undoes it."""
    data = path.read_bytes()
    place, bit = chance.randrange(len(data)), chance.randrange(8)
    path.write_bytes(data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :])
    return lambda: path.write_bytes(data) and None


@pytest.mark.slow
def test_a_flipped_bit_of_the_store_is_never_a_wrong_answer(folder):
    views = [item.name for item in described() if item.kind == "view"]
    rows = [f"(SELECT list(t::VARCHAR) FROM {name} t)" for name in (*views, "v1_shortlist('job.txt', 9)")]
    sql = f"SELECT {', '.join(rows)}"
    right = app.query(sql, settings(folder)).rows
    database, chance, noticed = folder / "w" / "hirelens.duckdb", random.Random(2026), 0
    for _ in range(FLIPS):
        undo = flipped(database, chance)
        try:
            assert app.query(sql, settings(folder)).rows == right
        except StoreError:
            noticed += 1
        undo()
    assert noticed > FLIPS / 4, "most of the file is rows that are read"


@pytest.mark.slow
def test_a_flipped_bit_of_a_run_is_never_a_wrong_answer(folder):
    def answers() -> list[object]:
        person = app.explain("1.txt", "job.txt", settings(folder))
        what_if = history.what_if("job.txt", {"skills": 90}, (), settings(folder))
        return [person, what_if, history.job_cost("job.txt", settings(folder))]

    right, chance = answers(), random.Random(2026)
    (runs,) = (folder / "w" / "parts" / "runs").iterdir()
    files = sorted(path for path in runs.iterdir() if path.name != "run.json")
    noticed = 0
    for number in range(FLIPS):
        undo = flipped(files[number % len(files)], chance)
        try:
            assert answers() == right
        except (StoreError, InputError):
            noticed += 1
        if files[number % len(files)].name != "seal.json":
            with pytest.raises(StoreError, match="are damaged"):
                publish(finished_runs(runs.parent), folder / "a.duckdb", folder / "b.duckdb")
        undo()
    assert noticed > 0


@pytest.mark.slow
def test_a_damaged_run_is_mended_by_running_it_again(folder, made):
    (run,) = (folder / "w" / "parts" / "runs").iterdir()
    before = {path.name: path.read_bytes() for path in run.glob("*.parquet")}
    for path in run.iterdir():
        flipped(path, random.Random(1))
    assert rank(folder) == rank(made)
    assert {path.name: path.read_bytes() for path in run.glob("*.parquet")} == before


@pytest.mark.slow
def test_damaged_cache_entries_are_made_again_and_counted(folder, made):
    stages = ("documents", "profiles", "vectors")
    entries = {
        path: path.read_bytes() for stage in stages for path in (folder / "w" / "parts" / stage).rglob("*.parquet")
    }
    chance = random.Random(2026)
    for path in entries:
        flipped(path, chance)
    assert rank(folder) == rank(made)
    line = ledger.read(folder / "w" / "ledger.jsonl")[-1]
    mended = [path for path, data in entries.items() if path.read_bytes() == data]
    assert line.body["damaged"] == len(mended) == 9, "three of each stage; the job's own document is not needed again"
    assert rank(folder) == rank(made)
    assert ledger.read(folder / "w" / "ledger.jsonl")[-1].body["damaged"] == 0


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "hirelens_cli", *words]


def ranking(folder: Path, workspace: Path) -> list[str]:
    return command(
        *("rank", str(folder / "resumes"), "--job", str(folder / "job.txt"), "--workspace", str(workspace)),
        *("--as-of", "2026-11-23", "--workers", "1", "--format", "json", "--quiet"),
    )


@pytest.mark.slow
def test_two_runs_at_once(folder):
    with Workspace(folder / "w").locked():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(ranking(folder, folder / "w"), capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (done.returncode, done.stdout) == (ExitCode.LOCKED, "")
    assert f"process {os.getpid()}" in done.stderr
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    assert spent < 2, "CPU seconds: nothing is waited for, and a busy machine must not fail this"


@pytest.mark.slow
def test_a_limit_on_the_size_of_files_ends_with_5_and_what_was_there_stays(folder):
    before = (folder / "w" / "hirelens.duckdb").read_bytes()
    (folder / "more").mkdir()
    make_inputs(folder / "more", 7)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

    done = subprocess.run(
        ranking(folder / "more", folder / "w"), capture_output=True, text=True, check=False, preexec_fn=limit
    )
    assert (done.returncode, done.stdout) == (ExitCode.OUTPUT, "")
    assert str(folder / "w" / "hirelens.duckdb") in done.stderr.replace("\n", "").replace("  ", "")
    assert (folder / "w" / "hirelens.duckdb").read_bytes() == before
    assert app.query("SELECT count(*) FROM v1_runs", settings(folder)).rows == ((1,),)
    assert not list((folder / "w").glob(".*.tmp*")) + list((folder / "w").glob("*.wal"))


def mounted(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The lines of `script` in a shell that may mount a file system which nobody else sees."""
    if subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode:
        pytest.skip("mounting is not permitted here; the limit on the size of files is tested in any case")
    lines = script.replace("RANK", " ".join(ranking(folder, folder / "disk"))).replace("PYTHON", sys.executable)
    return subprocess.run(["unshare", "-m", "sh", "-c", lines], capture_output=True, text=True, check=False, cwd=folder)


@pytest.mark.slow
def test_a_full_disk_ends_with_5_and_running_again_goes_on(folder, made):
    """First with room, then full up to 100 kB while more is to be written, then with room again."""
    (folder / "disk").mkdir()
    (folder / "all").mkdir()
    make_inputs(folder / "all", 12)
    more = " ".join(ranking(folder / "all", folder / "disk"))
    done = mounted(
        f"""mount -t tmpfs -o size=32m tmpfs disk && RANK > first.json || exit 90
        free=$(df --output=avail -k disk | tail -1); head -c $((free - 100))k /dev/zero > disk/ballast
        {more} > full.json; test $? = 5 || exit 91
        PYTHON -m hirelens_cli sql 'SELECT count(*) FROM v1_runs' -w disk -f csv || exit 92
        rm disk/ballast; {more} > again.json || exit 93""",
        folder,
    )
    assert done.returncode == 0, (done.returncode, done.stderr)
    assert done.stdout.split() == ["count_star()", "1"]
    assert "cannot" in done.stderr
    assert f"{folder}/disk" in "".join(done.stderr.split())
    assert (folder / "full.json").read_bytes() == b""
    assert (folder / "first.json").read_bytes() == rank(made)
    assert (folder / "again.json").read_bytes() == rank(folder / "all")


@pytest.mark.slow
def test_a_read_only_workspace_is_said_before_the_work(folder):
    (folder / "disk").mkdir()
    done = mounted("mount -t tmpfs -o ro tmpfs disk && RANK", folder)
    assert (done.returncode, done.stdout) == (ExitCode.OUTPUT, "")
    assert "Read-only file system" in done.stderr
    assert "--workspace" in done.stderr


@pytest.mark.slow
def test_a_stale_log_does_not_stay_beside_the_store(folder):
    (folder / "w" / "hirelens.duckdb.wal").write_bytes(b"of another file")
    (folder / "w" / ".hirelens.duckdb.tmp").write_bytes(b"half of a file")
    make_inputs(folder / "more", 1)
    app.rank([str(folder / "more" / "resumes")], [str(folder / "job.txt")], settings(folder))
    assert app.query("SELECT count(*) FROM v1_runs", settings(folder)).rows == ((2,),)
    assert not list((folder / "w").glob(".*.tmp*")) + list((folder / "w").glob("*.wal"))
