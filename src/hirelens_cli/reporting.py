"""A report of a finished run, for a notebook or the command line: everything that the page shows, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hirelens_cli.assembly import Parts, assemble, past_of, runs_of
from hirelens_cli.config import RunConfig
from hirelens_cli.documents.discover import discover
from hirelens_cli.engine.pages import with_pages
from hirelens_cli.engine.past import PastRun, Place, best_places, changed_settings, find_run
from hirelens_cli.engine.reporting import job_report, same_person_in, unscreened_in
from hirelens_cli.engine.workspace import Workspace
from hirelens_cli.errors import InputError
from hirelens_cli.model.documents import SourceFile
from hirelens_cli.model.jobs import Job
from hirelens_cli.model.reports import Report
from hirelens_cli.objects import is_url
from hirelens_cli.ports import NoProgress, Progress

__all__ = ["report"]


def report(
    config: RunConfig | None = None,
    *,
    run: str | None = None,
    job: str | None = None,
    top: int | None = None,
    pages: bool = True,
    progress: Progress | None = None,
) -> Report:
    """A run (else the latest, with `job` where that is given) as a report shows it, `top` candidates of each job.

    Without `top` as many as the run showed; 0 for all. Where `config.blind` holds there are no names, files and pages. Nothing is read again but the files whose pages are
    shown. Raises InputError where the run or the job is not there, StoreError where the run was made by a version that
    scores differently.
    """
    settings = config or RunConfig()
    past, jobs = _asked(settings, run, job)
    again = replace(past.terms.config.placed_as(settings), blind=settings.blind, workers=1)
    parts = assemble(again, progress or NoProgress())
    bench = parts.bench()
    most = past.record.top if top is None else top
    places = [best_places(past, item, most) for item in jobs]
    reports = tuple(
        job_report(parts.stages(item, best), past, item, best) for item, best in zip(jobs, places, strict=True)
    )
    if pages and not settings.blind:
        parts.progress.start("drawing pages", 0)
        shown = {place.doc_id: place for best in places for place in best}
        reports = with_pages(bench, reports, places, _sources(past, parts, shown))
    return Report(
        record=past.record,
        jobs=reports,
        unscreened=unscreened_in(past, blind=settings.blind),
        same_person=same_person_in(bench, [place for best in places for place in best]),
        settings=changed_settings(past.terms.config),
        blind=settings.blind,
    )


def _asked(settings: RunConfig, run: str | None, job: str | None) -> tuple[PastRun, tuple[Job, ...]]:
    """The run and those of its jobs that are shown."""
    if job is not None:
        past, wanted = past_of(settings, job, run)
        return past, (wanted,)
    past = find_run(runs_of(Workspace.of(settings)), run or "latest")
    return past, past.terms.jobs


def _sources(past: PastRun, parts: Parts, shown: Mapping[str, Place]) -> dict[str, SourceFile]:
    """The files of these candidates that are still there, by doc_id: where they were, or else wherever they are now."""
    resumes, _, _ = past.terms.inputs.given()
    named = {Path(folder, place.resume) for folder in resumes if not is_url(folder) for place in shown.values()}
    found = _found([str(path) for path in sorted(named) if path.is_file()], parts)
    return found if shown.keys() <= found.keys() else _found(resumes, parts) | found


def _found(paths: Sequence[str], parts: Parts) -> dict[str, SourceFile]:
    try:
        return {source.doc_id: source for source in discover(paths, parts.config.limits).sources}
    except InputError:
        return {}
