"""`hirelens decide`: what a person decided about a candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode
from hirelens_cli.model.decisions import Choice

if TYPE_CHECKING:
    from hirelens_cli.model.decisions import Decision
    from hirelens_cli.rendering.panels import Panel

EXAMPLES = """\b
Examples:
  hirelens decide amara.pdf advance --job job.pdf --reason "ran the same kind of service for years"
  hirelens decide 3fa94c hold --job job.pdf --reason "ask about the gap first" --by kim
"""


def decide(
    candidate: Annotated[
        str, typer.Argument(metavar="CANDIDATE", help="A resume's path, or the beginning of a candidate's id.")
    ],
    decision: Annotated[Choice, typer.Argument(metavar="advance|hold|reject", help="What was decided.")],
    job: Annotated[str, typer.Option("--job", "-j", metavar="JD", help="A job of a run in this workspace.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; the candidate's name is taken out.")],
    by: options.By = "",
    run: options.Run = None,
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """Record a person's decision about a candidate: who, when, why, and the shortlist that was seen.

    It goes to the ledger, and to v1_decisions for `hirelens sql`. Nothing is ever decided by hirelens.
    """
    from hirelens_cli import history
    from hirelens_cli.cli.panels import show

    settings = options.configure(config, workspace=workspace)
    kept = history.decide(candidate, job, decision, reason, settings, run=run, who=by)
    show(kept, format, _panels, _json)
    return ExitCode.DONE


def _panels(kept: Decision) -> tuple[Panel, ...]:
    from hirelens_cli.rendering.panels import Panel, points

    rows = (
        ("decision", kept.decision),
        ("reason", kept.reason),
        ("by", kept.who),
        ("at", kept.at),
        ("seen", f"run {kept.run}, rank {kept.rank}, score {points(kept.score)}, digest {kept.digest[:16]}"),
    )
    return (Panel(f"Kept for {kept.candidate[:12]} and {kept.job}", ("", ""), rows),)


def _json(kept: Decision) -> bytes:
    from hirelens_cli.rendering.panels import number
    from hirelens_cli.rendering.to_history import to_json

    return to_json(
        {
            "schema": "hirelens.decision/1",
            "candidate": kept.candidate,
            "job": kept.job,
            "decision": kept.decision,
            "reason": kept.reason,
            "who": kept.who,
            "at": kept.at,
            "run": kept.run,
            "rank": kept.rank,
            "score": number(kept.score),
            "digest": kept.digest,
            "sequence": kept.sequence,
        }
    )
