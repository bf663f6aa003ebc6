"""What a notebook imports, and where ports meet their implementations."""

from __future__ import annotations

import datetime
import getpass
import hashlib
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hirelens_cli import __version__
from hirelens_cli.backends.duckdb.publish import finished_runs, publish, published_snapshot, snapshot_of
from hirelens_cli.backends.duckdb.queries import Answer
from hirelens_cli.backends.duckdb.queries import query as query_database
from hirelens_cli.backends.embedders.factory import embedder_factory
from hirelens_cli.backends.executors import SerialExecutor, local_executor
from hirelens_cli.config import RunConfig
from hirelens_cli.documents.discover import discover, open_source
from hirelens_cli.documents.sandbox import Sandbox
from hirelens_cli.engine.jobs import Wanted, load_jobs
from hirelens_cli.engine.manifest import read_manifest
from hirelens_cli.engine.parts import Shelf
from hirelens_cli.engine.past import find_candidate, latest_with
from hirelens_cli.engine.plan import Fingerprints, applicants, fingerprints, run_id
from hirelens_cli.engine.results import Inputs, Terms, read_terms, write_run
from hirelens_cli.engine.retry import carry_over
from hirelens_cli.engine.run import Batch, Screened, counts_of, explain_again, require_documents, screen, unscreened_of
from hirelens_cli.engine.stages import Bench, StageCount, prepare, shelves
from hirelens_cli.engine.workspace import Workspace
from hirelens_cli.errors import InputError
from hirelens_cli.governance import ledger
from hirelens_cli.model.documents import Document, SourceFile
from hirelens_cli.model.evaluations import Evaluation
from hirelens_cli.model.issues import Outcome
from hirelens_cli.model.profiles import Profile
from hirelens_cli.model.results import RunRecord
from hirelens_cli.model.shortlists import Counts, JobShortlist, Ranked, Shortlist, Unscreened
from hirelens_cli.ports import Embedder, Executor, NoProgress, Progress

