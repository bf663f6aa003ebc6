"""`hirelens explain`: one candidate, every point, every line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode

if TYPE_CHECKING:
    from hirelens_cli.model.shortlists import JobShortlist, Ranked

EXAMPLES = """\b
Examples:
  hirelens explain resumes/amara.pdf --job job.pdf
  hirelens explain 3fa94c --job job.pdf --format json
"""


def explain(
    candidate: Annotated[
        str, typer.Argument(metavar="CANDIDATE", help="A resume's path, or the beginning of a candidate's id.")
    ],
    job: Annotated[str, typer.Option("--job", "-j", metavar="JD", help="A job of a run in this workspace.")],
    format: Annotated[  # noqa: A002
        options.PageFormat, typer.Option("--format", "-f", help="How the result is written.")
    ] = options.PageFormat.TABLE,
    output: options.Output = None,
    blind: options.Blind = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """Explain one candidate's score for one job: the whole waterfall, with the quoted lines.

    Takes the latest run with that job in the workspace, so `hirelens rank` comes first.
    """
    from hirelens_cli import app
    from hirelens_cli.cli.output import check_output, write_result

    check_output(output)
    settings = options.configure(config, blind=blind, workspace=workspace)
    shortlist, ranked = app.explain(candidate, job, settings)
    write_result(_rendered(shortlist, ranked, format, to_file=output is not None), output)
    return ExitCode.DONE


def _rendered(job: JobShortlist, ranked: Ranked, form: options.PageFormat, *, to_file: bool) -> bytes:
    from hirelens_cli.rendering.waterfall import explanation_json, explanation_markdown

    if form is options.PageFormat.JSON:
        return explanation_json(job, ranked)
    if form is options.PageFormat.MD:
        return explanation_markdown(job, ranked)
    from hirelens_cli.cli.tables import drawn
    from hirelens_cli.cli.waterfall import draw_explanation

    return drawn(lambda console: draw_explanation(console, job, ranked), to_file=to_file)
