"""What a person may ask for: to see what is kept, to be forgotten, not to be kept for longer than is needed."""

from __future__ import annotations

import datetime
import secrets
import time
from collections.abc import Sequence
from dataclasses import replace

from hirelens_cli.assembly import (
    Parts,
    assemble,
    batch_of,
    dated,
    finish,
    past_of,
    publish_changes,
    publish_copy,
    runs_of,
    wanted_again,
)
from hirelens_cli.config import RunConfig
from hirelens_cli.engine.compare import diff_runs
from hirelens_cli.engine.corrections import corrections_of, ever_corrected, keep_corrections
from hirelens_cli.engine.dossier import read_of, rows_of, understood_of
from hirelens_cli.engine.erasure import Erasure, begin, take_out, under_way
from hirelens_cli.engine.past import PastRun, all_runs, find_run
from hirelens_cli.engine.results import candidate_id
from hirelens_cli.engine.subjects import Subject, find_subject, read_at, same_person, subjects_of
from hirelens_cli.engine.workspace import Workspace
from hirelens_cli.errors import InputError, UsageError
from hirelens_cli.governance import ledger
from hirelens_cli.governance.decisions import decisions_in
from hirelens_cli.governance.decisions import erase as erase_decisions
from hirelens_cli.governance.erasures import KIND, Change, commitment, entry_body, noted
from hirelens_cli.governance.history import executions
from hirelens_cli.logbook import note, run_noted, stops_noted, user_name
from hirelens_cli.model.corrections import Correction
from hirelens_cli.model.decisions import Decision
from hirelens_cli.model.issues import Status
from hirelens_cli.model.results import RunRecord
from hirelens_cli.model.rights import Corrected, Dossier, Forgetting, Held, Receipt, Retention
from hirelens_cli.ports import NoProgress, Progress
from hirelens_cli.profiles.corrections import correction_of

__all__ = ["access", "correct", "decided", "forget", "forgetting", "retain"]


def forgetting(candidate: str, config: RunConfig | None = None, *, all_files: bool = False) -> Forgetting:
    """What `forget` would take out; raises InputError where nothing or several fit."""
    chosen, others = _chosen(Workspace.of(config or RunConfig()), candidate, all_files)
    return Forgetting(tuple(_held(item) for item in chosen), tuple(_held(item, reason) for item, reason in others))


def forget(candidate: str, config: RunConfig | None = None, *, all_files: bool = False, who: str = "") -> Receipt:
    """Take a document, or all documents of its person, out of the workspace, and refuse it from now on.

    An erasure that was begun before and killed is finished first. Raises InputError where nothing or several fit,
    LockedError where another holds the workspace, OutputError where it cannot be written.
    """
    settings = config or RunConfig()
    workspace = Workspace.of(settings)
    _require(workspace)
    with workspace.locked(), stops_noted("forget", settings):
        finished = _finish_begun(settings, who)
        try:
            chosen, _ = _chosen(workspace, candidate, all_files)
        except InputError:
            if finished is None:
                raise
            return finished
        return _take_out(settings, chosen, Status.ERASED, who)


def access(candidate: str, config: RunConfig | None = None) -> Dossier:
    """Everything that is kept about one document and the person in it; raises InputError where nothing or several fit."""
    workspace = Workspace.of(config or RunConfig())
    _require(workspace)
    runs = _runs(workspace)
    subjects = subjects_of(workspace, runs)
    one = find_subject(subjects, candidate)
    profiles, identity = understood_of(workspace, one.doc_id)
    decided = decisions_in(ledger.read(workspace.ledger), workspace.decisions)
    return Dossier(
        _held(one),
        identity,
        one.applicant_id,
        read_of(workspace, one.doc_id),
        profiles,
        rows_of(runs, one.doc_id),
        tuple(item for item in decided if item.candidate == one.candidate),
        tuple(map(str, ever_corrected(workspace, one.doc_id))),
        tuple(_held(item, reason) for item, reason in same_person(subjects, one)),
    )


