"""A finished run as a report shows it: its shortlists explained once more, its pools, and what was not screened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from hirelens_cli.engine.cascade import Wave
from hirelens_cli.engine.past import PastRun, Place
from hirelens_cli.engine.people import same_people
from hirelens_cli.engine.run import explain_again, kept
from hirelens_cli.engine.stages import Bench
from hirelens_cli.engine.whatif import job_cost
from hirelens_cli.model.issues import Status
from hirelens_cli.model.jobs import Job
from hirelens_cli.model.reports import Dossier, Held, JobReport
from hirelens_cli.model.shortlists import SamePerson, Unscreened


def job_report(waves: Mapping[int, Wave], past: PastRun, job: Job, places: Sequence[Place]) -> JobReport:
    """One job with the candidates at these places; raises as `explain_again` does."""
    shortlist = explain_again(waves, past, job, places)
    held = _positions(past, [place.doc_id for place in places])
    scores = past.table("scores").filter(pl.col("job_id") == job.job_id)["score"].sort(descending=True)
    dossiers = tuple(
        Dossier(ranked, held.get(place.doc_id, ())) for ranked, place in zip(shortlist.candidates, places, strict=True)
    )
    return JobReport(shortlist, dossiers, tuple(scores), job_cost(past, job))


def unscreened_in(past: PastRun, *, blind: bool) -> tuple[Unscreened, ...]:
    """Every document of a run that was not screened, by name; by id where blind."""
    rows = past.table("documents").filter(pl.col("status") != "scored").join(past.table("identities"), on="doc_id")
    columns = rows.select("resume", "candidate", "status", "message", "hint")
    found = [
        Unscreened("" if blind else resume, candidate, Status(status), message, hint)
        for resume, candidate, status, message, hint in columns.iter_rows()
    ]
    found += [replace(item, resume="") if blind else item for item in past.terms.unopened]
    return tuple(sorted(found, key=lambda item: (item.resume, item.candidate, item.status)))


def same_person_in(bench: Bench, places: Iterable[Place]) -> tuple[SamePerson, ...]:
    """Which of the candidates at these places seem to be one person."""
    found = {place.doc_id: place for place in places}
    prepared = kept(bench, list(found.values()))
    if prepared is None:
        return ()
    return same_people(bench, prepared, set(found), {doc_id: place.resume for doc_id, place in found.items()})


def _positions(past: PastRun, doc_ids: Collection[str]) -> dict[str, tuple[Held, ...]]:
    """The positions of these candidates, in the order of their resumes."""
    rows = past.table("positions").filter(pl.col("doc_id").is_in(doc_ids)).sort("doc_id", "position")
    found: defaultdict[str, list[Held]] = defaultdict(list)
    columns = ("doc_id", "title", "employer", "start_month", "end_month", "current", "months")
    for doc_id, title, employer, start, end, current, months in rows.select(columns).iter_rows():
        found[doc_id].append(Held(title or "", employer or "", start or "", end or "", bool(current), months or 0))
    return {doc_id: tuple(items) for doc_id, items in found.items()}
