"""`hirelens access`: everything that is kept about one candidate."""

from __future__ import annotations

from typing import Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode

EXAMPLES = """\b
Examples:
  hirelens access amara.pdf
  hirelens access 3fa94c -o amara.md
  hirelens access amara.pdf --format json -o amara.json
"""


def access(
    candidate: Annotated[
        str, typer.Argument(metavar="CANDIDATE", help="A resume's path, the beginning of an id, or the ATS's id.")
    ],
    format: options.PageForm = None,  # noqa: A002
    output: options.Output = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """Show everything that the workspace holds about a candidate, for the candidate: read, understood, scored, decided.

    It holds nothing of other candidates, except that documents which seem to be of the same person are listed.
    """
    from hirelens_cli import rights
    from hirelens_cli.cli.output import check_output
    from hirelens_cli.cli.panels import page_form, show
    from hirelens_cli.rendering.to_access import access_json, access_panels

    check_output(output)
    found = rights.access(candidate, options.configure(config, workspace=workspace))
    show(found, page_form(format, output), access_panels, access_json, output)
    return ExitCode.DONE
