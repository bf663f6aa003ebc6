"""Finished runs, looked back on: listed, compared, proved, and asked what would be if."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hirelens_cli.assembly import (
    Parts,
    assemble,
    batch_of,
    bring_up_to_date,
    past_of,
    publish_changes,
    runs_of,
    wanted_again,
)
from hirelens_cli.backends.duckdb.compare import differing_tables
from hirelens_cli.config import RunConfig
from hirelens_cli.engine.compare import diff_runs as diff_of
from hirelens_cli.engine.corrections import as_then
from hirelens_cli.engine.past import PastRun, all_runs, details, find_candidate, find_run, summaries
from hirelens_cli.engine.past import placed as past_places
from hirelens_cli.engine.results import candidate_id, damaged_runs
from hirelens_cli.engine.run import screen
from hirelens_cli.engine.verify import check_files, check_replay, replayed, stored_tables
from hirelens_cli.engine.whatif import job_cost as job_cost_of
from hirelens_cli.engine.whatif import lifts as lifts_of
from hirelens_cli.engine.whatif import what_if as what_if_of
from hirelens_cli.engine.workspace import Workspace, write_atomically
from hirelens_cli.errors import InputError, StoreError, UsageError
from hirelens_cli.governance import ledger
from hirelens_cli.governance.decisions import KIND, entry_body, nameless, seal
from hirelens_cli.governance.erasures import expected
from hirelens_cli.governance.history import check_chain, executions, pruned
from hirelens_cli.logbook import note, now, user_name
from hirelens_cli.model.comparisons import (
    Check,
    JobCost,
    JobDiff,
    Lift,
    Placed,
    Result,
    RunDetails,
    RunDiff,
    RunSummary,
    Verdict,
    WhatIf,
)
from hirelens_cli.model.decisions import Choice, Decision
from hirelens_cli.ports import NoProgress, Progress

__all__ = [
    "damaged",
    "decide",
    "diff_runs",
    "job_cost",
    "lifts",
    "list_runs",
    "placed",
    "show_run",
    "verify_run",
    "what_if",
]


def lifts(candidate: str, job: str, config: RunConfig | None = None, *, run: str | None = None) -> tuple[Lift, ...]:
    """What would bring a candidate to the place above and into the next quarter; raises as `explain` does."""
    past, wanted = past_of(config or RunConfig(), job, run)
    return lifts_of(past, wanted, find_candidate(past, wanted, candidate))


def what_if(
    job: str,
    weights: Mapping[str, float],
    without: Sequence[str],
    config: RunConfig | None = None,
    *,
    run: str | None = None,
) -> WhatIf:
    """The order of a run's job under other weights (by criterion; the rest as in the run) and without some requirements.

    Nothing is read or embedded again. Raises InputError where the job or the run is not there, UsageError where the
    weights or requirements cannot be meant, StoreError where the run was made by a version that weighs differently.
    """
    from hirelens_cli.embeddings.passages import requirement_terms
    from hirelens_cli.profiles.tokens import terms

    settings = config or RunConfig()
    past, wanted = past_of(settings, job, run)
    new = replace(past.terms.config.weights, **weights)
    return what_if_of(
        past, wanted, new, without, requirement_terms(wanted, terms), top=settings.top, blind=settings.blind
    )


def job_cost(job: str, config: RunConfig | None = None, *, run: str | None = None) -> JobCost:
    """What each requirement of a run's job does to its pool. Raises InputError where the job or the run is not there."""
    settings = config or RunConfig()
    return job_cost_of(*past_of(settings, job, run), top=settings.top, blind=settings.blind)


def list_runs(config: RunConfig | None = None) -> tuple[RunSummary, ...]:
    """The finished runs of a workspace, oldest first."""
    workspace = Workspace.of(config or RunConfig())
    return summaries(all_runs(runs_of(workspace)), executions(ledger.read(workspace.ledger)))


def damaged(config: RunConfig | None = None) -> tuple[str, ...]:
    """The runs of a workspace that are left out of everything because their record or their terms cannot be read."""
    return damaged_runs(Workspace.of(config or RunConfig()).parts / "runs")


def show_run(run: str, config: RunConfig | None = None) -> RunDetails:
    """One run (`latest`, or a unique beginning of its id) and its terms; raises InputError where it is not there."""
    workspace = Workspace.of(config or RunConfig())
    past = _run_named(workspace, run)
    done = summaries(all_runs(runs_of(workspace)), executions(ledger.read(workspace.ledger)))
    return details(past, next(item for item in done if item.record == past.record))


def decide(
    candidate: str,
    job: str,
    choice: Choice,
    reason: str,
    config: RunConfig | None = None,
    *,
    run: str | None = None,
    who: str = "",
) -> Decision:
    """Keep what a person decided about a candidate, with the shortlist seen: in the ledger, and in v1_decisions.

    The candidate's name is taken out of the reason. `who` is the account's name where empty. Raises InputError where the
    job, the candidate or the run is not there, UsageError without a reason, LockedError where another holds the workspace.
    """
    settings = config or RunConfig()
    workspace = Workspace.of(settings)
    past, wanted = past_of(settings, job, run)
    place = find_candidate(past, wanted, candidate)
    said = nameless(reason, place.name)
    if not said:
        raise UsageError("a decision needs a reason", "say it with --reason")
    at = now()
    decision = Decision(
        -1,
        at,
        who or user_name(),
        past.record.run,
        wanted.name,
        wanted.job_id,
        candidate_id(place.doc_id),
        choice.value,
        said,
        place.rank,
        place.score,
        past.record.digest,
    )
    commitment, data = seal(decision, secrets.token_hex(16))
    with workspace.locked():
        workspace.decisions.mkdir(mode=0o700, exist_ok=True)
        write_atomically(workspace.decisions / f"{commitment}.json", data)
        entry = note(workspace, KIND, entry_body(decision, commitment), at)
        publish_changes(workspace, NoProgress())
    return replace(decision, sequence=entry.sequence)


