"""`hirelens correct`: what a person had put right."""

from __future__ import annotations

from typing import Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode, UsageError

EXAMPLES = """\b
Examples:
  hirelens correct amara.pdf years=9 skill=Kafka
  hirelens correct 3fa94c skill=-Java "degree=MSc in Physics, 2015" "language=German C1"
  hirelens correct amara.pdf --undo years --undo skill=Kafka
"""


def correct(
    candidate: Annotated[
        str, typer.Argument(metavar="CANDIDATE", help="A resume's path, the beginning of an id, or the ATS's id.")
    ],
    corrections: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FIELD=VALUE...",
            help="years=N, skill=NAME, skill=-NAME, degree=TEXT, language=NAME LEVEL.",
            show_default=False,
        ),
    ] = None,
    undo: Annotated[
        list[str] | None,
        typer.Option(
            "--undo",
            metavar="FIELD",
            help="Take back what was put right of it, or of one FIELD=VALUE; repeat for more.",
            show_default=False,
        ),
    ] = None,
    by: options.By = "",
    format: options.PageForm = None,  # noqa: A002
    output: options.Output = None,
    workers: options.Workers = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """Put right what was understood of a resume, score the latest run with it once more, and show what that changed.

    A skill, a degree or a language is added as a line of its own, which its points can rest on; with a minus a skill is
    taken away. Corrections add up, hold for every later run, and are flagged on the candidate.
    """
    from hirelens_cli import rights
    from hirelens_cli.cli.output import check_output
    from hirelens_cli.cli.panels import page_form, show
    from hirelens_cli.rendering.to_rights import corrected_json, corrected_panels

    check_output(output)
    settings = options.configure(config, workspace=workspace, workers=workers)
    if not (corrections or undo):
        raise UsageError("say what to put right, or what to --undo", "as years=7, skill=Python, or --undo years")
    found = rights.correct(candidate, corrections or (), settings, undo=undo or (), who=by)
    show(found, page_form(format, output), corrected_panels, corrected_json, output)
    return ExitCode.DONE
