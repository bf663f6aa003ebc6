"""Where ports meet their implementations: what one command works with, put together from its configuration."""

from __future__ import annotations

import datetime
import hashlib
import os
import time
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hirelens_cli import __version__
from hirelens_cli.backends.duckdb.publish import finished_runs, publish, published_snapshot, runs_of_former, snapshot_of
from hirelens_cli.backends.embedders.factory import CASCADE, STAGES, embedder_factory, resolved
from hirelens_cli.backends.executors import local_executor
from hirelens_cli.config import RunConfig, here
from hirelens_cli.documents.discover import Discovery, discover
from hirelens_cli.engine.cascade import Wave
from hirelens_cli.engine.corrections import corrected
from hirelens_cli.engine.jobs import Wanted, embedded_by, load_jobs
from hirelens_cli.engine.manifest import read_manifest
from hirelens_cli.engine.past import PastRun, Place, find_run, job_of, latest_with
from hirelens_cli.engine.plan import Fingerprints, applicants, fingerprints, run_id
from hirelens_cli.engine.results import Inputs, Terms, damaged_runs, kept_path, write_run
from hirelens_cli.engine.run import Batch, Screened, require_documents, screen, unopened_of
from hirelens_cli.engine.stages import Bench, StageCount, shelves
from hirelens_cli.engine.tombstones import read_tombstones, spared, without_names
from hirelens_cli.engine.workspace import Workspace, write_atomically
from hirelens_cli.errors import InputError, StoreError
from hirelens_cli.governance import ledger
from hirelens_cli.governance.decisions import decisions_in
from hirelens_cli.logbook import note, user_name
from hirelens_cli.model.codec import CodecError, decode, encode
from hirelens_cli.model.jobs import Job
from hirelens_cli.model.results import RunRecord
from hirelens_cli.model.shortlists import Counts, Shortlist, Unscreened
from hirelens_cli.objects import Place as Objects
from hirelens_cli.objects import is_url, place_of
from hirelens_cli.ports import Embedder, EmbedderFactory, Executor, Fact, NoProgress, Progress


@dataclass(frozen=True, slots=True)
class Parts:
    """The ports and data of one command, put together."""

    config: RunConfig
    workspace: Workspace
    kept: Objects
    """Where documents, profiles and vectors lie: in the workspace, or for a shard where the plan says."""
    embedder: Embedder
    factory: EmbedderFactory
    """Of the embedder."""
    prints: Fingerprints
    executor: Executor
    progress: Progress
    second: Parts | None = None
    """The second stage of a cascade: the same with the better embedder."""

    @property
    def fingerprint(self) -> str:
        """Of the embedder; of both embedders of a cascade together."""
        if self.second is None:
            return self.embedder.fingerprint
        return hashlib.sha256(f"{self.embedder.fingerprint}\n{self.second.fingerprint}".encode()).hexdigest()

    @property
    def models(self) -> list[str]:
        """The files of the models, each with its SHA-256."""
        own = [f"{name} {digest}" for name, digest in self.embedder.made_of.items()]
        return own + (self.second.models if self.second else [])

    def stages(self, job: Job, places: Sequence[Place]) -> dict[int, Wave]:
        """For each stage of a cascade among the places (0 where there is none) the bench and the job as they are there."""
        found = {}
        for stage in sorted({place.stage for place in places}):
            parts = self.second if self.second and stage == 2 else self
            found[stage] = Wave(parts.bench(), wanted_again(parts, (job,)))
        return found

    def wave(self, jobs: Sequence[Wanted]) -> Wave | None:
        """The second stage of a cascade for these jobs; None where there is no cascade."""
        second = self.second
        if second is None:
            return None
        return Wave(
            second.bench(), embedded_by(jobs, second.embedder, self.workspace.parts / "jobs" / second.prints.jobs)
        )

    def bench(self) -> Bench:
        """The bench for resumes."""
        return self._bench(self.config, self.prints)

    def job_bench(self) -> Bench:
        """The bench for job descriptions, which need not look like resumes."""
        config = replace(self.config, accept_any=True)
        bench = self._bench(config, fingerprints(config, self.embedder.fingerprint))
        return replace(
            bench, executor=local_executor(config.workers)
        )  # jobs are few, and need not be seen by a cluster

    def _bench(self, config: RunConfig, prints: Fingerprints) -> Bench:
        documents, profiles, vectors = shelves(self.kept, prints)
        return Bench(
            config, documents, profiles, vectors, self.executor, self.progress, self.factory, self.embedder.dimensions
        )