def placed(run: str, config: RunConfig | None = None) -> tuple[Placed, ...]:
    """Everyone's place in a run for every job, job by job, best first; blind where the config is.

    Raises InputError where the run is not there, StoreError where its tables cannot be read.
    """
    settings = config or RunConfig()
    return tuple(past_places(_run_named(Workspace.of(settings), run), blind=settings.blind))


def _run_named(workspace: Workspace, wanted: str) -> PastRun:
    """The run that is meant; raises InputError where it is not there, and says so where the ledger has it as pruned."""
    try:
        return find_run(runs_of(workspace), wanted)
    except InputError:
        gone = pruned(ledger.read(workspace.ledger))
        named = [run for run in gone if run.startswith(wanted.lower())]
        if len(named) != 1:
            raise
        line = gone[named[0]]
        raise InputError(
            f"run {named[0]} was pruned at {line.at} by {line.body.get('who')}: its tables are gone",
            f"what it was stays in {workspace.ledger}, the pruning as line {line.sequence + 1}; the same files, jobs and settings make it again",
        ) from None


def diff_runs(before: str, after: str, config: RunConfig | None = None) -> RunDiff:
    """Who moved from one run to another, and which parts moved them; of each job the `config.top` largest changes.

    Raises InputError where a run is not there, StoreError where its tables cannot be read.
    """
    settings = config or RunConfig()
    workspace = Workspace.of(settings)
    return diff_of(_run_named(workspace, before), _run_named(workspace, after), top=settings.top, blind=settings.blind)


def verify_run(run: str, config: RunConfig | None = None, *, progress: Progress | None = None) -> Verdict:
    """Whether a run's files are what was written and the same work gives the same again; nothing of it is published.

    Raises InputError where the run is not there, LockedError where another holds the workspace.
    """
    settings = config or RunConfig()
    workspace = Workspace.of(settings)
    past = _run_named(workspace, run)
    bring_up_to_date(workspace)
    entries = ledger.read(workspace.ledger)
    chain = check_chain(workspace.ledger)
    known = expected(entries, past.record.run)
    files = check_files(past, known.digest if known else None)
    terms = replace(past.terms.config.placed_as(settings), workers=settings.workers)
    parts = assemble(terms, progress or NoProgress())
    with workspace.locked():
        replay, jobs = _replay(parts, past)
    checks = (chain, *files, _check_published(workspace, past), replay)
    return Verdict(past.record.run, checks, jobs, past.record.erased)


def _check_published(workspace: Workspace, past: PastRun) -> Check:
    """Whether the store that people query says what the run's tables say."""
    name = workspace.database.name
    if not workspace.database.is_file():
        return Check("published", Result.SKIPPED, f"there is no {name}; the next run publishes it")
    try:
        different = differing_tables(workspace.database, past.record.run, stored_tables(past))
    except StoreError as error:
        return Check("published", Result.SKIPPED, f"not compared: {error.message}")
    if different:
        return Check("published", Result.DIFFERS, f"{name} has other rows: {', '.join(different)}")
    return Check("published", Result.EQUAL, f"{name} holds the same rows")


def _replay(parts: Parts, past: PastRun) -> tuple[Check, tuple[JobDiff, ...]]:
    """The work of a run once more, with its documents alone and its jobs as they were understood."""
    resumes, _, manifest = past.terms.inputs.given()
    try:
        keys = dict(stored_tables(past)["documents"].select("doc_id", "profile").iter_rows())
        batch = batch_of(parts, resumes, manifest, {job.job_id for job in past.terms.jobs})
    except (InputError, StoreError) as error:
        return Check("replay", Result.SKIPPED, f"not replayed: {error.message}"), ()
    people = tuple(
        as_then(parts.workspace, person, keys[person.source.doc_id])
        for person in batch.people
        if person.source.doc_id in keys
    )
    there = {person.source.doc_id for person in people}
    if not people:
        return Check("replay", Result.SKIPPED, "not replayed: none of the documents is there any more"), ()
    wanted = wanted_again(parts, past.terms.jobs)
    record = past.record
    screened = screen(
        parts.bench(),
        replace(batch, people=people),
        wanted,
        run=record.run,
        config_hash=record.config,
        embedder=record.embedder,
        as_of=record.as_of,
        second=parts.wave(wanted),
    )
    same = (parts.prints.scores, parts.fingerprint) == (record.scores_fingerprint, record.embedder_fingerprint)
    other = "" if same else f"made by hirelens {record.version} with other code or another model"
    return check_replay(past, replayed(screened.findings), [item for item in keys if item not in there], other)
