"""Finished runs, asked again: one candidate explained from the parts that the run left behind."""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from hirelens_cli.config import RunConfig, settings
from hirelens_cli.engine.results import Terms, candidate_id, read_terms
from hirelens_cli.engine.seals import sealed_bytes
from hirelens_cli.errors import InputError, StoreError
from hirelens_cli.model.comparisons import Execution, Placed, RunDetails, RunJob, RunSummary
from hirelens_cli.model.issues import FLAGS, Severity
from hirelens_cli.model.jobs import Job
from hirelens_cli.model.results import IDENTITIES, RESULTS, RunRecord

SHORT = 8
"""Digits of a run's id that are shown where they are unique."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """A finished run and its folder."""

    folder: Path
    record: RunRecord
    terms: Terms

    def table(self, name: str) -> pl.DataFrame:
        """One of the RESULTS tables, or `identities`; raises StoreError where it cannot be read."""
        frame = self.stored(name)
        schema = RESULTS.get(name, IDENTITIES)
        # A run of an earlier version has not all of today's columns.
        missing = [pl.lit(None, kind).alias(column) for column, kind in schema.items() if column not in frame.columns]
        return frame.with_columns(missing)

    def stored(self, name: str) -> pl.DataFrame:
        """The same with the columns that the run wrote, no more and no fewer."""
        data = sealed_bytes(self.folder, f"{name}.parquet")
        try:
            return pl.read_parquet(io.BytesIO(data))
        except (OSError, pl.exceptions.PolarsError) as error:
            raise StoreError(f"the results of run {self.record.run} are damaged", "run rank again") from error


@dataclass(frozen=True, slots=True)
class Place:
    """Where one candidate stands for one job."""

    doc_id: str
    profile: str
    """Key under which the profile that was scored is cached."""
    rank: int
    score: int
    percentile: float
    places: tuple[int, int]
    """First and last place of the tie band."""
    resume: str
    also: tuple[str, ...]
    name: str
    applicant_id: str
    stage: int
    """Of a cascade; 0 where there was none."""


def named_job(jobs: Sequence[Job], wanted: str) -> Job | None:
    """The job that `wanted` names: its name, a path that ends in it, its stem, or the beginning of its id."""
    base = wanted.rsplit("/", 1)[-1]
    stems = {job: job.name.rsplit("/", 1)[-1].rsplit(".", 1)[0] for job in jobs}
    for found in (
        [job for job in jobs if job.name == wanted],
        [job for job in jobs if job.name.rsplit("/", 1)[-1] == base],
        [job for job in jobs if stems[job] == base],
        [job for job in jobs if len(wanted) >= 4 and job.job_id.startswith(wanted)],
    ):
        if len(found) == 1:
            return found[0]
    return None


def latest_with(runs: Sequence[tuple[Path, RunRecord]], job: str) -> tuple[PastRun, Job]:
    """The latest of `runs` (oldest first) in which the job took part; raises InputError where there is none."""
    known: dict[str, None] = {}
    for folder, record in reversed(runs):
        terms = read_terms(folder)
        if terms is None:
            continue
        found = named_job(terms.jobs, job)
        if found is not None:
            return PastRun(folder, record, terms), found
        known.update(dict.fromkeys(item.name for item in terms.jobs))
    near = difflib.get_close_matches(job, known, 1, 0.6)
    hint = f"jobs so far: {', '.join(list(known)[:10])}" if known else "run `hirelens rank RESUMES --job JD` first"
    raise InputError(f"no run with the job {job}", f"did you mean {near[0]}?" if near else hint)


def find_run(runs: Sequence[tuple[Path, RunRecord]], wanted: str) -> PastRun:
    """The run that `wanted` names: `latest`, or a unique beginning of its id; raises InputError where there is none.

    `runs` come oldest first. Raises StoreError where the run's terms cannot be read.
    """
    named = list(runs[-1:]) if wanted == "latest" else [item for item in runs if item[1].run.startswith(wanted.lower())]
    if len(named) != 1:
        ids = ", ".join(record.run for _, record in (named or runs)[-5:])
        none = f"no run {wanted} in this workspace" if runs else "no runs in this workspace yet"
        what = f"{wanted} fits {len(named)} runs" if named else none
        raise InputError(what, f"runs: {ids}" if ids else "run `hirelens rank RESUMES --job JD` first")
    folder, record = named[0]
    terms = read_terms(folder)
    if terms is None:
        raise StoreError(f"the terms of run {record.run} are damaged", "run rank again")
    return PastRun(folder, record, terms)


def all_runs(runs: Sequence[tuple[Path, RunRecord]]) -> tuple[PastRun, ...]:
    """Every run whose terms can be read, in the order given."""
    found = ((folder, record, read_terms(folder)) for folder, record in runs)
    return tuple(PastRun(folder, record, terms) for folder, record, terms in found if terms is not None)


def summaries(runs: Sequence[PastRun], executions: Mapping[str, Sequence[Execution]]) -> tuple[RunSummary, ...]:
    """Each run in a line; `executions` are by run id."""
    ids = [item.record.run for item in runs]
    digits = next((n for n in range(SHORT, 17) if len({name[:n] for name in ids}) == len(set(ids))), 16)
    return tuple(
        RunSummary(
            item.record,
            item.record.run[:digits],
            tuple(job.name for job in item.terms.jobs),
            tuple(executions.get(item.record.run, ())),
        )
        for item in runs
    )


def details(past: PastRun, summary: RunSummary) -> RunDetails:
    """A run and its terms; raises StoreError where its tables cannot be read."""
    pools = dict(past.table("jobs").select("job_id", "pool").iter_rows())
    best = dict(past.table("scores").group_by("job_id").agg(pl.col("score").max()).iter_rows())
    jobs = tuple(
        RunJob(job.name, job.title, pools.get(job.job_id, 0), len(job.requirements), best.get(job.job_id))
        for job in past.terms.jobs
    )
    inputs = past.terms.inputs
    return RunDetails(summary, jobs, inputs.resumes, inputs.jobs, inputs.manifest, changed_settings(past.terms.config))


def changed_settings(config: RunConfig) -> tuple[tuple[str, str], ...]:
    """The settings that are not the default, but for those that say where and when."""
    usual = settings(RunConfig(), {})
    return tuple(
        (item.key, str(item.value))
        for item, default in zip(settings(config, {}), usual, strict=True)
        if item.value != default.value and item.key not in ("as_of", "embedder", "workspace")
    )


def job_of(past: PastRun, wanted: str) -> Job:
    """The job of this run that `wanted` names; raises InputError where it has none."""
    job = named_job(past.terms.jobs, wanted)
    if job is None:
        names = ", ".join(item.name for item in past.terms.jobs[:10])
        raise InputError(f"run {past.record.run} has no job {wanted}", f"its jobs: {names}")
    return job


def find_candidate(past: PastRun, job: Job, wanted: str) -> Place:
    """The candidate that `wanted` names: a unique beginning of the id, the resume's path, or the ATS's id.

    Raises InputError where none or several fit.
    """
    joined = _standing(past, job)
    base = wanted.rsplit("/", 1)[-1]
    lowered = wanted.lower()
    by_path = (pl.col("resume") == wanted) | pl.col("also").list.contains(wanted)
    last = pl.col("resume").str.split("/").list.last()
    by_name = last == base
    by_stem = last.str.replace(r"\.[^.]*$", "") == base
    by_end = pl.lit(wanted).str.ends_with(pl.concat_str(pl.lit("/"), pl.col("resume")))
    by_id = pl.col("doc_id").str.starts_with(lowered) if len(wanted) >= 4 else pl.lit(False)
    by_applicant = (pl.col("applicant_id") == wanted) & (pl.col("applicant_id") != "")
    for match in (by_path, by_end, by_applicant, by_id, by_name, by_stem):
        found = joined.filter(match)
        if len(found) == 1:
            row = found.row(0, named=True)
            return _place(row)
        if len(found) > 1:
            names = ", ".join(found["resume"].sort().to_list()[:5])
            raise InputError(f"{wanted} fits {len(found)} candidates: {names}", "give the path or more of the id")
    near = [] if past.terms.config.blind else _near(wanted, joined["resume"].to_list())
    hint = (
        f"did you mean {' or '.join(near)}?"
        if near
        else f"`hirelens rank ... --job {job.name} --top 0` lists all candidates"
    )
    raise InputError(_missing(past, wanted), hint)


def best_places(past: PastRun, job: Job, top: int) -> tuple[Place, ...]:
    """The first `top` candidates for a job (0: all), best first."""
    best = _standing(past, job).sort("rank").head(top) if top else _standing(past, job).sort("rank")
    return tuple(_place(row) for row in best.iter_rows(named=True))


def placed(past: PastRun, *, blind: bool) -> Iterator[Placed]:
    """Everyone's place for every job, job by job, best first."""
    issues = past.table("issues").filter(
        (pl.col("severity") != Severity.ERROR.value) & pl.col("code").is_in(sorted(FLAGS))
    )
    flags = issues.group_by("doc_id", maintain_order=True).agg(pl.col("code").unique(maintain_order=True))
    for job in past.terms.jobs:
        rows = _standing(past, job).join(flags, on="doc_id", how="left").sort("rank")
        for doc_id, resume, rank, score, codes in rows.select("doc_id", "resume", "rank", "score", "code").iter_rows():
            who = "" if blind else resume
            yield Placed(job.job_id, job.name, candidate_id(doc_id), who, rank, len(rows), score, tuple(codes or ()))


