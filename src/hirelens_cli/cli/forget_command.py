"""`hirelens forget`: a person's documents out of the workspace."""

from __future__ import annotations

from typing import Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode, UsageError

EXAMPLES = """\b
Examples:
  hirelens forget amara.pdf
  hirelens forget amara.pdf --all-files --yes -o receipt.md
  hirelens forget 3fa94c --yes --by "Kim, data protection"
"""


def forget(
    candidate: Annotated[
        str, typer.Argument(metavar="CANDIDATE", help="A resume's path, the beginning of an id, or the ATS's id.")
    ],
    all_files: Annotated[
        bool, typer.Option("--all-files", help="Also the other documents that seem to be of the same person.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it; without this, only show what would go.")] = False,
    by: options.By = "",
    format: options.PageForm = None,  # noqa: A002
    output: options.Output = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """Take a document out of the workspace for good: caches, runs, published files, decisions. Prints a receipt.

    Files are written anew, since deleting rows leaves their bytes. The ledger stays valid, and the same file is refused from
    then on. If it is interrupted, the same command again finishes it.
    """
    from hirelens_cli import rights
    from hirelens_cli.cli.output import check_output
    from hirelens_cli.cli.panels import page_form, show
    from hirelens_cli.rendering.to_rights import forgetting_json, forgetting_panels, receipt_json, receipt_panels

    check_output(output)
    settings = options.configure(config, workspace=workspace)
    form = page_form(format, output)
    if not yes:
        show(rights.forgetting(candidate, settings, all_files=all_files), form, forgetting_panels, forgetting_json)
        raise UsageError("nothing was erased yet", "the same command with --yes does it")
    receipt = rights.forget(candidate, settings, all_files=all_files, who=by)
    show(receipt, form, receipt_panels, receipt_json, output)
    return ExitCode.DONE