def correct(
    candidate: str,
    texts: Sequence[str],
    config: RunConfig | None = None,
    *,
    undo: Sequence[str] = (),
    who: str = "",
    progress: Progress | None = None,
) -> Corrected:
    """Put right what was understood of a document (`field=value`), and do the latest run with it once more.

    Corrections add up; they are kept in the workspace and hold for every later run. Those of the fields in `undo`, or equal
    to a `field=value` there, are taken back first. Raises InputError where nothing fits, no run has the document, or the
    resumes are gone; UsageError for a correction that cannot be meant, or one to take back that was never made.
    """
    started = time.monotonic()
    settings = config or RunConfig()
    workspace = Workspace.of(settings)
    _require(workspace)
    new = tuple(map(correction_of, texts))
    runs = _runs(workspace)
    one = find_subject(subjects_of(workspace, runs), candidate)
    before = next((past for past in reversed(runs) if past.record.run in one.runs), None)
    if before is None:
        raise InputError(f"no run has screened {candidate}", "run `hirelens rank` first, then correct")
    terms = replace(before.terms.config.placed_as(settings), workers=settings.workers)
    parts = assemble(terms, progress or NoProgress())
    with workspace.locked(), run_noted("correct", parts.config):
        held = corrections_of(workspace, one.doc_id)
        undone = _undone(held, undo)
        together = (*(item for item in held if item not in (*undone, *new)), *new)
        sealed = keep_corrections(workspace, one.doc_id, together, secrets.token_hex(16))
        fields: ledger.Value = sorted({item.field.value for item in (*new, *undone)})
        body: dict[str, ledger.Value] = {"who": who or user_name(), "fields": fields, "commitment": sealed}
        note(workspace, "correction", body)
        again = _again(parts, before, started)
    after = find_run(runs_of(workspace), again)
    return Corrected(_held(one), tuple(map(str, together)), diff_runs(before, after, top=0, blind=settings.blind))


def _undone(held: Sequence[Correction], undo: Sequence[str]) -> list[Correction]:
    """Which of the corrections are taken back."""
    for text in undo:
        if text not in {name for item in held for name in (item.field.value, str(item))}:
            made = ", ".join(map(str, held)) or "none"
            raise UsageError(f"no correction {text!r} to take back", f"made so far: {made}")
    return [item for item in held if item.field.value in undo or str(item) in undo]


def _again(parts: Parts, past: PastRun, started: float) -> str:
    """The run done once more with its jobs as they were understood; the id of the new run."""
    resumes, _, manifest = past.terms.inputs.given()
    wanted = wanted_again(parts, past.terms.jobs)
    batch = batch_of(parts, resumes, manifest, {job.job_id for job in past.terms.jobs})
    inputs = replace(past.terms.inputs, documents=parts.prints.documents)
    return finish(parts, parts.config, wanted, batch, inputs, started).run


def decided(
    candidate: str, job: str, config: RunConfig | None = None, *, run: str | None = None
) -> tuple[RunRecord, Decision | None]:
    """The run that `explain` takes, and the last decision about a candidate (the whole id) for its job, whatever the run."""
    settings = config or RunConfig()
    workspace = Workspace.of(settings)
    past, wanted = past_of(settings, job, run)
    entries = decisions_in(ledger.read(workspace.ledger), workspace.decisions)
    found = [item for item in entries if (item.candidate, item.job_id) == (candidate, wanted.job_id)]
    return past.record, found[-1] if found else None