__all__ = [
    "Answer",
    "Ingested",
    "RunConfig",
    "evaluate",
    "explain",
    "ingest",
    "profile_file",
    "query",
    "rank",
    "read_file",
    "retry",
]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What `ingest` found; `counts.scored` says how many were read and understood."""

    unscreened: tuple[Unscreened, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class _Parts:
    """The ports and data of one command, put together."""

    config: RunConfig
    workspace: Workspace
    embedder: Embedder
    prints: Fingerprints
    executor: Executor
    progress: Progress

    def bench(self) -> Bench:
        """The bench for resumes."""
        return self._bench(self.config, self.prints)

    def job_bench(self) -> Bench:
        """The bench for job descriptions, which need not look like resumes."""
        config = replace(self.config, accept_any=True)
        return self._bench(config, fingerprints(config, self.embedder.fingerprint))

    def _bench(self, config: RunConfig, prints: Fingerprints) -> Bench:
        documents, profiles, vectors = shelves(self.workspace, prints)
        factory = embedder_factory(config.embedder, config.model)
        return Bench(
            config, documents, profiles, vectors, self.executor, self.progress, factory, self.embedder.dimensions
        )


def rank(
    resumes: Sequence[str],
    jobs: Sequence[str],
    config: RunConfig | None = None,
    *,
    manifest: str | None = None,
    progress: Progress | None = None,
) -> Shortlist:
    """Screen resumes for jobs and keep everything in the workspace.

    Raises InputError where there is nothing to screen or a job cannot be used, LockedError where another run holds the
    workspace, OutputError where it cannot be written, MissingExtraError where the embedder is not installed.
    """
    started = time.monotonic()
    parts = _assemble(config or RunConfig(), progress or NoProgress())
    config = parts.config
    with parts.workspace.locked():
        wanted = _wanted(parts, jobs)
        batch = _batch(parts, resumes, manifest)
        rejected = [name for name, _ in batch.found.rejected]
        run = run_id(batch.people, rejected, [item.job for item in wanted], config.hash(), parts.prints.scores)
        screened = screen(
            parts.bench(),
            batch,
            wanted,
            run=run,
            config_hash=config.hash(),
            embedder=parts.embedder.name,
            as_of=config.as_of,
        )
        inputs = _inputs(resumes, jobs, manifest, parts.prints.documents)
        record = _keep(parts, screened, Terms(config, tuple(item.job for item in wanted), inputs))
        _note(parts, record, batch, screened.stages, time.monotonic() - started)
    return screened.shortlist


def ingest(
    resumes: Sequence[str],
    config: RunConfig | None = None,
    *,
    manifest: str | None = None,
    progress: Progress | None = None,
) -> Ingested:
    """Read, understand and embed resumes, so that a later `rank` has only to score. Raises as `rank` does."""
    parts = _assemble(config or RunConfig(), progress or NoProgress())
    with parts.workspace.locked():
        batch = _batch(parts, resumes, manifest)
        prepared = prepare(parts.bench(), batch.people)
        _say_stages(parts.progress, prepared.counts)
    unscreened = unscreened_of(batch, prepared.unscreened, blind=parts.config.blind)
    return Ingested(unscreened, counts_of(batch, prepared))


def retry(config: RunConfig | None = None, *, progress: Progress | None = None) -> Shortlist:
    """The latest run once more: what was screened is kept, what was not is read again under the limits of `config`.

    Everything else (weights, as-of date, embedder) is as in that run. Raises InputError where there is no run.
    """
    asked = config or RunConfig()
    workspace = Workspace(Path(asked.workspace))
    runs = finished_runs(workspace.parts / "runs")
    terms = read_terms(runs[-1].folder) if runs else None
    if terms is None:
        raise InputError(f"no run to repeat in {workspace.root}", "run `hirelens rank RESUMES --job JD` first")
    again = replace(
        terms.config,
        limits=asked.limits,
        forensics=asked.forensics,
        accept_any=asked.accept_any or terms.config.accept_any,
        workspace=asked.workspace,
        workers=asked.workers,
        blind=asked.blind,
    )
    parts = _assemble(again, progress or NoProgress())
    with parts.workspace.locked():
        new = parts.bench().documents
        old = Shelf(new.folder.with_name(terms.inputs.documents), new.stage, terms.inputs.documents)
        carried, dropped = carry_over(old, new)
    parts.progress.note(f"{carried} documents kept as they were read, {dropped} to be read again")
    return rank(terms.inputs.resumes, terms.inputs.jobs, again, manifest=terms.inputs.manifest, progress=progress)


def read_file(path: str, config: RunConfig | None = None) -> Outcome[Document]:
    """One file as it is read, in the sandbox; raises InputError where it is missing or cannot be opened."""
    settings = config or RunConfig()
    source = _single(path, settings)
    data = open_source(source, settings.limits)
    if data.value is None:
        return Outcome(None, data.issues)
    with Sandbox(settings.limits, settings.forensics, settings.accept_any) as sandbox:
        return next(outcome for _, outcome in sandbox.read_many([(source.doc_id, source.name, data.value)]))


def profile_file(path: str, config: RunConfig | None = None) -> Outcome[Profile]:
    """All that is understood of one resume; raises InputError where it is missing or cannot be opened."""
    settings = _dated(config or RunConfig())
    document = read_file(path, settings)
    if document.value is None:
        return Outcome(None, document.issues)
    from hirelens_cli.profiles.resume import profile_resume
    from hirelens_cli.profiles.taxonomy import load_taxonomy

    as_of = datetime.date.fromisoformat(settings.as_of)
    taxonomy = load_taxonomy(settings.taxonomy)
    return profile_resume(document.value, taxonomy, as_of, redact_institutions=settings.redact_institutions)


def explain(candidate: str, job: str, config: RunConfig | None = None) -> tuple[JobShortlist, Ranked]:
    """One candidate of the latest run with that job, every part with its evidence; the JobShortlist holds that one alone.

    Raises InputError where the job, the candidate or a run is not there, StoreError where the run was made by a version
    that scores differently.
    """
    settings = config or RunConfig()
    workspace = Workspace(Path(settings.workspace))
    runs = [(item.folder, item.record) for item in finished_runs(workspace.parts / "runs")]
    past, wanted = latest_with(runs, job)
    place = find_candidate(past, wanted, candidate)
    again = replace(past.terms.config, workspace=settings.workspace, blind=settings.blind, workers=1)
    parts = _assemble(again, NoProgress())
    from hirelens_cli.embeddings.passages import job_vectors
    from hirelens_cli.profiles.tokens import terms

    return explain_again(parts.bench(), past, wanted, job_vectors(wanted, parts.embedder, terms), place)


def evaluate(
    labels: str,
    config: RunConfig | None = None,
    *,
    run: str | None = None,
    metrics: Sequence[str] = (),
    gates: Mapping[str, float] | None = None,
    labelled_only: bool = False,
    rounds: int = 1000,
) -> Evaluation:
    """A finished run's stored scores under people's labels (CSV: job, resume, relevance), beside plain methods.

    `gates` is the least that a metric has to reach; whether it did is in the answer. Raises InputError where no label fits,
    UsageError for an unknown metric, StoreError where what was read for the run is no longer there.
    """
    from hirelens_cli.embeddings.passages import job_vectors
    from hirelens_cli.engine.judging import contests, load_field, run_with
    from hirelens_cli.evaluation.baselines import Corpus
    from hirelens_cli.evaluation.compare import beside
    from hirelens_cli.evaluation.judge import chosen, judge
    from hirelens_cli.evaluation.labels import read_labels
    from hirelens_cli.profiles.tokens import terms

    wanted = chosen(metrics, gates or {})
    marks = read_labels(Path(labels))
    settings = config or RunConfig()
    workspace = Workspace(Path(settings.workspace))
    past = run_with([(item.folder, item.record) for item in finished_runs(workspace.parts / "runs")], marks, run)
    found, counts = contests(past, marks, labelled_only=labelled_only)
    parts = _assemble(replace(past.terms.config, workspace=settings.workspace, workers=1), NoProgress())
    field = load_field(parts.bench(), past, found)
    corpus = Corpus(field.terms)
    judged = [
        beside(
            item.job.name,
            number,
            item.relevance,
            item.scores,
            corpus,
            counts=terms(item.job.text),
            likeness=field.likeness(job_vectors(item.job, parts.embedder, terms).whole),
            rows=field.rows(item),
        )
        for number, item in enumerate(found)
    ]
    return judge(judged, past.record, counts, wanted, gates or {}, rounds)


def query(sql: str, config: RunConfig | None = None) -> Answer:
    """The answer of one SQL statement on the published store, read-only; raises as `backends.duckdb.queries.query`."""
    return query_database(Workspace(Path((config or RunConfig()).workspace)).database, sql)


def _dated(config: RunConfig) -> RunConfig:
    """The configuration with today as its as-of date where it names none."""
    return config if config.as_of else replace(config, as_of=datetime.datetime.now().astimezone().date().isoformat())


def _assemble(config: RunConfig, progress: Progress) -> _Parts:
    settings = _dated(config)
    workspace = Workspace(Path(settings.workspace))
    workspace.prepare()
    published_snapshot(workspace.database)  # a store from a newer version is refused before any work is done
    embedder = embedder_factory(settings.embedder, settings.model)()
    prints = fingerprints(settings, embedder.fingerprint)
    executor = SerialExecutor() if settings.workers == 1 else local_executor(settings.workers)
    return _Parts(settings, workspace, embedder, prints, executor, progress)


def _wanted(parts: _Parts, jobs: Sequence[str]) -> tuple[Wanted, ...]:
    found = discover(jobs, parts.config.limits)
    return load_jobs(parts.job_bench(), found, parts.embedder, parts.workspace.parts / "jobs" / parts.prints.jobs)


def _batch(parts: _Parts, resumes: Sequence[str], manifest: str | None) -> Batch:
    found = discover(resumes, parts.config.limits)
    table = read_manifest(Path(manifest)) if manifest else None
    people, left_out = applicants(found, table, parts.config.as_of)
    batch = Batch(people, found, left_out)
    require_documents(batch)
    if left_out:
        parts.progress.note(f"{left_out} documents are not in the manifest and were left out")
    names = [name for source in found.sources for name in (source.name, *source.also)]
    names += [name for name, _ in found.rejected]
    for name in table.missing(names) if table else ():
        parts.progress.note(f"the manifest names {name}, which is not there")
    return batch


def _inputs(resumes: Sequence[str], jobs: Sequence[str], manifest: str | None, documents: str) -> Inputs:
    return Inputs(_absolute(resumes), _absolute(jobs), _absolute([manifest])[0] if manifest else None, documents)


def _absolute(paths: Sequence[str]) -> tuple[str, ...]:
    return tuple(os.path.abspath(path) for path in paths)  # noqa: PTH100 - a pattern is no path


def _keep(parts: _Parts, screened: Screened, terms: Terms) -> RunRecord:
    """Write the run's tables and publish the store anew where they changed it."""
    shortlist = screened.shortlist
    record = RunRecord(
        run=shortlist.run,
        as_of=shortlist.as_of,
        config=shortlist.config,
        embedder=shortlist.embedder,
        embedder_fingerprint=parts.embedder.fingerprint,
        scores_fingerprint=parts.prints.scores,
        version=__version__,
        top=parts.config.top,
        counts=shortlist.counts,
        jobs=tuple(job.job_id for job in terms.jobs),
    )
    workspace = parts.workspace
    whole = write_run(workspace.run_folder(record.run), record, terms, screened.findings)
    runs = finished_runs(workspace.parts / "runs")
    if published_snapshot(workspace.database) != snapshot_of(runs) or not workspace.identities.is_file():
        parts.progress.start("publishing", 0)
        publish(runs, workspace.database, workspace.identities)
    return whole


