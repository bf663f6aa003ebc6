"""The main job on a real folder, checked and timed: `python benchmarks/screening.py RESUMES JOB [--top 0]`.

Runs `hirelens rank` with one worker and with two, each in a fresh workspace, and once more with nothing new. Prints documents
per second, seconds, CPU seconds and peak memory, and checks what is promised: the same bytes each time, every score the
sum of its parts, every weight accounted for, and every quoted line really in the redacted text of its file.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from hirelens_cli import app
from hirelens_cli.config import RunConfig

AS_OF = "2026-11-23"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("resumes", type=Path)
    options.add_argument("job", type=Path)
    options.add_argument("--top", type=int, default=0)
    options.add_argument("--evidence", type=int, default=30, help="files whose evidence is looked up; 0 for all")
    given = options.parse_args()
    print(f"{'run':<28}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}{'docs/s':>8}  exit")
    with tempfile.TemporaryDirectory() as folder:
        one = timed("1 worker, nothing known", given, Path(folder) / "one", 1)
        two = timed("2 workers, nothing known", given, Path(folder) / "two", 2)
        again = timed("2 workers, nothing new", given, Path(folder) / "two", 2)
    print(f"same bytes with 1 and with 2 workers: {one == two}; and again: {two == again}")
    print(f"hirelens --help: {help_cpu():.2f} CPU s (least of five)")
    failures = check(json.loads(one), given.resumes, given.evidence)
    for line in failures[:20]:
        print(line)
    return int(bool(failures) or one != two or two != again)


def timed(label: str, given: argparse.Namespace, workspace: Path, workers: int) -> bytes:
    """One run of the command; its figures are printed, its stdout returned."""
    command = [sys.executable, "-m", "hirelens_cli", "rank", str(given.resumes), "--job", str(given.job)]
    command += ["--top", str(given.top), "--format", "json", "--as-of", AS_OF, "--quiet"]
    command += ["--workspace", str(workspace), "--workers", str(workers)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "COLUMNS": "80"})
    wall = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if not done.stdout:
        sys.exit(done.stderr.decode())
    found = json.loads(done.stdout)["counts"]["found"]
    peak = after.ru_maxrss / 1000
    print(f"{label:<28}{wall:>8.2f}{cpu:>8.2f}{peak:>9.0f}{found / wall:>8.1f}  {done.returncode}")
    return done.stdout


def help_cpu() -> float:
    """CPU seconds of `hirelens --help`, the least of five."""
    seconds = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "hirelens_cli", "--help"], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(seconds)


def check(shortlist: dict, resumes: Path, files: int) -> list[str]:
    """What is not as promised, a line each."""
    failures, pairs, lines = [], 0, 0
    texts: dict[str, str] = {}
    for job in shortlist["jobs"]:
        for candidate in job["candidates"]:
            pairs += 1
            where = f"{job['job']} / {candidate['resume']}"
            total = sum(round(part["points"] * 100) for part in candidate["parts"])
            if total != round(candidate["score"] * 100):
                failures.append(f"{where}: parts sum to {total / 100}, score {candidate['score']}")
            if round(sum(part["weight"] for part in candidate["parts"]) * 100) != 10_000:
                failures.append(f"{where}: weights do not sum to 100")
            if candidate["resume"] not in texts:
                if files and len(texts) >= files:
                    continue
                texts[candidate["resume"]] = redacted(resumes / candidate["resume"])
            text = texts[candidate["resume"]]
            for part in candidate["parts"]:
                for quote in part["evidence"]:
                    lines += 1
                    if text[quote["start"] : quote["end"]] != quote["text"]:
                        failures.append(f"{where}: a quoted line is not in the file")
    counts = shortlist["counts"]
    if counts["found"] != counts["scored"] + counts["unscreened"] + counts["duplicates"]:
        failures.append(f"counts do not add up: {counts}")
    print(
        f"{counts}; {pairs} pairs checked, {lines} quoted lines of {len(texts)} files looked up, {len(failures)} failures"
    )
    return failures


def redacted(path: Path) -> str:
    profile = app.profile_file(str(path), RunConfig(as_of=AS_OF)).value
    return profile.text if profile else ""


if __name__ == "__main__":
    sys.exit(main())
