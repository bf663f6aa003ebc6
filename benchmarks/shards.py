"""What shards and a cluster cost beside the plain run: `python benchmarks/shards.py [--resumes 200] [--shards 8] [--rounds 3]`.

Generates text resumes, ranks them in one run, then plans, prepares the shards one after the other (each in a process of
its own, then all in one, as a user on one machine would) and merges; where the extra `cluster` is installed (--dask), ranks
them on a local Dask cluster too. CPU seconds count all processes; those that the cluster takes to start are told apart.
Prints the median of the rounds, and fails where the shortlists differ by a byte.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROLES = (
    "Accountant",
    "Backend Engineer",
    "Data Analyst",
    "Electrician",
    "Nurse",
    "Project Manager",
    "Teacher",
    "Welder",
)
VERBS = ("Built", "Kept", "Led", "Planned", "Improved", "Documented", "Reviewed", "Introduced")
THINGS = ("reporting in Python and SQL", "patient records", "a team of five", "yearly budgets", "Docker deployments",
          "lessons for beginners", "wiring of workshops", "TIG welding of frames", "customer meetings", "Excel models")  # fmt: skip
RESULTS = ("every week", "ahead of the deadline", "for three sites", "with half the errors", "together with suppliers")

JOB = """Backend Engineer

What you will do
- Build and operate reporting services
- Lead customer meetings

Requirements
- 4+ years of experience as an engineer
- Python and SQL
- Docker

Nice to have
- Excel
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds."""

    cpu: float
    wall: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.cpu + other.cpu, self.wall + other.wall)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--resumes", type=int, default=200)
    options.add_argument("--shards", type=int, default=8)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--workers", type=int, default=1, help="processes of each command")
    options.add_argument("--dask", action="store_true", help="also on a Dask cluster of --workers workers")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, given.resumes)
        rounds = [measure(folder, given.shards, given.workers, dask=given.dask) for _ in range(given.rounds)]
    print(f"{given.resumes} resumes, {given.shards} shards, {given.workers} workers, median of {given.rounds}")
    print(f"{'':16}{'CPU s':>8}{'wall s':>8}")
    for step in rounds[0]:
        cpu = statistics.median(item[step].cpu for item in rounds)
        wall = statistics.median(item[step].wall for item in rounds)
        print(f"{step:16}{cpu:8.2f}{wall:8.2f}")
    for way in ("a process each", "one process", *(["cluster, running"] if given.dask else [])):
        for what in ("cpu", "wall"):
            extra = statistics.median(getattr(item[way], what) / getattr(item["rank"], what) - 1 for item in rounds)
            print(f"{way} over rank, {what}: {extra:+.0%}")


def measure(folder: Path, shards: int, workers: int, *, dask: bool) -> dict[str, Cost]:
    """The costs of one round, by step and in sum for each way."""
    for name in ("plain", "plan", "again", "merged", "dask"):
        shutil.rmtree(folder / name, ignore_errors=True)
    inputs = (str(folder / "resumes"), "--job", str(folder / "job.txt"), "--as-of", "2026-11-23")
    plan, parallel = str(folder / "plan"), ("--workers", str(workers))
    rank, plain = timed("rank", *inputs, *parallel, "--workspace", str(folder / "plain"), "--format", "json")
    freeze, _ = timed("shard", "plan", *inputs, "--shards", str(shards), "--out", plan)
    shutil.copytree(plan, folder / "again")
    each = sum((timed("shard", "run", plan, "--index", str(i), *parallel)[0] for i in range(shards)), Cost(0, 0))
    together, _ = timed("shard", "run", str(folder / "again"), "--shard", f"1-{shards}", *parallel)
    merge, merged = timed("shard", "merge", plan, *parallel, "--workspace", str(folder / "merged"), "--format", "json")
    if merged != plain:
        sys.exit("the merged shortlist is not that of the plain run")
    cluster = on_cluster(folder, inputs, workers, plain) if dask else {}
    return {
        **cluster,
        "rank": rank,
        "plan": freeze,
        "run, each": each,
        "run, in one": together,
        "merge": merge,
        "a process each": freeze + each + merge,
        "one process": freeze + together + merge,
    }


def on_cluster(folder: Path, inputs: tuple[str, ...], workers: int, plain: bytes) -> dict[str, Cost]:
    """The same run on a cluster that is there: the client, and what the workers and the scheduler took for it."""
    command = [sys.executable, "-m", "hirelens_cli", "cluster", "local", "--workers", str(workers)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    address = process.stdout.readline().split()[-1]
    time.sleep(5)  # until all are idle
    idle = cpu_of_tree(process.pid)
    client, found = timed(
        "rank", *inputs, "--scheduler", address, "--workspace", str(folder / "dask"), "--format", "json"
    )
    served = Cost(cpu_of_tree(process.pid) - idle, 0.0)
    process.send_signal(signal.SIGINT)
    process.communicate()
    if found != plain:
        sys.exit("the cluster's shortlist is not that of the plain run")
    return {"cluster, start": Cost(idle, 0.0), "cluster, running": client + served}


def cpu_of_tree(pid: int) -> float:
    """CPU seconds that a process and all below it have taken so far."""
    total, waiting = 0.0, [pid]
    while waiting:
        number = waiting.pop()
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        total += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        for task in Path(f"/proc/{number}/task").iterdir():
            waiting += [int(child) for child in (task / "children").read_text().split()]
    return total


def timed(*words: str) -> tuple[Cost, bytes]:
    """The cost of one command, and what it printed."""
    before, started = cpu_of_children(), time.monotonic()
    done = subprocess.run([sys.executable, "-m", "hirelens_cli", *words, "--quiet"], stdout=subprocess.PIPE, check=True)
    return Cost(cpu_of_children() - before, time.monotonic() - started), done.stdout


def cpu_of_children() -> float:
    """CPU seconds of all processes that were started here and have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def generate(folder: Path, count: int) -> None:
    """A job and so many resumes of about two pages."""
    chance = random.Random(2026)  # noqa: S311 - the same resumes every time
    (folder / "resumes").mkdir()
    (folder / "job.txt").write_text(JOB)
    for number in range(count):
        (folder / "resumes" / f"{number}.txt").write_text(resume(chance, number))


def resume(chance: random.Random, number: int) -> str:
    """One person's five positions, ten lines each."""
    lines = [f"Person Number{number}", f"person{number}@mail.example", "", "Experience"]
    for place in range(5):
        start = 2024 - 3 * place
        lines += [f"{chance.choice(ROLES)}, Company {chance.randrange(1000)}", f"03/{start} - 02/{start + 3}"]
        lines += [
            f"- {chance.choice(VERBS)} {chance.choice(THINGS)} {chance.choice(RESULTS)} in {chance.randrange(2, 90)} cases"
            for _ in range(10)
        ]
    return "\n".join([*lines, "", "Education", f"BSc, University {number % 40}, 2009", ""])


if __name__ == "__main__":
    main()
