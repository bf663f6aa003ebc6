"""`hirelens explain`: one candidate, every point, every line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode

if TYPE_CHECKING:
    from hirelens_cli.model.comparisons import Lift
    from hirelens_cli.model.shortlists import JobShortlist, Ranked

EXAMPLES = """\b
Examples:
  hirelens explain resumes/amara.pdf --job job.pdf
  hirelens explain 3fa94c --job job.pdf --format json
  hirelens explain amara.pdf --job job.pdf --against tomas.pdf
"""


def explain(
    candidate: Annotated[
        str, typer.Argument(metavar="CANDIDATE", help="A resume's path, or the beginning of a candidate's id.")
    ],
    job: Annotated[str, typer.Option("--job", "-j", metavar="JD", help="A job of a run in this workspace.")],
    against: Annotated[
        str | None,
        typer.Option(
            "--against", metavar="OTHER", help="Compare with this candidate, part by part.", show_default=False
        ),
    ] = None,
    run: options.Run = None,
    format: Annotated[  # noqa: A002
        options.PageFormat, typer.Option("--format", "-f", help="How the result is written.")
    ] = options.PageFormat.TABLE,
    output: options.Output = None,
    blind: options.Blind = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """Explain one candidate's score for one job: the whole waterfall, the quoted lines, and what would change it.

    Takes the latest run with that job in the workspace, so `hirelens rank` comes first.
    """
    from hirelens_cli import app, history
    from hirelens_cli.cli.output import check_output, write_result

    check_output(output)
    settings = options.configure(config, blind=blind, workspace=workspace)
    shortlist, ranked = app.explain(candidate, job, settings, run=run)
    if against is None:
        lifts = history.lifts(candidate, job, settings, run=run)
        data = _rendered(shortlist, ranked, lifts, format, to_file=output is not None)
    else:
        _, other = app.explain(against, job, settings, run=run)
        data = _compared(shortlist, ranked, other, format, to_file=output is not None)
    write_result(data, output)
    return ExitCode.DONE


def _rendered(
    job: JobShortlist, ranked: Ranked, lifts: Sequence[Lift], form: options.PageFormat, *, to_file: bool
) -> bytes:
    from hirelens_cli.rendering.to_whatif import lift_lines, lift_records
    from hirelens_cli.rendering.waterfall import explanation_json, explanation_markdown

    if form is options.PageFormat.JSON:
        return explanation_json(job, ranked, lift_records(lifts))
    if form is options.PageFormat.MD:
        return explanation_markdown(job, ranked, lift_lines(lifts))
    from hirelens_cli.cli.tables import drawn
    from hirelens_cli.cli.waterfall import draw_explanation

    return drawn(lambda console: draw_explanation(console, job, ranked, lift_lines(lifts)), to_file=to_file)


def _compared(job: JobShortlist, one: Ranked, other: Ranked, form: options.PageFormat, *, to_file: bool) -> bytes:
    from hirelens_cli.rendering.to_versus import versus_json, versus_markdown, versus_panels

    if form is options.PageFormat.JSON:
        return versus_json(job, one, other)
    if form is options.PageFormat.MD:
        return versus_markdown(job, one, other)
    from hirelens_cli.cli.panels import draw_panels
    from hirelens_cli.cli.tables import drawn

    return drawn(lambda console: draw_panels(console, versus_panels(job, one, other)), to_file=to_file)