def retain(days: int, config: RunConfig | None = None, *, dry_run: bool = False, who: str = "") -> Retention:
    """Take out what was last screened more than so many days before `as_of` (else today); its status is then `expired`.

    A document was last screened when the ledger last has a run with it; one that no run had, when it was read. With
    `dry_run` nothing is taken out. Raises as `forget` does.
    """
    settings = dated(config or RunConfig())
    workspace = Workspace.of(settings)
    _require(workspace)
    before = (datetime.date.fromisoformat(settings.as_of) - datetime.timedelta(days=days)).isoformat()
    with workspace.locked(), stops_noted("retain", settings):
        if not dry_run:
            _finish_begun(settings, who)
        seen = _last_seen(workspace)
        old = [(subject, at) for subject, at in seen if at[:10] < before]
        held = tuple(_held(subject, at) for subject, at in old)
        if dry_run or not old:
            return Retention(before, held, None)
        return Retention(before, held, _take_out(settings, [subject for subject, _ in old], Status.EXPIRED, who))


def _last_seen(workspace: Workspace) -> list[tuple[Subject, str]]:
    """Every document with the moment (UTC, ISO 8601) when it was last screened, or else read."""
    carried_out = executions(ledger.read(workspace.ledger))
    read = read_at(workspace)
    found = []
    for subject in subjects_of(workspace, _runs(workspace)).values():
        times = [item.at for run in subject.runs for item in carried_out.get(run, ())]
        found.append((subject, max(times, default=read.get(subject.doc_id, ""))))
    return found


def _chosen(
    workspace: Workspace, candidate: str, all_files: bool
) -> tuple[Sequence[Subject], Sequence[tuple[Subject, str]]]:
    """The documents that are meant, and the others of the same person."""
    subjects = subjects_of(workspace, _runs(workspace))
    one = find_subject(subjects, candidate)
    others = same_person(subjects, one)
    return ([one, *(item for item, _ in others)], ()) if all_files else ([one], others)


def _runs(workspace: Workspace) -> tuple[PastRun, ...]:
    return all_runs(runs_of(workspace))


def _require(workspace: Workspace) -> None:
    if not workspace.parts.is_dir():
        raise InputError(f"there is no workspace {workspace.root}", "name it with --workspace, --tenant and --region")


def _take_out(config: RunConfig, chosen: Sequence[Subject], status: Status, who: str) -> Receipt:
    workspace = Workspace.of(config)
    erasure = begin(workspace, chosen, _runs(workspace), status, secrets.token_hex(16))
    return _finish(config, erasure, who, tuple(_held(item) for item in chosen))


def _finish_begun(config: RunConfig, who: str) -> Receipt | None:
    erasure = under_way(Workspace.of(config))
    if erasure is None:
        return None
    held = tuple(
        Held(candidate_id(doc_id), erasure.files if number == 0 else (), tuple(item.run for item in erasure.runs))
        for number, doc_id in enumerate(erasure.doc_ids)
    )
    return _finish(config, erasure, who, held, resumed=True)


def _finish(config: RunConfig, erasure: Erasure, who: str, held: tuple[Held, ...], *, resumed: bool = False) -> Receipt:
    """Everything but the choice: may be repeated from any point, and leaves one line in the ledger."""
    workspace = Workspace.of(config)
    changes = [Change(item.run, item.before, item.after, item.documents) for item in take_out(workspace, erasure)]
    decisions = erase_decisions(workspace.decisions, {candidate_id(doc_id) for doc_id in erasure.doc_ids})
    if changes:
        publish_changes(workspace, NoProgress())
        publish_copy(config, workspace)
    sealed = commitment(erasure.doc_ids, erasure.salt)
    name = who or user_name()
    entry = noted(ledger.read(workspace.ledger), sealed)
    if entry is None:
        body = entry_body(name, erasure.status.value, len(erasure.doc_ids), sealed, changes)
        entry = note(workspace, KIND, body)
    workspace.erasing.unlink(missing_ok=True)
    return Receipt(entry.at, name, erasure.status, held, decisions, sealed, erasure.salt, entry.sequence, resumed)


def _held(subject: Subject, note: str = "") -> Held:
    return Held(subject.candidate, subject.files, subject.runs, note)
