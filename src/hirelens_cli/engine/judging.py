"""A finished run under people's labels: who was scored for which labelled job, and what plain methods need of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hirelens_cli.engine.past import PastRun, all_runs, find_run, named_job
from hirelens_cli.engine.scoring import BATCH
from hirelens_cli.engine.stages import Bench, DamagedPartError, Prepared, load_pool, vectors_of
from hirelens_cli.errors import InputError, StoreError
from hirelens_cli.model.codec import decode
from hirelens_cli.model.evaluations import LabelCounts
from hirelens_cli.model.jobs import CRITERION_OF, Criterion, Job
from hirelens_cli.model.profiles import Profile
from hirelens_cli.model.results import RunRecord
from hirelens_cli.model.shortlists import MILLI
from hirelens_cli.model.tables import Vectors
from hirelens_cli.profiles.tokens import terms

Labels = Mapping[str, Mapping[str, float]]
"""Relevance by job and resume, both as people named them."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Contest:
    """The candidates of one labelled job, by doc_id."""

    job: Job
    doc_ids: tuple[str, ...]
    scores: Floats
    """As stored, in hundredths of a point."""
    relevance: Floats


@dataclass(frozen=True, slots=True)
class Field:
    """All who take part in any contest, by doc_id, as plain methods see them."""

    doc_ids: tuple[str, ...]
    terms: tuple[Mapping[str, int], ...]
    """How often each lexical term occurs in the passages."""
    vectors: Floats
    """(candidates, d) the mean direction of the passages, of unit length; zeros where there is none."""

    def likeness(self, vector: NDArray[np.float32]) -> Floats:
        """(candidates,) cosine to a vector."""
        wanted = vector.astype(np.float64)
        result: Floats = self.vectors @ wanted / max(float(np.sqrt((wanted * wanted).sum())), 1e-9)
        return result

    def rows(self, contest: Contest) -> NDArray[np.int64]:
        """Where the candidates of a contest are."""
        return np.searchsorted(np.array(self.doc_ids), np.array(contest.doc_ids)).astype(np.int64)


def run_with(runs: Sequence[tuple[Path, RunRecord]], labels: Labels, wanted: str | None) -> PastRun:
    """The run that `wanted` names, else the latest in which a labelled job took part; raises InputError as `find_run`.

    `runs` are oldest first.
    """
    if wanted is not None:
        return find_run(runs, wanted)
    known: dict[str, None] = {}
    for past in reversed(all_runs(runs)):
        if any(named_job(past.terms.jobs, name) for name in labels):
            return past
        known.update(dict.fromkeys(item.name for item in past.terms.jobs))
    hint = f"jobs so far: {', '.join(list(known)[:10])}" if known else "run `hirelens rank RESUMES --job JD` first"
    raise InputError("no run with any of the labelled jobs", hint)


def contests(past: PastRun, labels: Labels, *, labelled_only: bool = False) -> tuple[tuple[Contest, ...], LabelCounts]:
    """The labelled jobs that took part in the run, by name, and what became of the labels.

    A candidate without a label has relevance 0, or is left out where `labelled_only`; of several labels of the same bytes
    the highest counts. Raises InputError where no label fits, or one fits several documents.
    """
    people = _People(past.table("identities"))
    scores = past.table("scores")
    by_job: defaultdict[str, dict[str, float]] = defaultdict(dict)
    jobs: dict[str, Job] = {}
    unknown = 0
    for name, marks in labels.items():
        job = named_job(past.terms.jobs, name)
        if job is None:
            unknown += len(marks)
            continue
        jobs[job.job_id] = job
        for resume, mark in marks.items():
            doc_id = people.named(resume)
            if doc_id is None:
                unknown += 1
            else:
                by_job[job.job_id][doc_id] = max(mark, by_job[job.job_id].get(doc_id, 0.0))
    given = sum(map(len, labels.values()))
    found, used = [], 0
    for job_id, job in sorted(jobs.items(), key=lambda item: item[1].name):
        marks = by_job[job_id]
        frame = scores.filter(pl.col("job_id") == job_id).sort("doc_id")
        if labelled_only:
            frame = frame.filter(pl.col("doc_id").is_in(list(marks)))
        doc_ids = tuple(frame["doc_id"])
        hits = sum(doc_id in marks for doc_id in doc_ids)
        used += hits
        if hits:
            relevance = np.array([marks.get(doc_id, 0.0) for doc_id in doc_ids])
            found.append(Contest(job, doc_ids, frame["score"].to_numpy().astype(np.float64), relevance))
    if not found:
        raise InputError(
            f"none of the {given} labels fits run {past.record.run}",
            "job and resume must be file names or paths as they were given to rank",
        )
    merged = sum(map(len, by_job.values()))
    # Labels of copies of one document are one label.
    return tuple(found), LabelCounts(unknown + merged, used, merged - used, unknown)


