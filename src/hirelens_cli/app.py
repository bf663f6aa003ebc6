"""What a notebook imports: the work itself. `history` looks back on what was done."""

from __future__ import annotations

import datetime
import difflib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hirelens_cli.assembly import (
    assemble,
    batch_of,
    bring_up_to_date,
    dated,
    finish,
    inputs_of,
    past_of,
    say_done,
    wanted_of,
)
from hirelens_cli.backends.duckdb.describe import described
from hirelens_cli.backends.duckdb.publish import finished_runs
from hirelens_cli.backends.duckdb.queries import query as query_database
from hirelens_cli.config import RunConfig
from hirelens_cli.documents.discover import discover, open_source
from hirelens_cli.documents.sandbox import Sandbox
from hirelens_cli.engine.parts import Shelf
from hirelens_cli.engine.past import (
    find_candidate,
)
from hirelens_cli.engine.results import read_terms
from hirelens_cli.engine.retry import carry_over
from hirelens_cli.engine.run import counts_of, explain_again, unscreened_of
from hirelens_cli.engine.stages import prepare
from hirelens_cli.engine.workspace import Workspace
from hirelens_cli.errors import InputError, UsageError
from hirelens_cli.logbook import run_noted
from hirelens_cli.model.documents import Document, SourceFile
from hirelens_cli.model.evaluations import Evaluation, TunedRun
from hirelens_cli.model.issues import Outcome
from hirelens_cli.model.profiles import Profile
from hirelens_cli.model.shortlists import Counts, JobShortlist, Ranked, Shortlist, Unscreened
from hirelens_cli.model.store import Answer, Relation
from hirelens_cli.ports import Fact, NoProgress, Progress

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "Answer",
    "Ingested",
    "RunConfig",
    "evaluate",
    "explain",
    "frame",
    "ingest",
    "profile_file",
    "query",
    "rank",
    "read_file",
    "retry",
    "schema",
]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What `ingest` found; `counts.scored` says how many were read and understood."""

    unscreened: tuple[Unscreened, ...]
    counts: Counts


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
    parts = assemble(config or RunConfig(), progress or NoProgress())
    with parts.workspace.locked(), run_noted("rank", parts.config):
        wanted = wanted_of(parts, jobs)
        batch = batch_of(parts, resumes, manifest, {item.job.job_id for item in wanted})
        inputs = inputs_of(resumes, jobs, manifest, parts.prints.documents)
        parts.bench().documents.forget_unopened()
        return finish(parts, parts.config, wanted, batch, inputs, started)


def frame(shortlist: Shortlist, config: RunConfig | None = None) -> pl.DataFrame:
    """A shortlist as a Polars frame: a row per job and candidate, then one per document without a score.

    Points are exact decimals of 0 to 100; columns as in rendering/to_frame.py. `config` is that of the run; it says whose
    tenant and region the rows are.
    """
    from hirelens_cli.rendering.to_frame import shortlist_frame

    return shortlist_frame(shortlist, config or RunConfig())


def ingest(
    resumes: Sequence[str],
    config: RunConfig | None = None,
    *,
    manifest: str | None = None,
    progress: Progress | None = None,
) -> Ingested:
    """Read, understand and embed resumes, so that a later `rank` has only to score. Raises as `rank` does."""
    parts = assemble(config or RunConfig(), progress or NoProgress())
    with parts.workspace.locked():
        batch = batch_of(parts, resumes, manifest)
        bench = parts.bench()
        bench.documents.forget_unopened()
        prepared = prepare(bench, batch.people)
    ingested = Ingested(unscreened_of(batch, prepared.unscreened, blind=parts.config.blind), counts_of(batch, prepared))
    say_done(parts.progress, prepared.counts, ingested.counts, ingested.unscreened)
    return ingested


def retry(config: RunConfig | None = None, *, progress: Progress | None = None) -> Shortlist:
    """The latest run once more: what was screened is kept, what was not is read again under the limits of `config`.

    Everything else (weights, as-of date, embedder) is as in that run. Raises InputError where there is no run.
    """
    asked = config or RunConfig()
    workspace = Workspace.of(asked)
    runs = finished_runs(workspace.parts / "runs")
    terms = read_terms(runs[-1].folder) if runs else None
    if terms is None:
        raise InputError(f"no run to repeat in {workspace.root}", "run `hirelens rank RESUMES --job JD` first")
    again = replace(
        terms.config.placed_as(asked),
        limits=asked.limits,
        forensics=asked.forensics,
        accept_any=asked.accept_any or terms.config.accept_any,
        workers=asked.workers,
        engine=asked.engine,
        cluster=asked.cluster,
        telemetry=asked.telemetry,
        blind=asked.blind,
    )
    parts = assemble(again, progress or NoProgress())
    with parts.workspace.locked():
        new = parts.bench().documents
        old = Shelf(new.folder.with_name(terms.inputs.documents), new.stage, terms.inputs.documents)
        carried, dropped = carry_over(old, new, ocr=bool(again.limits.ocr_pages))
    parts.progress.note(f"{carried} documents kept as they were read, {dropped} to be read again")
    resumes, jobs, manifest = terms.inputs.given()
    return rank(resumes, jobs, again, manifest=manifest, progress=progress)


def read_file(path: str, config: RunConfig | None = None) -> Outcome[Document]:
    """One file as it is read, in the sandbox; raises InputError where it is missing or cannot be opened.

    MissingExtraError where OCR is asked for and not installed.
    """
    settings = config or RunConfig()
    if settings.limits.ocr_pages:
        from hirelens_cli.documents.ocr import versions

        versions()
    source = _single(path, settings)
    data = open_source(source, settings.limits)
    if data.value is None:
        return Outcome(None, data.issues)
    with Sandbox(settings.limits, settings.forensics, settings.accept_any) as sandbox:
        return next(outcome for _, outcome in sandbox.read_many([(source.doc_id, source.name, data.value)]))


def profile_file(path: str, config: RunConfig | None = None) -> Outcome[Profile]:
    """All that is understood of one resume; raises InputError where it is missing or cannot be opened."""
    settings = dated(config or RunConfig())
    document = read_file(path, settings)
    if document.value is None:
        return Outcome(None, document.issues)
    from hirelens_cli.profiles.resume import profile_resume
    from hirelens_cli.profiles.taxonomy import load_taxonomy

    as_of = datetime.date.fromisoformat(settings.as_of)
    taxonomy = load_taxonomy(settings.taxonomy)
    return profile_resume(document.value, taxonomy, as_of, redact_institutions=settings.redact_institutions)


def explain(
    candidate: str, job: str, config: RunConfig | None = None, *, run: str | None = None
) -> tuple[JobShortlist, Ranked]:
    """One candidate of `run` (else the latest with that job), all evidence; the JobShortlist holds that one alone.

    Raises InputError where the job, the candidate or a run is not there, StoreError where the run was made by a version
    that scores differently.
    """
    settings = config or RunConfig()
    past, wanted = past_of(settings, job, run)
    place = find_candidate(past, wanted, candidate)
    again = replace(past.terms.config.placed_as(settings), blind=settings.blind, workers=1)
    stages = assemble(again, NoProgress()).stages(wanted, [place])
    shortlist = explain_again(stages, past, wanted, [place])
    return shortlist, shortlist.candidates[0]


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
    workspace = Workspace.of(settings)
    past = run_with([(item.folder, item.record) for item in finished_runs(workspace.parts / "runs")], marks, run)
    found, counts = contests(past, marks, labelled_only=labelled_only)
    parts = assemble(replace(past.terms.config.placed_as(settings), workers=1), NoProgress())
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


def tune(
    labels: str,
    config: RunConfig | None = None,
    *,
    run: str | None = None,
    metric: str = "ndcg@10",
    labelled_only: bool = False,
    rounds: int = 1000,
) -> TunedRun:
    """Weights that people's labels speak for, from the points that a run stored; nothing is changed by it.

    Raises InputError where no label fits, UsageError for an unknown metric.
    """
    from hirelens_cli.engine.judging import contests, criterion_points, run_with
    from hirelens_cli.evaluation.judge import chosen
    from hirelens_cli.evaluation.labels import read_labels
    from hirelens_cli.evaluation.tuning import Trial, tune
    from hirelens_cli.model.jobs import Criterion

    wanted = chosen([metric], {})[metric]
    marks = read_labels(Path(labels))
    workspace = Workspace.of(config or RunConfig())
    past = run_with([(item.folder, item.record) for item in finished_runs(workspace.parts / "runs")], marks, run)
    found, counts = contests(past, marks, labelled_only=labelled_only)
    trials = [Trial(criterion_points(past, item), item.relevance) for item in found]
    present = [getattr(past.terms.config.weights, criterion.value) for criterion in Criterion]
    tuning = tune(trials, present, wanted, rounds=rounds)
    return TunedRun(past.record.run, past.record.embedder, metric, counts, tuning)


def query(sql: str, config: RunConfig | None = None, *, progress: Progress | None = None) -> Answer:
    """The answer of one SQL statement on the published store, read-only; raises as `backends.duckdb.queries.query`.

    A store of an earlier version is built anew first; raises as `assembly.bring_up_to_date`.
    """
    workspace = Workspace.of(config or RunConfig())
    bring_up_to_date(workspace)
    watching = progress or NoProgress()
    watching.start("querying", 1)
    started = time.monotonic()
    answer = query_database(workspace.database, sql)
    watching.advance(seconds=time.monotonic() - started)
    watching.tell(Fact.DONE)
    return answer


def schema(names: Sequence[str] = ()) -> tuple[Relation, ...]:
    """The views and macros of the store, or those of these names; raises UsageError where there is none of a name."""
    relations = described()
    known = {item.name.partition("(")[0]: item for item in relations}
    for name in names:
        if name not in known:
            nearest = difflib.get_close_matches(name, known, 1, 0.5)
            hint = f"did you mean {nearest[0]}?" if nearest else f"there are {', '.join(known)}"
            raise UsageError(f"the store has no {name}", hint)
    return tuple(known[name] for name in names) if names else relations


def _single(path: str, config: RunConfig) -> SourceFile:
    found = discover([path], config.limits)
    for name, issue in found.rejected:
        raise InputError(f"cannot read {name}: {issue.message}", issue.hint)
    if len(found.sources) != 1:
        raise InputError(f"{path} holds {len(found.sources)} documents", "name one file")
    return found.sources[0]
