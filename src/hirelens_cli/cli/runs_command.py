"""`hirelens runs`: finished runs, listed, shown, compared and proved."""

from __future__ import annotations

from typing import Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode, GateError, UsageError

LIST_EXAMPLES = """\b
Examples:
  hirelens runs list
  hirelens runs list --format json | jq -r '.runs[].run'
"""
SHOW_EXAMPLES = """\b
Examples:
  hirelens runs show latest
  hirelens runs show 3fa94c --format json
"""
DIFF_EXAMPLES = """\b
Examples:
  hirelens runs diff 3fa94c latest
  hirelens runs diff 3fa94c 81d2e0 --top 0 --format json
"""
VERIFY_EXAMPLES = """\b
Examples:
  hirelens runs verify latest
  hirelens runs verify 3fa94c --format json
"""
PRUNE_EXAMPLES = """\b
Examples:
  hirelens runs prune --keep 5 --dry-run
  hirelens runs prune --older-than 90d --yes
"""
KEPT = 10
"""Runs that stay where nobody says how many."""
Run = Annotated[str, typer.Argument(metavar="RUN", help="The beginning of a run's id, or `latest`.")]


def list_runs(
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """List the finished runs of the workspace, oldest first."""
    from hirelens_cli import history
    from hirelens_cli.cli.console import say_damaged
    from hirelens_cli.cli.panels import show
    from hirelens_cli.rendering.to_history import runs_json, runs_panels

    settings = options.configure(config, workspace=workspace)
    say_damaged(settings)
    show(history.list_runs(settings), format, runs_panels, runs_json)
    return ExitCode.DONE


def show_run(
    run: Run,
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """Show one run: its counts, jobs and digest, who made it and when, and under which terms."""
    from hirelens_cli import history
    from hirelens_cli.cli.panels import show
    from hirelens_cli.rendering.to_history import run_json, run_panels

    found = history.show_run(run, options.configure(config, workspace=workspace))
    show(found, format, run_panels, run_json)
    return ExitCode.DONE


def prune(
    keep: Annotated[
        int | None,
        typer.Option(
            "--keep",
            metavar="N",
            help=f"The latest N runs stay. [default: {KEPT}; with --older-than, 0]",
            show_default=False,
        ),
    ] = None,
    older_than: Annotated[
        str | None,
        typer.Option(
            "--older-than", metavar="AGE", help="Only runs older than days, as 90d, or weeks.", show_default=False
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would go, and exit with 0.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it; without this, only show what would go.")] = False,
    by: options.By = "",
    as_of: options.AsOf = None,
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """Remove old runs, and what of the caches no run that stays refers to, also what was only ingested.

    The published store is built without them. The ledger keeps their lines and says that they were pruned, and by whom. If it is
    interrupted, the same command again finishes it. Nobody is forgotten by this: that is `hirelens forget`.
    """
    from hirelens_cli.cli.panels import show
    from hirelens_cli.cli.retain_command import days_of
    from hirelens_cli.pruning import prune as prune_runs
    from hirelens_cli.rendering.to_history import pruning_json, pruning_panels

    settings = options.configure(config, workspace=workspace, as_of=as_of)
    days = None if older_than is None else days_of(older_than)
    kept = keep if keep is not None else (KEPT if days is None else 0)
    found = prune_runs(settings, keep=kept, older_than=days, dry_run=dry_run or not yes, who=by)
    show(found, format, pruning_panels, pruning_json)
    if not (yes or dry_run):
        raise UsageError("nothing was removed yet", "the same command with --yes does it")
    return ExitCode.DONE


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="A run: the beginning of its id, or `latest`.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The run to compare with it.")],
    top: options.Top = None,
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    blind: options.Blind = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """Show who moved from one run to another, and which parts of the score moved them.

    Candidates are the same where their bytes are, or else their path; requirements where their kind and text are.
    """
    from hirelens_cli import history
    from hirelens_cli.cli.panels import show
    from hirelens_cli.rendering.to_history import diff_json, diff_panels

    settings = options.configure(config, top=top, blind=blind, workspace=workspace)
    show(history.diff_runs(before, after, settings), format, diff_panels, diff_json)
    return ExitCode.DONE


def verify(
    run: Run,
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    workers: options.Workers = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
    quiet: options.Quiet = False,
) -> int:
    """Prove that a run is what it was: the ledger, the digests, and the same work done once more.

    Nothing of the replay is published. Exits with 8 where anything differs.
    """
    from hirelens_cli import history
    from hirelens_cli.cli.panels import show
    from hirelens_cli.cli.progress import progress_for
    from hirelens_cli.rendering.to_history import verdict_json, verdict_panels

    settings = options.configure(config, workers=workers, workspace=workspace)
    progress = progress_for(quiet=quiet, verbose=False)
    try:
        verdict = history.verify_run(run, settings, progress=progress)
    finally:
        progress.close()
    show(verdict, format, verdict_panels, verdict_json)
    if not verdict.holds:
        raise GateError(f"run {verdict.run} is not what it was", "what differs is said above")
    return ExitCode.DONE