def _standing(past: PastRun, job: Job) -> pl.DataFrame:
    """Scores, identities and profile keys of everyone who was scored for a job."""
    scores = past.table("scores").filter(pl.col("job_id") == job.job_id)
    profiles = past.table("documents").select("doc_id", "profile")
    return scores.join(past.table("identities"), on="doc_id").join(profiles, on="doc_id")


def _place(row: Mapping[str, Any]) -> Place:
    return Place(
        row["doc_id"],
        row["profile"],
        row["rank"],
        row["score"],
        row["percentile"],
        (row["first_place"] or 0, row["last_place"] or 0),
        row["resume"],
        tuple(row["also"]),
        row["name"],
        row["applicant_id"],
        row["stage"] or 0,
    )


def _near(wanted: str, resumes: Sequence[str]) -> list[str]:
    """Up to three resumes whose file names hold what was written, or are spelled nearly so."""
    stems = {resume.rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold(): resume for resume in sorted(resumes)}
    folded = wanted.rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold()
    holding = [resume for stem, resume in stems.items() if folded in stem]
    return (holding or [stems[stem] for stem in difflib.get_close_matches(folded, stems, 3, 0.75)])[:3]


def _missing(past: PastRun, wanted: str) -> str:
    """Why a candidate has no place: not screened, or not there."""
    people = past.table("identities").join(past.table("documents"), on="doc_id")
    found = people.filter((pl.col("resume") == wanted) & (pl.col("status") != "scored"))
    if len(found) == 1:
        return f"{wanted} was not screened: {found['status'].item()}"
    return f"no candidate {wanted} in the run {past.record.run}"