def dated(config: RunConfig) -> RunConfig:
    """The configuration with today as its as-of date where it names none."""
    return config if config.as_of else replace(config, as_of=datetime.datetime.now().astimezone().date().isoformat())


def assemble(config: RunConfig, progress: Progress, kept: Objects | None = None) -> Parts:
    """The parts under one configuration, in which `auto` has become the embedder that it stands for here.

    `kept` is where what is read and understood lies, if not in the workspace.

    Raises OutputError where the workspace cannot be written, StoreError where it is from a newer version,
    MissingExtraError where the embedder is not installed.
    """
    settings = replace(dated(config), embedder=resolved(config.embedder))
    if settings.engine != "local":
        # Workers have another working directory.
        settings = replace(settings, workspace=str(Path(settings.workspace).absolute()))
    workspace = Workspace.of(settings)
    workspace.prepare()
    published_snapshot(workspace.database)  # a store from a newer version is refused before any work is done
    executor = _executor(settings, progress)

    def stage(factory: EmbedderFactory, second: Parts | None = None) -> Parts:
        embedder = factory()
        prints = fingerprints(settings, embedder.fingerprint)
        if second:
            both = hashlib.sha256(f"{prints.scores} {second.prints.scores}".encode()).hexdigest()[:16]
            prints = replace(prints, scores=both)
        return Parts(
            settings, workspace, kept or workspace.parts, embedder, factory, prints, executor, progress, second
        )

    if settings.embedder != CASCADE:
        return stage(embedder_factory(settings.embedder, settings.model, settings.device))
    fast, better = STAGES
    return stage(embedder_factory(fast), stage(embedder_factory(better, settings.model, settings.device)))


def _executor(config: RunConfig, progress: Progress) -> Executor:
    if config.engine == "local":
        return local_executor(config.workers)
    from hirelens_cli.backends.dask.executor import DaskExecutor

    return DaskExecutor(config.cluster, progress)


def jobs_found(parts: Parts, jobs: Sequence[str]) -> Discovery:
    """The files under the paths that were given for jobs; raises InputError where there are none."""
    found = discover(jobs, parts.config.limits)
    if not found.sources and not found.rejected:
        raise InputError(f"no job description in {', '.join(jobs)}", "give a file, or a folder of files, to --job")
    return found


def wanted_of(parts: Parts, jobs: Sequence[str]) -> tuple[Wanted, ...]:
    """The jobs under the paths that were given; raises InputError where one cannot be used."""
    return load_jobs(
        parts.job_bench(), jobs_found(parts, jobs), parts.embedder, parts.workspace.parts / "jobs" / parts.prints.jobs
    )


def wanted_again(parts: Parts, jobs: Sequence[Job]) -> tuple[Wanted, ...]:
    """Jobs as a run understood them, ready to be scored for once more."""
    from hirelens_cli.embeddings.passages import job_vectors
    from hirelens_cli.profiles.tokens import terms

    return tuple(Wanted(job, job_vectors(job, parts.embedder, terms)) for job in jobs)


def batch_of(parts: Parts, resumes: Sequence[str], manifest: str | None, jobs: Collection[str] = ()) -> Batch:
    """The documents under the paths that were given, without those that are `jobs` (ids of which); raises InputError without any."""
    found = _found(parts, resumes)
    for source in (source for source in found.sources if source.doc_id in jobs):
        parts.progress.note("{} is a job description of this run, and was left out of the resumes", source.name)
    found = replace(found, sources=tuple(source for source in found.sources if source.doc_id not in jobs))
    table = read_manifest(Path(manifest)) if manifest else None
    people, left_out = applicants(found, table, parts.config.as_of)
    batch = as_known(parts.workspace, Batch(people, found, left_out))
    require_documents(batch, resumes)
    parts.executor.require(_shared(parts.kept, [source.location for source in found.sources]))
    if left_out:
        parts.progress.note(f"{left_out} documents are not in the manifest and were left out")
    names = [name for source in found.sources for name in (source.name, *source.also)]
    names += [name for name, _ in found.rejected]
    for name in table.missing(names) if table else ():
        parts.progress.note("the manifest names {}, which is not there", name)
    return batch


def as_known(workspace: Workspace, batch: Batch) -> Batch:
    """The batch without who was erased from this workspace, and with what people had put right in it."""
    return corrected(spared(batch, read_tombstones(workspace)), workspace)


