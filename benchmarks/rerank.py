"""A new job against cached candidates: `python benchmarks/rerank.py [--candidates 100000] [--jobs 1] [--folder DIR]`.

Writes profiles and vectors of made-up candidates as the parts that `hirelens rank` leaves behind, then times what a run does
with them for a job that it has not seen: parts on disk, scores, places, explanations of the best ten. Each measurement
is a process of its own; it prints wall and CPU seconds and the most memory. With --folder the parts are kept and used again.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from hirelens_cli.backends.embedders.factory import embedder_factory
from hirelens_cli.backends.executors import JoblibExecutor
from hirelens_cli.config import RunConfig
from hirelens_cli.embeddings.encode import quantise
from hirelens_cli.embeddings.passages import embedded_text, job_vectors
from hirelens_cli.engine.columns import profile_key, profile_rows
from hirelens_cli.engine.parts import Shelf
from hirelens_cli.engine.plan import chunked
from hirelens_cli.engine.scoring import Opening, explain_top, score_all
from hirelens_cli.engine.stages import Bench, Prepared, vectors_of
from hirelens_cli.engine.tasks import VECTOR_PART, vector_row
from hirelens_cli.model.documents import Block, Document
from hirelens_cli.model.profiles import month_of
from hirelens_cli.ports import NoProgress
from hirelens_cli.profiles.job import parse_job
from hirelens_cli.profiles.resume import profile_resume
from hirelens_cli.profiles.taxonomy import load_taxonomy
from hirelens_cli.profiles.tokens import terms

AS_OF = datetime.date(2026, 11, 23)
DIFFERENT = 2_000
"""Resumes that are really read; the others repeat them under other names, so that the vocabulary is that of a few trades."""

TRADES = {
    "Backend Engineer": ("Python", "PostgreSQL", "Docker", "Kubernetes", "REST services", "Kafka"),
    "Data Analyst": ("SQL", "Tableau", "Excel models", "statistics", "dashboards", "Python"),
    "Accountant": ("IFRS", "month-end closing", "SAP", "VAT returns", "audits", "Excel"),
    "Nurse": ("patient care", "wound care", "medication rounds", "triage", "handover", "infection control"),
    "Electrician": ("wiring", "fault finding", "switchgear", "PLC panels", "safety checks", "conduits"),
    "Teacher": ("lesson plans", "assessment", "classroom management", "mathematics", "parents' evenings", "tutoring"),
    "Project Manager": ("budgets", "risk registers", "Scrum", "stakeholders", "roadmaps", "suppliers"),
    "Chef": ("menus", "food cost", "HACCP", "banquets", "pastry", "kitchen brigade"),
}
VERBS = ("Built", "Kept", "Led", "Planned", "Improved", "Documented", "Reviewed", "Introduced", "Taught", "Measured")
ENDS = (
    "every week",
    "ahead of the deadline",
    "for three sites",
    "with half the errors",
    "with suppliers",
    "for 200 people",
)
JOB = """{trade}

What you will do
- Improve {2} and {3} together with a small team
- Plan {4} for several sites and teach others
- Document and review {5}

Requirements
- {years}+ years of experience as a {trade}
- {0} and {1}
- Bachelor's degree

