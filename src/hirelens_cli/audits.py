"""Audits for a notebook or the command line: outcomes by category, and whether identity leaks into scores."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from hirelens_cli.assembly import Parts, as_known, assemble, batch_of, dated, past_of, runs_of, wanted_of
from hirelens_cli.config import RunConfig
from hirelens_cli.engine.jobs import Wanted
from hirelens_cli.engine.leaks import compared, put_swapped
from hirelens_cli.engine.past import PastRun, find_run, job_of
from hirelens_cli.engine.results import candidate_id
from hirelens_cli.engine.run import Batch, Screened, screen
from hirelens_cli.engine.workspace import SCRATCH, Workspace
from hirelens_cli.errors import InputError, UsageError
from hirelens_cli.governance import ledger
from hirelens_cli.governance.audit import Outcome, Terms, audit_job
from hirelens_cli.governance.decisions import decisions_in
from hirelens_cli.governance.demographics import Person, matched, read_demographics
from hirelens_cli.model.audits import Audit, LeakReport, Rule
from hirelens_cli.model.decisions import Choice, Decision
from hirelens_cli.model.jobs import Job
from hirelens_cli.model.shortlists import CENTI
from hirelens_cli.ports import NoProgress, Progress

__all__ = ["Selection", "audit", "leak_test"]

SHOWN = 5
"""Lines that an error names."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Who counts as selected: the first `top`, or all with at least `cut` points; with neither, who was advanced."""

    top: int | None = None
    cut: float | None = None


def audit(
    demographics: str,
    rule: Rule,
    config: RunConfig | None = None,
    *,
    run: str | None = None,
    job: str | None = None,
    selection: Selection = Selection(),
    sweep: bool = False,
    exclude_small: bool = False,
    ignore_unmatched: bool = False,
    in_use_since: str = "",
) -> Audit:
    """Rates and impact ratios of a run (else the latest) by the categories of a CSV file, which is read and nothing more.

    Nothing is written to the workspace. Raises InputError where the run, the job or the file is not there, or rows of it
    name nobody of the run (unless they may); UsageError where the four-fifths rule has nothing to go by.
    """
    settings = dated(config or RunConfig())
    workspace = Workspace.of(settings)
    past, jobs = _asked(settings, run, job)
    told = read_demographics(Path(demographics))
    known, unmatched = matched(told.rows, _people(past), told.source)
    if unmatched and not ignore_unmatched:
        lines = ", ".join(f"{row.line} ({row.who})" for row in unmatched[:SHOWN])
        more = f" and {len(unmatched) - SHOWN} more" if unmatched[SHOWN:] else ""
        raise InputError(
            f"lines of {told.source} name nobody of run {past.record.run}: {lines}{more}",
            "name candidates by id, file or applicant_id; --ignore-unmatched leaves such lines out",
        )
    decided = decisions_in(ledger.read(workspace.ledger), workspace.decisions)
    outcomes = [_outcome(past, item, selection, decided) for item in jobs]
    if rule is Rule.EEOC and not sweep and any(item.selected is None for item in outcomes):
        raise UsageError(
            "the four-fifths rule compares who was selected, and nothing says who was",
            "give --top K or --cut N, or record decisions: hirelens decide CANDIDATE advance --job JD",
        )
    terms = Terms(rule, exclude_small, sweep)
    record = past.record
    return Audit(
        rule,
        settings.as_of,
        record.run,
        record.as_of,
        record.version,
        record.config,
        record.embedder,
        told.source,
        len(told.rows),
        len(unmatched),
        in_use_since,
        tuple(audit_job(item, told, known, terms) for item in outcomes),
    )


def leak_test(
    resumes: Sequence[str], jobs: Sequence[str], config: RunConfig | None = None, *, progress: Progress | None = None
) -> LeakReport:
    """Resumes screened as they are and with everybody's identity swapped for another; the results must be the same bytes.

    Works in a folder of its own inside the workspace and leaves nothing there. Raises as `rank` does.
    """
    asked = dated(config or RunConfig())
    workspace = Workspace.of(asked)
    workspace.prepare()
    with workspace.locked(), tempfile.TemporaryDirectory(prefix=SCRATCH, dir=workspace.root) as folder:
        as_is, swapped = (
            assemble(
                replace(asked, workspace=str(Path(folder) / name), tenant="", region="", top=0),
                progress or NoProgress(),
            )
            for name in ("as-is", "swapped")
        )
        wanted = wanted_of(as_is, jobs)
        batch = as_known(workspace, batch_of(as_is, resumes, None, {item.job.job_id for item in wanted}))
        before = _screened(as_is, batch, wanted)
        put_swapped(as_is.bench(), swapped.bench(), before.findings.identities)
        return compared(before, _screened(swapped, batch, wanted), as_is.bench(), swapped.bench())


def _screened(parts: Parts, batch: Batch, wanted: Sequence[Wanted]) -> Screened:
    config = parts.config
    return screen(
        parts.bench(),
        batch,
        wanted,
        run="",
        config_hash=config.hash(),
        embedder=config.embedder,
        as_of=config.as_of,
        second=parts.wave(wanted),
    )


def _asked(settings: RunConfig, run: str | None, job: str | None) -> tuple[PastRun, Sequence[Job]]:
    """The run and those of its jobs that are meant."""
    if job is not None and run is None:
        past, wanted = past_of(settings, job, None)
        return past, (wanted,)
    past = find_run(runs_of(Workspace.of(settings)), run or "latest")
    return past, past.terms.jobs if job is None else (job_of(past, job),)


def _people(past: PastRun) -> list[Person]:
    """All documents of the run, under every name they have."""
    rows = past.table("identities").select("doc_id", "resume", "also", "applicant_id")
    return [
        Person(doc_id, (doc_id, candidate_id(doc_id), resume, *also, *([applicant] if applicant else ())))
        for doc_id, resume, also, applicant in rows.iter_rows()
    ]


def _outcome(past: PastRun, job: Job, selection: Selection, decided: Sequence[Decision]) -> Outcome:
    table = past.table("scores").filter(pl.col("job_id") == job.job_id).sort("rank")
    scores = dict(table.select("doc_id", "score").iter_rows())
    chosen, told = _selected(scores, job, selection, decided)
    return Outcome(job.name, job.title, scores, chosen, told)


def _selected(
    scores: Mapping[str, int], job: Job, selection: Selection, decided: Sequence[Decision]
) -> tuple[frozenset[str] | None, str]:
    """Who of these, best first, was selected, and by what."""
    if selection.top is not None:
        return frozenset(list(scores)[: selection.top]), f"the first {selection.top} by rank"
    if selection.cut is not None:
        least = round(selection.cut * CENTI)
        return frozenset(
            doc_id for doc_id, score in scores.items() if score >= least
        ), f"score of {selection.cut:g} or more"
    last = {item.candidate: item.decision for item in decided if item.job_id == job.job_id and item.candidate}
    if not last:
        return None, ""
    advanced = {candidate for candidate, choice in last.items() if choice == Choice.ADVANCE}
    chosen = frozenset(doc_id for doc_id in scores if candidate_id(doc_id) in advanced)
    return chosen, "decided to advance, by the last decision of a person about each"