def _note(parts: _Parts, record: RunRecord, batch: Batch, stages: Sequence[StageCount], seconds: float) -> None:
    """What was done, for the ledger and for whoever watches."""
    _say_stages(parts.progress, stages)
    inputs = hashlib.sha256("\n".join(person.source.doc_id for person in batch.people).encode()).hexdigest()
    body: dict[str, ledger.Value] = {
        "run": record.run,
        "who": _user(),
        "version": record.version,
        "config": record.config,
        "as_of": record.as_of,
        "embedder": record.embedder,
        "embedder_fingerprint": record.embedder_fingerprint,
        "scores_fingerprint": record.scores_fingerprint,
        "inputs_sha256": inputs,
        "jobs": list(record.jobs),
        "found": record.counts.found,
        "scored": record.counts.scored,
        "unscreened": record.counts.unscreened,
        "duplicates": record.counts.duplicates,
        "digest": record.digest,
        "seconds": round(seconds, 2),
    }
    for stage in stages:
        body[f"{stage.stage}_cached"], body[f"{stage.stage}_made"] = stage.cached, stage.made
    at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    ledger.append(parts.workspace.ledger, "run", body, at)


def _say_stages(progress: Progress, stages: Sequence[StageCount]) -> None:
    done = ", ".join(f"{item.stage} {item.made} new, {item.cached} kept" for item in stages)
    progress.note(done)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run under an id without a name
        return ""


def _single(path: str, config: RunConfig) -> SourceFile:
    found = discover([path], config.limits)
    for name, issue in found.rejected:
        raise InputError(f"cannot read {name}: {issue.message}", issue.hint)
    if len(found.sources) != 1:
        raise InputError(f"{path} holds {len(found.sources)} documents", "name one file")
    return found.sources[0]