Nice to have
- {5}
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--candidates", type=int, default=100_000)
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--part", type=int, default=0, help="candidates in a part; 0: as many as a run puts there")
    options.add_argument("--folder", type=Path, help="where the parts are kept")
    options.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.measure:
        print(json.dumps(measure(given.folder, given.jobs)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        if not (folder / "profiles").is_dir():
            generate(
                folder, given.candidates, given.part or len(chunked(range(given.candidates), RunConfig().chunk)[0])
            )
        for _ in range(given.rounds):
            command = (sys.executable, __file__, "--measure", "--folder", str(folder), "--jobs", str(given.jobs))
            alike = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # as for the command line
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env=alike)
            print(done.stdout.strip(), flush=True)


def measure(folder: Path, jobs: int) -> dict[str, float]:
    """Seconds and MB of one re-ranking; what any run needs (imports, the taxonomy, the model) is made ready before."""
    embedder = embedder_factory("static", "")()
    taxonomy = load_taxonomy(())
    bench = bench_of(folder)
    openings = []
    for number in range(jobs):
        trade, skills = list(TRADES.items())[number % len(TRADES)]
        text = JOB.format(*skills, trade=trade, years=2 + number)
        job = parse_job(document(text), f"job{number}.txt", taxonomy).value
        assert job is not None
        openings.append(Opening(job, job_vectors(job, embedder, terms), None))
    everyone = [key for item in bench.profiles.receipts() for key in item.keys]
    before = resource.getrusage(resource.RUSAGE_SELF)
    started = time.monotonic()
    held = bench.profiles.linked(everyone)
    profiles = {key: shard for key, (shard, _) in held.items()}
    prepared = Prepared(profiles, vectors_of(bench, held), {key.partition("@")[0]: key for key in profiles}, {}, ())
    found = time.monotonic()
    standings = score_all(bench, prepared, openings)
    ranked = time.monotonic()
    explained = explain_top(bench, prepared, openings, standings, 10)
    done = time.monotonic()
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert len(explained) == 10 * jobs
    return {
        "candidates": len(profiles),
        "jobs": jobs,
        "wall": round(done - started, 2),
        "find": round(found - started, 2),
        "score": round(ranked - found, 2),
        "explain": round(done - ranked, 2),
        "cpu": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
        "mb": after.ru_maxrss // 1024,
    }


def bench_of(folder: Path) -> Bench:
    """The shelves in a folder; nothing has to be made, so nobody has to make it."""
    documents, profiles, vectors = (
        Shelf(folder / stage, stage, "benchmark") for stage in ("documents", "profiles", "vectors")
    )
    factory = embedder_factory("static", "")
    return Bench(
        RunConfig(top=10),
        documents,
        profiles,
        vectors,
        JoblibExecutor(os.cpu_count() or 1),
        NoProgress(),
        factory,
        factory().dimensions,
    )


def generate(folder: Path, count: int, per_part: int) -> None:
    """The parts of so many candidates: DIFFERENT real ones over and over, each under an id of its own."""
    chance = random.Random(2026)  # noqa: S311 - the same resumes every time
    embedder, taxonomy = embedder_factory("static", "")(), load_taxonomy(())
    now = month_of(AS_OF.year, AS_OF.month)
    made = []
    for number in range(min(DIFFERENT, count)):
        profile = profile_resume(document(resume(chance, number)), taxonomy, AS_OF).value
        assert profile is not None
        made.append(profile)
    base = profile_rows((str(number), profile, now) for number, profile in enumerate(made))
    stored = [
        vector_row(
            "",
            quantise(embedder.encode([embedded_text(item.text) for item in profile.passages])),
            [len(item.text) for item in profile.passages],
        )
        for profile in made
    ]
    vectors = pl.DataFrame(stored, schema=VECTOR_PART, orient="row")
    bench = bench_of(folder)
    for start in range(0, count, per_part):
        ids = [
            hashlib.sha256(str(number).encode()).hexdigest() for number in range(start, min(count, start + per_part))
        ]
        which = [(start + place) % len(made) for place in range(len(ids))]
        keys = [profile_key(doc_id, AS_OF.isoformat(), "0" * 16) for doc_id in ids]
        digests = [doc_id[:32] for doc_id in ids]
        rows = base[which].with_columns(
            key=pl.Series(keys), doc_id=pl.Series(ids), profile_hash=pl.Series(ids), passages_hash=pl.Series(digests)
        )
        bench.profiles.put(rows.sort("key"), sorted(keys))
        data = vectors[which].with_columns(key=pl.Series(digests)).sort("key")
        bench.vectors.put(data, sorted(digests))
    counts = [row[1] for row in stored]
    print(
        f"{count} candidates, {sum(counts) / len(counts):.1f} passages each, {size(folder):.0f} MB of parts", flush=True
    )


def size(folder: Path) -> float:
    """MB of all files below."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def document(text: str) -> Document:
    return Document(
        hashlib.sha256(text.encode()).hexdigest(), "txt", tuple(Block(line) for line in text.splitlines() if line)
    )


def resume(chance: random.Random, number: int) -> str:
    """Three positions of four lines each, a list of skills and a degree."""
    trades = chance.choices(list(TRADES), k=3) if number % 3 else [chance.choice(list(TRADES))] * 3
    lines = [f"Person Number{number}", f"person{number}@mail.example", "", "Experience"]
    for place, trade in enumerate(trades):
        start = 2023 - 3 * place
        lines += [f"{trade}, Company {chance.randrange(1000)}", f"03/{start} - 02/{start + 3}"]
        things = TRADES[trade]
        lines += [
            f"- {chance.choice(VERBS)} {chance.choice(things)} and {chance.choice(things)} {chance.choice(ENDS)}, {chance.randrange(2, 90)} times"
            for _ in range(4)
        ]
    skills = ", ".join(dict.fromkeys(chance.choices([item for trade in trades for item in TRADES[trade]], k=6)))
    return "\n".join([*lines, "", "Skills", skills, "", "Education", f"BSc, University {number % 40}, 2009", ""])


if __name__ == "__main__":
    main()
