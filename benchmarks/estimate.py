"""Estimates beside real runs: `python benchmarks/estimate.py [--documents 60 240 480]`.

Measures this machine once, as `hirelens estimate` does, then runs real batches of generated resumes (others than those
that were measured) in processes of their own: `rank` with one and with two workers, and shards prepared by two processes
at a time and merged. Prints predicted beside actual seconds, wall and CPU, the error of the likely values, the load, and how often the range held.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hirelens_cli.config import RunConfig
from hirelens_cli.engine.forecast import shards_of
from hirelens_cli.engine.specimens import write_jobs, write_resumes
from hirelens_cli.estimating import estimate
from hirelens_cli.model.estimates import Shape

SEED = 7


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--documents", type=int, nargs="+", default=[60, 240, 480])
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = RunConfig(workspace=str(folder / "calibration"))
        began = time.monotonic()
        measured = estimate(Shape(1, 1), settings).rates
        print(
            f"measured {measured.documents} documents in {time.monotonic() - began:.0f} s, crowding {measured.crowding:.2f}",
            flush=True,
        )
        titles = ("likely", "actual", "error", "CPU", "actual", "error", "load")
        print(f"{'resumes jobs nodes cores':26} {'range':>17} " + " ".join(f"{title:>7}" for title in titles))
        held = runs = 0
        for shape in shapes(given.documents):
            foretold = estimate(shape, settings)
            found, cpu = foretold.seconds, foretold.cpu.likely
            before = spent()
            seconds = actual(folder, shape)
            used = spent() - before
            runs += 1
            held += found.holds(seconds)
            print(
                f"{shape.resumes:7} {shape.jobs:4} {shape.nodes:5} {shape.cores:5}    {found.low:8.1f}-{found.high:8.1f}"
                f" {found.likely:7.1f} {seconds:7.1f} {found.likely / seconds - 1:+7.0%}"
                f" {cpu:7.1f} {used:7.1f} {cpu / used - 1:+7.0%} {os.getloadavg()[0]:7.1f}"
                f"{'' if found.holds(seconds) else '  outside'}",
                flush=True,
            )
        print(f"inside the range: {held} of {runs}")


def shapes(documents: list[int]) -> Iterator[Shape]:
    for count in documents:
        for jobs, nodes, cores in ((1, 1, 1), (4, 1, 2), (2, 2, 1)):
            yield Shape(count, jobs, nodes, cores)


def actual(folder: Path, shape: Shape) -> float:
    """Seconds that the batch really takes, from files nobody has read yet to a shortlist."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        place = Path(name)
        write_resumes(place / "resumes", shape.resumes, seed=SEED)
        write_jobs(place / "jobs", shape.jobs)
        began = time.monotonic()
        given = (str(place / "resumes"), "--job", str(place / "jobs"))
        workers = ("--workers", str(shape.cores))
        if shape.nodes == 1:
            hirelens("rank", *given, *workers, "-w", str(place / "w"))
        else:
            shards, plan = shards_of(shape), str(place / "plan")
            hirelens("shard", "plan", *given, "--shards", str(shards), "--out", plan)
            with ThreadPoolExecutor(shape.nodes) as nodes:
                list(
                    nodes.map(
                        lambda shard: hirelens("shard", "run", plan, "--shard", f"{shard}/{shards}", *workers),
                        range(1, shards + 1),
                    )
                )
            hirelens("shard", "merge", plan, *workers, "-w", str(place / "w"))
        return time.monotonic() - began


def spent() -> float:
    """CPU seconds of all processes begun here that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def hirelens(*words: str) -> None:
    command = [sys.executable, "-m", "hirelens_cli", *words, "--quiet"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
