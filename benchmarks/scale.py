"""Memory at scale: `python benchmarks/scale.py [--resumes 20000] [--shards 40] [--planned 1000000]`.

Generates short resumes (nine of ten as text, one as PDF), plans them, and prepares all shards one after the other in one
process, reading the memory of that process and its children from /proc every second: the curve is printed by the share of
shards done, and the script fails where the second half needs a fifth more than the first. Then it merges. Last, it freezes
a plan of as many documents as --planned says, none of which exists, and prints what that took.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from hirelens_cli.engine.specimens import pdf, resume

PDF_EVERY = 10
JOB = "Data Analyst\n\nRequirements\n- 3 years of experience as an analyst\n- Python, SQL and Excel\n"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--resumes", type=int, default=20_000)
    options.add_argument("--shards", type=int, default=40)
    options.add_argument("--planned", type=int, default=1_000_000)
    options.add_argument("--folder", help="where to work (default: a temporary folder)")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        flat = run(Path(name), given.resumes, given.shards) if given.resumes else True
        if given.planned:
            simulate(Path(name), given.planned)
    sys.exit(0 if flat else 1)


def run(folder: Path, count: int, shards: int) -> bool:
    """Plan, prepare and merge; whether memory stayed flat while shards were prepared."""
    began = time.monotonic()
    generate(folder / "resumes", count)
    (folder / "job.txt").write_text(JOB)
    print(f"{count} resumes generated in {time.monotonic() - began:.0f} s")
    plan = str(folder / "plan")
    words = ("shard", "plan", str(folder / "resumes"), "--job", str(folder / "job.txt"), "--as-of", "2026-11-23")
    done = lambda: len(list((folder / "plan" / "done").glob("*.json")))  # noqa: E731
    watched("plan", lambda: 0, *words, "--shards", str(shards), "--out", plan)
    curve = watched("run", done, "shard", "run", plan, "--shard", f"1-{shards}/{shards}", "--workers", "1")
    watched(
        "merge",
        lambda: 0,
        "shard",
        "merge",
        plan,
        "--workers",
        "1",
        "-w",
        str(folder / "w"),
        "-o",
        str(folder / "o.csv"),
    )
    at = {shard: max(peak for seen, peak in curve if seen == shard) for shard in sorted({seen for seen, _ in curve})}
    print("shards done -> MB of all processes together, the most while the next was prepared")
    step = max(1, len(at) // 20)
    for shard in list(at)[::step]:
        print(f"  {shard:5} {at[shard]:7.0f}")
    half = shards // 2
    first = max(peak for shard, peak in at.items() if shard < half)
    second = max(peak for shard, peak in at.items() if shard >= half)
    print(f"most in the first half {first:.0f} MB, in the second {second:.0f} MB")
    return second < 1.2 * first


def watched(name: str, progress: Callable[[], int], *words: str) -> list[tuple[int, float]]:
    """Run one command; (progress, MB of it and its children) once a second."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "hirelens_cli", *words, "--quiet"], stdout=subprocess.DEVNULL)
    curve: list[tuple[int, float]] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(1):
            curve.append((progress(), memory(process.pid)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    ended.set()
    watcher.join()
    if code:
        sys.exit(f"{name} ended with {code}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    most = max((peak for _, peak in curve), default=0.0)
    print(f"{name}: {time.monotonic() - began:.0f} s wall, {cpu:.0f} s CPU, at most {most:.0f} MB")
    return curve


def memory(pid: int) -> float:
    """Proportional set size of a process and all below it, MB: pages that several share count once."""
    total, waiting = 0.0, [pid]
    while waiting:
        number = waiting.pop()
        try:
            text = Path(f"/proc/{number}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024
            for task in Path(f"/proc/{number}/task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
        except (OSError, StopIteration):
            continue
    return total


def generate(folder: Path, count: int) -> None:
    """So many different resumes of half a page."""
    chance = random.Random(2026)  # noqa: S311 - the same resumes every time
    for number in range(count):
        below = folder / f"{number // 1000:04}"
        if number % 1000 == 0:
            below.mkdir(parents=True)
        lines = resume(chance, number, positions=2, deeds=3)
        if number % PDF_EVERY:
            (below / f"{number}.txt").write_text("\n".join(lines))
        else:
            (below / f"{number}.pdf").write_bytes(pdf(lines))


def simulate(folder: Path, count: int) -> None:
    """Freeze a plan of documents that do not exist."""
    from hirelens_cli.config import RunConfig
    from hirelens_cli.documents.discover import Discovery
    from hirelens_cli.engine.plan import Applicant, Fingerprints
    from hirelens_cli.engine.results import Inputs
    from hirelens_cli.engine.run import Batch
    from hirelens_cli.engine.shards import freeze
    from hirelens_cli.model.documents import SourceFile

    began, cpu = time.monotonic(), time.process_time()
    people = tuple(
        Applicant(
            SourceFile(
                hashlib.sha256(str(number).encode()).hexdigest(), f"{number}.pdf", f"/r/{number // 1000}/{number}.pdf"
            ),
            "2026-11-23",
        )
        for number in range(count)
    )
    batch = Batch(people, Discovery(tuple(person.source for person in people), ()), 0)
    made = time.process_time() - cpu
    prints = Fingerprints("d", "p", "v", "j", "s")
    (folder / "simulated").mkdir()
    place = freeze(
        folder / "simulated", batch, Discovery((), ()), max(1, count // 1000),
        config=RunConfig(), prints=prints, inputs=Inputs((), (), None, "d"),
    )  # fmt: skip
    size = sum(path.stat().st_size for path in place.root.rglob("*") if path.is_file())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"a plan of {count} documents in {len(place.plan.shares)} shards: {time.process_time() - cpu - made:.1f} s CPU "
        f"({time.monotonic() - began:.0f} s wall with making them up), {size / 1e6:.0f} MB on disk, at most {peak:.0f} MB of memory"
    )
    cpu = time.process_time()
    people_of = place.people(len(place.plan.shares))
    print(f"one shard's list of {len(people_of)} documents: {time.process_time() - cpu:.2f} s CPU to read")


if __name__ == "__main__":
    main()
