"""Runs that are no longer wanted, for a notebook or the command line: what goes with them, and removing it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from hirelens_cli.assembly import dated, publish_changes, publish_copy, runs_of
from hirelens_cli.config import RunConfig
from hirelens_cli.engine.past import PastRun, all_runs, summaries
from hirelens_cli.engine.pruning import Surplus, folder_size, remove_run, remove_surplus, surplus
from hirelens_cli.engine.workspace import Workspace, clear_leftovers
from hirelens_cli.errors import InputError, UsageError
from hirelens_cli.governance import ledger
from hirelens_cli.governance.history import PRUNED, executions, pruned
from hirelens_cli.logbook import note, stops_noted, user_name
from hirelens_cli.model.comparisons import Freed, Pruning
from hirelens_cli.ports import NoProgress

__all__ = ["prune"]


def prune(
    config: RunConfig | None = None,
    *,
    keep: int = 0,
    older_than: int | None = None,
    dry_run: bool = False,
    who: str = "",
) -> Pruning:
    """Remove runs, and of the caches all that no run which stays refers to; the store is published without them.

    The latest `keep` stay; with `older_than` also those that were last carried out so many days before `as_of` (else
    today), or later. The ledger keeps their lines and says who removed them. A run that a killed pruning has left goes too.
    Raises UsageError for a number that cannot be meant, LockedError where another holds the workspace, OutputError where
    it cannot be written.
    """
    settings = dated(config or RunConfig())
    workspace = Workspace.of(settings)
    if keep < 0:
        raise UsageError("--keep must be 0 or more", "for example --keep 10")
    if not workspace.parts.is_dir():
        raise InputError(f"there is no workspace {workspace.root}", "name it with --workspace, --tenant and --region")
    with workspace.locked(), stops_noted("runs prune", settings):
        runs = all_runs(runs_of(workspace))
        going = _going(workspace, runs, keep, _before(settings.as_of, older_than))
        staying = [past for past in runs if past not in going]
        found = surplus(workspace, staying)
        pruning = _described(workspace, going, len(staying), found, done=not dry_run)
        if not dry_run:
            _remove(settings, going, staying, found, who or user_name())
        return pruning


def _before(as_of: str, days: int | None) -> str:
    """The day before which a run is old; with no age, a day that never comes."""
    if days is None:
        return "9999"
    return (datetime.date.fromisoformat(as_of) - datetime.timedelta(days=days)).isoformat()


def _going(workspace: Workspace, runs: Sequence[PastRun], keep: int, before: str) -> list[PastRun]:
    """Oldest first."""
    entries = ledger.read(workspace.ledger)
    carried_out, half_gone = executions(entries), pruned(entries)
    latest = [past.record.run for past in runs][len(runs) - keep if keep < len(runs) else 0 :]

    def last(past: PastRun) -> str:
        return max((item.at for item in carried_out.get(past.record.run, ())), default=past.record.as_of)

    return [
        past
        for past in runs
        if past.record.run in half_gone or (past.record.run not in latest and last(past)[:10] < before)
    ]


def _described(
    workspace: Workspace, going: Sequence[PastRun], staying: int, found: Sequence[Surplus], *, done: bool
) -> Pruning:
    told = summaries(going, executions(ledger.read(workspace.ledger)))
    sizes = [folder_size(past.folder) for past in going]
    caches = tuple(
        Freed(
            stage,
            sum(len(item.gone) for item in found if item.shelf.stage == stage),
            sum(item.bytes for item in found if item.shelf.stage == stage),
        )
        for stage in dict.fromkeys(item.shelf.stage for item in found)
    )
    return Pruning(tuple(zip(told, sizes, strict=True)), staying, caches, done)


def _remove(
    config: RunConfig, going: Sequence[PastRun], staying: Sequence[PastRun], found: Sequence[Surplus], who: str
) -> None:
    """The line in the ledger comes first: killed after it, the next pruning goes on with the runs that it names."""
    workspace = Workspace.of(config)
    known = pruned(ledger.read(workspace.ledger))
    new: ledger.Value = [f"{item.record.run} {item.record.digest}" for item in going if item.record.run not in known]
    if new:
        note(workspace, PRUNED, {"who": who, "runs": new})
    clear_leftovers(workspace)
    for run in pruned(ledger.read(workspace.ledger)):  # also what a killed pruning has left of a folder
        remove_run(workspace, run)
    publish_changes(workspace, NoProgress())
    publish_copy(config, workspace)
    remove_surplus(workspace, staying, found)
