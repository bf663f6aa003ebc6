"""The main job, in order: documents -> profiles -> embeddings -> scores -> shortlists."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from hirelens_cli.documents.discover import Discovery
from hirelens_cli.engine.cascade import Wave, judge
from hirelens_cli.engine.jobs import Wanted
from hirelens_cli.engine.past import PastRun, Place
from hirelens_cli.engine.people import same_people
from hirelens_cli.engine.plan import Applicant
from hirelens_cli.engine.results import Findings, Standing, candidate_id
from hirelens_cli.engine.scoring import Opening, explain_places, score_all
from hirelens_cli.engine.stages import (
    ROUNDS,
    Bench,
    DamagedPartError,
    Prepared,
    StageCount,
    Verdict,
    document_issues,
    load_published,
    prepare,
    take_away_damaged,
    vectors_of,
)
from hirelens_cli.errors import InputError, StoreError
from hirelens_cli.model.codec import decode
from hirelens_cli.model.issues import Status
from hirelens_cli.model.jobs import Job
from hirelens_cli.model.profiles import Identity
from hirelens_cli.model.shortlists import Counts, JobShortlist, Ranked, Shortlist, Unscreened
from hirelens_cli.scores.weights import suggested


@dataclass(frozen=True, slots=True)
class Batch:
    """What was given: the documents to screen and those that could not even be opened."""

    people: tuple[Applicant, ...]
    found: Discovery
    left_out: int
    """Documents that the manifest does not name."""

    @property
    def duplicates(self) -> int:
        """Further paths of the same bytes."""
        return sum(len(person.source.also) for person in self.people)


@dataclass(frozen=True, slots=True)
class Screened:
    """A finished run."""

    shortlist: Shortlist
    findings: Findings
    stages: tuple[StageCount, ...]
    mended: int
    """Damaged parts that were found on the way and made again."""


def screen(
    bench: Bench,
    batch: Batch,
    jobs: Sequence[Wanted],
    *,
    run: str,
    config_hash: str,
    embedder: str,
    as_of: str,
    second: Wave | None = None,
) -> Screened:
    """Screen a batch for jobs; the cache is mended on the way where it was damaged. `second` is a cascade's second stage."""
    mended = 0
    for _ in range(ROUNDS):
        try:
            prepared = prepare(bench, batch.people)
            mended += prepared.mended
            openings = tuple(_opening(wanted, batch.people, prepared) for wanted in jobs)
            standings = score_all(bench, prepared, openings)
            judged = judge(bench, prepared, openings, standings, second)
            names = {person.source.doc_id: person.source.name for person in batch.people}
            twice = same_people(bench, prepared, {doc_id for _, doc_id in judged.shortlisted}, names)
            issues = document_issues(bench, [person.source.doc_id for person in batch.people])
            profiles = load_published(bench, prepared)
        except DamagedPartError:
            mended += take_away_damaged(bench)
            continue
        identities = {
            doc_id: decode(blob, Identity) for doc_id, blob in profiles.select("doc_id", "identity").iter_rows()
        }
        findings = Findings(
            batch.people,
            prepared.keys,
            prepared.unscreened,
            issues,
            profiles,
            identities,
            judged.standings,
            judged.shortlisted,
        )
        shortlist = Shortlist(
            run=run,
            as_of=as_of,
            config=config_hash,
            embedder=embedder,
            jobs=job_shortlists(findings, blind=bench.config.blind),
            unscreened=unscreened_of(batch, prepared.unscreened, blind=bench.config.blind),
            counts=counts_of(batch, prepared),
            same_person=twice,
        )
        return Screened(shortlist, findings, prepared.counts + judged.counts, mended)
    raise StoreError("the workspace keeps losing what is written to it", "check the disk, then run again")


def _opening(wanted: Wanted, people: Sequence[Applicant], prepared: Prepared) -> Opening:
    job, vectors = wanted.job, wanted.vectors
    if not any(person.applications for person in people):
        return Opening(job, vectors, None)
    applied = (person.source.doc_id for person in people if person.applied_to(job.name))
    return Opening(job, vectors, frozenset(prepared.keys[doc_id] for doc_id in applied if doc_id in prepared.keys))


def job_shortlists(findings: Findings, *, blind: bool) -> tuple[JobShortlist, ...]:
    """The shortlist of each job, candidates named unless blind."""
    people = {person.source.doc_id: person for person in findings.people}
    result = []
    for standing in findings.standings:
        job = standing.job
        candidates = tuple(
            named(findings.shortlisted[job.job_id, doc_id], people[doc_id], findings.identities, blind=blind)
            for doc_id in standing.doc_ids
            if (job.job_id, doc_id) in findings.shortlisted
        )
        result.append(job_shortlist(standing, candidates))
    return tuple(result)


