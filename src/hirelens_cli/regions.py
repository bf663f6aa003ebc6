"""Regions for a notebook or the command line: what of a run may leave its region, and one shortlist across several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hirelens_cli.assembly import assemble, runs_of
from hirelens_cli.config import RunConfig
from hirelens_cli.engine.exports import Export, export_digest, export_of, job_part, made_of, read_export
from hirelens_cli.engine.past import best_places, find_run
from hirelens_cli.engine.regions import across
from hirelens_cli.engine.run import explain_again
from hirelens_cli.engine.workspace import Workspace
from hirelens_cli.errors import InputError, UsageError
from hirelens_cli.logbook import note, user_name
from hirelens_cli.model.shortlists import Shortlist
from hirelens_cli.ports import NoProgress, Progress

__all__ = ["Merged", "export", "merge"]


@dataclass(frozen=True, slots=True)
class Merged:
    """One shortlist of several regions, and whose it is."""

    shortlist: Shortlist
    tenant: str


def export(
    config: RunConfig | None = None,
    *,
    run: str | None = None,
    top: int | None = None,
    progress: Progress | None = None,
) -> Export:
    """What may leave the region `config.region` of a run (else the latest), the `top` best of each job explained (0: all).

    Without `top` as many as the run showed. The ledger gets a line with the hash of what goes. Raises UsageError without a
    region, InputError where the run is not there or is a cascade's, StoreError where another version made it.
    """
    settings = config or RunConfig()
    if not settings.region:
        raise UsageError("an export is of one region", "name it: --region eu")
    workspace = Workspace.of(settings)
    past = find_run(runs_of(workspace), run or "latest")
    if past.table("scores").filter(stage=0).height < past.table("scores").height:
        raise InputError(
            f"run {past.record.run} is a cascade, whose second stage depends on who else is in the pool",
            "rank in every region with one embedder: static or minilm-int8",
        )
    again = replace(past.terms.config.placed_as(settings), blind=True, workers=1)
    parts = assemble(again, progress or NoProgress())
    made = made_of(past.record, parts.prints)
    most = past.record.top if top is None else top
    jobs = []
    for job in past.terms.jobs:
        best = best_places(past, job, most)
        jobs.append(job_part(parts.bench(), past, explain_again(parts.stages(job, best), past, job, best), job))
    found = export_of(past, made, most, jobs)
    with workspace.locked():
        what = {"run": found.run, "who": user_name(), "region": found.region, "sha256": export_digest(found)}
        note(workspace, "export", {**what, "candidates": len(found.scored)})
    return found


def merge(exports: Sequence[str], *, top: int | None = None) -> Merged:
    """One blind shortlist of the exports of several regions; nothing is kept of it.

    Raises InputError where an export is not there or they are not of the same work, StoreError where one is damaged.
    """
    if top is not None and top < 0:
        raise UsageError("top must be 0 or more")
    found = [read_export(Path(path)) for path in exports]
    if not found:
        raise UsageError("name an export of each region")
    return Merged(across(found, top), found[0].made.tenant)
