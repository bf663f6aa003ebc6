"""How well we rank, beside plain methods: `python benchmarks/ranking.py DIR [DIR...] [--embedder minilm|cascade]`.

DIR holds resumes/, jobs/ or one job.* file, and judgments.csv with the columns job, resume, relevance. Prints means over jobs
with 95% bootstrap intervals, then the paired differences of hirelens minus each method.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import time
from pathlib import Path

import numpy as np

from hirelens_cli.backends.embedders.factory import CASCADE, NAMES, STAGES, embedder_factory
from hirelens_cli.config import Limits, Weights
from hirelens_cli.documents.read import read_bytes
from hirelens_cli.embeddings.encode import quantise
from hirelens_cli.embeddings.passages import embedded_text, job_vectors
from hirelens_cli.engine.cascade import LEAST, SHARE
from hirelens_cli.engine.columns import pool_of, profile_rows
from hirelens_cli.evaluation.compare import OURS, beside_baselines, table
from hirelens_cli.evaluation.labels import read_labels
from hirelens_cli.evaluation.metrics import METRICS, Judged, evaluate
from hirelens_cli.model.documents import Document
from hirelens_cli.model.jobs import CRITERION_OF, Criterion, Job
from hirelens_cli.model.profiles import Profile, month_of
from hirelens_cli.ports import Embedder
from hirelens_cli.profiles.job import parse_job
from hirelens_cli.profiles.resume import profile_resume
from hirelens_cli.profiles.taxonomy import load_taxonomy
from hirelens_cli.profiles.tokens import terms
from hirelens_cli.scores.combine import score_job
from hirelens_cli.scores.rows import pool_rows

AS_OF = datetime.date(2026, 11, 23)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    options.add_argument("--embedder", choices=(*NAMES, CASCADE), default="static")
    options.add_argument("--rounds", type=int, default=1000, help="bootstrap resamples")
    options.add_argument("--criteria", action="store_true", help="rank by each criterion alone as well")
    given = options.parse_args()
    fast, better = STAGES
    embedder = embedder_factory(better if given.embedder == CASCADE else given.embedder, "")()
    first = embedder_factory(fast)() if given.embedder == CASCADE else None
    for folder in given.folders:
        started = time.process_time()
        judged = measure(folder, embedder, first, criteria=given.criteria)
        spent = time.process_time() - started
        print(
            f"\n{folder.name}: {len(judged)} jobs x {len(judged[0].relevance)} resumes, {given.embedder}, {spent:.1f} CPU s"
        )
        means, differences = evaluate(judged, METRICS, OURS, rounds=given.rounds)
        systems = list(judged[0].scores)
        print(table(systems, list(METRICS), means))
        print(f"\n{OURS} minus each:")
        print(table([name for name in systems if name != OURS], list(METRICS), differences, signed=True))


def measure(folder: Path, embedder: Embedder, first: Embedder | None, *, criteria: bool) -> list[Judged]:
    """Every system's scores for every labelled job of a folder; `first` is a cascade's first stage."""
    taxonomy = load_taxonomy(())
    jobs = {
        path.name: parsed for path in _jobs(folder) if (parsed := parse_job(_read(path), path.name, taxonomy).value)
    }
    profiles: dict[str, Profile] = {}
    for path in sorted((folder / "resumes").iterdir()):
        profile = profile_resume(_read(path), taxonomy, AS_OF).value
        if profile is None:
            print(f"not understood: {path.name}")
        else:
            profiles[path.name] = profile
    profiles = dict(sorted(profiles.items(), key=lambda item: item[1].doc_id))
    ours, alone = scores(list(profiles.values()), jobs, embedder)
    if first is not None:
        everyone, _ = scores(list(profiles.values()), jobs, first)
        ours = {name: cascaded(everyone[name], ours[name]) for name in jobs}
    texts = {name: profile.text for name, profile in profiles.items()}
    judged = beside_baselines(
        {name: job.text for name, job in jobs.items()},
        texts,
        ours,
        read_labels(folder / "judgments.csv"),
        terms=terms,
        encode=embedder.encode,
    )
    if criteria:
        for item in judged:
            item.scores.update(alone[item.job])
    return judged


def scores(
    profiles: list[Profile], jobs: dict[str, Job], embedder: Embedder
) -> tuple[dict[str, np.ndarray], dict[str, dict[str, np.ndarray]]]:
    """By job our scores, and by job and criterion the points under it."""
    now = month_of(AS_OF.year, AS_OF.month)
    rows = profile_rows((profile.doc_id, profile, now) for profile in profiles)
    passages = [embedded_text(passage.text) for profile in profiles for passage in profile.passages]
    pool = pool_of(rows, quantise(embedder.encode(passages)))
    ready = pool_rows(pool)
    ours, alone = {}, {}
    for name, job in jobs.items():
        scored = score_job(pool, job, job_vectors(job, embedder, terms), Weights(), ready)
        ours[name] = scored.scores.astype(float)
        alone[name] = {
            f"({criterion.value})": scored.points[
                :, [CRITERION_OF[asked.kind] is criterion for asked in job.requirements]
            ].sum(axis=1, dtype=float)
            for criterion in Criterion
        }
    return ours, alone


def cascaded(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The second stage's scores of the best by the first, above the first stage's of all others."""
    best = np.argsort(-first, kind="stable")[: max(LEAST, -(-len(first) // SHARE))]
    both = first.copy()
    both[best] = second[best] + 20_000
    return both


def _jobs(folder: Path) -> list[Path]:
    return sorted((folder / "jobs").iterdir()) if (folder / "jobs").is_dir() else sorted(folder.glob("job.*"))


def _read(path: Path) -> Document:
    data = path.read_bytes()
    outcome = read_bytes(data, hashlib.sha256(data).hexdigest(), Limits(), accept_any=True)
    if outcome.value is None:
        raise SystemExit(f"cannot read {path}: {outcome.issues}")
    return outcome.value


if __name__ == "__main__":
    main()