def job_shortlist(standing: Standing, candidates: tuple[Ranked, ...]) -> JobShortlist:
    """A job with these of its candidates, and how many there are."""
    job = standing.job
    return JobShortlist(
        job.job_id,
        job.name,
        job.title,
        job.requirements,
        standing.weights,
        len(standing.doc_ids),
        candidates,
        standing.suggested,
    )


def named(ranked: Ranked, person: Applicant, identities: Mapping[str, Identity], *, blind: bool) -> Ranked:
    """The candidate with path, name and the ATS's id; blind, with the ATS's id alone."""
    applicant = person.applications[0].applicant_id if person.applications else ""
    if blind:
        return replace(ranked, applicant_id=applicant)
    who = identities.get(person.source.doc_id, Identity())
    return replace(ranked, resume=person.source.name, also=person.source.also, name=who.name, applicant_id=applicant)


def unscreened_of(batch: Batch, unscreened: Mapping[str, Verdict], *, blind: bool) -> tuple[Unscreened, ...]:
    """Every document without a score, by name."""
    rows = [
        Unscreened(
            "" if blind else person.source.name,
            candidate_id(person.source.doc_id),
            Status(why.status),
            why.message,
            why.hint,
        )
        for person in batch.people
        if (why := unscreened.get(person.source.doc_id)) is not None
    ]
    rows += unopened_of(batch, blind=blind)
    return tuple(sorted(rows, key=lambda item: (item.resume, item.candidate, item.status)))


def unopened_of(batch: Batch, *, blind: bool) -> tuple[Unscreened, ...]:
    """Every file that could not even be opened, by name."""
    return tuple(
        Unscreened("" if blind else name, "", Status(issue.code), issue.message, issue.hint)
        for name, issue in batch.found.rejected
    )


def counts_of(batch: Batch, prepared: Prepared) -> Counts:
    """Found == scored + unscreened + duplicates."""
    unscreened = len(prepared.unscreened) + len(batch.found.rejected)
    scored = len(prepared.profiles)
    return Counts(scored + unscreened + batch.duplicates, scored, unscreened, batch.duplicates)


def explain_again(waves: Mapping[int, Wave], past: PastRun, job: Job, places: Sequence[Place]) -> JobShortlist:
    """Candidates of a finished run, scored and explained once more from what the caches hold, in the order of `places`.

    `waves` holds, for each stage among the places, the bench and the job as they are at that stage. Raises StoreError where
    the cache no longer holds one of them, or this version scores differently.
    """
    found: dict[str, Ranked] = {}
    for stage, wave in waves.items():
        here = [place for place in places if place.stage == stage]
        with contextlib.suppress(DamagedPartError):
            prepared = kept(wave.bench, here)
            if prepared is not None:
                wave.bench.progress.start("explaining", len(here))
                opening = Opening(job, wave.jobs[0].vectors, None)
                explained = explain_places(wave.bench, prepared, opening, here)
                found.update({place.doc_id: ranked for place, ranked in zip(here, explained, strict=True)})
    candidates = tuple(found[place.doc_id] for place in places if place.doc_id in found)
    if [ranked.score for ranked in candidates] != [place.score for place in places]:
        raise StoreError(
            f"run {past.record.run} was made by another version of hirelens", "run `hirelens rank` again, then explain"
        )
    requirements = past.table("requirements").filter(pl.col("job_id") == job.job_id).sort("requirement")
    pool = past.table("jobs").filter(pl.col("job_id") == job.job_id)["pool"].item()
    weights = tuple(requirements["weight"].to_list())
    vectors = next((wave.jobs[0].vectors for wave in waves.values()), None)
    ours = suggested(job, past.terms.config.weights, vectors.requirement_terms).tolist() if vectors else ()
    return JobShortlist(
        job.job_id, job.name, job.title, job.requirements, weights, pool, candidates, suggested=tuple(ours)
    )


def kept(bench: Bench, places: Sequence[Place]) -> Prepared | None:
    """Where the caches hold these candidates; None where one is missing."""
    keys = {place.doc_id: place.profile for place in places}
    profiles = bench.profiles.linked(keys.values())
    if len(profiles) < len(keys):
        return None
    shards = {key: shard for key, (shard, _) in profiles.items()}
    return Prepared(shards, vectors_of(bench, profiles), keys, {}, ())


def require_documents(batch: Batch, paths: Sequence[str]) -> None:
    """Raises InputError where there is nothing to screen under `paths`."""
    if not batch.people and not batch.found.rejected:
        hint = "the manifest names none of them" if batch.left_out else "PDF, DOCX, ODT, RTF, HTML, Markdown or text"
        raise InputError(f"no documents found in {', '.join(paths)}", hint)