def _found(parts: Parts, paths: Sequence[str]) -> Discovery:
    """What is under the paths; objects whose key, size and ETag were seen before are not fetched to be known again."""
    if not any(map(is_url, paths)):
        return discover(paths, parts.config.limits, but=parts.config.workspace)
    index = parts.kept / "objects.json"
    try:
        known = decode(index.read_bytes(), dict[str, str])
    except (OSError, CodecError):
        known = {}
    before = dict(known)
    found = discover(paths, parts.config.limits, known, but=parts.config.workspace)
    tombstones = read_tombstones(parts.workspace)
    known = {key: doc_id for key, doc_id in known.items() if tombstones.status(doc_id) is None}
    if known != before:
        write_atomically(index, encode(known))
    return found


def _shared(kept: Objects, locations: Sequence[str]) -> list[str]:
    """The folders that every worker must see: where the parts lie, and the resumes; not what lies in an object store."""
    folders = [os.path.dirname(location) for location in locations if not is_url(location)]  # noqa: PTH120
    return [*([str(kept)] if isinstance(kept, Path) else []), *([os.path.commonpath(folders)] if folders else [])]


def runs_of(workspace: Workspace) -> list[tuple[Path, RunRecord]]:
    """The folders and records of the finished runs, oldest first."""
    return [(item.folder, item.record) for item in finished_runs(workspace.parts / "runs")]


def past_of(settings: RunConfig, job: str, run: str | None) -> tuple[PastRun, Job]:
    """The run that was asked for, or the latest with that job, and the job; raises InputError where there is none."""
    runs = runs_of(Workspace.of(settings))
    if run is None:
        return latest_with(runs, job)
    past = find_run(runs, run)
    return past, job_of(past, job)


def inputs_of(resumes: Sequence[str], jobs: Sequence[str], manifest: str | None, documents: str) -> Inputs:
    """What was given, as absolute paths."""
    return Inputs(_kept(resumes), _kept(jobs), _kept([manifest])[0] if manifest else None, documents)


def say_done(
    progress: Progress, stages: Sequence[StageCount], counts: Counts, unscreened: Sequence[Unscreened]
) -> None:
    """How much was there, how much was made and what was not screened, for whoever watches and whoever measures."""
    progress.note(", ".join(f"{item.stage} {item.made} new, {item.cached} kept" for item in stages))
    for item in stages:
        progress.tell(Fact.KEPT, item.cached, item.stage)
        progress.tell(Fact.MADE, item.made, item.stage)
    progress.tell(Fact.FOUND, counts.found)
    progress.tell(Fact.SCORED, counts.scored)
    progress.tell(Fact.DUPLICATES, counts.duplicates)
    for status, number in sorted(Counter(item.status.value for item in unscreened).items()):
        progress.tell(Fact.UNSCREENED, number, status)
    progress.tell(Fact.DONE)


def finish(
    parts: Parts, config: RunConfig, jobs: Sequence[Wanted], batch: Batch, inputs: Inputs, started: float
) -> Shortlist:
    """Screen, keep the run's tables, publish them and note the run in the ledger, all under the terms of `config`.

    `started` is when the command began, on the monotonic clock.
    """
    rejected = [name for name, _ in batch.found.rejected]
    described = tuple(item.job for item in jobs)
    run = run_id(batch.people, rejected, described, config.hash(), parts.prints.scores)
    parts.progress.tell(Fact.RUN, label=run)
    screened = screen(
        parts.bench(),
        batch,
        jobs,
        run=run,
        config_hash=config.hash(),
        embedder=parts.config.embedder,
        as_of=config.as_of,
        second=parts.wave(jobs),
    )
    record = _keep(parts, screened, without_names(Terms(config, described, inputs, unopened_of(batch, blind=False))))
    _note(parts, config, record, batch, screened, time.monotonic() - started)
    say_done(parts.progress, screened.stages, screened.shortlist.counts, screened.shortlist.unscreened)
    return replace(screened.shortlist, scoring=record.scores_fingerprint)