def criterion_points(past: PastRun, contest: Contest) -> Floats:
    """(candidates, criteria) what each criterion gave, in hundredths, in the order of Criterion."""
    asked = past.table("requirements").filter(pl.col("job_id") == contest.job.job_id).select("requirement", "weight")
    parts = past.table("parts").filter(pl.col("job_id") == contest.job.job_id).join(asked, on="requirement")
    parts = parts.join(pl.DataFrame({"doc_id": contest.doc_ids}).with_row_index("row"), on="doc_id")
    # What belongs to no criterion has no weight, so that it does not matter where it is added.
    criteria = [CRITERION_OF[item.kind] or Criterion.DOMAIN for item in contest.job.requirements]
    column = np.array([list(Criterion).index(criterion) for criterion in criteria])
    points = np.zeros((len(contest.doc_ids), len(Criterion)))
    gained = (parts["weight"].cast(pl.Int64) * parts["value"].cast(pl.Int64)).to_numpy() / MILLI
    np.add.at(points, (parts["row"].to_numpy(), column[parts["requirement"].to_numpy()]), gained)
    return points


class _People:
    """Documents by every name that people may use for them."""

    def __init__(self, identities: pl.DataFrame) -> None:
        self._names: tuple[defaultdict[str, set[str]], ...] = tuple(defaultdict(set) for _ in range(3))
        rows = identities.select("doc_id", "resume", "also", "applicant_id").iter_rows()
        for doc_id, resume, also, applicant in rows:
            for path in (resume, *also):
                base = path.rsplit("/", 1)[-1]
                for names, name in zip(self._names, (path, base, base.rsplit(".", 1)[0]), strict=True):
                    names[name].add(doc_id)
            if applicant:
                self._names[0][applicant].add(doc_id)

    def named(self, wanted: str) -> str | None:
        """The document with that path, else with that end of its path, file name or stem; None where there is none."""
        for names, name in zip(self._names, self._keys(wanted), strict=True):
            found = names.get(name, set())
            if len(found) == 1:
                return next(iter(found))
            if found:
                raise InputError(f"the label of {wanted} fits {len(found)} documents", "give the path below the folder")
        return None

    def _keys(self, wanted: str) -> Iterator[str]:
        paths, base = self._names[0], wanted.rsplit("/", 1)[-1]
        ends = [wanted] + [wanted[at + 1 :] for at, letter in enumerate(wanted) if letter == "/"]
        yield next((end for end in ends if end in paths), wanted)
        yield base
        yield base


def load_field(bench: Bench, past: PastRun, found: Sequence[Contest]) -> Field:
    """What was cached of everyone who takes part; raises StoreError where it is no longer there."""
    doc_ids = sorted({doc_id for contest in found for doc_id in contest.doc_ids})
    frame = past.table("documents").filter(pl.col("doc_id").is_in(doc_ids))
    keys = dict(zip(frame["doc_id"], frame["profile"], strict=True))
    gone = StoreError(
        f"what was read for run {past.record.run} is no longer in the workspace", "run `hirelens rank` again, then eval"
    )
    profiles = bench.profiles.linked(keys.values())
    if len(profiles) < len(keys):
        raise gone
    shards = {key: shard for key, (shard, _) in profiles.items()}
    prepared = Prepared(shards, vectors_of(bench, profiles), keys, {}, ())
    counts: dict[str, dict[str, int]] = {}
    vectors: dict[str, Floats] = {}
    wanted = sorted(profiles)
    for start in range(0, len(wanted), BATCH):
        try:
            pool, people = load_pool(bench, prepared, wanted[start : start + BATCH], records=True)
        except DamagedPartError as error:
            raise gone from error
        for doc_id, record in people.select("doc_id", "record").iter_rows():
            counts[doc_id] = terms(decode(record, Profile).text)
        owners = pool.passages["doc_id"].to_numpy()
        for doc_id in pool.candidates["doc_id"]:
            vectors[doc_id] = _direction(pool.vectors[owners == doc_id])
    return Field(
        tuple(doc_ids),
        tuple(counts[doc_id] for doc_id in doc_ids),
        np.stack([vectors[doc_id] for doc_id in doc_ids]),
    )


def _direction(vectors: Vectors) -> Floats:
    total = vectors.astype(np.float64).sum(axis=0)
    length = float(np.sqrt((total * total).sum()))
    result: Floats = total / length if length else total
    return result