def _keep(parts: Parts, screened: Screened, terms: Terms) -> RunRecord:
    """Write the run's tables and publish the store anew where they changed it."""
    shortlist = screened.shortlist
    record = RunRecord(
        run=shortlist.run,
        as_of=shortlist.as_of,
        config=shortlist.config,
        embedder=shortlist.embedder,
        embedder_fingerprint=parts.fingerprint,
        scores_fingerprint=parts.prints.scores,
        version=__version__,
        top=parts.config.top,
        counts=shortlist.counts,
        jobs=tuple(job.job_id for job in terms.jobs),
        tenant=parts.config.tenant,
        region=parts.config.region,
    )
    workspace = parts.workspace
    terms = replace(terms, config=here(terms.config))
    _say_scored_otherwise(workspace, record, parts.progress)
    for run in damaged_runs(workspace.parts / "runs"):
        if run != record.run:
            parts.progress.note(f"run {run} is damaged and left out")
    whole = write_run(workspace.run_folder(record.run), record, terms, screened.findings)
    publish_changes(workspace, parts.progress)
    publish_copy(parts.config, workspace)
    return whole


def publish_copy(config: RunConfig, workspace: Workspace) -> None:
    """Put the published store where the configuration wants a copy of it, apart for each tenant and region."""
    if config.publish_to and workspace.database.is_file():
        place = place_of(config.publish_to)
        for level in workspace.levels:
            place = place / level
        place.mkdir(parents=True, exist_ok=True)
        write_atomically(place / workspace.database.name, workspace.database.read_bytes())


def _say_scored_otherwise(workspace: Workspace, record: RunRecord, progress: Progress) -> None:
    """Say so where the latest run with the same jobs and settings was scored by other code: places may have moved by that."""
    alike = [old for _, old in runs_of(workspace) if (old.jobs, old.config) == (record.jobs, record.config)]
    if alike and alike[-1].scores_fingerprint != record.scores_fingerprint:
        old = alike[-1]
        progress.note(
            f"this version scores otherwise than the one that made run {old.run} (hirelens {old.version}); "
            f"`hirelens runs diff {old.run} {record.run}` shows what moved"
        )


def publish_changes(workspace: Workspace, progress: Progress) -> None:
    """Publish runs and decisions where they are not what is published; raises OutputError where that cannot be done."""
    runs = finished_runs(workspace.parts / "runs")
    decided = decisions_in(ledger.read(workspace.ledger), workspace.decisions)
    if published_snapshot(workspace.database) != snapshot_of(runs, decided) or not workspace.identities.is_file():
        progress.start("publishing", 0)
        publish(runs, workspace.database, workspace.identities, decided)


def bring_up_to_date(workspace: Workspace) -> None:
    """Build a published file of an earlier version anew, in the form of this one.

    Raises StoreError where it is damaged, from a newer version, or the only place where some run is left; LockedError
    where another run holds the workspace, which then builds it.
    """
    former = runs_of_former(workspace.database)
    if not former:
        return
    gone = former - {record.run for _, record in runs_of(workspace)}
    if gone:
        raise StoreError(
            f"{workspace.database.name} is of an earlier version and holds {len(gone)} runs that are kept nowhere else",
            "copy it elsewhere, where DuckDB can read it as it is; the next run makes a new one here",
        )
    with workspace.locked():
        publish_changes(workspace, NoProgress())


def _note(parts: Parts, config: RunConfig, record: RunRecord, batch: Batch, screened: Screened, seconds: float) -> None:
    """What was done, for the ledger."""
    inputs = hashlib.sha256("\n".join(person.source.doc_id for person in batch.people).encode()).hexdigest()
    body: dict[str, ledger.Value] = {
        "run": record.run,
        "who": user_name(),
        "tenant": record.tenant,
        "region": record.region,
        "version": record.version,
        "config": record.config,
        "settings": encode(here(config)).decode(),
        "as_of": record.as_of,
        "embedder": record.embedder,
        "embedder_fingerprint": record.embedder_fingerprint,
        "models": parts.models,
        "scores_fingerprint": record.scores_fingerprint,
        "inputs_sha256": inputs,
        "jobs": list(record.jobs),
        "found": record.counts.found,
        "scored": record.counts.scored,
        "unscreened": record.counts.unscreened,
        "duplicates": record.counts.duplicates,
        "digest": record.digest,
        "seconds": round(seconds, 2),
        "damaged": screened.mended,
    }
    for stage in screened.stages:
        body[f"{stage.stage}_cached"], body[f"{stage.stage}_made"] = stage.cached, stage.made
    note(parts.workspace, "run", body)


def _kept(paths: Sequence[str]) -> tuple[str, ...]:
    return tuple(kept_path(path if is_url(path) else os.path.abspath(path)) for path in paths)  # noqa: PTH100
